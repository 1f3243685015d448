"""The configuration for brat allows all that is written, by the rules that brat's documentation gives for checking.

brat itself is on no package index. Its rules are: each span, relation and attribute has a configured type; a relation
and an attribute are allowed between or on these types, with this value; two spans may overlap only where a line
`<OVERLAP>` says so; and the words of a span are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

import oped_dataset
from oped_dataset import Article
from oped_dataset.exports import Files, to_brat


def _sections(configuration: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    """The lines of each section by type, with the values of each argument."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for line in filter(None, configuration.split("\n")):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        else:
            name, _, arguments = line.partition("\t")
            pairs = [argument.partition(":") for argument in arguments.split(", ") if argument]
            section[name] = {key: values.split("|") for key, _, values in pairs}
    return found


def _issues(files: Files, name: str) -> Iterator[str]:
    rules = _sections(files["annotation.conf"].decode())
    entities, relations, attributes = rules["entities"], rules["relations"], rules["attributes"]
    text, lines = files[f"{name}.txt"].decode(), files[f"{name}.ann"].decode().split("\n")
    spans: dict[str, tuple[str, int, int]] = {}
    for line in lines:
        if match := re.fullmatch(r"(T\d+)\t(\S+) ([\d ;]+)\t(.*)", line):
            key, label, offsets, words = match.groups()
            places = [tuple(map(int, place.split())) for place in offsets.split(";")]
            spans[key] = (label, places[0][0], places[-1][1])
            if label not in entities:
                yield f"{key}: unknown type {label}"
            if " ".join(text[start:end] for start, end in places).split() != words.split():
                yield f"{key}: other words"
    for line in lines:
        if match := re.fullmatch(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\t?", line):
            key, kind, *ends = match.groups()
            allowed = relations.get(kind, {})
            if any(spans[end][0] not in allowed.get(f"Arg{number}", ()) for number, end in enumerate(ends, 1)):
                yield f"{key}: {kind} is not allowed there"
        if match := re.fullmatch(r"(A\d+)\t(\S+) (T\d+)(?: (\S+))?", line):
            key, kind, target, value = match.groups()
            allowed = attributes.get(kind, {})
            if spans[target][0] not in allowed.get("Arg", ()) or (value or "") not in allowed.get("Value", [""]):
                yield f"{key}: {kind} is not allowed there"
    if relations.get("<OVERLAP>") != {"Arg1": ["<ENTITY>"], "Arg2": ["<ENTITY>"], "<OVL-TYPE>": ["<ANY>"]}:
        places_in_order = sorted((start, end, key) for key, (_, start, end) in spans.items())
        for (_, end, key), (start, _, other) in pairwise(places_in_order):
            if start < end:
                yield f"{key}: overlaps {other}"


def test_nothing_that_is_written_breaks_a_rule_of_brat(hostile: Article) -> None:
    assert list(_issues(to_brat(hostile), "small")) == []
    assert list(_issues(to_brat(oped_dataset.load("harbour-toll")), "harbour-toll")) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "issue"),
    [
        ("annotation.conf", "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n", "", "overlaps"),
        ("small.ann", "T1\tMention", "T1\tPerson", "T1: unknown type Person"),
        ("small.ann", "T1\tMention 10 14", "T1\tMention 11 14", "T1: other words"),
        ("small.ann", "A14\tClaimKind T12 happening", "A14\tClaimKind T12 sad", "A14: ClaimKind is not allowed there"),
        ("small.ann", "R4\tsupports Arg1:T13", "R4\tsupports Arg1:T1", "R4: supports is not allowed there"),
    ],
)
def test_what_breaks_a_rule_of_brat_is_found(file: str, old: str, new: str, issue: str, toll: Article) -> None:
    files = to_brat(toll)
    assert old in files[file].decode()

    broken = Files({**files, file: files[file].decode().replace(old, new).encode()})

    assert any(issue in found for found in _issues(broken, "small"))


def test_every_kind_of_record_has_a_colour_of_its_own(toll: Article) -> None:
    entities = _sections(to_brat(toll)["annotation.conf"].decode())["entities"]

    shown = to_brat(toll)["visual.conf"].decode()

    colours = [re.findall(rf"^{label}\tbgColor:(#[0-9a-f]{{6}})$", shown, re.MULTILINE) for label in entities]
    assert len({colour for (colour,) in colours}) == len(entities)
