"""Dates as precise as the text."""

from __future__ import annotations

import copy
import datetime
import pickle

import pytest
from hypothesis import given

from oped_dataset.errors import InvalidDate
from oped_dataset.model.dates import Edtf, is_duration
from oped_dataset.testing import strategies

D = datetime.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2019-07-13", D(2019, 7, 13), D(2019, 7, 13), "day"),
        ("2020-02", D(2020, 2, 1), D(2020, 2, 29), "month"),
        ("2019-12", D(2019, 12, 1), D(2019, 12, 31), "month"),
        ("2019", D(2019, 1, 1), D(2019, 12, 31), "year"),
        ("2019-XX", D(2019, 1, 1), D(2019, 12, 31), "year"),
        ("2019-XX-XX", D(2019, 1, 1), D(2019, 12, 31), "year"),
        ("2019-07-XX", D(2019, 7, 1), D(2019, 7, 31), "month"),
        ("201X", D(2010, 1, 1), D(2019, 12, 31), "decade"),
        ("20XX", D(2000, 1, 1), D(2099, 12, 31), "century"),
        ("2019-21", D(2019, 3, 1), D(2019, 5, 31), "season"),
        ("2019-24", D(2019, 12, 1), D(2020, 2, 29), "season"),
        ("2019-07~", D(2019, 7, 1), D(2019, 7, 31), "month"),
        ("2018/2019-03", D(2018, 1, 1), D(2019, 3, 31), "interval"),
        ("2013/..", D(2013, 1, 1), None, "interval"),
        ("../2013", None, D(2013, 12, 31), "interval"),
    ],
)
def test_a_date_knows_its_bounds_and_precision(
    text: str, earliest: datetime.date | None, latest: datetime.date | None, precision: str
) -> None:
    date = Edtf(text)

    assert (date.earliest, date.latest, date.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a date in the supported part of EDTF"),
        ("July 13", "'July 13' is not a date in the supported part of EDTF"),
        ("20190713", "'20190713' is not a date in the supported part of EDTF"),
        ("2019-07-13T10:00", "'2019-07-13T10:00' is not a date in the supported part of EDTF"),
        ("٢٠١٩", "'٢٠١٩' is not a date in the supported part of EDTF"),
        ("2019\n", "'2019\\n' is not a date in the supported part of EDTF"),
        ("2019-02-29", "'2019-02-29' is not a day in the calendar"),
        ("2019-13", "'2019-13' is not a day in the calendar"),
        ("0000", "'0000' is not a day in the calendar"),
        ("2019/2018", "'2019/2018' runs backwards"),
        ("../..", "'../..' is open at both ends"),
        ("201X-07", "'201X-07' specifies a part of a date whose larger part is unspecified"),
        ("2019-XX-13", "'2019-XX-13' specifies a part of a date whose larger part is unspecified"),
        ("2019-21-01", "'2019-21-01' specifies a day within a season"),
        ("2018/2019/2020", "'2019/2020' is not a date in the supported part of EDTF"),
    ],
)
def test_unsupported_strings_are_rejected(text: str, message: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        Edtf(text)

    assert str(caught.value) == message


def test_only_a_string_can_be_a_date() -> None:
    with pytest.raises(InvalidDate) as caught:
        Edtf(2019)  # type: ignore[arg-type]

    assert str(caught.value) == "2019 is not a string"


def test_the_winter_of_the_last_year_is_rejected() -> None:
    with pytest.raises(InvalidDate):
        Edtf("9999-24")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2018-12", "2018-12-01", True),
        ("2018-12", "2019", False),
        ("2018/..", "2031", True),
        ("../2018", "2019", False),
        ("2018/2019-03", "2019-03-31", True),
    ],
)
def test_overlap(one: str, other: str, expected: bool) -> None:
    assert Edtf(one).overlaps(other) is expected


@given(strategies.dates(), strategies.dates())
def test_overlap_is_symmetric(one: Edtf, other: Edtf) -> None:
    assert one.overlaps(other) == other.overlaps(one)


@given(strategies.dates())
def test_a_date_overlaps_itself(date: Edtf) -> None:
    assert date.overlaps(date)


@given(strategies.dates())
def test_a_date_is_printed_unchanged(date: Edtf) -> None:
    assert Edtf(str(date)) == date
    assert repr(date) == f"Edtf({str(date)!r})"


def test_a_date_pickles_and_copies() -> None:
    date = Edtf("2019-07")

    assert [type(pickle.loads(pickle.dumps(date))), type(copy.deepcopy(date))] == [Edtf, Edtf]


def test_intervals_are_recognised() -> None:
    assert (Edtf("2018/..").is_interval, Edtf("2018").is_interval) == (True, False)


@pytest.mark.parametrize("text", ["P2M", "P1W", "P1Y2M3D", "PT36H", "P1DT1M"])
def test_durations(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize("text", ["", "P", "PT", "2M", "P2", "P1.5D", "P1W2D", "-P1D", "P1D\n", "P" + "1" * 70 + "D"])
def test_invalid_durations(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019-21", (2019, 3, 1), (2019, 5, 31)),
        ("2019-22", (2019, 6, 1), (2019, 8, 31)),
        ("2019-23", (2019, 9, 1), (2019, 11, 30)),
        ("2019-24", (2019, 12, 1), (2020, 2, 29)),
    ],
)
def test_a_season_is_three_months(text: str, earliest: tuple[int, int, int], latest: tuple[int, int, int]) -> None:
    assert Edtf(text).earliest == datetime.date(*earliest)
    assert Edtf(text).latest == datetime.date(*latest)


@pytest.mark.parametrize("text", ["2019/", "/2019", "/", "2019/.", "./2019", "-/2019", "2019/-", "../", "/.."])
def test_an_open_end_is_two_dots(text: str) -> None:
    with pytest.raises(InvalidDate):
        Edtf(text)


@pytest.mark.parametrize("text", ["2013/201X", "2019/2019-03", "2019-03/2018", "2019-05/2019-04-30"])
def test_an_interval_that_can_end_before_it_begins_is_rejected(text: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        Edtf(text)

    assert str(caught.value) == f"{text!r} runs backwards"


@pytest.mark.parametrize("text", ["201X/2019", "2018-03/2019", "2019/2019", "2019-03-01/2019-03"])
def test_an_interval_can_begin_and_end_in_the_same_period(text: str) -> None:
    assert Edtf(text).is_interval


def test_a_duration_has_at_most_64_characters() -> None:
    assert is_duration("P" + "1" * 62 + "Y")
    assert not is_duration("P" + "1" * 63 + "Y")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 100, f"{'x' * 80 + '…'!r} is not a date in the supported part of EDTF"),
        ("2019-02-30/" + "x" * 100, f"{'2019-02-30/' + 'x' * 69 + '…'!r} is not a day in the calendar"),
        ("/", "'' is not a date in the supported part of EDTF"),
    ],
)
def test_a_long_string_is_truncated_in_the_message(text: str, message: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        Edtf(text)

    assert str(caught.value) == message


def test_an_interval_without_a_beginning_is_not_open_at_both_ends() -> None:
    with pytest.raises(InvalidDate, match=r"^'' is not a date in the supported part of EDTF$"):
        Edtf("/..")
