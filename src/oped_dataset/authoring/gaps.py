"""The checks of `lint` for gaps in an annotation.

Here: the checks that find missing records.
Not here: the rules of the guidelines about existing records (`guidelines.py`).

The checks prefer missing a gap to a false alarm: they recognise names and pronouns by a few simple features, which
produce no false alarms on the bundled articles.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from oped_dataset.authoring.marks import quoted_places
from oped_dataset.authoring.sheet import Check, Finding, Sheet, pointers, straight
from oped_dataset.model.records import Span
from oped_dataset.model.stretches import Cover
from oped_dataset.model.vocabulary import EntityKind, MentionForm, QuotationKind
from oped_dataset.text.sentences import sentences_of

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_PERSON: Final = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]er|[Hh]ers|[Hh]erself|I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b"
)
_PLURAL: Final = re.compile(r"\b(?:[Tt]hey|[Tt]hem|[Tt]heir|[Tt]heirs|[Tt]hemselves)\b")
_CALENDAR: Final = {*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr}
_COMMON: Final = re.compile("A[DIM]|BC|C[EF]O|D(IY|NA)|FAQ|G(DP|MT)|HIV|I[DQT]|OK|P[CMR]|TV|VIP")
"""Words in capitals that are not names."""
_NOUNS: Final = frozenset({"de", "lb"})
"""Languages that capitalise every noun."""
_OPENING: Final = "“”\"‘'«»„‚([{:;•*"
"""Characters after which a word may be capitalised because a sentence or quotation begins."""
_UNNAMED: Final = (QuotationKind.TITLE, QuotationKind.MOTTO)
_BEARERS: Final = (EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION, EntityKind.PLACE)
_BEFORE_NAME: Final = re.compile(r"[.]?\s+")
_DETERMINER: Final = re.compile(r"(?i:the|an?|its|his|her|their|our|my|this|these|that|those)\s")
_POSSESSIVE: Final = re.compile(r"'s$")
_LOOSE_END: Final = re.compile(r"[\s,;:!?“”\"]$")


def unfilled_head(sheet: Sheet) -> Iterator[Finding]:
    """The head of the article is filled in."""
    for key in sheet.draft.missing:
        yield "", None, f"{key!r} is not filled in"


def open_proposal(sheet: Sheet) -> Iterator[Finding]:
    """Proposals are accepted or deleted."""
    for pointer, proposal in pointers(sheet.draft.proposals, "draft"):
        span = proposal.spans[0] if proposal.spans else None
        yield pointer, span, f"the proposal {proposal.id!r} of {proposal.by} is open"


def not_attachable(sheet: Sheet) -> Iterator[Finding]:
    """The article can be attached to another copy of its text."""
    source = sheet.article.source
    if not source.sentences:
        yield "/source/sentences", None, "there are no sentences: the article cannot be attached to another copy"
    for pointer, sentence in pointers(source.sentences, "source/sentences"):
        if sentence.shifts is None and source.text is None:
            message = "the shifts are unknown: spans in this sentence cannot be transferred to another copy"
            yield pointer, sentence.span, message


def uncovered_sentence(sheet: Sheet) -> Iterator[Finding]:
    """Every sentence is evidence of a claim or has a reason in `no_claim`."""
    cover = Cover((span.start, span.end) for claim in sheet.article.claims for span in claim.evidence)
    for pointer, sentence in pointers(sheet.article.source.sentences, "source/sentences"):
        if sentence.no_claim is None and not cover.touches(sentence.span.start, sentence.span.end):
            yield pointer, sentence.span, "the sentence has neither a claim nor a reason"


def missing_cue(sheet: Sheet) -> Iterator[Finding]:
    """An inner voice has a cue."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        for depth, voice in enumerate(claim.voices[1:], 1):
            if voice.cue is None:
                yield f"{pointer}/voices/{depth}", claim.evidence[0], f"the voice of {voice.source!r} has no cue"


