"""A package around articles: its files, and its articles and tests after installation."""

from __future__ import annotations

import errno
import os
import sys
import tomllib
from pathlib import Path

import attrs
import pytest
from programs import run

from oped_dataset import Article, InvalidArticle, load, validate
from oped_dataset.authoring import write_package
from oped_dataset.cli.main import main
from oped_dataset.errors import ArticleFileError, InvalidRecord


def run_module(folder: Path, *command: str, site: Path) -> tuple[int, str]:
    return run(folder, sys.executable, "-m", *command, site=site)


def installed(folder: Path, site: Path) -> None:
    """Build the wheel of a package and install it into a directory."""
    pytest.importorskip("build", reason="build is missing; run: pip install --group release")
    pytest.importorskip("hatchling", reason="hatchling is missing; run: pip install --group release")
    made = run_module(folder, "build", "--no-isolation", "--wheel", "--outdir", str(folder / "dist"), site=site)
    assert made[0] == 0, made[1]
    (wheel,) = (folder / "dist").glob("*.whl")
    options = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    assert run_module(folder, "pip", "install", *options, "--target", str(site), str(wheel), site=site) == (0, "")


@pytest.fixture
def untold(article: Article) -> Article:
    """A valid article that cannot be attached to another copy, since its source has no sentences."""
    source = attrs.evolve(article.source, sentences=(), paragraphs=(), text=None)
    return attrs.evolve(article, id="untold", source=source)


@pytest.mark.parametrize("call", range(1, 8))
def test_a_package_is_written_as_a_whole(
    call: int, tmp_path: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    left = iter(range(call - 1, -1, -1))

    def fail(_: int) -> None:
        if not next(left, 1):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(ArticleFileError, match="No space left on device"):
        write_package([article], tmp_path, name="x")

    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


@pytest.mark.slow
def test_the_built_package_is_found_and_its_tests_pass(tmp_path: Path, article: Article) -> None:
    folder, site = tmp_path / "toll-articles", tmp_path / "site"
    write_package([article, attrs.evolve(load("harbour-toll"), id="harbour")], folder)
    installed(folder, site)

    code, said = run_module(folder, "oped_dataset", "list", site=site)
    tested = run_module(folder, "pytest", "-q", "-p", "no:cacheprovider", site=site)

    assert (code, "small" in said, "harbour  " in said) == (0, True, True), said
    assert tested[0] == 0, tested[1]
    assert "4 passed" in tested[1]


@pytest.mark.slow
def test_the_tests_of_a_package_that_cannot_be_attached_fail(tmp_path: Path, untold: Article) -> None:
    folder, site = tmp_path / "untold", tmp_path / "site"
    assert validate(untold).ok
    write_package(untold, folder)
    installed(folder, site)

    code, said = run_module(folder, "pytest", "-q", "-p", "no:cacheprovider", site=site)

    assert code == 1
    assert "1 failed, 1 passed" in said
    assert "'untold' cannot be attached to another copy of its text: its source has no sentences; begin the" in said


def test_the_metadata_are_those_of_the_articles(tmp_path: Path, article: Article) -> None:
    other = attrs.evolve(article, id="class", title='The "Toll"', licence="CC-BY-4.0 OR MIT", data_version="1.0.0")
    paths = write_package([article, other], tmp_path, name="Toll.Articles")

    project = tomllib.loads((tmp_path / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["name"], project["version"]) == ("Toll.Articles", "1.0.0")
    assert project["description"] == 'Annotated op-eds: The Toll; The "Toll"'
    assert project["license"] == "(CC-BY-4.0 OR MIT) AND CC0-1.0"
    assert project["entry-points"]["oped_dataset.articles"] == {
        "small": "toll_articles:article_small",
        "class": "toll_articles:article_class",
    }
    assert sorted(path.name for path in paths if path.parent.name == "LICENSES") == [
        "CC-BY-4.0.txt",
        "CC0-1.0.txt",
        "MIT.txt",
    ]


def test_the_data_card_counts_the_records(tmp_path: Path, article: Article) -> None:
    write_package(article, tmp_path / "toll")

    card = (tmp_path / "toll" / "DATA-CARD.md").read_text("utf-8")
    assert (
        "- annotated: entities 6, mentions 5, times 1, quantities 1, quotations 1, events 2, relations 1, claims 4, "
        "arguments 2; sentences 5\n"
    ) in card
    assert "- text: is in the package; 170 code points" in card


def test_a_text_that_must_not_be_redistributed_is_left_out(tmp_path: Path, untold: Article) -> None:
    write_package(attrs.evolve(untold, data_version="draft"), tmp_path / "toll")

    card = (tmp_path / "toll" / "DATA-CARD.md").read_text("utf-8")
    assert "- text: is not in the package; 170 code points" in card
    assert 'version = "1.0.0"' in (tmp_path / "toll" / "pyproject.toml").read_text("utf-8")


def test_a_licence_whose_text_is_not_here_says_where_it_is(tmp_path: Path, article: Article) -> None:
    write_package(attrs.evolve(article, licence="CC-BY-SA-4.0"), tmp_path / "toll")

    assert (tmp_path / "toll" / "LICENSES" / "CC-BY-SA-4.0.txt").read_text("utf-8") == (
        "[The text of the licence CC-BY-SA-4.0 belongs here: https://spdx.org/licenses/CC-BY-SA-4.0.html]\n"
    )


def test_what_is_there_already_is_not_replaced(tmp_path: Path, article: Article) -> None:
    write_package(article, tmp_path / "toll")

    with pytest.raises(ArticleFileError) as caught:
        write_package(article, tmp_path / "toll")

    place = tmp_path / "toll" / "pyproject.toml"
    assert str(caught.value) == f"{place} already exists; choose a different directory, or move it away"


def test_an_article_that_breaks_rules_is_not_published(tmp_path: Path, article: Article) -> None:
    with pytest.raises(InvalidArticle):
        write_package(attrs.evolve(article, entities=()), tmp_path / "toll")

    assert not (tmp_path / "toll").exists()


@pytest.mark.parametrize("name", ["toll articles", "-toll", "2toll", "class", "oped-dataset", "ü"])
def test_an_invalid_name_of_a_distribution_is_rejected(tmp_path: Path, article: Article, name: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_package(article, tmp_path, name=name)

    assert str(caught.value) == (
        f"name: {name!r} cannot be the name of a distribution; choose one such as 'lantern-articles'"
    )


def test_a_package_has_articles_each_with_an_id_of_its_own(tmp_path: Path, article: Article) -> None:
    for articles in ([], [article, article]):
        with pytest.raises(InvalidRecord) as caught:
            write_package(articles, tmp_path)

        assert str(caught.value) == "articles: must be one or more articles with different ids"


def test_the_command_writes_the_package(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    folder = tmp_path / "toll"

    assert main(["new", file, "--package", "toll-article", "-o", str(folder)]) == 0

    wrote = capsys.readouterr().out.split()
    assert (wrote[:2], wrote.count("wrote")) == (["wrote", str(folder / "pyproject.toml")], 7)
    assert (folder / "src" / "toll_article" / "small.json").is_file()


def test_the_command_names_the_directory_after_the_package(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["new", "--package", "toll-article", file]) == 0

    assert (tmp_path / "toll-article" / "pyproject.toml").is_file()
    assert capsys.readouterr().err == ""
