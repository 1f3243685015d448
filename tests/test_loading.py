"""Finding, reading and writing articles: bundled ones, installed ones, files, JSON Lines."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import changed, text_of

import oped_dataset
from oped_dataset import Article, InvalidArticle, dump_path, dumps, load, load_path, loading, loads, names, validate
from oped_dataset.errors import ArticleFileError, ArticleFileNotFound, ArticleNotFound, BrokenPlugin, OpedDatasetError
from oped_dataset.lines import read_lines
from oped_dataset.loading import manifest_entry

Installed = Callable[..., None]
Resources = Callable[[dict[str, bytes]], None]


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget what was loaded, before and after."""
    for forget in (loading._loaded.clear, loading._manifest.cache_clear):
        forget()
    yield
    for forget in (loading._loaded.clear, loading._manifest.cache_clear):
        forget()


@pytest.fixture
def resources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None) -> Resources:
    """Put other files where the bundled ones are."""

    def put(contents: dict[str, bytes]) -> None:
        (tmp_path / "data").mkdir()
        for name, content in contents.items():
            (tmp_path / "data" / name).write_bytes(content)
        monkeypatch.setattr(loading, "files", lambda package: tmp_path)

    return put


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None) -> Iterator[Installed]:
    """Install a distribution with one article; what it delivers is the value of an expression."""

    def install(expression: str, *, name: str = "small", distribution: str = "others") -> None:
        module = f"{distribution}_module"
        (tmp_path / f"{module}.py").write_text(
            f"from pathlib import Path\nimport oped_dataset\noffered = {expression}\n", encoding="utf-8"
        )
        info = tmp_path / f"{distribution}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
        entry = f"[oped_dataset.articles]\n{name} = {module}:offered\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")

    monkeypatch.syspath_prepend(tmp_path)
    yield install
    for module in [name for name in sys.modules if name.endswith("_module")]:
        del sys.modules[module]


def _manifest(article: Article, **changes: Any) -> bytes:
    entry = manifest_entry(article, dumps(article)) | changes
    return json.dumps({"schema_version": 1, "articles": {"small": entry}}).encode()


# By name.


def test_an_article_is_loaded_once(bundled: Article) -> None:
    assert load() is load()


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ArticleNotFound) as caught:
        load("retired-oficials-2019")

    assert str(caught.value) == "no article 'retired-oficials-2019'; did you mean 'retired-officials-2019'?"


def test_a_bundled_article_is_verified_and_loaded(article: Article, resources: Resources) -> None:
    resources({"manifest.json": _manifest(article), "small.json": dumps(article)})

    assert names() == ("small",)
    assert load("small") == article


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sha256": "0" * 64}, "small.json has not the SHA-256 in manifest.json"),
        ({"licence": "MIT"}, "small.json is not what manifest.json says of it"),
        ({"counts": {}}, "small.json is not what manifest.json says of it"),
    ],
)
def test_a_bundled_article_that_was_changed_is_refused(
    article: Article, resources: Resources, changes: dict[str, Any], message: str
) -> None:
    resources({"manifest.json": _manifest(article, **changes), "small.json": dumps(article)})

    with pytest.raises(InvalidArticle) as caught:
        load("small")

    assert [(p.code, p.message) for p in caught.value.problems] == [("OPED-manifest-mismatch", message)]


def test_a_bundled_file_that_is_no_article_is_refused(article: Article, resources: Resources) -> None:
    digest = hashlib.sha256(b"[]").hexdigest()
    resources({"manifest.json": _manifest(article, sha256=digest), "small.json": b"[]"})

    with pytest.raises(InvalidArticle) as caught:
        load("small")

    assert [problem.code for problem in caught.value.problems] == ["OPED-wrong-type"]


def test_an_installation_that_lacks_a_file_says_so(article: Article, resources: Resources) -> None:
    resources({"manifest.json": _manifest(article)})

    with pytest.raises(ArticleFileNotFound) as caught:
        load("small")

    assert str(caught.value) == "no such file: oped_dataset/data/small.json"


# By entry point.


@pytest.mark.parametrize(
    "expression", ["Path({path!r})", "{path!r}", "Path({path!r}).read_bytes()", "lambda: {path!r}"]
)
def test_an_installed_article_is_found_and_loaded(
    expression: str, article: Article, installed: Installed, tmp_path: Path
) -> None:
    dump_path(article, tmp_path / "small.json")
    installed(expression.format(path=str(tmp_path / "small.json")))

    assert "small" in names()
    assert load("small") == article


