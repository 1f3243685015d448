"""A draft made from a text alone: everything that a program can find before anybody annotates it.

Here: the head, source, sentences, paragraphs and headings, and proposals for quotations, times and amounts.
Not here: finding sentences (`splitting.py`) and quotation marks (`marks.py`).

Uncertain findings are proposals that name the program behind them. Missing values of the head are not guessed: the
draft lacks those keys.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, Final

import attrs

from oped_dataset.arguments import several
from oped_dataset.authoring.drafts import UNFILLED, Draft, Proposal
from oped_dataset.authoring.marks import quoted_places
from oped_dataset.authoring.splitting import Splitter, blocks_of, ends_sentence, sentence_places
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.repairs import slug_for
from oped_dataset.extras import need
from oped_dataset.messages import is_encodable
from oped_dataset.model.article import Article
from oped_dataset.model.records import Entity, Heading, Sentence, Source, Span
from oped_dataset.model.vocabulary import EntityKind
from oped_dataset.text.canonical import NORMAL_FORM, normalise, sentence_digest, text_digest
from oped_dataset.text.fingerprints import paragraphs_of, shifts_of

_OWN: Final = "oped-dataset"
_LONGEST_HEADING: Final = 120


def new_article(
    text: str,
    *,
    id: str,  # noqa: A002
    title: str | None = None,
    authors: Iterable[str] = (),
    contributors: Iterable[str] = (),
    publisher: str | None = None,
    published: datetime.date | None = None,
    updated: datetime.date | None = None,
    language: str = "en",
    genre: str = "op-ed",
    licence: str | None = None,
    data_version: str = "0.1.0",
    with_text: bool = False,
    splitter: Splitter | None = None,
    proposals: bool = True,
) -> Draft:
    r"""Begin the annotation of a text.

    The draft has the source with its sentences, digests, shifts and paragraphs, and an entity for everybody named in
    the arguments. Lines that do not end like a sentence, and questions in title case, become headings. Pairs of
    quotation marks, dates and amounts become proposals: accept or reject each. Check the sentences and headings before
    you annotate.

    Args:
        text: The text to which the offsets refer, in code points.
        id: The name of the article; a lowercase slug.
        title: The headline; None for the first line if it does not end like a sentence.
        authors: The names of the authors.
        contributors: The names of acknowledged contributors.
        publisher: The name of the publisher.
        published: The day of publication.
        updated: The day of the last change by the publisher.
        language: The BCP 47 tag of the text.
        genre: The genre as declared by the publisher.
        licence: The SPDX expression of your annotation.
        data_version: The version of your annotation.
        with_text: Whether the draft contains the text. Check that you may store it.
        splitter: Takes the text and returns the spans of its sentences as `(start, end)` in code points; None for
            sentencex, from the extra `authoring`.
        proposals: Whether to propose dates with dateparser and amounts with spaCy, both from the extra `authoring`.

    Raises:
        InvalidRecord: The text is blank, or an argument is invalid; the message names it.
        MissingExtra: The extra `authoring` is not installed, unless `splitter` and `proposals=False` are passed.

    Example:
        >>> text = "The Toll\n\nMaro raised the toll. “The ferry lost 40 crowns,” he said.\n"
        >>> places = [(0, 8), (10, 31), (32, 68)]
        >>> draft = new_article(text, id="toll", authors=["Ines"], splitter=lambda _: places, proposals=False)
        >>> draft.article.title, [proposal.spans for proposal in draft.proposals], draft.missing
        ('The Toll', [(Span(start=33, end=58),)], ('published', 'publisher', 'licence'))
    """
    if not normalise(text) or not is_encodable(text):
        raise InvalidRecord("text: must not be blank or contain a lone surrogate", "text")
    for name, names in (("authors", authors), ("contributors", contributors)):
        several(name, names, "several names", "pass a list of them")
    authors, contributors = tuple(authors), tuple(contributors)
    sentences = sentence_places(text, language, splitter)
    blocks = blocks_of(text)
    found_title = title if title is not None else _title(text, blocks)
    people = Entities()
    head: dict[str, Any] = {
        "title": found_title,
        "published": published,
        "publisher": None if publisher is None else people.add(publisher, EntityKind.ORGANIZATION),
        "authors": tuple(people.add(name, EntityKind.PERSON) for name in authors) or None,
        "licence": licence,
    }
    missing = tuple(key for key, value in head.items() if value is None)
    article = Article(
        id=id,
        language=language,
        genre=genre,
        updated=updated,
        contributors=tuple(people.add(name, EntityKind.PERSON) for name in contributors),
        data_version=data_version,
        source=_source(text, sentences, with_text=with_text),
        headings=tuple(_headings(text, blocks, found_title, (*authors, *contributors))),
        entities=people.made,
        **{key: value if value is not None else _placeholder(key) for key, value in head.items()},
    )
    proposed = [*_quotations(text, blocks)]
    if proposals:
        times = list(_times(text, sentences, language))
        proposed += [*times, *_amounts(text, language, times)]
    return Draft(article=article, proposals=tuple(proposed), missing=missing)


def _placeholder(key: str) -> Any:
    value = UNFILLED[key]
    return datetime.date.fromisoformat(value) if key == "published" else tuple(value) if key == "authors" else value


class Entities:
    """Entities with ids derived from their names; the same name and kind is the same entity."""

    def __init__(self, made: Iterable[Entity] = ()) -> None:
        """Begin with existing entities."""
        self.made: list[Entity] = list(made)

    def add(self, name: str, kind: EntityKind, entity_id: str | None = None) -> str:
        """Find or make an entity.

        Args:
            name: Its name.
            kind: Its kind.
            entity_id: Its id; None to derive one from the name.

        Returns:
            Its id.
        """
        for known in self.made:
            if known.id == entity_id or (entity_id is None and (known.name, known.kind) == (name, kind)):
                return known.id
        stem, taken = entity_id or slug_for(name) or str(kind), {each.id for each in self.made}
        new_id = next(each for n in count(1) if (each := stem if n == 1 else f"{stem}-{n}") not in taken)
        self.made.append(Entity(id=new_id, kind=kind, name=name))
        return new_id


def _source(text: str, sentences: Sequence[Span], *, with_text: bool) -> Source:
    words = [text[span.start : span.end] for span in sentences]
    return Source(
        sha256=text_digest(text),
        length=len(text),
        sentences=tuple(
            Sentence(span=span, digest=sentence_digest(each), shifts=shifts_of(each))
            for span, each in zip(sentences, words, strict=True)
        ),
        canonicalisation=NORMAL_FORM,
        text=text if with_text else None,
        paragraphs=paragraphs_of(text, sentences),
    )


# Title and headings.


def _title(text: str, blocks: Sequence[Span]) -> str | None:
    words = text[blocks[0].start : blocks[0].end]
    return None if ends_sentence(words) or len(blocks) == 1 else " ".join(words.split())


def _headings(text: str, blocks: Sequence[Span], title: str | None, people: Iterable[str]) -> Iterator[Heading]:
    named = [normalise(name) for name in people]
    for number, block in enumerate(blocks):
        words = text[block.start : block.end]
        is_title = title is not None and normalise(words) == normalise(title)
        # The line after the title continues it or names the author; the last lines name people and rights.
        follows = number > 1 and number + 1 < len(blocks)
        if is_title or (
            follows
            and (not ends_sentence(words) or _is_titled(words))
            and len(words) <= _LONGEST_HEADING
            and re.search(r"[^\W\d_]", words)
            and ends_sentence(text[blocks[number + 1].start : blocks[number + 1].end])
            and not any(name in normalise(words) for name in named)
        ):
            yield Heading(span=block, text=words)


def _is_titled(words: str) -> bool:
    """Whether a line is a question or an exclamation in title case, as headings are."""
    found = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", words)
    capitals = [word for word in found[1:] if word[0].isupper()]
    return words[-1] in "?!" and bool(capitals) and all(word[0].isupper() or len(word) <= 3 for word in found)


# Proposals.


def _quotations(text: str, blocks: Sequence[Span]) -> Iterator[Proposal]:
    for number, span in enumerate(quoted_places(text, blocks), 1):
        record = {"id": f"quotation-{number}", "span": attrs.asdict(span), "text": text[span.start : span.end]}
        yield Proposal(layer="quotations", record={**record, "speaker": None, "kind": None, "claims": []}, by=_OWN)


def _times(text: str, sentences: Iterable[Span], language: str) -> Iterator[Proposal]:
    search: Any = need("dateparser.search", "authoring")
    known: Any = need("dateparser.data.languages_info", "authoring").language_locale_dict
    tag = language.partition("-")[0]
    numbers = count(1)
    for sentence in sentences:
        reached = sentence.start
        words = text[sentence.start : sentence.end]
        for found, _ in search.search_dates(words, languages=[tag] if tag in known else None) or ():
            at = text.find(found, reached, sentence.end)
            bare = found.strip(" \t\n\r,.;:()'\"“”‘’")
            # dateparser respells some dates, and mistakes some amounts for days of the month.
            if at < 0 or not re.search(r"[^\W\d_]|\d{4}|\d\D\d", bare):
                continue
            reached = at + len(found)
            start = at + found.index(bare)
            record = {"id": f"time-{next(numbers)}", "span": {"start": start, "end": start + len(bare)}}
            yield Proposal(
                layer="times", record={**record, "kind": None, "value": None, "anchor": None}, by="dateparser"
            )


def _amounts(text: str, language: str, times: Iterable[Proposal]) -> Iterator[Proposal]:
    dated = [span for proposal in times for span in proposal.spans]
    numbers = count(1)
    blank = need("spacy", "authoring").blank
    try:
        tokenizer = blank(language.partition("-")[0]).tokenizer
    except ImportError:
        # spaCy does not know the language, or needs a further package for its tokeniser.
        tokenizer = blank("xx").tokenizer
    for span in _runs(tokenizer(text)):
        if not any(span.overlaps(other) for other in dated):
            record = {"id": f"quantity-{next(numbers)}", "span": attrs.asdict(span), "value": None, "unit": None}
            yield Proposal(layer="quantities", record=record, by="spaCy")


def _runs(tokens: Iterable[Any]) -> Iterator[Span]:
    """Yield the spans of consecutive numbers with their signs of currency and percentage."""
    run: list[Any] = []
    for token in (*tokens, None):
        if token is not None and (token.like_num or token.is_currency or token.text in ("%", "‰")):
            run.append(token)
            continue
        if any(each.like_num for each in run):
            yield Span(run[0].idx, run[-1].idx + len(run[-1]))
        run = []
