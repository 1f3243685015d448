// Who speaks inside whom: the chains of all claims as one tree, each voice with the commitments it makes there.

const voiceTree = (claims) => {
  const root = { children: new Map() };
  for (const claim of claims) {
    let node = root;
    claim.voices.forEach((voice, depth) => {
      if (!node.children.has(voice.source)) {
        node.children.set(voice.source, { source: voice.source, claims: [], own: 0, commitments: new Map(), children: new Map() });
      }
      node = node.children.get(voice.source);
      node.claims.push(claim);
      node.own += depth + 1 === claim.voices.length ? 1 : 0;
      node.commitments.set(voice.commitment, (node.commitments.get(voice.commitment) ?? 0) + 1);
    });
  }
  return root;
};

const byWeight = (nodes) => [...nodes].sort((first, second) => second.claims.length - first.claims.length);

const commitmentBar = (node) => {
  const parts = Object.keys(words.commitments).filter((value) => node.commitments.has(value));
  const counts = parts.map((value) => `${words.commitments[value][0]} ${node.commitments.get(value)}`).join(", ");
  const bar = el("span", { class: "stack", role: "img", "aria-label": counts });
  for (const value of parts) {
    const part = el("span", { class: `part c-${value}` }, String(node.commitments.get(value)));
    part.style.flexGrow = node.commitments.get(value);
    bar.append(part);
  }
  return bar;
};

const voiceCounts = (node) => {
  const relayed = node.claims.length - node.own;
  return [node.own ? `${node.own} on own word` : null, relayed ? `${relayed} relayed` : null].filter(Boolean).join(", ");
};

const voiceNode = (node) => {
  const entity = tables.entity.get(node.source);
  const button = el("button", { type: "button", class: "small", on: { click: () => askFor("claims", { voice: node.source }) } },
    "Claims", el("span", { class: "sr" }, ` in whose chain ${entity.name} speaks`));
  return el("li", { class: "voice-node" },
    el("div", { class: "voice-row" },
      el("span", { class: "voice-name" }, entityLink(node.source), entity.named ? null : tag("unnamed")),
      el("span", { class: "voice-count" }, voiceCounts(node)),
      commitmentBar(node), button),
    node.children.size
      ? el("ul", { class: "voice-children", "aria-label": `Voices relayed by ${entity.name}` },
        byWeight(node.children.values()).map(voiceNode))
      : null);
};

views.voices = {
  title: "Voices",
  intro: "Who speaks inside whom. A voice under another is heard only through it; its bar counts its commitments there, whatever those above it commit themselves to.",
  render(container) {
    const found = passing("claim");
    const tree = voiceTree(found);
    container.append(commitmentKey(),
      el("ul", { class: "voice-tree", "aria-label": "Voices" }, byWeight(tree.children.values()).map(voiceNode)));
    const heard = new Set(found.flatMap((claim) => claim.voices.map((voice) => voice.source)));
    return `${plural(heard.size, "voice")} in ${plural(found.length, "claim")}`;
  },
};

const commitmentKey = () => el("ul", { class: "key", "aria-label": "Commitments" },
  Object.keys(words.commitments).map((value) => el("li", {}, commitmentBadge(value))));
