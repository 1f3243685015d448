"""A check that the claims in any nested result come with their voices.

Here: walking dicts, lists, tables and objects, finding the statements in them, and reporting missing voices.
Not here: whether a document is an article (`validation/rules.py`).

A statement is a claim, event, relation or quantity of this library; a mapping, row or object that has a `gist`, that is
a triple of subject, predicate and object, or whose `id` is that of such a record; and a text that contains a gist. A
paraphrase is not recognised. Voices are looked up under `ATTRIBUTION_KEYS` beside the statement and around it, and in
the text that contains it; rows of one table with the same statement are checked together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.arguments import several
from oped_dataset.errors import InvalidRecord
from oped_dataset.model.article import CARRIED, Article
from oped_dataset.model.records import (
    Claim,
    Event,
    Quantity,
    Relation,
    Source,
)
from oped_dataset.model.tables import Table

ATTRIBUTION_KEYS: Final = frozenset(
    {
        *("voices", "voice", "source", "sources", "speaker", "speakers", "author", "authors", "publisher", "by"),
        *("attribution", "attributed_to", "said_by", "according_to", "chain"),
        *("told_by", "told_by_line", "voices_line"),
    }
)
"""The keys under which a result may name the voices of a statement."""

_TRIPLE: Final = frozenset({"subject", "predicate", "object"})
_NAMING: Final = ("source", "id", "name", "speaker")
_STATEMENTS: Final = (Claim, Event, Relation, Quantity)

_Fields: TypeAlias = Mapping[str, Any]
_Link: TypeAlias = tuple[str, str | None]
"""The source of a voice, and its commitment or None if the result does not give it."""
_Chain: TypeAlias = tuple[_Link, ...]


@attrs.frozen(kw_only=True)
class Unattributed:
    """A statement that came without its voices.

    Attributes:
        place: Its path in the result, such as `$.rows[3]`; `$` is the result itself.
        statement: Its gist or, without one, its id or its class.
        expected: The chains of voices it may come with, each in words, with the commitment of each voice in brackets;
            empty if no article was passed.
        found: The voices it came with, in words, or "nobody".
    """

    place: str
    statement: str
    expected: tuple[str, ...]
    found: str

    def __str__(self) -> str:
        """Show the path and, like a diff, the expected and the actual voices."""
        wanted = self.expected or ("at least one voice, or a claim that carries it",)
        lines = [f"{self.place}: {self.statement}", *(f"  - {chain}" for chain in wanted), f"  + {self.found}"]
        return "\n".join(lines)


@attrs.frozen(kw_only=True)
class _Spot:
    """A position in the result: its path, that of its container, the names of voices around it, and its ancestors."""

    place: str = "$"
    group: str = "$"
    texts: tuple[str, ...] = ()
    path: frozenset[int] = frozenset()

    def inside(self, step: str, outer: object, texts: tuple[str, ...] = ()) -> _Spot:
        """Return the position one step further in."""
        path = self.path | {id(outer)}
        return _Spot(place=self.place + step, group=self.place, texts=(*texts, *self.texts), path=path)


@attrs.frozen(kw_only=True)
class _Statement:
    """A statement in the result, with the names of voices beside and around it."""

    place: str
    key: tuple[str, str]
    shown: str
    texts: tuple[str, ...]
    chains: tuple[_Chain, ...] | None = None
    carried: tuple[str, ...] = ()


def assert_attributed(result: object, *articles: Article, keys: Iterable[str] = ()) -> int:
    """Fail if a claim, event, relation or quantity in a result came without its voices.

    Args:
        result: Anything made of dicts, lists, tables (pandas, polars, Arrow), attrs and data classes, and texts.
        articles: The articles from which the result was made. With them, every voice of the chain must be present: in
            order if the result has a list, with the same commitment if it has commitments. Without them, any voice
            suffices.
        keys: Further keys under which your results name voices.

    Returns:
        The number of statements found. A result without statements passes, so compare this number.

    Raises:
        AssertionError: A voice is missing; the message shows each path with the expected and the actual voices.
        InvalidRecord: The result contains bytes, or an iterator, which could be read only once.

    Example:
        >>> assert_attributed([{"gist": "The toll rose.", "voices": ["ines", "sel"]}])
        1
    """
    __tracebackhide__ = True
    judge = _Judge(articles, keys)
    missing = judge.unattributed(result)
    if missing:
        head = f"{len(missing)} of {judge.count} statements came without their voices:"
        raise AssertionError("\n".join([head, *map(str, missing)]))
    return judge.count


def find_unattributed(result: object, *articles: Article, keys: Iterable[str] = ()) -> tuple[Unattributed, ...]:
    """Return the statements for which `assert_attributed` would fail; arguments and errors are the same."""
    return _Judge(articles, keys).unattributed(result)


class _Judge:
    """The check of one result against the articles."""

    def __init__(self, articles: Sequence[Article], keys: Iterable[str]) -> None:
        several("keys", keys, "several keys", "pass a list of them")
        self._keys = ATTRIBUTION_KEYS | frozenset(keys)
        self._answers: dict[str, list[Claim]] = defaultdict(list)
        self._gists: set[str] = set()
        self._names: dict[str, set[str]] = defaultdict(set)
        for article in articles:
            self._learn(article)
        self.count = 0

    def _learn(self, article: Article) -> None:
        gists = {event.id: event.gist for event in article.events}
        for claim in article.claims:
            for key in {claim.id, claim.gist, *claim.carries, *(gists[e] for e in claim.events if e in gists)}:
                self._answers[key].append(claim)
        self._gists |= {claim.gist for claim in article.claims} | set(gists.values())
        for entity in article.entities:
            self._names[entity.id] |= {entity.id, entity.name, *entity.aliases}

    def unattributed(self, result: object) -> tuple[Unattributed, ...]:
        statements = list(self._walk(result, _Spot()))
        pools: dict[tuple[str, str], list[str]] = defaultdict(list)
        for statement in statements:
            pools[statement.key] += statement.texts
        self.count = len(pools)
        doubtful: dict[tuple[str, str], _Statement] = {}
        carried: set[str] = set()
        for statement in statements:
            if self._is_attributed(statement, pools[statement.key]):
                carried |= {*statement.carried}
            else:
                doubtful.setdefault(statement.key, statement)
        return tuple(self._describe(s, pools[key]) for key, s in doubtful.items() if key[1] not in carried)

    # Finding statements.

    def _walk(self, value: Any, spot: _Spot) -> Iterator[_Statement]:
        if isinstance(value, (bytes, bytearray, memoryview)):
            raise InvalidRecord(f"{spot.place}: bytes cannot be searched; decode them first, JSON with json.loads")
        if isinstance(value, str):
            yield from self._in_text(value, spot)
        elif id(value) not in spot.path and not isinstance(value, Source):
            items = _items(value, spot.place)
            if isinstance(items, list):
                for index, item in enumerate(items):
                    yield from self._walk(item, spot.inside(f"[{index}]", value))
            elif items is not None and "sha256" not in items:
                yield from self._in_fields(items, value, spot)

    def _in_text(self, text: str, spot: _Spot) -> Iterator[_Statement]:
        for gist in sorted(gist for gist in self._gists if gist in text):
            texts = (text.replace(gist, " "), *spot.texts)
            yield _Statement(place=spot.place, key=(spot.group, gist), shown=repr(gist), texts=texts)

    def _in_fields(self, fields: _Fields, value: object, spot: _Spot) -> Iterator[_Statement]:
        own = tuple(text for key in fields if key in self._keys for text in _names_in(fields[key]))
        statement = self._statement(fields, value, attrs.evolve(spot, texts=(*own, *spot.texts)))
        if statement is not None:
            yield statement
        for key, item in fields.items():
            if key not in self._keys and not (key == "gist" and statement is not None):
                yield from self._walk(item, spot.inside(f".{key}", value, own))

    def _statement(self, fields: _Fields, value: object, spot: _Spot) -> _Statement | None:
        record_id, gist = fields.get("id"), fields.get("gist")
        known = next((key for key in (record_id, gist) if isinstance(key, str) and key in self._answers), None)
        formed = isinstance(value, _STATEMENTS) or isinstance(gist, str) or fields.keys() >= _TRIPLE
        if known is None and not formed:
            return None
        return _Statement(
            place=spot.place,
            key=(spot.group, known or str(record_id or spot.place)),
            shown=repr(gist) if isinstance(gist, str) else str(record_id or type(value).__name__),
            texts=spot.texts,
            chains=_chains(fields),
            carried=tuple(str(record) for name in CARRIED for record in _list(fields.get(name))),
        )

    # Judging statements.

    def _is_attributed(self, statement: _Statement, pool: Sequence[str]) -> bool:
        claims, chains = self._answers.get(statement.key[1]), statement.chains
        if claims is None:
            if chains is None:
                return any(text.strip() for text in pool)
            return all(any(source for source, _ in links) for links in chains)
        if chains is not None and all(self._named_in([source]) for source, _ in chain.from_iterable(chains)):
            # A correct chain does not excuse another that attributes the statement to somebody else.
            return all(any(self._agrees(links, claim) for claim in claims) for links in chains)
        named = self._named_in(pool)
        return any(named.issuperset(voice.source for voice in claim.voices) for claim in claims)

    def _agrees(self, links: _Chain, claim: Claim) -> bool:
        return len(links) == len(claim.voices) and all(
            source in self._names[voice.source] and commitment in (None, voice.commitment)
            for (source, commitment), voice in zip(links, claim.voices, strict=True)
        )

    def _named_in(self, texts: Iterable[str]) -> set[str]:
        joined = "\n".join(texts)
        return {entity for entity, names in self._names.items() if any(_contains(joined, name) for name in names)}

    def _describe(self, statement: _Statement, pool: Sequence[str]) -> Unattributed:
        claims = self._answers.get(statement.key[1], ())
        named = ", ".join(sorted(self._named_in(pool)))
        return Unattributed(
            place=statement.place,
            statement=statement.shown,
            expected=tuple(
                dict.fromkeys(
                    _format_chain((voice.source, str(voice.commitment)) for voice in claim.voices) for claim in claims
                )
            ),
            found=(named if statement.chains is None else " | ".join(map(_format_chain, statement.chains))) or "nobody",
        )


def _format_chain(links: Iterable[_Link]) -> str:
    return " > ".join(source if commitment is None else f"{source} ({commitment})" for source, commitment in links)


def _contains(text: str, name: str) -> bool:
    # Scripts without spaces between words have no word boundaries that a pattern could match.
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None if name.isascii() else name in text


# Taking results apart.


def _items(value: Any, place: str) -> _Fields | list[Any] | None:
    """Return the fields of a value, or its items, or None if it is a plain value."""
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, Iterator):
        raise InvalidRecord(f"{place}: an iterator can be read only once; pass a list of its items")
    if isinstance(value, (Sequence, Set, Table)):
        return value._asdict() if hasattr(value, "_asdict") else list(value)
    if isinstance(value, type):
        return None
    rows = _rows(value)
    if rows is not None:
        return rows
    if attrs.has(type(value)):
        return {attribute.name: getattr(value, attribute.name) for attribute in attrs.fields(type(value))}
    fields: Mapping[str, Any] | None = getattr(value, "__dict__", None)
    return fields


def _rows(value: Any) -> list[Any] | None:
    """Return the rows of a table or column of pandas, polars or Arrow, or None for any other value."""
    for method in ("to_dicts", "to_pylist", "to_list", "tolist"):
        if hasattr(value, method):
            made = getattr(value, method)()
            return made if isinstance(made, list) else None
    if hasattr(value, "iterrows"):
        # The ids may be the index; if they are also a column, the index adds nothing.
        frame = value.reset_index(drop=value.index.name in value.columns)
        rows: list[Any] = frame.to_dict(orient="records")
        return rows
    return None


def _list(value: Any) -> list[Any]:
    items = None if isinstance(value, str) else _items(value, "$")
    return items if isinstance(items, list) else []


def _names_in(value: Any) -> Iterator[str]:
    """Yield the names of voices in the value of an attribution key."""
    items = value if isinstance(value, str) else _items(value, "$")
    if isinstance(items, str):
        yield items
    elif isinstance(items, list):
        for item in items:
            yield from _names_in(item)
    elif items is not None:
        yield from (items[key] for key in _NAMING if isinstance(items.get(key), str))


def _chains(fields: _Fields) -> tuple[_Chain, ...] | None:
    """Return the chains of voices beside a statement: its own, or those of the claims that carry it."""
    if "voices" in fields:
        own = _chain(fields["voices"])
        return None if own is None else (own,)
    claims = [_items(claim, "$") for claim in _list(fields.get("told_by")) if not isinstance(claim, str)]
    chains = [_chain(claim.get("voices")) for claim in claims if isinstance(claim, Mapping)]
    return tuple(links or () for links in chains) or None


def _chain(value: Any) -> _Chain | None:
    """Return the links of a chain given as a list of voices or of names; None for any other form."""
    items = None if isinstance(value, str) else _items(value, "$")
    return tuple(_link(item) for item in items) if isinstance(items, list) else None


def _link(item: Any) -> _Link:
    fields = None if isinstance(item, str) else _items(item, "$")
    commitment = fields.get("commitment") if isinstance(fields, Mapping) else None
    return next(_names_in(item), ""), None if commitment is None else str(commitment)
