"""A reader's copy of a text, from a file: its encoding, and the main text of a web page.

What lives here: decoding, and the one use of an extractor for HTML (extra `html`).
What does not: reading the bytes (`filesystem.py`) and what is done with the text (`attachment.py`).

Nothing is fetched: a web page is a file the reader has saved.
"""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import Final

from oped_dataset.errors import NotAttachable
from oped_dataset.extras import need
from oped_dataset.filesystem import read_bytes
from oped_dataset.messages import quoted

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose little-endian mark is the beginning of this one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
# Nothing is given back that was passed over, so that a page of nothing but comments is read once.
_PAGE: Final = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--.*?-->\s*+)*+<(?:!doctype\s++html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_HEAD: Final = 4096
_SIZE_LIMIT: Final = 1 << 30


def read_copy(path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None) -> str:
    """Read a text, or the main text of a web page, from a file.

    Args:
        path: The file, of at most 1 GiB.
        encoding: Its encoding; when None, that of its byte order mark, else for a web page the one it declares, else
            UTF-8.
        html: Whether it is a web page; when None, told by the file's name or its first characters.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        NotAttachable: It is too large, cannot be decoded, or is a web page without text.
        MissingExtra: It is a web page and the extra `html` is not installed.
    """
    content = read_bytes(path, _SIZE_LIMIT)
    if len(content) > _SIZE_LIMIT:
        raise NotAttachable(f"{path}: is longer than 1 GiB")
    named_page = Path(path).suffix.lower() in _SUFFIXES
    declared = _CHARSET.search(content[:_HEAD]) if html or (html is None and named_page) else None
    text = _decoded(path, content, encoding or _marked(content) or (declared[1].decode() if declared else "utf-8"))
    is_page = html if html is not None else named_page or _PAGE.match(text) is not None
    return _main_text(path, text) if is_page else text


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _decoded(path: object, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise NotAttachable(
            f"{path}: {quoted(encoding)} is no encoding Python knows; give another one as `encoding`"
        ) from None
    except UnicodeDecodeError as error:
        message = f"{path}: is not {encoding}: byte {error.start} cannot be decoded; give its encoding as `encoding`"
        raise NotAttachable(message) from None


def _main_text(path: object, page: str) -> str:
    extractor = need("trafilatura", "html")
    text = extractor.extract(page, include_comments=False, include_tables=False, favor_recall=True)
    if not text:
        raise NotAttachable(f"{path}: no main text was found in this web page; save its text and attach that")
    return str(text)
