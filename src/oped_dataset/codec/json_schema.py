"""The file format as a JSON Schema, made from the classes so that it cannot say anything else.

What lives here: the translation of fields, checks and docstrings into JSON Schema 2020-12.
What does not: the rules between records, which no JSON Schema can hold (`validation/rules.py`).
"""

from __future__ import annotations

import datetime
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec.values import DAY, DECIMAL
from oped_dataset.model import dates
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.fields import (
    MOST_DIGITS,
    AtLeast,
    Each,
    Matching,
    OrNone,
)
from oped_dataset.model.fields import text as text_check
from oped_dataset.model.records import SCHEMA_VERSION
from oped_dataset.model.tables import Table
from oped_dataset.model.vocabulary import Vocabulary

Schema: TypeAlias = dict[str, Any]

_ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
_PLAIN: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime.date: {"type": "string", "pattern": f"^{DAY}$", "format": "date"},
    Decimal: {"type": "string", "pattern": f"^(?:{DECIMAL})$", "maxLength": MOST_DIGITS},
    Edtf: {"type": "string", "pattern": f"^{dates.PATTERN}$", "description": "An EDTF date or interval."},
}


def schema() -> Schema:
    """Make the JSON Schema 2020-12 of an article file; each call makes a new one.

    All objects are closed, so that it serves as the output schema of a structured extraction. It refuses what the
    reader refuses as a problem of form, but for what no JSON Schema can say: whether a day is in the calendar, whether
    an interval or a span runs forward, whether the shifts of a sentence lie one after the other inside it, whether the
    value of a time expression is of its kind, and whether a whole number is written as one. A validator whose `$` lets
    a line feed follow, as that of Python does, also passes an id or date that ends in one.
    """
    definitions: Schema = {}
    root = _object(Article, definitions)
    root["properties"]["schema_version"]["enum"] = [SCHEMA_VERSION]
    root["required"].insert(0, "schema_version")
    return {"$schema": _ADDRESS, **root, "$defs": dict(sorted(definitions.items()))}


def _object(cls: type[Any], definitions: Schema) -> Schema:
    described = _attribute_descriptions(cls)
    kinds = typing.get_type_hints(cls)
    properties = {
        attribute.name: _property(kinds[attribute.name], attribute, described, definitions)
        for attribute in attrs.fields(cls)
    }
    required = [attribute.name for attribute in attrs.fields(cls) if attribute.default is attrs.NOTHING]
    return {
        "title": cls.__name__,
        "description": _summary(cls),
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _property(kind: Any, attribute: attrs.Attribute[Any], described: dict[str, str], definitions: Schema) -> Schema:
    made = _constrained(_kind(kind, definitions), attribute.validator)
    if attribute.name in described:
        made["description"] = described[attribute.name]
    return made


def _kind(kind: Any, definitions: Schema) -> Schema:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return {"anyOf": [_kind(option, definitions) for option in typing.get_args(kind)]}
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _kind(typing.get_args(kind)[0], definitions)}
    if issubclass(kind, Table):
        return {"type": "array", "items": _reference(kind.record_type, _object, definitions)}
    return _reference(kind, _labels if issubclass(kind, Vocabulary) else _object, definitions)


def _reference(kind: type[Any], make: Callable[[Any, Schema], Schema], definitions: Schema) -> Schema:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = make(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _labels(kind: type[Vocabulary], _: Schema) -> Schema:
    labels: Iterator[Vocabulary] = iter(kind)
    meanings = {str(label.value): label.meaning for label in labels}
    legend = "\n".join(f"{value}: {meaning}" for value, meaning in meanings.items())
    return {
        "title": kind.__name__,
        "description": f"{_summary(kind)}\n{legend}",
        "type": "string",
        "enum": list(meanings),
    }


def _constrained(made: Schema, check: object) -> Schema:
    if isinstance(check, OrNone):
        return {"anyOf": [_constrained(made["anyOf"][0], check.check), *made["anyOf"][1:]]}
    if isinstance(check, Each):
        bound = {"minItems": check.minimum} if check.minimum else {}
        return {**made, "items": _constrained(made["items"], check.check), **bound}
    return {**made, **_constraint(check)}


def _constraint(check: object) -> Schema:
    if isinstance(check, Matching):
        return {"pattern": f"^(?:{check.pattern})$"}
    if isinstance(check, AtLeast):
        return {"minimum": check.minimum, "maximum": 2**53 - 1}
    return {"pattern": r"\S"} if check is text_check else {}


def _summary(cls: type[Any]) -> str:
    # Under `python -OO` there are no docstrings, and the schema goes without descriptions.
    return inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _attribute_descriptions(cls: type[Any]) -> dict[str, str]:
    described: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        section = inspect.cleandoc(base.__doc__ or "").partition("Attributes:\n")[2].partition("\n\n")[0]
        described |= {name: " ".join(words.split()) for name, words in _ATTRIBUTE.findall(section)}
    return described
