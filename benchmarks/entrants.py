"""Who takes part: for each contender what must be installed, what it checks and what it leaves unchecked.

Here: what is said about contenders, without importing any of them.
Not here: what they do (`contenders/`).
"""

from __future__ import annotations

from importlib import metadata
from typing import Final

import attrs


@attrs.frozen(kw_only=True)
class Entrant:
    """A contender, as the results and the page tell of it.

    Attributes:
        name: What the results call it.
        title: What the page calls it.
        module: The module in `contenders/` that does what is measured.
        imports: The statement whose cost is measured as its import.
        distributions: What must be installed for it, as package indexes call it.
        checks: What it checks of a document it reads, in a word or two, to stand beside its figures.
        unchecked: What it leaves unchecked, in sentences.
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
        """The versions of what it needs."""
        return {name: metadata.version(name) for name in self.distributions}

    @property
    def absence(self) -> str | None:
        """Why it cannot take part here, or None when it can."""
        missing = [name for name in self.distributions if not _is_installed(name)]
        return f"not installed: {', '.join(missing)}" if missing else None


_OURS: Final = "Whether what is said is so. `load()` compares a SHA-256 instead of applying the rules again."
_TYPES_ONLY: Final = (
    "Unknown keys are passed over; of two equal keys the last is kept. No rule of a field (slugs, patterns, bounds), "
    "no imprecise date, no rule between records: a reference may lead nowhere."
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
        unchecked=_TYPES_ONLY + " With its defaults, as here, a number in a string is taken for the number.",
    ),
    Entrant(
        name="dataclasses",
        title="dataclasses + json",
        module="with_dataclasses",
        imports="import dataclasses, json",
        distributions=(),
        checks="labels, dates",
        unchecked=_TYPES_ONLY + " Types are not checked either: a string is kept where a number should be. It stops at "
        "the first mistake it sees.",
    ),
    Entrant(
        name="cattrs",
        title="cattrs' defaults, on our classes",
        module="with_cattrs",
        imports="import attrs, cattrs",
        distributions=("attrs", "cattrs"),
        checks="rules of fields",
        unchecked="Unknown keys are passed over, of two equal keys the last is kept, values are coerced (None to "
        "'None', 2.9 to 2); no rule between records. The classes are ours, so their validators run.",
    ),
    Entrant(
        name="datasets",
        title="Hugging Face datasets",
        module="with_datasets",
        imports="import datasets",
        distributions=("datasets", "pyarrow"),
        checks="column types",
        unchecked="Everything but Arrow's types: labels, imprecise dates and references are strings; what is missing "
        "becomes null. It gives plain dicts and reads the document only on one line; its cache is empty each time.",
    ),
    Entrant(
        name="pandas",
        title="pandas.read_json",
        module="with_pandas",
        imports="import pandas",
        distributions=("pandas",),
        checks="nothing",
        unchecked="Everything: any JSON is taken. It gives a Series of plain lists and dicts, and of many articles a "
        "frame in which what is missing may be NaN.",
    ),
)
"""All contenders, ours first, then from the strictest kind of thing to the loosest."""


def _is_installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
