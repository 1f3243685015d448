"""Record the promises of a release: its public surface, and a digest of every record of its data.

Run it for every release: `python tools/record_release.py`. Until the next release, `tests/project/test_stability.py`
compares the tree with the record, so that public names do not disappear and records do not change silently.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import oped_dataset
from oped_dataset import (
    Article,
    authoring,
    errors,
    exports,
    testing,
)
from oped_dataset.model import vocabulary
from oped_dataset.resources import read_data
from oped_dataset.validation.codes import CODES

RELEASED = Path(__file__).resolve().parent.parent / "tests" / "released"


def main() -> int:
    """Write both files; return the exit code."""
    for name, content in (("surface", surface()), ("records", records())):
        path = RELEASED / f"{name}.json"
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
        sys.stdout.write(f"wrote {path.name}\n")
    return 0


def surface() -> dict[str, Any]:
    """Return all public names by kind."""
    kinds = [kind for kind in vars(vocabulary).values() if inspect.isclass(kind)]
    lists = [kind for kind in kinds if issubclass(kind, vocabulary.Vocabulary) and kind is not vocabulary.Vocabulary]
    return {
        "names": oped_dataset.__all__,
        "authoring": authoring.__all__,
        "errors": errors.__all__,
        "exports": exports.__all__,
        "testing": testing.__all__,
        "codes": list(CODES),
        "labels": {kind.__name__: [member.value for member in kind] for kind in lists},
        "mappings": [mapped.scheme for mapped in oped_dataset.MAPPINGS],
        "formats": [found.name for found in exports.formats()],
        "columns": {
            name: {column.name: column.type.kind for column in spec.columns} for name, spec in exports.specs().items()
        },
    }


def records() -> dict[str, dict[str, Any]]:
    """Return the description of every bundled article by its name."""
    names = json.loads(read_data("manifest.json"))["articles"]
    return {name: state(oped_dataset.load(name)) for name in names}


def state(article: Article) -> dict[str, Any]:
    """Return the version of an article, the digests of its file and of each record, and the records in its errata."""
    content = oped_dataset.dumps(article)
    document = json.loads(content)
    rows = [row for table in article.tables for row in document[table]]
    return {
        "data_version": article.data_version,
        "sha256": hashlib.sha256(content).hexdigest(),
        "errata": [[erratum.record, erratum.data_version, erratum.change] for erratum in article.errata],
        "digests": {row["id"]: hashlib.sha256(json.dumps(row).encode()).hexdigest()[:12] for row in rows},
    }


if __name__ == "__main__":
    sys.exit(main())
