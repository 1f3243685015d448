// Who and what the article refers to, unnamed sources included, and how often each is heard and spoken of.

const heardFrom = grouped(article.claims.flatMap((claim) =>
  [...new Set(claim.voices.map((voice) => voice.source))].map((source) => [source, claim])));
const saidAbout = grouped(article.claims.flatMap((claim) => claim.about.map((id) => [id, claim])));

const entityRow = (entity) => {
  const counts = [
    heardFrom.has(entity.id) ? `voice in ${heardFrom.get(entity.id).length}` : null,
    saidAbout.has(entity.id) ? `about it ${saidAbout.get(entity.id).length}` : null,
    mentionsOf.has(entity.id) ? plural(mentionsOf.get(entity.id).length, "mention") : null,
  ].filter(Boolean).join(" · ");
  return el("li", {}, entityLink(entity.id), entity.named ? null : tag("unnamed"), el("span", { class: "help" }, ` ${counts}`));
};

views.entities = {
  title: "Entities",
  intro: "Who and what the article refers to. Unnamed sources are entities of their own.",
  render(container) {
    const found = passing("entity");
    for (const [kind, entities] of grouped(found.map((entity) => [entity.kind, entity]))) {
      container.append(el("h3", {}, kind), el("ul", { class: "columns" },
        [...entities].sort((first, second) => first.name.localeCompare(second.name, "en")).map(entityRow)));
    }
    return `${plural(found.length, "entity", "entities")} of ${article.entities.length}`;
  },
};
