// The normalised form `oped-1` and the digest of a sentence: the counterpart of canonical.py.

const singleQuotes = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u0060\u02bb\u02bc\u055a\u05f3\u300e\u300f\ufe43\ufe44\u275b\u275c\u275f";
const doubleQuotes = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u05f4\u2e42\u300c\u300d\u301d\u301e\u301f\ufe41\ufe42"
  + "\u275d\u275e\u2760\u276e\u276f\u{1f676}\u{1f677}\u{1f678}";
const dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a\u05be\u1400\u1806\u2053\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
  + "\u301c\uff5e\u3030\u30a0\ufe31\ufe32\ufe58\u{10d6e}\u{10ead}";
const straight = new Map();
for (const each of singleQuotes) straight.set(each, "'");
for (const each of doubleQuotes) straight.set(each, '"');
for (const each of dashes) straight.set(each, "-");

// The characters that Python treats as whitespace, for use in a character class.
const space = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const spaces = new RegExp(`[${space}]+`);

const ignorable = /\p{Default_Ignorable_Code_Point}+/gu;
// Long runs of combining marks are left unchanged, because sorting them takes quadratic time.
const longRun = /([\p{M}\uff9e\uff9f]{31,})/u;
const compatible = (text) => text.split(longRun).map((part, at) => (at % 2 ? part : part.normalize("NFKC"))).join("");
const straighten = (text) => compatible(Array.from(text, (each) => straight.get(each) ?? each).join("").replace(ignorable, ""));
const fold = (text) => straighten(straighten(text));
const spacedOnce = (text) => text.split(spaces).filter(Boolean).join(" ");

const normalise = (text) => spacedOnce(fold(text));
const normalDigest = (normal) => sha256(normal).slice(0, 16);
const sentenceDigest = (text) => normalDigest(normalise(text));
