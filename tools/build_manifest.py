"""Write `data/manifest.json` from the article files beside it.

Every file must be a valid article in canonical form, named after its id; otherwise nothing is written.
Run it after every change to the data: `python tools/build_manifest.py`. With `--check` it only compares.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from oped_dataset.errors import OpedDatasetError
from oped_dataset.library import manifest_entry
from oped_dataset.loading import dumps, loads
from oped_dataset.model.records import SCHEMA_VERSION

DATA = Path(__file__).resolve().parent.parent / "src" / "oped_dataset" / "data"
MANIFEST = DATA / "manifest.json"
NOT_ARTICLES = (MANIFEST.name, "card.json", "schema.json")


def main(arguments: list[str]) -> int:
    """Write or check the manifest; return the exit code."""
    try:
        content = manifest(DATA)
    except (OpedDatasetError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "--check" in arguments:
        fresh = MANIFEST.is_file() and MANIFEST.read_text("utf-8") == content
        sys.stdout.write(f"the manifest is {'up to' if fresh else 'out of'} date\n")
        return 0 if fresh else 1
    MANIFEST.write_text(content, "utf-8", newline="\n")
    sys.stdout.write(f"wrote {MANIFEST}\n")
    return 0


def manifest(folder: Path) -> str:
    """Describe all article files of a directory."""
    articles = {path.stem: entry(path) for path in article_files(folder)}
    document = {"schema_version": SCHEMA_VERSION, "articles": articles}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def article_files(folder: Path) -> list[Path]:
    """Return the article files of a directory, sorted by name."""
    return sorted(path for path in folder.glob("*.json") if path.name not in NOT_ARTICLES)


def entry(path: Path) -> dict[str, Any]:
    """Describe one article file, or raise an error that explains why it is not acceptable."""
    content = path.read_bytes()
    try:
        article = loads(content)
    except OpedDatasetError as error:
        raise ValueError(f"{path.name}: {error}") from error
    if article.id != path.stem:
        raise ValueError(f"{path.name}: contains the article {article.id!r}")
    if dumps(article) != content:
        raise ValueError(f"{path.name}: is not in canonical form")
    return manifest_entry(article, hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
