"""The schema of an answer, judged by the decoders and services that use it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from judges import judge

from oped_dataset import Article, extraction_schema, load, to_records
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.forms import DESCRIPTIONS, KINDS, class_of, keys_of, members
from oped_dataset.extraction.schema import DIALECTS, Dialect
from oped_dataset.model.article import TABLES
from oped_dataset.model.layout import layout
from oped_dataset.model.records import Participant, Voice
from oped_dataset.testing import strategies

LAYERS: tuple[tuple[str, ...] | None, ...] = (None, *((layer,) for layer in TABLES))
STRICT: tuple[Dialect, ...] = ("openai", "anthropic")
CLASSES = (*map(class_of, KINDS), Voice, Participant)


@cache
def document(layers: tuple[str, ...] | None = None) -> str:
    return json.dumps(to_records(load("harbour-toll"), layers), ensure_ascii=False)


def near_misses() -> Iterator[tuple[str, Any]]:
    """Yield documents with one error each, and the name of the error."""
    sound = json.loads(document())
    at = {kind: next(i for i, each in enumerate(sound["records"]) if each["record"] == kind) for kind in KINDS}
    for name, kind, path, value in (
        ("an unknown label", "claim", ("voices", 0, "commitment"), "certainly not"),
        ("a label of another list", "claim", ("kind",), "occurred"),
        ("an unknown kind of record", "claim", ("record",), "assertion"),
        ("the record of another kind", "claim", ("record",), "event"),
        ("null for a label", "event", ("status",), None),
        ("null for a gist", "claim", ("gist",), None),
        ("offsets", "mention", ("text",), {"start": 1, "end": 5}),
        ("a number where words belong", "mention", ("entity",), 5),
        ("a string for a list", "claim", ("evidence",), "The toll rose"),
        ("a voice that is a name", "claim", ("voices", 0), "Ines Obrecht"),
        ("a string for true", "entity", ("named",), "true"),
        ("an occurrence in words", "mention", ("text",), {"text": "a", "within": None, "occurrence": "second"}),
    ):
        changed = copy.deepcopy(sound)
        target = changed["records"][at[kind]]
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
        yield name, changed
    claim = sound["records"][at["claim"]]
    for name, other in (
        ("a missing key", {key: value for key, value in claim.items() if key != "gist"}),
        ("an unknown key", {**claim, "confidence": 0.9}),
    ):
        yield name, {"records": [*sound["records"][: at["claim"]], other]}
    yield "a bare list", sound["records"]
    yield "a word before the records", {"answer": "Here you are", **sound}


NEAR_MISSES = dict(near_misses())

LOOSE_NEAR_MISSES = {
    ("time", "value"): "",
    ("event", "when"): "13 July 2019",
    ("quantity", "value"): "1,000",
    ("claim", "evidence"): [],
    ("claim", "voices"): [],
    ("claim", "gist"): "",
    ("entity", "id"): "No Slug",
}


# As JSON Schema.


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_result_is_a_valid_schema(dialect: Dialect) -> None:
    schema = extraction_schema(dialect=dialect)

    Draft202012Validator.check_schema(schema)
    assert ("$schema" in schema) is (dialect == "2020-12")
    schema.clear()
    assert extraction_schema(dialect=dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("layers", LAYERS)
def test_the_schema_accepts_the_records_of_an_article(layers: tuple[str, ...] | None, dialect: Dialect) -> None:
    Draft202012Validator(extraction_schema(layers, dialect)).validate(json.loads(document(layers)))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", NEAR_MISSES)
def test_the_schema_rejects_near_misses(name: str, dialect: Dialect) -> None:
    assert not Draft202012Validator(extraction_schema(dialect=dialect)).is_valid(NEAR_MISSES[name])


@pytest.mark.parametrize(("kind", "key"), LOOSE_NEAR_MISSES)
def test_the_dialect_with_patterns_rejects_more(kind: str, key: str) -> None:
    sound = json.loads(document())
    next(each for each in sound["records"] if each["record"] == kind)[key] = LOOSE_NEAR_MISSES[kind, key]

    assert not Draft202012Validator(extraction_schema()).is_valid(sound)
    assert Draft202012Validator(extraction_schema(dialect="openai")).is_valid(sound)


def test_optional_keys_are_not_required_where_the_dialect_allows_it() -> None:
    record = {"record": "entity", "name": "Maro", "kind": "person", "aliases": None}
    answer = {"records": [record]}

    assert Draft202012Validator(extraction_schema()).is_valid(answer)
    assert not Draft202012Validator(extraction_schema(dialect="anthropic")).is_valid(answer)


def test_a_schema_of_some_layers_has_no_references_to_others() -> None:
    definitions = extraction_schema(["claims"])["$defs"]

    assert set(definitions) & set(KINDS) == {"entity", "claim"}
    assert "events" not in definitions["claim"]["properties"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_label_comes_with_its_meaning(dialect: Dialect) -> None:
    definitions = extraction_schema(dialect=dialect)["$defs"]

    for cls in CLASSES:
        for key in keys_of(cls):
            if key.is_label:
                found = definitions[key.slot.kind.__name__]
                assert found["description"].split("\n") == [
                    f"{each}: {each.meaning}" for each in members(key.slot.kind)
                ]


def test_every_field_of_a_record_is_described() -> None:
    fields = {f"{cls.__name__}.{slot.name}" for cls in CLASSES for slot in layout(cls)}

    assert fields - set(DESCRIPTIONS) == {"Entity.identifiers", "Quotation.text"}
    assert set(DESCRIPTIONS) <= fields


def test_every_reference_field_is_classified() -> None:
    slugs = {
        f"{cls.__name__}.{slot.name}"
        for cls in CLASSES
        for slot in layout(cls)
        if slot.pattern is not None and slot.name != "id"
    }
    known = {
        f"{cls.__name__}.{key.slot.name}"
        for cls in CLASSES
        for key in keys_of(cls)
        if key.holds in ("entity", "record")
    }

    assert known == slugs


def test_an_unknown_dialect_is_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        extraction_schema(dialect="opneai")  # type: ignore[arg-type]

    assert str(caught.value) == "dialect: there is no dialect 'opneai'; did you mean 'openai'?"
    with pytest.raises(InvalidRecord, match="the dialects are 2020-12, openai, anthropic"):
        extraction_schema(dialect="draft")  # type: ignore[arg-type]


# As services read it: https://platform.openai.com/docs/guides/structured-outputs and
# https://docs.claude.com/en/docs/build-with-claude/structured-outputs.


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema and every schema in it."""
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), *schema.get("$defs", {}).values()]
    for each in [*inner, *([schema["items"]] if "items" in schema else [])]:
        yield from parts(each)


