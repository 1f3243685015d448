"""`oped-dataset explore`: write an article as one page for a browser (`explorer/page.py`)."""

from __future__ import annotations

from argparse import Namespace

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.exits import OK
from oped_dataset.explorer import explore


def run(arguments: Namespace) -> int:
    """Write an article as one page for a browser."""
    terminal.write(explore(asked.article(arguments.article)), arguments.output)
    return OK
