"""Paths that kill the process that uses them, for tests of the fate of their files.

This module is separate, because the killed processes import it.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import attrs


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
