"""Making articles from dicts with pieces of text."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from growth import is_linear_in_number
from hypothesis import given, settings
from small import TEXT, place

from oped_dataset import Article, ClaimKind, Extraction, Limits, Source, Span, from_records, passages, score, validate
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport, InvalidRecord, NotComparable
from oped_dataset.extraction.forms import KINDS
from oped_dataset.model.article import TABLES
from oped_dataset.model.records import spans_of
from oped_dataset.testing import strategies
from oped_dataset.text.canonical import text_digest

DEFAULTS = {
    "mention": {"form": "name"},
    "voice": {"act": "say", "channel": "unspecified", "mode": "indirect"},
}
MARO = {"record": "entity", "name": "Maro", "kind": "person"}
LOSS: dict[str, Any] = {
    "record": "claim",
    "gist": "The ferry is short of money.",
    "kind": "quantity",
    "ground": "testimony",
    "text": "The ferry lost 40 crowns",
    "voices": [
        {"source": "Ines", "commitment": "uncommitted"},
        {"source": "the Gull", "commitment": "certain", "cue": "cited"},
    ],
}

RISE: dict[str, Any] = {
    "record": "event",
    "id": "e",
    "kind": "governing",
    "gist": "Maro makes the toll higher.",
    "status": "occurred",
    "participants": [{"entity": "Maro", "role": "agent"}],
    "place": "the port",
    "text": ["on May 3", "Maro raised the toll"],
}


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


def made(article: Article, *records: Any, **options: Any) -> Extraction:
    return from_records(records, like=article, **{"defaults": DEFAULTS, **options})


def breaches(article: Article) -> set[str]:
    """Return the codes of the rules that an article breaks, except for sentences without claims."""
    return {problem.code for problem in validate(article).problems} - {"OPED-uncovered-sentence"}


def problems(article: Article, *records: Any, **options: Any) -> list[str]:
    return [str(problem) for problem in made(article, *records, **options).problems]


def test_records_of_every_kind_are_read(article: Article) -> None:
    records = [
        {"record": "mention", "text": "Maro", "entity": "Maro"},
        {"record": "time", "id": "t", "text": "May 3", "kind": "date", "value": "2019-05-03"},
        {"record": "quantity", "id": "q", "text": "40 crowns", "value": "40", "unit": "crowns"},
        {"record": "quotation", "text": "The ferry lost 40 crowns,", "kind": "direct", "speaker": "gull"},
        RISE,
        {"record": "relation", "id": "r", "subject": "maro", "predicate": "leads", "object": "the port"}
        | {"text": "She leads the port"},
        LOSS | {"id": "c", "quantities": ["q"], "events": ["e"], "relations": ["r"], "about": ["Maro"]},
        LOSS | {"id": "d", "text": "the port may fall", "voices": [LOSS["voices"][0] | {"hedges": ["may"]}]},
        {"record": "argument", "source": "c", "target": "d", "kind": "supports"},
        MARO,
        {"record": "entity", "id": "the-port", "name": "the port", "kind": "place"},
    ]

    extraction = made(article, *records)

    assert extraction.ok
    assert breaches(extraction.article) == set()
    assert {name: len(table) for name, table in extraction.article.tables.items()} == {
        **dict.fromkeys(article.tables, 1),
        "entities": 5,
        "claims": 2,
    }
    assert extraction.article.events["e"].evidence == (Span(**place("Maro raised the toll")), Span(**place("on May 3")))


def test_metadata_is_copied_from_like(article: Article) -> None:
    extraction = made(article)

    assert extraction.article.title == article.title
    assert extraction.article.entities.ids == ("gull", "ines", "leo")
    assert extraction.article.source.text == TEXT
    assert extraction.article.headings == article.headings
    assert extraction.article.source.paragraphs == article.source.paragraphs
    assert breaches(extraction.article) == set()


def test_sentences_are_kept_so_that_the_article_can_be_attached(article: Article) -> None:
    extraction = made(article, LOSS)

    kept = extraction.article.source.sentences
    assert [each.digest for each in kept] == [each.digest for each in article.source.sentences]
    assert extraction.article.attach(TEXT.replace("“", '"')).coverage.sentences.share == 1


def test_a_sentence_with_a_claim_loses_its_reason(article: Article) -> None:
    asked = LOSS | {"text": "Where did it go", "voices": LOSS["voices"][:1]}

    assert made(article).article.source.sentences[2].no_claim == "asks a question"
    assert made(article, asked).article.source.sentences[2].no_claim is None


def test_authors_without_an_entity_are_not_invented(article: Article) -> None:
    assert made(attrs.evolve(article, entities=())).article.entities.ids == ()


def test_pieces_are_compared_in_the_normalised_form(article: Article) -> None:
    extraction = made(article, {"record": "mention", "text": '"The  ferry', "entity": "the gull"})

    assert extraction.article.mentions[0].span == Span(**place("“The ferry"))


def test_a_cue_is_searched_for_near_the_evidence(article: Article) -> None:
    text = f"{TEXT}It cited no one.\n"
    source = attrs.evolve(article.source, text=text, length=len(text), sha256=text_digest(text))

    extraction = made(attrs.evolve(article, source=source), LOSS)

    assert extraction.article.claims[0].voices[1].cue == Span(**place("cited"))


def test_a_unique_cue_is_found_anywhere(article: Article) -> None:
    extraction = made(article, LOSS | {"text": "Maro raised the toll"})

    assert extraction.article.claims[0].voices[1].cue == Span(**place("cited"))


def test_within_distinguishes_two_occurrences(article: Article) -> None:
    record = {"record": "mention", "text": "port", "within": "the port may", "entity": "the gull"}

    assert made(article, record).article.mentions[0].span == Span(166 - len("port may fall.") + 3, 166 - 7)


def test_offsets_are_accepted(article: Article) -> None:
    extraction = made(
        article,
        {"record": "mention", "span": {"start": 10, "end": 14}, "entity": "the gull"},
        {"record": "mention", "text": {"start": 10, "end": 14}, "entity": "the gull"},
        LOSS | {"evidence": [place("She leads")], "text": None},
        {"record": "quotation", "span": place("May 3"), "text": "May 3", "kind": "term"},
    )

    assert [each.span for each in extraction.article.mentions] == [Span(10, 14)] * 2
    assert extraction.article.claims[0].evidence == (Span(**place("She leads")),)


def test_ids_are_generated_and_given_ones_kept(article: Article) -> None:
    mention = {"record": "mention", "text": "Maro", "entity": "Ines"}

    extraction = made(
        article, mention, mention, mention | {"id": "mention"}, {"record": "entity", "name": "王", "kind": "person"}
    )

    assert extraction.article.mentions.ids == ("mention-2", "mention-3", "mention")
    assert "entity" in extraction.article.entities


def test_unknown_names_make_entities_with_the_default_kind(article: Article) -> None:
    defaults = {**DEFAULTS, "entity": {"kind": "person"}}
    records = [{"record": "mention", "text": "Maro", "entity": name} for name in ("Maro", " MARO ", "maro")]

    extraction = made(article, *records, defaults=defaults)

    assert extraction.article.entities.ids == ("gull", "ines", "leo", "maro")
    assert extraction.article.entities["maro"].name == "Maro"


def test_two_descriptions_of_an_entity_merge_their_aliases(article: Article) -> None:
    mention = {"record": "mention", "text": "Maro", "entity": "Zed"}

    extraction = made(article, MARO | {"aliases": ["The warden"]}, MARO | {"aliases": ["Zed", "The warden"]}, mention)

    assert extraction.problems == ()
    assert extraction.article.entities["maro"].aliases == ("The warden", "Zed")
    assert extraction.article.mentions[0].entity == "maro"


def test_a_conflicting_description_of_an_entity_is_rejected(article: Article) -> None:
    assert problems(article, MARO, MARO | {"kind": "place", "aliases": ["Zed"]}) == [
        (
            "error OPED-conflicting-entity at /1/kind: 'Maro' was described before with a different kind; "
            "give the same values, or an id if it is another entity"
        )
    ]
    assert problems(article, MARO, MARO | {"kind": "plaice"}) == [
        "error OPED-unknown-label at /1/kind: 'plaice' is not a label of EntityKind; did you mean 'place'?"
    ]


def test_an_entity_without_a_name_is_reported_even_if_another_is_named_none(article: Article) -> None:
    nameless = {"record": "entity", "kind": "person"}

    found = problems(article, MARO | {"name": "None"}, nameless)

    assert found == ["error OPED-missing-key at /1: the key 'name' is missing"]


def test_a_known_entity_is_not_made_again(article: Article) -> None:
    extraction = made(article, MARO, MARO, {"record": "entity", "name": "ines", "kind": "person"})

    assert extraction.article.entities.ids == ("gull", "leo", "maro", "ines")


def test_the_text_can_be_passed(article: Article) -> None:
    textless = attrs.evolve(article, source=attrs.evolve(article.source, text=None))

    assert made(textless, {"record": "mention", "text": "Maro", "entity": "Ines"}, text=TEXT).ok


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "'small' does not contain its text; pass it as `text`"),
        (
            "The Toll",
            (
                "the text is not the source of 'small'; attach the article to it first: "
                "like=like.attach(text).to_article()"
            ),
        ),
    ],
)
def test_a_missing_or_different_text_is_rejected(article: Article, text: str | None, message: str) -> None:
    textless = attrs.evolve(article, source=attrs.evolve(article.source, text=None))

    with pytest.raises(NotComparable) as caught:
        from_records([], like=textless, text=text)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (5, "OPED-wrong-type at /0: must be a dict whose keys are str"),
        ({5: 5}, "OPED-wrong-type at /0: must be a dict whose keys are str"),
        (LOSS | {"text": {"start": 5}}, "OPED-missing-key at /0/text: the key 'end' is missing"),
        (
            LOSS | {"text": ["May 3", 5]},
            "OPED-wrong-type at /0/text/1: must be a piece of the text, or an object with start and end",
        ),
        (
            {"record": "quotation", "kind": "term", "span": place("May"), "text": "June"},
            "OPED-quotation-mismatch at /0/text: the text at the span is 'May', not 'June'",
        ),
        (
            {"record": "mention", "text": {"text": "Maro", "occurrence": 2}, "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Maro' occurs once in the text, not 2 times",
        ),
        (
            {"record": "mention", "text": "the", "occurrence": 5, "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'the' occurs 4 times in the text, not 5 times",
        ),
        (
            {"record": "mention", "text": {"text": "Maro", "occurrence": 0}, "entity": "Ines"},
            "OPED-wrong-type at /0/text/occurrence: must be a whole number from 1",
        ),
        (
            {"record": "mention", "text": {"text": "Maro", "number": 1}, "entity": "Ines"},
            ("OPED-unknown-key at /0/text/number: there is no key 'number'; a piece has text, within, occurrence"),
        ),
        (
            {"record": "mention", "text": "Maro", "within": "Sel", "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Maro' does not occur in the piece given as `within`",
        ),
        (
            {"record": "mention", "text": "Maro", "within": "Sel raised", "entity": "Ines"},
            "OPED-snippet-missing at /0/within: 'Sel raised' does not occur in the text",
        ),
        (
            {"record": "mention", "text": "Maro", "within": " ", "entity": "Ines"},
            "OPED-wrong-type at /0/within: must be a piece of the text, or an object with start and end",
        ),
        (
            {"record": "quotation", "kind": "term", "text": "June"},
            "OPED-snippet-missing at /0/text: 'June' does not occur in the text",
        ),
        (
            {key: value for key, value in LOSS.items() if key != "text"},
            "OPED-missing-key at /0: the key 'text' is missing, and there are no offsets either",
        ),
        (
            LOSS | {"events": ["e-1"]},
            "OPED-dangling-reference at /0/events/0: no record has the id 'e-1'",
        ),
        ({}, "OPED-unknown-record at /0/record: None is not a kind of record; use one of " + ", ".join(KINDS)),
        ({"record": "clam"}, "OPED-unknown-record at /0/record: 'clam' is not a kind of record; did you mean 'claim'?"),
        (
            {"record": "mention", "entity": "Ines"},
            "OPED-missing-key at /0: the key 'text' is missing, and there are no offsets either",
        ),
        (
            {"record": "mention", "text": " ", "entity": "Ines"},
            "OPED-wrong-type at /0/text: must be a piece of the text, or an object with start and end",
        ),
        (
            {"record": "mention", "text": "Zed", "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Zed' does not occur in the text",
        ),
        (
            {"record": "mention", "text": "erry", "entity": "Ines"},
            (
                "OPED-snippet-missing at /0/text: 'erry' occurs in the text only inside a longer word; "
                "give that word, or give it as `within`"
            ),
        ),
        (
            {"record": "mention", "text": "x" * 81, "entity": "Ines"},
            f"OPED-snippet-missing at /0/text: '{'x' * 80}…' does not occur in the text",
        ),
        (
            {"record": "mention", "text": "Sel", "within": "Maro raised", "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Sel' does not occur in the piece given as `within`",
        ),
        (
            {"record": "mention", "text": "the", "entity": "Ines"},
            (
                "OPED-snippet-ambiguous at /0/text: 'the' occurs 4 times; "
                "give a longer piece around it as `within`, or the number of the occurrence as `occurrence`"
            ),
        ),
        (
            {"record": "mention", "text": "Sel", "entity": "Inez"},
            "OPED-unknown-entity at /0/entity: no entity has the name 'Inez'; did you mean 'ines'?",
        ),
        (
            LOSS | {"voices": [{"source": "Ulf", "commitment": "certain"}]},
            "OPED-unknown-entity at /0/voices/0/source: no entity has the name 'Ulf'; add an entity of this name",
        ),
        (LOSS | {"voices": []}, "OPED-invalid-value at /0/voices: Claim.voices: must not be empty"),
        (LOSS | {"voices": ["Ines"]}, "OPED-wrong-type at /0/voices/0: must be an object, not a string"),
        (LOSS | {"voices": "Ines"}, "OPED-wrong-type at /0/voices: must be a list, not a string"),
        (
            LOSS | {"voices": [LOSS["voices"][0] | {"hedges": "may"}]},
            "OPED-wrong-type at /0/voices/0/hedges: must be a list, not a string",
        ),
        (LOSS | {"about": [5]}, "OPED-wrong-type at /0/about/0: must be a string, not a whole number"),
        (
            LOSS | {"kind": "guess"},
            f"OPED-unknown-label at /0/kind: 'guess' is not a label of ClaimKind; ClaimKind has {', '.join(ClaimKind)}",
        ),
    ],
)
def test_an_unresolvable_record_is_reported(article: Article, record: Any, message: str) -> None:
    assert problems(article, record) == [f"error {message}"]


def test_participants_of_a_wrong_type_are_reported(article: Article) -> None:
    event = {"record": "event", "kind": "governing", "gist": "x", "status": "occurred", "text": "She leads"}

    assert problems(article, event | {"participants": ["Ines"]}) == [
        "error OPED-wrong-type at /0/participants/0: must be an object, not a string"
    ]


def test_problems_follow_the_order_of_the_records(article: Article) -> None:
    found = problems(article, {"record": "mention", "text": "Zed"}, {"record": "entity"}, MARO)

    assert [problem.split()[3].rstrip(":") for problem in found] == ["/0/text", "/0", "/1", "/1"]


def test_rejected_records_are_kept_as_given(article: Article) -> None:
    wrong = [{"record": "mention", "text": "Zed", "entity": "Maro"}, "no dict", {"record": "entity"}]

    extraction = made(article, wrong[0], MARO, wrong[1], wrong[2])

    assert extraction.rejected == tuple(wrong)
    assert made(article, MARO).rejected == ()


def test_the_input_is_not_modified(article: Article) -> None:
    records = copy.deepcopy([LOSS, RISE, MARO])

    made(article, *records)

    assert records == [LOSS, RISE, MARO]


def test_a_piece_inside_a_character_is_not_found(article: Article) -> None:
    text = "They wait… no."
    source = attrs.evolve(article.source, text=text, length=len(text), sha256=text_digest(text), sentences=())

    found = problems(
        attrs.evolve(article, source=source, headings=()), {"record": "mention", "text": "wait.", "entity": "Ines"}
    )

    assert found == [
        "error OPED-snippet-missing at /0/text: 'wait.' does not occur in the text; the closest words are 'wait'"
    ]


@settings(max_examples=30)
@given(strategies.articles(with_text=True))
def test_an_article_survives_a_round_trip_through_pieces(article: Article) -> None:
    text = str(article.source.text)
    records = [{"record": kind, **row} for kind, table in KINDS.items() for row in wire.to_data(article)[table]]

    extraction = from_records(records, like=article, text=text)

    assert [spans_of(each) for each in extraction.article.claims] == [spans_of(each) for each in article.claims]
    assert {layer.spans.f1 for layer in score(extraction, article).layers.values()} <= {1, None}


# Answers of models.


def test_an_object_with_records_is_accepted(article: Article) -> None:
    assert from_records({"records": [MARO]}, like=article).article.entities.ids == ("gull", "ines", "leo", "maro")
    assert from_records({}, like=article).ok


def test_an_answer_without_a_list_is_rejected(article: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        from_records({"records": 5}, like=article)

    assert str(caught.value) == (
        "records: must be a list of dicts, or an object with a list of them under 'records', not int; "
        "read JSON with json.loads first"
    )


@pytest.mark.parametrize("value", [None, [], "", {}, False])
@pytest.mark.parametrize("place", ["/0/zzz", "/1/zzz", "/1/voices/0/zzz", "/1/evidence/0/zzz"])
def test_an_unknown_key_is_rejected_whatever_its_value(article: Article, place: str, value: Any) -> None:
    records = copy.deepcopy([MARO, LOSS | {"evidence": [{"text": LOSS["text"]}]}])
    del records[1]["text"]
    *path, key = place[1:].split("/")
    holder: Any = records
    for step in path:
        holder = holder[int(step) if step.isdigit() else step]
    holder[key] = value

    assert [each.pointer for each in made(article, *records).problems if each.code == "OPED-unknown-key"] == [place]


def test_an_unknown_key_of_an_entity_that_was_described_before_is_rejected(article: Article) -> None:
    assert [each.pointer for each in made(article, MARO, MARO | {"zzz": None}).problems] == ["/1/zzz"]


def test_a_cue_in_every_sentence_is_located_in_linear_time(article: Article) -> None:
    def work(number: int) -> Callable[[], object]:
        text = " ".join(f"He said that {each} rose." for each in range(number))
        source = Source(sha256=text_digest(text), length=len(text), text=text)
        voices = [{"cue": "said"}]
        claims = [{"record": "claim", "evidence": f"{each} rose", "voices": voices} for each in range(number)]
        return lambda: from_records(claims, like=attrs.evolve(article, source=source, headings=()))

    assert is_linear_in_number(work, 150)


def test_an_unknown_key_beside_the_records_is_rejected(article: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        from_records([{"records": [], "zzz": None, "yyy": 1}], like=article, passages=passages(TEXT))

    assert str(caught.value) == (
        "records/0: the key 'zzz' is unknown; give a list of dicts, or an object with a list of them under 'records'"
    )


def test_defaults_of_unknown_records_are_rejected(article: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        from_records([], like=article, defaults={"voices": {"channel": "speech"}})

    assert str(caught.value) == "defaults: 'voices' is not a kind of record; did you mean 'voice'?"


def test_records_beyond_the_limits_are_rejected(article: Article) -> None:
    with pytest.raises(InvalidImport) as caught:
        from_records([MARO], like=article, limits=Limits(size=20))

    assert str(caught.value) == "the list of records contains more than 20 characters and values; raise limits.size"


@pytest.mark.parametrize("given", [7, " "])
def test_an_id_that_is_none_is_rejected_for_a_known_entity(given: Any, article: Article) -> None:
    (rejection,) = made(article, {"record": "entity", "id": given, "name": "Ines", "kind": "person"}).rejections

    assert [problem.pointer for problem in rejection.problems] == ["/0/id"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"span": place("May 3"), "text": "Maro"}, "quotation-mismatch"),
        ({"span": place("Maro"), "occurrence": 1}, "unknown-key"),
    ],
)
def test_keys_that_contradict_the_place_are_rejected(more: dict[str, Any], code: str, article: Article) -> None:
    (rejection,) = made(article, {"record": "mention", "entity": "the gull", **more}).rejections

    assert [problem.code for problem in rejection.problems] == [f"OPED-{code}"]


def test_null_means_an_absent_key(article: Article) -> None:
    nulls = {"within": None, "occurrence": None, "aliases": None, "description": None, "id": None, "named": None}
    voices = [{"source": "Ines", "commitment": "certain", "act": None, "cue": None, "hedges": None}]

    extraction = made(article, MARO | nulls, LOSS | {"voices": voices, "about": None, "id": None})

    assert extraction.problems == ()
    assert extraction.article.claims[0].voices[0].act == "say"


def test_null_for_a_required_key_is_a_missing_key(article: Article) -> None:
    assert problems(article, LOSS | {"gist": None}) == ["error OPED-missing-key at /0: the key 'gist' is missing"]


def test_all_problems_of_a_record_are_reported(article: Article) -> None:
    voices = [
        {"source": "the author", "commitment": "certain"},
        {"source": "the Gul", "commitment": "certainly not", "cue": "as reported by", "hedges": ["perhaps"]},
    ]

    found = problems(
        article, LOSS | {"text": None, "kind": "guess", "evidence": ["The ferry lost"], "voices": voices, "abuot": []}
    )

    assert found == [
        (
            "error OPED-unknown-entity at /0/voices/0/source: no entity has the name 'the author'; "
            "the author is called 'Ines'"
        ),
        "error OPED-snippet-missing at /0/voices/1/cue: 'as reported by' does not occur in the text",
        "error OPED-snippet-missing at /0/voices/1/hedges/0: 'perhaps' does not occur in the text",
        "error OPED-unknown-entity at /0/voices/1/source: no entity has the name 'the Gul'; did you mean 'the gull'?",
        (
            "error OPED-unknown-label at /0/kind: 'guess' is not a label of ClaimKind; "
            f"ClaimKind has {', '.join(ClaimKind)}"
        ),
        (
            "error OPED-unknown-label at /0/voices/1/commitment: 'certainly not' is not a label of Commitment; "
            "did you mean 'certainly-not' or 'certain'?"
        ),
        "error OPED-unknown-key at /0/abuot: there is no key 'abuot'; did you mean 'about'?",
    ]


def test_a_record_is_rejected_as_given(article: Article) -> None:
    extraction = made(article, MARO, LOSS | {"kind": "guess"}, {"record": "clam"}, {"record": "mention"})

    assert [each.pointer for each in extraction.rejections] == ["/1", "/2", "/3"]
    assert extraction.rejected == (LOSS | {"kind": "guess"}, {"record": "clam"}, {"record": "mention"})
    assert extraction.rejected_counts == {**dict.fromkeys(TABLES, 0), "claims": 1, "mentions": 1}


def test_an_ambiguous_cue_is_not_reported_without_evidence(article: Article) -> None:
    voices = [LOSS["voices"][0] | {"hedges": ["the"]}]

    assert problems(article, LOSS | {"text": None, "evidence": ["The frigate"], "voices": voices}) == [
        "error OPED-snippet-missing at /0/evidence/0: 'The frigate' does not occur in the text"
    ]


def test_a_quotation_with_offsets_needs_no_words(article: Article) -> None:
    quotations = [
        {"record": "quotation", "span": place("May 3"), "kind": "term", "text": text} for text in (None, "May  3")
    ]

    extraction = made(article, *quotations)

    assert [each.text for each in extraction.article.quotations] == ["May 3", "May 3"]


@pytest.mark.parametrize("given", [{"within": "the port may"}, {"occurrence": 4}])
def test_an_occurrence_selects_one_of_several_places(article: Article, given: dict[str, Any]) -> None:
    inside = {"record": "mention", "text": {"text": "the", **given}, "entity": "the gull"}
    beside = {"record": "mention", "text": "the", **given, "entity": "the gull"}

    extraction = made(article, inside, beside)

    assert [each.span for each in extraction.article.mentions] == [
        Span(TEXT.index("the port may"), TEXT.index("the port may") + 3)
    ] * 2


def test_equal_mentions_follow_the_order_of_the_text(article: Article) -> None:
    records = [
        {"record": "mention", "text": words, "entity": "the gull"} for words in ("port", "port", "Maro", "the", "Sel")
    ]

    extraction = made(article, *records)

    spans = [TEXT[: each.span.start].count("port") for each in extraction.article.mentions]
    assert spans[:2] == [0, 1]


@pytest.mark.parametrize(
    ("text", "piece", "start"),
    [
        ("港口关闭了。", "关闭", 2),
        ("ท่าเรือปิดแล้ว", "ปิด", 7),
        ("東京港は閉鎖された", "閉鎖", 4),
        ("It is 40km away.", "40", 6),
    ],
)
def test_pieces_are_found_in_any_script(article: Article, text: str, piece: str, start: int) -> None:
    source = attrs.evolve(
        article.source, text=text, length=len(text), sha256=text_digest(text), sentences=(), paragraphs=()
    )
    other = attrs.evolve(article, source=source, headings=())

    extraction = made(other, {"record": "mention", "text": piece, "entity": "Ines"})

    assert extraction.article.mentions[0].span == Span(start, start + len(piece))


def test_words_for_the_author_do_not_make_a_person(article: Article) -> None:
    defaults = {**DEFAULTS, "entity": {"kind": "person"}}
    voices = [{"source": "author", "commitment": "certain"}]

    assert problems(article, LOSS | {"voices": voices}, defaults=defaults) == [
        "error OPED-unknown-entity at /0/voices/0/source: no entity has the name 'author'; the author is called 'Ines'"
    ]


def test_a_wrong_default_is_reported_where_it_is_used(article: Article) -> None:
    defaults = {**DEFAULTS, "entity": {"kind": "persn"}}

    assert problems(article, {"record": "mention", "text": "Sel", "entity": "Sel"}, defaults=defaults) == [
        "error OPED-unknown-label at /0/entity/kind: 'persn' is not a label of EntityKind; did you mean 'person'?",
        "error OPED-unknown-entity at /0/entity: no entity has the name 'Sel'; add an entity of this name",
    ]


def test_a_repeated_id_is_reported(article: Article) -> None:
    assert problems(article, MARO | {"id": "x"}, LOSS | {"id": "x"}) == [
        "error OPED-duplicate-id at /1/id: two records have the id 'x'; give each an id of its own"
    ]


def test_the_id_of_an_entity_from_like_is_not_reused(article: Article) -> None:
    extraction = made(
        article, LOSS | {"id": "gull"}, {"record": "argument", "source": "gull", "target": "gull", "kind": "supports"}
    )

    assert extraction.article.claims.ids == ("gull-2",)
    assert extraction.article.arguments[0].source == "gull-2"


def test_an_entity_from_like_can_be_described_with_an_id(article: Article) -> None:
    record = {
        "record": "entity",
        "id": "p1",
        "name": "ines",
        "kind": "person",
        "aliases": ["Ms. Tann"],
        "description": "x",
    }
    mention = {"record": "mention", "text": "Sel", "entity": "p1"}

    extraction = made(article, record, mention, mention | {"entity": "Ms. Tann"})

    assert extraction.article.entities["ines"].aliases == ("Ms. Tann",)
    assert extraction.article.entities["ines"].description == "x"
    assert [each.entity for each in extraction.article.mentions] == ["ines", "ines"]


def test_an_entity_can_be_described_again_with_its_id(article: Article) -> None:
    extraction = made(article, MARO | {"id": "x"}, MARO | {"id": "x", "name": "Sel", "aliases": ["Zed"]})

    assert extraction.ok
    assert extraction.article.entities["x"].aliases == ("Sel", "Zed")


def test_an_id_makes_a_second_entity_of_the_same_name(article: Article) -> None:
    extraction = made(article, MARO | {"id": "one"}, MARO | {"id": "two"})

    assert extraction.article.entities.ids == ("gull", "ines", "leo", "one", "two")


def test_the_first_hundred_unknown_names_get_a_suggestion(article: Article) -> None:
    records = [{"record": "mention", "text": "Sel", "entity": "Seli", "form": "name"}] * 101

    told = problems(article, {"record": "entity", "name": "Sel", "kind": "person"}, *records)

    assert [each.partition("; ")[2] for each in told] == ["did you mean 'sel'?"] * 100 + ["add an entity of this name"]


@pytest.mark.parametrize("content", [memoryview(b"[]"), bytearray(b"[]"), io.StringIO("[\n]"), io.BytesIO(b"[\n]")])
def test_bytes_and_open_files_are_rejected_once(article: Article, content: Any) -> None:
    with pytest.raises(InvalidRecord, match=f"not {type(content).__name__}; read JSON with json.loads first$"):
        from_records(content, like=article)
