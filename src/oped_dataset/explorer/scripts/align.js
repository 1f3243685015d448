// Finding an article's sentences in a reader's copy by their digests, and carrying spans over.
// The normal form is `oped-1` of canonical.py; here each of its characters also remembers where in the copy it stood.

const straight = new Map();
for (const each of "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u0060\u02bc") straight.set(each, "'");
for (const each of "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb") straight.set(each, '"');
for (const each of "\u2010\u2011\u2012\u2013\u2014\u2015\u2212") straight.set(each, "-");
for (const each of "\u00ad\u200b\u200c\u200d\u2060\ufeff") straight.set(each, "");

// What Python's str.split takes for white space.
const space = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const straighten = (text) => Array.from(text, (each) => straight.get(each) ?? each).join("");
const unspaced = (text) => straighten(straighten(text).normalize("NFKC")).normalize("NFKC");

const normalise = (text) => unspaced(text).split(new RegExp(`${space.source}+`)).filter(Boolean).join(" ");
const sentenceDigest = (text) => sha256(normalise(text)).slice(0, 16);

// Pieces that normalise alone as they do together: a character with the marks on it, or a run of Hangul letters.
const cluster = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|\P{M}[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*|[^]/gu;

const normalisedWithPlaces = (text) => {
  const out = { characters: [], from: [], to: [], breaks: new Set() };
  let offset = 0;
  for (const [piece] of text.matchAll(cluster)) {
    const end = offset + Array.from(piece).length;
    for (const character of unspaced(piece)) addNormalised(out, character, offset, end);
    offset = end;
  }
  return out;
};

const addNormalised = (out, character, from, to) => {
  const last = out.characters.length - 1;
  const blank = space.test(character);
  if (blank && /[\n\r\u2028\u2029]/.test(character)) out.breaks.add(last < 0 || out.characters[last] !== " " ? last + 1 : last);
  if (blank && last < 0) return;
  if (blank && out.characters[last] === " ") {
    out.to[last] = to;
    return;
  }
  out.characters.push(blank ? " " : character);
  out.from.push(from);
  out.to.push(to);
};

// How long a sentence is in the normal form; where that is unknown, as long as in the source, or it will not be found.
const normalLength = ({ span, shifts }) =>
  (shifts ?? []).reduce((length, shift) => length + shift.normal - shift.length, span.end - span.start);

// Where a sentence may begin and end: at line breaks and after closing marks; or, more slowly, at any blank.
const boundaries = (copy, anyBlank) => {
  const starts = [0];
  const ends = new Set([copy.characters.length]);
  copy.characters.forEach((each, index) => {
    if (each !== " ") return;
    if (!anyBlank && !copy.breaks.has(index) && !/[.?!:;,"')\]-]/.test(copy.characters[index - 1])) return;
    starts.push(index + 1);
    ends.add(index);
  });
  return { starts, ends };
};

// A gap longer than this, in code points, is searched at line breaks and closing marks only, so that the page stays quick.
const mostSearchedWordByWord = 6000;

const finder = (copy) => {
  const known = new Map();
  const digestAt = (start, end) => {
    const key = start * 2 ** 26 + end;
    if (!known.has(key)) known.set(key, sha256(copy.characters.slice(start, end).join("")).slice(0, 16));
    return known.get(key);
  };
  const endFrom = (start, sentence, ends) => {
    const end = start + normalLength(sentence);
    return end <= copy.characters.length && ends.has(end) && digestAt(start, end) === sentence.digest ? end : null;
  };
  // The first place of a sentence from `after` on and within `until`.
  const search = ({ starts, ends }, sentence, after, until) => {
    for (const start of starts) {
      if (start < after || start >= until) continue;
      const end = endFrom(start, sentence, ends);
      if (end !== null && end <= until) return { start, end };
    }
    return null;
  };
  return { likely: boundaries(copy, false), all: boundaries(copy, true), search };
};

// Each sentence is looked for behind the one before it, then anywhere; what is still missing, word by word in its gap.
const findSentences = (copy, sentences) => {
  const { likely, all, search } = finder(copy);
  const length = copy.characters.length;
  let after = 0;
  const found = sentences.map((sentence) => {
    const place = search(likely, sentence, after, length) ?? search(likely, sentence, 0, after);
    if (place) after = place.end;
    return place;
  });
  sentences.forEach((sentence, index) => {
    if (found[index]) return;
    const from = found.slice(0, index).findLast(Boolean)?.end ?? 0;
    const until = found.slice(index + 1).find(Boolean)?.start ?? length;
    if (until - from <= mostSearchedWordByWord) found[index] = search(all, sentence, from, until);
  });
  return found;
};

const placeOf = (copy, { start, end }) => ({ from: copy.from[start], to: copy.to[end - 1], start, end });

// A border of a span, from the beginning of its sentence, in the sentence's normal form; null inside characters that
// became one. The same as `Alignment.forward` of alignment.py.
const normalBorder = (shifts, offset, isEnd) => {
  let ahead = 0;
  for (const { at, length, normal } of shifts) {
    if (offset < at || (isEnd && offset === at)) break;
    if (offset < at + length) return normal === 0 || offset === at ? at + ahead : null;
    ahead += normal - length;
  }
  return offset + ahead;
};

// Whether a border of the copy's normal form falls inside what one character of the copy became.
const insideCharacter = (copy, index) =>
  index > 0 && index < copy.from.length && copy.from[index] === copy.from[index - 1];

// Returns where the characters of the article stand in the copy. Offsets are code points; nothing is guessed: `locate`
// gives null where a place is not certain, and `sentences` holds null for a sentence that is not there as it was.
const align = (source, text) => {
  if (sha256(text) === source.sha256) {
    const whole = source.sentences.map(({ span }) => ({ from: span.start, to: span.end }));
    return { text, identical: true, sentences: whole, locate: (span) => ({ ...span }) };
  }
  const copy = normalisedWithPlaces(text);
  const sentences = findSentences(copy, source.sentences).map((found) => found && placeOf(copy, found));
  return { text, identical: false, sentences, locate: locator(source, sentences, copy) };
};

const partIn = (copy, sentence, place, start, end) => {
  const { span, shifts } = sentence;
  if (start === span.start && end === span.end) return { start: place.from, end: place.to };
  // Without shifts only the sentence as a whole can be carried over.
  if (!shifts) return null;
  const first = normalBorder(shifts, start - span.start, false);
  const last = normalBorder(shifts, end - span.start, true);
  if (first === null || last === null || first >= last) return null;
  const [from, to] = [place.start + first, place.start + last];
  if (insideCharacter(copy, from) || insideCharacter(copy, to)) return null;
  return { start: copy.from[from], end: copy.to[to - 1] };
};

// Whether nothing but white space stands between sentences in the copy.
const sideBySide = (copy, places) => places.slice(1).every(({ start }, index) => {
  const { end } = places[index];
  return start === end || (start === end + 1 && copy.characters[end] === " ");
});

// The paragraphs whose words are all there, by the digest of the words of their sentences.
const intactParagraphs = (source, sentences, copy) => source.paragraphs.filter(({ span, digest }) => {
  const inside = source.sentences.flatMap((sentence, index) =>
    (span.start <= sentence.span.start && sentence.span.end <= span.end ? [{ sentence, place: sentences[index] }] : []));
  if (!inside.length || inside.some(({ place }) => !place) || !sideBySide(copy, inside.map(({ place }) => place))) return false;
  const words = inside.map(({ sentence, place }, index) => {
    const glued = index === 0 || inside[index - 1].sentence.span.end === sentence.span.start;
    return `${glued ? "" : " "}${copy.characters.slice(place.start, place.end).join("")}`;
  });
  return sha256(words.join("")).slice(0, 16) === digest;
});

const locator = (source, sentences, copy) => {
  const intact = new Set(intactParagraphs(source, sentences, copy));
  const holding = (offset) => source.sentences.findIndex(({ span }) => span.start <= offset && offset < span.end);
  // Nothing but white space stands between two sentences of the source where all paragraphs between them are whole.
  const blankBetween = (end, start) => end === start || (source.paragraphs.length > 0
    && source.paragraphs.every((paragraph) => paragraph.span.end <= end || start <= paragraph.span.start || intact.has(paragraph)));
  return (span) => {
    const [first, last] = [holding(span.start), holding(span.end - 1)];
    if (first < 0 || last < 0) return null;
    const places = sentences.slice(first, last + 1);
    const spans = source.sentences.slice(first, last + 1);
    if (places.some((place) => !place) || !sideBySide(copy, places)) return null;
    if (first === last) return partIn(copy, spans[0], places[0], span.start, span.end);
    if (!spans.slice(1).every((each, index) => blankBetween(spans[index].span.end, each.span.start))) return null;
    const head = partIn(copy, spans[0], places[0], span.start, spans[0].span.end);
    const tail = partIn(copy, spans.at(-1), places.at(-1), spans.at(-1).span.start, span.end);
    return head && tail && { start: head.start, end: tail.end };
  };
};
