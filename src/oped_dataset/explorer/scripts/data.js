// The article as the page finds its way in it. Maps everywhere: an id may be any slug, "constructor" included.

const data = JSON.parse(document.getElementById("data").textContent);
const { article, words } = data;
const mapOf = (object) => new Map(Object.entries(object));
const [dates, spoken, ties, times] = [data.dates, data.spoken, data.ties, data.times].map(mapOf);

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

// What a claim is taken to be: by whom it is heard, what the author makes of it, and what it rests on.

const sideOf = (voice) => words.sides[voice.commitment];
const innermost = (claim) => claim.voices.at(-1);
const isRelayed = (claim) => claim.voices.length > 1;
const chainOf = (claim) => claim.voices.slice(1).map(({ source }) => source).join(".");
const hasUnnamed = (claim) => claim.voices.some(({ source }) => isUnnamed(source));

// On the side of the innermost voice, on no side, or on the other; "own" where nobody is relayed.
const stanceOf = (claim) => {
  if (!isRelayed(claim)) return "own";
  const [author, inner] = [sideOf(claim.voices[0]), sideOf(innermost(claim))];
  if (author === "open") return "open";
  return author === inner || (inner === "open" && author === "for") ? "shares" : "rejects";
};
const stances = { shares: "shares", open: "leaves open", rejects: "doubts or denies" };

const bases = { own: "own word", anecdote: "anecdote", figures: "figures or documents", named: "named voices", unnamed: "unnamed voices" };
const baseOf = (claim) => {
  if (hasUnnamed(claim)) return "unnamed";
  if (isRelayed(claim)) return "named";
  return { anecdote: "anecdote", statistic: "figures", document: "figures" }[claim.ground] ?? "own";
};

const isReason = ({ kind }) => ["supports", "exemplifies", "restates"].includes(kind);
const reasonsFor = (id) => (argumentsOn.get(id) ?? []).filter(isReason).map(({ source }) => source);

// A set is gone through to its end, also through what is added on the way.
const reached = (id, next) => {
  const found = new Set([id]);
  for (const each of found) for (const other of next(each)) found.add(other);
  found.delete(id);
  return found;
};

// What a claim rests on in the end: its reasons, the reasons for these, and so on, that have no reason of their own.
const endsUnder = (id) => [...reached(id, reasonsFor)].filter((each) => !reasonsFor(each).length).map((each) => tables.claim.get(each));

// All that bears on a claim or on a step to it, for or against.
const bearingOn = (id) => reached(id, (each) => (argumentsOn.get(each) ?? []).flatMap((argument) => [argument.id, argument.source]));

const heldByAuthor = (claim) => sideOf(claim.voices[0]) === "for" && ["own", "shares"].includes(stanceOf(claim));
const supportOf = (claim) => reached(claim.id, reasonsFor).size;

// Where the arguments end: claims on which others bear and that bear on nothing. Those of the author's that have reasons are
// theses; the others are what the author answers or passes on. The best supported come first.
const ends = claimsInOrder.filter(({ id }) => argumentsOn.has(id) && !argumentsFrom.has(id))
  .sort((first, second) => supportOf(second) - supportOf(first));
const theses = ends.filter((claim) => heldByAuthor(claim) && reasonsFor(claim.id).length);
const answered = ends.filter((claim) => !theses.includes(claim));

const labels = new Map(data.lists.map(({ name, values }) => [name, new Map(values)]));
const meaningOf = (list, value) => labels.get(list).get(value);
