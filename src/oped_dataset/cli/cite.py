"""`oped-dataset cite`: print how to cite the annotation of an article (`model/citation.py`)."""

from __future__ import annotations

from argparse import Namespace

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.exits import OK


def run(arguments: Namespace) -> int:
    """Print the citation in the requested style."""
    article = asked.article(arguments.article)
    terminal.write(article.citation(arguments.style) + "\n", None)
    return OK
