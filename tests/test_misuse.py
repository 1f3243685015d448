"""Wrong arguments: public functions reject values of wrong types for every parameter, and touch no file before."""

from __future__ import annotations

import inspect
import json
import shutil
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pytest
from cattrs import Converter
from small import TEXT
from small import small as small_article

import oped_dataset
from oped_dataset import Edtf, OpedDatasetError, authoring, exports, testing
from oped_dataset.errors import InvalidArgument, InvalidRecord, MissingExtra

FRONTS = (oped_dataset, authoring, exports, testing)
TOLL = oped_dataset.from_data(small_article())
PROPOSAL = authoring.Proposal(
    layer="times", record={"id": "p", "span": {"start": 33, "end": 38}, "kind": "date"}, by="me"
)
DRAFT = authoring.Draft(article=TOLL, proposals=(PROPOSAL,))
PASSAGE = oped_dataset.passages(TEXT)[0]
RECORDS = oped_dataset.to_records(TOLL)
EXTRACTION = oped_dataset.from_records(RECORDS, like=TOLL)
SCORES = oped_dataset.score(TOLL, TOLL)
BRAT = exports.to_brat(TOLL)
(STUDIO,) = (json.loads(each) for name, each in exports.to_label_studio(TOLL).items() if name.endswith(".json"))

WRONG: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "0": lambda: 0,
    "True": lambda: True,
    "1.5": lambda: 1.5,
    "text": lambda: "text",
    "bytes": lambda: b"bytes",
    "no bytes": lambda: b"",
    "list": list,
    "list of 0": lambda: [0],
    "dict": dict,
    "object": object,
    "generator": lambda: (each for each in ("text",)),
    "article": lambda: TOLL,
    "draft": lambda: DRAFT,
    "extraction": lambda: EXTRACTION,
    "path": lambda: Path("text"),
}
"""Values of all sorts; those that the annotation of a parameter permits are not wrong."""
if find_spec("numpy") is not None:
    WRONG["array"] = lambda: import_module("numpy").zeros(2)

FILE, CORPUS, DRAFT_FILE, NEW = "article.json", "corpus.jsonl", "draft.json", "new"

FUNCTIONS: dict[str, dict[str, Any]] = {
    "baselines": {"gold": TOLL},
    "compare": {"a": TOLL, "b": EXTRACTION, "gold": TOLL, "resamples": 2},
    "configure_converter": {"converter": Converter()},
    "dump_path": {"article": TOLL, "path": NEW},
    "explore_errors": {"scores": SCORES},
    "export": {"article": TOLL, "name": "tables"},
    "fingerprint": {"article": TOLL, "text": TEXT},
    "from_data": {"data": small_article()},
    "from_records": {"records": RECORDS, "like": TOLL},
    "lines_written": {"target": NEW},
    "load": {"name": "harbour-toll"},
    "load_path": {"path": FILE},
    "loads": {"data": oped_dataset.dumps(TOLL)},
    "mapping": {"scheme": "factbank"},
    "new_article": {"text": TEXT, "id": "toll", "splitter": lambda text: [(0, len(text))], "proposals": False},
    "passages": {"text": TEXT},
    "read_lines": {"source": CORPUS},
    "read_parquet": {"source": "corpus.parquet"},
    "render": {"reports": {"a": oped_dataset.validate(b"{}")}},
    "rows_written": {"target": NEW},
    "score": {"predicted": TOLL, "gold": TOLL},
    "score_corpus": {"predicted": CORPUS, "gold": CORPUS},
    "validate": {"document": TOLL},
    "validate_corpus": {"source": CORPUS},
    "validate_path": {"path": FILE},
    "validate_paths": {"paths": [FILE], "jobs": 1},
    "write_lines": {"articles": [TOLL], "target": f"{NEW}.jsonl"},
    "write_parquet": {"articles": [TOLL], "target": f"{NEW}.parquet"},
    "accept": {"draft": DRAFT, "proposal_id": PROPOSAL.id},
    "adjudicate": {"a": TOLL, "b": TOLL, "decisions": {}},
    "compare_annotations": {"a": TOLL, "b": TOLL},
    "dump_draft": {"draft": DRAFT, "path": NEW},
    "finish": {"draft": authoring.Draft(article=TOLL)},
    "from_spacy": {"doc": exports.to_spacy(TOLL) if find_spec("spacy") else None, "id": "toll"},
    "load_draft": {"path": DRAFT_FILE},
    "loads_draft": {"data": authoring.dumps_draft(DRAFT)},
    "quoted_places": {"text": TEXT, "blocks": authoring.blocks_of(TEXT)},
    "read_decisions": {"rows": []},
    "read_project": {"source": BRAT, "tool": "brat"},
    "reject": {"draft": DRAFT, "proposal_id": PROPOSAL.id},
    "write_package": {"articles": TOLL, "folder": NEW},
    "write_project": {"draft": DRAFT, "tool": "brat", "folder": NEW},
    "arrow_rows": {"article": TOLL, "table": TOLL.claims},
    "brat_notes": {"source": BRAT},
    "from_brat": {"source": BRAT},
    "from_label_studio": {"source": STUDIO},
    "from_parquet": {"source": "tables"},
    "from_tables": {"tables": exports.to_tables(TOLL)},
    "from_web_annotation": {"document": exports.to_web_annotation(TOLL)},
    "label_studio_notes": {"source": STUDIO},
    "assert_attributed": {"result": []},
    "find_unattributed": {"result": []},
    "make_corpus": {"n": 1},
}
"""Right arguments of public functions; the others need none, or one of `USUAL`."""

