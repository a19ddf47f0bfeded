"""Chance that falls the same way every time: one stream of numbers for each part of a book."""

import random
from bisect import bisect
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(*parts: object) -> random.Random:
    """Return the numbers of one part; other parts may come and go without changing them.

    A text as seed goes through SHA-512, so Python's own hash seed has no say in it.
    """
    return random.Random("\x1f".join(map(str, parts)))  # noqa: S311 - pretend people, no secrets


class Weighted(Generic[T]):
    """Things to choose from, some likelier than others."""

    def __init__(self, weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        listed = weights.items() if isinstance(weights, Mapping) else weights
        pairs: list[tuple[T, float]] = list(listed)
        self.things: tuple[T, ...] = tuple(thing for thing, _ in pairs)
        self._upto = tuple(accumulate(weight for _, weight in pairs))

    def __bool__(self) -> bool:
        """Say whether there is anything to choose."""
        return bool(self._upto) and self._upto[-1] > 0

    def pick(self, chance: random.Random) -> T:
        """Choose one."""
        return self.at(chance.random())

    def at(self, share: float) -> T:
        """Return the one at a share of the whole, from 0 to less than 1."""
        return self.things[bisect(self._upto, share * self._upto[-1])]
