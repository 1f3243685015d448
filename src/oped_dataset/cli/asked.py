"""Looking up what the user asked for: an article, a record, an entity, some claims.

Here: names, ids and files from the command line are resolved, or answered with an error that lists the closest
names.
Not here: the arguments themselves (`parser.py`), and the commands that use the result.
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
from oped_dataset.model.records import Claim, Entity
from oped_dataset.model.vocabulary import (
    Act,
    Channel,
    Commitment,
    Vocabulary,
)

_NAMED: Final = 3
"""The number of articles an error lists when no name resembles the requested one."""

_LABELS: Final[dict[str, type[Vocabulary]]] = {"act": Act, "channel": Channel, "commitment": Commitment}


def article(wanted: str) -> Article:
    """Load an article by its name or from a file; a name wins over a file of the same name, `./name` is always a file.

    Raises:
        ArticleNotFound: There is neither an article nor a file of this name.
        ArticleFileNotFound: It can only be a path, and the file does not exist.
        InvalidArticle: The article breaks rules.
    """
    return loading.load_path(wanted) if is_path(wanted) else library.load(wanted)


def draft(wanted: str) -> Article:
    """Load as `article` does, but accept drafts and files that break the rules between records.

    Raises:
        InvalidArticle: A file does not have the form of an article.
    """
    if not is_path(wanted):
        return library.load(wanted)
    return load_draft(wanted).article


def is_path(wanted: str) -> bool:
    """Whether the argument is a path to a file, not the name of an article.

    Raises:
        ArticleNotFound: There is neither an article nor a file of this name.
        ArticleFileNotFound: It can only be a path, and the file does not exist.
    """
    if wanted in library.names():
        return False
    if Path(wanted).exists():
        return True
    if os.sep in wanted or wanted.endswith(".json"):
        raise ArticleFileNotFound(2, "no such file", wanted)
    raise ArticleNotFound(wanted, nearest(wanted, library.names()) or library.names()[:_NAMED])


def entity(article: Article, wanted: str) -> Entity:
    """Find the entity with this id or, failing that, with this name.

    Raises:
        RecordNotFound: No entity has this id or name, or several have this name; the message lists the closest ids.
    """
    return article.entities.find(wanted)


def claims(article: Article, arguments: Namespace) -> ClaimTable:
    """Select claims by their subject, the length of their chain, and the properties of one of its voices."""
    wanted: dict[str, str | None] = {}
    for name, labels in _LABELS.items():
        label: str | None = getattr(arguments, name)
        wanted[name] = None if label is None else one_of(name, label, tuple(each.value for each in labels))
    if arguments.by is not None:
        wanted["source"] = entity(article, arguments.by).id
    about = entity(article, arguments.about).id if arguments.about is not None else None
    return ClaimTable(
        claim
        for claim in article.claims
        if (about is None or about in claim.about)
        and len(claim.voices) >= arguments.depth
        and any(
            all(value is None or getattr(voice, name) == value for name, value in wanted.items())
            for voice in claim.voices
        )
    )


def is_voiced_by(claim: Claim, entity_id: str | None) -> bool:
    """Whether this entity is a voice of the claim; always true for None."""
    return entity_id is None or any(voice.source == entity_id for voice in claim.voices)


def time(written: str) -> Edtf:
    """Parse a date or an interval in EDTF.

    Raises:
        InvalidDate: It is not a date; the message shows examples.
    """
    try:
        return Edtf(written)
    except InvalidDate as error:
        raise InvalidDate(f"{error}; write it as 2018, 2018-12, 2018-12-01 or 2018/2019-03") from None


def one_of(noun: str, value: str, known: tuple[str, ...]) -> str:
    """Return the value if it is one of the known ones.

    Raises:
        InvalidRecord: It is unknown; the message lists the closest known values, or all.
    """
    if value not in known:
        near = nearest(value, known)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"choose from: {', '.join(known)}"
        raise InvalidRecord(f"no {noun} {quoted(value)}; {hint}")
    return value