ALLOWED = {
    "$defs",
    "$ref",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
    "description",
}


@pytest.mark.parametrize("dialect", STRICT)
@pytest.mark.parametrize("layers", LAYERS)
def test_a_strict_dialect_uses_only_the_subset(layers: tuple[str, ...] | None, dialect: Dialect) -> None:
    schema = extraction_schema(layers, dialect)

    for part in parts(schema):
        assert set(part) <= ALLOWED
        assert "$ref" not in part or set(part) == {"$ref"}
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])


def depth(schema: Any, root: Any, inside: tuple[str, ...] = ()) -> int:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        assert name not in inside, "no recursion"
        return depth(root["$defs"][name], root, (*inside, name))
    deepest: int = max(
        (
            depth(each, root, inside)
            for each in (*schema.get("properties", {}).values(), *schema.get("anyOf", ()), schema.get("items", {}))
            if each
        ),
        default=0,
    )
    return deepest + int(schema.get("type") == "object")


@pytest.mark.parametrize("dialect", STRICT)
def test_a_strict_dialect_keeps_the_published_limits(dialect: Dialect) -> None:
    schema = extraction_schema(dialect=dialect)
    objects = [each for each in parts(schema) if each.get("type") == "object"]
    labels = [label for each in parts(schema) for label in each.get("enum", ())]
    names = [name for each in objects for name in each["properties"]]

    assert depth(schema, schema) <= 10
    assert len(names) <= 5000
    assert len(labels) <= 1000
    assert sum(map(len, (*names, *labels, *schema["$defs"]))) <= 120_000
    for layer in TABLES:
        # A service limits how many values may be of one type or another.
        assert sum("anyOf" in each for each in parts(extraction_schema([layer], dialect))) <= 16


