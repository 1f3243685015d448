// Who is tied to whom, as told: a graph in which every edge bears its asserters and how far they commit themselves, and
// the same as sentences. The layout is d3-force's, which is the same each time.

const shownLetters = 26;
const graphSize = { width: 1100, height: 760 };
const sizeFor = (count) => {
  graphSize.width = Math.round(Math.min(2400, Math.max(900, 205 * Math.sqrt(count))));
  graphSize.height = Math.round(graphSize.width * 0.7);
};

const initialsOf = (() => {
  const given = new Map();
  return (id) => {
    if (!given.has(id)) {
      const letters = nameOf(id).split(/[\s-]+/).map((word) => Array.from(word.replace(/[^\p{L}\p{N}]/gu, ""))[0] ?? "").join("");
      const short = Array.from(letters).slice(0, 3).join("").toUpperCase() || "?";
      const same = [...given.values()].filter((each) => each.replace(/\d+$/, "") === short).length;
      given.set(id, same ? `${short}${same + 1}` : short);
    }
    return given.get(id);
  };
})();
speakers.forEach(initialsOf);

const shortChain = (claim) => claim.voices
  .map((voice) => `${initialsOf(voice.source)} ${words.commitments[voice.commitment][1]}`).join(" › ");
const asserters = (relation) => [...new Set(claimsFor(relation.id).map(shortChain))];

const layOut = (relations) => {
  const ids = [...new Set(relations.flatMap(({ subject, object }) => [subject, object]))];
  const nodes = ids.map((id) => ({ id }));
  const links = relations.map((relation) => ({ source: relation.subject, target: relation.object, relation }));
  const simulation = d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).id(({ id }) => id).distance(150).strength(0.35))
    .force("charge", d3.forceManyBody().strength(-1100))
    .force("collide", d3.forceCollide(({ id }) => 38 + 2.5 * Math.min(shownLetters, Array.from(nameOf(id)).length)))
    .force("x", d3.forceX(0).strength(0.1))
    .force("y", d3.forceY(0).strength(0.15))
    .stop();
  simulation.tick(300);
  sizeFor(nodes.length);
  fit(nodes);
  return { nodes, links };
};

