"""Valid articles that cost as much as an article of their length can, for tests of how costs grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from small import claim, small, voice

from oped_dataset import Article, Sentence, Source, Span
from oped_dataset.codec import wire
from oped_dataset.model.records import spans_of
from oped_dataset.model.stretches import Cover
from oped_dataset.text.canonical import text_digest
from oped_dataset.text.fingerprints import fingerprint

_Data = dict[str, Any]


def _place(start: int, end: int) -> _Data:
    return {"start": start, "end": end}


def _heard(place: _Data, source: str = "gull") -> _Data:
    return {**voice(source, "say", "certain"), "channel": "press-report", "cue": place}


def _article(sentences: list[str], places: list[_Data], change: Callable[[_Data], None] = lambda data: None) -> Article:
    """Make an article with one record of each kind at each place."""
    data, text, bare = small(), " ".join(sentences), dict[str, Any](errata=[], headings=[], quotations=[])
    ids = range(len(places))
    author = voice("ines", "say", "uncommitted")
    loss, rise, head, may = data["quantities"][0], data["events"][0], data["relations"][0], data["times"][0]
    data |= bare | {
        "mentions": [{**data["mentions"][0], "id": f"m{i}", "span": places[i]} for i in ids],
        "times": [
            {**may, "id": f"t{i}", "span": places[i], "anchor": f"t{i - 1}" if i else "publication-date"} for i in ids
        ],
        "quantities": [{**loss, "id": f"q{i}", "span": places[i]} for i in ids],
        "events": [{**rise, "id": f"e{i}", "evidence": [places[i]]} for i in ids],
        "relations": [{**head, "id": f"r{i}", "evidence": [places[i]]} for i in ids],
        "claims": [
            claim(f"c{i}", f"It is {i}.", "The Toll", _heard(places[i]), about=["maro"], ground="testimony")
            | {"evidence": [places[i]], "events": [f"e{i}"], "relations": [f"r{i}"], "quantities": [f"q{i}"]}
            | {"voices": [author, _heard(places[i])]}
            for i in ids
        ],
        "arguments": [{"id": f"a{i}", "source": f"c{i}", "target": f"c{i + 1}", "kind": "supports"} for i in ids[:-1]],
    }
    change(data)
    data["source"] = attrs.asdict(Source(sha256=text_digest(text), length=len(text), text=text)) | {
        "sentences": [],
        "paragraphs": [],
    }
    article = wire.from_data(data)
    told = Cover((span.start, span.end) for each in article.claims for span in spans_of(each))
    found, start = [], 0
    for words in sentences:
        end = start + len(words)
        reason = None if told.touches(start, end) else "a test"
        found.append(Sentence(span=Span(start, end), digest="0" * 16, no_claim=reason))
        start = end + 1
    return fingerprint(attrs.evolve(article, source=attrs.evolve(article.source, sentences=tuple(found))), text)


def _numbered(number: int) -> tuple[list[str], list[_Data]]:
    sentences = [f"Here stands sentence {each:05}." for each in range(number)]
    return sentences, [_place(28 * each, 28 * each + 27) for each in range(number)]


def honest(number: int) -> Article:
    """A record of each kind in each sentence."""
    return _article(*_numbered(number))


def one_place(number: int) -> Article:
    """All records at one place, a very long sentence of many lines."""
    sentence = "Wo" + "rd wo\nrd 😀" * number + "."
    return _article([sentence], [_place(0, len(sentence))] * number)


def many_sentences(number: int) -> Article:
    """All records over all sentences."""
    sentences, places = _numbered(number)
    return _article(sentences, [_place(0, places[-1]["end"])] * number)


def repeated(number: int) -> Article:
    """The same sentence again and again, and many entities of the same name."""

    def change(data: _Data) -> None:
        data["entities"] += [{**data["entities"][2], "id": f"p{each}"} for each in range(number)]

    return _article(["The toll rises."] * number, [_place(16 * i, 16 * i + 15) for i in range(number)], change)


def long_words(number: int) -> Article:
    """Very long names, and a claim with a very long gist that carries all records."""
    words = "Lo ng " * 5 * number + "."

    def change(data: _Data) -> None:
        for row in data["entities"]:
            row |= {"name": f"{row['id']} {words}", "aliases": [f"{row['id']}, {words}"], "description": words}
        for row in (data["claims"][0], data["events"][0]):
            row["gist"] = words
        data |= {"title": words, "licence": words}
        _carry_all(data)

    return _article(*_numbered(number), change)


def nested(number: int) -> Article:
    """A claim with a very long chain, many spans and a long gist, which carries all records and is often quoted."""

    def change(data: _Data) -> None:
        chain = data["claims"][0]["voices"]
        chain += [_heard(_place(0, 4), ["sel", "port", "leo", "gull"][each % 4]) for each in range(number)]
        for each in chain[:-1]:
            each["commitment"] = "uncommitted"
        first = {**data["claims"][0], "gist": "Long " * number, "evidence": [row["span"] for row in data["mentions"]]}
        data["claims"][0] = first
        said = small()["quotations"][0] | {"span": _place(0, 4), "text": "Here", "speaker": "gull", "claims": ["c0"]}
        data["quotations"] = [{**said, "id": f"u{each}"} for each in range(number)]
        _carry_all(data)
        undercuts = [
            {"id": f"b{i}", "source": f"c{i}", "target": f"b{i - 1}" if i > 1 else "a0", "kind": "undercuts"}
            for i in range(1, number)
        ]
        data["arguments"] += undercuts

    return _article(*_numbered(number), change)


def _carry_all(data: _Data) -> None:
    for name in ("events", "relations", "quantities"):
        data["claims"][0][name] = [row["id"] for row in data[name]]


SHAPES = (honest, one_place, many_sentences, repeated, long_words, nested)
