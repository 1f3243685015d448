// The text in a reader's file: its encoding and, for a saved web page, the text without the markup. The policy of this
// page forbids parsing a string as HTML, so a saved page is read as a sequence of tags and words.

const isPage = (file, start) => /\.x?html?$/i.test(file.name) || file.type === "text/html" || /^\s*<(!doctype html|html)\b/i.test(start);

// The encoding is that of the byte order mark, otherwise the one that a page declares, otherwise UTF-8.
const encodingOf = (bytes, page, start) => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  return (page && /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1]) || "utf-8";
};

const named = new Map(Object.entries({
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", shy: "\u00ad", hellip: "…", ndash: "–", mdash: "—", minus: "−",
  lsquo: "‘", rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„", laquo: "«", raquo: "»", lsaquo: "‹", rsaquo: "›", prime: "′",
  Prime: "″", ensp: "\u2002", emsp: "\u2003", thinsp: "\u2009", zwj: "\u200d", zwnj: "\u200c", bull: "•", middot: "·", deg: "°",
  pound: "£", euro: "€", yen: "¥", cent: "¢", sect: "§", copy: "©", reg: "®", trade: "™", times: "×", frac12: "½", frac14: "¼",
  frac34: "¾", szlig: "ß", aelig: "æ", AElig: "Æ", oelig: "œ", OElig: "Œ", oslash: "ø", Oslash: "Ø", eth: "ð", thorn: "þ",
}));
const accents = new Map(Object.entries({
  grave: "\u0300", acute: "\u0301", circ: "\u0302", tilde: "\u0303", uml: "\u0308", ring: "\u030a", caron: "\u030c", cedil: "\u0327",
}));

const numbered = (code) => {
  // The numbers 0x80 to 0x9F stand for characters of windows-1252 (HTML, numeric character reference end state).
  if (code >= 0x80 && code < 0xa0) return new TextDecoder("windows-1252").decode(new Uint8Array([code]));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "\ufffd";
};

// An unknown name is left unchanged.
const unescaped = (words) => words.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+\d*));/gi, (whole, hex, decimal, name) => {
  if (hex) return numbered(parseInt(hex, 16));
  if (decimal) return numbered(Number(decimal));
  const [, letter, accent] = /^([a-z])(grave|acute|circ|tilde|uml|ring|caron|cedil)$/i.exec(name) ?? [];
  return named.get(name) ?? (letter ? `${letter}${accents.get(accent)}`.normalize("NFC") : whole);
});

const withinLine = new Set(("a abbr b bdi bdo cite code data del dfn em font i img ins kbd mark q s samp small span strong sub sup time u "
  + "var wbr").split(" "));
const token = new RegExp([
  // Spelt like this, because a script inside a page must not contain the start of an HTML comment.
  /<!-{2}[^]*?(?:-{2}>|$)/,
  /<(script|style|title|noscript|template|svg|iframe|textarea|select)\b[^]*?(?:<\/\1\s*>|$)/,
  /<\/?(?<tag>[a-z][\w:-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/,
  /<[!?][^>]*>/,
  /(?<words>[^<]+|<)/,
].map(({ source }) => source).join("|"), "gi");

// Inline tags are removed and all other tags break the line; comments, scripts and other unread elements are left out.
const textOfPage = (markup) => {
  let text = "";
  for (const { groups: { tag, words: read } } of markup.matchAll(token)) {
    if (read) text += unescaped(read.replace(/[\t\n\f\r ]+/g, " "));
    else if (!tag || !withinLine.has(tag.toLowerCase())) text += tag ? "\n" : "";
  }
  return text.replace(/ *\n[ \n]*/g, "\n").trim();
};

// A file with invalid bytes is rejected; no replacement characters are inserted.
const textOfFile = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const page = isPage(file, start);
  const text = new TextDecoder(encodingOf(bytes, page, start), { fatal: true }).decode(bytes);
  return page ? textOfPage(text) : text;
};
