// When, as told, with its doubt drawn: a day as a point, a month as a month in which it lies somewhere, an interval as a
// bar, an open end as open, and what no one dated listed apart.

const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / 86400000;
const yearOf = (day) => Number(day.slice(0, 4));

// A run of years in which nothing begins or ends takes no more room than one year in which something does.
const quietWeight = (year, told) => {
  let [first, last] = [year, year];
  while (!told.has(first - 1)) first -= 1;
  while (!told.has(last + 1)) last += 1;
  return Math.min(0.25, 1 / (last - first + 1));
};

const isWholeYears = ([from, to]) => from.endsWith("-01-01") && to.endsWith("-12-31");

// Each year's share of the width: quiet ones are narrow, those with days and months told in them are wide.
const yearWeights = (items, even) => {
  const ends = items.flatMap(({ date }) => [date.begin, date.end].filter(Boolean));
  const years = ends.flat().map(yearOf);
  const first = Math.min(...years);
  const last = Math.max(...years);
  const fine = grouped(ends.filter((end) => !isWholeYears(end)).map((end) => [yearOf(end[0]), end]));
  const told = new Set(years);
  const weights = [];
  for (let year = first; year <= last; year += 1) {
    const busy = Math.min(16, 1 + (fine.get(year)?.length ?? 0) * 0.5);
    const quiet = !told.has(year);
    weights.push({ year, quiet, weight: even ? 1 : quiet ? quietWeight(year, told) : busy });
  }
  return weights;
};

const roomForOpenEnd = 5;

const scaleOver = (items, even) => {
  const weights = yearWeights(items, even);
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const places = new Map();
  // An open end reaches beyond all that is told, so that it needs room there.
  const before = items.some(({ date }) => !date.begin) ? roomForOpenEnd : 0;
  const after = items.some(({ date }) => !date.end) ? roomForOpenEnd : 0;
  const unit = (100 - before - after) / total;
  let left = before;
  for (const { year, weight, quiet } of weights) {
    places.set(year, { left, width: weight * unit, quiet });
    left += weight * unit;
  }
  // A bar reaches to the end of its last day.
  const at = (day, endOfDay = false) => {
    const year = yearOf(day);
    const { left: start, width } = places.get(year);
    const begin = dayNumber(`${String(year).padStart(4, "0")}-01-01`);
    const length = dayNumber(`${String(year).padStart(4, "0")}-12-31`) - begin + 1;
    return start + (width * (dayNumber(day) - begin + (endOfDay ? 1 : 0))) / length;
  };
  return { places, at };
};

const stretch = (kind, from, to) => {
  const mark = el("span", { class: `mark ${kind}` });
  mark.style.left = `${from}%`;
  mark.style.width = `${Math.max(to - from, 0)}%`;
  return mark;
};

const marksFor = (date, scale) => {
  const marks = [];
  const { begin, end } = date;
  if (!date.interval) {
    const [from, to] = [scale.at(begin[0]), scale.at(begin[1], true)];
    return [date.precision === "day" ? stretch("day", (from + to) / 2, (from + to) / 2) : stretch("within", from, to)];
  }
  const core = [begin ? begin[1] : null, end ? end[0] : null];
  if (begin && begin[0] !== begin[1]) marks.push(stretch("within", scale.at(begin[0]), scale.at(begin[1], true)));
  if (end && end[0] !== end[1] && !(begin && begin[0] === end[0])) marks.push(stretch("within", scale.at(end[0]), scale.at(end[1], true)));
  const from = begin ? (begin[0] === begin[1] ? scale.at(begin[0]) : scale.at(core[0], true)) : 0;
  const to = end ? (end[0] === end[1] ? scale.at(end[1], true) : scale.at(core[1])) : 100;
  if (to > from) marks.push(stretch(`lasting${begin ? "" : " open-begin"}${end ? "" : " open-end"}`, from, to));
  return marks;
};

const timelineRow = ({ kind, record, date }, scale) => el("li", { class: "time-row", "data-record": `${kind}/${record.id}` },
  el("div", { class: "time-words" },
    el("p", { class: "meta time-head" }, el("span", { class: "time-when" }, date.words), date.doubtful ? tag("in doubt", "notable") : null,
      kind === "event" ? tag(`told as ${record.status}`, record.status === "occurred" ? "" : "notable") : tag("relation"),
      permalink(kind, record.id)),
    told(kind, record)),
  el("div", { class: `track ${kind === "event" ? `s-${record.status}` : "s-relation"}${date.doubtful ? " doubtful" : ""}`, "aria-hidden": "true" },
    ...marksFor(date, scale)));

