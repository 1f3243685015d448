// The claims in the order of the text, under the headings they stand under.

const views = {};

const headingOver = (claim) =>
  article.headings.filter(({ span }) => span.start <= claim.evidence[0].start).at(-1)?.text ?? article.title;

const claimCards = new Map();
const keptCard = (claim) => {
  if (!claimCards.has(claim.id)) claimCards.set(claim.id, claimCard(claim));
  return claimCards.get(claim.id);
};

views.claims = {
  title: "Claims",
  intro: "What is said, in the order of the text, in the dataset’s words. Read each line from the outside in: the author first, then whomever the author relays.",
  render(container) {
    const found = passing("claim").sort(inOrderOfText);
    for (const [heading, claims] of grouped(found.map((claim) => [headingOver(claim), claim]))) {
      container.append(el("h3", { lang: article.language }, said(heading)), listOf(claims.map(keptCard)));
    }
    return `${plural(found.length, "claim")} of ${article.claims.length}`;
  },
};
