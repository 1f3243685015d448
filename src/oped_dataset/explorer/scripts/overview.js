// The Overview: voices with the author's stance, arguments with their bases, dates, relations, and all claims in the
// order of the text. Every mark links to its records; marks that do not pass the filters are dimmed.

const views = {};
const mostMarks = 24;

const dimmed = (claims) => (isFiltered() && !claims.some(passes.claim) ? "dim" : "");
const panel = (name, title, ...content) => el("section", { class: `panel p-${name}`, "aria-labelledby": `p-${name}` },
  el("h3", { id: `p-${name}` }, title), ...content);

// Shows as many rows as there is space for, and a button that shows the others.
const foldable = (rows, { most, least, name }) => {
  const [shown, rest] = [el("tbody"), el("tbody", { hidden: true })];
  const button = el("button", { type: "button", class: "more", on: { click: () => {
    rest.hidden = false;
    button.hidden = true;
    rest.querySelector("a").focus();
  } } });
  const count = () => {
    button.textContent = plural(rest.rows.length, `more ${name}`);
    button.hidden = !rest.rows.length;
  };
  const unfold = () => {
    if (!rest.hidden) return;
    shown.replaceChildren(...rows.slice(0, most));
    rest.replaceChildren(...rows.slice(most));
    count();
  };
  const fold = () => {
    if (!rest.hidden || shown.rows.length <= least) return false;
    rest.prepend(shown.rows[shown.rows.length - 1]);
    count();
    return true;
  };
  unfold();
  return { shown, rest, button, folding: { fold, unfold } };
};

const claimsAt = (asked) => addressOf("claims", asked);

// A claim as a square in the colour of a voice's commitment.
const mark = (claim, commitment) => linkTo("claim", claim.id, "", {
  class: `mark c-${commitment} ${dimmed([claim])}`, title: speechText(claim), "aria-label": speechText(claim) });

// Voices.

const heardTree = () => {
  const root = { children: new Map() };
  for (const claim of claimsInOrder.filter(isRelayed)) {
    let node = root;
    claim.voices.slice(1, deepestLevel).forEach(({ source }, depth) => {
      if (!node.children.has(source)) node.children.set(source, { source, depth, all: [], own: [], children: new Map() });
      node = node.children.get(source);
      node.all.push(claim);
    });
    node.own.push(claim);
  }
  const flat = (node, path) => [...node.children.values()].sort((first, second) => second.all.length - first.all.length)
    .flatMap((child) => [{ ...child, path: [...path, child.source] }, ...flat(child, [...path, child.source])]);
  return flat(root, []);
};

const heardRow = ({ path, depth, source, own, all }) => el("tr", {},
  el("th", { scope: "row", set: { "--depth": depth }, class: isUnnamed(source) ? "unnamed" : null },
    own.length ? el("a", { href: claimsAt({ chain: path.join(".") }), class: dimmed(all) }, said(nameOf(source))) : said(nameOf(source))),
  Object.keys(stances).map((stance) => {
    const claims = own.filter((claim) => stanceOf(claim) === stance);
    const more = claims.length - mostMarks;
    return el("td", {}, el("div", { class: "marks" }, claims.slice(0, mostMarks).map((claim) => mark(claim, innermost(claim).commitment)),
      more > 0 ? el("a", { href: claimsAt({ chain: path.join("."), stance }) }, `+${more}`) : null));
  }));

const ownRow = () => {
  const own = claimsInOrder.filter((claim) => !isRelayed(claim));
  const byCommitment = grouped(own.map((claim) => [claim.voices[0].commitment, claim]));
  const parts = Object.keys(words.commitments).filter((value) => byCommitment.has(value));
  return own.length ? el("tr", {}, el("th", { scope: "row" }, said(authorNames), ", on own word"),
    el("td", { colspan: 3 }, el("div", { class: "stack" }, parts.map((value) => {
      const claims = byCommitment.get(value);
      const label = `${words.commitments[value][0]}: ${plural(claims.length, "claim")}`;
      return el("a", { href: claimsAt({ depth: "1", commitment: value }), class: `c-${value} ${dimmed(claims)}`, title: label, "aria-label": label,
        set: { "flex-grow": claims.length } }, claims.length);
    })))) : null;
};

