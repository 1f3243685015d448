// What is asked for, and whether a record answers it.
// An event or relation passes when one of its claims has the voice; all of its voices are shown all the same.

const filter = { q: "", voice: "", commitment: "", entity: "", from: "", to: "" };
const filterNames = Object.keys(filter);
const isFiltered = () => filterNames.some((name) => filter[name] !== "");

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = new Map();
const remember = (record, ...texts) => searchable.set(record, folded([record.id, ...texts].join("\n")));
article.claims.forEach((claim) => remember(claim, speechText(claim), claim.kind, claim.ground, ...claim.about.map(nameOf)));
article.events.forEach((event) => remember(event, event.gist, event.kind, event.status, event.when ?? "",
  whenText(event.when), ...involvedIn(event).map(nameOf), ...claimsFor(event.id).map(speechText)));
article.relations.forEach((relation) => remember(relation, relationText(relation), relation.predicate,
  ...claimsFor(relation.id).map(speechText)));
article.entities.forEach((entity) => remember(entity, entity.name, ...entity.aliases, entity.kind, entity.description ?? ""));

const asks = (record) => folded(filter.q).split(/\s+/).every((word) => searchable.get(record).includes(word));

const voiced = (claim) => claim.voices.some((voice) =>
  (!filter.voice || voice.source === filter.voice) && (!filter.commitment || voice.commitment === filter.commitment));

const timePattern = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const overlaps = (text) => {
  if (!filter.from && !filter.to) return true;
  if (!text) return false;
  const date = dates.get(text);
  // Compared as text: "2018" comes before each day of 2018, "2018~" after it.
  return (!filter.from || lastDay(date) >= filter.from) && (!filter.to || firstDay(date) <= `${filter.to}~`);
};

const claimInvolves = (claim, entity) => claim.about.includes(entity)
  || claim.events.some((id) => involvedIn(tables.event.get(id)).includes(entity))
  || claim.relations.some((id) => [tables.relation.get(id).subject, tables.relation.get(id).object].includes(entity));

const claimTimes = (claim) => [
  ...claim.events.map((id) => tables.event.get(id).when), ...claim.relations.map((id) => tables.relation.get(id).during)];

const passes = {
  claim: (claim) => asks(claim) && voiced(claim) && (!filter.entity || claimInvolves(claim, filter.entity))
    && ((!filter.from && !filter.to) || claimTimes(claim).some(overlaps)),
  event: (event) => asks(event) && claimsFor(event.id).some(voiced) && overlaps(event.when)
    && (!filter.entity || involvedIn(event).includes(filter.entity)),
  relation: (relation) => asks(relation) && claimsFor(relation.id).some(voiced) && overlaps(relation.during)
    && (!filter.entity || [relation.subject, relation.object].includes(filter.entity)),
  argument: (argument) => [argument.source, argument.target].some((id) => {
    const claim = tables.claim.get(id);
    return claim ? passes.claim(claim) : passes.argument(tables.argument.get(id));
  }),
  entity: (entity) => asks(entity) && (!filter.entity || entity.id === filter.entity)
    && (!filter.voice || entity.id === filter.voice),
};
const passing = (kind) => [...tables[kind].values()].filter(passes[kind]);
