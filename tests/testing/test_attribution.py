"""Attribution: claims in any nested result have their voices, or the failure names the missing ones."""

from __future__ import annotations

import collections
import dataclasses
from typing import Any

import attrs
import numpy
import pandas
import pytest
from hypothesis import given
from judges import need
from small import small as small_data
from small import text_of

from oped_dataset import Article, formats, loads
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidRecord
from oped_dataset.exports.registry import Format
from oped_dataset.testing import (
    Damage,
    assert_attributed,
    find_unattributed,
    near_misses,
    strategies,
)

ARTICLE = loads(text_of(small_data()))
LOSS = ARTICLE.claims["c-loss"]
PLAIN = ARTICLE.claims["c-rise"]
GIST = LOSS.gist
CHAIN = "ines (uncommitted) > gull (certain) > sel (certain)"


def places(result: object, *articles: Article, **more: Any) -> list[str]:
    return [missing.place for missing in find_unattributed(result, *articles, **more)]


@dataclasses.dataclass
class Row:
    gist: str
    said_by: list[str]


class Plain:
    def __init__(self, gist: str) -> None:
        self.gist = gist


Pair = collections.namedtuple("Pair", ["gist", "by"])


# Without an article: some voice.


@pytest.mark.parametrize(
    "result",
    [
        {"gist": "The toll rose.", "voices": ["sel"]},
        [{"gist": "The toll rose.", "voices": [{"source": "sel", "act": "say"}]}],
        {"deep": ({"gist": "The toll rose.", "speaker": "Sel"},)},
        {"speaker": "Sel", "claims": [{"gist": "The toll rose."}]},
        Row("The toll rose.", ["sel"]),
        Pair("The toll rose.", "Sel"),
        {"x": {"gist": "The toll rose.", "voices": "ines > sel"}},
        LOSS,
        (LOSS, ARTICLE.quantities[0]),
        ARTICLE,
        pandas.DataFrame([{"gist": "The toll rose.", "source": "sel"}]),
    ],
)
def test_a_statement_with_a_voice_is_attributed(result: object) -> None:
    assert assert_attributed(result) >= 1


@pytest.mark.parametrize(
    ("result", "place"),
    [
        ({"gist": "The toll rose."}, "$"),
        ([{"gist": "The toll rose.", "voices": []}], "$[0]"),
        ({"a": {"gist": "The toll rose.", "voices": [{"source": ""}]}}, "$.a"),
        ({"gist": "The toll rose.", "by": " "}, "$"),
        (Row("The toll rose.", []), "$"),
        (Plain("The toll rose."), "$"),
        ({"subject": "sel", "predicate": "leads", "object": "port"}, "$"),
        (ARTICLE.events, "$[0]"),
        (ARTICLE.quantities[0], "$"),
        (pandas.DataFrame([{"gist": "The toll rose.", "kind": "happening"}]), "$[0]"),
    ],
)
def test_a_statement_without_a_voice_is_not(result: object, place: str) -> None:
    assert places(result)[0] == place


@pytest.mark.parametrize("result", [None, 7, "a text", {}, [], set(), int, numpy.float64(2), len, Plain])
def test_a_result_without_statements_has_no_findings(result: object) -> None:
    assert assert_attributed(result, ARTICLE) == 0


# With the article: the whole chain.


def test_the_article_itself_is_attributed_as_object_and_as_data() -> None:
    statements = sum(len(ARTICLE.tables[name]) for name in ("claims", "events", "relations", "quantities"))

    assert assert_attributed(ARTICLE, ARTICLE) == statements
    assert assert_attributed(wire.to_data(ARTICLE), ARTICLE) == statements


@pytest.mark.parametrize(
    "result",
    [
        {"id": "c-loss", "voices": ["ines", "gull", "sel"]},
        {"id": "c-loss", "voices": ["Ines", "the Gull", "Sel"]},
        {"id": "c-loss", "voices": [{"name": name} for name in ("Ines", "the Gull", "Sel")]},
        {"gist": GIST, "voices": "Ines > the Gull > Sel"},
        {"id": "c-loss", "author": "Ines", "according_to": ["the Gull", "Sel"]},
        {"id": "q-loss", "amount": 40, "chain": ["ines", "gull", "sel"]},
        f"Ines writes: the Gull has it from Sel that {GIST}",
        {"author": "Ines", "summaries": [f"Sel told the Gull: {GIST}"]},
        pandas.DataFrame({"gist": [GIST] * 3, "source": ["ines", "gull", "sel"]}),
        pandas.DataFrame({"source": ["ines, gull, sel"]}, index=pandas.Index(["c-loss"], name="id")),
        pandas.DataFrame({"id": ["c-loss"], "by": ["ines gull sel"]}, index=pandas.Index(["c-loss"], name="id")),
    ],
)
def test_a_statement_with_its_whole_chain_is_attributed(result: object) -> None:
    assert assert_attributed(result, ARTICLE) == 1


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ({"id": "c-loss", "voices": ["ines", "sel"]}, "ines > sel"),
        ({"id": "c-loss", "voices": ["sel", "gull", "ines"]}, "sel > gull > ines"),
        ({"id": "c-loss", "voices": []}, "nobody"),
        ({"id": "c-loss", "voices": ["ines", "somebody"]}, "ines > somebody"),
        ({"gist": GIST, "by": "Ines"}, "ines"),
        (attrs.evolve(LOSS, voices=LOSS.voices[:2]), "ines (uncommitted) > gull (certain)"),
        (f"Selina said: {GIST}", "nobody"),
        (pandas.Series([GIST]), "nobody"),
        (numpy.array([GIST]), "nobody"),
        ([GIST], "nobody"),
    ],
)
def test_a_statement_without_its_whole_chain_is_not(result: object, found: str) -> None:
    (missing,) = find_unattributed(result, ARTICLE)

    assert (missing.expected, missing.found) == ((CHAIN,), found)