EXTRAS = {"from_parquet": ["pyarrow"], "from_spacy": ["spacy"]}
"""The libraries without which right arguments cannot be made."""

USUAL = {"article": TOLL, "text": TEXT, "draft": DRAFT}

OBJECTS: dict[str, Any] = {
    "Article": TOLL,
    "Table": TOLL.entities,
    "ClaimTable": TOLL.claims,
    "EntityTable": TOLL.entities,
    "EventTable": TOLL.events,
    "RelationTable": TOLL.relations,
    "AttachedArticle": TOLL.attach(TEXT),
    "Span": PASSAGE.span,
    "Edtf": Edtf("2018"),
    "CodeUnits": oped_dataset.CodeUnits("ab", "utf-8"),
    "Extraction": EXTRACTION,
    "Scores": SCORES,
    "Report": oped_dataset.Report(),
    "Draft": DRAFT,
    "Files": exports.Files({}),
    "AnnotationComparison": authoring.compare_annotations(TOLL, TOLL),
}

METHODS: dict[str, dict[str, Any]] = {
    "Article.record": {"record_id": TOLL.claims[0].id},
    "Article.records_at": {"offset": 20},
    "Article.about": {"entity_id": TOLL.authors[0]},
    "Article.claims_for": {"record_id": TOLL.events[0].id},
    "Article.attach": {"text": TEXT},
    "Article.attach_path": {"path": "text.txt"},
    "Table.index": {"value": TOLL.entities[0]},
    "Table.count": {"value": TOLL.entities[0]},
    "ClaimTable.voiced_by": {"entity": TOLL.authors[0]},
    "ClaimTable.carrying": {"record_id": TOLL.events[0].id},
    "EntityTable.find": {"wanted": TOLL.entities[0].name},
    "EventTable.during": {"time": "2018"},
    "RelationTable.during": {"time": "2018"},
    "AttachedArticle.locate": {"span": PASSAGE.span},
    "AttachedArticle.text_of": {"record": TOLL.claims[0]},
    "Span.covers": {"offset": 1},
    "Span.contains": {"other": PASSAGE.span},
    "Span.overlaps": {"other": PASSAGE.span},
    "Edtf.overlaps": {"other": "2018"},
    "CodeUnits.from_span": {"span": oped_dataset.Span(0, 1)},
    "CodeUnits.to_span": {"start": 0, "end": 1},
    "Scores.errors": {"layer": "claims"},
    "Report.of": {"problems": ()},
    "Draft.proposal": {"proposal_id": PROPOSAL.id},
    "Files.write": {"directory": NEW},
    "Files.read": {"directory": "brat"},
}

CLASSES: dict[str, dict[str, Any]] = {
    "Limits": {},
    "Edtf": {"value": "2018"},
    "CodeUnits": {"text": "ab", "encoding": "utf-8"},
    "Files": {"contents": {}},
    "ClaimTable": {"records": ()},
}


ACCEPTED: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "each entry is rejected in the result": [("from_records", "records", ("list of 0", "generator", "array"))],
    "a dict may have keys of any type": [
        ("assert_attributed", "keys", ("list of 0", "array")),
        ("find_unattributed", "keys", ("list of 0", "array")),
    ],
    "an iterable without elements": [
        ("quoted_places", "blocks", ("no bytes",)),
        ("read_decisions", "rows", ("no bytes",)),
        ("make_corpus", "kinds", ("no bytes",)),
        ("Report.of", "problems", ("no bytes",)),
        ("ClaimTable", "records", ("no bytes",)),
    ],
}
"""The wrong values that are accepted, by the reason: the function, the parameter and the values."""


