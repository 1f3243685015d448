// One record in full, beside the view: what `#claim/ID` and its like open.

const entityList = (ids) => ids.map((id, index) => [index ? ", " : null, entityLink(id)]);
const section = (title, cards) => (cards.length ? [el("h3", {}, title), listOf(cards)] : null);
const mostClaimsInRecord = 40;
const firstClaims = (title, claims) => [
  section(title, claims.slice(0, mostClaimsInRecord).map(claimCard)),
  claims.length > mostClaimsInRecord ? el("p", { class: "help" }, `… and ${claims.length - mostClaimsInRecord} more; the buttons above list all.`) : null,
];
const recordsOf = (kind, ids) => ids.map((id) => tables[kind].get(id));

const inText = (kind, id) => (hasText()
  ? el("p", {}, el("button", { type: "button", class: "small", on: { click: () => { showView("text"); pointAt(kind, id); } } }, "Show in the text"))
  : null);

const quotationCard = (quotation) => el("article", { class: "card", "data-record": `quotation/${quotation.id}` },
  quotation.claims.map((id) => el("p", { class: "line" }, speech(tables.claim.get(id)))),
  el("p", { class: "quoted", lang: article.language }, "in quotation marks: “", said(quotation.text), "”",
    quotation.speaker ? [" — words of ", entityLink(quotation.speaker)] : " — nobody is quoted"),
  el("p", { class: "meta" }, permalink("quotation", quotation.id), tag(quotation.kind)));

const comparators = { equal: "", "more-than": "more than ", "less-than": "less than ", "at-least": "at least ", "at-most": "at most ", about: "about " };

const quantityCard = (quantity) => el("article", { class: "card", "data-record": `quantity/${quantity.id}` },
  toldBy(quantity.id),
  el("p", { class: "gist" }, said(`${comparators[quantity.comparator]}${quantity.value}${quantity.unit ? ` ${quantity.unit}` : ""}${quantity.of ? `: ${quantity.of}` : ""}`)),
  el("p", { class: "meta" }, permalink("quantity", quantity.id)));

const mentionForms = { name: "by name", nominal: "by a common noun", pronoun: "by a pronoun", adjectival: "by an adjective" };

const mentionCard = (mention) => el("article", { class: "card", "data-record": `mention/${mention.id}` },
  el("p", {}, "Refers to ", entityLink(mention.entity), ` ${mentionForms[mention.form]}`, mention.metonym ? ", the name of a place standing for it" : "", "."),
  el("p", { class: "meta" }, permalink("mention", mention.id), tag("mention")));

const anchorText = (time) => {
  if (time.anchor === null) return null;
  return time.anchor === "publication-date" ? tag("counted from the day of publication") : el("span", {}, "counted from ", permalink("time", time.anchor));
};
const timeValue = (time) => {
  if (time.value === null) return "left unresolved: the text does not settle it";
  return dates.has(time.value) ? dates.get(time.value).words : time.value;
};
const timeCard = (time) => el("article", { class: "card", "data-record": `time/${time.id}` },
  el("p", {}, timeValue(time)), el("p", { class: "meta" }, permalink("time", time.id), tag(time.kind), anchorText(time)));

Object.assign(cardOf, { quotation: quotationCard, quantity: quantityCard, mention: mentionCard, time: timeCard,
  entity: (entity) => el("article", { class: "card", "data-record": `entity/${entity.id}` }, el("p", {}, entityLink(entity.id))) });

const bearing = (id) => [
  section("Bears on", (argumentsFrom.get(id) ?? []).map(argumentCard)),
  section("What bears on it", (argumentsOn.get(id) ?? []).map(argumentCard)),
];

const voiceTable = (claim) => el("table", { class: "voice-table" },
  el("caption", {}, "Voices, outermost first"),
  el("thead", {}, el("tr", {}, ["voice", "act", "commitment", "softened by", "channel", "form"].map((head) => el("th", { scope: "col" }, head)))),
  el("tbody", {}, claim.voices.map((voice) => el("tr", {}, el("th", { scope: "row" }, entityLink(voice.source)), el("td", {}, voice.act),
    el("td", {}, commitmentBadge(voice.commitment)), el("td", {}, voice.hedges.length ? plural(voice.hedges.length, "hedge") : "–"), el("td", {}, voice.channel), el("td", {}, voice.mode)))));

