"""Rounds money once, and shares it out so that the parts add up to the whole."""

from collections.abc import Sequence

MINUTES = 60
"""Pence times minutes make pence when divided by this."""


def pence(pence_minutes: int) -> int:
    """Return whole pence of pence times minutes, a half up."""
    return (2 * pence_minutes + MINUTES) // (2 * MINUTES)


def pence_of(number: int, pence: int, over: int) -> int:
    """Return ``number`` times ``pence`` / ``over`` in whole pence, a half up."""
    return (2 * number * pence + over) // (2 * over)


def apportion(parts: Sequence[int], total: int, over: int = MINUTES) -> tuple[int, ...]:
    """Return whole pence for parts in pence times minutes, adding up to ``total`` pence.

    With another ``over`` they are pence times that. Each part is within a penny of its own value; the largest remainders are rounded up, and of
    equal ones the first. ``total`` must be the sum of the parts, rounded.
    """
    whole = [part // over for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(parts[i] % over), i))
    for position in by_remainder[: total - sum(whole)]:
        whole[position] += 1
    return tuple(whole)
