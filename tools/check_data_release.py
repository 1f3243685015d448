"""Check that data which differs from the last release has a higher data version and an entry in the changelog.

Run it as `python tools/check_data_release.py`. The last release is `tests/released/records.json` at the newest tag or,
before the first tag, the present file. An entry is listed under **Data** and begins with the article and its version:
- `harbour-toll` 1.1.0: the change.
Not here: the errata of changed records (`tests/project/test_stability.py`), and the comparison of the files with the
manifest (`tests/project/test_bundled_data.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_manifest import article_files
from last_release import ROOT, last_tag, released, told_since

DATA = Path("src") / "oped_dataset" / "data"
RECORDED = "tests/released/records.json"


def main(root: Path = ROOT) -> int:
    """Compare; return the exit code."""
    name, before = released(RECORDED, root)
    told = entries(told_since(last_tag(root), (root / "CHANGELOG.md").read_text("utf-8")))
    found = list(problems(json.loads(before), present(root / DATA), told))
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    sys.stdout.write(f"compared with {name}: {len(found)} problems\n")
    return 1 if found else 0


def present(folder: Path) -> dict[str, dict[str, str]]:
    """Return the digest and the data version of every article file."""
    contents = {path.stem: path.read_bytes() for path in article_files(folder)}
    return {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "data_version": json.loads(content)["data_version"]}
        for name, content in contents.items()
    }


def entries(told: str) -> set[tuple[str, str]]:
    """Return the articles under **Data** in the changelog, each with its version."""
    sections = re.findall(r"^### Data$(.*?)(?=^##|\Z)", told, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^- `([^`]+)` (\d+\.\d+\.\d+)\b", "".join(sections), re.MULTILINE))


def problems(before: Mapping[str, Any], now: Mapping[str, Any], told: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the changes that lack a higher version or an entry."""
    for name in before.keys() - now.keys():
        yield f"{name}: was released and is gone"
    for name, article in now.items():
        version, old = article["data_version"], before.get(name)
        if old is not None and old["sha256"] == article["sha256"]:
            continue
        if old is not None and _numbers(version) <= _numbers(old["data_version"]):
            yield f"{name}: differs from release {old['data_version']}, and its data version {version} is not higher"
        if (name, version) not in told:
            yield f"{name}: the changelog has no entry - `{name}` {version} under Data"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


if __name__ == "__main__":
    sys.exit(main())