@pytest.mark.parametrize("dialect", STRICT)
@pytest.mark.parametrize("layers", LAYERS)
def test_the_library_of_openai_leaves_it_unchanged(layers: tuple[str, ...] | None, dialect: Dialect) -> None:
    strict = judge("openai.lib._pydantic", "llm")._ensure_strict_json_schema
    schema = extraction_schema(layers, dialect)

    assert strict(copy.deepcopy(schema), path=(), root=copy.deepcopy(schema)) == schema


@pytest.mark.parametrize("layers", LAYERS)
def test_the_library_of_anthropic_leaves_it_unchanged(layers: tuple[str, ...] | None) -> None:
    schema = extraction_schema(layers, "anthropic")

    assert judge("anthropic", "llm").transform_schema(copy.deepcopy(schema)) == schema


# As decoders read it.


def by_llguidance(layers: tuple[str, ...] | None, dialect: Dialect, answer: str) -> bool:
    """Whether llguidance lets a model write this answer."""
    guidance = judge("llguidance", "llm")
    tokenizer = guidance.LLTokenizer("byte")
    grammar = guidance.LLMatcher.grammar_from_json_schema(json.dumps(extraction_schema(layers, dialect)))
    matcher = guidance.LLMatcher(tokenizer, grammar)
    assert matcher.get_error() == ""
    return bool(matcher.consume_tokens(tokenizer.tokenize_str(answer)) and matcher.is_accepting())


@cache
def index_of(layers: tuple[str, ...] | None, dialect: Dialect) -> Any:
    outlines = judge("outlines_core", "llm")
    pattern = outlines.json_schema.build_regex_from_schema(json.dumps(extraction_schema(layers, dialect)))
    return outlines.Index(pattern, outlines.Vocabulary(256, {bytes([byte]): [byte] for byte in range(256)}))


def by_outlines(layers: tuple[str, ...] | None, dialect: Dialect, answer: str) -> bool:
    """Whether outlines-core lets a model write this answer."""
    guide = judge("outlines_core", "llm").Guide(index_of(layers, dialect))
    try:
        for byte in answer.encode():
            guide.advance(byte)
    except ValueError:
        return False
    return bool(guide.is_finished())


DECODERS = pytest.mark.parametrize("accepts", [by_llguidance, by_outlines])


@DECODERS
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("layers", LAYERS)
def test_a_decoder_accepts_the_records_of_an_article(
    accepts: Any, layers: tuple[str, ...] | None, dialect: Dialect
) -> None:
    assert accepts(layers, dialect, document(layers))


@DECODERS
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_decoder_accepts_the_records_of_the_bundled_article(
    accepts: Any, dialect: Dialect, bundled: Article, article_text: str
) -> None:
    answer = to_records(bundled.attach(article_text).to_article())

    assert accepts(None, dialect, json.dumps(answer, ensure_ascii=False))


@DECODERS
@settings(max_examples=20)
@given(article=strategies.articles(with_text=True))
def test_a_decoder_accepts_the_records_of_any_article(accepts: Any, article: Article) -> None:
    answer = to_records(article)

    assert all(accepts(None, dialect, json.dumps(answer, ensure_ascii=False)) for dialect in DIALECTS)
    assert all(Draft202012Validator(extraction_schema(dialect=dialect)).is_valid(answer) for dialect in DIALECTS)


@DECODERS
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_decoder_rejects_near_misses(accepts: Any, name: str, dialect: Dialect) -> None:
    assert not accepts(None, dialect, json.dumps(NEAR_MISSES[name], ensure_ascii=False))
