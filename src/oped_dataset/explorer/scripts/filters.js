// The filters, and whether a record passes them. An event or relation passes if one of its claims does; it is always
// shown with all of its voices.

const byName = (first, second) => first[1].localeCompare(second[1], "en");
const namedOptions = (ids) => [...ids].map((id) => [id, nameOf(id)]).sort(byName);
const deepest = Math.max(1, ...article.claims.map(({ voices }) => voices.length));
const predicates = [...grouped(article.relations.map((relation) => [relation.predicate, relation]))]
  .sort((first, second) => second[1].length - first[1].length);

// Filters that offer a list of values, with their labels and values.
const choices = {
  voice: { label: "Voice in the chain", options: namedOptions(heardFrom.keys()) },
  commitment: { label: "Commitment of that voice", options: [
    ...Object.entries(words.commitments).map(([value, [label]]) => [value, label]), ["against", "doubts or denies, any degree"]] },
  stance: { label: "Author’s stance on relayed claims", options: Object.entries(stances) },
  source: { label: "Sources", options: [["unnamed", "with an unnamed source"], ["named", "all sources named"]] },
  depth: { label: "Voices in the chain", options: [
    ["more", "two or more"], ...Array.from({ length: deepest }, (_, index) => [String(index + 1), plural(index + 1, "voice")])] },
  entity: { label: "About or involving", options: namedOptions(tables.entity.keys()) },
  predicate: { label: "Relation", options: predicates.map(([value]) => [value, value]) },
};
const optionsOf = Object.fromEntries(Object.entries(choices).map(([name, { options }]) => [name, new Map(options)]));

const timePattern = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const chains = new Map(article.claims.filter(isRelayed).map((claim) => [chainOf(claim), claim]));
const datings = { stretch: "over a stretch of time", undated: "undated" };

// The allowed values of each filter, and the words for an active value.
const kinds = {
  q: { allows: () => true, reads: (value) => `“${value}”` },
  ...Object.fromEntries(Object.entries(choices).map(([name, { label }]) => [name,
    { allows: (value) => optionsOf[name].has(value), reads: (value) => `${label}: ${optionsOf[name].get(value)}` }])),
  chain: { allows: (value) => chains.has(value), reads: (value) => `heard through ${authorNames}: ${value.split(".").map(nameOf).join(" › ")}` },
  under: { allows: (value) => tables.claim.has(value), reads: (value) => `bears on ${value}` },
  base: { allows: (value) => Object.hasOwn(bases, value), reads: (value) => `rests ultimately on ${bases[value]}` },
  from: { allows: (value) => timePattern.test(value), reads: (value) => `from ${value}` },
  to: { allows: (value) => timePattern.test(value), reads: (value) => `to ${value}` },
  dated: { allows: (value) => Object.hasOwn(datings, value), reads: (value) => datings[value] },
};
const filterNames = Object.keys(kinds);
const filter = Object.fromEntries(filterNames.map((name) => [name, ""]));
const isFiltered = () => filterNames.some((name) => filter[name]);

// A search covers the words that are shown and those that a reader might use instead.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = new Map();
const remember = (record, ...texts) => searchable.set(record, folded([record.id, ...texts].join("\n")));
const commitmentWords = (claim) => claim.voices.flatMap((voice) =>
  [words.commitments[voice.commitment][0], sideOf(voice) === "against" ? "doubts denies" : ""]);
const relationWords = (relation) =>
  [nameOf(relation.subject), phrases.get(relation.id)[0], nameOf(relation.object), relation.predicate, relation.title ?? ""].join(" ");
article.claims.forEach((claim) => remember(claim, speechText(claim), ...commitmentWords(claim), stances[stanceOf(claim)] ?? "",
  hasUnnamed(claim) ? "unnamed" : "", claim.kind, claim.ground, ...claim.about.map(nameOf),
  ...claim.relations.map((id) => relationWords(tables.relation.get(id))),
  ...(quotationsOf.get(claim.id) ?? []).map(({ text }) => text)));
