// Filters the errors and marks their evidence in the text. Text is only inserted as text, never as markup.

const chosen = (name) => document.getElementById(name).value;
const spans = (written) => written.split(" ").filter(Boolean).map((each) => each.split("-").map(Number));
const cards = [...document.querySelectorAll(".card")];
const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));

const visible = (card, faults, layer, lost, sought) =>
  card.dataset.layer === layer && faults.has(card.dataset.fault) &&
  (!lost || card.dataset.lost.split(" ").includes(lost)) && (!sought || words.get(card).includes(sought));

// Marks each character of a sentence as evidence in the gold, in the prediction or in both.
const draw = (block, shown) => {
  const line = block.querySelector(".text");
  if (!line) return;
  const text = line.textContent, start = Number(line.dataset.start), sides = { gold: [], predicted: [] };
  const characters = [...text];
  for (const card of shown) {
    for (const side of ["gold", "predicted"]) {
      for (const [from, to] of spans(card.dataset[side])) {
        for (let at = Math.max(from - start, 0); at < Math.min(to - start, characters.length); at += 1) sides[side][at] = true;
      }
    }
  }
  const kind = (at) => (sides.gold[at] ? (sides.predicted[at] ? "both" : "gold") : sides.predicted[at] ? "predicted" : "");
  const pieces = [];
  for (let at = 0, from = 0; at < characters.length; at += 1) {
    if (at + 1 < characters.length && kind(at + 1) === kind(from)) continue;
    const words = characters.slice(from, at + 1).join("");
    if (kind(from)) {
      const mark = document.createElement("mark");
      mark.className = kind(from);
      mark.append(words);
      pieces.push(mark);
    } else pieces.push(words);
    from = at + 1;
  }
  line.replaceChildren(...pieces);
};

const update = () => {
  const faults = new Set([...document.querySelectorAll("[name=fault]:checked")].map((box) => box.value));
  const layer = chosen("layer"), lost = chosen("lost"), sought = chosen("words").trim().toLowerCase();
  let count = 0;
  for (const block of document.querySelectorAll(".block")) {
    const shown = [...block.querySelectorAll(".card")].filter((card) => {
      card.hidden = !visible(card, faults, layer, lost, sought);
      return !card.hidden;
    });
    block.hidden = !shown.length;
    count += shown.length;
    draw(block, shown);
  }
  document.getElementById("count").textContent = `${count} shown`;
};

document.querySelector(".filters").addEventListener("input", update);
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
update();
