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

// The pairs of neighbours.
const pairsOf = (elements) => elements.slice(1).map((two, index) => [elements[index], two]);

// Whether two sentences are found, and only whitespace and marks of quoted lines separate them in the copy.
const areAdjacent = ([{ found: one }, { found: two }], characters) => {
  if (!one || !two || one.place[1] > two.place[0]) return false;
  // The search stops at the first visible character, because the two may be far apart.
  for (let at = one.place[1]; at < two.place[0]; at += 1) if (!isGap(characters[at])) return false;
  return true;
};

// Whether the copy has all words of a paragraph: those of its sentences must have the digest of the paragraph.
const isIntact = ({ span, digest }, stretches, characters) => {
  const inside = stretches.filter((each) => span.start <= each.span.start && each.span.end <= span.end);
  if (!inside.length || !inside.every(({ found }) => found)) return false;
  if (!pairsOf(inside).every((pair) => areAdjacent(pair, characters))) return false;
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
  const doubtful = paragraphs.filter((paragraph) => !intact.has(paragraph));
  const blankBetween = ([{ span: { end } }, { span: { start } }]) => start === end || (paragraphs.length > 0
    && !doubtful.some((paragraph) => share(paragraph.span, { start: end, end: start })));
  // The indices of the lost sentences, and of those that something separates from the next one, so that the time for a
  // span does not depend on the number of sentences in it.
  const pairs = pairsOf(stretches);
  const indicesFor = (elements, holds) => elements.flatMap((each, index) => (holds(each) ? [index] : []));
  const lost = indicesFor(stretches, ({ found }) => !found);
  const separate = indicesFor(pairs, (pair) => !areAdjacent(pair, characters));
  const unknown = indicesFor(pairs, (pair) => !blankBetween(pair));
  const firstFrom = (indices, first) => indices[countWhile(indices, (index) => index < first)] ?? Infinity;
  const across = (span, first, last) => {
    const gone = firstFrom(lost, first);
    if (gone <= last) return lostFor(stretches[gone].reason);
    if (firstFrom(separate, first) < last) return lostFor(words.lost.apart);
    if (firstFrom(unknown, first) < last) return lostFor(words.lost.unknown_between);
    const [one, two] = [stretches[first], stretches[last]];
    const head = partOf(one, { start: span.start, end: one.span.end });
    const tail = partOf(two, { start: two.span.start, end: span.end });
    if (!head.place || !tail.place) return lostFor(head.reason ?? tail.reason);
    return foundAt([head.place.start, tail.place.end]);
  };
  return (span) => {
    const [first, last] = [indexOf(span.start), indexOf(span.end - 1)];
    if (first === null || last === null) return lostFor(words.lost.outside);
    return first === last ? partOf(stretches[first], span) : across(span, first, last);
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
