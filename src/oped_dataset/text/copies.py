"""A reader's copy of a text, from a file: its encoding, and the main text of a web page.

Here: decoding, and extraction of the main text of HTML (extra `html`).
Not here: reading bytes (`filesystem.py`), file formats other than text (`kinds.py`), and attaching (`attachment.py`).

Nothing is downloaded: a web page is a file that the reader has saved.
"""

from __future__ import annotations

import codecs
import os
import re
import warnings
from pathlib import Path
from typing import Final

from oped_dataset.errors import NotAttachable
from oped_dataset.extras import need
from oped_dataset.filesystem import read_bytes
from oped_dataset.messages import printable, quoted
from oped_dataset.text.kinds import other_kind

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 comes before UTF-16, whose little-endian mark is a prefix of this one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
# Possessive quantifiers prevent backtracking, so that a page with thousands of comments is scanned once.
_PAGE: Final = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--.*?-->\s*+)*+<(?:!doctype\s++html|html)\b", re.IGNORECASE | re.DOTALL
)
# The places where a page can declare its encoding, and those to skip: comments and elements without markup
# (HTML, section 13.2.3.2).
_MARKUP: Final = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|title|textarea|xmp|iframe|noframes)\b.*?(?:</\1|\Z)"
    rb"|<meta[\s/](?P<meta>(?:\"[^\"]*+\"|'[^']*+'|[^>\"'])*+)>|<\?xml[^>]*?\bencoding\s*=\s*[\"'](?P<xml>[^\"'>]*+)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(rb"([^\s=>/\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?+")
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s;\"']+)", re.IGNORECASE)

_AS_BROWSERS: Final = {
    # Decoders of the Encoding Standard (section 4.2) for which Python's codec of the same name is narrower.
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-user-defined": "cp1252",
    # A declaration of UTF-16 that is readable as ASCII is wrong (HTML, section 13.2.3.2).
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
_HEAD: Final = 4096
_SIZE_LIMIT: Final = 1 << 30


def read_copy(path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None) -> str:
    """Read a text, or the main text of a web page, from a file.

    Args:
        path: The file, of at most 1 GiB.
        encoding: Its encoding. None uses the byte order mark; without one, the encoding that a web page declares (by
            the labels and decoders of the Encoding Standard); otherwise UTF-8.
        html: Whether it is a web page. None decides by the file's name and first characters.

    Raises:
        ArticleFileNotFound: The file does not exist.
        ArticleFileError: The file cannot be read.
        NotAttachable: The file is too large, is not a text, cannot be decoded, or is a web page without text.
        MissingExtra: The file is a web page and the extra `html` is not installed.
    """
    content = read_bytes(path, _SIZE_LIMIT)
    if len(content) > _SIZE_LIMIT:
        raise NotAttachable(f"{path}: is longer than 1 GiB")
    # A byte order mark outranks the declaration of a page (HTML, section 13.2.3.2).
    known = encoding or next((name for mark, name in _MARKS if content.startswith(mark)), None)
    kind = other_kind(content) if known is None else None
    if kind is not None:
        raise NotAttachable(f"{path}: is {kind[0]}; {kind[1].format(path=path)}")
    is_page = html if html is not None else Path(path).suffix.lower() in _SUFFIXES
    if known is not None:
        text = _decode(path, content, known)
        is_page = is_page or (html is None and _PAGE.match(text) is not None)
    else:
        is_page = is_page or (html is None and _PAGE.match(content[:_HEAD].decode("latin-1")) is not None)
        text = _decode_page(path, content) if is_page else _decode(path, content, "utf-8")
    if known is None and "\0" in text:
        raise NotAttachable(
            f"{path}: contains zero bytes, so it is not a text in UTF-8; give its encoding as `encoding`"
        )
    return _extract_main_text(path, text) if is_page else text


def _decode(path: object, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise NotAttachable(
            f"{path}: Python has no encoding {quoted(encoding)}; give another one as `encoding`"
        ) from None
    except UnicodeDecodeError as error:
        message = f"{path}: is not {encoding}: byte {error.start} cannot be decoded; give its encoding as `encoding`"
        raise NotAttachable(message) from None
    except ValueError:
        # Codecs such as "undefined" and "idna" raise this, and so does a name with a zero byte.
        message = f"{path}: cannot be decoded with {quoted(encoding)}; give another encoding as `encoding`"
        raise NotAttachable(message) from None


def _decode_page(path: object, content: bytes) -> str:
    """Decode a page as browsers do: an invalid byte becomes U+FFFD, with a warning."""
    encoding = _find_declared_encoding(content[:_HEAD])
    text = content.decode(encoding, "replace")
    # The page itself may contain U+FFFD, which is not an error.
    strange = text.count("\ufffd") - content.count("\ufffd".encode())
    if strange > 0:
        places = "1 place, which is" if strange == 1 else f"{strange} places, which are"
        message = f"{path}: is not valid {encoding} in {places} read as U+FFFD; if another encoding is right"
        warnings.warn(printable(f"{message}, give it as `encoding`"), stacklevel=4)
    return text


def _find_declared_encoding(head: bytes) -> str:
    """Return the Python codec for the encoding that a page declares; UTF-8 where it declares none."""
    labels = need("webencodings", "html")
    for found in _MARKUP.finditer(head):
        known = labels.lookup(_read_label(found).decode("ascii", "replace"))
        if known is not None:
            return _AS_BROWSERS.get(known.name) or str(known.codec_info.name)
    return "utf-8"


def _read_label(found: re.Match[bytes]) -> bytes:
    """Return the label in a meta element or XML declaration, or nothing (HTML, section 13.2.3.2)."""
    given: dict[bytes, bytes] = {
        name.lower(): double or single or bare
        for name, double, single, bare in _ATTRIBUTE.findall(found["meta"] or b"")
    }
    if b"charset" in given:
        return given[b"charset"]
    if given.get(b"http-equiv", b"").lower() == b"content-type":
        charset = _CHARSET.search(given.get(b"content", b""))
        return charset[1] if charset is not None else b""
    return found["xml"] or b""


def _extract_main_text(path: object, page: str) -> str:
    extractor = need("trafilatura", "html")
    text = extractor.extract(page, include_comments=False, include_tables=False, favor_recall=True)
    if not text:
        raise NotAttachable(f"{path}: no main text was found in this web page; save its text and attach that")
    return str(text)
