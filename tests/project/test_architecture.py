"""The page about the architecture matches the tree and the direction of imports."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "oped_dataset"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `(\w+(?:/|\.py))` \|", PAGE.partition("Around the package:")[0], re.MULTILINE)
"""The packages and modules on the page, in its order."""


def test_the_page_lists_every_package_and_every_top_level_module() -> None:
    packages = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    modules = {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}

    assert sorted(LISTED) == sorted(packages | modules)


def test_the_page_lists_them_in_the_order_of_their_imports() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each["type"] == "layers"]
    ranks = {name: rank for rank, layer in enumerate(reversed(layers)) for name in layer.split(" | ")}

    listed = [ranks[name.removesuffix("/").removesuffix(".py")] for name in LISTED if name != "data/"]

    assert listed == sorted(listed)
