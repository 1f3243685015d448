// The normalised form `oped-1` and the digest of a sentence: the counterpart of canonical.py.

const straight = new Map();
for (const each of "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u0060\u02bc") straight.set(each, "'");
for (const each of "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb") straight.set(each, '"');
for (const each of "\u2010\u2011\u2012\u2013\u2014\u2015\u2212") straight.set(each, "-");

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
