// Finding sentences in a reader's copy by their lengths and digests: the counterpart of search.py. A unit is a sentence
// or heading with its `digest` and `length`; a place matches a unit only if both are equal.

const short = 25;
// A digest with more pairs of unit and place than this is considered only beside other places.
const mostCompared = 1000;
const digestCosts = 100;
const breaks = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const lineBreak = new RegExp(`[${breaks}]`);
const firstInLine = new RegExp(`(?<=[${breaks}])(?:(?![${breaks}])[${space}])*[^${space}]`, "gu");
const wordOrMark = new RegExp(`(?<word>[\\p{L}\\p{N}_]+)|[^${space}]`, "gu");
const closing = new Set(",.;:!?)]}%");
const endsSentence = /[\p{Sentence_Terminal}\p{Pe}\p{Pf}…"'“«]/u;

// A soft hyphen that divides a word at the end of a line.
const soft = new RegExp(`\\u00ad\\p{Default_Ignorable_Code_Point}*[${space}]+`, "gu");

// A line break beside a letter of a script without spaces between words, where the source may have no space either.
const { unspaced } = data;
const lineEnd = `\\p{Default_Ignorable_Code_Point}*[${breaks}][${space}]*`;
const wrapped = new RegExp(`(?<=[${unspaced}])${lineEnd}|(?<![${space}])${lineEnd}(?=[${unspaced}])`, "gu");

// The marks before a line of an e-mail that is quoted in another one.
const quotedLine = new RegExp(`(?<![^${breaks}])(?:>[ \\t]*)+`, "gu");

// Whether a character may separate adjacent sentences: whitespace, and the marks of quoted lines.
const isGap = (character) => character === ">" || !normalise(character);

// For each way in which copies differ: the pattern in the copy, and the possible readings of the source. A reading is a
// sequence that is applied in turn, because two places in a sentence may differ from the source in different ways.
const wraps = [[""], ["", " "], [" ", ""], ["", "", " "], ["", " ", ""], [" ", "", ""]];
// Words divided at the end of a line, joined with and without their hyphen.
const divided = [/(?<=[\p{L}\p{N}_])- (?=[\p{L}\p{N}_])/gu, [[""], ["-"], ["", "-"], ["-", ""]]];
// Dashes typed as hyphens: with or without spaces around them, or with those of the copy.
const typedDashes = [[/ -+ ?| ?--+ ?/g, [["-"], [" - "]]], [/--+/g, [["-"]]]];

const byNumber = (one, two) => one - two;

// A budget against input that was made to be slow: an offset costs two, a digest more. `spend` returns whether the budget
// allows a step.
const effortFor = (size) => {
  let left = 2000 * (size + 1000);
  return { isSpent: () => left < 0, spend: (amount) => { left -= amount; return left >= 0; } };
};

// A form of the copy in which digests are searched. `lines` are the offsets at which lines of the copy begin;
// `replacements` those at which the form differs from the copy, or null for the plain normalised form.
const readingOf = (text, steps, lines, replacements = null) => {
  const bytes = encoder.encode(text);
  const size = sizeOf(text);
  // The byte offset of each character; all bytes of a character but the first have the form 10xxxxxx (RFC 3629 §3).
  const offsets = new Uint32Array(size + 1);
  let count = 0;
  bytes.forEach((byte, at) => {
    if ((byte & 0xc0) === 0x80) return;
    offsets[count] = at;
    count += 1;
  });
  offsets[size] = bytes.length;
  const hashed = (start, end) => sha256Of(bytes, offsets[start], offsets[end]);
  return {
    text,
    lines,
    size,
    isSpace: (at) => at >= 0 && bytes[offsets[at]] === 0x20,
    wordsAt: (start, end) => new TextDecoder().decode(bytes.subarray(offsets[start], offsets[end])),
    startOfDigestAt: (start, end) => hashed(start, end)[0] >>> 0,
    digestAt: (start, end) => digits(hashed(start, end).subarray(0, 2)),
    replacements,
    back: (place) => steps.reduceRight((result, step) => result && step.back(result), place),
    otherwise(pattern, words) {
      const other = replaced(text, pattern, words);
      const places = [...other.steps.moved(replacements ?? []), ...other.steps.replacements].sort(byNumber);
      return readingOf(other.text, [...steps, other.steps], new Set(other.steps.moved([...lines])), places);
    },
  };
};

// The normalised form of a copy; `before` are the alignments of earlier replacements, and `places` their offsets.
const readingOfCopy = (copy, before = [], places = null) => {
  const { text, steps } = normalised(copy);
  const begun = matchesIn(copy, firstInLine).map(({ at, words: begin }) => steps.forward([at, at + sizeOf(begin)]));
  const lines = new Set(begun.filter(Boolean).map(([start]) => start));
  return readingOf(text, [...before, steps], lines, places && steps.moved(places).sort(byNumber));
};

// A copy in which words divided at line ends are joined before normalisation.
const joinedReading = (copy, words) => {
  let [text, steps, places] = [copy, [], []];
  for (const [pattern, choices] of [[quotedLine, [""]], [soft, [""]], [wrapped, words]]) {
    const step = replaced(text, pattern, choices);
    places = [...step.steps.moved(places), ...step.steps.replacements];
    steps = [...steps, step.steps];
    text = step.text;
  }
  return readingOfCopy(text, steps, places);
};

// The offsets at which a sentence may begin, and for each offset whether a mark ends there, and whether any token does.
const candidatesIn = (reading, longest) => {
  const [starts, near] = [[], reading.replacements];
  // The longest sentence is added to the size, so that looking ahead needs no bounds check.
  const [marks, either] = [new Uint8Array(reading.size + longest + 1), new Uint8Array(reading.size + longest + 1)];
  let afterMark = true;
  for (const { at, words: token, groups } of matchesIn(reading.text, wordOrMark)) {
    const mayBegin = afterMark || !/^\p{Lowercase}/u.test(token) || reading.lines.has(at);
    if (mayBegin && !closing.has(token)) starts.push(at);
    const end = at + sizeOf(token);
    afterMark = !groups.word;
    marks[end] = afterMark;
    either[end] = true;
  }
  // A line end that was removed may have been the border of two sentences.
  for (const place of near ?? []) {
    starts.push(place);
    either[place] = true;
  }
  const isNear = (start) => near[countWhile(near, (place) => place < start)] < start + longest;
  return { starts: near ? starts.filter(isNear) : starts, marks, either };
};

const lengthsOf = (units) => grouped(units.map(({ length, digest }) => [length, digest]));
const indicesOf = (units) => grouped(units.map(({ digest }, index) => [digest, index]));

// The places in a reading that match a unit, each with the digest of the unit.
const placesIn = (reading) => {
  const places = new Map();
  const keyOf = (start, end) => `${start} ${end}`;
  return {
    digests: () => new Set([...places.values()].map(({ digest }) => digest)),
    all: () => [...places.values()],
    add(start, end, digests) {
      if (end > reading.size || places.has(keyOf(start, end))) return null;
      const digest = reading.digestAt(start, end);
      if (!digests.includes(digest)) return null;
      const place = { start, end, digest };
      places.set(keyOf(start, end), place);
      return place;
    },
  };
};

// Adds the neighbours of the places found, even if they do not begin or end at a word.
const addNeighbours = (units, reading, places, effort) => {
  // Each neighbour of a sentence that the source repeats is tried once.
  const [before, after] = [new Map(), new Map()];
  const note = (map, { digest }, unit) => {
    if (!map.has(digest)) map.set(digest, new Map());
    map.get(digest).set(`${unit.digest} ${unit.length}`, unit);
  };
  units.slice(1).forEach((two, index) => {
    note(before, two, units[index]);
    note(after, units[index], two);
  });
  const near = (map, digest) => [...(map.get(digest)?.values() ?? [])];
  const waiting = places.all();
  while (waiting.length) {
    const { start, end, digest } = waiting.pop();
    const from = reading.isSpace(end) ? end + 1 : end;
    const until = reading.isSpace(start - 1) ? start - 1 : start;
    const beside = near(after, digest).map((unit) => [unit, from, from + unit.length])
      .concat(near(before, digest).map((unit) => [unit, until - unit.length, until]));
    for (const [unit, begin, finish] of beside) {
      if (!effort.spend(digestCosts + unit.length)) return;
      const added = begin >= 0 && places.add(begin, finish, [unit.digest]);
      if (added) waiting.push(added);
    }
  }
};

// Adds the places between the offsets at which a sentence may begin and end.
const addMatches = (wanted, starts, ends, reading, places, effort) => {
  const byLength = lengthsOf(wanted);
  for (const length of [...byLength.keys()].sort(byNumber)) {
    if (!effort.spend(2 * starts.length)) return;
    const digests = byLength.get(length);
    const begun = new Set(digests.map((digest) => parseInt(digest.slice(0, 8), 16)));
    for (const start of starts) {
      const end = start + length;
      if (!ends[end]) continue;
      if (!effort.spend(digestCosts + length)) return;
      if (begun.has(reading.startOfDigestAt(start, end))) places.add(start, end, digests);
    }
  }
};

const foundIn = (units, missing, reading, effort) => {
  // A damaged document may record any length, and the arrays of candidates grow with the longest one.
  const wanted = missing.filter(({ length }) => length <= reading.size);
  const longest = wanted.reduce((found, { length }) => Math.max(found, length), 0);
  const candidates = candidatesIn(reading, longest);
  const places = placesIn(reading);
  // Most sentences end in a mark, and their neighbours follow from them. Trying every word takes ten times as long, so it
  // is left for the sentences that are still missing.
  for (const ends of [candidates.marks, candidates.either]) {
    const known = places.digests();
    addMatches(wanted.filter(({ digest }) => !known.has(digest)), candidates.starts, ends, reading, places, effort);
    addNeighbours(units, reading, places, effort);
  }
  return places.all().flatMap(({ start, end, digest }) => {
    const place = reading.back([start, end]);
    if (!place) return [];
    const part = (from, to) => reading.back([start + from, start + to]);
    return [{ digest, place, words: reading.wordsAt(start, end), part }];
  });
};

const otherReadings = (reading, [pattern, choices]) =>
  (reading.text.search(pattern) >= 0 ? choices.map((words) => reading.otherwise(pattern, words)) : []);

// The normalised form of a copy, then its other readings, if it has any.
const readingsOf = function* (copy) {
  let plain = readingOfCopy(copy);
  yield plain;
  if ([quotedLine, soft, wrapped].some((pattern) => copy.search(pattern) >= 0)) {
    plain = joinedReading(copy, wraps[0]);
    yield plain;
    // Each is made only when it is needed, and is the same where no line ends beside such a letter.
    for (const words of wraps.slice(1)) {
      const reading = joinedReading(copy, words);
      if (reading.text !== plain.text) yield reading;
    }
  }
  const together = [plain, ...otherReadings(plain, divided)];
  yield* together.slice(1);
  for (const dashes of typedDashes) for (const reading of together) yield* otherReadings(reading, dashes);
};

const foundEverywhere = (units, copy, effort) => {
  let found = [];
  for (const reading of readingsOf(copy)) {
    const known = new Set(found.map(({ digest }) => digest));
    const missing = units.filter(({ digest }) => !known.has(digest));
    if (!missing.length) break;
    found = found.concat(foundIn(units, missing, reading, effort));
  }
  return found;
};

// Removes the places that overlap a longer one, and sorts the rest by their order in the copy.
const apart = (found, size) => {
  const taken = new Uint8Array(size);
  const longestFirst = (one, two) => (two.place[1] - two.place[0]) - (one.place[1] - one.place[0]) || one.place[0] - two.place[0];
  return [...found].sort(longestFirst).filter(({ place: [start, end] }) => {
    // A place taken earlier is at least as long, so if it overlaps this one, it covers one of its borders.
    if (taken[start] || taken[end - 1]) return false;
    taken.fill(1, start, end);
    return true;
  }).sort((one, two) => one.place[0] - two.place[0]);
};

// For each unit and each place with its digest: the number of consecutive units that match around it, itself included. A
// common digest is considered only next to another pair, or at the beginning or end of the text.
const runsOf = (units, found, common) => {
  const indices = indicesOf(units);
  const keyOf = (index, at) => `${index} ${at}`;
  const rare = found.flatMap(({ digest }, at) =>
    (common.has(digest) ? [] : indices.get(digest).map((index) => ({ index, at }))));
  const known = new Map(rare.map((pair) => [keyOf(pair.index, pair.at), pair]));
  const borders = [[1, { index: -1, at: -1 }], [-1, { index: units.length, at: found.length }]];
  for (const [way, border] of common.size ? borders : []) {
    for (const pair of [border, ...rare]) {
      let [index, at] = [pair.index + way, pair.at + way];
      while (units[index] && units[index].digest === found[at]?.digest && !known.has(keyOf(index, at))) {
        known.set(keyOf(index, at), { index, at });
        [index, at] = [index + way, at + way];
      }
    }
  }
  const pairs = [...known.values()].sort((one, two) => one.at - two.at || one.index - two.index);
  const [before, after] = [new Map(), new Map()];
  for (const { index, at } of pairs) before.set(keyOf(index, at), (before.get(keyOf(index - 1, at - 1)) ?? 0) + 1);
  for (const { index, at } of [...pairs].reverse()) after.set(keyOf(index, at), (after.get(keyOf(index + 1, at + 1)) ?? 0) + 1);
  return pairs.map((pair) => ({ ...pair, run: before.get(keyOf(pair.index, pair.at)) + after.get(keyOf(pair.index, pair.at)) - 1 }));
};

// Assigns each place to at most one unit, beginning with the longest runs of neighbours.
const assigned = (units, found, missing) => {
  const [wanted, present] = [units, found].map((elements) => indicesOf(elements));
  const common = new Set([...present.keys()].filter((digest) =>
    present.get(digest).length * wanted.get(digest).length > mostCompared));
  const located = units.map(({ digest }) => ({ found: null, reason: common.has(digest) ? words.lost.ambiguous : missing }));
  const taken = new Set();
  const byRun = grouped(runsOf(units, found, common).map((pair) => [pair.run, pair]));
  for (const run of [...byRun.keys()].sort((one, two) => two - one)) {
    const free = byRun.get(run).filter(({ index, at }) => !taken.has(at) && !located[index].found);
    // The pairs are sorted by place.
    for (const [at, claims] of grouped(free.map((pair) => [pair.at, pair.index]))) {
      taken.add(at);
      if (claims.length > 1) {
        // Several units match the place equally well, and choosing one would be a guess.
        for (const index of claims) located[index] = { found: null, reason: words.lost.ambiguous };
      } else if (!located[claims[0]].found) located[claims[0]] = { found: found[at], reason: null };
    }
  }
  return located;
};

// Whether a short place stands alone instead of being part of a longer sentence.
const isFree = ([start, end], before, after, characters) => {
  let [left, right] = [start, end];
  while (left > 0 && isGap(characters[left - 1])) left -= 1;
  while (right < characters.length && isGap(characters[right])) right += 1;
  const hasBreak = (from, to) => lineBreak.test(characters.slice(from, to).join(""));
  const closes = endsSentence.test(characters[end - 1]);
  if (after && after.place[0] === right && !closes) return true;
  const begins = left === 0 || endsSentence.test(characters[left - 1]) || hasBreak(left, start) || before?.place[1] === left;
  return begins && (closes || right === characters.length || hasBreak(end, right));
};

// Finds each unit, in the order of the source, or the reason why it is lost.
const search = (units, copy, characters) => {
  const effort = effortFor(characters.length);
  const found = apart(foundEverywhere(units, copy, effort), characters.length);
  const located = assigned(units, found, effort.isSpent() ? words.lost.too_many : words.lost.edited);
  return located.map((each, index) => {
    if (!each.found || units[index].length >= short) return each;
    const free = isFree(each.found.place, located[index - 1]?.found, located[index + 1]?.found, characters);
    return free ? each : { found: null, reason: words.lost.not_free };
  });
};