const records = {
  claim: (claim) => [
    el("p", { class: "line large" }, speech(claim)), inText("claim", claim.id),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Voices" }, voiceTable(claim)),
    el("dl", {}, definition("Kind", claim.kind), definition("Rests on", claim.ground),
      claim.about.length ? definition("About", entityList(claim.about)) : null),
    section("Events it tells", recordsOf("event", claim.events).map(eventCard)),
    section("Relations it asserts", recordsOf("relation", claim.relations).map(relationCard)),
    section("Quantities it gives", recordsOf("quantity", claim.quantities).map(quantityCard)),
    section("Quotations", (quotationsOf.get(claim.id) ?? []).map(quotationCard)),
    ...bearing(claim.id),
  ],
  event: (event) => [
    told("event", event),
    el("dl", {}, definition("Kind", event.kind), definition("Told as", event.status), definition("When", whenText(event.when)),
      event.place ? definition("Where", entityLink(event.place)) : null,
      event.participants.map(({ entity, role }) => definition(role, entityLink(entity)))),
    section("Told in", claimsFor(event.id).map(claimCard)),
  ],
  relation: (relation) => [
    told("relation", relation),
    el("dl", {}, definition("Predicate", relation.predicate), definition("When", whenText(relation.during)),
      relation.ended ? definition("Told as", "over") : null),
    section("Asserted in", claimsFor(relation.id).map(claimCard)),
  ],
  argument: (argument) => [argumentCard(argument), ...bearing(argument.id)],
  quotation: (quotation) => [quotationCard(quotation), inText("quotation", quotation.id)],
  quantity: (quantity) => [quantityCard(quantity), inText("quantity", quantity.id), section("Given in", claimsFor(quantity.id).map(claimCard))],
  mention: (mention) => [mentionCard(mention), inText("mention", mention.id)],
  time: (time) => [timeCard(time), inText("time", time.id)],
  entity: (entity) => [
    el("p", { class: "large" }, said(entity.name), entity.named ? null : tag("unnamed")),
    entity.description ? el("p", {}, said(entity.description)) : null,
    el("dl", {}, definition("Kind", entity.kind),
      entity.aliases.length ? definition("Also", entity.aliases.map((alias, index) => [index ? ", " : null, said(alias)])) : null,
      entity.identifiers.map(({ scheme, value }) => definition(scheme, said(value))),
      definition("Mentions", String((mentionsOf.get(entity.id) ?? []).length))),
    el("p", {}, speakers.has(entity.id)
      ? el("button", { type: "button", class: "small", on: { click: () => askFor("claims", { voice: entity.id }) } }, "Claims it voices") : null, " ",
    el("button", { type: "button", class: "small", on: { click: () => askFor("claims", { entity: entity.id }) } }, "Claims involving it")),
    firstClaims("Said by it, or through it", heardFrom.get(entity.id) ?? []),
    firstClaims("Said about it", saidAbout.get(entity.id) ?? []),
    section("Events", article.events.filter((event) => involvedIn(event).includes(entity.id)).map(eventCard)),
    section("Relations", article.relations.filter(({ subject, object }) => [subject, object].includes(entity.id)).map(relationCard)),
  ],
};

let openedFrom = null;

const fillRecord = (title, content) => {
  const aside = byElement("record");
  if (aside.hidden) openedFrom = document.activeElement;
  byElement("record-title").replaceChildren(title);
  byElement("record-body").replaceChildren();
  fill(byElement("record-body"), {}, [content]);
  aside.hidden = false;
  document.body.classList.add("with-record");
  aside.scrollTop = 0;
  byElement("record-title").focus({ preventScroll: true });
};

const openRecord = (kind, record) => {
  fillRecord(el("span", {}, `${kind} `, el("code", {}, record.id)), records[kind](record));
  document.querySelectorAll(".opened").forEach((each) => each.classList.remove("opened"));
  const card = byElement("view").querySelector(`[data-record="${kind}/${record.id}"]`);
  card?.classList.add("opened");
  pointAt(kind, record.id);
};

const openPassage = (refs, sentence) => {
  const cards = refs.map((ref) => {
    const [kind, id] = ref.split("/");
    return cardOf[kind](tables[kind].get(id));
  });
  const reason = article.source.sentences[Number(sentence.dataset.number)].no_claim;
  fillRecord("In this sentence", [reason ? el("p", { class: "help" }, "No claim rests on it: ", said(reason)) : null, listOf(cards)]);
};

const missingRecord = (name) =>
  fillRecord("Not here", el("p", {}, "This article has no record ", said(name), "."));

const closeRecord = () => {
  const aside = byElement("record");
  if (aside.hidden) return;
  aside.hidden = true;
  document.body.classList.remove("with-record");
  document.querySelectorAll(".opened").forEach((each) => each.classList.remove("opened"));
  // The view may have been drawn anew since.
  const back = openedFrom?.isConnected && openedFrom !== document.body ? openedFrom : byElement("main");
  back.focus();
};
