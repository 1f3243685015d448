"""Paths that kill the process in which they are followed, to see what becomes of their file.

They live in a module of their own because the processes that are killed import it.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import attrs


@attrs.frozen
class Mortal(os.PathLike[str]):
    """A path that kills whoever follows it, but not the process it was made in.

    Attributes:
        path: Where it leads.
        mark: The file that tells that somebody was killed already, so that nobody is any more; None to kill always.
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
