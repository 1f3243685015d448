// The key: what signs, colours and labels mean, how the page is used by keyboard, and what it does not do.

const keyboard = [
  ["/", "to the search (can be switched off below the filters)"],
  ["Tab", "to the next panel or control"],
  ["↑ ↓ ← →", "from mark to mark in a panel of the overview, from record to record in a list, from sentence to sentence in the text"],
  ["Enter", "open what has the focus"],
  ["Esc", "close the record and go back to where it was opened"],
];

const labelTable = ({ name, about, values }) => el("details", {},
  el("summary", {}, name), el("p", {}, about),
  el("dl", { class: "labels" }, values.map(([value, meaning]) => definition(value, meaning))));

const prepareKey = () => fill(byElement("key"), {}, [
  el("button", { type: "button", class: "quiet", popovertarget: "key", popovertargetaction: "hide" }, "Close"),
  el("h2", {}, "Key"),
  el("p", {}, "Every voice has a commitment of its own to what the innermost voice says: a newspaper may be certain of what the author only passes on. A square is a claim in the colour of the innermost voice."),
  el("dl", { class: "labels" }, Object.keys(words.commitments).map((value) => definition(commitmentBadge(value), meaningOf("Commitment", value)))),
  el("h3", {}, "What the author makes of what is relayed"),
  el("dl", { class: "labels" },
    definition([el("i", { class: "tick t-shares" }), "shares"], "takes the side that the innermost voice takes, for it or against it"),
    definition([el("i", { class: "tick t-open" }), "leaves open"], "takes no side"),
    definition([el("i", { class: "tick t-rejects" }), "doubts or denies"], "takes the other side"),
    definition([el("i", { class: "tick t-own" }), "own word"], "relays nobody")),
  el("h3", {}, "What a claim rests on in the end"),
  el("p", {}, "Its reasons, the reasons for these, and so on to the claims that have none. Those are counted."),
  el("h3", {}, "Keyboard"), el("dl", { class: "labels" }, keyboard.map(([key, does]) => definition(el("kbd", {}, key), does))),
  el("h3", {}, "Privacy"),
  el("p", {}, "The page loads nothing and sends nothing; its content security policy forbids it. A text you give it stays in this window and is gone when you close it."),
  el("h3", {}, "Labels"), data.lists.map(labelTable),
]);
