// How the claims bear on each other: what is concluded, and nested under it what is said for and against it.

// The arguments a filter lets through, and those above them up to a conclusion, so that they keep their place in the map.
const keptArguments = () => {
  const kept = new Set(passing("argument"));
  for (const argument of kept) {
    const above = tables.argument.get(argument.target);
    // A set is gone through to its end, also through what is added on the way.
    for (const each of above ? [above] : argumentsFrom.get(argument.target) ?? []) kept.add(each);
  }
  return kept;
};

const keptOn = (id, kept) => (argumentsOn.get(id) ?? []).filter((argument) => kept.has(argument));

const argumentNode = (argument, kept, shown, depth) => {
  const claim = tables.claim.get(argument.source);
  const again = shown.has(claim.id);
  const below = again ? [] : bearingOn(claim.id, kept, shown, depth + 1);
  const undercuts = keptOn(argument.id, kept).map((each) => argumentNode(each, kept, shown, depth + 1));
  const inner = [...undercuts, ...below];
  return el("li", { class: `arg a-${argument.kind}`, "data-record": `argument/${argument.id}` },
    el("p", { class: "line" },
      linkTo("argument", argument.id, words.arguments[argument.kind], { class: "bearing", "aria-label": `${words.arguments[argument.kind]}: argument ${argument.id}` }),
      " ", speech(claim, true), again ? el("span", { class: "help" }, " (its own reasons stand above)") : null,
      passes.argument(argument) ? null : el("span", { class: "help" }, " (here only for what stands below it)")),
    inner.length ? folding(inner, depth < 1 || isFiltered()) : null);
};

// A claim is unfolded where it stands first; a circle of reasons ends there.
const bearingOn = (id, kept, shown, depth) => {
  shown.add(id);
  return keptOn(id, kept).map((argument) => argumentNode(argument, kept, shown, depth));
};

const folding = (nodes, open) => el("details", { class: "branch", open },
  el("summary", {}, plural(nodes.length, "claim bears on it", "claims bear on it")), el("ul", {}, nodes));

const conclusion = (claim, kept, shown) => el("li", { class: "arg root", "data-record": `claim/${claim.id}` },
  el("p", { class: "line" }, speech(claim, true)), folding(bearingOn(claim.id, kept, shown, 0), true));

// Conclusions first: claims on which others bear and which bear on nothing. Circles have none; they begin anywhere.
const conclusions = () => {
  const kept = keptArguments();
  const shown = new Set();
  const targets = article.claims.filter(({ id }) => keptOn(id, kept).length).sort(inOrderOfText);
  const roots = targets.filter(({ id }) => !argumentsFrom.has(id)).map((claim) => conclusion(claim, kept, shown));
  const circles = targets.map((claim) => (shown.has(claim.id) ? null : conclusion(claim, kept, shown)));
  return [...roots, ...circles.filter(Boolean)];
};

const foldAll = (open) => el("button", { type: "button", class: "small",
  on: { click: () => document.querySelectorAll("#view .branch").forEach((branch) => { branch.open = open; }) } },
  open ? "Unfold all" : "Fold all");

views.arguments = {
  title: "Arguments",
  intro: "Conclusions, and nested under each what its voices say for it and against it. Before each claim stands the side its innermost voice takes: for it, against it, or open. With a filter, the links that touch a claim it lets through, in their places.",
  render(container) {
    const roots = conclusions();
    container.append(el("p", { class: "choices" }, foldAll(true), " ", foldAll(false)), el("ul", { class: "argument-map" }, roots));
    const through = isFiltered() ? `${passing("argument").length} of ` : "";
    return `${through}${plural(article.arguments.length, "argument")} under ${plural(roots.length, "conclusion")}`;
  },
};
