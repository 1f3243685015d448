// The Arguments view: conclusions, with the claims for and against each nested under it.

// The arguments that pass the filter, and those above them up to a conclusion, so that they keep their place in the map.
const keptArguments = () => {
  const kept = new Set(passing("argument"));
  for (const argument of kept) {
    const above = tables.argument.get(argument.target);
    for (const each of above ? [above] : argumentsFrom.get(argument.target) ?? []) kept.add(each);
  }
  return kept;
};

const keptOn = (id, kept) => (argumentsOn.get(id) ?? []).filter((argument) => kept.has(argument));

const argumentNode = (argument, kept, shown) => {
  const claim = tables.claim.get(argument.source);
  const again = shown.has(claim.id);
  const undercuts = keptOn(argument.id, kept).map((each) => argumentNode(each, kept, shown));
  const inner = [...undercuts, ...(again ? [] : nodesOn(claim.id, kept, shown))];
  const bearing = words.arguments[argument.kind][1];
  return el("li", { class: `arg a-${argument.kind}`, "data-record": `argument/${argument.id}` },
    el("p", { class: "line" },
      linkTo("argument", argument.id, bearing, { class: "bearing", "aria-label": `${bearing}: argument ${argument.id}` }),
      " ", speech(claim, true), again ? el("span", { class: "help" }, " (its own premises are listed above)") : null,
      passes.argument(argument) ? null : el("span", { class: "help" }, " (shown only for the arguments below it)")),
    inner.length ? folding(inner, isFiltered() && !filter.under) : null);
};

// A claim is unfolded only at its first occurrence, so that circular arguments end.
const nodesOn = (id, kept, shown) => {
  shown.add(id);
  return keptOn(id, kept).map((argument) => argumentNode(argument, kept, shown));
};

const folding = (nodes, open) => el("details", { class: "branch", open },
  el("summary", {}, plural(nodes.length, "claim bears on it", "claims bear on it")), el("ul", {}, nodes));

const sums = (claim) => el("div", { class: "sums" }, forAndAgainst(claim.id), reasonsFor(claim.id).length ? ["; rests ultimately on", restBar(claim)] : null);

const conclusion = (claim, kept, shown) => el("li", { class: "arg root", "data-record": `claim/${claim.id}` },
  el("div", { class: "line" }, speech(claim, true), sums(claim)),
  folding(nodesOn(claim.id, kept, shown), isFiltered()));

// A circle has no conclusion, so any of its claims can come first.
const conclusions = (claims, kept, shown) =>
  claims.map((claim) => (shown.has(claim.id) || !keptOn(claim.id, kept).length ? null : conclusion(claim, kept, shown))).filter(Boolean);

const mapOfArguments = () => {
  const [kept, shown] = [keptArguments(), new Set()];
  if (filter.under) return [["", conclusions([tables.claim.get(filter.under)], kept, shown)]];
  return [
    [[said(authorNames), " concludes"], conclusions(theses, kept, shown)],
    ["Answered or passed on", conclusions(answered, kept, shown)],
    ["Circular arguments", conclusions(claimsInOrder, kept, shown)],
  ].filter(([, roots]) => roots.length);
};

const foldAll = (open) => el("button", { type: "button", class: "small",
  on: { click: () => document.querySelectorAll("#view .branch").forEach((branch) => { branch.open = open; }) } },
  open ? "Unfold all" : "Fold all");

views.arguments = {
  title: "Arguments",
  intro: "Under each claim are the claims for and against it, each with the side that its innermost voice takes. A filter keeps the arguments with a matching claim, in their places.",
  render(container) {
    const parts = mapOfArguments();
    fill(container, {}, [el("p", { class: "choices" }, foldAll(true), " ", foldAll(false)),
      parts.map(([title, roots]) => [title ? el("h3", {}, title) : null, el("ul", { class: "argument-map" }, roots)])]);
    const through = isFiltered() ? `${passing("argument").length} of ` : "";
    return `${through}${plural(article.arguments.length, "argument")} under ${plural(parts.flatMap(([, roots]) => roots).length, "conclusion")}`;
  },
};
