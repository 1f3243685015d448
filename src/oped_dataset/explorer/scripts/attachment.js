// Attaching an article to a reader's copy of its text: the counterpart of attachment.py. Nothing is guessed: every span
// that cannot be transferred to the copy has a reason.

const alignmentOf = (shifts) => shifts && alignment(shifts.map(({ at, length, normal }) => [at, length, normal]));
const share = (one, two) => one.start < two.end && two.start < one.end;
const lostFor = (reason) => ({ place: null, reason });
const foundAt = ([start, end]) => ({ place: { start, end }, reason: null });

// The units to find: the sentences, and the headings that are not covered by sentences.
const stretchesOf = ({ source, headings }) => {
  const sentences = source.sentences.map(({ span, digest, shifts }) => {
    const steps = alignmentOf(shifts);
    // If the shifts are unknown, the sentence is assumed to be as long as its normalised form; if it is not, its digest
    // is not found.
    return { span, steps, digest, length: span.end - span.start + (steps ? steps.growth : 0) };
  });
  const bare = headings.filter(({ span }) => !source.sentences.some((sentence) => share(sentence.span, span)));
  const others = bare.map(({ span, text: heading }) => {
    const { text, steps } = normalised(heading);
    return { span, steps, digest: normalDigest(text), length: sizeOf(text) };
  });
  return [...sentences, ...others].sort((one, two) => one.span.start - two.span.start);
};

// Transfers a span that lies in one sentence or heading.
const partOf = ({ span: whole, steps, found, reason }, span) => {
  if (!found) return lostFor(reason);
  if (span.start === whole.start && span.end === whole.end) return foundAt(found.place);
  if (!steps) return lostFor(words.lost.unknown_shifts);
  const normal = steps.forward([span.start - whole.start, span.end - whole.start]);
  const place = normal && found.part(...normal);
  return place ? foundAt(place) : lostFor(words.lost.inside_a_character);
};

// Whether every two neighbours meet a condition.
const everyPair = (elements, holds) => elements.slice(1).every((two, index) => holds(elements[index], two));

// Whether the copy has only whitespace between the places of the sentences.
const sideBySide = (stretches, characters) => everyPair(stretches, ({ found: one }, { found: two }) => {
  const [end, start] = [one.place[1], two.place[0]];
  return end <= start && !normalise(characters.slice(end, start).join(""));
});

// Whether the copy has all words of a paragraph: those of its sentences must have the digest of the paragraph.
const isIntact = ({ span, digest }, stretches, characters) => {
  const inside = stretches.filter((each) => span.start <= each.span.start && each.span.end <= span.end);
  if (!inside.length || !inside.every(({ found }) => found) || !sideBySide(inside, characters)) return false;
  const read = inside.map(({ span: { start }, found }, index) =>
    `${index === 0 || inside[index - 1].span.end === start ? "" : " "}${found.words}`);
  return normalDigest(read.join("")) === digest;
};

const transferTo = (article, copy) => {
  const characters = Array.from(copy);
  const units = stretchesOf(article);
  const located = search(units, copy, characters);
  const stretches = units.map((unit, index) => ({ ...unit, ...located[index] }));
  const { paragraphs } = article.source;
  const intact = new Set(paragraphs.filter((paragraph) => isIntact(paragraph, stretches, characters)));
  const indexOf = (offset) => {
    const index = countWhile(stretches, ({ span }) => span.start <= offset) - 1;
    return index >= 0 && offset < stretches[index].span.end ? index : null;
  };
  const blankBetween = ({ span: { end } }, { span: { start } }) => start === end || (paragraphs.length > 0
    && paragraphs.every((paragraph) => intact.has(paragraph) || !share(paragraph.span, { start: end, end: start })));
  const across = (span, several) => {
    const lost = several.find(({ found }) => !found);
    if (lost) return lostFor(lost.reason);
    if (!sideBySide(several, characters)) return lostFor(words.lost.apart);
    if (!everyPair(several, blankBetween)) return lostFor(words.lost.unknown_between);
    const head = partOf(several[0], { start: span.start, end: several[0].span.end });
    const tail = partOf(several.at(-1), { start: several.at(-1).span.start, end: span.end });
    if (!head.place || !tail.place) return lostFor(head.reason ?? tail.reason);
    return foundAt([head.place.start, tail.place.end]);
  };
  return (span) => {
    const [first, last] = [indexOf(span.start), indexOf(span.end - 1)];
    if (first === null || last === null) return lostFor(words.lost.outside);
    return first === last ? partOf(stretches[first], span) : across(span, stretches.slice(first, last + 1));
  };
};

// Attaches an article to a copy. `transfer` maps a span of the source to its `place` in the copy, or to the `reason` why
// it has none; `sentences` are the results for the sentences. Offsets are code points.
const attach = (article, text) => {
  const { source } = article;
  const exact = sizeOf(text) === source.length && sha256(text) === source.sha256;
  const transfer = exact ? ({ start, end }) => foundAt([start, end]) : transferTo(article, text);
  return { text, exact, transfer, sentences: source.sentences.map(({ span }) => transfer(span)) };
};
