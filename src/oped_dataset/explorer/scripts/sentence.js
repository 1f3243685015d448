// Claims, events and relations with their voices. Only these functions and the rows of the overview show a gist or a
// relation, and each shows the voices and their commitments with it. The words of a voice come from wording.py.

const entityLink = (id) => linkTo("entity", id, said(nameOf(id)), { class: isUnnamed(id) ? "name unnamed" : "name" });

const signOf = (commitment) => {
  const [label, sign] = words.commitments[commitment];
  return el("span", { class: `sign c-${commitment}`, title: label, "aria-hidden": "true" }, sign);
};

const commitmentBadge = (value) => {
  const [label, sign] = words.commitments[value];
  return el("span", { class: `commitment c-${value}` }, el("span", { class: "sign", "aria-hidden": "true" }, sign), label);
};

// The sign already shows "certain", so for the innermost voice the word is only for screen readers.
const voiceParts = (claim, depth) => {
  const voice = claim.voices[depth];
  const [verb, stance] = spoken.get(claim.id)[depth];
  const isPlain = voice.commitment === "certain" && voice === innermost(claim);
  return [signOf(voice.commitment), " ", entityLink(voice.source), " ", verb, stance ? el("span", { class: isPlain ? "sr" : null }, `, ${stance}`) : null];
};

const colon = (gist) => (gist.startsWith("that ") ? " " : ": ");

// Browsers crash at thousands of nested elements, so that deeper voices follow each other on one level.
const deepestLevel = 16;

// Nested speech: each voice is a level, and the innermost level contains the gist. In an argument, the side of the
// innermost voice comes before the gist.
const speech = (claim, sided = false) => {
  const side = sideOf(innermost(claim));
  let inside = [sided ? [el("span", { class: `side ${side}` }, side), " "] : null, said(claim.gist, { class: "gist" })];
  for (let depth = claim.voices.length - 1; depth >= 0; depth -= 1) {
    const isInnermost = depth === claim.voices.length - 1;
    const attribution = el("span", { class: "attribution" }, ...voiceParts(claim, depth), isInnermost ? colon(claim.gist) : ": ");
    if (depth < deepestLevel) inside = [el("span", { class: "voice" }, attribution, ...inside)];
    else inside.unshift(attribution);
  }
  return el("span", { class: "speech", "data-said": `claim/${claim.id}` }, inside);
};

const speechText = (claim) => {
  const voices = spoken.get(claim.id).map(([verb, stance], depth) =>
    `${nameOf(claim.voices[depth].source)} ${verb}${stance ? `, ${stance}` : ""}`);
  return `${voices.join(": ")}${colon(claim.gist)}${claim.gist}`;
};

const chainKey = (claim) => claim.voices.map((voice) => `${voice.source} ${voice.act} ${voice.commitment}`).join("|");

const chain = (claims) => el("li", { class: "chain" },
  claims[0].voices.map((_, depth) => [depth ? el("span", { "aria-hidden": "true" }, " › ") : null, el("span", {}, ...voiceParts(claims[0], depth))]),
  " ",
  listed(claims.map((claim, index) =>
    linkTo("claim", claim.id, claims.length > 1 ? `claim ${index + 1}` : "claim", { class: "source", "aria-label": `claim ${claim.id}` })), " "));

// All chains of voices of a record, each once.
const chainsOf = (id) => el("ul", { class: "chains", "aria-label": "According to" },
  [...grouped(claimsFor(id).map((claim) => [chainKey(claim), claim])).values()].map(chain));

// A predicate can say less or more than the claims that carry the relation, so they are shown with it.
const relationParts = (relation) => [
  entityLink(relation.subject), el("span", { class: "predicate" }, ` ${phrases.get(relation.id)[0]} `), entityLink(relation.object),
  relation.title ? [" (", said(relation.title), ")"] : null,
];

const eventSpeech = (event) => el("div", { class: "event", "data-said": `event/${event.id}` },
  chainsOf(event.id), el("p", { class: "gist" }, said(event.gist)));