def test_the_failure_reads_like_a_diff() -> None:
    result = {"rows": [{"id": "c-loss", "voices": ["ines", "sel"]}, {"gist": "The toll rose.", "id": "new"}, PLAIN]}

    with pytest.raises(AssertionError) as caught:
        assert_attributed(result, ARTICLE)

    assert str(caught.value) == (
        "2 of 3 statements came without their voices:\n"
        "$.rows[0]: c-loss\n"
        f"  - {CHAIN}\n"
        "  + ines > sel\n"
        "$.rows[1]: 'The toll rose.'\n"
        "  - at least one voice, or a claim that carries it\n"
        "  + nobody"
    )


def test_an_event_needs_a_claim_that_carries_it() -> None:
    event, claim = ARTICLE.events["e-rise"], PLAIN

    assert places([event, claim], ARTICLE) == []
    assert places([event, ARTICLE.claims["c-head"]], ARTICLE) == ["$[0]"]
    assert places([event, claim]) == []


@pytest.mark.parametrize(
    "found",
    [found for found in formats() if found.name in ("tables", "pandas", "polars", "arrow")],
    ids=lambda found: str(found.name),
)
@pytest.mark.parametrize("name", ["claims", "events", "relations", "quantities", "voices"])
def test_an_exported_table_is_attributed(found: Format, name: str) -> None:
    need(found)

    assert assert_attributed(found.exporter(ARTICLE)[name], ARTICLE) == len(ARTICLE.tables.get(name, ARTICLE.claims))


@pytest.mark.parametrize(
    ("told_by", "found"),
    [
        ([], "nobody"),
        ([{"claim": "c-loss"}], "nobody"),
        ([{"claim": "c-loss", "voices": ["ines", "sel"]}], "ines > sel"),
        (["c-loss"], "nobody"),
        ([{"voices": ["ines", "gull", "sel"]}, {"voices": ["gull"]}], "ines > gull > sel | gull"),
        ([{"voices": [{"source": "ines", "commitment": "certain"}]}], "ines (certain)"),
    ],
)
def test_each_claim_in_told_by_needs_its_whole_chain(told_by: list[Any], found: str) -> None:
    (missing,) = find_unattributed({"id": "q-loss", "told_by": told_by}, ARTICLE)

    assert (missing.expected, missing.found) == ((CHAIN,), found)


def test_without_an_article_each_claim_in_told_by_needs_a_voice() -> None:
    assert places({"gist": "The toll rose.", "told_by": [{"voices": ["ines"]}]}) == []
    assert places({"gist": "The toll rose.", "told_by": [{"voices": ["ines"]}, {"voices": []}]}) == ["$"]


def test_a_key_of_ones_own_may_hold_the_voices() -> None:
    result = {"id": "c-loss", "urheber": ["ines", "gull", "sel"]}

    assert places(result, ARTICLE) == ["$"]
    assert places(result, ARTICLE, keys=["urheber"]) == []


def test_names_without_spaces_between_words_are_found() -> None:
    data = small_data()
    data["entities"][0]["name"] = "王小明"
    article = loads(text_of(data))

    assert places(f"王小明說: {PLAIN.gist}", article) == []


def test_the_text_of_the_source_is_ignored() -> None:
    data = small_data()
    data["events"][1]["gist"] = "the port may fall"
    article = loads(text_of(data))

    assert places([article, wire.to_data(article)], article) == []


def test_a_recursive_result_is_walked_once() -> None:
    result: list[object] = [LOSS]
    result.append(result)

    assert assert_attributed(result, ARTICLE) == 1


def test_an_iterator_is_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        assert_attributed({"rows": iter([LOSS])})

    assert str(caught.value) == ("$.rows: an iterator can be read only once; pass a list of its items")


@given(strategies.articles())
def test_every_generated_article_is_attributed(article: Article) -> None:
    assert assert_attributed([article, wire.to_data(article)], article) >= 2 * len(article.claims)


@given(strategies.articles())
def test_dropped_voices_and_hardened_hedges_are_seen(article: Article) -> None:
    seen = {Damage.VOICE_DROPPED, Damage.HEDGE_HARDENED, Damage.SOURCE_SWAPPED}
    twins = [twin for twin in near_misses(article) if twin.damage in seen]

    assert all(find_unattributed(twin.article.claims[twin.record], article) for twin in twins)
