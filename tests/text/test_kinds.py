"""Files that are not text."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from oped_dataset.errors import NotAttachable
from oped_dataset.text.copies import read_copy


def packed(*members: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for member in members:
            # Not at the current time, because the name of a test contains its parameters.
            archive.writestr(zipfile.ZipInfo(member), "x")
    return written.getvalue()


MHTML = (
    b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html\r\n\r\n<html></html>"
)
EMAIL = b"From: a@b\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\nThe toll =E2=80=93 it rose.\n"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize(
    ("content", "kind", "remedy"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF", "pdftotext"),
        (packed("[Content_Types].xml", "word/document.xml"), "a Word document (DOCX)", "pandoc"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (XLSX)", "soffice"),
        (packed("mimetype", "content.xml"), "an OpenDocument text (ODT)", "pandoc"),
        (packed("mimetype", "META-INF/container.xml"), "an EPUB book", "pandoc"),
        (packed("copy.txt"), "a ZIP archive", "unzip"),
        (packed("copy.txt")[:20], "a ZIP archive", "unzip"),
        (MHTML, "a web page in MHTML", "HTML only"),
        (rb"{\rtf1\ansi The Toll}", "a document in RTF", "pandoc"),
        (gzip.compress(b"The Toll", mtime=0), "packed with gzip", "gunzip"),
        (bz2.compress(b"The Toll"), "packed with bzip2", "bunzip2"),
        (lzma.compress(b"The Toll"), "packed with xz", "unxz"),
        (b"\x28\xb5\x2f\xfd\x04", "packed with Zstandard", "unzstd"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image", "tesseract"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image", "tesseract"),
        (EMAIL, "an e-mail as it was sent", "mail program"),
        (EMAIL.replace(b"quoted-printable", b"base64"), "an e-mail as it was sent", "mail program"),
        (XML + b"<!DOCTYPE plist><plist>", "a web archive of Safari or another property list", "HTML only"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "a web archive (WARC)", "HTML only"),
        (XML + b'<FictionBook xmlns="x">', "a FictionBook", "pandoc"),
        (XML + b'<?mso-application progid="Word.Document"?>', "an Office document in XML", "soffice"),
        (XML + b"<!-- flat --><office:document>", "an Office document in XML", "soffice"),
        (b"\xffWPC\x10\0", "a WordPerfect document", "soffice"),
        (b"ITSF\x03\0", "a compiled help file (CHM)", "7z"),
        (b"copy.txt".ljust(257, b"\0") + b"ustar  \0", "a tar archive", "tar -xf"),
        (b"\x1f\x9d\x90The", "packed with compress", "gunzip"),
        (b"\x04\x22\x4d\x18", "packed with LZ4", "unlz4"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "an HEIF, AVIF or JPEG XL image", "tesseract"),
        (b"\0\0\0\x18ftypisom", "a recording", "whisper"),
        (b"ID3\x03\0", "a recording", "whisper"),
        (b"OggS\0\x02", "a recording", "whisper"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Word 97 or another old Office program", "soffice"),
    ],
)
@pytest.mark.parametrize("name", ["copy.txt", "copy"])
def test_a_file_that_is_not_a_text_is_named_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, kind: str, remedy: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(NotAttachable) as caught:
        read_copy(tmp_path / name)

    assert str(caught.value).startswith(f"{tmp_path / name}: is {kind}; ")
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    "content", ["From: a@b\nSubject: x\n\nThe Toll", EMAIL.replace(b"quoted-printable", b"8bit").decode(), "ID: 3\nx"]
)
def test_a_message_of_plain_text_is_a_text(tmp_path: Path, content: str) -> None:
    (tmp_path / "copy.eml").write_text(content, "utf-8")

    assert read_copy(tmp_path / "copy.eml") == content


@pytest.mark.parametrize("name", ["ITSF", "ID3", "OggS", "WARC/", "RIFF"])
def test_a_text_that_begins_with_the_name_of_a_format_is_a_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "copy.txt").write_text(f"{name} is the name of a format.")

    assert read_copy(tmp_path / "copy.txt") == f"{name} is the name of a format."


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\0", "The Toll".encode("utf-16-le")])
def test_a_file_with_zero_bytes_needs_an_encoding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.txt").write_bytes(content)

    with pytest.raises(NotAttachable, match="contains zero bytes, so it is not a text in UTF-8; give its encoding"):
        read_copy(tmp_path / "copy.txt")


def test_a_file_with_a_given_encoding_is_always_a_text(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(b"%PDF- is how such a file begins.")

    assert read_copy(tmp_path / "copy.txt", encoding="utf-8") == "%PDF- is how such a file begins."
