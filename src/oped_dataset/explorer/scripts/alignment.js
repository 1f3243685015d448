// The alignment of a text with a form derived from it, in both directions: the counterpart of alignment.py.
// Offsets are code points, as in the article; a place is a pair of start and end.

const sizeOf = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

// Finds the matches of a pattern, with their offsets.
const matchesIn = (text, pattern) => {
  let [before, at] = [0, 0];
  return Array.from(text.matchAll(pattern), (match) => {
    at += sizeOf(text.slice(before, match.index));
    before = match.index;
    return { at, words: match[0], groups: match.groups };
  });
};

// Counts the elements before the first that does not meet the condition, by binary search.
const countWhile = (elements, holds) => {
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(elements[middle])) from = middle + 1;
    else to = middle;
  }
  return from;
};

// Transfers a border. Inside a block that was replaced as a whole it has no counterpart, only at the block's ends.
const borderOf = (offset, here, there, isEnd) => {
  const block = countWhile(here, ([start]) => (isEnd ? start < offset : start <= offset)) - 1;
  if (block < 0) return offset;
  const [start, end] = here[block];
  const [first, last] = there[block];
  if (offset >= end) return offset - end + last;
  return first === last || (!isEnd && offset === start) ? first : null;
};

const transferPlace = ([start, end], here, there) => {
  const [first, last] = [borderOf(start, here, there, false), borderOf(end, here, there, true)];
  return first !== null && last !== null && first < last ? [first, last] : null;
};

// Makes an alignment of the blocks that are not mapped character by character: the offset and the length of each in the
// original, and its length in the derived form.
const alignment = (blocks) => {
  let ahead = 0;
  const original = blocks.map(([at, length]) => [at, at + length]);
  const derived = blocks.map(([at, length, became]) => {
    const start = at + ahead;
    ahead += became - length;
    return [start, start + became];
  });
  const forward = (place) => transferPlace(place, original, derived);
  return {
    growth: ahead,
    forward,
    // Transfers offsets of characters of the original to the derived form, without those of deleted characters.
    moved: (offsets) => offsets.map((offset) => forward([offset, offset + 1])).filter(Boolean).map(([start]) => start),
    replacements: derived.map(([start]) => start),
    back: (place) => transferPlace(place, derived, original),
  };
};

// Divides a text into pieces that can be normalised one by one.
const normalPiece = new RegExp([
  /(?<plain>[!-_a-~]+(?![^\x00-\x7f]))/.source,
  `(?<blank>[${space}]+)`,
  `[\\x00-\\x7f]?[^\\x00-\\x7f${space}]+|[^${space}]`,
].join("|"), "gu");
const startsBlank = new RegExp(`^[${space}]`);

// Folds a cluster piece by piece if this yields the same as folding it whole, otherwise as one piece.
const foldedPieces = (cluster) => {
  const whole = fold(cluster);
  if (whole === cluster) return [[cluster, whole]];
  const pieces = cluster.match(/[^]\p{M}*/gu).map((group) => [group, fold(group)]);
  return pieces.map(([, became]) => became).join("") === whole ? pieces : [[cluster, whole]];
};

// Normalises a text and aligns it with the result. A space is written only between words.
const normalised = (text) => {
  const [parts, blocks] = [[], []];
  let blank = null;
  const write = (words) => {
    parts.push(words);
    blank = null;
  };
  const writeBlank = (at, length) => {
    if (!parts.length || blank) {
      blocks.push([at, length, 0]);
      return;
    }
    parts.push(" ");
    blank = { at, blocksBefore: blocks.length };
    if (length > 1) blocks.push([at + 1, length - 1, 0]);
  };
  const writeCluster = (start, cluster) => {
    let at = start;
    for (const [group, became] of foldedPieces(cluster)) {
      // Under NFKC, some spacing accents, such as U+00A8, become a space and a combining mark.
      const words = `${startsBlank.test(became) && parts.length && !blank ? " " : ""}${spacedOnce(became)}`;
      const [length, becameLength] = [sizeOf(group), sizeOf(words)];
      if (words) write(words);
      if (group !== words && (length !== 1 || becameLength !== 1)) blocks.push([at, length, becameLength]);
      at += length;
    }
  };
  for (const { at, words, groups } of matchesIn(text, normalPiece)) {
    if (groups.plain) write(words);
    else if (groups.blank) writeBlank(at, words.length);
    else writeCluster(at, words);
  }
  if (blank) {
    parts.pop();
    blocks.splice(blank.blocksBefore, Infinity, [blank.at, sizeOf(text) - blank.at, 0]);
  }
  return { text: parts.join(""), steps: alignment(blocks) };
};

// Replaces the matches of a pattern by the replacements in turn, and aligns the text with the result.
const replaced = (text, pattern, replacements) => {
  let count = 0;
  return {
    text: text.replace(pattern, () => replacements[count++ % replacements.length]),
    steps: alignment(matchesIn(text, pattern).map(({ at, words }, index) =>
      [at, sizeOf(words), replacements[index % replacements.length].length])),
  };
};
