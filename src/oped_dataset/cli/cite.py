"""`oped-dataset cite`: how the annotation of an article is cited (`model/citation.py`)."""

from __future__ import annotations

from argparse import Namespace

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.exits import OK


def run(arguments: Namespace) -> int:
    """The citation in a style."""
    article = asked.article(arguments.article)
    terminal.write(article.citation(arguments.style) + "\n", None)
    return OK
