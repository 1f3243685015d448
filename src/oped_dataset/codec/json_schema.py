"""The file format as a JSON Schema, generated from the classes so that the two always agree.

Here: the translation of fields, checks and docstrings to JSON Schema 2020-12.
Not here: the rules between records, which JSON Schema cannot express (`validation/rules.py`).
"""

from __future__ import annotations

import datetime
import inspect
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, TypeAlias

from oped_dataset.codec.values import DAY, DECIMAL
from oped_dataset.model import dates, fields
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.fields import MOST_DIGITS
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import SCHEMA_VERSION
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.resources import read_data

Schema: TypeAlias = dict[str, Any]

ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"
"""The identifier of the dialect (Core section 8.1.1)."""

_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
# Validation section 7.2: a validator need not assert `format`, so a pattern repeats the requirement.
_PLAIN: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "pattern": f"^{DAY}$", "format": "date"},
    Decimal: {"type": "string", "pattern": f"^(?:{DECIMAL})$", "maxLength": MOST_DIGITS},
    Edtf: {"type": "string", "pattern": f"^{dates.PATTERN}$", "description": "An EDTF date or interval."},
}


def schema() -> Schema:
    """Return the JSON Schema 2020-12 of an article file; each call returns a new one.

    It is for checking files, and for programs that write them. A language model cannot fill it, since it asks for
    offsets and digests; `extraction_schema` is what a model can fill. All objects are closed. It refuses what the
    reader refuses as a problem of form, but for what no JSON Schema can say: whether a day is in the calendar, whether
    an interval or a span runs forward, whether the shifts of a sentence lie one after the other inside it, whether the
    value of a time expression is of its kind, and whether a whole number is written as one. A validator whose `$` lets
    a line feed follow, as that of Python does, also passes an id or date that ends in one.
    """
    # Not made anew: its descriptions are docstrings, which are absent under `python -OO`.
    made: Schema = json.loads(read_data("schema.json"))
    return made


def build_schema() -> Schema:
    """Make the schema from the classes and their docstrings, for `data/schema.json`."""
    # Sections are those of JSON Schema 2020-12, Core and Validation. Core 8.1.1 names the dialect, 8.2.4 keeps the
    # definitions that 8.2.3.1 refers to.
    definitions: Schema = {}
    root = _object(Article, definitions)
    root["properties"]["schema_version"]["enum"] = [SCHEMA_VERSION]
    described = "The address of a schema, for editors; it is not part of the article."
    root["properties"]["$schema"] = {"type": "string", "description": described}
    return {"$schema": ADDRESS, **root, "$defs": dict(sorted(definitions.items()))}


def _object(cls: type, definitions: Schema) -> Schema:
    described = _attribute_descriptions(cls)
    # Core 10.3.2: without `additionalProperties`, other keys would pass. Validation 6.5.3 and 9.1.
    return {
        "title": cls.__name__,
        "description": _summary(cls),
        "type": "object",
        "additionalProperties": False,
        "required": [slot.name for slot in layout(cls) if not slot.may_be_left_out],
        "properties": {slot.name: _property(slot, described, definitions) for slot in layout(cls)},
    }


def value_schema(slot: Slot) -> Schema:
    """The schema of a single value of a field that holds neither an object nor a label."""
    return {**_PLAIN[slot.kind], **_constraint(slot)}


def _property(slot: Slot, described: dict[str, str], definitions: Schema) -> Schema:
    made = {**_kind(slot.kind, definitions), **_constraint(slot)}
    if slot.container is not None:
        # Core 10.3.1.2, Validation 6.4.2.
        made = {"type": "array", "items": made, **({"minItems": slot.fewest} if slot.fewest else {})}
    if slot.is_optional:
        # Core 10.2.1.2; `type` with two names would leave no room for a reference.
        made = {"anyOf": [made, {"type": "null"}]}
    if slot.name in described:
        made["description"] = described[slot.name]
    return made


def _constraint(slot: Slot) -> Schema:
    if slot.pattern is not None:
        # Core 6.4: a pattern may match anywhere unless it is anchored.
        return {"pattern": f"^(?:{slot.pattern})$"}
    if slot.minimum is not None:
        # Validation 6.2.
        return {"minimum": slot.minimum, "maximum": 2**53 - 1}
    return {"pattern": r"\S"} if slot.check is fields.text else {}


def _kind(kind: Any, definitions: Schema) -> Schema:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if kind.__name__ not in definitions:
        made = _labels(kind) if issubclass(kind, Vocabulary) else _object(kind, definitions)
        definitions[kind.__name__] = made
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _labels(kind: type[Vocabulary]) -> Schema:
    labels: Iterator[Vocabulary] = iter(kind)
    meanings = {str(label.value): label.meaning for label in labels}
    legend = "\n".join(f"{value}: {meaning}" for value, meaning in meanings.items())
    return {
        "title": kind.__name__,
        "description": f"{_summary(kind)}\n{legend}",
        "type": "string",
        "enum": list(meanings),
    }


def _summary(cls: type) -> str:
    return inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _attribute_descriptions(cls: type) -> dict[str, str]:
    described: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        section = inspect.cleandoc(base.__doc__ or "").partition("Attributes:\n")[2].partition("\n\n")[0]
        described |= {name: " ".join(words.split()) for name, words in _ATTRIBUTE.findall(section)}
    return described
