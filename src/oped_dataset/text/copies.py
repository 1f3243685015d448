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
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from oped_dataset.errors import MissingExtra, NotAttachable
from oped_dataset.extras import need
from oped_dataset.filesystem import read_bytes
from oped_dataset.messages import cut, printable, quoted
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
# (HTML, sections 13.2.3.2 and 13.2.5.43 to 13.2.5.52 for comments), and other tags with their quoted values.
_INSIDE: Final = rb"(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^>])*+"
_MARKUP: Final = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style|title|textarea|xmp|iframe|noframes)\b.*?(?:</\1|\Z)"
    rb"|<meta[\s/](?P<meta>" + _INSIDE + rb")>|<\?xml[^>]*?\bencoding\s*=\s*[\"'](?P<xml>[^\"'>]*+)"
    rb"|</?[a-z]" + _INSIDE + rb">|<[!?/][^>]*+>",
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
}
_FIRST_IN_ROW: Final = {"euc_jp": 0xA1, "iso2022_jp": 0x21}
"""The codecs for JIS X 0208 in two bytes, with the byte of the first row and of the first cell."""
_JAPANESE: Final = frozenset({"cp932", *_FIRST_IN_ROW})
# The index jis0208 of the Encoding Standard differs from Python's codecs in six characters. Those for private use are
# the bytes that the standard does not assign.
_JIS_AS_BROWSERS: Final = str.maketrans(
    "\u301c\u2016\u2212\xa2\xa3\xac\uf8f0\uf8f1\uf8f2\uf8f3", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2" + 4 * "\ufffd"
)
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
    known = encoding
    if known is None:
        known = next((name for mark, name in _MARKS if content.startswith(mark)), None)
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
        return content.decode(_find_codec(encoding))
    except LookupError:
        raise NotAttachable(
            f"{path}: Python has no encoding {quoted(encoding)}; give another one as `encoding`"
        ) from None
    except UnicodeDecodeError as error:
        place = f"{path}: is not {cut(encoding)}: byte {error.start}"
        message = f"{place} cannot be decoded; give its encoding as `encoding`"
        raise NotAttachable(message) from None
    except ValueError:
        # Codecs such as "undefined" and "idna" raise this, and so does a name with a zero byte.
        message = f"{path}: cannot be decoded with {quoted(encoding)}; give another encoding as `encoding`"
        raise NotAttachable(message) from None


def _find_codec(encoding: str) -> str:
    """Return the Python codec for an encoding that a user passed, which may be a label of the Encoding Standard."""
    with suppress(LookupError):
        return codecs.lookup(encoding).name
    with suppress(MissingExtra):
        known = need("webencodings", "html").lookup(encoding)
        if known is not None:
            return _codec_of(known)
    return encoding


def _decode_page(path: object, content: bytes) -> str:
    """Decode a page as browsers do: an invalid byte becomes U+FFFD, with a warning."""
    encoding = _find_declared_encoding(content[:_HEAD])
    if encoding == "replacement":
        raise NotAttachable(f"{path}: declares an encoding that browsers do not decode; give it as `encoding`")
    codecs.register_error(_decode_as_browsers.__name__, _decode_as_browsers)
    text = content.decode(encoding, _decode_as_browsers.__name__)
    if encoding in _JAPANESE:
        text = text.translate(_JIS_AS_BROWSERS)
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
            # A declaration of UTF-16 that is readable as ASCII is wrong (HTML, section 13.2.3.2).
            return "utf-8" if known.name.startswith("utf-16") else _codec_of(known)
    return "utf-8"


def _codec_of(known: Any) -> str:
    """Return the name of the Python codec for an encoding of the library webencodings."""
    return _AS_BROWSERS.get(known.name) or str(known.codec_info.name)


def _decode_as_browsers(error: Any) -> tuple[str | bytes, int]:
    """Decode the bytes that Python's codec rejects and the Encoding Standard assigns; otherwise return U+FFFD."""
    first = error.object[error.start]
    # Section 10.2.1, the decoder of gb18030.
    if error.encoding == "gb18030" and first == 0x80:
        return "€", error.start + 1
    if error.encoding in _FIRST_IN_ROW:
        # Rows beyond JIS X 0208 (section 5, index jis0208) are assigned in Shift_JIS.
        pair = error.object[error.start : error.start + 2].ljust(2)
        row, cell = (byte - _FIRST_IN_ROW[error.encoding] for byte in pair)
        if 0 <= row < 94 and 0 <= cell < 94:
            lead = row // 2 + (0x81 if row < 62 else 0xC1)
            trail = cell + (0x9F if row % 2 else 0x40 if cell < 63 else 0x41)
            with suppress(UnicodeDecodeError):
                return bytes((lead, trail)).decode("cp932"), error.start + 2
    return codecs.replace_errors(error)


def _read_label(found: re.Match[bytes]) -> bytes:
    """Return the label in a meta element or XML declaration, or nothing (HTML, section 13.2.3.2)."""
    attributes = _ATTRIBUTE.findall(found["meta"] or b"")
    # The first of several attributes of one name counts.
    given: dict[bytes, bytes] = {
        name.lower(): double or single or bare for name, double, single, bare in reversed(attributes)
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
