"""The contenders: for each, the distributions it needs, its checks and the checks that it omits.

Here: the descriptions of contenders, without importing any of them.
Not here: their code (`contenders/`).
"""

from __future__ import annotations

from importlib import metadata
from typing import Final

import attrs


@attrs.frozen(kw_only=True)
class Entrant:
    """The description of a contender for the results and the page.

    Attributes:
        name: Its name in the results.
        title: Its name on the page.
        module: The module in `contenders/` with the measured functions.
        imports: The statement whose cost is measured as its import.
        distributions: The names of the required distributions on a package index.
        checks: Its checks of a document, in a word or two, shown beside its figures.
        unchecked: The checks that it omits, in sentences.
    """

    name: str
    title: str
    module: str
    imports: str
    distributions: tuple[str, ...]
    checks: str
    unchecked: str

    @property
    def versions(self) -> dict[str, str]:
        """The versions of its distributions."""
        return {name: metadata.version(name) for name in self.distributions}

    @property
    def absence(self) -> str | None:
        """The reason why it cannot take part here, or None."""
        missing = [name for name in self.distributions if not _is_installed(name)]
        return f"not installed: {', '.join(missing)}" if missing else None


_OURS: Final = "Whether a claim is true. `load()` compares a SHA-256 instead of applying the rules again."
_TYPES_ONLY: Final = (
    "Unknown keys are ignored; of two equal keys the last is kept. No rule of a field (slugs, patterns, bounds), "
    "no imprecise date, no rule between records: a reference may be dangling."
)

ENTRANTS: Final = (
    Entrant(
        name="ours",
        title="oped-dataset",
        module="with_ours",
        imports="import oped_dataset",
        distributions=("oped-dataset", "attrs", "cattrs"),
        checks="all rules",
        unchecked=_OURS,
    ),
    Entrant(
        name="msgspec",
        title="msgspec Struct (the floor)",
        module="with_msgspec",
        imports="import msgspec",
        distributions=("msgspec",),
        checks="types",
        unchecked=_TYPES_ONLY + " It stops at the first mistake.",
    ),
    Entrant(
        name="pydantic",
        title="pydantic v2",
        module="with_pydantic",
        imports="from pydantic import BaseModel",
        distributions=("pydantic", "pydantic-core"),
        checks="types, leniently",
        unchecked=_TYPES_ONLY + " With its defaults, as here, a number in a string is accepted as the number.",
    ),
    Entrant(
        name="dataclasses",
        title="dataclasses + json",
        module="with_dataclasses",
        imports="import dataclasses, json",
        distributions=(),
        checks="labels, dates",
        unchecked=_TYPES_ONLY + " Types are not checked either: a string is kept in place of a number. It stops at "
        "the first mistake.",
    ),
    Entrant(
        name="cattrs",
        title="cattrs' defaults, on the package's classes",
        module="with_cattrs",
        imports="import attrs, cattrs",
        distributions=("attrs", "cattrs"),
        checks="rules of fields",
        unchecked="Unknown keys are ignored, of two equal keys the last is kept, values are coerced (None to "
        "'None', 2.9 to 2); no rule between records. The validators of the package's classes run.",
    ),
    Entrant(
        name="datasets",
        title="Hugging Face datasets",
        module="with_datasets",
        imports="import datasets",
        distributions=("datasets", "pyarrow"),
        checks="column types",
        unchecked="Everything but Arrow's types: labels, imprecise dates and references are strings; missing keys "
        "become null. It returns plain dicts and reads the document only on one line; its cache is empty each time.",
    ),
    Entrant(
        name="pandas",
        title="pandas.read_json",
        module="with_pandas",
        imports="import pandas",
        distributions=("pandas",),
        checks="nothing",
        unchecked="Everything: any JSON is accepted. It returns a Series of plain lists and dicts, and for many "
        "articles a frame in which missing values may be NaN.",
    ),
)
"""All contenders: this package, then the others from the strictest to the most lenient."""


def _is_installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
