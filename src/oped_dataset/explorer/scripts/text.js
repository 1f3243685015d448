// The Text view: the text of the article, if it is included, otherwise the reader's copy, which never leaves the page.

let copy = article.source.text === null ? null : attach(article, article.source.text);
const hasText = () => copy !== null;

const layers = {
  claim: { label: "Claims", spans: () => article.claims.flatMap((claim) => claim.evidence.map((span) => [span, `claim/${claim.id}`])) },
  mention: { label: "Mentions", spans: () => article.mentions.map((mention) => [mention.span, `mention/${mention.id}`]) },
  time: { label: "Times", spans: () => article.times.map((time) => [time.span, `time/${time.id}`]) },
  quantity: { label: "Quantities", spans: () => article.quantities.map((quantity) => [quantity.span, `quantity/${quantity.id}`]) },
  quotation: { label: "Quotations", spans: () => article.quotations.map((quotation) => [quotation.span, `quotation/${quotation.id}`]) },
  cue: { label: "Cues", spans: () => article.claims.flatMap((claim) =>
    claim.voices.filter((voice) => voice.cue).map((voice) => [voice.cue, `claim/${claim.id}`])) },
  hedge: { label: "Hedges", spans: () => article.claims.flatMap((claim) => 
    claim.voices.flatMap((voice) => voice.hedges.map((span) => [span, `claim/${claim.id}`]))) },
};
const shownLayers = new Set(["claim", "mention", "time", "cue"]);

// The spans in the copy, and the spans that are lost, with the reasons.
const placedSpans = () => {
  const [placed, lost] = [[], []];
  for (const [layer, { spans }] of Object.entries(layers)) {
    for (const [span, record] of spans()) {
      const { place, reason } = copy.transfer(span);
      if (place) placed.push({ ...place, layer, record });
      else lost.push({ reason, record });
    }
  }
  const headings = article.headings.map(({ span }) => copy.transfer(span).place).filter(Boolean);
  return { placed: [...placed, ...headings.map((place) => ({ ...place, layer: "heading", record: null }))], lost };
};

