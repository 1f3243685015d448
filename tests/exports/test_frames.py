"""Arrow, pandas and polars hold the same values under the same names, with the types of the tables."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest
from judges import judge

from oped_dataset import Article, Commitment, Edtf
from oped_dataset.exports import (
    specs,
    to_arrow,
    to_pandas,
    to_parquet,
    to_polars,
    to_tables,
)


@pytest.mark.parametrize("name", list(specs()))
def test_arrow_holds_the_rows(name: str, toll: Article) -> None:
    judge("pyarrow")

    assert to_arrow(toll)[name].to_pylist() == to_tables(toll)[name]


@pytest.mark.parametrize("name", list(specs()))
def test_polars_holds_the_rows(name: str, toll: Article) -> None:
    judge("polars")

    assert to_polars(toll)[name].to_dicts() == to_tables(toll)[name]


@pytest.mark.parametrize("name", list(specs()))
def test_pandas_holds_the_rows(name: str, toll: Article) -> None:
    pandas = judge("pandas")
    frame = to_pandas(toll)[name]

    def plain(value: Any) -> Any:
        if isinstance(value, (list, dict)):
            return value
        if isinstance(value, pandas.Timestamp):
            return value.date()
        return None if pandas.isna(value) else value

    rows = [{key: plain(value) for key, value in row.items()} for row in frame.to_dict("records")]
    assert rows == to_tables(toll)[name]


def test_arrow_describes_tables_and_columns(toll: Article) -> None:
    judge("pyarrow")
    schema = to_arrow(toll)["claims"].schema

    assert schema.metadata[b"licence"] == b"CC0-1.0"
    assert schema.field("gist").metadata[b"description"].startswith(b"A paraphrase of the content")


def test_the_types_are_those_of_the_tables(toll: Article) -> None:
    arrow, pandas, polars = judge("pyarrow"), judge("pandas"), judge("polars")

    assert to_arrow(toll)["events"].schema.field("earliest").type == arrow.date32()
    assert to_polars(toll)["events"].schema["earliest"] == polars.Date
    assert to_pandas(toll)["events"].dtypes["earliest"] == "datetime64[s]"
    assert pandas.api.types.is_bool_dtype(to_pandas(toll)["mentions"].dtypes["metonym"])


def test_an_empty_table_keeps_its_types(toll: Article) -> None:
    judge("pyarrow")
    judge("polars")
    bare = attrs.evolve(toll, mentions=(), errata=())

    assert to_arrow(bare)["mentions"].schema == to_arrow(toll)["mentions"].schema
    assert to_polars(bare)["errata"].schema == to_polars(toll)["errata"].schema


def test_dates_of_every_year_fit_into_pandas(toll: Article) -> None:
    judge("pandas")
    events = (attrs.evolve(toll.events[0], when=Edtf("0001/9999")), toll.events[1])
    frame = to_pandas(attrs.evolve(toll, events=events))["events"]

    assert frame["earliest"][0].date() == datetime.date(1, 1, 1)
    assert frame["latest"][0].date() == datetime.date(9999, 12, 31)


def test_a_closed_list_is_an_ordered_category_of_the_whole_list(toll: Article) -> None:
    arrow, pandas, polars = judge("pyarrow"), judge("pandas"), judge("polars")
    labels = [commitment.value for commitment in Commitment]

    categories = to_pandas(toll)["claims"].dtypes["innermost_commitment"]
    column = to_arrow(toll)["claims"]["innermost_commitment"]

    assert categories == pandas.CategoricalDtype(labels, ordered=True)
    assert column.type == arrow.dictionary(arrow.int8(), arrow.string(), ordered=True)
    assert column.chunk(0).dictionary.to_pylist() == labels
    assert to_polars(toll)["voices"].schema["commitment"] == polars.Enum(labels)


def test_parquet_files_hold_labels_as_strings(toll: Article) -> None:
    arrow, parquet = judge("pyarrow"), judge("pyarrow.parquet")

    written = parquet.read_schema(arrow.BufferReader(to_parquet(toll)["claims.parquet"]))

    assert written.field("innermost_commitment").type == arrow.string()