article.events.forEach((event) => remember(event, event.gist, event.kind, event.status, event.when ?? "",
  whenText(event.when), ...involvedIn(event).map(nameOf), ...claimsFor(event.id).map((claim) => searchable.get(claim))));
article.relations.forEach((relation) => remember(relation, relationWords(relation),
  ...claimsFor(relation.id).map((claim) => searchable.get(claim))));
article.entities.forEach((entity) => remember(entity, entity.name, ...entity.aliases, entity.kind, entity.description ?? "",
  entity.named ? "" : "unnamed"));

const asks = (record) => folded(filter.q).split(/\s+/).every((word) => searchable.get(record).includes(word));

// If a voice and a commitment are both selected, that voice must have that commitment.
const committed = (voice) => (filter.commitment === "against" ? sideOf(voice) === "against" : voice.commitment === filter.commitment);
const voiced = (claim) => claim.voices.some((voice) =>
  (!filter.voice || voice.source === filter.voice) && (!filter.commitment || committed(voice)));

const isDeep = ({ voices }) => (filter.depth === "more" ? voices.length > 1 : voices.length === Number(filter.depth));

const within = (claim) => (filter.base
  ? endsUnder(filter.under).includes(claim) && baseOf(claim) === filter.base
  : bearingOn(filter.under).has(claim.id));

const isStretch = (date) => date.interval || !["day", "month", "year"].includes(date.precision);
const timed = (when) => {
  if (filter.dated) return filter.dated === "undated" ? !when : Boolean(when) && isStretch(dates.get(when));
  if (!filter.from && !filter.to) return true;
  if (!when) return false;
  const date = dates.get(when);
  // Dates are compared as strings: "2018" comes before each day of 2018, "2018~" after it.
  return (!filter.from || lastDay(date) >= filter.from) && (!filter.to || firstDay(date) <= `${filter.to}~`);
};
const isTimed = () => Boolean(filter.dated || filter.from || filter.to);
const whensOf = (claim) => [
  ...claim.events.map((id) => tables.event.get(id).when), ...claim.relations.map((id) => tables.relation.get(id).during)];

const involves = (claim, entity) => claim.about.includes(entity)
  || claim.events.some((id) => involvedIn(tables.event.get(id)).includes(entity))
  || claim.relations.some((id) => [tables.relation.get(id).subject, tables.relation.get(id).object].includes(entity));

// Whether a claim passes the filters on its voices and arguments, regardless of the records that it carries.
const spokenAs = (claim) => voiced(claim)
  && (!filter.stance || stanceOf(claim) === filter.stance)
  && (!filter.source || hasUnnamed(claim) === (filter.source === "unnamed"))
  && (!filter.depth || isDeep(claim))
  && (!filter.chain || chainOf(claim) === filter.chain)
  && (!filter.under || within(claim));

const passes = {
  claim: (claim) => asks(claim) && spokenAs(claim)
    && (!filter.entity || involves(claim, filter.entity))
    && (!filter.predicate || claim.relations.some((id) => tables.relation.get(id).predicate === filter.predicate))
    && (!isTimed() || whensOf(claim).some(timed)),
  event: (event) => asks(event) && claimsFor(event.id).some(spokenAs) && timed(event.when) && !filter.predicate
    && (!filter.entity || involvedIn(event).includes(filter.entity)),
  relation: (relation) => asks(relation) && claimsFor(relation.id).some(spokenAs) && timed(relation.during)
    && (!filter.predicate || relation.predicate === filter.predicate)
    && (!filter.entity || [relation.subject, relation.object].includes(filter.entity)),
  argument: (argument) => [argument.source, argument.target].some((id) => {
    const claim = tables.claim.get(id);
    return claim ? passes.claim(claim) : passes.argument(tables.argument.get(id));
  }),
  entity: (entity) => asks(entity),
};
const passing = (kind) => [...tables[kind].values()].filter(passes[kind]);
