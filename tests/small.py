"""A small valid article about invented people, as plain data that tests may change."""

from __future__ import annotations

import copy
import json
from typing import Any

from oped_dataset.text.canonical import sentence_digest, text_digest

TEXT = (
    "The Toll\n\nMaro raised the toll on May 3. “The ferry lost 40 crowns,” the Gull cited Sel as saying.\n\n"
    "Who Pays?\n\nWhere did it go? She leads the port. So the port may fall.\n"
)


def place(words: str, text: str = TEXT) -> dict[str, int]:
    """Find the span of the first occurrence of words."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def sentence(words: str, no_claim: str | None = None) -> dict[str, Any]:
    """Make a sentence of the text."""
    return {"span": place(words), "digest": sentence_digest(words), "no_claim": no_claim, "shifts": []}


def paragraph(words: str) -> dict[str, Any]:
    """Make a paragraph of the text."""
    return {"span": place(words), "digest": sentence_digest(words)}


def voice(source: str, act: str, commitment: str, cue: str | None = None, mode: str = "indirect") -> dict[str, Any]:
    """Make one voice of a chain."""
    channel = "published-work" if cue is None else "press-report"
    where = None if cue is None else place(cue)
    words: dict[str, Any] = {"cue": where, "hedges": [], "mode": mode}
    return {"source": source, "act": act, "channel": channel, "commitment": commitment} | words


def claim(claim_id: str, gist: str, evidence: str, *voices: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Make a claim with simple defaults."""
    outermost = voice("ines", "say", "uncommitted" if voices else "certain", mode="indirect" if voices else "direct")
    plain: dict[str, Any] = {
        "kind": "happening",
        "ground": "testimony" if voices else "bare",
        "about": [],
        "events": [],
        "relations": [],
    }
    record = {"id": claim_id, "gist": gist, "voices": [outermost, *voices], "evidence": [place(evidence)]}
    return plain | {"quantities": []} | record | more


def _entity(entity_id: str, name: str, kind: str = "person") -> dict[str, Any]:
    plain: dict[str, Any] = {"aliases": [], "named": True, "description": None, "identifiers": []}
    return {"id": entity_id, "kind": kind, "name": name} | plain


def _mention(mention_id: str, entity: str, words: str, form: str = "name") -> dict[str, Any]:
    return {"id": mention_id, "entity": entity, "span": place(words), "form": form, "metonym": False}


_SMALL: dict[str, Any] = {
    "schema_version": 1,
    "id": "small",
    "title": "The Toll",
    "language": "en",
    "genre": "op-ed",
    "published": "2019-07-13",
    "updated": "2019-07-31",
    "publisher": "gull",
    "authors": ["ines"],
    "contributors": ["leo"],
    "licence": "CC0-1.0",
    "data_version": "1.0.0",
    "source": {
        "sha256": text_digest(TEXT),
        "length": len(TEXT),
        "sentences": [
            sentence("Maro raised the toll on May 3."),
            sentence("“The ferry lost 40 crowns,” the Gull cited Sel as saying."),
            sentence("Where did it go?", "asks a question"),
            sentence("She leads the port."),
            sentence("So the port may fall."),
        ],
        "canonicalisation": "oped-1",
        "text": TEXT,
        "paragraphs": [paragraph(words) for words in TEXT.split("\n") if words],
    },
    "headings": [
        {"span": place("The Toll"), "text": "The Toll"},
        {"span": place("Who Pays?"), "text": "Who Pays?"},
    ],
    "errata": [{"record": "old-claim", "data_version": "1.0.0", "change": "withdrawn", "note": "It was read wrongly."}],
    "entities": [
        _entity("ines", "Ines"),
        _entity("leo", "Leo"),
        _entity("maro", "Maro"),
        _entity("sel", "Sel"),
        _entity("gull", "the Gull", "organization"),
        _entity("port", "the port", "organization"),
    ],
    "mentions": [
        _mention("m-maro", "maro", "Maro"),
        _mention("m-gull", "gull", "Gull"),
        _mention("m-sel", "sel", "Sel"),
        _mention("m-she", "maro", "She", "pronoun"),
        _mention("m-port", "port", "port", "nominal"),
    ],
    "times": [
        {"id": "t-may", "span": place("May 3"), "kind": "date", "value": "2019-05-03", "anchor": "publication-date"}
    ],
    "quantities": [
        {
            "id": "q-loss",
            "span": place("40 crowns"),
            "value": "40",
            "unit": "crowns",
            "comparator": "equal",
            "of": "what the ferry lost",
        }
    ],
    "quotations": [
        {
            "id": "said-sel",
            "span": place("The ferry lost 40 crowns,"),
            "text": "The ferry lost 40 crowns,",
            "speaker": "sel",
            "kind": "direct",
            "claims": ["c-loss"],
        }
    ],
    "events": [
        {
            "id": "e-rise",
            "kind": "governing",
            "gist": "Maro makes the toll higher.",
            "status": "occurred",
            "when": "2019-05-03",
            "place": "port",
            "participants": [{"entity": "maro", "role": "agent"}],
            "evidence": [place("Maro raised the toll on May 3")],
        },
        {
            "id": "e-fall",
            "kind": "economic-change",
            "gist": "The port goes under.",
            "status": "speculated",
            "when": None,
            "place": None,
            "participants": [{"entity": "port", "role": "patient"}],
            "evidence": [place("the port may fall")],
        },
    ],
    "relations": [
        {
            "id": "r-head",
            "subject": "maro",
            "predicate": "leads",
            "object": "port",
            "during": "2018/..",
            "ended": False,
            "title": None,
            "evidence": [place("She leads the port")],
        }
    ],
    "claims": [
        claim(
            "c-rise", "Maro made the toll higher.", "Maro raised the toll on May 3", about=["maro"], events=["e-rise"]
        ),
        claim(
            "c-loss",
            "The ferry is 40 crowns short.",
            "The ferry lost 40 crowns",
            voice("gull", "say", "certain", "cited"),
            voice("sel", "say", "certain", "saying", "direct"),
            kind="quantity",
            quantities=["q-loss"],
        ),
        claim("c-head", "Maro heads the port.", "She leads the port", kind="state", relations=["r-head"]),
        claim("c-fall", "The port goes under.", "the port may fall", events=["e-fall"]),
    ],
    "arguments": [
        {"id": "a-loss", "source": "c-loss", "target": "c-fall", "kind": "supports"},
        {"id": "a-head", "source": "c-head", "target": "a-loss", "kind": "undercuts"},
    ],
}
_SMALL["claims"][3]["voices"][0] |= {"commitment": "possible", "hedges": [place("may")]}


def small() -> dict[str, Any]:
    """Make a fresh copy, which tests can change."""
    return copy.deepcopy(_SMALL)


def text_of(document: object) -> str:
    """Write a document as JSON."""
    return json.dumps(document, ensure_ascii=False)


def changed(document: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """Replace the value at a JSON Pointer, and return the document."""
    *path, last = (int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
    target: Any = document
    for step in path:
        target = target[step]
    target[last] = value
    return document