const monthNames = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];
const axisLabel = (kind, text, place) => {
  const label = el("span", { class: kind }, text);
  label.style.left = `${place}%`;
  return label;
};

// Where two years' numbers would overlap, that of the wider year is written.
const labelledYears = (scale) => {
  const chosen = [];
  const byWidth = [...scale.places].filter(([, { quiet }]) => !quiet).sort((first, second) => second[1].width - first[1].width);
  for (const [year, { left }] of byWidth) {
    if (chosen.every((other) => Math.abs(other.left - left) >= 6.5)) chosen.push({ year, left });
  }
  return chosen;
};

const axis = (scale) => el("div", { class: "axis", "aria-hidden": "true" },
  labelledYears(scale).map(({ year, left }) => axisLabel("year", String(year), left)),
  [...scale.places.values()].filter(({ width }) => width > 22).flatMap(({ left, width }) =>
    monthNames.map((name, month) => axisLabel("month", name, left + (width * (month + 0.5)) / 12))));

const gridlines = (scale) => {
  const grid = el("div", { class: "gridlines", "aria-hidden": "true" });
  for (const { left, width, quiet } of scale.places.values()) {
    const column = el("span", { class: quiet ? "column quiet-years" : "column" });
    column.style.left = `${left}%`;
    column.style.width = `${width}%`;
    grid.append(column);
  }
  return grid;
};

const inOrderOfTime = (first, second) => {
  const [a, b] = [first.date, second.date];
  return firstDay(a).localeCompare(firstDay(b)) || lastDay(a).localeCompare(lastDay(b));
};

const timelineKey = () => {
  const item = (kind, text, status = "s-occurred") => {
    const mark = el("span", { class: `mark ${kind}` });
    mark.style.left = kind === "day" ? "50%" : "0%";
    mark.style.width = kind === "day" ? "0" : "100%";
    return el("li", {}, el("span", { class: `track sample ${status}`, "aria-hidden": "true" }, mark), text);
  };
  return el("ul", { class: "key", "aria-label": "How time is drawn" },
    item("day", "a day"), item("within", "some time within, not all of it"), item("lasting", "from one end to the other"),
    item("lasting open-end", "end open"), item("within", "not told as having occurred", "s-planned"),
    item("lasting", "a relation", "s-relation"));
};

let evenScale = false;
let withRelations = true;

const timelineChoices = () => el("div", { class: "choices" },
  el("label", { class: "check" }, el("input", { type: "checkbox", id: "even", checked: evenScale,
    on: { change: (event) => { evenScale = event.target.checked; show(); byElement("even").focus(); } } }), " All years equally wide"),
  el("label", { class: "check" }, el("input", { type: "checkbox", id: "ties", checked: withRelations,
    on: { change: (event) => { withRelations = event.target.checked; show(); byElement("ties").focus(); } } }), " With relations"));

const unresolvedTimes = () => [...tables.time.values()].filter((time) => time.value === null);

views.timeline = {
  title: "Timeline",
  intro: "Events and relations with the time the text gives them. Years about which more is told are drawn wider; a mark covers exactly the days the text leaves possible.",
  render(container) {
    const events = passing("event").map((record) => ({ kind: "event", record, when: record.when }));
    const ties = withRelations ? passing("relation").map((record) => ({ kind: "relation", record, when: record.during })) : [];
    const items = [...events, ...ties].map((item) => ({ ...item, date: item.when ? dates.get(item.when) : null }));
    const dated = items.filter(({ date }) => date).sort(inOrderOfTime);
    const undated = items.filter(({ date }) => !date);
    container.append(timelineKey(), timelineChoices());
    if (dated.length) container.append(chart(dated));
    container.append(undatedPart(undated), unresolvedPart());
    return `${plural(dated.length, "dated record")}, ${undated.length} undated`;
  },
};

const chart = (dated) => {
  const scale = scaleOver(dated, evenScale);
  return el("div", { class: "timeline" }, axis(scale), gridlines(scale),
    el("ol", { class: "time-rows" }, dated.map((item) => timelineRow(item, scale))));
};

const undatedPart = (undated) => el("details", { class: "apart" },
  el("summary", {}, `No time told (${undated.length})`),
  listOf(undated.map(({ kind, record }) => cardOf[kind](record))));

const unresolvedPart = () => {
  const left = unresolvedTimes();
  return el("details", { class: "apart" },
    el("summary", {}, `Time expressions left unresolved (${left.length})`),
    el("p", {}, "The text does not settle these, and nothing was guessed."),
    el("ul", { class: "plain" }, left.map((time) => el("li", {}, linkTo("time", time.id, time.id, { class: "id" }), tag(time.kind)))));
};