const whenText = (date) => (date ? dates.get(date).words : "undated");

const tag = (text, title = null, extra = "") => el("span", { class: `tag ${extra}`, title }, text);
const labelTag = (list, value, extra = "") => tag(value, meaningOf(list, value), extra);

const permalink = (kind, id) => linkTo(kind, id, id, { class: "id", "data-step": true, "aria-label": `Open ${kind} ${id}` });

// Words in square brackets are by the author of the article, not by the speaker.
const quoted = (text) => text.split(/(\[[^\]]*\])/).map((part) =>
  (part.startsWith("[") ? el("span", { class: "inserted", title: "inserted by the author of the article" }, part) : part));

const quotationLine = (quotation) => el("p", { class: "quoted", lang: article.language }, "“", said(quoted(quotation.text)), "”",
  quotation.text.includes("[") ? el("span", { class: "help" }, " words in brackets are the article’s") : null);

// The paragraph and sentence, for readers of a printed copy.
const numberAt = (pieces, offset) => pieces.findIndex(({ span }) => span.start <= offset && offset < span.end) + 1;
const placeTag = ({ evidence: [{ start }] }) => {
  const [paragraph, sentence] = [numberAt(article.source.paragraphs, start), numberAt(article.source.sentences, start)];
  const parts = [paragraph ? `¶ ${paragraph}` : null, sentence ? `s ${sentence}` : null].filter(Boolean);
  return parts.length ? tag(parts.join(", "), "paragraph and sentence of the source; title and headings count") : null;
};

const claimCard = (claim) => el("article", { class: "card", "data-record": `claim/${claim.id}` },
  el("p", { class: "line" }, speech(claim)),
  (quotationsOf.get(claim.id) ?? []).map(quotationLine),
  el("p", { class: "meta" }, permalink("claim", claim.id), labelTag("ClaimKind", claim.kind), labelTag("Ground", claim.ground), placeTag(claim),
    hasUnnamed(claim) ? tag("unnamed source", "a voice in the chain is described without a name", "notable") : null));

const eventCard = (event) => el("article", { class: "card", "data-record": `event/${event.id}` },
  eventSpeech(event),
  el("p", { class: "meta" }, permalink("event", event.id), tag(whenText(event.when)), labelTag("EventKind", event.kind),
    tag(`presented as ${event.status}`, meaningOf("EventStatus", event.status), event.status === "occurred" ? "" : "notable"), placeTag(event)));

const relationCard = (relation) => el("article", { class: "card", "data-record": `relation/${relation.id}`, "data-said": `relation/${relation.id}` },
  el("p", { class: "relation" }, relationParts(relation), el("span", { class: "help" }, phrases.get(relation.id)[1])),
  el("ul", { class: "sayings" }, claimsFor(relation.id).map((claim) => el("li", { class: "line" }, speech(claim), " ",
    linkTo("claim", claim.id, "claim", { class: "source", "aria-label": `claim ${claim.id}` })))),
  el("p", { class: "meta" }, permalink("relation", relation.id), labelTag("Predicate", relation.predicate), tag(whenText(relation.during)),
    relation.ended ? tag("presented as over") : null, placeTag(relation)));

const argumentCard = (argument) => {
  const onStep = tables.argument.get(argument.target);
  return el("article", { class: "card", "data-record": `argument/${argument.id}` },
    el("p", { class: "line" }, speech(tables.claim.get(argument.source), true)),
    el("p", { class: `bearing a-${argument.kind}` }, words.arguments[argument.kind][0], onStep ? " the step from" : ""),
    onStep ? argumentCard(onStep) : el("p", { class: "line" }, speech(tables.claim.get(argument.target), true)),
    el("p", { class: "meta" }, permalink("argument", argument.id), labelTag("ArgumentKind", argument.kind)));
};

const cardOf = { claim: claimCard, event: eventCard, relation: relationCard, argument: argumentCard };
const listOf = (cards, attributes = {}) => el("ol", { class: "cards", ...attributes }, cards.map((card) => el("li", {}, card)));
