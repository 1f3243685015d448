// A claim, an event or a relation as something said. These are the only functions that show a gist or a tie, and each
// puts the voices and their commitments before it.

const isGroup = (id) => tables.entity.get(id).kind === "group";

const voiceVerb = (voice, hasInner) => {
  const forms = hasInner && voice.act === "say" ? words.relays : words.acts[voice.act];
  return forms[isGroup(voice.source) ? 1 : 0];
};

const entityLink = (id) => {
  const entity = tables.entity.get(id);
  return linkTo("entity", id, said(entity.name), { class: entity.named ? "name" : "name unnamed" });
};

const commitmentBadge = (value) => {
  const [label, sign] = words.commitments[value];
  return el("span", { class: `commitment c-${value}` }, el("span", { class: "sign", "aria-hidden": "true" }, sign), label);
};

const voiceParts = (voice, hasInner) => [
  entityLink(voice.source), " ", voiceVerb(voice, hasInner), ", ", commitmentBadge(voice.commitment),
];

// On which side of what is said the innermost voice stands: as such a claim enters an argument.
const sideOf = (claim) => words.sides[claim.voices.at(-1).commitment];
const sideBadge = (claim) => [el("span", { class: `side side-${sideOf(claim)}` }, sideOf(claim)), " "];

// Nested speech: each voice is a level, and inside the innermost stands what is said, in an argument after its side.
const speech = (claim, sided = false) => {
  const level = (depth) => {
    const voice = claim.voices[depth];
    const inner = depth + 1 < claim.voices.length;
    return el("span", { class: "voice" },
      el("span", { class: "attribution" }, ...voiceParts(voice, inner), ": "),
      inner ? level(depth + 1) : [sided ? sideBadge(claim) : null, said(claim.gist, { class: "gist" })]);
  };
  return el("span", { class: "speech", "data-said": `claim/${claim.id}` }, level(0));
};

const speechText = (claim) => {
  const voices = claim.voices.map((voice, depth) =>
    `${nameOf(voice.source)} ${voiceVerb(voice, depth + 1 < claim.voices.length)}, ${words.commitments[voice.commitment][0]}: `);
  return `${voices.join("")}${claim.gist}`;
};

const chainKey = (claim) => claim.voices.map((voice) => `${voice.source} ${voice.act} ${voice.commitment}`).join("|");

const chain = (claims) => el("li", { class: "chain" },
  claims[0].voices.map((voice, depth, all) => [
    depth > 0 ? el("span", { class: "inward", "aria-hidden": "true" }, " › ") : null,
    el("span", { class: "link" }, ...voiceParts(voice, depth + 1 < all.length)),
  ]),
  " ",
  el("span", { class: "sources" }, claims.map((claim, index) => [
    index > 0 ? " " : null,
    linkTo("claim", claim.id, claims.length > 1 ? `claim ${index + 1}` : "claim", { "aria-label": `claim ${claim.id}` }),
  ])));

// On whose word a record stands: all of its chains, equal ones once.
const toldBy = (id) => el("ul", { class: "chains", "aria-label": "On whose word" },
  [...grouped(claimsFor(id).map((claim) => [chainKey(claim), claim])).values()].map(chain));

const tie = (relation) => words.predicates[relation.predicate][relation.ended ? 1 : 0];
const relationSentence = (relation) => [
  entityLink(relation.subject), ` ${tie(relation)} `, entityLink(relation.object),
  relation.title ? [" (", said(relation.title), ")"] : null,
  ".",
];
const relationText = (relation) =>
  `${nameOf(relation.subject)} ${tie(relation)} ${nameOf(relation.object)}`
  + (relation.title ? ` (${relation.title})` : "");

const told = (kind, record) => el("div", { class: "told", "data-said": `${kind}/${record.id}` },
  toldBy(record.id),
  el("p", { class: "gist" }, kind === "event" ? said(record.gist) : relationSentence(record)));

const whenText = (date) => (date ? dates.get(date).words : "undated");

const tag = (text, extra = "") => el("span", { class: `tag ${extra}` }, text);

const permalink = (kind, id) => linkTo(kind, id, id, { class: "id", "data-step": true, "aria-label": `Open ${kind} ${id}` });

const claimCard = (claim) => el("article", { class: "card", "data-record": `claim/${claim.id}` },
  el("p", { class: "line" }, speech(claim)),
  el("p", { class: "meta" }, permalink("claim", claim.id), tag(claim.kind), tag(`ground: ${claim.ground}`)));

const eventCard = (event) => el("article", { class: "card", "data-record": `event/${event.id}` },
  told("event", event),
  el("p", { class: "meta" }, permalink("event", event.id), tag(event.kind),
    tag(`told as ${event.status}`, event.status === "occurred" ? "" : "notable"), tag(whenText(event.when))));

const relationCard = (relation) => el("article", { class: "card", "data-record": `relation/${relation.id}` },
  told("relation", relation),
  el("p", { class: "meta" }, permalink("relation", relation.id), tag(relation.predicate), tag(whenText(relation.during)),
    relation.ended ? tag("told as over") : null));

const argumentCard = (argument) => {
  const onStep = tables.argument.get(argument.target);
  return el("article", { class: "card", "data-record": `argument/${argument.id}` },
    el("p", { class: "line" }, speech(tables.claim.get(argument.source), true)),
    el("p", { class: `bearing a-${argument.kind}` }, words.arguments[argument.kind], onStep ? " the step from" : ""),
    onStep ? argumentCard(onStep) : el("p", { class: "line" }, speech(tables.claim.get(argument.target), true)),
    el("p", { class: "meta" }, permalink("argument", argument.id), tag(argument.kind)));
};

const cardOf = { claim: claimCard, event: eventCard, relation: relationCard, argument: argumentCard };
const listOf = (cards, attributes = {}) => el("ol", { class: "cards", ...attributes }, cards.map((card) => el("li", {}, card)));
