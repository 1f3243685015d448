// When, as told, with its doubt drawn: a day as a point, a month as a month in which it lies somewhere, an interval as a
// bar, an open end as open, and what no one dated listed apart.

const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / 86400000;
const yearOf = (day) => Number(day.slice(0, 4));

// Each year's share of the width. Years in which nothing begins or ends are narrow; busy ones are wide.
const yearWeights = (items, even) => {
  const edges = items.flatMap(({ date }) => [date.begin, date.end].filter(Boolean).flat());
  const years = edges.map(yearOf);
  const first = Math.min(...years);
  const last = Math.max(...years);
  const fine = grouped(items.filter(({ date }) => date.precision !== "year").flatMap(({ date }) =>
    [date.begin, date.end].filter(Boolean).map((part) => [yearOf(part[0]), part])));
  const told = new Set(years);
  const weights = [];
  for (let year = first; year <= last; year += 1) {
    const busy = Math.min(16, 1 + (fine.get(year)?.length ?? 0) * 0.5);
    weights.push({ year, weight: even ? 1 : told.has(year) ? busy : 0.08 });
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
  for (const { year, weight } of weights) {
    places.set(year, { left, width: weight * unit });
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
const axis = (scale) => {
  const line = el("div", { class: "axis", "aria-hidden": "true" });
  let free = -10;
  for (const [year, { left, width }] of scale.places) {
    const wide = width > 22;
    if (wide) {
      monthNames.forEach((name, month) => {
        const label = el("span", { class: "month" }, name);
        label.style.left = `${left + (width * (month + 0.5)) / 12}%`;
        line.append(label);
      });
    }
    if (width < 1.5 || left < free) continue;
    const label = el("span", { class: "year" }, String(year));
    label.style.left = `${left}%`;
    line.append(label);
    free = left + 6.5;
  }
  return line;
};

const gridlines = (scale) => {
  const grid = el("div", { class: "gridlines", "aria-hidden": "true" });
  for (const { left, width } of scale.places.values()) {
    const column = el("span", { class: width < 1.5 ? "column quiet-years" : "column" });
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
