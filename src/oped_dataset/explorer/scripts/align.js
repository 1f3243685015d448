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

// How much longer or shorter than its span a sentence's normal form may be: marks that unfold, blanks that go.
const slack = (length) => 8 + Math.floor(length / 10);

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
    const length = sentence.span.end - sentence.span.start;
    const last = Math.min(start + length + slack(length), copy.characters.length);
    for (let end = start + Math.max(1, length - slack(length)); end <= last; end += 1) {
      if (ends.has(end) && digestAt(start, end) === sentence.digest) return end;
    }
    return null;
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

const placeOf = (copy, sentence, found) => {
  const length = sentence.span.end - sentence.span.start;
  const from = copy.from[found.start];
  const to = copy.to[found.end - 1];
  // Where neither the normal form nor the copy is as long as the sentence was, no place within it is certain.
  const exact = found.end - found.start === length ? "normal" : to - from === length ? "copy" : null;
  return { from, to, start: found.start, exact };
};

// Returns where the characters of the article stand in the copy. Offsets are code points; nothing is guessed: `locate`
// gives null where a place is not certain, and `sentences` holds null for a sentence that is not there as it was.
const align = (source, text) => {
  if (sha256(text) === source.sha256) {
    const whole = source.sentences.map(({ span }) => ({ from: span.start, to: span.end, exact: "copy" }));
    return { text, identical: true, sentences: whole, locate: (span) => ({ ...span }) };
  }
  const copy = normalisedWithPlaces(text);
  const sentences = findSentences(copy, source.sentences)
    .map((found, index) => found && placeOf(copy, source.sentences[index], found));
  return { text, identical: false, sentences, locate: locator(source, sentences, copy) };
};

const locator = (source, sentences, copy) => {
  const edge = (offset, isEnd) => {
    const index = source.sentences.findIndex(({ span }) =>
      isEnd ? span.start < offset && offset <= span.end : span.start <= offset && offset < span.end);
    const place = index < 0 ? null : sentences[index];
    if (!place || !place.exact) return null;
    const within = offset - source.sentences[index].span.start;
    if (place.exact === "copy") return { index, offset: place.from + within };
    return { index, offset: isEnd ? copy.to[place.start + within - 1] : copy.from[place.start + within] };
  };
  return (span) => {
    const start = edge(span.start, false);
    const end = edge(span.end, true);
    if (!start || !end || end.offset <= start.offset) return null;
    for (let index = start.index; index <= end.index; index += 1) if (!sentences[index]) return null;
    return { start: start.offset, end: end.offset };
  };
};