def deep_event(sheet: Sheet) -> Iterator[Finding]:
    """The evidence of an event that is only relayed lies in a sentence that cites somebody, or in quotation marks."""
    quotations = Cover((each.span.start, each.span.end) for each in sheet.article.quotations)
    # A chain can be long, and a claim can carry many events.
    cited = {
        claim.id: {sheet.sentence(voice.cue.start) for voice in claim.voices if voice.cue is not None}
        for claim in sheet.article.claims
    }
    for pointer, event in pointers(sheet.article.events, "events"):
        claims = sheet.article.claims.carrying(event.id)
        if any(len(claim.voices) == 1 for claim in claims):
            continue
        sentences = [cited[claim.id] for claim in claims]
        for index, span in enumerate(event.evidence if any(sentences) else ()):
            here = sheet.sentence(span.start)
            if not quotations.contains(span.start, span.end) and not any(here in each for each in sentences):
                yield (
                    f"{pointer}/evidence/{index}",
                    span,
                    "the event is only relayed, but this sentence cites nobody",
                )


# Quotations, names and pronouns.


def unrecorded_quotation(sheet: Sheet) -> Iterator[Finding]:
    """Every pair of quotation marks is recorded as a quotation."""
    known = [quotation.span for quotation in sheet.article.quotations]
    known += [span for proposal in sheet.draft.proposals if proposal.layer == "quotations" for span in proposal.spans]
    recorded = set()
    for span in (each for each in known if each.end <= len(sheet.text)):
        words = sheet.words(span)
        start = span.start + len(words) - len(words.lstrip())
        recorded.add(Span(start, max(start + 1, start + len(words.strip()))))
    for span in quoted_places(sheet.text, sheet.blocks):
        if span not in recorded:
            yield sheet.place(span), span, f"the quotation marks around {_brief(sheet.words(span))} are not recorded"


def unrecorded_name(sheet: Sheet) -> Iterator[Finding]:
    """Every name is a mention."""
    for span in _join(sheet, _names(sheet)):
        yield sheet.place(span), span, f"{_brief(sheet.words(span))} looks like a name, but is not a mention"


def _names(sheet: Sheet) -> Iterator[Span]:
    article, text = sheet.article, sheet.text
    known = _words_of_names(sheet)
    lower = {match[0] for match in _WORD.finditer(straight(text)) if match[0].islower()}
    covered = _mentioned(sheet)
    words = list(_WORD.finditer(text))
    preceding = _before_names(text, words, {mention.span.start for mention in article.mentions})
    skipped = _skipped(sheet)
    sentences = [each.span for each in article.source.sentences] or sentences_of(text)
    # In a heading or a line in capitals, every word may be capitalised.
    lines = [heading.span for heading in article.headings]
    lines += [block for block in sheet.blocks if sheet.words(block).isupper()]
    headings = Cover((line.start, line.end) for line in lines)
    starts = {sentence.start for sentence in sentences} | {block.start for block in sheet.blocks}
    for match in words:
        start, end = match.span()
        word = straight(match[0]).removesuffix("'s")
        if not word[0].isupper() or covered.touches(start, end) or skipped.touches(start, end):
            continue
        if word in _CALENDAR or _COMMON.fullmatch(word) or len(word.partition("'")[0]) == 1:
            continue
        # *Ostmarkian-language* does not mention a country (M1).
        if text[end : end + 1] == "-" and text[end + 1 : end + 2].islower():
            continue
        # Only names have a capital inside a word: *OpenAI*.
        begins = headings.touches(start, end) or (word[1:].islower() and _begins(text, start, starts))
        common = word.casefold() in lower
        if word in known:
            is_name = not (begins and common)
        else:
            is_name = not (begins or common or article.language.partition("-")[0] in _NOUNS)
            is_name = is_name and "." not in word and end not in preceding
        if is_name:
            yield Span(start, start + len(word))


def _words_of_names(sheet: Sheet) -> set[str]:
    """Return the capitalised words of the names in the inventory."""
    # The title of a work or law may consist of common words.
    entities = [entity for entity in sheet.article.entities if entity.named and entity.kind in _BEARERS]
    words = {match[0] for each in entities for name in sheet.names(each.id) for match in _WORD.finditer(name)}
    return {word for word in words if word[0].isupper()}


def _skipped(sheet: Sheet) -> Cover:
    """Return the spans in which mentions are not required: times, amounts, sentences without claims, and titles."""
    article = sheet.article
    spans = [each.span for each in (*article.times, *article.quantities)]
    spans += [sentence.span for sentence in article.source.sentences if sentence.no_claim is not None]
    spans += [quotation.span for quotation in article.quotations if quotation.kind in _UNNAMED]
    return Cover((span.start, span.end) for span in spans)


