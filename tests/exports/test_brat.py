"""brat: nothing is lost, edits come back, and a reader that is not ours agrees on the offsets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from judges import judge
from small import small

from oped_dataset import Article, InvalidArticle, Span, dumps
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport, NotExportable
from oped_dataset.exports import Files, from_brat, to_brat
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.testing.strategies import articles
from oped_dataset.text.canonical import text_digest


def _stored(files: Files) -> list[Any]:
    return [json.loads(line.split("\t")[2]) for line in _lines(files) if "\tStored " in line]


def _lines(files: Files) -> list[str]:
    return files["small.ann"].decode().split("\n")


@settings(max_examples=12)
@given(articles())
def test_an_article_comes_back_from_brat(article: Article) -> None:
    assume(article.source.text is not None)

    assert dumps(from_brat(to_brat(article))) == dumps(article)


def test_what_is_stored_shows_on_which_side_of_its_claim_a_voice_stands(toll: Article) -> None:
    against = attrs.evolve(toll.claims["c-fall"].voices[0], commitment=Commitment.PROBABLY_NOT)
    fall = attrs.evolve(toll.claims["c-fall"], voices=(against,))
    article = attrs.evolve(toll, claims=[*toll.claims[:3], fall])

    stored = [argument for note in _stored(to_brat(article)) for argument in note.get("arguments", [])]

    sides = [(each["id"], each["source_side"], each.get("target_side")) for each in stored]
    assert sides == [("a-loss", "for", "against"), ("a-head", "for", None)]
    assert from_brat(to_brat(article)) == article


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
        ("voice", {"Arg1": "T13", "Arg2": "T14"}),
        ("voice", {"Arg1": "T14", "Arg2": "T15"}),
        ("hedge", {"Arg1": "T17", "Arg2": "T18"}),
        ("supports", {"Arg1": "T13", "Arg2": "T17"}),
    ]


def test_every_label_is_in_the_configuration(toll: Article) -> None:
    written = to_brat(toll)
    configured = written["annotation.conf"].decode()

    for line in _lines(written):
        if line.startswith("A"):
            _, name, _, value = re.split(r"[\t ]", line)
            assert re.search(rf"^{name}\tArg:[\w|]+, Value:(\S+\|)?{value}(\||$)", configured, re.MULTILINE)


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

    assert str(caught.value) == "brat cannot show c-rise, whose spans contain only line breaks; try xmi"


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
        _edited(
            to_brat(toll), ("T12\tClaim 10 39\tMaro raised the toll on May 3", "T12\tClaim 10 30\tMaro raised the toll")
        )
    )

    assert found.claims["c-rise"].evidence == (Span(10, 30),)


def test_a_moved_line_over_two_lines_is_not_what_its_note_says() -> None:
    article = _over_lines((10, 21), (22, 39))

    found = from_brat(
        _edited(
            to_brat(article), ("10 21;22 39\tMaro raised the toll on May 3", "10 21;22 36\tMaro raised the toll on Ma")
        )
    )

    assert found.claims["c-rise"].evidence == (Span(10, 36),)


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
    found = from_brat(_edited(to_brat(toll), ("R4\t", "R7\trestates Arg1:T12 Arg2:T16\nR4\t")))

    assert found.arguments.ids == ("a-loss", "a-head", "argument-r7")
    assert (found.arguments[2].source, found.arguments[2].target) == ("c-rise", "c-head")


def test_a_relation_of_another_kind_keeps_its_id(toll: Article) -> None:
    found = from_brat(_edited(to_brat(toll), ("R4\tsupports", "R4\texemplifies")))

    assert found.arguments["a-loss"].kind == "exemplifies"


def test_a_relation_that_was_taken_away_is_away(toll: Article) -> None:
    gone = ("R4\tsupports Arg1:T13 Arg2:T17\t\n", "")

    with pytest.raises(InvalidArticle, match="a-loss"):
        from_brat(_edited(to_brat(toll), gone))


def test_a_record_without_its_label_is_reported(toll: Article) -> None:
    with pytest.raises(InvalidImport) as caught:
        from_brat(_edited(to_brat(toll), ("A14\tClaimKind T12 happening\n", "")))

    assert str(caught.value) == "small.ann, line 36, T12: a Claim needs the attribute ClaimKind"


# What people draw anew, and bad input: see `test_brat_reader.py`.


def test_the_head_holds_what_has_no_place(toll: Article) -> None:
    head = json.loads(to_brat(toll)["small.json"])

    assert {"claims", "mentions", "arguments"} & set(head) == set()
    assert len(head["entities"]) == 6
