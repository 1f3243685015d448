"""The decisions of a generator, each a choice of one of several options.

Here: the protocol `Choices`, functions that choose, and choices determined by a seed.
Not here: choices by Hypothesis (`strategies.py`) and the records made from choices (`records.py`, `drafting.py`).

Zero always means the plainest option, so that a failing example shrinks towards a plain one.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import prod
from typing import Any, Final, Protocol, TypeVar, overload

T = TypeVar("T")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")

_EVENLY: Final = 128
"""Hypothesis draws integers below this bound about evenly, and prefers small ones above it."""


class Choices(Protocol):
    """A source of decisions."""

    def below(self, bound: int) -> int:
        """Choose an integer from 0 to `bound` - 1."""
        ...

    def together(self, make: Callable[[], T]) -> T:
        """Make something whose decisions belong together, so that shrinking can remove all of them at once."""
        ...


class Seeded:
    """Decisions determined by a string, the same on every machine and in every release of Python."""

    def __init__(self, seed: str) -> None:
        """Derive the state from a string."""
        # Python guarantees the same sequence in all releases only for `Random.random` with a compatible seeder, which
        # is the case for an integer.
        digest = hashlib.sha256(seed.encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big"))

    def below(self, bound: int) -> int:
        """Choose an integer from 0 to `bound` - 1."""
        return int(self._random.random() * bound)

    def together(self, make: Callable[[], T]) -> T:
        """Make something."""
        return make()


def pick(choices: Choices, options: Sequence[T]) -> T:
    """Choose one of several options; the first is the plainest."""
    return options[choices.below(len(options))]


@overload
def pick_each(choices: Choices, one: Sequence[T], two: Sequence[T2], /) -> tuple[T, T2]: ...
@overload
def pick_each(choices: Choices, one: Sequence[T], two: Sequence[T2], three: Sequence[T3], /) -> tuple[T, T2, T3]: ...
@overload
def pick_each(
    choices: Choices, one: Sequence[T], two: Sequence[T2], three: Sequence[T3], four: Sequence[T4], /
) -> tuple[T, T2, T3, T4]: ...
def pick_each(choices: Choices, *options: Sequence[Any]) -> tuple[Any, ...]:
    """Choose one of each with few draws; the fewer there are, the faster a failing example shrinks."""
    picked = []
    for together in _batches(options):
        number = choices.below(prod(map(len, together)))
        for several in together:
            number, place = divmod(number, len(several))
            picked.append(several[place])
    return tuple(picked)


def _batches(options: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    for several in options:
        if batch and prod(map(len, batch)) * len(several) > _EVENLY:
            yield batch
            batch = []
        batch.append(several)
    yield batch


def rarely(chances: int) -> tuple[bool, ...]:
    """Return options of which one in `chances` is True; the others are False, the plainest."""
    return (*(False,) * (chances - 1), True)


def pick_some(choices: Choices, options: Sequence[T], *, least: int, most: int) -> tuple[T, ...]:
    """Choose from `least` to `most` different options; the first `least` of them are plainest."""
    left = list(options)
    return tuple(left.pop(choices.below(len(left))) for _ in range(least + choices.below(most - least + 1)))
