// The key: the meaning of signs, colours and labels, the keyboard shortcuts, and a note on privacy.

const keyboard = [
  ["/", "go to the search (can be switched off below the filters)"],
  ["Tab", "go to the next panel or control"],
  ["↑ ↓ ← →", "move between the marks of an overview panel, the records of a list, or the sentences of the text"],
  ["Enter", "open the focused record or link"],
  ["Esc", "close the record and return to the place where it was opened"],
];

const labelTable = ({ name, about, values }) => el("details", {},
  el("summary", {}, name), el("p", {}, about),
  el("dl", { class: "labels" }, values.map(([value, meaning]) => definition(value, meaning))));

const prepareKey = () => fill(byElement("key"), {}, [
  el("button", { type: "button", class: "quiet", popovertarget: "key", popovertargetaction: "hide" }, "Close"),
  el("h2", {}, "Key"),
  el("p", {}, "Every voice has its own commitment to the content of a claim: a newspaper may be certain of something that the author only passes on. A square is a claim, in the colour of the innermost voice’s commitment."),
  el("dl", { class: "labels" }, Object.keys(words.commitments).map((value) => definition(commitmentBadge(value), meaningOf("Commitment", value)))),
  el("h3", {}, "The author’s stance on relayed claims"),
  el("dl", { class: "labels" },
    definition([el("i", { class: "tick t-shares" }), "shares"], "takes the same side as the innermost voice, for or against"),
    definition([el("i", { class: "tick t-open" }), "leaves open"], "takes no side"),
    definition([el("i", { class: "tick t-rejects" }), "doubts or denies"], "takes the other side"),
    definition([el("i", { class: "tick t-own" }), "own word"], "relays nobody")),
  el("h3", {}, "What a claim ultimately rests on"),
  el("p", {}, "Its premises have premises, and so on, down to claims that have none. These last claims are counted."),
  el("h3", {}, "Keyboard"), el("dl", { class: "labels" }, keyboard.map(([key, does]) => definition(el("kbd", {}, key), does))),
  el("h3", {}, "Privacy"),
  el("p", {}, "The page loads nothing and sends nothing; its content security policy forbids both. A text that you add stays in this window until you close it."),
  el("h3", {}, "Labels"), data.lists.map(labelTable),
]);
