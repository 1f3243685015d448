"""Articles by name, bundled and installed."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import DistributionFinder
from pathlib import Path
from typing import Any

import attrs
import pytest
from small import text_of

from oped_dataset import (
    Article,
    InvalidArticle,
    dump_path,
    dumps,
    library,
    load,
    loads,
    names,
)
from oped_dataset import (
    resources as resources_module,
)
from oped_dataset.errors import ArticleFileNotFound, ArticleNotFound, BrokenPlugin
from oped_dataset.library import manifest_entry

Installed = Callable[..., None]
Resources = Callable[[dict[str, bytes]], None]


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


@pytest.fixture
def fresh() -> Iterator[None]:
    """Clear the caches before and after a test."""
    for forget in (library._loaded.clear, library._manifest.cache_clear):
        forget()
    yield
    for forget in (library._loaded.clear, library._manifest.cache_clear):
        forget()


@pytest.fixture
def resources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None) -> Resources:
    """Replace the bundled files."""

    def put(contents: dict[str, bytes]) -> None:
        (tmp_path / "data").mkdir()
        for name, content in contents.items():
            (tmp_path / "data" / name).write_bytes(content)
        monkeypatch.setattr(resources_module, "get_data", lambda _, name: (tmp_path / name).read_bytes())

    return put


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None) -> Iterator[Installed]:
    """Install a distribution whose entry point has the value of an expression."""

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
    entry = manifest_entry(article, hashlib.sha256(dumps(article)).hexdigest()) | changes
    return json.dumps({"schema_version": 1, "articles": {"small": entry}}).encode()


def test_an_article_is_loaded_once(bundled: Article) -> None:
    assert load() is load()


def test_an_unknown_name_suggests_similar_ones() -> None:
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
        ({"sha256": "0" * 64}, "small.json does not have the SHA-256 in manifest.json"),
        ({"licence": "MIT"}, "small.json does not match its entry in manifest.json"),
        ({"counts": {}}, "small.json does not match its entry in manifest.json"),
    ],
)
def test_a_changed_bundled_article_is_rejected(
    article: Article, resources: Resources, changes: dict[str, Any], message: str
) -> None:
    resources({"manifest.json": _manifest(article, **changes), "small.json": dumps(article)})

    with pytest.raises(InvalidArticle) as caught:
        load("small")

    assert [(p.code, p.message) for p in caught.value.problems] == [("OPED-manifest-mismatch", message)]


def test_a_bundled_file_that_is_not_an_article_is_rejected(article: Article, resources: Resources) -> None:
    digest = hashlib.sha256(b"[]").hexdigest()
    resources({"manifest.json": _manifest(article, sha256=digest), "small.json": b"[]"})

    with pytest.raises(InvalidArticle) as caught:
        load("small")

    assert [problem.code for problem in caught.value.problems] == ["OPED-wrong-type"]


def test_a_bundled_file_may_leave_out_keys_with_defaults(
    small: dict[str, Any], article: Article, resources: Resources
) -> None:
    content = text_of({name: value for name, value in small.items() if name != "contributors"}).encode()
    article = attrs.evolve(article, contributors=())
    entry = manifest_entry(article, hashlib.sha256(content).hexdigest())
    resources({"manifest.json": json.dumps({"articles": {"small": entry}}).encode(), "small.json": content})

    assert load("small") == article


def test_a_missing_data_file_is_named(article: Article, resources: Resources) -> None:
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


def test_an_installed_article_can_be_an_object(article: Article, installed: Installed, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")
    installed(f"oped_dataset.load_path({str(tmp_path / 'small.json')!r})")

    assert load("small") == article


def test_names_does_not_import_providers(installed: Installed) -> None:
    installed("1 / 0")

    assert "small" in names()
    assert "others_module" not in sys.modules


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("1 / 0", "others offers the article 'small' but fails with ZeroDivisionError: division by zero"),
        ("lambda: 1 / 0", "others offers the article 'small' but fails with ZeroDivisionError: division by zero"),
        (
            r"exec('raise ValueError(\'one\\n\\n\' + \'x\' * 2000)')",
            f"others offers the article 'small' but fails with ValueError: one {'x' * 996}…",
        ),
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


def test_an_invalid_installed_article_is_rejected(article: Article, installed: Installed, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "s.json")
    path = str(tmp_path / "s.json")
    installed(f"__import__('attrs').evolve(oped_dataset.load_path({path!r}), publisher='nobody')")

    with pytest.raises(BrokenPlugin) as caught:
        load("small")

    assert "OPED-dangling-reference" in str(caught.value)


def test_two_providers_of_one_name_are_rejected(installed: Installed) -> None:
    installed("1")
    installed("1", distribution="further")

    with pytest.raises(BrokenPlugin) as caught:
        load("small")

    assert str(caught.value) == "the article 'small' is offered by more than one distribution: further and others"


# Metadata that is missing or damaged.

ENTRY = b"[oped_dataset.articles]\nghost = ghost_module:article\n"
METADATA = b"Metadata-Version: 2.1\nName: haunted\nVersion: 1.0\n"


@pytest.mark.parametrize(
    ("entry", "metadata", "provider"),
    [
        (ENTRY, METADATA, "haunted"),
        (ENTRY, b"Name: " + b"x" * 5000, "x" * 80 + "…"),
        (ENTRY, None, "ghost_module:article"),
        (ENTRY, b"", "ghost_module:article"),
        (ENTRY, b"Version: 1.0\n", "ghost_module:article"),
        (ENTRY, "Name: häunted\n".encode("latin-1"), "ghost_module:article"),
        (b"[x]\nnonsense\n" + ENTRY + b"# no more\n\n[y]\n[[[\n", METADATA, "haunted"),
        (b"[oped_dataset.articles]\nghost\n", METADATA, "haunted"),
        (b"[oped_dataset.articles]\nghost\n", None, "a distribution without metadata"),
        (b"[oped_dataset.articles]\nghost = !!\n", METADATA, "haunted"),
    ],
)
def test_a_broken_provider_is_named_by_its_remaining_metadata(
    tmp_path: Path, installed: Installed, entry: bytes, metadata: bytes | None, provider: str
) -> None:
    (tmp_path / "ghost-1.0.dist-info").mkdir()
    (tmp_path / "ghost-1.0.dist-info" / "entry_points.txt").write_bytes(entry)
    if metadata is not None:
        (tmp_path / "ghost-1.0.dist-info" / "METADATA").write_bytes(metadata)

    assert "ghost" in names()
    assert load("harbour-toll").id == "harbour-toll"
    with pytest.raises(BrokenPlugin, match=rf"^{provider} offers the article 'ghost' but fails with ."):
        load("ghost")


def test_unreadable_entry_points_are_skipped(tmp_path: Path, installed: Installed) -> None:
    (tmp_path / "ghost-1.0.dist-info").mkdir()
    (tmp_path / "ghost-1.0.dist-info" / "entry_points.txt").write_bytes(ENTRY + "x = ö".encode("latin-1"))

    assert "ghost" not in names()


def test_the_first_of_two_distributions_of_one_name_counts(tmp_path: Path, installed: Installed) -> None:
    for version in ("1.0", "2.0"):
        place = tmp_path / f"ghost-{version}.dist-info"
        place.mkdir()
        (place / "METADATA").write_bytes(METADATA)
        (place / "entry_points.txt").write_bytes(ENTRY.replace(b"module", f"m{version[0]}".encode()))

    with pytest.raises(BrokenPlugin, match=r"^haunted offers the article 'ghost' but fails with ."):
        load("ghost")


class Finder(DistributionFinder):
    """A finder of another program, which raises or returns anything."""

    def __init__(self, found: list[Any] | None) -> None:
        self.found = found

    def find_spec(self, *_: object) -> None:
        return None

    def find_distributions(self, context: object = None) -> Any:
        if self.found is None:
            raise RuntimeError("broken")
        return self.found


@pytest.mark.parametrize("found", [None, [None]])
def test_a_broken_finder_of_distributions_hinders_nobody(
    monkeypatch: pytest.MonkeyPatch, found: list[Any] | None
) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder(found)])

    assert "harbour-toll" in names()


@pytest.mark.parametrize(
    ("code", "failure"),
    [("exit(3)", "SystemExit: 3"), ("(_ for _ in ()).throw(GeneratorExit('done'))", "GeneratorExit: done")],
)
def test_a_provider_that_exits_is_named(tmp_path: Path, installed: Installed, code: str, failure: str) -> None:
    installed(code)

    with pytest.raises(BrokenPlugin, match=rf"but fails with {failure}$"):
        load("small")


def test_an_interruption_of_a_provider_is_passed_on(installed: Installed) -> None:
    installed("(_ for _ in ()).throw(KeyboardInterrupt)")

    with pytest.raises(KeyboardInterrupt):
        load("small")
