// The address selects the view: `#claims?voice=…` is a view with its filters, `#claim/ID` opens a record beside it.
// In a frame without an address of its own (`srcdoc`, a sandbox), links still work, but without a history.

let current = "overview";

const addressOf = (name, asked) => {
  const pairs = [...filterNames, "order"].filter((key) => asked[key] && !(key === "order" && (asked.order === "text" || name !== "claims")))
    .map((key) => [key, asked[key]]);
  return `#${name}${pairs.length ? `?${new URLSearchParams(pairs)}` : ""}`;
};
const addressHere = () => addressOf(current, { ...filter, order });

const write = (address, method) => {
  try {
    history[method](null, "", location.href.split("#")[0] + address);
  } catch {
    // A frame without an address of its own does not allow this.
  }
};

const askedChips = () => {
  const asked = filterNames.filter((name) => filter[name]);
  byElement("asked").hidden = !asked.length;
  byElement("asked").replaceChildren();
  fill(byElement("asked"), {}, asked.length ? [
    current === "overview" ? el("a", { class: "chip act", href: addressOf("claims", filter) }, `Show ${plural(passing("claim").length, "claim")}`) : null,
    asked.map((name) => el("a", { class: "chip", "data-filter": name, "aria-label": `${kinds[name].reads(filter[name])}, remove`,
      href: addressOf(current, { ...filter, order, [name]: "", ...(name === "under" ? { base: "" } : {}) }) }, said(kinds[name].reads(filter[name])), " ×")),
    asked.length > 1 ? el("a", { class: "chip act", href: addressOf(current, { order }) }, "Clear all") : null] : []);
};

const show = () => {
  const view = views[current];
  const container = byElement("view");
  document.body.dataset.view = current;
  container.replaceChildren();
  container.className = `view-${current}`;
  byElement("view-title").textContent = view.title;
  byElement("view-intro").textContent = view.intro;
  byElement("count").textContent = view.render(container);
  for (const link of byElement("views").querySelectorAll("a")) {
    const name = link.dataset.view;
    link.setAttribute("href", addressOf(name, filter));
    if (name === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  askedChips();
};

const controls = { q: byElement("filter-q"), from: byElement("filter-from"), to: byElement("filter-to") };

const setFilters = (asked) => {
  for (const name of filterNames) {
    const value = asked[name] ?? "";
    filter[name] = value && kinds[name].allows(value) ? value : "";
    if (!controls[name]) continue;
    if (controls[name] !== document.activeElement) controls[name].value = filter[name];
    if (!value) controls[name].removeAttribute("aria-invalid");
  }
  if (!filter.under) filter.base = "";
  order = Object.hasOwn(orders, asked.order) ? asked.order : "text";
};

// If the first address is that of a record, the view beside it is the text or, without a text, the claims.
const follow = (address, isFirst = false) => {
  const [name, query] = address.slice(1).split("?", 2);
  const [kind, id] = name.split("/", 2);
  if (Object.hasOwn(views, name)) {
    closeRecord();
    current = name;
    setFilters(Object.fromEntries(new URLSearchParams(query ?? "")));
    show();
  } else if (id !== undefined) {
    if (isFirst) {
      current = hasText() ? "text" : "claims";
      show();
    }
    if (find(kind, id)) openRecord(kind, find(kind, id));
    else missingRecord(name);
  } else if (!name) {
    closeRecord();
    show();
  }
};

const goTo = (address) => {
  write(address, "pushState");
  const before = current;
  follow(address);
  if (current !== before) {
    scrollTo(0, 0);
    byElement("main").focus({ preventScroll: true });
  }
};

const leaveRecord = () => {
  closeRecord();
  write(addressHere(), "pushState");
};

const onFilter = (name) => (event) => {
  const value = event.target.value.trim();
  const isValid = !value || kinds[name].allows(value);
  if (isValid) event.target.removeAttribute("aria-invalid");
  else event.target.setAttribute("aria-invalid", "true");
  filter[name] = isValid ? value : "";
  write(addressHere(), "replaceState");
  show();
};

const prepareFilters = () => {
  for (const [name, { label, options }] of Object.entries(choices)) {
    controls[name] = el("select", { id: `filter-${name}` }, el("option", { value: "" }, "any"),
      options.map(([value, words]) => el("option", { value }, words)));
    byElement("choices").append(el("div", { class: "field" }, el("label", { for: `filter-${name}` }, label), controls[name]));
  }
  for (const [name, control] of Object.entries(controls)) control.addEventListener("input", onFilter(name));
  if (matchMedia("(max-width: 60rem)").matches) byElement("filters").open = false;
};

const prepareViews = () => byElement("views").append(...Object.entries(views).map(([name, { title }]) =>
  el("li", {}, el("a", { href: `#${name}`, "data-view": name }, title))));

const bylineParts = () => [
  listed(article.authors.map(entityLink)), article.contributors.length ? [" with ", listed(article.contributors.map(entityLink))] : null,
  ", ", entityLink(article.publisher), `, ${dates.get(article.published).words}`,
];

const themes = ["system", "light", "dark"];
const nextTheme = (event) => {
  const root = document.documentElement;
  root.dataset.theme = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
  event.currentTarget.textContent = root.dataset.theme[0].toUpperCase() + root.dataset.theme.slice(1);
};

const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select");

// The arrow keys move between records only while the link of a record has the focus.
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
  if (event.key === "Escape" && !byElement("record").hidden && !byElement("key").matches(":popover-open")) leaveRecord();
  else if (event.key === "/" && !isTyping(event.target) && byElement("single-keys").checked) {
    event.preventDefault();
    controls.q.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") stepRecord(event);
};

// In a frame without an address of its own, the browser's default would load the surrounding page.
const onLink = (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.id === "skip") byElement("main").focus();
  else goTo(link.getAttribute("href"));
};

const prepare = () => {
  prepareFilters();
  prepareViews();
  prepareKey();
  fill(byElement("byline"), {}, [bylineParts()]);
  fill(byElement("rights"), {}, [`${article.genre}${article.updated ? `, updated ${dates.get(article.updated).words}` : ""}. Annotation `, said(article.id), ` ${article.data_version}, made with oped-dataset ${data.code_version}, licence `, said(article.licence),
    article.source.text === null ? ". The article’s text is not included." : ". This page includes the article’s text; whether you may redistribute the page depends on the licence of that text."]);
  byElement("theme").addEventListener("click", nextTheme);
  byElement("record-close").addEventListener("click", leaveRecord);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onLink);
  // A file dropped outside the drop zone would otherwise replace the page.
  for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => event.preventDefault());
  for (const type of ["popstate", "hashchange"]) window.addEventListener(type, () => follow(location.hash));
  window.addEventListener("resize", () => { if (current === "overview") fitOverview(); });
  window.addEventListener("beforeprint", () => document.querySelectorAll("#view details").forEach((each) => { each.open = true; }));
  show();
  follow(location.hash, true);
};

// For the browser console, and for the tests that compare these functions with the Python package.
window.opedExplorer = Object.freeze({ sha256, normalise, sentenceDigest, attach, textOfPage });

prepare();
