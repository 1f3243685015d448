"""Articles from what pipelines and language models emit: dicts with pieces of text where a file has offsets.

What lives here: `from_records`, which looks the pieces up in the text and the names among the entities.
What does not: the form of a record (`codec/shape.py`), the rules between records (`validation/rules.py`), judging
(`scoring/scores.py`).

A piece that is not in the text, or is there more than once, is reported with its record, and the record is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from operator import itemgetter
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec.shape import read_part
from oped_dataset.errors import InvalidArticle, NotComparable, Problem
from oped_dataset.messages import did_you_mean, nearest
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import Entity, Span
from oped_dataset.model.tables import Record
from oped_dataset.text.alignment import align
from oped_dataset.text.canonical import normalise, text_digest

KINDS: Final[Mapping[str, str]] = {
    "entity": "entities",
    "mention": "mentions",
    "time": "times",
    "quantity": "quantities",
    "quotation": "quotations",
    "event": "events",
    "relation": "relations",
    "claim": "claims",
    "argument": "arguments",
}
"""What the key `record` may say, and the table each kind goes to."""

_WITH_SPAN: Final = frozenset({"mention", "time", "quantity", "quotation"})
_WITH_EVIDENCE: Final = frozenset({"event", "relation", "claim"})
_ENTITY_KEYS: Final = frozenset({"entity", "speaker", "subject", "object", "place", "source"})
_JOINED: Final = frozenset({"name", "aliases"})
"""What a second description of an entity may say differently."""
_OWN: Final = frozenset({"record", "within"})
_SHOWN: Final = 60

Data: TypeAlias = dict[str, Any]


@attrs.frozen(kw_only=True)
class Extraction:
    """What came of records with pieces of text.

    Attributes:
        article: The article made of the records that could be resolved.
        problems: Why the others could not; a pointer begins with the number of the record, from 0.
        rejected: The others as they were given, in their order; `score` counts them as predicted and wrong.
    """

    article: Article
    problems: tuple[Problem, ...]
    rejected: tuple[Any, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every record is in the article."""
        return not self.problems


def from_records(
    records: Iterable[Mapping[str, Any]],
    *,
    like: Article,
    text: str | None = None,
    defaults: Mapping[str, Mapping[str, Any]] | None = None,
) -> Extraction:
    """Make an article of dicts that have pieces of text instead of offsets.

    Each dict has the key `record`, one of `entity`, `mention`, `time`, `quantity`, `quotation`, `event`, `relation`,
    `claim`, `argument`, and otherwise the keys of that record in a file, with these liberties:

    - `text` stands for the span or the evidence: a piece of the text, or for evidence a list of pieces. It is compared
      in the normal form, so that quotation marks and white space do not matter, and must occur once. Where it occurs
      more often, `within` gives a longer piece around it that occurs once.
    - The `cue` and the `hedges` of a voice are pieces too. They are looked for first in the sentences that hold the
      evidence.
    - Wherever a place is wanted, a piece of the text or `{"start": …, "end": …}` will do.
    - An entity is referred to by its id or by a name; an entity that is only named in a reference is made when
      `defaults` gives entities a kind.
    - An entity may be described more than once: its aliases are joined, and any other value must be the same.
    - `id` may be left out where nothing refers to the record.

    Args:
        records: The dicts.
        like: The article these records are another annotation of, such as the gold one. Its title, dates, authors and
            source are taken over, and none of its annotation.
        text: Its text; when None, `like` must hold it.
        defaults: Values for keys that are left out, by kind of record; those of `voice` are for each voice.

    Raises:
        NotComparable: The text is not that of `like`, or there is none.
    """
    numbered = list(enumerate(records))
    taken = {str(record["id"]) for _, record in numbered if _is_dict(record) and "id" in record}
    maker = _Maker(like, _text_of(like, text), defaults or {}, taken)
    # Entities first, so that every name is known, whatever the order of the records.
    numbered.sort(key=lambda item: not _is_entity(item[1]))
    for index, record in numbered:
        maker.add(index, record)
    return maker.finished()


