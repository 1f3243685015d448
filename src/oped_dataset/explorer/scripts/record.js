// One record in full, beside the view, for addresses such as `#claim/ID`.

const section = (title, cards) => (cards.length ? [el("h3", {}, title), listOf(cards)] : null);
const mostClaimsInRecord = 12;
const firstClaims = (title, claims, asked) => [
  section(title, claims.slice(0, mostClaimsInRecord).map(claimCard)),
  claims.length > mostClaimsInRecord ? el("p", {}, el("a", { href: claimsAt(asked) }, `All ${claims.length} claims`)) : null,
];
const recordsOf = (kind, ids) => ids.map((id) => tables[kind].get(id));

const inText = (kind, id) => (hasText()
  ? el("button", { type: "button", class: "small", on: { click: () => { showPlace(kind, id); } } }, "Show in the text")
  : null);

const quotationCard = (quotation) => el("article", { class: "card", "data-record": `quotation/${quotation.id}` },
  quotation.claims.map((id) => el("p", { class: "line" }, speech(tables.claim.get(id)))),
  quotationLine(quotation),
  el("p", { class: "help" }, quotation.speaker ? ["speaker: ", entityLink(quotation.speaker)] : "no speaker"),
  el("p", { class: "meta" }, permalink("quotation", quotation.id), labelTag("QuotationKind", quotation.kind)));

const comparators = { equal: "", "more-than": "more than ", "less-than": "less than ", "at-least": "at least ", "at-most": "at most ", about: "about " };

const quantityCard = (quantity) => el("article", { class: "card", "data-record": `quantity/${quantity.id}`, "data-said": `quantity/${quantity.id}` },
  chainsOf(quantity.id),
  el("p", { class: "gist" }, said(`${comparators[quantity.comparator]}${quantity.value}${quantity.unit ? ` ${quantity.unit}` : ""}${quantity.of ? `: ${quantity.of}` : ""}`)),
  el("p", { class: "meta" }, permalink("quantity", quantity.id)));

const mentionForms = { name: "by name", nominal: "by a common noun", pronoun: "by a pronoun", adjectival: "by an adjective" };

const mentionCard = (mention) => el("article", { class: "card", "data-record": `mention/${mention.id}` },
  el("p", {}, "Refers to ", entityLink(mention.entity), ` ${mentionForms[mention.form]}`, mention.metonym ? ", the name of a place that stands for it" : "", "."),
  el("p", { class: "meta" }, permalink("mention", mention.id), tag("mention")));

const anchorText = (time) => {
  if (time.anchor === null) return null;
  return time.anchor === "publication-date" ? tag("counted from the day of publication") : el("span", {}, "counted from ", permalink("time", time.anchor));
};
const timeCard = (time) => el("article", { class: "card", "data-record": `time/${time.id}` },
  el("p", {}, time.value === null ? "unresolved: the text does not determine it" : times.get(time.id)), el("p", { class: "meta" }, permalink("time", time.id), labelTag("TimeKind", time.kind), anchorText(time)));

Object.assign(cardOf, { quotation: quotationCard, quantity: quantityCard, mention: mentionCard, time: timeCard,
  entity: (entity) => el("article", { class: "card", "data-record": `entity/${entity.id}` }, el("p", {}, entityLink(entity.id))) });

const bearing = (id) => [
  section("Arguments from it", (argumentsFrom.get(id) ?? []).map(argumentCard)),
  section("Arguments for and against it", (argumentsOn.get(id) ?? []).map(argumentCard)),
];

const meant = (list, value) => [value, el("span", { class: "help" }, ` ${meaningOf(list, value)}`)];

const voiceList = (claim) => el("ol", { class: "voices", "aria-label": "Voices, outermost first" }, claim.voices.map((voice) => el("li", {},
  el("p", {}, entityLink(voice.source), isUnnamed(voice.source) ? tag("unnamed") : null, " ", commitmentBadge(voice.commitment)),
  el("p", { class: "meta" }, labelTag("Act", voice.act), labelTag("Channel", voice.channel), labelTag("Mode", voice.mode),
    voice.hedges.length ? tag(`softened by ${plural(voice.hedges.length, "hedge")}`) : null))));

const restOf = (claim) => (argumentsOn.has(claim.id)
  ? el("div", {}, sums(claim), el("a", { href: addressOf("arguments", { under: claim.id }) }, "All arguments for and against it")) : null);

// The innermost voices of the claims about an entity, the most frequent first.
const speakersAbout = (id) => [...grouped((saidAbout.get(id) ?? []).map((claim) => [innermost(claim).source, claim]))]
  .sort((first, second) => second[1].length - first[1].length);

const aboutIt = (id) => (saidAbout.has(id) ? [
  el("h3", {}, "Who speaks about it"),
  el("ul", {}, speakersAbout(id).map(([source, claims]) => el("li", {}, entityLink(source), " ",
    el("a", { href: claimsAt({ voice: source, entity: id }), "aria-label": `Claims of ${nameOf(source)} about it` }, plural(claims.length, "claim"))))),
] : null);

