"""Dask as the engine of work on whole corpora.

What lives here: handing pieces to the workers of a cluster and taking their results in order.
What does not: what a piece is and what is done with it (`pieces.py`).

The scheduler of Dask gives a piece to another worker when one is lost, with what it had already done. A result is taken
from the cluster once and let go there, so that neither side holds more than what is worked on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from oped_dataset.corpora.pieces import Engine
from oped_dataset.errors import ArticleFileError, InvalidRecord
from oped_dataset.extras import need

_AHEAD: Final = 4
"""So many pieces a thread of the cluster are handed out before the first of them is done."""


def on_dask(client: Any) -> Engine:
    """Let the workers of a Dask cluster do the work of `validate_corpus` or `score_corpus`.

    Each worker reads the files itself: they lie where all can reach them under the same path, and this package is
    installed there with the extras that reading needs.

    Args:
        client: A `distributed.Client`, of a cluster or of a `distributed.LocalCluster`.

    Returns:
        The engine. While it runs it raises `ArticleFileError` where the same piece was lost with more workers than the
        cluster allows (`distributed.scheduler.allowed-failures`).

    Raises:
        InvalidRecord: It is no client.
        MissingExtra: The extra `dask` is not installed.
    """
    distributed = need("distributed", "dask")
    if not isinstance(client, distributed.Client):
        raise InvalidRecord(f"client: must be a distributed.Client, not {type(client).__name__}", "client")

    def engine(work: Callable[[Any], Any], pieces: Sequence[Any]) -> Iterator[Any]:
        return _results(client, work, pieces)

    return engine


def _results(client: Any, work: Callable[[Any], Any], pieces: Sequence[Any]) -> Iterator[Any]:
    rest, waiting = iter(pieces), deque[tuple[Any, Any]]()
    killed = need("distributed", "dask").scheduler.KilledWorker
    try:
        while True:
            # There may be no worker at this moment, or others than before.
            room = _AHEAD * max(1, sum(client.nthreads().values())) - len(waiting)
            # Not pure: a file may have changed since the same piece was worked on.
            waiting += [(piece, client.submit(work, piece, pure=False)) for piece in islice(rest, max(0, room))]
            if not waiting:
                return
            piece, future = waiting.popleft()
            try:
                result = future.result()
            except killed as error:
                raise ArticleFileError(
                    f"{piece}: the workers that had it died, one after the other: {error}"
                ) from error
            finally:
                future.release()
            yield result
    finally:
        client.cancel([future for _, future in waiting])
