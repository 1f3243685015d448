"""The rules between records; one change breaks each of them, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from broken_rules import EXPECTED, Change, add, both, put
from hypothesis import given
from small import TEXT, changed, claim, place, text_of
from small import small as small_data

from oped_dataset import (
    USUAL,
    Article,
    InvalidArticle,
    Limits,
    Problem,
    Span,
    loads,
    validate,
    validate_path,
)
from oped_dataset.errors import MOST_PROBLEMS
from oped_dataset.testing import Mutation, strategies
from oped_dataset.testing.mutants import break_rule
from oped_dataset.text.canonical import sentence_digest, text_digest
from oped_dataset.validation.rules import RULES, check

INVALID = Path(__file__).parents[1] / "invalid"


def found(article: dict[str, Any]) -> list[Problem]:
    report = validate(text_of(article))
    return [attrs.evolve(problem, line=None, column=None) for problem in report.problems]


def test_the_small_article_is_valid(small: dict[str, Any]) -> None:
    assert found(small) == []


@pytest.mark.parametrize("rule", EXPECTED)
def test_a_broken_rule_is_reported_and_no_other(rule: str, small: dict[str, Any]) -> None:
    pointers, message, hint = EXPECTED[rule]

    assert break_rule(rule, small)

    code = f"OPED-{rule}"
    assert found(small) == [Problem(code=code, pointer=pointer, message=message, hint=hint) for pointer in pointers]


def test_a_dangling_reference_suggests_the_closest_id(small: dict[str, Any]) -> None:
    changed(small, "/mentions/0/entity", "mar")

    [problem] = found(small)

    assert problem.hint == "did you mean 'maro'?"


def test_every_rule_has_a_test_a_document_and_a_description() -> None:
    rules = [rule.__name__.replace("_", "-") for rule in RULES]

    assert rules == list(EXPECTED)
    assert {f"OPED-{rule}" for rule in rules} <= {path.stem for path in INVALID.iterdir()}
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize("path", sorted(INVALID.iterdir()), ids=lambda path: str(path.stem))
def test_an_invalid_document_does_not_load(path: Path) -> None:
    limits = Limits(size=64) if path.stem == "OPED-too-large" else USUAL

    with pytest.raises(InvalidArticle) as caught:
        loads(path.read_bytes(), limits=limits)

    assert caught.value.problems == validate_path(path, limits=limits).problems


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (put("/publisher", "nobody"), "/publisher"),
        (put("/contributors/0", "nobody"), "/contributors/0"),
        (put("/times/0/anchor", "t-nobody"), "/times/0/anchor"),
        (put("/times/0/anchor", "nobody"), "/times/0/anchor"),
        (put("/quotations/0/claims/0", "nobody"), "/quotations/0/claims/0"),
        (put("/events/0/place", "nobody"), "/events/0/place"),
        (put("/events/0/participants/0/entity", "nobody"), "/events/0/participants/0/entity"),
        (put("/relations/0/subject", "nobody"), "/relations/0/subject"),
        (put("/relations/0/object", "nobody"), "/relations/0/object"),
        (put("/claims/1/voices/1/source", "nobody"), "/claims/1/voices/1/source"),
        (put("/claims/0/about/0", "nobody"), "/claims/0/about/0"),
        (put("/arguments/0/source", "nobody"), "/arguments/0/source"),
        (put("/arguments/0/target", "nobody"), "/arguments/0/target"),
        (add("claims", id="c-new", relations=["nobody"], events=[]), "/claims/4/relations/0"),
        (add("claims", id="c-new", quantities=["nobody"], events=[]), "/claims/4/quantities/0"),
        (add("claims", id="c-new", events=["nobody"]), "/claims/4/events/0"),
    ],
)
def test_every_reference_is_checked(change: Change, pointer: str, small: dict[str, Any]) -> None:
    change(small)

    dangling = [problem.pointer for problem in found(small) if problem.code == "OPED-dangling-reference"]
    assert pointer in dangling


@pytest.mark.parametrize(
    "pointer",
    [
        "/headings/1/span",
        "/mentions/0/span",
        "/times/0/span",
        "/quotations/0/span",
        "/quantities/0/span",
        "/claims/1/voices/1/cue",
        "/claims/3/voices/0/hedges/0",
    ],
)
def test_every_span_is_checked_against_the_length(pointer: str, small: dict[str, Any]) -> None:
    changed(small, pointer, {"start": 200, "end": 999})

    assert [(problem.code, problem.pointer) for problem in found(small)] == [("OPED-span-outside-text", pointer)]


@pytest.mark.parametrize("pointer", ["/source/sentences/4/span", "/source/paragraphs/3/span"])
def test_every_sentence_and_paragraph_is_checked_against_the_length(pointer: str, small: dict[str, Any]) -> None:
    changed(small, "/source/text", None)
    changed(small, f"{pointer}/end", 999)

    assert [(problem.code, problem.pointer) for problem in found(small)] == [("OPED-span-outside-text", pointer)]


@pytest.mark.parametrize("pointer", ["/events/1/evidence/0", "/relations/0/evidence/0", "/claims/3/evidence/0"])
def test_all_evidence_is_checked_against_the_length(pointer: str, small: dict[str, Any]) -> None:
    changed(small, f"{pointer}/end", 999)

    assert [(problem.code, problem.pointer) for problem in found(small)] == [("OPED-span-outside-text", pointer)]


def test_evidence_may_be_in_several_places(small: dict[str, Any]) -> None:
    changed(small, "/claims/0/evidence", [place("Maro"), place("raised the toll"), place("She")])

    assert found(small) == []


def test_an_anchor_cycle_is_reported_once(small: dict[str, Any]) -> None:
    small["times"] = [
        small["times"][0] | {"id": f"t-{index}", "anchor": f"t-{(index + 1) % 3}"} for index in range(3)
    ] + [small["times"][0] | {"id": "t-outside", "anchor": "t-1"}]

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-anchor-cycle", "/times/0/anchor")]


def test_an_undercut_must_not_target_itself(small: dict[str, Any]) -> None:
    changed(small, "/arguments/1/target", "a-head")

    assert [problem.code for problem in found(small)] == ["OPED-argument-self-loop"]


def test_only_an_undercut_targets_an_argument_of_any_id(small: dict[str, Any]) -> None:
    small["arguments"][1] |= {"id": "z-head", "kind": "rebuts"}

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-undercut-target", "/arguments/1/target")]


def test_an_id_of_both_a_claim_and_an_argument_denotes_the_claim(small: dict[str, Any]) -> None:
    small["arguments"] = [{"id": "c-rise", "source": "c-loss", "target": "c-rise", "kind": "supports"}]

    assert [problem.code for problem in found(small)] == ["OPED-duplicate-id", "OPED-argument-self-loop"]


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_a_text_of_the_right_length_is_checked_against_its_sha256(digest: str, small: dict[str, Any]) -> None:
    changed(small, "/source/sha256", digest)

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-text-mismatch", "/source/sha256")]


def test_without_the_text_its_words_are_not_checked(small: dict[str, Any]) -> None:
    changed(small, "/source/text", None)
    changed(small, "/quotations/0/text", "something else")

    assert found(small) == []


def test_without_sentences_evidence_may_be_anywhere(small: dict[str, Any]) -> None:
    small["source"]["sentences"] = []
    changed(small, "/events/0/evidence/0", {"start": 9, "end": 20})

    assert found(small) == []


def test_a_quotation_that_quotes_nobody_needs_no_speaker(small: dict[str, Any]) -> None:
    both(put("/quotations/0/speaker", None), put("/quotations/0/kind", "scare"))(small)

    assert found(small) == []


@pytest.mark.parametrize(
    ("during", "ended", "found"),
    [
        ("2016/2018", False, "ended before publication, but `ended` is false"),
        ("../2018", False, "ended before publication, but `ended` is false"),
        ("2018/..", True, "has no end, but `ended` is true"),
        ("2016/2018", True, None),
        ("2018/2019", False, None),
        ("2018/2019", True, None),
        ("2016", False, None),
        (None, True, None),
    ],
)
def test_the_end_of_a_relation_agrees_with_its_interval(
    during: str | None, ended: bool, found: str | None, small: dict[str, Any]
) -> None:
    small["relations"][0] |= {"during": during, "ended": ended}

    messages = [problem.message for problem in validate(text_of(small)).problems]
    assert messages == ([] if found is None else [f"the interval {during} {found}"])


@pytest.mark.parametrize("commitment", ["probable", "possible", "probably-not", "possibly-not", "uncommitted"])
def test_a_voice_that_is_not_certain_may_have_a_hedge(commitment: str, small: dict[str, Any]) -> None:
    small["claims"][3]["voices"][0]["commitment"] = commitment

    assert validate(text_of(small)).ok


def test_without_sentences_a_hedge_may_be_anywhere(small: dict[str, Any]) -> None:
    small["source"] |= {"sentences": [], "paragraphs": []}
    small["claims"][3]["voices"][0]["hedges"] = [place("She")]

    assert validate(text_of(small)).ok


def test_all_problems_are_reported_together(small: dict[str, Any]) -> None:
    for rule in ("missing-cue", "updated-before-published", "undercut-target"):
        break_rule(rule, small)

    codes = [problem.code for problem in found(small)]
    assert codes == ["OPED-updated-before-published", "OPED-missing-cue", "OPED-undercut-target"]


def test_a_problem_names_its_line() -> None:
    text = text_of(changed(small_data(), "/publisher", "gul")).replace('"publisher"', '\n "publisher"')

    (problem,) = validate(text).problems

    assert (problem.line, problem.column) == (2, 15)


def test_a_flood_of_problems_is_counted(small: dict[str, Any]) -> None:
    small["claims"] += [claim(f"c-{number}", "x", "Maro", about=["nobody"]) for number in range(1500)]

    report = validate(text_of(small))

    assert (len(report.problems), report.omitted) == (MOST_PROBLEMS, 500)


@pytest.mark.parametrize("rule", EXPECTED)
def test_a_rule_is_applied_despite_a_broken_record_it_does_not_need(rule: str, small: dict[str, Any]) -> None:
    break_rule(rule, small)
    changed(small, "/headings/0/text" if "/errata" in EXPECTED[rule][0][0] else "/errata/0/note", 7)

    assert f"OPED-{rule}" in {problem.code for problem in found(small)}


def test_evidence_may_be_a_whole_sentence(small: dict[str, Any]) -> None:
    changed(small, "/claims/0/evidence/0", small["source"]["sentences"][0]["span"])

    assert found(small) == []


def test_evidence_must_not_end_outside_the_sentences(small: dict[str, Any]) -> None:
    changed(small, "/events/1/evidence/0/end", len(TEXT))

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-span-outside-sentences", "/events/1/evidence/0")]


def test_a_sentence_right_after_evidence_is_not_covered_by_it(small: dict[str, Any]) -> None:
    first = small["source"]["sentences"][0]["span"]
    changed(small, "/claims/0/evidence/0", {"start": first["start"], "end": first["end"]})
    changed(small, "/source/text", None)
    changed(small, "/source/sentences/1/span/start", first["end"])
    small["claims"][1]["evidence"] = small["claims"][0]["evidence"]

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-uncovered-sentence", "/source/sentences/1")]


def test_evidence_across_two_sentences_covers_both(small: dict[str, Any]) -> None:
    across = {"start": place("the port.")["start"], "end": place("So the")["end"]}
    changed(small, "/claims/3/evidence", [across])

    assert found(small) == []


def test_evidence_inside_other_evidence_leaves_its_cover_whole(small: dict[str, Any]) -> None:
    changed(small, "/claims/2/evidence", [place("leads the port")])
    changed(small, "/claims/3/evidence", [place("She leads the port. So the port may fall")])

    assert found(small) == []


def test_a_single_character_before_the_first_paragraph_is_reported(small: dict[str, Any]) -> None:
    paragraph = small["source"]["paragraphs"][0]
    paragraph |= {"span": place("he Toll"), "digest": sentence_digest("he Toll")}

    messages = [problem.message for problem in found(small)]
    assert messages == ["the words between 0 and 1 are not in any paragraph"]


@pytest.mark.parametrize(("beyond", "code"), [(0, "OPED-shifts-mismatch"), (1, "OPED-span-outside-text")])
def test_the_shifts_of_a_sentence_up_to_the_end_of_the_text_are_checked(
    small: dict[str, Any], beyond: int, code: str
) -> None:
    shorter = TEXT.rstrip()
    small["source"] |= {"text": shorter, "length": len(shorter), "sha256": text_digest(shorter)}
    small["source"]["sentences"][4]["span"]["end"] += beyond
    changed(small, "/source/sentences/4/shifts", [{"at": 3, "length": 1, "normal": 2}])

    assert [problem.code for problem in found(small)] == [code]


def test_a_long_text_is_checked_against_its_length(small: dict[str, Any]) -> None:
    longer = TEXT + "\n" * 300
    small["source"] |= {"text": longer, "length": len(longer), "sha256": text_digest(longer)}

    assert found(small) == []


@pytest.mark.parametrize("digest", ["0" * 16, "f" * 16])
def test_a_sentence_at_the_end_of_the_text_is_checked_against_its_digest(digest: str, small: dict[str, Any]) -> None:
    shorter = TEXT.rstrip()
    small["source"] |= {"text": shorter, "length": len(shorter), "sha256": text_digest(shorter)}
    changed(small, "/source/sentences/4/digest", digest)

    assert [problem.code for problem in found(small)] == ["OPED-digest-mismatch"]


def test_a_heading_at_the_end_of_the_text_is_checked(small: dict[str, Any]) -> None:
    shorter = TEXT.rstrip()
    small["source"] |= {"text": shorter, "length": len(shorter), "sha256": text_digest(shorter)}
    small["headings"].append({"span": place("fall."), "text": "rise."})

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-heading-mismatch", "/headings/2/text")]


@pytest.mark.parametrize("form", ["nominal", "pronoun", "adjectival"])
def test_an_unnamed_entity_may_be_mentioned_in_other_ways(form: str, small: dict[str, Any]) -> None:
    both(put("/entities/2/named", False), put("/mentions/0/form", form))(small)

    assert found(small) == []


@pytest.mark.parametrize("form", ["nfkc-1", "oped-9"])
def test_digests_of_an_unknown_normalised_form_are_not_compared(form: str, small: dict[str, Any]) -> None:
    both(put("/source/canonicalisation", form), put("/source/sentences/4/digest", "0" * 16))(small)
    changed(small, "/source/sentences/4/shifts", [{"at": 3, "length": 1, "normal": 2}])

    assert [problem.code for problem in found(small)] == ["OPED-unknown-normal-form"]


@given(strategies.articles())
def test_generated_articles_have_no_problems(article: Article) -> None:
    assert validate(article).problems == ()


@given(strategies.mutations())
def test_one_mutation_yields_one_problem_code(mutation: Mutation) -> None:
    assert {problem.code for problem in validate(mutation.document).problems} == {mutation.code}


def test_an_article_made_by_hand_is_checked_like_a_file(small: dict[str, Any]) -> None:
    article = loads(text_of(small))
    beyond = attrs.evolve(article.mentions[0], span=Span(0, 999))

    report = validate(attrs.evolve(article, mentions=[beyond]))

    assert [problem.pointer for problem in report.errors] == ["/mentions/0/span"]


def test_the_limit_of_check_is_keyword_only(small: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        check(loads(text_of(small)), 5)  # type: ignore[call-arg]


# Boundaries.


def test_the_publication_date_is_suggested_too(small: dict[str, Any]) -> None:
    small["times"][0]["anchor"] = "publicationdate"

    (problem,) = found(small)

    assert (problem.code, problem.hint) == ("OPED-dangling-reference", "did you mean 'publication-date'?")


def test_a_report_makes_a_hundred_suggestions(small: dict[str, Any]) -> None:
    small["contributors"] = ["gul"] * 102

    hints = [problem.hint for problem in validate(text_of(small)).problems if problem.pointer.startswith("/contrib")]

    assert [hint is not None for hint in hints] == [True] * 100 + [False] * 2


@pytest.mark.parametrize(("before", "hint"), [(1_999, "did you mean 'lighthouse'?"), (2_000, None)])
def test_suggestions_come_from_the_first_two_thousand_ids(small: dict[str, Any], before: int, hint: str | None) -> None:
    article = loads(text_of(small))
    one = article.entities[0]
    many = [attrs.evolve(one, id=f"n{number}") for number in range(before)]
    entities = (*many, attrs.evolve(one, id="lighthouse"), *article.entities)

    problems = validate(attrs.evolve(article, contributors=("lighthous",), entities=entities)).problems

    assert [p.hint for p in problems if p.code == "OPED-dangling-reference"] == [hint]


def test_the_message_names_an_outermost_voice_that_is_not_an_author(small: dict[str, Any]) -> None:
    small["claims"][1]["voices"][0]["source"] = "gull"

    messages = [p.message for p in validate(text_of(small)).problems if p.code == "OPED-author-not-first"]

    assert messages == ["the outermost voice is 'gull', which is not an author of the article"]


@pytest.mark.parametrize("at", [0, 1])
def test_evidence_out_of_order_is_reported_at_the_later_span(small: dict[str, Any], at: int) -> None:
    spans = [{"start": 10, "end": 15}, {"start": 17, "end": 20}, {"start": 22, "end": 25}]
    spans[at], spans[at + 1] = spans[at + 1], spans[at]
    small["events"][0]["evidence"] = spans

    found = [p.pointer for p in validate(text_of(small)).problems if p.code == "OPED-unordered-evidence"]

    assert found == [f"/events/0/evidence/{at + 1}"]


@pytest.mark.parametrize("at", [0, 1])
def test_sentences_out_of_order_are_reported_at_the_later_one(small: dict[str, Any], at: int) -> None:
    sentences = small["source"]["sentences"]
    sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]

    found = [p.pointer for p in validate(text_of(small)).problems if p.code == "OPED-overlapping-sentences"]

    assert f"/source/sentences/{at + 1}/span" in found


def test_a_paragraph_is_checked_against_its_digest(small: dict[str, Any]) -> None:
    changed(small, "/source/paragraphs/0/digest", "0" * 16)

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-digest-mismatch", "/source/paragraphs/0/digest")]


def test_a_text_longer_than_its_length_is_reported(small: dict[str, Any]) -> None:
    changed(small, "/source/length", len(TEXT) - 1)

    assert [(p.code, p.pointer) for p in found(small)] == [("OPED-text-mismatch", "/source/length")]


def test_a_missing_shift_is_reported_beside_a_sentence_without_shifts(small: dict[str, Any]) -> None:
    first, second, *_ = small["source"]["sentences"]
    first["shifts"] = None
    second["span"]["end"] += 2

    assert [(p.pointer, p.message) for p in found(small)] == [
        ("/source/sentences/1/shifts", "the text yields shifts at 57")
    ]


def test_sentences_may_touch(small: dict[str, Any]) -> None:
    one, two, *_ = small["source"]["sentences"]
    one["span"]["end"] = two["span"]["start"]
    one["shifts"] = None

    assert found(small) == []


def test_paragraphs_may_touch(small: dict[str, Any]) -> None:
    one, two, *_ = small["source"]["paragraphs"]
    one["span"]["end"] = two["span"]["start"]

    assert found(small) == []


def test_an_article_may_be_changed_on_the_day_of_its_publication(small: dict[str, Any]) -> None:
    changed(small, "/updated", small["published"])

    assert found(small) == []


def test_an_argument_that_targets_itself_is_reported_once(small: dict[str, Any]) -> None:
    changed(small, "/arguments/0/target", small["arguments"][0]["id"])

    found = [p.code for p in validate(text_of(small)).problems if p.pointer.startswith("/arguments/0")]

    assert found == ["OPED-argument-self-loop"]
