"""The one question a generator asks: which of so many?

Here: the protocol `Choices`, the few ways to ask it, and the answers of a seed.
Not here: the answers of Hypothesis (`strategies.py`) and what is made of answers (`records.py`, `drafting.py`).

Zero is always the plainest answer, so that a failing example shrinks towards a plain one.
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
"""Of at most so many answers Hypothesis gives each about as often; of more, the low ones."""


class Choices(Protocol):
    """Something that decides."""

    def below(self, bound: int) -> int:
        """Decide on a whole number from 0 to `bound` - 1."""
        ...

    def together(self, make: Callable[[], T]) -> T:
        """Make something whose decisions belong together, so that all of them can be left out at once."""
        ...


class Seeded:
    """Decisions that depend on nothing but a text, the same on every machine and in every release of Python."""

    def __init__(self, seed: str) -> None:
        """Start from a text."""
        # Of all methods of `Random` only `random` is promised to give the same numbers for ever, and only after
        # a seed that is a whole number.
        digest = hashlib.sha256(seed.encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big"))

    def below(self, bound: int) -> int:
        """Decide on a whole number from 0 to `bound` - 1."""
        return int(self._random.random() * bound)

    def together(self, make: Callable[[], T]) -> T:
        """Make something."""
        return make()


def pick(choices: Choices, options: Sequence[T]) -> T:
    """Decide on one of several; the first is the plainest."""
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
    """Decide on one of each with few questions; the fewer there are, the sooner a failing example is small."""
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
    """What there is to pick from when yes comes once in so many times and otherwise no, the plainest."""
    return (*(False,) * (chances - 1), True)


def pick_some(choices: Choices, options: Sequence[T], *, least: int, most: int) -> tuple[T, ...]:
    """Decide on several different ones, of which there are `most`; as few as allowed, from the front, are plainest."""
    left = list(options)
    return tuple(left.pop(choices.below(len(left))) for _ in range(least + choices.below(most - least + 1)))
