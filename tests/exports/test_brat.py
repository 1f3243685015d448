"""brat: nothing is lost, edits come back, and a reader that is not ours agrees on the offsets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given, settings
from judges import judge
from small import small

from oped_dataset import Article, InvalidArticle, Span, dumps
from oped_dataset.codec import wire
from oped_dataset.errors import NotExportable
from oped_dataset.exports import Files, from_brat, to_brat
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.testing.strategies import articles
from oped_dataset.text.canonical import text_digest


def _lines(files: Files) -> list[str]:
    return files["small.ann"].decode().split("\n")


@settings(max_examples=12)
@given(articles())
def test_an_article_comes_back_from_brat(article: Article) -> None:
    assume(article.source.text is not None)

    assert dumps(from_brat(to_brat(article))) == dumps(article)


def test_a_note_shows_on_which_side_of_its_claim_a_voice_stands(toll: Article) -> None:
    lines = [line for line in _lines(to_brat(toll)) if '"id": "a-' in line]

    assert [line.count('_side": "for"') for line in lines] == [1, 2]


def test_an_article_without_its_text_comes_back_without_it(untold: Article, toll: Article) -> None:
    assert from_brat(to_brat(untold, text=toll.source.text)) == untold


def test_hostile_strings_come_back_from_brat(hostile: Article) -> None:
    assert from_brat(to_brat(hostile)) == hostile


def test_no_string_begins_a_line_or_a_tag(hostile: Article) -> None:
    written = to_brat(hostile)["small.ann"].decode()

    assert all(re.match(r"[TAR#]\d+\t", line) for line in written.splitlines())
    assert "<" not in written


def test_the_bundled_article_comes_back_from_brat(bundled: Article, article_text: str) -> None:
    assert from_brat(to_brat(bundled, text=article_text)) == bundled


def test_a_directory_is_read_whatever_else_is_in_it(toll: Article, tmp_path: Path) -> None:
    to_brat(toll).write(tmp_path)

    assert (tmp_path / "annotation.conf").is_file()
    assert from_brat(tmp_path) == toll


def test_another_reader_finds_the_same_spans_and_relations(toll: Article) -> None:
    files = to_brat(toll)

    document = judge("bioc.brat").loads(files["small.txt"].decode(), files["small.ann"].decode())

    found = {
        (entity.type, *sorted((part.begin, part.end) for part in entity.locations)) for entity in document.entities
    }
    claims = {("Claim", *((span.start, span.end) for span in claim.evidence)) for claim in toll.claims}
    assert claims <= found
    assert {"Mention", "TimeExpression", "Quantity", "Quotation", "Event", "Relation", "Claim", "Cue", "Hedge"} == {
        kind for kind, *_ in found
    }
    assert [(relation.type, relation.arguments) for relation in document.relations] == [
        ("supports", {"Arg1": "T15", "Arg2": "T18"})
    ]


def test_every_label_is_in_the_configuration(toll: Article) -> None:
    written = to_brat(toll)
    configured = written["annotation.conf"].decode()

    for line in _lines(written):
        if line.startswith("A"):
            _, name, _, value = re.split(r"[\t ]", line)
            assert re.search(rf"^{name}\tArg:\w+, Value:(\S+\|)?{value}(\||$)", configured, re.MULTILINE)


# Line breaks.


def _over_lines(*evidence: tuple[int, int]) -> Article:
    document = small()
    document["source"]["text"] = text = document["source"]["text"].replace(" the toll", "\r\nthe toll")
    document["source"]["text"] = text = text.replace("\r\nthe toll", "\nthe toll", 1)
    document["source"]["sha256"] = text_digest(text)
    article = wire.from_data(document)
    claim = attrs.evolve(article.claims[0], evidence=tuple(Span(*ends) for ends in evidence))
    return attrs.evolve(article, claims=(claim, *article.claims[1:]))


@pytest.mark.parametrize(
    ("evidence", "fragments"),
    [
        ([(10, 39)], "10 21;22 39"),
        ([(10, 21), (22, 39)], "10 21;22 39"),
        ([(10, 22), (22, 39)], "10 21;22 39"),
        ([(10, 21), (21, 39)], "10 21;22 39"),
        ([(10, 14), (14, 21)], "10 14;14 21"),
        ([(10, 14), (15, 21)], "10 14;15 21"),
    ],
)
def test_spans_are_cut_at_line_breaks_and_come_back(evidence: list[tuple[int, int]], fragments: str) -> None:
    article = _over_lines(*evidence)
    written = to_brat(article)

    assert any(line.split("\t")[1:2] == [f"Claim {fragments}"] for line in _lines(written))
    assert from_brat(written) == article


def _hedged(article: Article, *hedges: Span) -> Article:
    """The same article, in which its author thinks the first claim likely."""
    claim = article.claims[0]
    voice = attrs.evolve(claim.voices[0], commitment=Commitment.PROBABLE, hedges=hedges)
    return attrs.evolve(article, claims=(attrs.evolve(claim, voices=(voice,)), *article.claims[1:]))


def test_a_hedge_over_two_lines_comes_back() -> None:
    article = _hedged(_over_lines((10, 39)), Span(20, 25), Span(21, 25))

    assert from_brat(to_brat(article)) == article


def test_a_span_of_line_breaks_only_is_refused() -> None:
    article = _hedged(_over_lines((10, 39)), Span(21, 22))

    with pytest.raises(NotExportable) as caught:
        to_brat(article)

    assert str(caught.value) == "brat cannot show c-rise, which stands at nothing but line breaks; try xmi"


def test_a_quotation_spelt_otherwise_than_the_text_comes_back(untold: Article, toll: Article) -> None:
    other = attrs.evolve(untold.quotations[0], text="The ferry lost forty crowns,")
    article = attrs.evolve(untold, quotations=(other,))

    assert from_brat(to_brat(article, text=toll.source.text)) == article


# Edits made in brat.


def _edited(files: Files, *changes: tuple[str, str]) -> dict[str, bytes]:
    written = files["small.ann"].decode()
    for old, new in changes:
        assert old in written
        written = written.replace(old, new)
    return {**files, "small.ann": written.encode()}


def test_a_moved_line_is_a_moved_span(toll: Article) -> None:
    found = from_brat(
        _edited(to_brat(toll), ("T12\tClaim 10 39\tMaro raised the toll on May 3", "T12\tClaim 10 30\tx"))
    )

    assert found.claims["c-rise"].evidence == (Span(10, 30),)


def test_a_moved_line_over_two_lines_is_not_what_its_note_says() -> None:
    article = _over_lines((10, 21), (22, 39))

    found = from_brat(_edited(to_brat(article), ("Claim 10 21;22 39", "Claim 10 21;22 35")))

    assert found.claims["c-rise"].evidence == (Span(10, 35),)


def test_a_changed_attribute_is_a_changed_label(toll: Article) -> None:
    found = from_brat(_edited(to_brat(toll), ("MentionForm T4 pronoun", "MentionForm T4 nominal")))

    assert found.mentions["m-she"].form == "nominal"


def test_a_ticked_flag_is_true(toll: Article) -> None:
    found = from_brat(_edited(to_brat(toll), ("A2\t", "A99\tmetonym T2\nA2\t")))

    assert found.mentions["m-gull"].metonym


def test_a_flag_that_is_true_comes_back(toll: Article) -> None:
    gull = attrs.evolve(toll.mentions["m-gull"], metonym=True)
    article = attrs.evolve(toll, mentions=[gull])

    assert "\tmetonym T1" in "\n".join(_lines(to_brat(article)))
    assert from_brat(to_brat(article)) == article


def test_a_new_relation_comes_last(toll: Article) -> None:
    added = 'R7\trestates Arg1:T12 Arg2:T16\n#99\tAnnotatorNotes R7\t{"id": "a-new"}\nR1\tsupports'

    found = from_brat(_edited(to_brat(toll), ("R1\tsupports", added)))

    assert found.arguments.ids == ("a-loss", "a-head", "a-new")
    assert (found.arguments["a-new"].source, found.arguments["a-new"].target) == ("c-rise", "c-head")


def test_a_record_without_its_label_is_reported(toll: Article) -> None:
    with pytest.raises(InvalidArticle) as caught:
        from_brat(_edited(to_brat(toll), ("A14\tClaimKind T12 happening\n", "")))

    assert [(problem.code, problem.pointer) for problem in caught.value.problems] == [("OPED-missing-key", "/claims/0")]


# Bad input: see `test_exports_brat_reader.py`.


def test_the_head_holds_what_has_no_place(toll: Article) -> None:
    head = json.loads(to_brat(toll)["small.json"])

    assert {"claims", "mentions", "arguments"} & set(head) == set()
    assert len(head["entities"]) == 6
