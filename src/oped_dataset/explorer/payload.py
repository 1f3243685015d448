"""The data of the page: the article as in its file, the words with which the page shows it, and a set of characters.

Here: the object that the page contains as JSON.
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
from oped_dataset.text.characters import UNSPACED, UNSPACED_MARKS
from oped_dataset.version import __version__


def payload(article: Article) -> dict[str, Any]:
    """Collect the data of the page, in a fixed order."""
    return {
        "article": wire.to_data(article),
        "code_version": __version__,
        "dates": {date: describe_date(Edtf(date)) for date in sorted(_collect_dates(article))},
        "spoken": {
            claim.id: [[voice.verb, voice.stance] for voice in wording.voices_of(article, claim.voices)]
            for claim in article.claims
        },
        "phrases": {
            relation.id: [wording.tie_of(article, relation), wording.lead_of(article, relation)]
            for relation in article.relations
        },
        "times": {time.id: time_in_words(time) for time in article.times},
        "words": {
            "commitments": {label.value: words for label, words in wording.COMMITMENTS.items()},
            "sides": {label.value: label.side for label in vocabulary.Commitment},
            "arguments": {kind.value: words for kind, words in wording.ARGUMENTS.items()},
            "lost": {
                # The page gives the same reasons for losses as `attach`.
                "edited": search.EDITED,
                "too_many": search.TOO_MANY,
                "ambiguous": search.AMBIGUOUS,
                "not_free": search.NOT_FREE,
                "outside": attachment.OUTSIDE,
                "inside_a_character": attachment.INSIDE_A_CHARACTER,
                "unknown_shifts": attachment.UNKNOWN_SHIFTS,
                "apart": attachment.APART,
                "unknown_between": attachment.UNKNOWN_BETWEEN,
            },
        },
        # The content of a character class for the search in the page; JavaScript has no property for these letters.
        "unspaced": (UNSPACED + UNSPACED_MARKS).encode("ascii").decode("unicode_escape"),
        "lists": list(_describe_vocabularies()),
    }


def describe_date(date: Edtf) -> dict[str, Any]:
    """Describe a date for the page.

    The keys are `words`; `precision`; `interval`, whether the date is an interval; `doubtful`, whether it is marked as
    uncertain or approximate; and `begin` and `end`, each the first and last day that it can mean, or None where an
    interval is open. For a date that is not an interval, both are equal.
    """
    return {
        "words": in_words(date),
        "precision": date.precision,
        "interval": date.is_interval,
        "doubtful": is_doubtful(date),
        "begin": None if date.begin is None else [str(date.begin.earliest), str(date.begin.latest)],
        "end": None if date.end is None else [str(date.end.earliest), str(date.end.latest)],
    }


def _collect_dates(article: Article) -> set[str]:
    """Collect the dates of an article, and the months and years by which the page counts days."""
    dates = {day.isoformat() for day in (article.published, article.updated) if day is not None}
    dates |= {event.when for event in article.events if event.when is not None}
    dates |= {relation.during for relation in article.relations if relation.during is not None}
    dates |= {time.edtf for time in article.times if time.edtf is not None}
    # The overview counts records by month or, if there are many, by year.
    counted = {date for date in map(Edtf, dates) if date.precision in ("day", "month") and date.begin is not None}
    return dates | {str(date.earliest)[:length] for date in counted for length in (4, 7)}


def _describe_vocabularies() -> Iterator[dict[str, Any]]:
    # The descriptions come from the schema, because `python -OO` removes docstrings.
    descriptions = schema()["$defs"]
    for name, kind in inspect.getmembers(vocabulary, inspect.isclass):
        if issubclass(kind, vocabulary.Vocabulary) and kind is not vocabulary.Vocabulary:
            about = descriptions[name]["description"].partition("\n")[0]
            yield {"name": name, "about": about, "values": [[label.value, label.meaning] for label in kind]}
