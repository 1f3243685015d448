"""Pipes, links and directories at a path, and strings that are not valid paths."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import (
    Article,
    dump_path,
    lines_written,
    load,
    load_path,
    read_lines,
    read_parquet,
    rows_written,
    validate_corpus,
    write_lines,
    write_parquet,
)
from oped_dataset.errors import ArticleFileError
from oped_dataset.exports import Files
from oped_dataset.filesystem import replacing, walk

TOLL = load("harbour-toll")
NEEDS_ARROW = pytest.mark.skipif(find_spec("pyarrow") is None, reason="the extra arrow is not installed")


def _write_file(articles: list[Article], target: Path) -> None:
    Files({target.name: b""}).write(target.parent)


WRITERS: list[Any] = [
    pytest.param(lambda articles, target: dump_path(articles[0], target), id="dump_path"),
    pytest.param(write_lines, id="write_lines"),
    pytest.param(partial(write_lines, resume=True), id="write_lines again"),
    pytest.param(write_parquet, id="write_parquet", marks=NEEDS_ARROW),
    pytest.param(_write_file, id="Files.write"),
]


# Files that are not regular.


@pytest.mark.skipif(os.name != "posix", reason="this system has no named pipes")
@pytest.mark.parametrize("write", WRITERS)
def test_a_pipe_is_not_replaced(write: Callable[[list[Article], Path], object], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.parquet")
    # Opening a pipe for writing blocks until another process opens it for reading.
    reader = os.open(tmp_path / "pipe.parquet", os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(ArticleFileError) as caught:
        write([TOLL], tmp_path / "pipe.parquet")
    os.close(reader)

    message = "is not a regular file; open it and write the content to it"
    assert str(caught.value) == f"{tmp_path / 'pipe.parquet'} {message}"
    assert stat.S_ISFIFO((tmp_path / "pipe.parquet").lstat().st_mode)
    assert list(tmp_path.iterdir()) == [tmp_path / "pipe.parquet"]


@pytest.mark.skipif(os.name != "posix", reason="this system has no named pipes")
def test_a_link_to_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")

    with pytest.raises(ArticleFileError, match="link is not a regular file; "):
        dump_path(TOLL, tmp_path / "link")

    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system has no links to open files")
def test_a_link_to_an_open_file_is_not_replaced(tmp_path: Path) -> None:
    with (tmp_path / "output").open("wb") as output:
        (tmp_path / "stdout").symlink_to(f"/proc/self/fd/{output.fileno()}")

        with pytest.raises(ArticleFileError, match="stdout is not a regular file; "):
            dump_path(TOLL, tmp_path / "stdout")

    assert (tmp_path / "stdout").is_symlink()


def test_a_link_to_a_file_and_a_broken_link_are_replaced(tmp_path: Path) -> None:
    for name, content in (("to a file", b"before"), ("to nothing", None)):
        if content is not None:
            (tmp_path / f"{name}.target").write_bytes(content)
        (tmp_path / name).symlink_to(tmp_path / f"{name}.target")

        with replacing(tmp_path / name) as stream:
            stream.write(b"after")

        assert (tmp_path / name).read_bytes() == b"after"
        assert not (tmp_path / name).is_symlink()
    assert (tmp_path / "to a file.target").read_bytes() == b"before"


def test_the_last_of_two_writers_to_finish_wins(tmp_path: Path) -> None:
    with replacing(tmp_path / "target") as outer:
        with replacing(tmp_path / "target") as inner:
            inner.write(b"first")
        outer.write(b"last")

    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("target", b"last")]


@pytest.mark.parametrize("is_link", [False, True])
def test_a_directory_is_not_replaced(is_link: bool, tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir()
    (tmp_path / "link").symlink_to("directory", target_is_directory=True)
    target = tmp_path / ("link" if is_link else "directory")

    with pytest.raises(ArticleFileError) as caught:
        dump_path(TOLL, target)

    assert str(caught.value) == f"{target}: Is a directory"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["directory", "link"]


def test_a_file_written_for_an_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"before")
    (tmp_path / "link").symlink_to("target")

    Files({"link": b"after"}).write(tmp_path)

    assert (tmp_path / "target").read_bytes() == b"before"
    assert (tmp_path / "link").read_bytes() == b"after"


# Strings that are not valid paths.

NO_PATHS = {
    "": "it is empty",
    "a\0": "embedded null byte",
    "\ud800": "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
}
USES: list[Any] = [
    pytest.param(load_path, id="load_path"),
    pytest.param(lambda path: next(read_lines(path)), id="read_lines"),
    pytest.param(lambda path: next(read_parquet(path)), id="read_parquet", marks=NEEDS_ARROW),
    pytest.param(validate_corpus, id="validate_corpus"),
    pytest.param(Files.read, id="Files.read"),
    pytest.param(lambda path: dump_path(TOLL, path), id="dump_path"),
    pytest.param(lambda path: write_lines([TOLL], path), id="write_lines"),
    pytest.param(lambda path: write_lines([TOLL], path, resume=True), id="write_lines again"),
    pytest.param(lines_written, id="lines_written"),
    pytest.param(lambda path: write_parquet([TOLL], path), id="write_parquet", marks=NEEDS_ARROW),
    pytest.param(
        lambda path: write_parquet([TOLL], path, articles_per_file=1),
        id="write_parquet to a directory",
        marks=NEEDS_ARROW,
    ),
    pytest.param(
        lambda path: write_parquet([TOLL], path, articles_per_file=1, resume=True),
        id="write_parquet again",
        marks=NEEDS_ARROW,
    ),
    pytest.param(rows_written, id="rows_written"),
    pytest.param(Files({"a.txt": b""}).write, id="Files.write"),
]


@pytest.mark.skipif(os.name != "posix", reason="this system allows other strings as paths")
@pytest.mark.parametrize("path", NO_PATHS)
@pytest.mark.parametrize("use", USES)
def test_an_invalid_path_raises_the_exception_of_the_package(
    use: Callable[[str], object], path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ArticleFileError) as caught:
        use(path)

    assert str(caught.value) == f"{path!r} cannot be a path: {NO_PATHS[path]}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [".", "..", "/"])
def test_a_directory_without_a_name_is_not_written_as_a_file(path: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        dump_path(TOLL, path)

    assert str(caught.value) == f"{path}: Is a directory"


@NEEDS_ARROW
@pytest.mark.parametrize("path", [".", "..", "/"])
def test_a_directory_without_a_name_is_not_a_new_directory(path: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        write_parquet([TOLL], path, articles_per_file=1)

    assert str(caught.value) == f"{path} already exists; remove it, or write to another directory"


@NEEDS_ARROW
@pytest.mark.parametrize("path", [".", "/"])
def test_a_directory_without_a_name_has_no_draft(path: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        rows_written(path)

    assert str(caught.value) == f"{path} is a directory; add the name of the target"


@NEEDS_ARROW
def test_no_draft_is_begun_for_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").mkdir()
    (tmp_path / "link").symlink_to("nowhere")

    with pytest.raises(ArticleFileError, match="Is a directory"):
        write_parquet([TOLL], tmp_path / "x.parquet", resume=True)
    with pytest.raises(ArticleFileError, match="already exists"):
        write_parquet([TOLL], tmp_path / "link", articles_per_file=1, resume=True)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "x.parquet"]


# Directories that cannot be listed.

# Root can list every directory, so another user lists it. That user may be unable to import modules, so all imports
# come first.
_AS_NOBODY = """
import os, sys
from oped_dataset import read_parquet, validate_corpus
from oped_dataset.errors import ArticleFileError
uses = [lambda path: len(list(read_parquet(path))), lambda path: validate_corpus(path).articles]
print(*[use(sys.argv[1] + "/one") for use in uses])
if os.geteuid() == 0:
    os.setuid(65534)
