"""Rounds money once, and shares it out so that the parts add up to the whole."""

from collections.abc import Sequence

MINUTES = 60
"""Pence times minutes make pence when divided by this."""


def pence(pence_minutes: int) -> int:
    """Return whole pence of pence times minutes, a half up."""
    return (2 * pence_minutes + MINUTES) // (2 * MINUTES)


def apportion(parts: Sequence[int], total: int) -> tuple[int, ...]:
    """Return whole pence for parts in pence times minutes, adding up to ``total`` pence.

    Each part is within a penny of its own value; the largest remainders are rounded up, and of
    equal ones the first. ``total`` must be the sum of the parts, rounded.
    """
    whole = [part // MINUTES for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(parts[i] % MINUTES), i))
    for position in by_remainder[: total - sum(whole)]:
        whole[position] += 1
    return tuple(whole)
