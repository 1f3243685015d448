"""Directories that are replaced as a whole, and drafts, each of which belongs to one writer."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from oped_dataset import dump_path, filesystem, lines_written, load, load_path, read_lines, write_lines
from oped_dataset.errors import ArticleFileError
from oped_dataset.exports import Files

TOLL = load("harbour-toll")
OLD = Files({"a": b"old", "b": b"old"})
NEW = Files({"a": b"new", "b": b"new", "c": b"new"})
NEEDS_MODES = pytest.mark.skipif(os.name != "posix", reason="this system has no permissions of files")

# This program ends itself at the given number of the system calls that concern a directory.
_KILLED = """
import os, sys
from oped_dataset.exports import Files
import ctypes, secrets, unicodedata
directory, left = sys.argv[1], int(sys.argv[2])
def watch(event, arguments):
    global left
    left -= directory in str(arguments) or event.startswith("ctypes.call")
    if not left:
        os._exit(9)
sys.addaudithook(watch)
Files({"a": b"new", "b": b"new", "c": b"new"}).write(os.path.join(directory, "out"))
"""


def _is_whole(directory: Path) -> bool:
    found = {each.name: each.read_bytes() for each in directory.iterdir() if each.name in NEW}
    return found in (dict(OLD), dict(NEW))


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems may not exchange directories")
@pytest.mark.parametrize("call", range(1, 61, 3))
def test_a_killed_process_leaves_the_old_directory_or_the_new_one(call: int, tmp_path: Path) -> None:
    OLD.write(tmp_path / "out")
    (tmp_path / "out" / "inner").mkdir()
    (tmp_path / "out" / "inner" / "mine").write_bytes(b"kept")

    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path), str(call)], check=False)

    assert _is_whole(tmp_path / "out")
    assert (tmp_path / "out" / "inner" / "mine").read_bytes() == b"kept"


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_full_disk_leaves_the_old_directory(
    number: int, can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OLD.write(tmp_path / "out")
    left = iter(range(number - 1, -1, -1))

    def fail(_: int) -> None:
        if not next(left):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(filesystem, "_is_exchangeable", lambda *_: can_exchange)

    with pytest.raises(ArticleFileError, match="No space left on device"):
        NEW.write(tmp_path / "out")

    assert Files.read(tmp_path / "out") == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_other_files_in_the_directory_are_kept(tmp_path: Path) -> None:
    OLD.write(tmp_path / "out")
    (tmp_path / "out" / "inner").mkdir()
    for name in ("mine", "inner/mine"):
        (tmp_path / "out" / name).write_bytes(b"mine")
    before = (tmp_path / "out" / "mine").stat().st_ino

    NEW.write(tmp_path / "out")

    assert _is_whole(tmp_path / "out")
    assert (tmp_path / "out" / "inner" / "mine").read_bytes() == b"mine"
    assert (tmp_path / "out" / "mine").stat().st_ino == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems may not exchange directories")
def test_files_written_during_the_exchange_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OLD.write(tmp_path / "out")
    (tmp_path / "out" / "mine").write_bytes(b"before")
    (tmp_path / "out" / "inner").mkdir()
    swap = filesystem.swap

    def swap_late(draft: Path, place: Path) -> bool:
        (place / "mine").unlink()
        for name in ("mine", "late", "inner/late"):
            (place / name).write_bytes(b"after")
        return swap(draft, place)

    monkeypatch.setattr(filesystem, "swap", swap_late)

    NEW.write(tmp_path / "out")

    assert dict(Files.read(tmp_path / "out")) == {**NEW, "mine": b"after", "late": b"after"}
    assert (tmp_path / "out" / "inner" / "late").read_bytes() == b"after"


@pytest.mark.parametrize("platform", ["win32", "linux", "darwin"])
def test_files_are_replaced_if_directories_cannot_be_exchanged(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OLD.write(tmp_path / "out")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("ctypes.CDLL", lambda _: None)

    NEW.write(tmp_path / "out")

    assert Files.read(tmp_path / "out") == NEW


def test_files_are_replaced_by_a_python_that_cannot_call_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OLD.write(tmp_path / "out")
    monkeypatch.setitem(sys.modules, "ctypes", None)

    NEW.write(tmp_path / "out")

    assert Files.read(tmp_path / "out") == NEW


def test_a_mount_point_is_not_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OLD.write(tmp_path / "out")
    before = (tmp_path / "out").stat().st_ino
    monkeypatch.setattr(os.path, "ismount", lambda _: True)

    NEW.write(tmp_path / "out")

    assert (tmp_path / "out").stat().st_ino == before
    assert Files.read(tmp_path / "out") == NEW


def test_files_are_written_if_other_files_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OLD.write(tmp_path / "out")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "out" / "mine").write_bytes(b"mine")

    NEW.write(tmp_path / "out")

    assert dict(Files.read(tmp_path / "out")) == {**NEW, "mine": b"mine"}


def test_the_working_directory_is_not_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino

    NEW.write(".")

    assert tmp_path.stat().st_ino == before
    assert Files.read(tmp_path) == NEW


def test_a_directory_made_by_another_process_meanwhile_is_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def rename_late(draft: Path, place: Path) -> Path:
        place.mkdir()
        (place / "b").write_bytes(b"old")
        return rename(draft, place)

    monkeypatch.setattr(Path, "rename", rename_late)

    NEW.write(tmp_path / "out")

    assert Files.read(tmp_path / "out") == NEW


@pytest.mark.skipif(not hasattr(os, "link"), reason="this system has no hard links")
@pytest.mark.parametrize("call", [1, 2, 3])
def test_files_replaced_before_a_failure_are_restored(
    call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OLD.write(tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    replace, left = Path.replace, iter(range(call - 1, -1, -1))

    def fail(draft: Path, target: Path) -> Path:
        if next(left, 1):
            return replace(draft, target)
        raise OSError(errno.EPERM, "not yours")

    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(ArticleFileError, match="not yours"):
        NEW.write(".")

    assert Files.read(".") == OLD
    assert len(list(Path.cwd().iterdir())) == len(OLD)


def test_a_failure_leaves_no_new_parent_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(ArticleFileError, match="Input/output error"):
        NEW.write(tmp_path / "p" / "q" / "out")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="this system has few links")
def test_a_link_to_a_directory_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "mine").write_bytes(b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "src").symlink_to("../real")

    filesystem.replace_in_folder(tmp_path / "out", {"src/a": b"new"}, nested=True)

    assert (tmp_path / "out" / "src").readlink() == Path("../real")
    assert {each.name for each in (tmp_path / "real").iterdir()} == {"a", "mine"}


def test_a_file_in_place_of_a_directory_is_kept(tmp_path: Path) -> None:
    (tmp_path / "src").write_bytes(b"mine")

    with pytest.raises(ArticleFileError):
        filesystem.replace_in_folder(tmp_path, {"a": b"new", "src/a": b"new"}, nested=True)

    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("src", b"mine")]


def test_the_working_directory_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    NEW.write(tmp_path / "out")

    assert Files.read(tmp_path / "out") == NEW


@pytest.mark.skipif(os.name != "posix", reason="this system has few links")
def test_a_link_to_itself_is_not_a_directory(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("out")

    with pytest.raises(ArticleFileError):
        NEW.write(tmp_path / "out")

    assert [each.name for each in tmp_path.iterdir()] == ["out"]


UNSAFE = [
    "../x",
    "/x",
    "C:\\x",
    "c:x",
    "a\\b",
    ".",
    "..",
    "",
    "con",
    "NUL.txt",
    "Aux.ann",
    "COM1",
    "lpt\u00b9",
    "CONIN$",
]
UNSAFE += ["a\0b", "a\nb", "x.", "x ", "a?b", "\ud800", "x" * 256, "\u00e9" * 128]


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_name_is_rejected(name: str, tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        Files({"a": b"", name: b""}).write(tmp_path / "out")

    assert str(caught.value) == f"{tmp_path / 'out'}: {name!r} is not a safe name for a file in a directory"
    assert list(tmp_path.iterdir()) == []


def test_names_that_differ_only_in_case_are_rejected(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="two files differ only in case"):
        Files({"A": b"", "a": b""}).write(tmp_path / "out")


# Drafts.


def test_concurrent_writers_of_one_path_leave_one_complete_file(tmp_path: Path) -> None:
    writers = [threading.Thread(target=dump_path, args=(TOLL, tmp_path / "x.json")) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert load_path(tmp_path / "x.json") == TOLL
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]


def test_an_interruption_during_removal_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OLD.write(tmp_path / "out")
    rmtree, calls = shutil.rmtree, iter([KeyboardInterrupt])

    def interrupt(draft: Path, *, ignore_errors: bool) -> None:
        for each in calls:
            raise each
        rmtree(draft, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", interrupt)

    with pytest.raises(KeyboardInterrupt):
        NEW.write(tmp_path / "out")

    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert _is_whole(tmp_path / "out")


@NEEDS_MODES
@pytest.mark.parametrize("is_member", [True, False])
def test_only_the_group_is_kept_if_the_owner_cannot_be(
    is_member: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.json").touch()
    changes = list[tuple[int, int]]()

    def refuse(_: Path, user: int, group: int) -> None:
        changes.append((user, group))
        if user != -1 or not is_member:
            raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "chown", refuse)

    dump_path(TOLL, tmp_path / "x.json")

    found = (tmp_path / "x.json").stat()
    assert changes == [(found.st_uid, found.st_gid), (-1, found.st_gid)]


@NEEDS_MODES
@pytest.mark.parametrize("resume", [True, False])
@pytest.mark.parametrize("mode", [0o400, 0o600, 0o640, 0o664, 0o755])
def test_a_replaced_file_keeps_its_mode(mode: int, resume: bool, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").touch()
    (tmp_path / "x.jsonl").chmod(mode)

    write_lines([TOLL], tmp_path / "x.jsonl", resume=resume)

    assert (tmp_path / "x.jsonl").stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize("resume", [True, False])
def test_the_longest_names_can_be_written(resume: bool, tmp_path: Path) -> None:
    path = tmp_path / ("x" * 249 + ".jsonl")

    write_lines([TOLL], path, resume=resume)

    assert list(read_lines(path)) == [TOLL]


@pytest.mark.skipif(os.name != "posix", reason="this system has few links")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_at_the_path_of_a_draft_is_rejected(link: object, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"kept")
    (os.symlink if link is os.symlink else os.link)(tmp_path / "other", tmp_path / ".x.jsonl.draft")

    with pytest.raises(ArticleFileError) as caught:
        write_lines([TOLL], tmp_path / "x.jsonl", resume=True)

    message = "is not an unfinished draft, but a link or something else; remove it"
    assert str(caught.value) == f"{tmp_path / '.x.jsonl.draft'} {message}"
    assert (tmp_path / "other").read_bytes() == b"kept"


@pytest.mark.skipif(os.name != "posix", reason="this system has no such locks")
def test_only_one_writer_at_a_time_resumes_lines(tmp_path: Path) -> None:
    def articles() -> object:
        with pytest.raises(ArticleFileError, match="is already being written; wait until that ends"):
            write_lines([TOLL], tmp_path / "x.jsonl", resume=True)
        yield TOLL

    write_lines(articles(), tmp_path / "x.jsonl", resume=True)  # type: ignore[arg-type]

    assert list(read_lines(tmp_path / "x.jsonl")) == [TOLL]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give a file to another user")
def test_a_draft_of_another_user_is_rejected(tmp_path: Path) -> None:
    (tmp_path / ".x.jsonl.draft").touch()
    os.chown(tmp_path / ".x.jsonl.draft", 4242, 4242)

    with pytest.raises(ArticleFileError, match="is not an unfinished draft"):
        lines_written(tmp_path / "x.jsonl")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give a file to another user")
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_resumed_file_keeps_its_owner(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.jsonl{suffix}"
    path.touch()
    os.chown(path, 4242, 4243)

    write_lines([TOLL], path, resume=True)

    assert (path.stat().st_uid, path.stat().st_gid) == (4242, 4243)
    assert list(read_lines(path)) == [TOLL]


@pytest.mark.skipif(os.name != "posix", reason="this system has no such locks")
def test_a_draft_that_was_moved_meanwhile_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def finish(_: int, __: int) -> None:
        (tmp_path / ".x.jsonl.draft").replace(tmp_path / "x.jsonl")

    monkeypatch.setattr(fcntl, "flock", finish)

    with pytest.raises(ArticleFileError, match="was moved by another writer; write again"):
        write_lines([TOLL], tmp_path / "x.jsonl", resume=True)

    assert (tmp_path / "x.jsonl").read_bytes() == b""


def test_lines_are_resumed_on_systems_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)

    write_lines([TOLL], tmp_path / "x.jsonl", resume=True)

    assert list(read_lines(tmp_path / "x.jsonl")) == [TOLL]
