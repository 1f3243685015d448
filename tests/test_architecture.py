"""The page about the architecture is in step with the tree and with the layers."""

from __future__ import annotations

import re
from pathlib import Path

from test_layering import LAYERS, MODULES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([\w/]+)\.py` \| (.+) \|$", PAGE, re.MULTILINE))
"""What the page says of each file, by its path without the ending."""


def test_every_module_is_on_the_page_and_every_file_on_the_page_is_a_module() -> None:
    assert {path.replace("/", ".") for path in ROWS} == set(MODULES)


def test_each_file_is_listed_once_with_one_question() -> None:
    assert len(re.findall(r"^\| `[\w/]+\.py` \|", PAGE, re.MULTILINE)) == len(ROWS)
    assert [question for question in ROWS.values() if not re.fullmatch(r"[A-Z][^?]*\?", question)] == []


def test_the_drawing_has_the_layers_in_their_order() -> None:
    (drawing,) = [block for block in re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S) if "front door" in block]

    layers = "\n".join(line[24:] for line in drawing.splitlines()).split("▲")
    assert [set(layer.split()) for layer in layers] == list(LAYERS)


def test_every_folder_on_the_page_is_there() -> None:
    folders = re.findall(r"^\| `([\w/]+/)` \|", PAGE, re.MULTILINE)

    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
    assert len(folders) == 6
