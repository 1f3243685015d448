"""What people draw in brat becomes records; what lacks something is reported with file, line and name."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small

from oped_dataset import Article, InvalidArticle, Span
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import brat_notes, from_brat, to_brat
from oped_dataset.exports.drawing import SEAL, sealed

FILES = to_brat(wire.from_data(small()))
LINES = FILES["small.ann"].decode().split("\n")


def _with(annotation: str) -> dict[str, bytes]:
    return {**FILES, "small.ann": annotation.encode()}


def _drawn(*lines: str) -> dict[str, bytes]:
    """The files of the small article, with more lines in the annotation; they begin in line 85."""
    return _with("\n".join([*LINES[:-1], *lines, ""]))


def _said(files: dict[str, bytes]) -> str:
    with pytest.raises((InvalidImport, InvalidArticle)) as caught:
        from_brat(files)
    return str(caught.value)


# Files.


@pytest.mark.parametrize("ending", [".txt", ".json"])
def test_a_missing_file_is_named(ending: str) -> None:
    files = {name: content for name, content in FILES.items() if not name.endswith(ending)}

    assert _said(files) == f"there is no file 'small{ending}'"


def test_a_folder_without_annotation_is_refused() -> None:
    assert _said({}) == "there must be one .ann file, not 0"


def _two_articles() -> dict[str, bytes]:
    other = small() | {"id": "other"}
    return {**FILES, **to_brat(wire.from_data(other))}


def test_of_two_articles_one_has_to_be_named() -> None:
    assert _said(_two_articles()) == "there must be one .ann file, not 2 (other, small); choose one with `name`"


@pytest.mark.parametrize("name", ["small", "other"])
def test_each_of_two_articles_in_a_folder_is_read_by_its_name(name: str) -> None:
    assert from_brat(_two_articles(), name).id == name


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(InvalidImport) as caught:
        from_brat(_two_articles(), "smal")

    assert str(caught.value) == "there is no file 'smal.ann'; did you mean 'small'?"


def test_line_ends_of_another_system_are_read(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

    assert from_brat(tmp_path) == wire.from_data(small())


def test_another_text_is_refused() -> None:
    said = "the SHA-256 of small.txt differs from that in the .json file, so offsets would not fit"

    assert _said({**FILES, "small.txt": b"Another text."}) == said


@pytest.mark.parametrize(("head", "said"), [(b"[]", "must be a JSON object"), (b"{", "is not JSON: the document ends")])
def test_a_head_that_is_no_object_is_refused(head: bytes, said: str) -> None:
    assert _said({**FILES, "small.json": head}).startswith(f"small.json {said}")


def test_a_head_without_a_source_is_refused() -> None:
    assert _said({**FILES, "small.json": b"{}"}).startswith("the SHA-256 of small.txt differs from")


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    assert _said({**FILES, "small.ann": b"\xff"}).startswith("small.ann is not UTF-8: ")


# Lines.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E1\tClaim:T1", "line 1: lines that begin with 'E' are not supported"),
        ("T1\tMention ten 14\tMaro", "line 1: 'T1\\tMention ten 14\\tMaro' does not have the form of a line of brat"),
        ("A1\tMentionForm", "line 1: 'A1\\tMentionForm' does not have the form of a line of brat"),
        ("A1\tMentionForm T9 name", "line 1: there is no line 'T9'"),
        ("R1\tsupports Arg1:T9 Arg2:T8\t", "line 1: there is no line 'T9'"),
        ("N1\tReference T9 q:1\tx", "line 1: there is no line 'T9'"),
        ("#1\tStored T9\t{}", "line 1: there is no line 'T9'"),
        ("#1\tT9\t{}", "line 1: '#1\\tT9\\t{}' does not have the form of a line of brat"),
        ("T1\tPerson 10 14\tMaro", "line 1, T1: 'Person' is not a known label"),
        ("T1\tMentoin 10 14\tMaro", "line 1, T1: 'Mentoin' is not a known label; did you mean 'Mention'?"),
        ("T1\tMention 10 14\tMaro\nT1\tMention 10 14\tMaro", "line 2: another line has the name T1"),
        ("T1\tMention 10 14\tSel", "line 1, T1: its words are 'Sel', but the text at its offsets is 'Maro'"),
        (
            "T1\tQuotation 10 14;15 21\tMaro raised\nA1\tQuotationKind T1 scare",
            "line 1, T1: a Quotation has one span, not 2",
        ),
        (
            "T1\tMention 10 14\tMaro\nA1\tGround T1 bare",
            "line 1, T1: a Mention has no attribute 'Ground'",
        ),
        ("T1\tMention 10 14\tMaro\n#1\tStored T1\t[]", "line 2, T1: the note must be a JSON object"),
        ("T1\tMention 10 14\tMaro\n#1\tStored T1\tnice", "line 2, T1: the note is not JSON: 'nice' is not JSON"),
        ("T1\tEvent 10 14\tMaro\nN1\tReference T1 q:1\tx", "line 2: only a Mention can be normalised"),
        (
            "T1\tMention 10 14\tMaro\nN1\tReference T1 q:1\tx\nN2\tReference T1 q:1\tx",
            "line 3: T1 has the reference 'q:1' twice; remove one",
        ),
        (
            "T1\tClaim 10 14\tMaro\nT2\tClaim 10 14\tMaro\nR1\tsupports Arg1:T1 Arg2:T2\nA1\tGround R1 bare",
            "line 4: a relation cannot have the attribute 'Ground'",
        ),
    ],
)
def test_a_line_that_has_no_meaning_is_named(line: str, said: str) -> None:
    assert _said(_with(line)).startswith(f"small.ann, {said}")


def test_the_lines_may_stand_in_any_order() -> None:
    notes_first = sorted(LINES, key=lambda line: not line.startswith("#"))

    assert from_brat(_with("\n".join(notes_first))) == from_brat(FILES)


@given(st.integers(0, len(LINES) - 2), st.text('TAR#{}[]":,0123456789 \t;Ciamn', max_size=12), st.integers(0, 60))
def test_no_other_exception_escapes(index: int, inserted: str, at: int) -> None:
    lines = list(LINES)
    lines[index] = lines[index][:at] + inserted + lines[index][at + 1 :]

    with contextlib.suppress(InvalidImport, InvalidArticle):
        assert isinstance(from_brat(_with("\n".join(lines))), Article)


VALUES: list[Any] = [None, True, -1, 1.5, "", "x", [], {}, [None], [[]], [{}], {"start": 1, "end": 0}]


@given(st.data(), st.sampled_from(VALUES))
def test_whatever_is_stored_no_other_exception_escapes(data: st.DataObject, value: Any) -> None:
    lines = [line.split("\t") for line in LINES]
    parts = data.draw(st.sampled_from([parts for parts in lines if len(parts) == 3 and "Stored" in parts[1]]))
    stored = json.loads(parts[2])
    del stored[SEAL]
    stored[data.draw(st.sampled_from([*stored, "source", "arguments", "spans"]))] = value
    parts[2] = json.dumps(sealed(stored))

    with contextlib.suppress(InvalidImport, InvalidArticle):
        from_brat(_with("\n".join("\t".join(parts) for parts in lines)))


@given(st.sampled_from(["authors", "entities", "source", "id", "language"]), st.sampled_from(VALUES))
def test_whatever_the_head_holds_no_other_exception_escapes(key: str, value: Any) -> None:
    head = json.loads(FILES["small.json"]) | {key: value}
    claim = ("T20\tClaim 10 14\tMaro", "A90\tCommitment T20 certain", "#90\tAnnotatorNotes T20\tthat it was Maro")

    with contextlib.suppress(InvalidImport, InvalidArticle):
        from_brat({**_drawn(*claim), "small.json": json.dumps(head).encode()})


@pytest.mark.parametrize("key", ["aliases", "identifiers"])
@pytest.mark.parametrize("value", [1, [1]])
def test_an_entity_that_is_none_is_reported(key: str, value: Any) -> None:
    head = json.loads(FILES["small.json"])
    head["entities"][0][key] = value

    assert f" at /entities/0/{key}" in _said({**FILES, "small.json": json.dumps(head).encode()})


# Mentions and entities.


def _mention(words: str = "Sel", *, form: str | None = "name") -> list[str]:
    start = small()["source"]["text"].index(words)
    lines = [f"T20\tMention {start} {start + len(words)}\t{words}"]
    return lines if form is None else [*lines, f"A90\tMentionForm T20 {form}"]


def test_a_mention_is_of_the_entity_that_is_called_so_and_then_a_name() -> None:
    found = from_brat(_drawn(*_mention(form=None))).mentions["mention-t20"]

    assert (found.entity, found.form, found.span) == ("sel", "name", Span(84, 87))


@pytest.mark.parametrize("note", ["maro", "Maro", " maro "])
def test_a_note_names_the_entity_by_id_or_name(note: str) -> None:
    files = _drawn(*_mention("She", form="pronoun"), f"#90\tAnnotatorNotes T20\t{note}")

    assert from_brat(files).mentions["mention-t20"].entity == "maro"
    assert brat_notes(files) == {}


@pytest.mark.parametrize(
    "line",
    ["N1\tReference T20 oped:maro\tthe boss", "N1\tReference T20 Wikidata:Q7\tx", "N1\tReference T20 other:Q9\tMaro"],
)
def test_a_normalisation_names_the_entity_by_id_identifier_or_name(line: str) -> None:
    head = json.loads(FILES["small.json"])
    head["entities"][2]["identifiers"] = [{"scheme": "wikidata", "value": "Q7", "seen_in": "a register"}]
    files = {**_drawn(*_mention("She", form="pronoun"), line), "small.json": json.dumps(head).encode()}

    assert from_brat(files).mentions["mention-t20"].entity == "maro"


def test_a_normalisation_changes_the_entity_of_a_mention_that_was_written() -> None:
    assert from_brat(_drawn("N1\tReference T1 oped:sel\tSel")).mentions["m-maro"].entity == "sel"


@pytest.mark.parametrize(("line", "note"), [("oped:maro\tthe boss", "oped:maro the boss"), ("q:1\t", "q:1")])
def test_a_normalisation_that_says_more_is_kept_as_a_note(line: str, note: str) -> None:
    assert brat_notes(_drawn(f"N1\tReference T1 {line}")) == {"m-maro": (note,)}


def test_a_link_gives_two_mentions_one_entity_however_long_the_way() -> None:
    more = ("T21\tMention 128 131\tShe", "A91\tMentionForm T21 pronoun", "T22\tMention 73 77\tGull")
    links = ("R8\tsame-entity Arg1:T20 Arg2:T21", "R9\tsame-entity Arg1:T1 Arg2:T21")

    found = from_brat(_drawn(*_mention("She", form="pronoun"), *more, "#90\tAnnotatorNotes T22\tgull", *links))

    assert [found.mentions[f"mention-t{number}"].entity for number in (20, 21, 22)] == ["maro", "maro", "gull"]


def test_a_link_between_mentions_of_two_entities_is_reported() -> None:
    assert _said(_drawn(*_mention(), "R9\tsame-entity Arg1:T1 Arg2:T20")) == (
        "small.ann, line 87, R9: joins mentions of 'maro' and 'sel'; remove it, or correct a mention"
    )


def test_a_mention_of_nobody_known_is_reported() -> None:
    assert _said(_drawn(*_mention("crowns", form="nominal"))) == (
        "small.ann, line 85, T20: the entity of 'crowns' is unknown; name it in the note, or set EntityKind if it is "
        "not in the article yet"
    )


def test_a_name_of_two_is_reported() -> None:
    head = json.loads(FILES["small.json"])
    head["entities"][3]["aliases"] = ["Maro"]

    assert _said({**_drawn(*_mention("Maro")), "small.json": json.dumps(head).encode()}) == (
        "small.ann, line 85, T20: 'Maro' is a name of maro and sel; write the id as its note"
    )


@pytest.mark.parametrize(
    ("lines", "name", "identifiers"),
    [
        ([], "crowns", []),
        (["#90\tAnnotatorNotes T20\tthe money"], "the money", []),
        (["N1\tReference T20 Wiki_Data:Q5\tmoney"], "money", [("wiki-data", "Q5", "small.ann, line 88, N1")]),
    ],
)
def test_an_entity_that_is_not_there_yet_is_made(lines: list[str], name: str, identifiers: list[Any]) -> None:
    drawn = [*_mention("crowns", form="nominal"), "A91\tEntityKind T20 group", *lines]

    found = from_brat(_drawn(*drawn))

    made = found.entities[found.mentions["mention-t20"].entity]
    assert (made.name, made.kind) == (name, "group")
    assert [(each.scheme, each.value, each.seen_in) for each in made.identifiers] == identifiers


def test_ids_that_are_taken_are_not_given_again() -> None:
    files = _drawn(*_mention("crowns", form="nominal"), "A91\tEntityKind T20 group", "#90\tAnnotatorNotes T20\tC Loss!")

    assert from_brat(files).mentions["mention-t20"].entity == "c-loss-2"


# Other records.


def _record(label: str, words: str, *attributes: str, note: str = "") -> list[str]:
    start = small()["source"]["text"].index(words)
    lines = [f"T30\t{label} {start} {start + len(words)}\t{words}"]
    lines += [f"A{number}\t{attribute}" for number, attribute in enumerate(attributes, 100)]
    return [*lines, f"#100\tAnnotatorNotes T30\t{note}"] if note else lines


@pytest.mark.parametrize(
    ("words", "note", "amount"),
    [("40 crowns", "", (Decimal(40), "crowns")), ("lost 40", "1,250.5 EUR", (Decimal("1250.5"), "EUR"))],
)
def test_an_amount_is_its_words_or_its_note(words: str, note: str, amount: Any) -> None:
    files = _drawn(*_record("Quantity", words, note=note), "R9\ttells Arg1:T13 Arg2:T30")

    found = from_brat(files)

    assert (found.quantities["quantity-t30"].value, found.quantities["quantity-t30"].unit) == amount
    assert found.claims["c-loss"].quantities == ("q-loss", "quantity-t30")


def test_words_that_are_no_amount_are_reported() -> None:
    assert _said(_drawn(*_record("Quantity", "lost 40"))) == (
        "small.ann, line 85, T30: 'lost 40' is not an amount; write it as the note, such as '5000000 USD'"
    )


def test_a_time_has_its_note_as_value_and_hangs_on_another() -> None:
    files = _drawn(
        *_record("TimeExpression", "May 3", "TimeKind T30 date", note="2019-05"), "R9\tanchor Arg1:T30 Arg2:T6"
    )

    found = from_brat(files).times["time-t30"]

    assert (found.value, found.anchor, found.kind) == ("2019-05", "t-may", "date")


def test_a_time_without_a_note_is_not_settled() -> None:
    assert from_brat(_drawn(*_record("TimeExpression", "May 3", "TimeKind T30 date"))).times["time-t30"].value is None


def test_a_value_that_is_none_is_reported_with_its_line() -> None:
    said = _said(_drawn(*_record("TimeExpression", "May 3", "TimeKind T30 date", note="in May")))

    assert "at /times/1/value: small.ann, line 85, T30: 'in May' is not" in said


def test_a_quotation_has_its_words_a_speaker_and_claims() -> None:
    more = ("R8\tspeaker Arg1:T30 Arg2:T3", "R9\tquotes Arg1:T30 Arg2:T13")

    found = from_brat(_drawn(*_record("Quotation", "The ferry lost", "QuotationKind T30 mixed"), *more))

    made = found.quotations["quotation-t30"]
    assert (made.text, made.speaker, made.claims) == ("The ferry lost", "sel", ("c-loss",))


def test_an_event_has_its_note_as_gist_and_links_to_whom_where_and_when() -> None:
    more = ("R5\tagent Arg1:T30 Arg2:T1", "R6\tset-in Arg1:T30 Arg2:T5", "R7\tdated Arg1:T30 Arg2:T6")
    labels = ("EventKind T30 movement", "EventStatus T30 occurred")
    drawn = _record("Event", "Maro raised", *labels, note="Maro’s going up")

    found = from_brat(_drawn(*drawn, *more, "R8\ttells Arg1:T12 Arg2:T30"))

    made = found.events["event-t30"]
    assert (made.gist, made.place, str(made.when)) == ("Maro’s going up", "port", "2019-05-03")
    assert [(part.entity, part.role) for part in made.participants] == [("maro", "agent")]
    assert found.claims["c-rise"].events == ("e-rise", "event-t30")


def test_an_event_is_dated_by_the_note_of_a_new_time() -> None:
    labels = ("EventKind T30 movement", "EventStatus T30 occurred", "TimeKind T31 date")
    drawn = [*_record("Event", "Maro raised", *labels, note="a rise"), "T31\tTimeExpression 34 39\tMay 3"]
    more = ("#101\tAnnotatorNotes T31\t2018-05", "R7\tdated Arg1:T30 Arg2:T31", "R8\ttells Arg1:T12 Arg2:T30")

    assert str(from_brat(_drawn(*drawn, *more)).events["event-t30"].when) == "2018-05"


def test_a_relation_leads_from_mention_to_mention() -> None:
    more = ("R5\tsubject Arg1:T30 Arg2:T3", "R6\tobject Arg1:T30 Arg2:T5", "R7\ttells Arg1:T16 Arg2:T30")

    made = from_brat(_drawn(*_record("Relation", "leads", "Predicate T30 leads", "ended T30"), *more)).relations[1]

    assert (made.id, made.subject, made.object, made.ended) == ("relation-t30", "sel", "port", True)


def test_a_relation_without_ends_is_reported() -> None:
    assert _said(_drawn(*_record("Relation", "leads", "Predicate T30 leads"))).split("\n") == [
        "small.ann, line 85, T30: a Relation needs a link 'subject' to a Mention",
        "small.ann, line 85, T30: a Relation needs a link 'object' to a Mention",
    ]


# Claims and voices.

CLAIM = ("ClaimKind T30 state", "Ground T30 bare", "Commitment T30 uncommitted")


def _claim(note: str = "that the toll is high") -> list[str]:
    return _record("Claim", "the toll", *CLAIM, note=note)


def _chain(article: Article, claim: str = "claim-t30") -> list[tuple[str, str, str]]:
    return [(voice.source, voice.act, voice.commitment) for voice in article.claims[claim].voices]


def test_a_claim_has_its_note_as_gist_and_the_author_as_voice() -> None:
    found = from_brat(_drawn(*_claim(), "R9\tabout Arg1:T30 Arg2:T1"))

    made = found.claims["claim-t30"]
    assert (made.gist, made.about, made.evidence) == ("that the toll is high", ("maro",), (Span(22, 30),))
    assert _chain(found) == [("ines", "say", "uncommitted")]
    assert (made.voices[0].channel, made.voices[0].mode) == ("published-work", "direct")


CUES = (
    "T31\tCue 78 83\tcited",
    "A110\tAct T31 say",
    "A111\tCommitment T31 certain",
    "T32\tCue 91 97\tsaying",
    "A112\tAct T32 deny",
    "A113\tCommitment T32 certainly-not",
    "A114\tChannel T32 speech",
    "R20\tspeaker Arg1:T31 Arg2:T2",
    "#110\tAnnotatorNotes T32\tSel",
)


@pytest.mark.parametrize(
    "links",
    [
        ("R21\tvoice Arg1:T30 Arg2:T31", "R22\tvoice Arg1:T30 Arg2:T32"),
        ("R22\tvoice Arg1:T31 Arg2:T32", "R21\tvoice Arg1:T30 Arg2:T31"),
    ],
    ids=["each from the claim", "one from the other"],
)
def test_the_voices_of_a_claim_are_those_of_its_links_in_order(links: tuple[str, str]) -> None:
    found = from_brat(_drawn(*_claim(), *CUES, *links))

    chain = [("ines", "say", "uncommitted"), ("gull", "say", "certain"), ("sel", "deny", "certainly-not")]
    assert _chain(found) == chain
    outermost, gull, sel = found.claims["claim-t30"].voices
    assert (outermost.mode, gull.channel, sel.channel) == ("indirect", "unspecified", "speech")
    assert (gull.cue, sel.cue) == (Span(78, 83), Span(91, 97))
    assert brat_notes(_drawn(*_claim(), *CUES, *links)) == {}


def test_a_voice_may_be_added_to_a_claim_that_was_written() -> None:
    more = ("R21\tvoice Arg1:T15 Arg2:T31", *CUES[:3], "#110\tAnnotatorNotes T31\tmaro")

    assert [source for source, *_ in _chain(from_brat(_drawn(*more)), "c-loss")] == ["ines", "gull", "sel", "maro"]


def test_the_author_may_have_a_cue_and_hedges() -> None:
    drawn = _record("Claim", "the port may fall", *CLAIM[:2], "Commitment T30 possible", note="that it ends")
    more = (
        "T31\tCue 147 150\tSo ",
        "T32\tHedge 160 163\tmay",
        "R21\tcue Arg1:T30 Arg2:T31",
        "R22\thedge Arg1:T30 Arg2:T32",
    )

    (voice,) = from_brat(_drawn(*drawn, *more)).claims["claim-t30"].voices

    assert voice.cue is not None
    assert (voice.cue.start, voice.hedges) == (147, (Span(160, 163),))


NO_SPEAKER = (
    "the voice of this Cue is unknown; draw a link 'speaker' to a Mention of the speaker, or name the entity in the "
    "note"
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (_claim(note=""), "line 85, T30: a Claim needs a gist; write it as its note, in your own words"),
        (
            [*_record("Claim", "the toll", *CLAIM[:2], note="that it is high")],
            "line 85, T30: a Claim needs the attribute Commitment",
        ),
        ([*_claim(), *CUES[:3], "R21\tvoice Arg1:T30 Arg2:T31"], f"line 90, T31: {NO_SPEAKER}"),
        (
            [*_claim(), "T31\tCue 78 83\tcited", "R20\tspeaker Arg1:T31 Arg2:T2", "R21\tvoice Arg1:T30 Arg2:T31"],
            "\nsmall.ann, ".join(f"line 90, T31: a Cue needs the attribute {name}" for name in ("Act", "Commitment")),
        ),
        (CUES[:1], "line 85, T31: this Cue belongs to no voice; draw a link 'voice' to it from a Claim or a Cue"),
        (
            ["T31\tHedge 160 163\tmay"],
            "line 85, T31: this Hedge belongs to no voice; draw a link 'hedge' to it",
        ),
        (
            ["R21\tvoice Arg1:T15 Arg2:T14"],
            "line 85, R21: 'voice' leads to a voice that the chain already contains",
        ),
        (
            ["R21\tvoice Arg1:T1 Arg2:T14"],
            "line 85, R21: 'voice' leads from a Claim or Cue to a Cue, not from a Mention to a Cue",
        ),
        (["R21\tvoize Arg1:T13 Arg2:T14"], "line 85, R21: 'voize' is not a known kind of link; did you mean 'voice'?"),
        (
            ["T31\tPerson 84 87\tSel", "R21\tspeaker Arg1:T14 Arg2:T31"],
            "line 85, T31: 'Person' is not a known label",
        ),
        (["R21\tand Arg1:T13 Arg2:T14"], "line 85, R21: 'and' is not a known kind of link"),
    ],
)
def test_what_is_missing_is_named(lines: list[str], said: str) -> None:
    assert _said(_drawn(*lines)) == f"small.ann, {said}"


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert len(_said(_drawn("T30\tClaim 22 30\tthe toll", "T31\tHedge 160 163\tmay")).split("\n")) == 5


def test_a_broken_rule_is_named_with_the_line() -> None:
    drawn = _record("Event", "Maro raised", "EventKind T30 movement", "EventStatus T30 occurred", note="a rise")

    assert "at /events/2: small.ann, line 85, T30: " in _said(_drawn(*drawn))


def test_a_broken_rule_about_no_line_is_told_as_it_is() -> None:
    head = json.loads(FILES["small.json"]) | {"language": "English"}

    assert "at /language: Article.language: 'English' is not a BCP 47 language tag" in _said(
        {**FILES, "small.json": json.dumps(head).encode()}
    )


# Notes.


def test_notes_are_kept_by_the_record_they_are_about() -> None:
    files = _drawn(
        "#90\tAnnotatorNotes T12\tIs this so?",
        "#91\tTODO T12\tAsk Leo.",
        "#92\tAnnotatorNotes T14\tA strange word.",
        "#93\tAnnotatorNotes R4\tA weak link.",
        "#94\tAnnotatorNotes A14\tOr a state?",
        "#95\tAnnotatorNotes T18\t ",
        "N1\tReference T2 oped:gull\tGull",
        "#96\tAnnotatorNotes N1\tThe paper.",
        *_claim(),
        "#97\tAnnotatorNotes T30\tA second note.",
    )

    assert from_brat(files).claims[:4] == from_brat(FILES).claims
    assert brat_notes(files) == {
        "c-rise": ("Is this so?", "Ask Leo.", "Or a state?"),
        "c-loss": ("A strange word.",),
        "a-loss": ("A weak link.",),
        "m-gull": ("The paper.",),
        "claim-t30": ("A second note.",),
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ("R8\tabout Arg1:T12 Arg2:T1", "R9\tabout Arg1:T12 Arg2:T1"),
            "small.ann, line 86, R9: another 'about' joins the same two regions; remove one",
        ),
        (
            ("R8\tset-in Arg1:T9 Arg2:T5", "R9\tset-in Arg1:T9 Arg2:T1"),
            "small.ann, line 86, R9: another 'set-in' starts at the same Event; remove one",
        ),
    ],
)
def test_a_second_link_of_a_kind_is_reported(lines: tuple[str, ...], said: str) -> None:
    assert said in _said(_drawn(*lines))


def test_spans_that_repeat_the_text_too_often_are_refused() -> None:
    spans = ";".join(["0 100"] * 200_000)

    assert _said(_drawn(f"T40\tClaim {spans}\tab")) == (
        "small.ann, line 85: the regions up to here repeat the text too often"
    )
