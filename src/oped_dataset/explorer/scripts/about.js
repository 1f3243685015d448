// What the signs and labels mean, how the page is used by keyboard, and what it does not do.

const keyboard = [
  ["/", "to the search (can be switched off beside the filters)"],
  ["Tab, Shift + Tab", "to the next or previous control"],
  ["↑ ↓", "from a record to the next or previous, where one has the focus"],
  ["↑ ↓ ← →", "in the graph, to the nearest name"],
  ["Enter", "open the record that has the focus"],
  ["Esc", "close the record and go back to where it was opened"],
];

const labelTable = ({ name, about, values }) => el("details", { class: "apart" },
  el("summary", {}, name), el("p", {}, about),
  el("dl", { class: "labels" }, values.map(([value, meaning]) => definition(value, meaning))));

views.about = {
  title: "About",
  intro: "What the signs mean and how to use the page.",
  render(container) {
    container.append(
      el("h3", {}, "How to read a line"),
      el("p", {}, "From the outside in: the author first, then whomever the author relays, and inside the last voice what is said, in the dataset’s words. Every voice has a commitment of its own: a newspaper may be certain of what the author only passes on."),
      el("dl", { class: "labels" }, Object.keys(words.commitments).map((value) =>
        definition(commitmentBadge(value), data.lists.find(({ name }) => name === "Commitment").values.find(([label]) => label === value)[1]))),
      el("h3", {}, "Keyboard"), el("dl", { class: "labels" }, keyboard.map(([key, does]) => definition(el("kbd", {}, key), does))),
      el("h3", {}, "Privacy"),
      el("p", {}, "The page loads nothing and sends nothing; its content security policy forbids it. A text you give it stays in this window and is gone when you close it."),
      el("h3", {}, "Labels"), data.lists.map(labelTable));
    return "";
  },
};
