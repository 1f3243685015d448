// The article's data and its indexes. They are maps, because an id may be any slug, including "constructor".

const data = JSON.parse(document.getElementById("data").textContent);
const { article, words } = data;
const mapOf = (object) => new Map(Object.entries(object));
const [dates, spoken, phrases, times] = [data.dates, data.spoken, data.phrases, data.times].map(mapOf);

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

// The claims that carry each record; in a valid article, every event, relation and quantity has at least one.
const carriers = grouped(
  article.claims.flatMap((claim) =>
    [...claim.events, ...claim.relations, ...claim.quantities].map((id) => [id, claim])));
const claimsFor = (id) => carriers.get(id) ?? [];

const argumentsFrom = grouped(article.arguments.map((argument) => [argument.source, argument]));
const argumentsOn = grouped(article.arguments.map((argument) => [argument.target, argument]));
const quotationsOf = grouped(article.quotations.flatMap((quotation) => quotation.claims.map((id) => [id, quotation])));
const mentionsOf = grouped(article.mentions.map((mention) => [mention.entity, mention]));
const heardFrom = grouped(article.claims.flatMap((claim) =>
  [...new Set(claim.voices.map((voice) => voice.source))].map((source) => [source, claim])));
const saidAbout = grouped(article.claims.flatMap((claim) => claim.about.map((id) => [id, claim])));

const nameOf = (id) => tables.entity.get(id).name;
const isUnnamed = (id) => !tables.entity.get(id).named;
const authorNames = article.authors.map(nameOf).join(" and ");
const involvedIn = (event) => [...event.participants.map(({ entity }) => entity), ...(event.place ? [event.place] : [])];
const firstDay = (date) => (date.begin ? date.begin[0] : "0000");
const lastDay = (date) => (date.end ? date.end[1] : "9999-12-31");
const inOrderOfText = (first, second) => first.evidence[0].start - second.evidence[0].start;
const claimsInOrder = [...article.claims].sort(inOrderOfText);

// The classification of claims: by their chains, by the author's stance, and by their base.

const sideOf = (voice) => words.sides[voice.commitment];
const innermost = (claim) => claim.voices.at(-1);
const isRelayed = (claim) => claim.voices.length > 1;
const chainOf = (claim) => claim.voices.slice(1).map(({ source }) => source).join(".");
const hasUnnamed = (claim) => claim.voices.some(({ source }) => isUnnamed(source));

// The author's stance: on the side of the innermost voice, on none, or on the other; "own" if nobody is relayed.
const stanceOf = (claim) => {
  if (!isRelayed(claim)) return "own";
  const [author, inner] = [sideOf(claim.voices[0]), sideOf(innermost(claim))];
  if (author === "open") return "open";
  return author === inner || (inner === "open" && author === "for") ? "shares" : "rejects";
};
const stances = { shares: "shares", open: "leaves open", rejects: "doubts or denies" };

const bases = { own: "own word", anecdote: "anecdote", figures: "figures or documents", named: "named sources", unnamed: "unnamed sources" };
const baseOf = (claim) => {
  if (hasUnnamed(claim)) return "unnamed";
  if (isRelayed(claim)) return "named";
  return { anecdote: "anecdote", statistic: "figures", document: "figures" }[claim.ground] ?? "own";
};

const isReason = ({ kind }) => ["supports", "exemplifies", "restates"].includes(kind);
const reasonsFor = (id) => (argumentsOn.get(id) ?? []).filter(isReason).map(({ source }) => source);

// Collects everything reachable from an id. A loop over a set also visits the members added during the loop.
const reached = (id, next) => {
  const found = new Set([id]);
  for (const each of found) for (const other of next(each)) found.add(other);
  found.delete(id);
  return found;
};

// The claims that a claim ultimately rests on: those among its direct and indirect premises that have no premise.
const endsUnder = (id) => [...reached(id, reasonsFor)].filter((each) => !reasonsFor(each).length).map((each) => tables.claim.get(each));

// Everything that bears on a claim or on an argument for or against it, directly or indirectly.
const bearingOn = (id) => reached(id, (each) => (argumentsOn.get(each) ?? []).flatMap((argument) => [argument.id, argument.source]));

const heldByAuthor = (claim) => sideOf(claim.voices[0]) === "for" && ["own", "shares"].includes(stanceOf(claim));
const supportOf = (claim) => reached(claim.id, reasonsFor).size;

// The conclusions: claims on which others bear and that bear on none. Conclusions of the author that have premises are
// theses; the others are answered or passed on by the author. The best supported come first.
const ends = claimsInOrder.filter(({ id }) => argumentsOn.has(id) && !argumentsFrom.has(id))
  .sort((first, second) => supportOf(second) - supportOf(first));
const theses = ends.filter((claim) => heldByAuthor(claim) && reasonsFor(claim.id).length);
const answered = ends.filter((claim) => !theses.includes(claim));

const labels = new Map(data.lists.map(({ name, values }) => [name, new Map(values)]));
const meaningOf = (list, value) => labels.get(list).get(value);