def _text_of(like: Article, text: str | None) -> str:
    found = like.source.text if text is None else text
    if found is None:
        raise NotComparable(f"{like.id!r} does not hold its text; give it as `text`")
    if text_digest(found) != like.source.sha256:
        raise NotComparable(
            f"the text is not the one {like.id!r} counts in; carry it over first: like=like.attach(text).to_article()"
        )
    return found


class _Unresolved(Exception):
    """A record that cannot be made, with the reasons."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def _unresolved(code: str, pointer: str, message: str, hint: str | None = None) -> _Unresolved:
    return _Unresolved(Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint))


class _Maker:
    """Collects the records of one article."""

    def __init__(
        self, like: Article, text: str, defaults: Mapping[str, Mapping[str, Any]], taken: Iterable[str]
    ) -> None:
        self._like = like
        self._snippets = _Snippets(text, like)
        self._defaults = defaults
        self._tables: dict[str, Any] = {name: [] for name in TABLES}
        self._problems: list[tuple[int, Problem]] = []
        self._rejected: list[tuple[int, Any]] = []
        self._ids = set(taken)
        self._names: dict[str, str] = {}
        for entity_id in dict.fromkeys((like.publisher, *like.authors, *like.contributors)):
            if entity_id in like.entities:
                self._keep("entities", like.entities[entity_id])

    def add(self, index: int, record: Any) -> None:
        """Make one record, or note why it cannot be made."""
        try:
            if not _is_dict(record) or not all(isinstance(key, str) for key in record):
                raise _unresolved("wrong-type", f"/{index}", "must be a dict whose keys are str")
            self._make(f"/{index}", record)
        except (_Unresolved, InvalidArticle) as reason:
            self._problems += [(index, problem) for problem in reason.problems]
            self._rejected.append((index, record))

    def _make(self, pointer: str, record: Mapping[str, Any]) -> None:
        kind = record.get("record")
        if not isinstance(kind, str) or kind not in KINDS:
            hint = did_you_mean(nearest(kind, KINDS)) or f"it is one of {', '.join(KINDS)}"
            raise _unresolved("unknown-record", f"{pointer}/record", f"{kind!r} is no kind of record", hint)
        data = {**self._defaults.get(kind, {}), **record}
        known = self._known_entity(data) if kind == "entity" else None
        if known is not None:
            self._join_entity(known, {key: value for key, value in data.items() if key in record}, pointer)
            return
        self._resolve(kind, data, pointer)
        if "id" not in data:
            data["id"] = self._new_id(str(data["name"]) if kind == "entity" and "name" in data else kind)
        plain = {key: value for key, value in data.items() if key not in _OWN}
        self._keep(KINDS[kind], self._structured(KINDS[kind], plain, pointer))

    def _known_entity(self, data: Data) -> str | None:
        """The id of an entity that has been described before: by its id or, where it has none, by its name."""
        if "id" in data:
            return next((each.id for each in self._tables["entities"] if each.id == data["id"]), None)
        return self._names.get(_key(data["name"])) if isinstance(data.get("name"), str) else None

    def _join_entity(self, known: str, given: Data, pointer: str) -> None:
        """Add the aliases of an entity that is described again; refuse values that differ from the first ones."""
        position, first = next(
            (position, each) for position, each in enumerate(self._tables["entities"]) if each.id == known
        )
        plain = {key: value for key, value in given.items() if key not in _OWN}
        needed = {"id": first.id, "kind": first.kind.value, "name": first.name, "named": first.named}
        again = read_part({**needed, "description": first.description, **plain}, Entity, pointer)
        differing = [key for key in plain if key not in _JOINED and getattr(again, key) != getattr(first, key)]
        if differing:
            message = f"{first.name!r} has been described before, with another {' and '.join(differing)}"
            hint = "give the same values, or an id if it is another entity"
            raise _unresolved("conflicting-entity", f"{pointer}/{differing[0]}", message, hint)
        aliases = tuple(dict.fromkeys((*first.aliases, *again.aliases)))
        joined = attrs.evolve(first, aliases=aliases)
        self._tables["entities"][position] = joined
        self._name_entity(joined)

    def _structured(self, table: str, data: Data, pointer: str) -> Record:
        return read_part(data, self._like.tables[table].record_type, pointer)

    def _keep(self, table: str, record: Record) -> None:
        self._tables[table].append(record)
        self._ids.add(record.id)
        if isinstance(record, Entity):
            self._name_entity(record)

    def _name_entity(self, entity: Entity) -> None:
        for name in (entity.id, entity.name, *entity.aliases):
            self._names.setdefault(_key(name), entity.id)

    def _new_id(self, words: str) -> str:
        slug = "-".join(re.findall("[a-z0-9]+", words.casefold())) or "entity"
        candidates = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        return next(candidate for candidate in candidates if candidate not in self._ids)

    # What a record says in words.

    def _resolve(self, kind: str, data: Data, pointer: str) -> None:
        within = self._within(data, pointer)
        if kind in _WITH_SPAN:
            self._resolve_span(kind, data, pointer, within)
        if kind in _WITH_EVIDENCE:
            self._resolve_evidence(data, pointer, within)
        if kind == "claim":
            self._resolve_claim(data, pointer, within)
        if kind != "argument":
            self._resolve_entities(data, pointer)

    def _resolve_span(self, kind: str, data: Data, pointer: str, within: list[Span] | None) -> None:
        key = "span" if "span" in data else "text"
        data["span"] = self._place(self._text(data, key, pointer), f"{pointer}/{key}", within, only_near=True)
        # Of a quotation the words are kept, as they stand in the text.
        words = data.pop("text", None)
        if kind == "quotation":
            given = words if key == "span" else self._snippets.text[data["span"]["start"] : data["span"]["end"]]
            data.update({"text": given} if given is not None else {})

    def _resolve_evidence(self, data: Data, pointer: str, within: list[Span] | None) -> None:
        key = "evidence" if "evidence" in data else "text"
        given = self._text(data, key, pointer)
        pieces = list(enumerate(given)) if isinstance(given, list) else [(None, given)]
        places = [
            self._place(
                piece, f"{pointer}/{key}" if index is None else f"{pointer}/{key}/{index}", within, only_near=True
            )
            for index, piece in pieces
        ]
        data["evidence"] = sorted(places, key=lambda place: (place["start"], place["end"]))
        data.pop("text", None)

    def _text(self, data: Data, key: str, pointer: str) -> Any:
        if key not in data:
            raise _unresolved("missing-key", pointer, "the key 'text' is missing, and no place is given either")
        return data[key]

    def _within(self, data: Data, pointer: str) -> list[Span] | None:
        if data.get("within") is None:
            return None
        place = self._place(data["within"], f"{pointer}/within", None, only_near=True)
        return [Span(place["start"], place["end"])]

    def _resolve_claim(self, data: Data, pointer: str, within: list[Span] | None) -> None:
        near = within or self._snippets.sentences_of(data["evidence"])
        voices = data.get("voices")
        if isinstance(voices, list):
            data["voices"] = [self._voice(each, f"{pointer}/voices/{i}", near) for i, each in enumerate(voices)]

    def _voice(self, voice: Any, pointer: str, near: list[Span]) -> Any:
        if not _is_dict(voice):
            return voice
        data = {**self._defaults.get("voice", {}), **voice}
        if data.get("cue") is not None:
            data["cue"] = self._place(data["cue"], f"{pointer}/cue", near)
        hedges = data.get("hedges")
        if isinstance(hedges, list):
            data["hedges"] = [self._place(each, f"{pointer}/hedges/{i}", near) for i, each in enumerate(hedges)]
        self._resolve_entities(data, pointer)
        return data

    def _resolve_entities(self, data: Data, pointer: str) -> None:
        for key in _ENTITY_KEYS & data.keys():
            if isinstance(data[key], str):
                data[key] = self._entity(data[key], f"{pointer}/{key}")
        if isinstance(data.get("about"), list):
            data["about"] = [self._entity(each, f"{pointer}/about/{i}") for i, each in enumerate(data["about"])]
        if isinstance(data.get("participants"), list):
            parts = enumerate(data["participants"])
            data["participants"] = [self._participant(each, f"{pointer}/participants/{i}") for i, each in parts]

    def _participant(self, participant: Any, pointer: str) -> Any:
        if not _is_dict(participant):
            return participant
        data = dict(participant)
        self._resolve_entities(data, pointer)
        return data

    def _entity(self, name: Any, pointer: str) -> Any:
        if not isinstance(name, str):
            return name
        if _key(name) not in self._names:
            given = self._defaults.get("entity", {})
            if "kind" not in given:
                hint = did_you_mean(nearest(_key(name), self._names)) or "add an entity of this name"
                raise _unresolved("unknown-entity", pointer, f"no entity is called {name!r}", hint)
            data = {**given, "name": name, "id": self._new_id(name)}
            self._keep("entities", self._structured("entities", data, pointer))
        return self._names[_key(name)]

    def _place(self, wanted: Any, pointer: str, near: list[Span] | None, *, only_near: bool = False) -> Data:
        if isinstance(wanted, Mapping):
            span = read_part(dict(wanted), Span, pointer)
            return {"start": span.start, "end": span.end}
        if not isinstance(wanted, str) or not normalise(wanted):
            raise _unresolved("wrong-type", pointer, "must be a piece of the text, or an object with start and end")
        return self._snippets.place(wanted, pointer, near, only_near=only_near)

    def finished(self) -> Extraction:
        """The article and the problems, in the order of the records."""
        source = attrs.evolve(self._like.source, sentences=(), paragraphs=())
        article = attrs.evolve(self._like, source=source, headings=(), errata=(), **self._tables)
        for numbered in (self._problems, self._rejected):
            numbered.sort(key=itemgetter(0))
        return Extraction(
            article=article,
            problems=tuple(problem for _, problem in self._problems),
            rejected=tuple(record for _, record in self._rejected),
        )


def _key(name: Any) -> str:
    return normalise(str(name)).casefold()


def _is_dict(record: Any) -> bool:
    return isinstance(record, Mapping)


def _is_entity(record: Any) -> bool:
    return _is_dict(record) and record.get("record") == "entity"


# Pieces of text.


class _Snippets:
    """Finds pieces of a text by their normal form."""

    def __init__(self, text: str, article: Article) -> None:
        self.text = text
        self._normal, self._alignment = align(text)
        self._sentences = [sentence.span for sentence in article.source.sentences]

    def sentences_of(self, places: Any) -> list[Span]:
        """The sentences that share a character with any of these places."""
        spans = [Span(place["start"], place["end"]) for place in places]
        return [each for each in self._sentences if any(each.overlaps(span) for span in spans)]

    def place(self, piece: str, pointer: str, near: list[Span] | None, *, only_near: bool) -> Data:
        """Find where a piece stands, near a place or else anywhere."""
        found = list(self._all(normalise(piece)))
        close = found if near is None else [each for each in found if any(span.contains(each) for span in near)]
        if not close and not only_near:
            close = found
        shown = piece if len(piece) <= _SHOWN else f"{piece[:_SHOWN]}…"
        if not close:
            where = "within the piece given" if only_near and near is not None else "in the text"
            raise _unresolved("snippet-missing", pointer, f"{shown!r} does not stand {where}")
        if len(close) > 1:
            hint = "give a longer piece around it as `within`"
            raise _unresolved("snippet-ambiguous", pointer, f"{shown!r} stands in {len(close)} places", hint)
        return {"start": close[0].start, "end": close[0].end}

    def _all(self, words: str) -> Iterator[Span]:
        # Not inside a longer word: a piece that begins or ends with a letter has none beside it.
        before = r"(?<!\w)" if words[0].isalnum() else ""
        after = r"(?!\w)" if words[-1].isalnum() else ""
        for match in re.finditer(f"{before}{re.escape(words)}{after}", self._normal):
            place = self._alignment.back(*match.span())
            if place is not None:
                yield Span(*place)