const segmentsOf = (from, to, placed) => {
  const here = placed.filter((span) => span.start < to && from < span.end);
  const edges = [...new Set([from, to, ...here.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= from && edge <= to).sort((first, second) => first - second);
  return edges.slice(1).map((end, index) => {
    const start = edges[index];
    return { start, end, over: here.filter((span) => span.start <= start && end <= span.end) };
  });
};

const piece = (characters, { start, end, over }) => {
  const text = characters.slice(start, end).join("");
  if (!over.length) return text;
  const names = [...new Set(over.map(({ layer }) => `l-${layer}`))].join(" ");
  return el("span", { class: names, "data-refs": [...new Set(over.map(({ record }) => record).filter(Boolean))].join(" ") }, text);
};

const pieces = (characters, from, to, placed) => segmentsOf(from, to, placed).map((segment) => piece(characters, segment));

const textBody = () => {
  const characters = Array.from(copy.text);
  const { placed, lost } = placedSpans();
  const parts = [];
  let at = 0;
  // Headings that are not sentences are outside, too.
  const outside = (until) => el("span", { class: "outside" }, pieces(characters, at, until, placed));
  const inOrder = copy.sentences.map(({ place }, number) => ({ ...place, number })).filter(({ start }) => start !== undefined)
    .sort((first, second) => first.start - second.start);
  inOrder.forEach(({ start, end, number }, index) => {
    parts.push(outside(start), el("span", { class: "sentence", role: "button", tabindex: index === 0 ? "0" : "-1", "data-number": number },
      pieces(characters, start, end, placed)));
    at = end;
  });
  parts.push(outside(characters.length));
  const body = el("div", { class: "text", lang: article.language, dir: "auto" }, parts);
  for (const layer of shownLayers) body.classList.add(`show-${layer}`);
  body.addEventListener("click", (event) => openAt(event.target));
  body.addEventListener("keydown", stepSentence);
  return { body, lost };
};

const overlapping = (span, other) => span.start < other.end && other.start < span.end;
const recordsIn = (span) => Object.values(layers).flatMap(({ spans }) => spans())
  .filter(([place]) => overlapping(place, span)).map(([, record]) => record);

const openAt = (element) => {
  const sentence = element.closest?.(".sentence");
  if (!sentence) return;
  const refs = element.closest("[data-refs]")?.dataset.refs;
  document.querySelectorAll("#view .chosen").forEach((each) => each.classList.remove("chosen"));
  sentence.classList.add("chosen");
  const inSentence = recordsIn(article.source.sentences[Number(sentence.dataset.number)].span);
  openPassage([...new Set([...(refs ? refs.split(" ") : []), ...inSentence])], sentence);
};

const stepSentence = (event) => {
  const here = event.target.closest(".sentence");
  if (!here) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openAt(here);
    return;
  }
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const all = [...document.querySelectorAll("#view .sentence")];
  const next = step && all[all.indexOf(here) + step];
  if (!next) return;
  event.preventDefault();
  all.forEach((each) => each.setAttribute("tabindex", each === next ? "0" : "-1"));
  next.focus();
};

const layerChoices = (body) => el("fieldset", { class: "choices layers" }, el("legend", {}, "Marked in the text"),
  Object.entries(layers).map(([layer, { label }]) => el("label", { class: "check" },
    el("input", { type: "checkbox", checked: shownLayers.has(layer), on: { change: (event) => {
      body.classList.toggle(`show-${layer}`, event.target.checked);
      if (event.target.checked) shownLayers.add(layer);
      else shownLayers.delete(layer);
    } } }), el("span", { class: `l-${layer}` }, label))));

const report = (lost) => {
  const total = copy.sentences.length;
  const found = copy.sentences.filter(({ place }) => place).length;
  const exactly = copy.exact ? "The copy is the annotated text, character for character. " : "";
  const missing = found < total ? ` ${total - found} ${total - found === 1 ? "is" : "are"} lost; records in lost sentences are not marked in the text.` : "";
  const unsure = lost.length ? ` ${plural(lost.length, "span")} could not be placed with certainty and ${lost.length === 1 ? "is" : "are"} left out.` : "";
  return `${exactly}${total ? `${found} of ${plural(total, "sentence")} found.` : ""}${missing}${unsure}`;
};

// Lists, for each reason, the numbers of the lost sentences and the records that are not marked in the text.
const lostList = (lost) => {
  const sentences = copy.sentences.flatMap(({ reason }, index) => (reason ? [[reason, `sentence ${index + 1}`]] : []));
  const reasons = grouped([...sentences, ...lost.map(({ reason, record }) => [reason, record])]);
  const shown = (name) => (name.includes("/") ? linkTo(...name.split("/"), name) : name);
  return reasons.size === 0 ? null : el("details", { class: "lost" }, el("summary", {}, "Losses and their reasons"),
    el("dl", {}, [...reasons].map(([reason, names]) =>
      definition(reason, [...new Set(names)].map((name, index) => [index ? ", " : null, shown(name)])))));
};

const take = (text) => {
  if (!spacedOnce(text)) {
    byElement("copy-problem").textContent = "This copy is blank.";
    return;
  }
  copy = attach(article, text);
  show();
  byElement("main").focus();
};

const forget = () => {
  copy = null;
  show();
  byElement("own-copy").focus();
};

const readFile = (file) => {
  if (!file) return;
  textOfFile(file).then(take, () => {
    byElement("copy-problem").textContent = "This file could not be read as text; paste the text instead.";
  });
};

const copyForm = () => {
  const area = el("textarea", { id: "own-copy", rows: "8", spellcheck: "false", "aria-describedby": "copy-help" });
  const file = el("input", { type: "file", id: "own-file", accept: ".txt,.md,.html,.htm,text/plain,text/html", on: { change: (event) => readFile(event.target.files[0]) } });
  const zone = el("div", { class: "drop", id: "drop" },
    el("p", {}, "The text of this article must not be redistributed, so this page does not include it. If you have a copy, drop the text file or the saved web page here, choose the file, or paste the text."),
    el("div", { class: "field" }, el("label", { for: "own-file" }, "A text file (UTF-8) or a saved web page"), file),
    el("div", { class: "field" }, el("label", { for: "own-copy" }, "Or the text itself"), area),
    el("button", { type: "button", id: "align", on: { click: () => take(area.value) } }, "Find the sentences"),
    el("p", { class: "help", id: "copy-help" }, "Sentences are found by their digests, inside your browser; nothing leaves this page. Different line breaks, hyphenation, quotation marks and dashes do no harm, nor does surrounding text."),
    el("p", { class: "problem", id: "copy-problem", role: "alert" }));
  for (const type of ["dragenter", "dragover"]) {
    zone.addEventListener(type, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) readFile(event.dataTransfer.files[0]);
    else take(event.dataTransfer.getData("text/plain"));
  });
  return zone;
};

views.text = {
  title: "Text",
  intro: "The article’s text, with the spans of its records. Choose a sentence to see its claims and their voices.",
  render(container) {
    if (!copy) {
      container.append(copyForm());
      return "No text yet";
    }
    const { body, lost } = textBody();
    container.append(layerChoices(body));
    if (article.source.text === null) {
      container.append(el("p", { class: "choices" }, el("button", { type: "button", class: "small", on: { click: forget } }, "Forget this copy")));
    }
    fill(container, {}, [lostList(lost), body]);
    return report(lost);
  },
};

// Marks the spans of a record in the text, and scrolls to the first.
const pointAt = (kind, id) => {
  const marked = [...document.querySelectorAll("#view .at")];
  marked.forEach((each) => each.classList.remove("at"));
  const wanted = `${kind}/${id}`;
  const places = [...document.querySelectorAll("#view [data-refs]")].filter((each) => each.dataset.refs.split(" ").includes(wanted));
  places.forEach((each) => each.classList.add("at"));
  places[0]?.scrollIntoView({ block: "center" });
};
