"""Work that kills the process that does it, to see what becomes of its pieces.

It lives in a module of its own because the processes that are killed import it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs


@attrs.frozen
class Fatal:
    """Work that is done as it should be, but for one article, whose worker is killed before its piece is done or after.

    Attributes:
        work: What is done with a piece of a corpus.
        article: The number of the article that kills, in every file.
        marks: The directory where each death is marked with the number of the process.
        deaths: How many die of it before it no longer kills.
        after: Whether it kills when its work is done and the result not yet handed over.
    """

    work: Callable[[Any], Any]
    article: int
    marks: Path
    deaths: int = 1
    after: bool = False

    def __call__(self, piece: tuple[int, Any]) -> Any:
        _, articles = piece
        articles = getattr(articles, "gold", articles)
        holds = articles.start.lines < self.article and (articles.stop is None or self.article <= articles.stop)
        kills = holds and len(list(self.marks.iterdir())) < self.deaths
        result = self.work(piece) if self.after or not kills else None
        if kills:
            (self.marks / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return result
