// The article as the page finds its way in it. Maps everywhere: an id may be any slug, "constructor" included.

const data = JSON.parse(document.getElementById("data").textContent);
const { article, words } = data;
const dates = new Map(Object.entries(data.dates));

const byId = (records) => new Map(records.map((record) => [record.id, record]));
const tables = {
  claim: byId(article.claims),
  event: byId(article.events),
  relation: byId(article.relations),
  argument: byId(article.arguments),
  entity: byId(article.entities),
  quotation: byId(article.quotations),
  quantity: byId(article.quantities),
  time: byId(article.times),
  mention: byId(article.mentions),
};
const find = (kind, id) => (Object.hasOwn(tables, kind) ? tables[kind].get(id) : undefined);

const grouped = (pairs) => {
  const groups = new Map();
  for (const [key, value] of pairs) {
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(value);
  }
  return groups;
};

// Who puts a record forward: every event, relation and quantity of a valid article has claims here.
const carriers = grouped(
  article.claims.flatMap((claim) =>
    [...claim.events, ...claim.relations, ...claim.quantities].map((id) => [id, claim])));
const claimsFor = (id) => carriers.get(id) ?? [];

const argumentsFrom = grouped(article.arguments.map((argument) => [argument.source, argument]));
const argumentsOn = grouped(article.arguments.map((argument) => [argument.target, argument]));
const quotationsOf = grouped(article.quotations.flatMap((quotation) => quotation.claims.map((id) => [id, quotation])));
const mentionsOf = grouped(article.mentions.map((mention) => [mention.entity, mention]));
const speakers = new Set(article.claims.flatMap((claim) => claim.voices.map((voice) => voice.source)));

const nameOf = (id) => tables.entity.get(id).name;
const involvedIn = (event) => [...event.participants.map(({ entity }) => entity), ...(event.place ? [event.place] : [])];
const firstDay = (date) => (date.begin ? date.begin[0] : "0000");
const lastDay = (date) => (date.end ? date.end[1] : "9999-12-31");
const inOrderOfText = (first, second) => first.evidence[0].start - second.evidence[0].start;
