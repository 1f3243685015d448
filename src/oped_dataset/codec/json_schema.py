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

    The schema is for checking files, and for programs that write them. A language model cannot fill it, because it
    requires offsets and digests; use `extraction_schema` for models. All objects are closed. The schema rejects every
    problem of form that the reader rejects, except those that JSON Schema cannot express: a day that is not in the
    calendar, an interval or a span that runs backwards, shifts of a sentence that overlap or leave it, the value of a
    time expression that is not of its kind, and an integer written as a fraction. A validator whose `$` matches before
    a final line feed, as in Python, also accepts an id or date that ends in one.
    """
    # Read from a file, because its descriptions are docstrings, which are absent under `python -OO`.
    made: Schema = json.loads(read_data("schema.json"))
    return made


def build_schema() -> Schema:
    """Make the schema from the classes and their docstrings, for `data/schema.json`."""
    # Section numbers are those of JSON Schema 2020-12, Core and Validation. Core 8.1.1 defines `$schema`, 8.2.4 `$defs`
    # and 8.2.3.1 `$ref`.
    definitions: Schema = {}
    root = _make_object(Article, definitions)
    root["properties"]["schema_version"]["enum"] = [SCHEMA_VERSION]
    described = "The address of a schema, for editors; it is not part of the article."
    root["properties"]["$schema"] = {"type": "string", "description": described}
    return {"$schema": ADDRESS, **root, "$defs": dict(sorted(definitions.items()))}


def _make_object(cls: type, definitions: Schema) -> Schema:
    described = _describe_attributes(cls)
    # Core 10.3.2.3: without `additionalProperties`, unknown keys would be valid. Validation 6.5.3 defines `required`,
    # 9.1 `title` and `description`.
    return {
        "title": cls.__name__,
        "description": _summarise(cls),
        "type": "object",
        "additionalProperties": False,
        "required": [slot.name for slot in layout(cls) if not slot.may_be_left_out],
        "properties": {slot.name: _make_property(slot, described, definitions) for slot in layout(cls)},
    }


def value_schema(slot: Slot) -> Schema:
    """Make the schema for a single value of a field whose kind is neither an object nor a label."""
    return {**_PLAIN[slot.kind], **_constraint(slot)}


def _make_property(slot: Slot, described: dict[str, str], definitions: Schema) -> Schema:
    made = {**_refer_to(slot.kind, definitions), **_constraint(slot)}
    if slot.container is not None:
        # Core 10.3.1.2 defines `items`, Validation 6.4.2 `minItems`.
        made = {"type": "array", "items": made, **({"minItems": slot.fewest} if slot.fewest else {})}
    if slot.is_optional:
        # Core 10.2.1.2 defines `anyOf`; a `type` with two names could not contain a reference.
        made = {"anyOf": [made, {"type": "null"}]}
    return made | {"description": described[slot.name]}


def _constraint(slot: Slot) -> Schema:
    if slot.pattern is not None:
        # Core 6.4: a pattern may match anywhere in the string unless it is anchored.
        return {"pattern": f"^(?:{slot.pattern})$"}
    if slot.minimum is not None:
        # Validation 6.2 defines both bounds.
        return {"minimum": slot.minimum, "maximum": 2**53 - 1}
    return {"pattern": r"\S"} if slot.check is fields.text else {}


def _refer_to(kind: Any, definitions: Schema) -> Schema:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if kind.__name__ not in definitions:
        made = _make_enum(kind) if issubclass(kind, Vocabulary) else _make_object(kind, definitions)
        definitions[kind.__name__] = made
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _make_enum(kind: type[Vocabulary]) -> Schema:
    labels: Iterator[Vocabulary] = iter(kind)
    meanings = {str(label.value): label.meaning for label in labels}
    legend = "\n".join(f"{value}: {meaning}" for value, meaning in meanings.items())
    return {
        "title": kind.__name__,
        "description": f"{_summarise(kind)}\n{legend}",
        "type": "string",
        "enum": list(meanings),
    }


def _summarise(cls: type) -> str:
    return inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _describe_attributes(cls: type) -> dict[str, str]:
    described: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        section = inspect.cleandoc(base.__doc__ or "").partition("Attributes:\n")[2].partition("\n\n")[0]
        described |= {name: " ".join(words.split()) for name, words in _ATTRIBUTE.findall(section)}
    return described
