"""The JSON Schema of a language model's answer: the records that `from_records` reads.

Here: the schema of these records, per layer, in the dialects that decoders and services accept.
Not here: the form of a record (`forms.py`) and the schema of a document (`codec/json_schema.py`), whose offsets and
digests a model cannot produce.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias, get_args

from oped_dataset.codec.json_schema import ADDRESS, Schema, value_schema
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.forms import Key, class_of, keys_of, kinds_of, layers_of, legend, members
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model import fields
from oped_dataset.model.vocabulary import Vocabulary

Dialect: TypeAlias = Literal["2020-12", "openai", "anthropic"]

DIALECTS: Final[tuple[Dialect, ...]] = get_args(Dialect)
"""The names of the dialects."""

_TEXT: Final = {"type": "string"}
_NULL: Final = {"type": "null"}


def extraction_schema(layers: Iterable[str] | None = None, dialect: Dialect = "2020-12") -> Schema:
    """Return the JSON Schema of an answer with records, as a new dict.

    An answer is an object with `records`, a list of records as `from_records` reads and `to_records` writes them. Every
    vocabulary comes with the meaning of each label.

    Args:
        layers: The layers, by the names of their tables; those they require are added: entities for all that refer to
            one, claims for arguments. All when None. References to other layers are left out.
        dialect: "2020-12" is JSON Schema 2020-12 with the patterns of ids, dates and numbers; keys that can be left out
            are optional. The others are the subset that strict modes accept: all keys are required, absent values are
            null, there are no patterns, bounds or recursion, and `$ref` has no siblings. "openai" adds the type
            `string` to each vocabulary, as OpenAI's service requires; "anthropic" does not, because `transform_schema`
            of Anthropic's library removes it. Local decoders accept all three.

    Raises:
        InvalidRecord: A layer or dialect does not exist.
    """
    if dialect not in DIALECTS:
        hint = did_you_mean(nearest(dialect, DIALECTS)) or f"the dialects are {', '.join(DIALECTS)}"
        raise InvalidRecord(f"dialect: there is no dialect {quoted(dialect)}; {hint}", "dialect")
    return _Writer(layers_of(layers), dialect).schema()


class _Writer:
    """Writes the schema of some layers in one dialect."""

    def __init__(self, layers: tuple[str, ...], dialect: Dialect) -> None:
        self._layers = layers
        self._dialect = dialect
        self._is_strict = dialect != "2020-12"
        self._definitions: Schema = {}

    def schema(self) -> Schema:
        """Return the whole schema."""
        records = [self._define(kind, self._object(class_of(kind), kind)) for kind in kinds_of(self._layers)]
        root = _closed({"records": _array(records[0] if len(records) == 1 else {"anyOf": records})})
        named = {} if self._is_strict else {"$schema": ADDRESS}
        return {**named, **root, "$defs": dict(sorted(self._definitions.items()))}

    def _object(self, cls: type[Any], kind: str | None = None) -> Schema:
        keys = keys_of(cls, self._layers)
        properties = {key.name: self._key(key) for key in keys}
        needed = [key.name for key in keys if self._is_strict or not (key.slot.may_be_left_out or key.name == "id")]
        if kind is None:
            return _closed(properties, needed)
        return _closed({"record": self._labels([kind]), **properties}, ["record", *needed])

    def _key(self, key: Key) -> Schema:
        made = self._single(key)
        if key.is_list:
            made = _array(made, 0 if self._is_strict else key.slot.fewest)
        if key.slot.is_optional or (not self._is_strict and (key.slot.may_be_left_out or key.name == "id")):
            made = {"anyOf": [*(made.get("anyOf") or [made]), _NULL]}
        # Strict modes accept no siblings of $ref, although JSON Schema 2020-12 allows them.
        return made if "$ref" in made else {**made, "description": key.description}

    def _single(self, key: Key) -> Schema:
        """Return the schema of one value of a key."""
        match key.holds:
            case "piece":
                return {"anyOf": [_TEXT, self._define("piece", self._piece())]}
            case "entity" | "record":
                return dict(_TEXT)
            case "part":
                return self._define(key.slot.kind.__name__.casefold(), self._object(key.slot.kind))
            case _:
                return self._value(key)

    def _value(self, key: Key) -> Schema:
        if key.is_label:
            return self._define(key.slot.kind.__name__, self._vocabulary(key.slot.kind))
        if key.slot.check is fields.text:
            return dict(_TEXT) if self._is_strict else {**_TEXT, "minLength": 1}
        made = value_schema(key.slot)
        if self._is_strict:
            return {"type": made["type"]}
        if "pattern" in made:
            # The grammar converter of llama.cpp supports neither non-capturing groups nor escapes.
            made["pattern"] = made["pattern"].replace("(?:", "(").replace(r"\.", "[.]")
        return made

    def _piece(self) -> Schema:
        properties = {
            "text": {**_TEXT, "description": "The piece itself."},
            "within": {"anyOf": [_TEXT, _NULL], "description": "A longer piece around it that occurs once."},
            "occurrence": {
                "anyOf": [{"type": "integer"}, _NULL],
                "description": "Or the number of the occurrence, from 1.",
            },
        }
        closed = _closed(properties, [*properties] if self._is_strict else ["text"])
        return {**closed, "description": "For a piece that occurs more than once in the text."}

    def _vocabulary(self, labels: type[Vocabulary]) -> Schema:
        return {**self._labels([str(label) for label in members(labels)]), "description": "\n".join(legend(labels))}

    def _labels(self, values: list[str]) -> Schema:
        return {"enum": values} if self._dialect == "anthropic" else {"type": "string", "enum": values}

    def _define(self, name: str, made: Schema) -> Schema:
        # The reference is a URI fragment with a JSON Pointer (RFC 6901, section 6).
        self._definitions[name] = made
        return {"$ref": f"#/$defs/{name}"}


def _closed(properties: Schema, needed: Iterable[str] | None = None) -> Schema:
    # Strict modes demand additionalProperties: false (JSON Schema 2020-12, section 10.3.2.3) on every object.
    required = list(properties if needed is None else needed)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _array(items: Schema, fewest: int = 0) -> Schema:
    return {"type": "array", "items": items, **({"minItems": fewest} if fewest else {})}
