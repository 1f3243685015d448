"""The tables: columns, types, rows, and the way back."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from judges import judge

from oped_dataset import Article, InvalidArticle, dumps
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import (
    ColumnType,
    from_parquet,
    from_tables,
    specs,
    to_pandas,
    to_parquet,
    to_tables,
)
from oped_dataset.model.article import TABLES
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.testing.strategies import articles

KINDS = {
    "string": str,
    "decimal": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": datetime.date,
    "list": list,
    "struct": dict,
}


def _fits(kind: ColumnType, value: Any) -> bool:
    if value is None:
        return True
    if kind.item is not None:
        return all(_fits(kind.item, item) for item in value)
    if kind.fields:
        return set(value) == set(kind.fields) and all(_fits(kind.fields[name], value[name]) for name in value)
    return type(value) is KINDS[kind.kind]


@settings(max_examples=25)
@given(articles())
def test_an_article_comes_back_from_its_tables(article: Article) -> None:
    assert dumps(from_tables(to_tables(article))) == dumps(article)


@settings(max_examples=25)
@given(articles())
def test_every_row_has_the_columns_and_types_of_its_table(article: Article) -> None:
    for name, rows in to_tables(article).items():
        columns = {column.name: column.type for column in specs()[name].columns}

        assert all(list(row) == list(columns) for row in rows)
        assert all(_fits(columns[key], value) for row in rows for key, value in row.items())


def test_there_is_a_table_for_every_kind_of_record() -> None:
    assert set(specs()) == {"article", "sentences", "paragraphs", "headings", "errata", *TABLES, "voices"}


def test_every_table_and_column_is_described() -> None:
    assert all(spec.description for spec in specs().values())
    assert [(spec.name, c.name) for spec in specs().values() for c in spec.columns if not c.description] == []


def test_every_reference_leads_to_a_table_with_ids() -> None:
    targets = {column.refers_to for spec in specs().values() for column in spec.columns} - {None}

    assert targets == {"entities", "claims"}


def test_a_claim_is_shown_with_both_ends_of_its_chain(toll: Article) -> None:
    row = to_tables(toll)["claims"][1]

    assert row["voices_line"] == "Ines (say, uncommitted) > the Gull (say, certain) > Sel (say, certain)"
    assert (row["depth"], row["outermost"], row["outermost_commitment"]) == (3, "ines", "uncommitted")
    assert (row["innermost"], row["innermost_commitment"]) == ("sel", "certain")


def test_a_relation_is_shown_with_names_bounds_and_tellers(toll: Article) -> None:
    (row,) = to_tables(toll)["relations"]

    assert (row["subject_name"], row["predicate"], row["object_name"]) == ("Maro", "leads", "the port")
    assert (row["earliest"], row["latest"]) == (datetime.date(2018, 1, 1), None)
    assert row["told_by_line"] == "Ines (say, certain)"
    assert [teller["claim"] for teller in row["told_by"]] == ["c-head"]


def test_an_undated_event_has_no_bounds(toll: Article) -> None:
    row = to_tables(toll)["events"][1]

    assert (row["when"], row["earliest"], row["latest"]) == (None, None, None)


def test_a_quotation_is_told_by_the_claims_made_in_it(toll: Article) -> None:
    (row,) = to_tables(toll)["quotations"]

    assert [teller["claim"] for teller in row["told_by"]] == ["c-loss"]


def test_a_quantity_is_exact_and_also_a_number(toll: Article) -> None:
    (row,) = to_tables(toll)["quantities"]

    assert (row["value"], row["value_number"], row["start"], row["end"]) == ("40", 40.0, 57, 66)


def test_an_argument_about_an_argument_has_voices_at_one_end_only(toll: Article) -> None:
    row = to_tables(toll)["arguments"][1]

    assert (row["source_voices_line"], row["target_voices_line"]) == ("Ines (say, certain)", None)
    assert (row["source_side"], row["target_side"]) == ("for", None)


def test_the_voices_are_rows_of_their_own(toll: Article) -> None:
    rows = [row for row in to_tables(toll)["voices"] if row["claim"] == "c-loss"]

    assert [(row["position"], row["entity_name"]) for row in rows] == [(0, "Ines"), (1, "the Gull"), (2, "Sel")]
    assert [(row["cue_start"], row["cue_end"]) for row in rows] == [(None, None), (78, 83), (91, 97)]


def test_reading_columns_are_not_needed_on_the_way_back(toll: Article) -> None:
    annotated = {name: {c.name for c in spec.columns if not c.is_derived} for name, spec in specs().items()}
    tables = to_tables(toll)
    del tables["voices"]

    bare = {name: [{k: row[k] for k in annotated[name]} for row in rows] for name, rows in tables.items()}

    assert from_tables(bare) == toll


def test_a_missing_table_is_named(toll: Article) -> None:
    tables = to_tables(toll)
    tables["claim"] = tables.pop("claims")

    with pytest.raises(InvalidImport) as caught:
        from_tables(tables)

    assert str(caught.value) == "there is no table 'claim' in the format; did you mean 'claims'?"


def test_a_table_missing_without_a_near_miss_is_named() -> None:
    with pytest.raises(InvalidImport) as caught:
        from_tables({})

    assert str(caught.value) == "there is no table 'article'"


def test_a_reading_column_is_left_out_as_a_whole(toll: Article) -> None:
    tables = to_tables(toll)
    del tables["claims"][2]["depth"]

    with pytest.raises(InvalidImport) as caught:
        from_tables(tables)

    assert str(caught.value) == "claims/2: the columns differ from those of the first row; give all rows the same"


def test_a_missing_column_is_named(toll: Article) -> None:
    tables = to_tables(toll)
    del tables["claims"][2]["voices"]

    with pytest.raises(InvalidImport) as caught:
        from_tables(tables)

    assert str(caught.value) == "the table 'claims' has no column 'voices'"


def test_tables_hold_one_article(toll: Article) -> None:
    tables = to_tables(toll)
    tables["article"] *= 2

    with pytest.raises(InvalidImport) as caught:
        from_tables(tables)

    assert str(caught.value) == "the table 'article' must have one row, not 2"


def test_a_day_that_is_no_day_is_refused(toll: Article) -> None:
    tables = to_tables(toll)
    tables["article"][0]["published"] = "soon"

    with pytest.raises(InvalidArticle) as caught:
        from_tables(tables)

    assert [problem.pointer for problem in caught.value.problems] == ["/published"]


def test_values_of_a_closed_list_are_known_in_order() -> None:
    (voices,) = [column.type.item for column in specs()["claims"].columns if column.name == "voices"]

    assert voices is not None
    assert voices.fields["commitment"].labels == tuple(label.value for label in Commitment)
    assert {c.name for c in specs()["voices"].columns if c.type.labels} == {"act", "channel", "commitment", "mode"}


@settings(max_examples=25)
@given(articles())
def test_only_an_optional_column_is_ever_empty(article: Article) -> None:
    for name, rows in to_tables(article).items():
        needed = [column.name for column in specs()[name].columns if not column.is_optional]

        assert [(row, key) for row in rows for key in needed if row[key] in (None, "")] == []


@pytest.mark.parametrize("length", [241.5, math.inf, "long"])
def test_what_is_no_whole_number_is_refused(length: object, toll: Article) -> None:
    tables = to_tables(toll)
    tables["article"][0]["length"] = length

    with pytest.raises(InvalidArticle) as caught:
        from_tables(tables)

    assert [(problem.code, problem.pointer) for problem in caught.value.problems] == [
        ("OPED-wrong-type", "/source/length")
    ]


def test_a_day_with_a_time_is_refused(toll: Article) -> None:
    tables = to_tables(toll)
    tables["article"][0]["published"] = datetime.datetime(2019, 7, 13, 1)

    with pytest.raises(InvalidArticle) as caught:
        from_tables(tables)

    assert [problem.pointer for problem in caught.value.problems] == ["/published"]


def _through_parquet(frames: dict[str, Any], where: Path) -> Article:
    for name, frame in frames.items():
        frame.to_parquet(where / f"{name}.parquet")
    return from_parquet(where)


def _through_rows(frames: dict[str, Any], _: Path) -> Article:
    return from_tables({name: frame.to_dict("records") for name, frame in frames.items()})


@pytest.mark.parametrize("back", [_through_parquet, _through_rows], ids=["parquet", "rows"])
def test_an_article_comes_back_through_pandas(back: Any, toll: Article, tmp_path: Path) -> None:
    pandas = judge("pandas")
    judge("pyarrow")
    to_parquet(toll).write(tmp_path)
    frames = {name: pandas.read_parquet(tmp_path / f"{name}.parquet") for name in specs()}
    frames["article"] = frames["article"].astype({"length": float, "schema_version": float})

    assert back(to_pandas(toll), tmp_path) == toll
    assert back(frames, tmp_path) == toll


def test_a_missing_value_of_pandas_is_missing(toll: Article) -> None:
    pandas = judge("pandas")
    tables = to_tables(toll)
    tables["entities"][0]["description"] = pandas.NA
    tables["article"][0]["updated"] = pandas.NaT

    assert from_tables(tables) == attrs.evolve(toll, updated=None)


@pytest.mark.parametrize("change", [{}, {"position": 9}, {"claim": None}])
def test_a_repeated_or_unknown_row_of_voices_is_rejected(toll: Article, change: dict[str, Any]) -> None:
    tables = to_tables(toll)
    tables["voices"].append(tables["voices"][0] | change)

    with pytest.raises(InvalidImport) as caught:
        from_tables(tables)

    number = len(tables["voices"]) - 1
    assert str(caught.value) == f"voices/{number}: this voice does not exist or is repeated; correct the claims"
