// How the claims bear on each other: what is concluded, and nested under it what is said for and against it.

const argumentNode = (argument, shown, depth) => {
  const claim = tables.claim.get(argument.source);
  const again = shown.has(claim.id);
  const below = again ? [] : bearingOn(claim.id, shown, depth + 1);
  const undercuts = (argumentsOn.get(argument.id) ?? []).map((each) => argumentNode(each, shown, depth + 1));
  const inner = [...undercuts, ...below];
  return el("li", { class: `arg a-${argument.kind}`, "data-record": `argument/${argument.id}` },
    el("p", { class: "line" },
      linkTo("argument", argument.id, words.arguments[argument.kind], { class: "bearing", "aria-label": `${words.arguments[argument.kind]}: argument ${argument.id}` }),
      " ", speech(claim), again ? el("span", { class: "help" }, " (its own reasons stand above)") : null),
    inner.length ? folding(inner, depth < 1) : null);
};

// A claim is unfolded where it stands first; a circle of reasons ends there.
const bearingOn = (id, shown, depth) => {
  shown.add(id);
  return (argumentsOn.get(id) ?? []).map((argument) => argumentNode(argument, shown, depth));
};

const folding = (nodes, open) => el("details", { class: "branch", open },
  el("summary", {}, plural(nodes.length, "claim bears on it", "claims bear on it")), el("ul", {}, nodes));

const conclusion = (claim, shown) => el("li", { class: "arg root", "data-record": `claim/${claim.id}` },
  el("p", { class: "line" }, speech(claim)), folding(bearingOn(claim.id, shown, 0), true));

// Conclusions first: claims on which others bear and which bear on nothing. Circles have none; they begin anywhere.
const conclusions = () => {
  const shown = new Set();
  const targets = article.claims.filter(({ id }) => argumentsOn.has(id)).sort(inOrderOfText);
  const roots = targets.filter(({ id }) => !argumentsFrom.has(id)).map((claim) => conclusion(claim, shown));
  const circles = targets.filter(({ id }) => !shown.has(id)).map((claim) => (shown.has(claim.id) ? null : conclusion(claim, shown)));
  return [...roots, ...circles.filter(Boolean)];
};

const foldAll = (open) => el("button", { type: "button", class: "small",
  on: { click: () => document.querySelectorAll("#view .branch").forEach((branch) => { branch.open = open; }) } },
  open ? "Unfold all" : "Fold all");

views.arguments = {
  title: "Arguments",
  intro: "Conclusions, and nested under each what its voices say for it and against it. With a filter, the links that touch a claim it lets through, one by one.",
  render(container) {
    if (isFiltered()) {
      const found = passing("argument");
      container.append(listOf(found.map(argumentCard)));
      return `${plural(found.length, "argument")} of ${article.arguments.length}`;
    }
    const roots = conclusions();
    container.append(el("p", { class: "choices" }, foldAll(true), " ", foldAll(false)), el("ul", { class: "argument-map" }, roots));
    return `${plural(article.arguments.length, "argument")} under ${plural(roots.length, "conclusion")}`;
  },
};