def _mentioned(sheet: Sheet) -> Cover:
    return Cover((mention.span.start, mention.span.end) for mention in sheet.article.mentions)


def _begins(text: str, start: int, starts: set[int]) -> bool:
    """Whether a word begins a sentence, a quotation or a clause after a colon."""
    at = start
    while at not in starts and at > 0 and text[at - 1].isspace():
        at -= 1
    if at == 0 or at in starts:
        return True
    # A dash without a space joins two names.
    return text[at - 1] in _OPENING or (text[at - 1] in "-–—" and at < start)


def _before_names(text: str, words: Sequence[re.Match[str]], named: set[int]) -> set[int]:
    """Return the ends of the words between which and a mention only capitalised words lie, such as titles."""
    found, following = set[int](), None
    for word in reversed(words):
        gap = _BEFORE_NAME.match(text, word.end())
        if gap is not None:
            leads = following is not None and following.start() == gap.end() and following.end() in found
            if gap.end() in named or (leads and following is not None and following[0][0].isupper()):
                found.add(word.end())
        following = word
    return found


def _join(sheet: Sheet, spans: Iterator[Span]) -> Iterator[Span]:
    """Join adjacent names, without an abbreviated title before them."""
    joined: Span | None = None
    for span in spans:
        between = "" if joined is None else sheet.text[joined.end : span.start]
        if joined is not None and between in (" ", "\u00a0", "-"):
            joined = Span(joined.start, span.end)
            continue
        if joined is not None and between not in (". ", ".\u00a0"):
            yield joined
        joined = span
    if joined is not None:
        yield joined


def unrecorded_pronoun(sheet: Sheet) -> Iterator[Finding]:
    """Every pronoun for a person or a group is a mention."""
    if not sheet.is_english:
        return
    covered = _mentioned(sheet)
    # A surname may be spelt like a pronoun, as in *Ms. He*.
    names = {span.start for span in _names(sheet)}
    skipped = _skipped(sheet)
    found = [match.span() for match in _PERSON.finditer(sheet.text)]
    people = _people(sheet)
    found += [match.span() for match in _PLURAL.finditer(sheet.text) if _follows_people(sheet, match.start(), people)]
    for start, end in sorted(found):
        span = Span(start, end)
        if not covered.touches(start, end) and start not in names and not skipped.touches(start, end):
            yield sheet.place(span), span, f"the pronoun {sheet.words(span)!r} is not a mention"


def _people(sheet: Sheet) -> list[int]:
    """Return the offsets at which persons, groups or organisations are mentioned, sorted."""
    kinds = {EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION}
    return sorted(
        mention.span.start
        for mention in sheet.article.mentions
        if mention.form is not MentionForm.ADJECTIVAL
        and (entity := sheet.entity(mention.entity)) is not None
        and entity.kind in kinds
    )


def _follows_people(sheet: Sheet, offset: int, people: Sequence[int]) -> bool:
    """Whether one of these offsets lies before another one, in this sentence or the previous one."""
    here = sheet.sentence(offset)
    if here is None:
        return False
    last = bisect_left(people, offset) - 1
    return last >= 0 and people[last] >= sheet.article.source.sentences[max(here - 1, 0)].span.start


def loose_mention(sheet: Sheet) -> Iterator[Finding]:
    """A mention has neither a determiner nor a possessive ending."""
    for pointer, mention in pointers(sheet.article.mentions, "mentions"):
        words = straight(sheet.words(mention.span))
        if mention.form is MentionForm.PRONOUN or words in sheet.names(mention.entity):
            continue
        english = sheet.is_english and (_DETERMINER.match(words) or _POSSESSIVE.search(words))
        if english or _LOOSE_END.search(words):
            yield f"{pointer}/span", mention.span, f"{_brief(words)} contains more than the mention"


def _brief(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:60]}…")


GAPS: Final[tuple[Check, ...]] = (
    unfilled_head,
    open_proposal,
    not_attachable,
    uncovered_sentence,
    missing_cue,
    deep_event,
    unrecorded_quotation,
    unrecorded_name,
    unrecorded_pronoun,
    loose_mention,
)
