"""The data of the page: the article as it is written to files, and what the page needs to draw and word it.

Here: the one object that is put into the page as JSON.
Not here: escaping it for HTML (`page.py`), and the file format (`codec/wire.py`).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from oped_dataset.codec import wire
from oped_dataset.codec.json_schema import schema
from oped_dataset.model import vocabulary, wording
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.when import in_words, is_doubtful, time_in_words
from oped_dataset.text import attachment, search
from oped_dataset.version import __version__


def payload(article: Article) -> dict[str, Any]:
    """Collect what the page is made of, as plain data in a fixed order."""
    return {
        "article": wire.to_data(article),
        "code_version": __version__,
        "dates": {date: describe_date(Edtf(date)) for date in sorted(_with_months_and_years(_dates(article)))},
        "spoken": {
            claim.id: [[voice.verb, voice.stance] for voice in wording.voices_of(article, claim)]
            for claim in article.claims
        },
        "ties": {
            relation.id: [wording.tie_of(article, relation), wording.lead_of(article, relation)]
            for relation in article.relations
        },
        "times": {time.id: time_in_words(time) for time in article.times},
        "words": _words(),
        "lists": [_list(name) for name in sorted(vars(vocabulary)) if _is_list(name)],
    }


def describe_date(date: Edtf) -> dict[str, Any]:
    """Describe a date for the page.

    The keys are `words`; `precision`; `interval`, whether it lasts from a beginning to an end; `doubtful`, whether it
    is marked uncertain or approximate; and `begin` and `end`, each the first and last day it can mean, or None where
    an interval is open. For a date that is not an interval both are the same.
    """
    return {
        "words": in_words(date),
        "precision": date.precision,
        "interval": date.is_interval,
        "doubtful": is_doubtful(date),
        "begin": None if date.begin is None else [str(date.begin.earliest), str(date.begin.latest)],
        "end": None if date.end is None else [str(date.end.earliest), str(date.end.latest)],
    }


def _dates(article: Article) -> Iterator[str]:
    yield from (day.isoformat() for day in (article.published, article.updated) if day is not None)
    for event in article.events:
        yield from () if event.when is None else (event.when,)
    for relation in article.relations:
        yield from () if relation.during is None else (relation.during,)
    for time in article.times:
        yield from () if time.edtf is None else (time.edtf,)


def _with_months_and_years(dates: Iterator[str]) -> set[str]:
    """The dates, and the months and years of days, in which the page counts them."""
    given = set(dates)
    days = {date for date in given if Edtf(date).precision in ("day", "month") and Edtf(date).begin is not None}
    return given | {str(Edtf(date).earliest)[:length] for date in days for length in (4, 7)}


def _words() -> dict[str, Any]:
    return {
        "commitments": {label.value: words for label, words in wording.COMMITMENTS.items()},
        "sides": {label.value: label.side for label in vocabulary.Commitment},
        "arguments": {kind.value: words for kind, words in wording.ARGUMENTS.items()},
        "lost": {
            "edited": search.EDITED,
            "ambiguous": search.AMBIGUOUS,
            "not_free": search.NOT_FREE,
            "outside": attachment.OUTSIDE,
            "inside_a_character": attachment.INSIDE_A_CHARACTER,
            "unknown_shifts": attachment.UNKNOWN_SHIFTS,
            "apart": attachment.APART,
            "unknown_between": attachment.UNKNOWN_BETWEEN,
        },
    }


def _is_list(name: str) -> bool:
    found = getattr(vocabulary, name)
    return inspect.isclass(found) and issubclass(found, vocabulary.Vocabulary) and found is not vocabulary.Vocabulary


def _list(name: str) -> dict[str, Any]:
    kind: type[vocabulary.Vocabulary] = getattr(vocabulary, name)
    about = schema()["$defs"][name]["description"].partition("\n")[0]
    return {"name": name, "about": about, "values": [[label.value, label.meaning] for label in kind]}
