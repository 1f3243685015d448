// What is shown, as the address tells: `#timeline?voice=…` is a view with its filters, `#claim/ID` opens a record beside it.

const firstView = "claims";
let current = firstView;

const viewAddress = (name) => {
  const asked = filterNames.filter((key) => filter[key]).map((key) => [key, filter[key]]);
  return `#${name}${asked.length ? `?${new URLSearchParams(asked)}` : ""}`;
};

const show = () => {
  const view = views[current];
  const container = byElement("view");
  container.replaceChildren();
  container.className = `view-${current}`;
  byElement("view-title").textContent = view.title;
  byElement("view-intro").textContent = view.intro;
  byElement("count").textContent = view.render(container);
  for (const link of byElement("views").querySelectorAll("a")) {
    const name = link.dataset.view;
    link.setAttribute("href", viewAddress(name));
    if (name === current) {
      link.setAttribute("aria-current", "page");
      // On a narrow screen the row of views scrolls sideways.
      link.parentElement.parentElement.scrollLeft = link.offsetLeft - 2 * link.offsetWidth;
    } else link.removeAttribute("aria-current");
  }
  byElement("filter-clear").disabled = !isFiltered();
};

const controls = Object.fromEntries(filterNames.map((name) => [name, byElement(`filter-${name}`)]));

const allowed = {
  voice: (value) => speakers.has(value),
  commitment: (value) => Object.hasOwn(words.commitments, value),
  entity: (value) => tables.entity.has(value),
  from: (value) => timePattern.test(value),
  to: (value) => timePattern.test(value),
  q: () => true,
};

const setFilters = (asked) => {
  for (const name of filterNames) {
    const value = asked[name] ?? "";
    filter[name] = value && allowed[name](value) ? value : "";
    if (controls[name] !== document.activeElement) controls[name].value = filter[name];
    if (!value) controls[name].removeAttribute("aria-invalid");
  }
};

const showView = (name) => {
  current = name;
  history.pushState(null, "", viewAddress(name));
  show();
};

const askFor = (name, asked) => {
  closeRecord();
  setFilters(asked);
  showView(name);
  byElement("main").focus();
};

const follow = () => {
  const address = location.hash.slice(1);
  const [name, query] = address.split("?", 2);
  const [kind, id] = name.split("/", 2);
  if (Object.hasOwn(views, name)) {
    closeRecord();
    current = name;
    setFilters(Object.fromEntries(new URLSearchParams(query ?? "")));
    show();
  } else if (id !== undefined && find(kind, id)) {
    openRecord(kind, find(kind, id));
  } else if (id !== undefined) {
    missingRecord(name);
  } else if (!name) {
    closeRecord();
    show();
  }
};

const onFilter = (name) => (event) => {
  const value = event.target.value.trim();
  const valid = !value || allowed[name](value);
  if (valid) event.target.removeAttribute("aria-invalid");
  else event.target.setAttribute("aria-invalid", "true");
  filter[name] = valid ? value : "";
  history.replaceState(null, "", viewAddress(current));
  show();
};

const options = (first, entries) => [el("option", { value: "" }, first), ...entries.map(([value, label]) => el("option", { value }, label))];
const byName = (first, second) => first[1].localeCompare(second[1], "en");

const prepareFilters = () => {
  controls.voice.append(...options("any voice", [...speakers].map((id) => [id, nameOf(id)]).sort(byName)));
  controls.commitment.append(...options("any commitment", Object.entries(words.commitments).map(([value, [label]]) => [value, label])));
  controls.entity.append(...options("anyone and anything", article.entities.map(({ id, name }) => [id, name]).sort(byName)));
  for (const name of filterNames) controls[name].addEventListener("input", onFilter(name));
  byElement("filter-clear").addEventListener("click", () => {
    setFilters({});
    history.replaceState(null, "", viewAddress(current));
    show();
    controls.q.focus();
  });
  if (matchMedia("(max-width: 60rem)").matches) byElement("more-filters").open = false;
};

const prepareViews = () => byElement("views").append(...Object.entries(views).map(([name, { title }]) =>
  el("li", {}, el("a", { href: `#${name}`, "data-view": name }, title))));

const bylineParts = () => [
  `${article.genre} by `, entityList(article.authors),
  article.contributors.length ? [" with ", entityList(article.contributors)] : null,
  ", ", entityLink(article.publisher), `, ${dates.get(article.published).words}`,
  article.updated ? ` (updated ${article.updated})` : null,
];

const themes = ["system", "light", "dark"];
const nextTheme = (event) => {
  const root = document.documentElement;
  const theme = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
  root.dataset.theme = theme;
  event.currentTarget.textContent = `Theme: ${theme}`;
};

const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select");

// From record to record with the arrow keys, only where a record's link has the focus.
const stepRecord = (event) => {
  if (!event.target.matches("[data-step]")) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...event.target.closest("#view, #record").querySelectorAll("[data-step]")].filter((each) => each.checkVisibility());
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest("[data-record]").scrollIntoView({ block: "nearest" });
};

const onKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !byElement("record").hidden) {
    closeRecord();
    history.pushState(null, "", viewAddress(current));
  } else if (event.key === "/" && !isTyping(event.target) && byElement("single-keys").checked) {
    event.preventDefault();
    controls.q.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") stepRecord(event);
};

const prepare = () => {
  prepareFilters();
  prepareViews();
  fill(byElement("byline"), {}, [bylineParts()]);
  fill(byElement("rights"), {}, ["Annotation ", said(article.id), ` ${article.data_version}, made with oped-dataset ${data.code_version}, licence `, said(article.licence),
    article.source.text === null ? ". The article’s text is not part of it." : ". This page holds the article’s text; whether you may pass the page on depends on that text’s licence."]);
  byElement("theme").addEventListener("click", nextTheme);
  byElement("record-close").addEventListener("click", () => {
    closeRecord();
    history.pushState(null, "", viewAddress(current));
  });
  byElement("skip").addEventListener("click", (event) => { event.preventDefault(); byElement("main").focus(); });
  document.addEventListener("keydown", onKey);
  // A file dropped beside the place for it would replace the page.
  for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);
  window.addEventListener("beforeprint", () => document.querySelectorAll("#view details").forEach((each) => { each.open = true; }));
  show();
  follow();
};

// For the console, and for comparing with the Python side.
window.opedExplorer = Object.freeze({ sha256, normalise, sentenceDigest, attach, textOfPage });

prepare();