const voicesPanel = () => {
  const counts = grouped(article.claims.map((claim) => [stanceOf(claim), claim]));
  const head = Object.entries(stances).map(([stance, label]) => el("th", { scope: "col" },
    counts.has(stance) ? el("a", { href: claimsAt({ stance }), class: dimmed(counts.get(stance)) }, `${label} ${counts.get(stance).length}`) : label));
  const { shown, rest, button, folding } = foldable(heardTree().map(heardRow), { most: 60, least: 8, name: "voice" });
  const table = el("table", { class: "heard" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "heard through ", said(authorNames)), head)),
    el("tbody", {}, ownRow()), shown, rest);
  if (article.claims.length) steerable(table);
  return { element: panel("voices", "Who is heard, and the author’s stance", table, button), foldings: [folding] };
};

// Arguments.

const restBar = (claim) => {
  const byBase = grouped(endsUnder(claim.id).map((end) => [baseOf(end), end]));
  const total = [...byBase.values()].flat().length;
  return total ? el("div", { class: "rest" }, el("span", { class: "sum" }, total),
    el("div", { class: "stack" }, Object.keys(bases).filter((base) => byBase.has(base)).map((base) => {
      const [count, label] = [byBase.get(base).length, `${byBase.get(base).length} of ${total} rest on ${bases[base]}`];
      return el("a", { href: claimsAt({ under: claim.id, base }), class: `b-${base}`, title: label, "aria-label": label, set: { "flex-grow": count } });
    }))) : null;
};

const bearings = (id) => [true, false].map((wanted) => (argumentsOn.get(id) ?? []).filter((argument) => isReason(argument) === wanted).length);
const forAndAgainst = (id) => {
  const [reasons, attacks] = bearings(id);
  return [reasons ? `${reasons} for` : null, attacks ? `${attacks} against` : null].filter(Boolean).join(", ");
};
const forAndAgainstInSigns = (id) => {
  const [reasons, attacks] = bearings(id);
  return [el("span", { "aria-hidden": "true", title: forAndAgainst(id) }, reasons ? `${reasons}+ ` : null, attacks ? `${attacks}−` : null),
    el("span", { class: "sr" }, forAndAgainst(id))];
};

// The author is named above the rows and shown only as a sign in them.
const arguedRow = (claim) => el("tr", { class: dimmed([claim]), "data-said": `claim/${claim.id}` },
  el("th", { scope: "row" },
    claim.voices.map((voice, depth) => [signOf(voice.commitment), " ",
      el("span", { class: "sr" }, nameOf(voice.source), " ", spoken.get(claim.id)[depth].join(" "), ": "),
      depth ? el("span", { class: "who", "aria-hidden": "true" }, said(nameOf(voice.source)), depth + 1 < claim.voices.length ? " › " : ": ") : null]),
    el("a", { href: addressOf("arguments", { under: claim.id }), class: "gist" }, said(claim.gist))),
  el("td", {}, forAndAgainstInSigns(claim.id)), el("td", {}, restBar(claim)));

const argumentsPanel = () => {
  const part = (title, claims) => {
    const { shown, rest, button, folding } = foldable(claims.map(arguedRow), { most: 12, least: 1, name: "claim" });
    const head = el("tr", { class: "subhead" }, el("th", { scope: "rowgroup" }, title, " ", button), el("td", {}, "arguments"), el("td", {}, "which rest ultimately on"));
    return { rows: claims.length ? [el("tbody", {}, head), shown, rest] : null, folding };
  };
  const parts = [part([said(authorNames), " concludes"], theses), part("and answers or passes on", answered)];
  const key = Object.keys(bases).map((base) => el("span", { class: "swatch" }, el("i", { class: `b-${base}` }), base === "own" ? "own word" : base));
  const table = el("table", { class: "argued" }, parts.map(({ rows }) => rows));
  if (theses.length + answered.length) steerable(table);
  return { element: panel("argued", "Conclusions and their support", el("p", { class: "swatches" }, key), table), foldings: parts.map(({ folding }) => folding).reverse() };
};

// Times.

const mostColumns = 26;
const datedRecords = () => [
  ...article.events.map((record) => ({ kind: "event", record, when: record.when })),
  ...article.relations.map((record) => ({ kind: "relation", record, when: record.during }))];

const columnsOf = (points, digits) => [...grouped(points.map((point) => [point.date.begin[0].slice(0, point.date.precision === "year" ? 4 : digits), point]))].sort();