const fit = (nodes) => {
  for (const [key, size, margin] of [["x", graphSize.width, 125], ["y", graphSize.height, 40]]) {
    const values = nodes.map((node) => node[key]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const ratio = high > low ? (size - 2 * margin) / (high - low) : 0;
    for (const node of nodes) node[key] = high > low ? margin + (node[key] - low) * ratio : size / 2;
  }
};

// Several edges between the same two are bent apart.
const bends = (links) => {
  const seen = new Map();
  return links.map(({ source, target }) => {
    const key = [source.id, target.id].sort().join(" ");
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    return (index % 2 ? -1 : 1) * Math.ceil(index / 2) * 44 * (source.id < target.id ? 1 : -1);
  });
};

const edge = ({ source, target, relation }, bend) => {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const length = Math.hypot(dx, dy) || 1;
  const middle = { x: (source.x + target.x) / 2 - (dy / length) * bend, y: (source.y + target.y) / 2 + (dx / length) * bend };
  const control = { x: 2 * middle.x - (source.x + target.x) / 2, y: 2 * middle.y - (source.y + target.y) / 2 };
  const back = Math.hypot(target.x - control.x, target.y - control.y) || 1;
  const tip = { x: target.x - ((target.x - control.x) / back) * 9, y: target.y - ((target.y - control.y) / back) * 9 };
  const sentence = `${claimsFor(relation.id).map((claim) => speechText(claim)).join(" / ")} — ${relationText(relation)}`;
  return svg("a", { href: `#relation/${relation.id}`, class: "edge", tabindex: "-1", "aria-label": sentence,
    "data-said": `relation/${relation.id}`, "data-ends": `${source.id} ${target.id}` },
    svg("title", {}, sentence),
    svg("path", { d: `M${source.x},${source.y} Q${control.x},${control.y} ${tip.x},${tip.y}`, "marker-end": "url(#arrow)" }),
    svg("text", { class: "predicate", x: middle.x, y: middle.y - 4 }, relation.predicate),
    asserters(relation).map((who, line) => svg("text", { class: "asserter", x: middle.x, y: middle.y + 9 + 12 * line }, who)));
};

const node = ({ id, x, y }) => {
  const name = nameOf(id);
  const letters = Array.from(name);
  const shown = letters.length > shownLetters ? `${letters.slice(0, shownLetters - 1).join("")}…` : name;
  return svg("a", { href: `#entity/${id}`, class: `node k-${tables.entity.get(id).kind}`, tabindex: "-1", "data-node": id, "aria-label": name },
    svg("circle", { cx: x, cy: y, r: 6.5 }),
    svg("text", { x, y: y + 21 }, shown));
};

const highlight = (graph, id) => {
  const near = new Set(id ? [id] : []);
  for (const each of graph.querySelectorAll(".edge")) {
    const ends = each.dataset.ends.split(" ");
    const touches = !id || ends.includes(id);
    each.classList.toggle("dim", !touches);
    if (touches && id) ends.forEach((end) => near.add(end));
  }
  for (const each of graph.querySelectorAll(".node")) each.classList.toggle("dim", Boolean(id) && !near.has(each.dataset.node));
};

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// One stop for the tabulator; the arrow keys then go to the nearest name in their direction.
const steerable = (graph, nodes) => {
  const places = new Map(nodes.map((each) => [each.id, each]));
  const elements = [...graph.querySelectorAll(".node")];
  const focusOn = (element) => {
    elements.forEach((each) => each.setAttribute("tabindex", each === element ? "0" : "-1"));
    element.focus();
  };
  elements[0].setAttribute("tabindex", "0");
  graph.addEventListener("keydown", (event) => {
    const direction = arrows[event.key];
    const here = places.get(event.target.closest?.(".node")?.dataset.node);
    if (!direction || !here) return;
    event.preventDefault();
    const ahead = nodes.map((there) => {
      const [dx, dy] = [there.x - here.x, there.y - here.y];
      const along = dx * direction[0] + dy * direction[1];
      return { there, along, cost: Math.hypot(dx, dy) + 2 * Math.abs(dx * direction[1] + dy * direction[0]) };
    }).filter(({ along }) => along > 0).sort((first, second) => first.cost - second.cost);
    if (ahead.length) focusOn(elements.find((each) => each.dataset.node === ahead[0].there.id));
  });
  const nodeAt = (event) => event.target.closest?.(".node")?.dataset.node ?? null;
  graph.addEventListener("focusin", (event) => highlight(graph, nodeAt(event)));
  graph.addEventListener("focusout", () => highlight(graph, null));
  graph.addEventListener("mouseover", (event) => highlight(graph, nodeAt(event)));
  graph.addEventListener("mouseleave", () => highlight(graph, null));
};

const relationGraph = (relations) => {
  const { nodes, links } = layOut(relations);
  const bent = bends(links);
  const graph = svg("svg", { class: "graph", viewBox: `0 0 ${graphSize.width} ${graphSize.height}`, role: "group",
    "aria-label": "Graph of relations; arrow keys go from name to name. The same stands below as sentences." },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      svg("path", { d: "M0,0 L8,4 L0,8 z" }))),
    links.map((link, index) => edge(link, bent[index])), nodes.map(node));
  steerable(graph, nodes);
  const size = (percent) => { graph.style.width = `${percent}%`; };
  const zoom = (percent) => el("button", { type: "button", class: "small", on: { click: () => size(percent) } }, percent === 100 ? "Fit" : `${percent} %`);
  return [el("p", { class: "choices", role: "group", "aria-label": "Size of the graph" }, zoom(100), zoom(150), zoom(200)),
    el("div", { class: "graph-frame", tabindex: "0", role: "region", "aria-label": "Graph of relations, scrollable" }, graph)];
};

const asserterKey = (relations) => {
  const used = new Set(relations.flatMap(({ id }) => claimsFor(id)).flatMap((claim) => claim.voices.map(({ source }) => source)));
  return el("ul", { class: "key", "aria-label": "Asserters and signs in the graph" },
    [...used].map((id) => el("li", {}, el("code", {}, initialsOf(id)), " ", entityLink(id))),
    [["person", "person"], ["group", "body or group"], ["place", "place, work, gathering or law"]].map(([kind, label]) =>
      el("li", {}, svg("svg", { class: `dot k-${kind}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 5 })), label)),
    Object.values(words.commitments).map(([label, sign]) => el("li", {}, el("code", {}, sign), ` ${label}`)));
};

views.relations = {
  title: "Relations",
  intro: "Ties somebody asserts. Under each edge stand its asserters, outermost first, and each one’s commitment.",
  render(container) {
    const found = passing("relation");
    if (found.length) container.append(asserterKey(found), ...relationGraph(found));
    container.append(el("h3", {}, "As sentences"), listOf(found.map(relationCard)));
    return `${plural(found.length, "relation")} of ${article.relations.length}`;
  },
};