const records = {
  claim: (claim) => [
    el("p", { class: "line large" }, speech(claim)), (quotationsOf.get(claim.id) ?? []).map(quotationLine),
    el("p", { class: "meta" }, placeTag(claim), inText("claim", claim.id)),
    voiceList(claim), restOf(claim),
    el("dl", {}, definition("Kind", meant("ClaimKind", claim.kind)), definition("Ground", meant("Ground", claim.ground)),
      claim.about.length ? definition("About", listed(claim.about.map(entityLink))) : null),
    ...bearing(claim.id),
    section("Events it carries", recordsOf("event", claim.events).map(eventCard)),
    section("Relations it carries", recordsOf("relation", claim.relations).map(relationCard)),
    section("Quantities it carries", recordsOf("quantity", claim.quantities).map(quantityCard)),
    section("Quotations", (quotationsOf.get(claim.id) ?? []).map(quotationCard)),
  ],
  event: (event) => [
    eventSpeech(event), inText("event", event.id),
    el("dl", {}, definition("Kind", meant("EventKind", event.kind)), definition("Presented as", meant("EventStatus", event.status)), definition("When", whenText(event.when)),
      event.place ? definition("Where", entityLink(event.place)) : null,
      event.participants.map(({ entity, role }) => definition(role, entityLink(entity)))),
    section("Claims that carry it", claimsFor(event.id).map(claimCard)),
  ],
  relation: (relation) => [
    relationCard(relation), inText("relation", relation.id),
    el("dl", {}, definition("Predicate", meant("Predicate", relation.predicate)), definition("When", whenText(relation.during)),
      relation.ended ? definition("Presented as", "over") : null),
  ],
  argument: (argument) => [argumentCard(argument), ...bearing(argument.id)],
  quotation: (quotation) => [quotationCard(quotation), inText("quotation", quotation.id)],
  quantity: (quantity) => [quantityCard(quantity), inText("quantity", quantity.id), section("Claims that carry it", claimsFor(quantity.id).map(claimCard))],
  mention: (mention) => [mentionCard(mention), inText("mention", mention.id)],
  time: (time) => [timeCard(time), inText("time", time.id)],
  entity: (entity) => [
    el("p", { class: "large" }, said(entity.name), entity.named ? null : tag("unnamed")),
    entity.description ? el("p", {}, said(entity.description)) : null,
    el("dl", {}, definition("Kind", meant("EntityKind", entity.kind)),
      entity.aliases.length ? definition("Also", listed(entity.aliases.map((alias) => said(alias)))) : null,
      entity.identifiers.map(({ scheme, value }) => definition(scheme, said(value))),
      definition("Mentions", String((mentionsOf.get(entity.id) ?? []).length))),
    el("p", {}, listed([
      heardFrom.has(entity.id) ? el("a", { href: claimsAt({ voice: entity.id }) }, ["All ", plural(heardFrom.get(entity.id).length, "claim"), " in this voice"]) : null,
      el("a", { href: claimsAt({ entity: entity.id }) }, "All claims about or involving it")].filter(Boolean), " · ")),
    aboutIt(entity.id),
    firstClaims("In this voice, or through it", heardFrom.get(entity.id) ?? [], { voice: entity.id }),
    firstClaims("About it", saidAbout.get(entity.id) ?? [], { entity: entity.id }),
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
  if (current === "overview") fitOverview();
  byElement("record-box").scrollTop = 0;
  byElement("record-title").focus({ preventScroll: true });
};

const showPlace = (kind, id) => {
  current = "text";
  show();
  pointAt(kind, id);
};

const openRecord = (kind, record) => {
  fillRecord(el("span", {}, `${kind} `, el("code", {}, record.id)), records[kind](record));
  document.querySelectorAll(".opened").forEach((each) => each.classList.remove("opened"));
  const shown = [...byElement("view").querySelectorAll(`[data-record="${kind}/${record.id}"], a[href="#${kind}/${record.id}"].mark, a[href="#${kind}/${record.id}"].tick`)];
  shown.forEach((each) => each.classList.add("opened"));
  (shown.find((each) => each.contains(openedFrom)) ?? shown[0])?.scrollIntoView({ block: "nearest" });
  pointAt(kind, record.id);
};

const openPassage = (refs, sentence) => {
  const cards = refs.map((ref) => {
    const [kind, id] = ref.split("/");
    return cardOf[kind](tables[kind].get(id));
  });
  const reason = article.source.sentences[Number(sentence.dataset.number)].no_claim;
  fillRecord("In this sentence", [reason ? el("p", { class: "help" }, "Expresses no claim: ", said(reason)) : null, listOf(cards)]);
  sentence.scrollIntoView({ block: "nearest" });
};

const missingRecord = (name) =>
  fillRecord("Not found", el("p", {}, "This article has no record ", said(name), "."));

const closeRecord = () => {
  const aside = byElement("record");
  if (aside.hidden) return;
  aside.hidden = true;
  document.body.classList.remove("with-record");
  if (current === "overview") fitOverview();
  document.querySelectorAll(".opened").forEach((each) => each.classList.remove("opened"));
  // The view may have been redrawn in the meantime.
  const back = openedFrom?.isConnected && openedFrom !== document.body ? openedFrom : byElement("main");
  back.focus();
};
