"""The page on annotating and publishing an article, followed step by step.

A comment before a block describes it: `write FILE` is the content of a file, `run` are commands or Python code whose
output is the next block, `in FILE` is a part of a drawing. `draw DRAWING FILE` and `copy DIRECTORY DIRECTORY` replace
steps by hand.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from oped_dataset.cli.main import main

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("a_hundred_places")]

ROOT = Path(__file__).parents[2]
DRAWINGS = ROOT / "tests" / "annotated"
PAGE = ROOT / "docs" / "how-to-annotate-an-article.md"
_PART = re.compile(r"^<!-- ([^\n]*) -->$|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _draw(drawing: str, target: str, *without: str) -> None:
    """Copy a drawing into a project, without the regions of some labels."""
    lines = (DRAWINGS / drawing).read_text("utf-8").splitlines(keepends=True)
    gone = {line.split("\t")[0] for line in lines for label in without[1:] if line.partition("\t")[2].startswith(label)}
    kept = [line for line in lines if not gone & set(re.split(r"[\t :]", line))]
    Path(target).write_text("".join(kept), encoding="utf-8", newline="\n")


def _capture_output(language: str, block: str) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        if language == "python":
            exec(compile(block, PAGE.name, "exec", dont_inherit=True), {})
        for line in block.splitlines() if language == "sh" else ():
            program, *arguments = shlex.split(line)
            # The exit status of `lint` is 3 if there are warnings.
            assert (program, main(arguments) in (0, 3)) == ("oped-dataset", True), line
    return output.getvalue()


def follow(page: str) -> Iterator[tuple[str, str]]:
    """Follow a page in the working directory, and yield each output shown with the actual one."""
    asked, printed = "", None
    for comment, language, block in _PART.findall(page):
        if comment:
            asked, printed = comment, None
            match comment.split():
                case ["draw", *names]:
                    _draw(*names)
                case ["copy", source, target]:
                    shutil.copytree(source, target)
            continue
        match asked.split():
            case ["write", file]:
                Path(file).write_text(block, encoding="utf-8", newline="\n")
            case ["in", file]:
                drawn = (DRAWINGS / file).read_text("utf-8").replace("\t\n", "\n")
                yield block, block if block in drawn else drawn
            case ["run"]:
                printed = _capture_output(language, block)
            case [] if printed is not None:
                yield block, printed
                printed = None
        asked = ""


@pytest.mark.parametrize("page", [PAGE], ids=lambda page: str(page.name))
def test_following_the_page_yields_the_output_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sentencex", "dateparser", "spacy", "nltk"):
        pytest.importorskip(module, reason=f"{module} is missing; run: pip install '.[authoring,agreement]'")
    monkeypatch.chdir(tmp_path)

    found = list(follow(page.read_text("utf-8")))

    assert [shown for shown, _ in found] == [actual for _, actual in found]
    assert len(found) == 8
    assert Path("article.json").read_bytes() == (DRAWINGS / "article.json").read_bytes()


def test_a_page_with_a_different_output_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = "<!-- run -->\n\n```python\nprint(1)\n```\n\n```text\n2\n```\n"

    assert list(follow(page)) == [("2\n", "1\n")]
