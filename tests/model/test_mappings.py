"""The mappings onto outside schemes: complete in both directions, and readable in both."""

from __future__ import annotations

import inspect
import json
from itertools import chain

import attrs
import pytest

import oped_dataset
from oped_dataset import MAPPINGS, mapping
from oped_dataset.errors import InvalidRecord, LabelNotFound, MappingNotFound
from oped_dataset.model import mappings, vocabulary
from oped_dataset.model.mappings import Correspondence, LostLabel, SchemeMapping

SIZES = {
    "ace-entities": 7,
    "ace-events": 33,
    "ace-mentions": 3,
    "argmicro": 6,
    "factbank": 8,
    "pdtb": 3,
    "plover": 16,
    "polnear": 6,
    "schema-org": 8,
    "schema-org-entities": 6,
    "timex3": 4,
    "web-annotation": 13,
    "web-annotation-selectors": 8,
    "webis-editorials-16": 8,
}
UNCONFIRMED = ("Ctrl", "Wr", "Ot", "Inh")

each_mapping = pytest.mark.parametrize("mapped", MAPPINGS, ids=lambda mapped: mapped.scheme)


def _small(**changes: object) -> SchemeMapping:
    rows = (Correspondence(value="ours-1", labels=("A",)), Correspondence(value="ours-2", labels=(), note="no such"))
    fields: dict[str, object] = {
        "scheme": "small",
        "title": "A small scheme",
        "source": "invented here",
        "of": "records",
        "labels": ("A", "B"),
        "closed": True,
        "forward": rows,
        "lost": (LostLabel(label="B", reason="not needed"),),
    }
    return SchemeMapping(**(fields | changes))  # type: ignore[arg-type]


def test_every_scheme_is_there_with_all_its_labels() -> None:
    assert {mapped.scheme: len(mapped.labels) for mapped in MAPPINGS} == SIZES
    assert [mapped.scheme for mapped in MAPPINGS] == sorted(SIZES)


@each_mapping
def test_every_value_of_a_vocabulary_is_mapped(mapped: SchemeMapping) -> None:
    kind = getattr(vocabulary, mapped.of, None)
    if inspect.isclass(kind) and issubclass(kind, vocabulary.Vocabulary):
        assert mapped.values == tuple(member.value for member in kind)
    else:
        assert all(inspect.isclass(getattr(oped_dataset, record)) for record in mapped.values)


@each_mapping
def test_a_value_has_labels_or_a_reason(mapped: SchemeMapping) -> None:
    assert [value for value in mapped.values if not mapped.theirs(value) and not mapped.note(value)] == []


@each_mapping
def test_a_label_is_reached_or_lost_with_a_reason(mapped: SchemeMapping) -> None:
    assert [label for label in mapped.labels if bool(mapped.ours(label)) == bool(mapped.loss(label))] == []


@each_mapping
def test_both_directions_agree(mapped: SchemeMapping) -> None:
    there = {(value, label) for value in mapped.values for label in mapped.theirs(value)}
    back = {(value, label) for label in mapped.labels for value in mapped.ours(label)}

    assert there == back


@each_mapping
def test_a_label_shared_by_several_values_has_a_note(mapped: SchemeMapping) -> None:
    shared = [values for label in mapped.labels if len(values := mapped.ours(label)) > 1]

    assert [values for values in shared if not any(mapped.note(value) for value in values)] == []


def test_every_record_of_an_article_is_mapped() -> None:
    records = {table.record_type.__name__ for table in oped_dataset.load().tables.values()}

    assert set(mapping("web-annotation").values) == records
    assert set(mapping("schema-org").values) == {*records, "Article", "Voice"}


def test_nothing_unconfirmed_is_used() -> None:
    used = set(chain.from_iterable(mapped.labels for mapped in MAPPINGS))

    assert used.isdisjoint(UNCONFIRMED)
    assert mapping("pdtb").note("order") == "No confirmed label was found."


