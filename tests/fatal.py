"""Work and paths that kill their process, for tests of corpora and of many files.

This module is separate, because the killed processes import it.
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
    """Work that kills its worker at one article, before or after the piece is done.

    Attributes:
        work: The work on a piece of a corpus.
        article: The number of the article that kills, in every file.
        marks: The directory for one mark per death, named by the number of the process.
        deaths: The number of deaths after which the article no longer kills.
        after: Whether it kills after the work, before the result is returned.
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


@attrs.frozen
class Mortal(os.PathLike[str]):
    """A path that kills every process that uses it, except the one that made it.

    Attributes:
        path: The path itself.
        mark: The file that is made at the first death, after which the path no longer kills; None to kill always.
    """

    path: Path
    mark: Path | None = None
    maker: int = attrs.field(factory=os.getpid)

    def __fspath__(self) -> str:
        if os.getpid() != self.maker and (self.mark is None or not self.mark.exists()):
            if self.mark is not None:
                self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return str(self.path)
