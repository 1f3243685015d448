// The Claims view: claims in the order of the text, events and relations by time, or relations by predicate.

const orders = { text: "in the order of the text", time: "by time", relations: "by relation" };
let order = "text";

const headingOver = (claim) =>
  article.headings.filter(({ span }) => span.start <= claim.evidence[0].start).at(-1)?.text ?? article.title;

const claimCards = new Map();
const keptCard = (claim) => {
  if (!claimCards.has(claim.id)) claimCards.set(claim.id, claimCard(claim));
  return claimCards.get(claim.id);
};

const countedClaims = (found) => `${plural(found.length, "claim")} of ${article.claims.length}`;
const groups = (pairs, headed) => [...grouped(pairs)].map(([key, cards]) => [el("h3", {}, headed(key)), listOf(cards)]);

const byText = () => {
  const found = claimsInOrder.filter(passes.claim);
  const pairs = found.map((claim) => [headingOver(claim), keptCard(claim)]);
  return [countedClaims(found), groups(pairs, (heading) => said(heading, { lang: article.language }))];
};

// Records that lie within the period of the filter come before those that only overlap it.
const inOrderOfTime = (first, second) => {
  const isWhole = ({ when }) => (!filter.from || firstDay(dates.get(when)) >= filter.from) && (!filter.to || lastDay(dates.get(when)) <= `${filter.to}~`);
  const [a, b] = [dates.get(first.when), dates.get(second.when)];
  return isWhole(second) - isWhole(first) || firstDay(a).localeCompare(firstDay(b)) || lastDay(a).localeCompare(lastDay(b));
};

const byTime = () => {
  const found = datedRecords().filter(({ kind, record }) => passes[kind](record));
  const dated = found.filter(({ when }) => when).sort(inOrderOfTime);
  const undated = found.filter(({ when }) => !when);
  const card = ({ kind, record }) => cardOf[kind](record);
  const unresolved = article.times.filter(({ value }) => value === null);
  return [`${plural(dated.length, "dated record")}, ${undated.length} undated`, [
    groups(dated.map((each) => [each.when, card(each)]), whenText),
    undated.length ? el("details", { class: "apart", open: !dated.length }, el("summary", {}, `Undated (${undated.length})`), listOf(undated.map(card))) : null,
    unresolved.length && !isFiltered() ? el("details", { class: "apart" }, el("summary", {}, `Time expressions left unresolved (${unresolved.length})`),
      el("p", {}, "The text does not determine these times, and none was guessed."),
      el("p", {}, listed(unresolved.map((time) => linkTo("time", time.id, time.id, { class: "id" }))))) : null]];
};

const byRelation = () => {
  const pairs = predicates.flatMap(([predicate, relations]) => relations.filter(passes.relation).map((relation) => [predicate, relationCard(relation)]));
  return [`${plural(pairs.length, "relation")} of ${article.relations.length}`,
    groups(pairs, (predicate) => [predicate.replaceAll("-", " "), el("small", {}, meaningOf("Predicate", predicate))])];
};

const ordered = { text: byText, time: byTime, relations: byRelation };

// Entities have no view of their own, so the matches of a search are listed here.
const entitiesFound = () => {
  const found = filter.q ? passing("entity") : [];
  return found.length ? el("p", { class: "found" }, plural(found.length, "entity", "entities"), ": ",
    listed(found.slice(0, 20).map(({ id }) => entityLink(id))), found.length > 20 ? " …" : null) : null;
};

const orderChoice = () => el("p", { class: "choices", role: "group", "aria-label": "Order" }, listed(Object.entries(orders).map(([value, label]) =>
  el("a", { href: addressOf("claims", { ...filter, order: value }), class: "chip", "aria-current": value === order ? "true" : null }, label)), " "));

views.claims = {
  title: "Claims",
  intro: "Claims in the dataset’s words. Read each from the outside in: first the author, then the voices that the author relays.",
  render(container) {
    const [count, content] = ordered[order]();
    fill(container, {}, [orderChoice(), entitiesFound(), content]);
    return count;
  },
};
