"""Reading a copy from a file."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import Any

import pytest
from small import TEXT

from oped_dataset import Article
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import ArticleFileNotFound, MissingExtra, NotAttachable
from oped_dataset.text import copies
from oped_dataset.text.copies import read_copy

PARAGRAPHS = [line for line in TEXT.split("\n") if line][1:]
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='{charset}'><title>The Toll | The Gull</title></head><body>"
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About</a></li></ul></nav>"
    "<article><h1>The Toll</h1>{body}</article><footer>Follow us</footer></body></html>"
)


def page(charset: str = "utf-8") -> str:
    return PAGE.format(charset=charset, body="".join(f"<p>{each}</p>" for each in PARAGRAPHS))


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return from_data(small)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_determines_the_encoding(
    article: Article, tmp_path: Path, mark: bytes, encoding: str
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(mark + TEXT.encode(encoding))

    assert article.attach_path(path).exact


def test_an_encoding_can_be_passed(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(TEXT.encode("cp1252"))

    assert article.attach_path(path, encoding="cp1252").exact


def test_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(b"a\r\nb\r")

    assert read_copy(path) == "a\r\nb\r"


@pytest.mark.parametrize(("name", "html"), [("page.html", None), ("page.txt", None), ("page.txt", True)])
def test_the_main_text_of_a_web_page_is_extracted(
    article: Article, tmp_path: Path, name: str, html: bool | None
) -> None:
    path = tmp_path / name
    path.write_text(page(), "utf-8")

    attached = article.attach_path(path, html=html)

    assert attached.coverage.sentences.share == 1
    assert attached.lost == ()
    assert "Follow us" not in attached.text


@pytest.mark.parametrize("before", ["<!-- -->", "<!-- --> ", "<?xml?>\n<!-- > -->"])
def test_a_web_page_is_recognised_after_any_number_of_comments(before: str) -> None:
    assert copies._PAGE.match(f"{before}{'<!-- -->' * 1000}<html>") is not None
    assert copies._PAGE.match(f"{before}{'<!-- -->' * 1000}<p>") is None


def test_the_encoding_that_a_web_page_declares_is_used(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page("cp1252").encode("cp1252"))

    assert article.attach_path(path).lost == ()


def test_a_web_page_can_be_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(), "utf-8")

    assert read_copy(path, html=False) == page()


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (b"\xff", {}, "is not utf-8: byte 0 cannot be decoded; give its encoding as `encoding`"),
        (b"a", {"encoding": "utf-9"}, "Python has no encoding 'utf-9'; give another one as `encoding`"),
        (b"a", {"encoding": "undefined"}, "cannot be decoded with 'undefined'; give another encoding as `encoding`"),
        (b"<p>", {"html": True}, "no main text was found in this web page; save its text and attach that"),
    ],
)
def test_undecodable_files_and_empty_pages_are_rejected(
    tmp_path: Path, content: bytes, options: dict[str, Any], message: str
) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(content)

    with pytest.raises(NotAttachable) as caught:
        read_copy(path, **options)

    assert str(caught.value) == f"{path}: {message}"


def test_a_file_over_the_size_limit_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.text.copies._SIZE_LIMIT", 3)
    path = tmp_path / "copy.txt"
    path.write_bytes(b"abcd")

    with pytest.raises(NotAttachable) as caught:
        read_copy(path)

    assert str(caught.value) == f"{path}: is longer than 1 GiB"


def test_a_missing_file_is_named(article: Article, tmp_path: Path) -> None:
    with pytest.raises(ArticleFileNotFound) as caught:
        article.attach_path(tmp_path / "copy.txt")

    assert str(caught.value) == f"no such file: {tmp_path / 'copy.txt'}"


def test_a_web_page_without_the_extra_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = tmp_path / "page.html"
    path.write_text(page(), "utf-8")

    with pytest.raises(MissingExtra) as caught:
        read_copy(path)

    assert str(caught.value) == 'trafilatura is not installed; run: pip install "oped-dataset[html]"'


# Encodings as browsers read them.

WORDS = "“The toll” – it’s rising, and nobody at the office has said anything about it for a long while now."
CHINESE = "税可能会在明年翻倍而且镕基说这并不是真的。" * 4
KOREAN = "갈매기신문은 세금이 똠방 오른다고 말했다. " * 4
JAPANESE = "カモメ新聞は①税が二倍～になると言った。" * 4


def read_page(tmp_path: Path, head: str, content: bytes) -> str:
    pytest.importorskip("trafilatura")
    path = tmp_path / "page.html"
    before = f"<!doctype html><html><head>{head}<title>x</title></head><body><article><p>".encode()
    path.write_bytes(before + content + b"</p></article></body></html>")
    return read_copy(path)


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        *((label, "cp1252", WORDS) for label in ("iso-8859-1", "LATIN1", "us-ascii", "x-cp1252", " l1 ")),
        ("gb2312", "gb18030", CHINESE),
        ("x-sjis", "cp932", JAPANESE),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("big5", "big5hkscs", "海鷗報說這並不是真的，稅可能會翻倍。" * 4),
        ("iso-8859-9", "cp1254", "“Ücret” yükseliyor ve kimse bir şey söylemedi, uzun zamandır böyle. " * 2),
        ("koi", "koi8-r", "Чайка пишет, что пошлина вырастет вдвое, и никто не знает почему. " * 2),
        ("utf-16", "utf-8", WORDS),
    ],
)
def test_labels_follow_the_encoding_standard(tmp_path: Path, label: str, codec: str, words: str) -> None:
    assert words.strip() in read_page(tmp_path, f'<meta charset="{label}">', words.encode(codec))


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<!-- <meta charset="koi8-r"> -->',
        "<script>let x = '<meta charset=koi8-r>';</script>",
        '<style>/* <meta charset="koi8-r"> */</style>',
        '<meta name="description" content="charset=koi8-r">',
        '<meta data-charset="koi8-r">',
        '<meta http-equiv="refresh" content="charset=koi8-r">',
        '<meta http-equiv="content-type" content="text/html">',
        "<META CONTENT='text/html; charset=UTF-8' HTTP-EQUIV=Content-Type>",
        *(
            f'<meta charset="{label}">'
            for label in ("undefined", "rot13", "hex", "idna", "unicode_escape", "mbcs", "ö")
        ),
        '<meta charset="undefined"><meta charset="utf-8">',
        "<!--><meta charset=utf-8><!-- <meta charset=koi8-r> -->",
        "<!---><meta charset=utf-8>",
        "<!-- --!><meta charset=utf-8><!-- -->",
        "<!doctype [<meta charset=koi8-r>",
        "<?php <meta charset=koi8-r ?>",
        "</ <meta charset=koi8-r>",
        "<div title='<meta charset=koi8-r>'>",
        "<a title=it's><meta charset=utf-8><b title=it's>",
        "<meta charset=utf-8 charset=koi8-r>",
        "<metadata charset=koi8-r>",
    ],
)
def test_text_that_does_not_declare_an_encoding_is_skipped(tmp_path: Path, head: str) -> None:
    assert WORDS in read_page(tmp_path, head, WORDS.encode())


@pytest.mark.parametrize(
    ("label", "content", "words"),
    [
        ("gb2312", b"\x80\xcb\xb0", "€税"),
        ("euc-jp", b"\xad\xa1\xad\xea\xa1\xc1\xb0\xa1\xb6\xb3", "①㈱～亜恭"),
        ("euc-jp", b"\xf9\xa1\xff\xb0\xa1", "纊\ufffd亜"),
        ("euc-jp", b"\xb0\xa1\xa1\xdd\xa1\xf1\xb0x", "亜\uff0d\uffe0\ufffdx"),
        ("iso-2022-jp", b"\x1b$B-!0!\x1b(Bx", "①亜x"),
        ("shift_jis", b"\x87\x40\xfa\x40\xfd\x88\x9f", "①ⅰ\ufffd亜"),
        ("shift_jis", b"\x88\x9f\xef\xfd\x88\x9f", "亜\ufffd\ufffd亜"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*read as U.FFFD")
def test_bytes_that_only_browsers_decode_are_decoded(tmp_path: Path, label: str, content: bytes, words: str) -> None:
    assert words in read_page(tmp_path, f"<meta charset={label}>", content + b" " + WORDS.encode("ascii", "ignore") * 2)


@pytest.mark.parametrize("label", ["replacement", "hz-gb-2312", "iso-2022-kr", "iso-2022-cn-ext"])
def test_an_encoding_that_browsers_refuse_is_reported(tmp_path: Path, label: str) -> None:
    with pytest.raises(NotAttachable) as caught:
        read_page(tmp_path, f"<meta charset={label}>", WORDS.encode())

    assert str(caught.value) == (
        f"{tmp_path / 'page.html'}: declares an encoding that browsers do not decode; give it as `encoding`"
    )


@pytest.mark.parametrize(("label", "codec"), [("x-sjis", "cp932"), ("windows-874", "cp874"), ("unicode", "utf-16-le")])
def test_a_label_of_the_standard_can_be_passed(tmp_path: Path, label: str, codec: str) -> None:
    pytest.importorskip("webencodings")
    (tmp_path / "copy.txt").write_bytes("The Toll".encode(codec))

    assert read_copy(tmp_path / "copy.txt", encoding=label) == "The Toll"


def test_an_unknown_label_without_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "webencodings", None)
    (tmp_path / "copy.txt").write_bytes(b"x")

    with pytest.raises(NotAttachable, match="Python has no encoding 'x-sjis'; give another one as `encoding`"):
        read_copy(tmp_path / "copy.txt", encoding="x-sjis")


def test_an_xml_declaration_is_used(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    path = tmp_path / "page.xhtml"
    path.write_bytes(f'<?xml version="1.0" encoding="koi8-r"?>{page()}'.encode("koi8-r", "xmlcharrefreplace"))

    assert "Maro raised the toll" in read_copy(path)


def test_an_invalid_byte_in_a_web_page_warns(tmp_path: Path) -> None:
    content = f"{WORDS} Nobody \ufffd".encode() + b"\xff knows."

    with pytest.warns(UserWarning, match="is not valid utf-8") as caught:
        text = read_page(tmp_path, '<meta charset="utf-8">', content)

    assert WORDS in text
    assert str(caught[0].message) == (
        f"{tmp_path / 'page.html'}: is not valid utf-8 in 1 place, which is read as U+FFFD; "
        "if another encoding is right, give it as `encoding`"
    )


def test_several_invalid_bytes_in_a_web_page_are_counted(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=r"in 2 places, which are read as U\+FFFD"):
        read_page(tmp_path, '<meta charset="utf-8">', f"{WORDS} Nobody".encode() + b"\xff knows \xff.")


@pytest.mark.parametrize("encoding", ["undefined", "idna", "punycode", "hex", "rot13", "a\0", "ö"])
def test_a_codec_that_does_not_decode_text_is_rejected(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "copy.txt").write_bytes(b"x\xa0" + b"a" * 30 + b".\xff")

    with pytest.raises(NotAttachable, match=r"give another (one|encoding) as `encoding`|give its"):
        read_copy(tmp_path / "copy.txt", encoding=encoding)
