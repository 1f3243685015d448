"""Valid documents with one error planted in them, each with the code of the problem that a validator must report.

Here: for every problem code of a document, one mutation that breaks that rule and no other.
Not here: the rules (`validation/rules.py`, `codec/shape.py`, `codec/jsontext.py`) and damage that no validator can
detect (`twins.py`).

Only `OPED-too-large` has no mutation, since the reader of a document sets its greatest size.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec import jsontext
from oped_dataset.loading import dumps
from oped_dataset.model.article import EVIDENCED, TABLES, Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import PUBLICATION_DATE, SCHEMA_VERSION
from oped_dataset.model.vocabulary import Commitment, EntityKind, MentionForm, QuotationKind

_Data: TypeAlias = dict[str, Any]
_Change: TypeAlias = Callable[[_Data], bool]
"""Changes a document in place and returns whether it had something to change."""

_NUMBER: Final = "\ue000number\ue000"


@attrs.frozen(kw_only=True)
class Mutation:
    """A valid document and a copy with one error.

    Attributes:
        code: The code of the only problem in the copy, `OPED-…`.
        label: A description of the error, as a sentence.
        original: The valid document, as UTF-8 bytes.
        document: The document with the error.
    """

    code: str
    label: str
    original: bytes = attrs.field(repr=False)
    document: bytes = attrs.field(repr=False)


def mutations(article: Article) -> Iterator[Mutation]:
    """Break a valid article in every way that its records allow, one error at a time.

    Mutations that need absent records are skipped: an article without times cannot have a cycle of anchors. Articles of
    `make_corpus` with eight claims allow nearly all mutations.

    Raises:
        InvalidArticle: The article is not valid.

    Example:
        >>> from oped_dataset.testing import make_corpus
        >>> article = next(make_corpus(1))
        >>> next(mutations(article)).label
        'An entity occurs twice.'
    """
    return mutations_from(article, 0)


def mutations_from(article: Article, first: int) -> Iterator[Mutation]:
    """Return the same mutations, rotated to begin with the one of this index."""
    original = dumps(article)
    codes = (*_CHANGES, *_SPELLINGS)
    made = (_mutate(code, original) for code in (*codes[first:], *codes[:first]))
    return (mutation for mutation in made if mutation is not None)


def _mutate(code: str, original: bytes) -> Mutation | None:
    if code in _SPELLINGS:
        label, respell = _SPELLINGS[code]
        document = respell(original)
    else:
        label = _CHANGES[code][0]
        data = json.loads(original)
        if not break_rule(code, data):
            return None
        document = jsontext.write(data)
    return Mutation(code=f"OPED-{code}", label=label, original=original, document=document)


def break_rule(rule: str, data: dict[str, Any]) -> bool:
    """Break one rule in a document as plain data, in place.

    Args:
        rule: The code of the rule without `OPED-`.
        data: The document.

    Returns:
        Whether the document could be changed; otherwise it is unchanged.
    """
    return _CHANGES[rule][1](data)


# Building blocks of the changes.


def _put(value: object, *path: str | int) -> _Change:
    """Set a value at a path that every document has."""

    def change(data: _Data) -> bool:
        target: Any = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
        return True

    return change


def _on_first(table: str, edit: Callable[[_Data, _Data], bool]) -> _Change:
    """Edit the first record of a table that can be edited."""
    return lambda data: any(edit(record, data) for record in data[table])


def _ids(data: _Data) -> Iterator[str]:
    for table in TABLES:
        yield from (str(row["id"]) for row in data[table])


def _unused(data: _Data, wanted: str) -> str:
    """Return an id that no record has and no erratum mentions."""
    taken = {*_ids(data), *(erratum["record"] for erratum in data["errata"])}
    while wanted in taken:
        wanted += "-x"
    return wanted


def _others(data: _Data, but: list[str]) -> list[str]:
    return [entity["id"] for entity in data["entities"] if entity["id"] not in but]


# Ids and references.


def _duplicate_id(data: _Data) -> bool:
    data["entities"].append(data["entities"][0])
    return True


def _reserved_id(data: _Data) -> bool:
    data["entities"].append(data["entities"][0] | {"id": PUBLICATION_DATE})
    return True


def _dangling_reference(data: _Data) -> bool:
    data["publisher"] = _unused(data, "nobody")
    return True


def _wrong_kind_reference(data: _Data) -> bool:
    entities = set(_others(data, []))
    other = next((record_id for record_id in _ids(data) if record_id not in entities), None)
    data["publisher"] = other
    return other is not None


# Spans in the text.


def _span_outside_text(data: _Data) -> bool:
    records = (*data["mentions"], *data["times"], *data["quantities"], *data["quotations"], *data["headings"])
    for record in records[:1]:
        record["span"]["end"] = data["source"]["length"] + 1
    return bool(records)


def _unordered_evidence(claim: _Data, _: _Data) -> bool:
    claim["evidence"].append(claim["evidence"][-1])
    return True


def _overlapping_sentences(data: _Data) -> bool:
    sentences = data["source"]["sentences"]
    sentences += sentences[-1:]
    return bool(sentences)


def _overlapping_paragraphs(data: _Data) -> bool:
    paragraphs = data["source"]["paragraphs"]
    paragraphs += paragraphs[-1:]
    return bool(paragraphs)


def _span_outside_sentences(data: _Data) -> bool:
    sentences = data["source"]["sentences"]
    covers = [row["span"] for row in (*sentences, *data["headings"])]
    gap = next((at for at in range(data["source"]["length"]) if not _covered(at, covers)), None)
    if gap is None or not sentences:
        return False
    return any(_add_evidence(record, gap) for table in EVIDENCED for record in data[table])


def _covered(offset: int, spans: list[_Data]) -> bool:
    return any(span["start"] <= offset < span["end"] for span in spans)


def _add_evidence(record: _Data, offset: int) -> bool:
    if _covered(offset, record["evidence"]):
        return False
    more = [*record["evidence"], {"start": offset, "end": offset + 1}]
    record["evidence"] = sorted(more, key=lambda span: int(span["start"]))
    return True


def _uncovered_sentence(data: _Data) -> bool:
    silent = [row for row in data["source"]["sentences"] if row["no_claim"] is not None]
    for row in silent[:1]:
        row["no_claim"] = None
    return bool(silent)


def _contradictory_no_claim(data: _Data) -> bool:
    telling = [row for row in data["source"]["sentences"] if row["no_claim"] is None]
    for row in telling[:1]:
        row["no_claim"] = "says nothing"
    return bool(telling)


# Voices.


def _author_not_first(data: _Data) -> bool:
    data["authors"] = _others(data, data["authors"])[:1]
    return bool(data["authors"] and data["claims"])


def _repeated_voice(claim: _Data, _: _Data) -> bool:
    last = claim["voices"][-1]
    claim["voices"].append(last | {"cue": last["cue"] or claim["evidence"][0]})
    return True


def _missing_cue(claim: _Data, _: _Data) -> bool:
    for inner in claim["voices"][1:2]:
        inner["cue"] = None
    return len(claim["voices"]) > 1


def _hedged_certainty(claim: _Data, _: _Data) -> bool:
    hedged = [voice for voice in claim["voices"] if voice["hedges"]]
    for voice in hedged[:1]:
        voice["commitment"] = Commitment.CERTAIN
    return bool(hedged)


def _misplaced_hedge(claim: _Data, data: _Data) -> bool:
    sentences = [row["span"] for row in data["source"]["sentences"]]
    elsewhere = [span for span in sentences if not any(_covered(at, [span]) for at in _ends(claim["evidence"]))]
    hedged = [voice for voice in claim["voices"] if voice["hedges"]]
    for voice in hedged[:1]:
        voice["hedges"] = elsewhere[:1]
    return bool(hedged and elsewhere)


def _ends(spans: list[_Data]) -> Iterator[int]:
    for span in spans:
        yield from (span["start"], span["end"] - 1)


def _unattributed(table: str) -> _Change:
    def change(data: _Data) -> bool:
        for record in data[table][:1]:
            for claim in data["claims"]:
                claim[table] = [carried for carried in claim[table] if carried != record["id"]]
        return bool(data[table])

    return change


def _speaker_not_voiced(quotation: _Data, data: _Data) -> bool:
    chains = [claim["voices"] for claim in data["claims"] if claim["id"] in quotation["claims"]]
    others = _others(data, [voice["source"] for voice in chains[0]]) if chains else []
    if quotation["speaker"] is None or not others:
        return False
    quotation["speaker"] = others[0]
    return True


def _quotation_without_speaker(quotation: _Data, _: _Data) -> bool:
    quotation["speaker"] = None
    return quotation["kind"] in (QuotationKind.DIRECT, QuotationKind.MIXED)


# Entities and mentions.


def _named_mention_of_unnamed(mention: _Data, data: _Data) -> bool:
    entity = next(row for row in data["entities"] if row["id"] == mention["entity"])
    by_name = bool(mention["form"] == MentionForm.NAME)
    entity["named"] = entity["named"] and not by_name
    return by_name


def _metonym_of_person(mention: _Data, data: _Data) -> bool:
    people = [row["id"] for row in data["entities"] if row["kind"] == EntityKind.PERSON]
    mention["metonym"] = mention["metonym"] or mention["entity"] in people
    return mention["entity"] in people


# Arguments and anchors.


def _argument(data: _Data, source: str, target: str) -> bool:
    data["arguments"].append({"id": _unused(data, "a-new"), "source": source, "target": target, "kind": "rebuts"})
    return True


def _argument_self_loop(claim: _Data, data: _Data) -> bool:
    return _argument(data, claim["id"], claim["id"])


def _undercut_target(argument: _Data, data: _Data) -> bool:
    return _argument(data, argument["source"], argument["id"])


def _anchor_cycle(time: _Data, _: _Data) -> bool:
    time["anchor"] = time["id"]
    return True


# Relations.


def _contradictory_end(relation: _Data, data: _Data) -> bool:
    during = Edtf(relation["during"] or "2000")
    is_over = (during.latest or datetime.date.max) < datetime.date.fromisoformat(data["published"])
    has_room = during.is_interval and (is_over or during.latest is None)
    relation["ended"] = relation["ended"] if not has_room else not is_over
    return has_room


# The article as a whole.


def _updated_before_published(data: _Data) -> bool:
    published = datetime.date.fromisoformat(data["published"])
    data["updated"] = (published - datetime.timedelta(days=published > datetime.date.min)).isoformat()
    return published > datetime.date.min


def _erratum(data: _Data, record: str, change: str) -> bool:
    data["errata"].append({"record": record, "data_version": "1.0.0", "change": change, "note": "It was misread."})
    return True


def _erratum_unknown_record(data: _Data) -> bool:
    return _erratum(data, _unused(data, "nobody"), "corrected")


def _withdrawn_id_present(data: _Data) -> bool:
    return _erratum(data, data["entities"][0]["id"], "withdrawn")


# The text, if the article contains it.


def _text_mismatch(data: _Data) -> bool:
    source = data["source"]
    source["sha256"] = _change_digest(source["sha256"])
    return source["text"] is not None


def _change_digest(digest: str) -> str:
    return ("1" if digest.startswith("0") else "0") + digest[1:]


def _words_mismatch(row: _Data, data: _Data) -> bool:
    row["text"] += "x"
    return data["source"]["text"] is not None


def _digest_mismatch(data: _Data) -> bool:
    sentences = data["source"]["sentences"]
    for row in sentences[:1]:
        row["digest"] = _change_digest(row["digest"])
    return bool(sentences) and data["source"]["text"] is not None


def _shifts_mismatch(data: _Data) -> bool:
    sentences = data["source"]["sentences"]
    for row in sentences[:1]:
        row["shifts"] = [{"at": 0, "length": 1, "normal": 99}]
    return bool(sentences) and data["source"]["text"] is not None


def _text_outside_paragraphs(data: _Data) -> bool:
    paragraphs = data["source"]["paragraphs"]
    del paragraphs[:1]
    # An empty list means that paragraphs were not recorded, which is valid.
    return bool(paragraphs) and data["source"]["text"] is not None


# The form of the document.


def _missing_key(data: _Data) -> bool:
    del data["title"]
    return True


def _invalid_decimal(quantity: _Data, _: _Data) -> bool:
    quantity["value"] = "4e1"
    return True


_CHANGES: Final[dict[str, tuple[str, _Change]]] = {
    "duplicate-id": ("An entity occurs twice.", _duplicate_id),
    "reserved-id": ("An entity has the id of an anchor.", _reserved_id),
    "dangling-reference": ("The publisher does not exist.", _dangling_reference),
    "wrong-kind-reference": ("The publisher is not an entity.", _wrong_kind_reference),
    "span-outside-text": ("A span ends after the text.", _span_outside_text),
    "unordered-evidence": ("A span of evidence occurs twice.", _on_first("claims", _unordered_evidence)),
    "overlapping-sentences": ("The last sentence occurs twice.", _overlapping_sentences),
    "overlapping-paragraphs": ("The last paragraph occurs twice.", _overlapping_paragraphs),
    "span-outside-sentences": ("A span of evidence lies between the sentences.", _span_outside_sentences),
    "uncovered-sentence": ("A sentence without a claim gives no reason.", _uncovered_sentence),
    "contradictory-no-claim": ("A sentence with a claim is marked as having none.", _contradictory_no_claim),
    "author-not-first": ("The article has a different author.", _author_not_first),
    "repeated-voice": ("A voice relays itself.", _on_first("claims", _repeated_voice)),
    "missing-cue": ("An inner voice has no words of attribution.", _on_first("claims", _missing_cue)),
    "hedged-certainty": ("A voice with a hedge is certain.", _on_first("claims", _hedged_certainty)),
    "misplaced-hedge": ("A hedge lies in a different sentence.", _on_first("claims", _misplaced_hedge)),
    "unattributed-event": ("No claim carries an event.", _unattributed("events")),
    "unattributed-relation": ("No claim carries a relation.", _unattributed("relations")),
    "unattributed-quantity": ("No claim carries a quantity.", _unattributed("quantities")),
    "speaker-not-voiced": (
        "The speaker of a quotation is not a voice of its claim.",
        _on_first("quotations", _speaker_not_voiced),
    ),
    "quotation-without-speaker": (
        "A direct quotation has no speaker.",
        _on_first("quotations", _quotation_without_speaker),
    ),
    "named-mention-of-unnamed": (
        "An entity mentioned by name is marked as unnamed.",
        _on_first("mentions", _named_mention_of_unnamed),
    ),
    "metonym-of-person": ("A mention of a person is a metonym.", _on_first("mentions", _metonym_of_person)),
    "argument-self-loop": ("A claim rebuts itself.", _on_first("claims", _argument_self_loop)),
    "undercut-target": ("An argument is rebutted.", _on_first("arguments", _undercut_target)),
    "anchor-cycle": ("A time is its own anchor.", _on_first("times", _anchor_cycle)),
    "contradictory-end": (
        "The end of a relation contradicts its interval.",
        _on_first("relations", _contradictory_end),
    ),
    "updated-before-published": ("The article was updated before publication.", _updated_before_published),
    "erratum-unknown-record": ("An erratum corrects an unknown record.", _erratum_unknown_record),
    "withdrawn-id-present": ("An erratum withdraws an existing entity.", _withdrawn_id_present),
    "unknown-normal-form": ("The normal form is unknown.", _put("oped-0", "source", "canonicalisation")),
    "text-mismatch": ("The text has a different SHA-256.", _text_mismatch),
    "quotation-mismatch": ("The words of a quotation differ from the text.", _on_first("quotations", _words_mismatch)),
    "heading-mismatch": ("The words of a heading differ from the text.", _on_first("headings", _words_mismatch)),
    "digest-mismatch": ("A sentence has a different digest.", _digest_mismatch),
    "shifts-mismatch": ("A sentence has different shifts.", _shifts_mismatch),
    "text-outside-paragraphs": ("The first paragraph is missing.", _text_outside_paragraphs),
    "wrong-type": ("The title is a number.", _put(7, "title")),
    "unknown-label": ("The kind of an entity is unknown.", _put("dragon", "entities", 0, "kind")),
    "invalid-date": ("The day of publication is written without hyphens.", _put("20190713", "published")),
    "invalid-decimal": ("An amount has an exponent.", _on_first("quantities", _invalid_decimal)),
    "invalid-value": ("The title is blank.", _put(" ", "title")),
    "unknown-key": ("The document has an unknown key.", _put("blue", "colour")),
    "unfinished-draft": ("The document has the key of a draft.", _put([], "draft")),
    "missing-key": ("The title is missing.", _missing_key),
    "unsupported-schema-version": (
        "The document is of a future version of the format.",
        _put(SCHEMA_VERSION + 1, "schema_version"),
    ),
}


# The spelling of the document.


def _with_number(raw: bytes) -> Callable[[bytes], bytes]:
    """Replace the length of the text by these bytes."""

    def respell(original: bytes) -> bytes:
        data = json.loads(original)
        data["source"]["length"] = _NUMBER
        return jsontext.write(data).replace(f'"{_NUMBER}"'.encode(), raw)

    return respell


_SPELLINGS: Final[dict[str, tuple[str, Callable[[bytes], bytes]]]] = {
    # RFC 8259, section 8.1, forbids a byte order mark and requires UTF-8; section 6 has no NaN, and warns of integers
    # from 2^53; section 8.2 describes lone surrogates, section 4 duplicate keys.
    "byte-order-mark": ("The document begins with a byte order mark.", lambda original: b"\xef\xbb\xbf" + original),
    "not-utf-8": ("The document ends with a byte that is not UTF-8.", lambda original: original + b"\xff"),
    "invalid-json": ("The last brace is missing.", lambda original: original.rstrip()[:-1]),
    "trailing-data": ("A second document follows.", lambda original: original + b"{}\n"),
    "not-a-number": ("The length of the text is NaN.", _with_number(b"NaN")),
    "number-out-of-range": ("The length of the text is 2^53.", _with_number(b"9007199254740992")),
    "lone-surrogate": ("A string contains a lone surrogate.", _with_number(b'"\\ud800"')),
    "duplicate-key": ("The key of the text's length occurs twice.", _with_number(b'1, "length": 1')),
    "too-deep": (
        "The length of the text is nested too deeply.",
        _with_number(b"[" * jsontext.DEPTH_LIMIT + b"]" * jsontext.DEPTH_LIMIT),
    ),
}

COUNT: Final = len(_CHANGES) + len(_SPELLINGS)
"""The number of mutations."""
