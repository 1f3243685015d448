"""What was asked for: an article, a record, an entity, some claims.

Here: names, ids and files from the command line turned into what they stand for, or into an error with the
nearest names there are.
Not here: the arguments themselves (`parser.py`) and what is done with what was found.
"""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import Final

from oped_dataset import library, loading
from oped_dataset.authoring.drafts import load_draft
from oped_dataset.errors import (
    ArticleFileNotFound,
    ArticleNotFound,
    InvalidDate,
    InvalidRecord,
)
from oped_dataset.messages import nearest, quoted
from oped_dataset.model.article import Article, ClaimTable
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import Claim, Entity, Voice
from oped_dataset.model.vocabulary import (
    Act,
    Channel,
    Commitment,
    Vocabulary,
)

_NAMED: Final = 3
"""So many articles are named to somebody who asks for one that is like none of them."""

_LABELS: Final[dict[str, type[Vocabulary]]] = {"act": Act, "channel": Channel, "commitment": Commitment}


def article(wanted: str) -> Article:
    """The article of a name or in a file; a name wins over a file of the same name, and `./name` is always a file.

    Raises:
        ArticleNotFound: It is neither.
        ArticleFileNotFound: It can only be a path, and there is no such file.
        InvalidArticle: The article breaks rules.
    """
    return loading.load_path(wanted) if is_path(wanted) else library.load(wanted)


def draft(wanted: str) -> Article:
    """As `article`, but a file may be a draft or break the rules between records, as the output of a pipeline does.

    Raises:
        InvalidArticle: A file has not the form of an article.
    """
    if not is_path(wanted):
        return library.load(wanted)
    return load_draft(wanted).article


def is_path(wanted: str) -> bool:
    """Whether a file is meant, and no article by its name.

    Raises:
        ArticleNotFound: It is neither.
        ArticleFileNotFound: It can only be a path, and there is no such file.
    """
    if wanted in library.names():
        return False
    if Path(wanted).exists():
        return True
    if os.sep in wanted or wanted.endswith(".json"):
        raise ArticleFileNotFound(2, "no such file", wanted)
    raise ArticleNotFound(wanted, nearest(wanted, library.names()) or library.names()[:_NAMED])


def entity(article: Article, wanted: str) -> Entity:
    """The entity with this id, or else the one that is called so.

    Raises:
        RecordNotFound: None has this id or name, or more than one this name; the message names the nearest ids.
    """
    return article.entities.find(wanted)


def claims(article: Article, arguments: Namespace) -> ClaimTable:
    """The claims that were asked for: about someone, through so many voices, one of which is as asked."""
    wanted: dict[str, str | None] = {name: _label(arguments, name) for name in _LABELS}
    if arguments.by is not None:
        wanted["source"] = entity(article, arguments.by).id
    about = entity(article, arguments.about).id if arguments.about is not None else None
    return ClaimTable(
        claim
        for claim in article.claims
        if (about is None or about in claim.about)
        and len(claim.voices) >= arguments.depth
        and any(_fits(voice, wanted) for voice in claim.voices)
    )


def _label(arguments: Namespace, name: str) -> str | None:
    given: str | None = getattr(arguments, name)
    return given if given is None else one_of(name, given, tuple(label.value for label in _LABELS[name]))


def _fits(voice: Voice, wanted: dict[str, str | None]) -> bool:
    return all(value is None or getattr(voice, name) == value for name, value in wanted.items())


def is_voiced_by(claim: Claim, entity_id: str | None) -> bool:
    """Whether this entity, or where it is None anyone, speaks in a claim."""
    return entity_id is None or any(voice.source == entity_id for voice in claim.voices)


def time(written: str) -> Edtf:
    """The date or interval that was asked for.

    Raises:
        InvalidDate: It is none; the message shows some.
    """
    try:
        return Edtf(written)
    except InvalidDate as error:
        raise InvalidDate(f"{error}; write it as 2018, 2018-12, 2018-12-01 or 2018/2019-03") from None


def one_of(noun: str, value: str, known: tuple[str, ...]) -> str:
    """One of the known words.

    Raises:
        InvalidRecord: It is none of them; the message names the nearest, or all.
    """
    if value not in known:
        near = nearest(value, known)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(known)}"
        raise InvalidRecord(f"no {noun} {quoted(value)}; {hint}")
    return value