for use in uses:
    try:
        print(use(sys.argv[1]))
    except ArticleFileError as error:
        print(error)
"""


@NEEDS_ARROW
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")
def test_a_corpus_with_an_unreadable_directory_is_not_read_in_part() -> None:
    # The temporary directory of pytest is closed to other users.
    with tempfile.TemporaryDirectory() as name:
        closed = Path(name, "two")
        for directory in (Path(name, "one"), closed):
            directory.mkdir()
            write_parquet([TOLL], directory / "a.parquet")
        Path(name).chmod(0o755)
        closed.chmod(0)

        done = subprocess.run([sys.executable, "-c", _AS_NOBODY, name], capture_output=True, text=True, check=True)
        closed.chmod(0o700)

    assert done.stdout == "1 1\n" + f"{closed}: Permission denied\n" * 2


def test_a_directory_that_vanishes_during_listing_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    listed = walk(tmp_path)
    next(listed).rmdir()

    with pytest.raises(ArticleFileError) as caught:
        next(listed)

    assert str(caught.value) == f"{tmp_path / 'one'}: No such file or directory"


def test_a_skipped_directory_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "_closed" / "inner").mkdir(parents=True)
    (tmp_path / "open").mkdir()

    assert list(walk(tmp_path)) == [tmp_path / "open"]