const timePanel = () => {
  const records = datedRecords();
  const dated = records.filter(({ when }) => when).map((each) => ({ ...each, date: dates.get(each.when) }));
  const points = dated.filter(({ date }) => !isStretch(date));
  const monthly = columnsOf(points, 7);
  const columns = monthly.length > mostColumns ? columnsOf(points, 4) : monthly;
  const highest = Math.max(1, ...columns.map(([, found]) => found.length));
  const others = [["stretch", dated.length - points.length, "stretch of time", "stretches of time"], ["undated", records.length - dated.length, "undated", "undated"]];
  const chart = el("div", { class: "columns" }, columns.map(([key, found], index) => {
    const [year, month] = key.split("-");
    const label = `${dates.get(key)?.words ?? key}: ${plural(found.length, "record")}`;
    return el("a", { href: claimsAt({ from: key, to: key, order: "time" }), title: label, "aria-label": label,
      class: isFiltered() && !found.some(({ kind, record }) => passes[kind](record)) ? "dim" : null },
    el("i", { set: { "--part": found.length / highest } }), el("span", {}, month ?? " "),
    el("span", {}, index && columns[index - 1][0].startsWith(year) ? " " : year));
  }));
  if (columns.length) steerable(chart);
  return panel("time", ["Times, as stated", others.filter(([, count]) => count).map(([value, count, ...forms]) =>
    [" ", el("a", { href: claimsAt({ dated: value, order: "time" }), class: "chip" }, plural(count, ...forms))])],
  columns.length ? chart : el("p", { class: "help" }, "No event or relation has a date."));
};

// Relations.

const isCertain = (relation) => claimsFor(relation.id).some((claim) => !isRelayed(claim) && claim.voices[0].commitment === "certain");

const relationsPanel = () => {
  const chips = el("p", { class: "chips" }, predicates.map(([predicate, relations]) => {
    const unsure = relations.filter((relation) => !isCertain(relation)).length;
    const title = `${meaningOf("Predicate", predicate)}${unsure ? ` ${unsure} of ${relations.length} not certain, or not on the author’s own word.` : ""}`;
    return [el("a", { class: `chip ${isFiltered() && !relations.some(passes.relation) ? "dim" : ""}`, title, href: claimsAt({ predicate, order: "relations" }) },
      predicate.replaceAll("-", " "), " ", el("b", {}, relations.length),
      unsure ? el("span", { class: "unsure" }, el("span", { "aria-hidden": "true" }, ` ?${unsure}`), el("span", { class: "sr" }, ` ${unsure} in doubt or relayed`)) : null), " "];
  }));
  if (predicates.length) steerable(chips);
  return panel("relations", "Relations, as stated", predicates.length ? chips : el("p", { class: "help" }, "No relations are asserted."));
};

// In the order of the text.

const stripPanel = () => {
  const at = (claim) => claimsInOrder.indexOf(claim) / claimsInOrder.length;
  const headings = article.headings.map(({ span, text }) => [claimsInOrder.find((claim) => claim.evidence[0].start >= span.start), text]).filter(([claim]) => claim);
  const strip = el("div", { class: "strip" }, claimsInOrder.map((claim) => linkTo("claim", claim.id, "", {
    class: `tick t-${stanceOf(claim)} ${dimmed([claim])}`, set: { "--height": claim.voices.length }, title: speechText(claim), "aria-label": speechText(claim) })));
  if (claimsInOrder.length) steerable(strip);
  return panel("text", [plural(article.claims.length, "claim"), " in the order of the text ", el("small", {}, "height: voices in the chain")],
    el("div", { class: "along", set: { "--claims": claimsInOrder.length } }, strip,
      el("div", { class: "headings", lang: article.language, "aria-hidden": "true" }, headings.map(([claim, text], index) =>
        el("span", { title: text, set: { left: `${100 * at(claim)}%`, width: `${100 * ((headings[index + 1] ? at(headings[index + 1][0]) : 1) - at(claim))}%` } }, said(text))))));
};

// While the two columns are side by side and do not fit on one screen, folds rows of the longer one.
const fitOn = (container, voices, argued) => {
  const bottomOf = (selector) => container.querySelector(selector).getBoundingClientRect().bottom;
  const isBeside = getComputedStyle(container).gridTemplateColumns.includes(" ");
  const isLong = () => isBeside && container.getBoundingClientRect().bottom + scrollY > innerHeight;
  const fold = () => (bottomOf(".heard") > bottomOf(".p-relations > :last-child") ? voices : argued).foldings.some((each) => each.fold());
  [voices, argued].forEach(({ foldings }) => foldings.forEach((each) => each.unfold()));
  while (isLong() && fold());
};
let fitOverview = () => {};

views.overview = {
  title: "Overview",
  intro: "",
  render(container) {
    const [voices, argued] = [voicesPanel(), argumentsPanel()];
    container.append(voices.element, argued.element, timePanel(), relationsPanel(), stripPanel());
    fitOverview = () => fitOn(container, voices, argued);
    fitOverview();
    return isFiltered() ? `${plural(passing("claim").length, "claim")} of ${article.claims.length}` : plural(article.claims.length, "claim");
  },
};