def test_an_installed_article_may_be_an_object(article: Article, installed: Installed, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")
    installed(f"oped_dataset.load_path({str(tmp_path / 'small.json')!r})")

    assert load("small") == article


def test_names_imports_no_provider(installed: Installed) -> None:
    installed("1 / 0")

    assert "small" in names()
    assert "others_module" not in sys.modules


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("1 / 0", "others offers the article 'small' but fails with ZeroDivisionError: division by zero"),
        ("lambda: 1 / 0", "others offers the article 'small' but fails with ZeroDivisionError: division by zero"),
        (
            "7",
            "others offers the article 'small', which does not load: int is neither an Article nor bytes nor a path",
        ),
        ("'nosuch'", "others offers the article 'small', which does not load: no such file: nosuch"),
        (
            "__import__('attrs').evolve(oped_dataset.load_path(Path(__file__).with_name('s.json')), id='x')",
            "others offers the article 'small' but delivers 'x'",
        ),
    ],
)
def test_a_broken_provider_is_named(
    expression: str, message: str, article: Article, installed: Installed, tmp_path: Path
) -> None:
    dump_path(article, tmp_path / "s.json")
    installed(expression)

    with pytest.raises(BrokenPlugin) as caught:
        load("small")

    assert str(caught.value) == message


def test_an_installed_article_keeps_the_rules(article: Article, installed: Installed, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "s.json")
    path = str(tmp_path / "s.json")
    installed(f"__import__('attrs').evolve(oped_dataset.load_path({path!r}), publisher='nobody')")

    with pytest.raises(BrokenPlugin) as caught:
        load("small")

    assert "OPED-dangling-reference" in str(caught.value)


def test_two_providers_of_one_name_are_refused(installed: Installed) -> None:
    installed("1")
    installed("1", distribution="further")

    with pytest.raises(BrokenPlugin) as caught:
        load("small")

    assert str(caught.value) == "the article 'small' is offered by more than one distribution: further and others"


# By content and by path.


def test_text_and_bytes_are_read_alike(article: Article) -> None:
    assert loads(dumps(article)) == loads(dumps(article).decode()) == article


def test_an_invalid_article_is_neither_read_nor_written(small: dict[str, Any], article: Article) -> None:
    with pytest.raises(InvalidArticle):
        loads(text_of(changed(small, "/publisher", "nobody")))
    with pytest.raises(InvalidArticle):
        dumps(attrs.evolve(article, publisher="nobody"))


@given(st.text() | st.binary())
def test_no_other_exception_escapes(data: str | bytes) -> None:
    with pytest.raises(InvalidArticle) as caught:
        loads(data)

    assert caught.value.problems


def test_a_file_is_written_and_read(article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    assert load_path(str(tmp_path / "small.json")) == article
    assert (tmp_path / "small.json").read_bytes() == dumps(article)
    assert [path.name for path in tmp_path.iterdir()] == ["small.json"]


def test_a_file_is_left_as_it_was_when_the_article_is_invalid(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text("precious", encoding="utf-8")

    with pytest.raises(InvalidArticle):
        dump_path(attrs.evolve(article, publisher="nobody"), path)

    assert [path.name for path in tmp_path.iterdir()] == ["small.json"]
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("read", [load_path, validate, lambda path: next(read_lines(path))])
def test_a_missing_file_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(ArticleFileNotFound) as caught:
        read(tmp_path / "nosuch")

    assert str(caught.value) == f"no such file: {tmp_path / 'nosuch'}"


@pytest.mark.parametrize("read", [load_path, validate, lambda path: next(read_lines(path))])
def test_a_directory_is_no_file(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read(tmp_path)

    assert str(caught.value) == f"{tmp_path}: Is a directory"


def test_a_path_with_a_zero_in_it_is_no_path() -> None:
    with pytest.raises(ArticleFileError) as caught:
        load_path("a\0b")

    assert str(caught.value) == "'a\\x00b' cannot be a path: embedded null byte"


@pytest.mark.parametrize("place", ["nosuch/small.json", "."])
def test_a_file_that_cannot_be_written(article: Article, tmp_path: Path, place: str) -> None:
    with pytest.raises(OpedDatasetError) as caught:
        dump_path(article, tmp_path / place)

    assert isinstance(caught.value, OSError)


def test_validate_takes_an_article_json_bytes_and_a_path(article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    targets: list[Any] = [
        article,
        dumps(article),
        dumps(article).decode(),
        tmp_path / "small.json",
        str(tmp_path / "small.json"),
    ]

    assert [validate(target).problems for target in targets] == [()] * 5


@pytest.mark.parametrize("read", [load_path, validate])
def test_a_file_larger_than_the_limit_is_not_read(read: Callable[..., Any], article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    try:
        problems = read(tmp_path / "small.json", size_limit=10).problems
    except InvalidArticle as error:
        problems = error.problems

    assert [problem.code for problem in problems] == ["OPED-too-large"]


def test_loading_is_part_of_the_front_door() -> None:
    assert (oped_dataset.load, oped_dataset.loads) == (loading.load, loading.loads)
