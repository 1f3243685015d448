"""Recognising files that are not text by their first bytes, with the command that converts each to text.

Here: the signatures of formats in which people keep copies of articles.
Not here: reading text and web pages (`copies.py`).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_PANDOC: Final = "convert it to text: pandoc -t plain {path} -o copy.txt"
_OFFICE: Final = "convert it to text: soffice --convert-to txt:Text {path}"
_SCANNED: Final = "recognise its words: tesseract {path} copy"
_BROWSER: Final = "open it in a browser, save it as “web page, HTML only”, and attach that"

# The start of a file as a pattern, the name of its format, and the remedy; `{path}` is replaced by the path.
_SIGNATURES: Final = (
    (rb"[\x00-\x20\xef\xbb\xbf]*%PDF-", "a PDF", "convert it to text: pdftotext {path} copy.txt"),
    (rb"\s*\{\\rtf", "a document in RTF", _PANDOC),
    (rb"\xd0\xcf\x11\xe0", "a document of Word 97 or another old Office program", _OFFICE),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "PostScript", "convert it to text: ps2ascii {path} copy.txt"),
    (rb"AT&TFORM", "a DjVu document", "convert it to text: djvutxt {path} copy.txt"),
    (rb".{60}(?:BOOKMOBI|TEXtREAd)", "a Mobipocket book", "convert it to text: ebook-convert {path} copy.txt"),
    (rb"bplist00|\s*<\?xml[^>]*>\s*<!DOCTYPE plist", "a web archive of Safari or another property list", _BROWSER),
    (rb"WARC/\d", "a web archive (WARC)", _BROWSER),
    (rb"\s*<\?xml[^>]*>.{0,1000}?<FictionBook", "a FictionBook", _PANDOC),
    (rb"\s*<\?xml[^>]*>.{0,1000}?<(?:\?mso-application|office:document)", "an Office document in XML", _OFFICE),
    (rb"\xffWPC", "a WordPerfect document", _OFFICE),
    (rb"ITSF\x03", "a compiled help file (CHM)", "unpack it: 7z x {path}"),
    (rb".{257}ustar", "a tar archive", "unpack it: tar -xf {path}"),
    (rb"\x1f\x9d", "packed with compress", "unpack it: gunzip {path}"),
    (rb"\x04\x22\x4d\x18", "packed with LZ4", "unpack it: unlz4 {path}"),
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
        rb".{4}ftyp(?:hei|hev|mif1|avif)|\x00{3}\x0c(?:JXL |jP  )",
        "an HEIF, AVIF or JPEG XL image",
        "convert it to PNG and recognise its words: tesseract",
    ),
    (
        rb".{4}ftyp|ID3[\x02-\x04]|OggS\x00|RIFF.{4}(?:WAVE|AVI )|\x1aE\xdf\xa3",
        "a recording",
        "transcribe it: whisper {path}",
    ),
    # MHTML is MIME (RFC 2557), and browsers write its headers in different orders.
    (rb"(?=.{0,4096}?^Content-Type:\s*multipart/related).{0,4096}?^MIME-Version:", "a web page in MHTML", _BROWSER),
    # A message of plain text is a copy that can be searched; an encoded one is not (RFC 2045, section 6).
    (
        (
            rb"(?=[!-9;-~]+:)(?=.{0,16384}?^Content-(?:Transfer-Encoding:\s*(?:base64|quoted-p)|Type:\s*multipart/))"
            rb".{0,16384}?^MIME-Version:"
        ),
        "an e-mail as it was sent",
        "open it in a mail program, save its text, and attach that",
    ),
)
_COMPILED: Final = tuple(
    (re.compile(start, re.DOTALL | re.MULTILINE | re.IGNORECASE), kind, remedy) for start, kind, remedy in _SIGNATURES
)

_MEMBERS: Final = (
    ("word/", "a Word document (DOCX)", _PANDOC),
    ("xl/", "an Excel workbook (XLSX)", _OFFICE),
    ("ppt/", "a PowerPoint presentation (PPTX)", _OFFICE),
    ("META-INF/container.xml", "an EPUB book", _PANDOC),
    ("content.xml", "an OpenDocument text (ODT)", _PANDOC),
)


def other_kind(content: bytes) -> tuple[str, str] | None:
    """Name the format of a file that is not a text, with a remedy; None for an unknown format.

    Args:
        content: The bytes of the file.
    """
    if not content.startswith(b"PK\x03\x04"):
        return next(((kind, remedy) for start, kind, remedy in _COMPILED if start.match(content)), None)
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:
        # zipfile raises exceptions of many types for a damaged archive, which is still an archive.
        names = []
    found = ((kind, remedy) for member, kind, remedy in _MEMBERS if any(name.startswith(member) for name in names))
    return next(found, ("a ZIP archive", "unpack it: unzip {path}"))