def public_functions() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield the name of each public function, method and class, and right arguments."""
    for front in FRONTS:
        for name in set(front.__all__) - {"on_dask"}:
            made = getattr(front, name)
            if inspect.isfunction(made):
                first = next(iter(inspect.signature(made).parameters), "")
                yield name, made, FUNCTIONS.get(name, {first: USUAL[first]} if first in USUAL else {})
    for name, made in OBJECTS.items():
        for key, member in vars(oped_dataset.Table if name == "Table" else type(made)).items():
            if not key.startswith("_") and inspect.isfunction(getattr(member, "__func__", member)):
                yield f"{name}.{key}", getattr(made, key), METHODS.get(f"{name}.{key}", {})
    for name, right in CLASSES.items():
        yield name, getattr(exports if name == "Files" else oped_dataset, name), right


CALLS = {name: (made, right) for name, made, right in public_functions()}


def fits(value: Any, hint: Any) -> bool:
    """Whether an annotation permits a value; a flag counts by its truth, and True is the number 1."""
    origin, parts = get_origin(hint), get_args(hint)
    if isinstance(hint, TypeVar):
        return fits(value, hint.__bound__ or Any)
    if origin in (Union, types.UnionType):
        return any(fits(value, each) for each in parts)
    if origin is Literal:
        return any(value is each for each in parts)
    if isinstance(value, types.GeneratorType) and origin in (Iterable, Iterator):
        return fits("text", parts[0])
    if isinstance(origin, type) and issubclass(origin, Iterable):
        is_one = isinstance(value, origin) and not isinstance(value, (str, bytes))
        return is_one and all(fits(each, parts[0]) for each in value)
    return hint in (Any, object, bool) or isinstance(value, (int, float) if hint is float else origin or hint)


def drain(result: Any) -> Any:
    """Read the beginning of an iterator, since some functions check when the first result is requested."""
    return list(islice(result, 5)) if isinstance(result, Iterator) else result


def files() -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the files that the right arguments name."""
    made = tmp_path_factory.mktemp("misuse")
    oped_dataset.dump_path(TOLL, made / FILE)
    oped_dataset.write_lines([TOLL], made / CORPUS)
    authoring.dump_draft(DRAFT, made / DRAFT_FILE)
    BRAT.write(made / "brat")
    (made / "text.txt").write_text(TEXT, encoding="utf-8")
    with suppress(MissingExtra):
        oped_dataset.write_parquet([TOLL], made / "corpus.parquet")
        exports.to_parquet(TOLL).write(made / "tables")
    return made


def wrong_calls(made: Any, right: dict[str, Any]) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    """Yield calls with one wrong value each: the parameter, the name of the value, and the call."""
    hints = get_type_hints(made.__init__ if inspect.isclass(made) else made)
    for parameter in inspect.signature(made).parameters.values():
        for label, make in WRONG.items() if parameter.kind is not parameter.VAR_KEYWORD else ():
            if fits(value := make(), hints.get(parameter.name, object)):
                continue
            if parameter.kind is parameter.VAR_POSITIONAL:
                yield parameter.name, label, partial(made, *right.values(), value)
            else:
                yield parameter.name, label, partial(made, **{**right, parameter.name: value})


@pytest.mark.parametrize("name", sorted(CALLS))
def test_wrong_arguments_are_rejected_and_touch_no_file(
    name: str, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(prepared)
    before, accepted = files(), set()
    for parameter, label, call in wrong_calls(*CALLS[name]):
        with suppress(TypeError, AttributeError, ValueError, OpedDatasetError):
            drain(call())
            accepted.add((name, parameter, label))

    assert accepted <= {
        (function, parameter, value)
        for places in ACCEPTED.values()
        for function, parameter, values in places
        for value in values
    }
    assert files() == before


@pytest.mark.parametrize("name", sorted(CALLS))
def test_right_arguments_are_accepted(
    name: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(prepared, tmp_path / "copy"))
    made, right = CALLS[name]
    for library in EXTRAS.get(name, ()):
        pytest.importorskip(library)

    with suppress(MissingExtra):
        drain(made(**right))


def test_an_engine_needs_a_client() -> None:
    pytest.importorskip("distributed")
    for make in WRONG.values():
        with pytest.raises((AttributeError, TypeError)):
            list(oped_dataset.on_dask(make())(len, []))


def test_a_string_is_not_several_things() -> None:
    with pytest.raises(InvalidArgument) as caught:
        oped_dataset.from_records("[]", like=TOLL)  # type: ignore[arg-type]

    assert str(caught.value) == (
        "records: must be a list of dicts, or an object with a list of them under 'records', not str; read JSON with "
        "json.loads first"
    )


def test_bytes_inside_a_result_are_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        testing.assert_attributed([b"{}"])

    assert str(caught.value) == "$[0]: bytes cannot be searched; decode them first, JSON with json.loads"