@pytest.mark.parametrize(
    ("scheme", "value", "labels"),
    [
        ("ace-entities", vocabulary.EntityKind.PERSON, ("PER",)),
        ("ace-mentions", "adjectival", ("NAM",)),
        ("argmicro", vocabulary.ArgumentKind.UNDERCUTS, ("und",)),
        ("factbank", vocabulary.Commitment.KNOWS_WHETHER, ("CTu",)),
        ("plover", "election", ()),
        ("plover", "legal-process", ("ACCUSE", "COERCE")),
        ("webis-editorials-16", vocabulary.Ground.BARE, ("assumption",)),
    ],
)
def test_theirs(scheme: str, value: str, labels: tuple[str, ...]) -> None:
    assert mapping(scheme).theirs(value) == labels


@pytest.mark.parametrize(
    ("scheme", "label", "values"),
    [
        ("ace-events", "Justice:Pardon", ("legal-process",)),
        ("ace-events", "Transaction:Transfer-Money", ("aid", "transfer")),
        ("webis-editorials-16", "testimony", ("testimony", "document")),
        ("webis-editorials-16", "title", ()),
    ],
)
def test_ours(scheme: str, label: str, values: tuple[str, ...]) -> None:
    assert mapping(scheme).ours(label) == values


def test_ace_events_come_in_eight_groups() -> None:
    assert len({label.split(":")[0] for label in mapping("ace-events").labels}) == 8


def test_an_unknown_scheme() -> None:
    with pytest.raises(MappingNotFound) as caught:
        mapping("factbnk")

    assert str(caught.value) == "no mapping 'factbnk'; did you mean 'factbank'?"


@pytest.mark.parametrize("ask", [mapping("timex3").theirs, mapping("timex3").note])
def test_an_unknown_value(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(LabelNotFound) as caught:
        ask("durations")

    assert str(caught.value) == "no label 'durations'; did you mean 'duration'?"


@pytest.mark.parametrize("ask", [mapping("timex3").ours, mapping("timex3").loss])
def test_an_unknown_label(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(LabelNotFound) as caught:
        ask("DURATIONS")

    assert str(caught.value) == "no label 'DURATIONS'; did you mean 'DURATION'?"


@each_mapping
def test_plain_data_are_complete(mapped: SchemeMapping) -> None:
    data = json.loads(json.dumps(mapped.to_data()))

    rows = [Correspondence(**{**row, "labels": tuple(row["labels"])}) for row in data["forward"]]
    lost = tuple(LostLabel(**row) for row in data["lost"])
    again = {**data, "labels": tuple(data["labels"]), "forward": tuple(rows), "lost": lost}
    assert SchemeMapping(**again) == mapped


def test_a_short_repr() -> None:
    assert repr(mapping("factbank")) == "<SchemeMapping factbank: 8 of Commitment, 8 labels>"


def test_it_is_immutable_and_hashable() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        mapping("factbank").title = "another"  # type: ignore[misc]

    assert len(set(MAPPINGS)) == len(MAPPINGS)


def test_a_value_without_label_needs_a_reason() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Correspondence(value="ours-1", labels=())

    assert str(caught.value) == "Correspondence.note: 'ours-1' has neither labels nor a note with the reason"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": ("A", "B", "A")}, "SchemeMapping.labels: 'A' of small occurs more than once"),
        ({"labels": ("A",)}, "SchemeMapping.lost: 'B' of small is not in `labels`"),
        ({"labels": ("B",)}, "SchemeMapping.forward: 'A' of small is not in `labels`"),
        ({"labels": ("A", "B", "C")}, "SchemeMapping.labels: 'C' of small is neither reached nor lost"),
        ({"lost": (LostLabel(label="B", reason="x"),) * 2}, "SchemeMapping.lost: 'B' of small occurs more than once"),
        (
            {"lost": (LostLabel(label="A", reason="x"), LostLabel(label="B", reason="x"))},
            "SchemeMapping.lost: 'A' of small is reached as well",
        ),
        (
            {"forward": (Correspondence(value="ours-1", labels=("A",)),) * 2},
            "SchemeMapping.forward: 'ours-1' of small occurs more than once",
        ),
    ],
)
def test_a_mapping_that_cannot_exist(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        _small(**changes)

    assert str(caught.value) == message


def test_a_table_for_an_unknown_value() -> None:
    with pytest.raises(InvalidRecord) as caught:
        mappings._build_mapping("small", "A", "B", "records", {"ours-1": "A"}, labels="A", notes={"ours-2": "x"})

    assert str(caught.value) == "SchemeMapping.forward: small maps 'ours-2', which is not a value"
