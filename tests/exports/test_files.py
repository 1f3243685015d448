"""Files in memory, written and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from oped_dataset import Limits, OpedDatasetError
from oped_dataset.errors import ArticleFileError, InvalidImport
from oped_dataset.exports import Files
from oped_dataset.exports.files import Folder


def test_files_are_a_mapping() -> None:
    files = Files({"b.txt": b"1", "a.txt": b"2"})

    assert dict(files) == {"b.txt": b"1", "a.txt": b"2"}
    assert len(files) == 2
    assert repr(files) == "<Files: b.txt, a.txt>"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    files = Files({"a.txt": b"1", "b.txt": b"\r\n"})

    paths = files.write(tmp_path / "new" / "place")

    assert paths == (tmp_path / "new" / "place" / "a.txt", tmp_path / "new" / "place" / "b.txt")
    assert Files.read(tmp_path / "new" / "place") == files


def test_directories_in_a_directory_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()

    assert dict(Files.read(tmp_path)) == {}


def test_a_file_in_the_way_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(ArticleFileError) as caught:
        Files({"a.txt": b""}).write(tmp_path / "taken")

    assert str(caught.value) == f"{tmp_path / 'taken'}: File exists"


@pytest.mark.parametrize(("name", "said"), [("none", "no such file: {}"), ("taken", "{}: Not a directory")])
def test_what_is_no_directory_cannot_be_read(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(OpedDatasetError) as caught:
        Files.read(tmp_path / name)

    assert str(caught.value) == said.format(tmp_path / name)


def test_a_file_is_looked_up_by_a_safe_name_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    folder = Folder(tmp_path / ".", ".txt", Limits())

    assert "a.txt" in folder
    assert "b.txt" not in folder
    assert "../a.txt" not in folder
    assert len(folder) == 1


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"123")

    with pytest.raises(InvalidImport) as caught:
        Files.read(tmp_path, limits=Limits(size=2))

    assert str(caught.value) == "a.txt is longer than 2 bytes; raise limits.size if it can be trusted"
