"""Files that are not text: what they are, by their first bytes, and what makes a text of them.

Here: the signatures of formats in which people keep copies of articles.
Not here: reading text and web pages (`copies.py`).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_PANDOC: Final = "make a text of it: pandoc -t plain {path} -o copy.txt"
_OFFICE: Final = "make a text of it: soffice --convert-to txt:Text {path}"
_SCANNED: Final = "read the words in it: tesseract {path} copy"
_BROWSER: Final = "open it in a browser, save it as a web page of HTML only, and attach that"

# The start of a file as a pattern, what the file is, and what helps; `{path}` stands for the path.
_SIGNATURES: Final = (
    (rb"[\x00-\x20\xef\xbb\xbf]*%PDF-", "a PDF", "make a text of it: pdftotext {path} copy.txt"),
    (rb"\s*\{\\rtf", "a document in RTF", _PANDOC),
    (rb"\xd0\xcf\x11\xe0", "a document of Word 97 or another old Office program", _OFFICE),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "PostScript", "make a text of it: ps2ascii {path} copy.txt"),
    (rb"AT&TFORM", "a DjVu document", "make a text of it: djvutxt {path} copy.txt"),
    (rb".{60}(?:BOOKMOBI|TEXtREAd)", "a Mobipocket book", "make a text of it: ebook-convert {path} copy.txt"),
    (rb"bplist00", "a web archive of Safari or another binary property list", _BROWSER),
    (rb"\x1f\x8b", "packed with gzip", "unpack it: gunzip {path}"),
    (rb"BZh[1-9]", "packed with bzip2", "unpack it: bunzip2 {path}"),
    (rb"\xfd7zXZ\x00", "packed with xz", "unpack it: unxz {path}"),
    (rb"\x28\xb5\x2f\xfd", "packed with Zstandard", "unpack it: unzstd {path}"),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it: 7z x {path}"),
    (rb"Rar!\x1a\x07", "a RAR archive", "unpack it: unrar x {path}"),
    (rb"\x89PNG\r\n", "a PNG image", _SCANNED),
    (rb"\xff\xd8\xff", "a JPEG image", _SCANNED),
    (rb"GIF8[79]a", "a GIF image", _SCANNED),
    (rb"II\*\x00|MM\x00\*", "a TIFF image", _SCANNED),
    (rb"RIFF.{4}WEBP", "a WebP image", _SCANNED),
    (rb"BM.{4}\x00{4}", "a BMP image", _SCANNED),
    (
        rb".{4}ftyp(?:hei|hev|mif1|avif)",
        "an HEIF or AVIF image",
        "make a PNG of it and read the words in it: tesseract",
    ),
    # RFC 2557; browsers write the headers in different orders.
    (rb"(?=.{0,4096}?^Content-Type:\s*multipart/related).{0,4096}?^MIME-Version:", "a web page in MHTML", _BROWSER),
)
_COMPILED: Final = tuple(
    (re.compile(start, re.DOTALL | re.MULTILINE | re.IGNORECASE), what, remedy) for start, what, remedy in _SIGNATURES
)

_MEMBERS: Final = (
    ("word/", "a Word document (DOCX)", _PANDOC),
    ("xl/", "an Excel workbook (XLSX)", _OFFICE),
    ("ppt/", "a PowerPoint presentation (PPTX)", _OFFICE),
    ("META-INF/container.xml", "an EPUB book", _PANDOC),
    ("content.xml", "an OpenDocument text (ODT)", _PANDOC),
)


def other_kind(content: bytes) -> tuple[str, str] | None:
    """What a file is that is not a text, and what to do with it; None where nothing is known.

    Args:
        content: The file.
    """
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return next(((what, remedy) for start, what, remedy in _COMPILED if start.match(content)), None)


def _kind_of_zip(content: bytes) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:
        # A damaged archive raises errors of many kinds, and is an archive all the same.
        names = []
    found = ((what, remedy) for member, what, remedy in _MEMBERS if any(name.startswith(member) for name in names))
    return next(found, ("a ZIP archive", "unpack it: unzip {path}"))
