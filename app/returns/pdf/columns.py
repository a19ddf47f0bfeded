"""Share out a table's width among its columns, so that no column is ever lost off the edge."""

from collections.abc import Sequence
from typing import NamedTuple

from app.returns.filled import Align, Column

_WIDEST_WORD = 125.0  # points; a longer word is cut by letters rather than turn the page
_COMFORTABLE = 105.0  # points; under this, names and headings break more than is good to read


class Need(NamedTuple):
    """What a column needs: the least it can be read in, and what it would like, in points."""

    least: float
    liked: float
    weight: float

    @property
    def comfortable(self) -> float:
        """Return the width from which the column reads well."""
        return max(self.least, min(self.liked, _COMFORTABLE))


def need(column: Column, *, words: float, line: float, padding: float) -> Need:
    """Return a column's need from its widest word and its widest line."""
    if column.width_mm is not None:
        fixed = column.width_mm * 72 / 25.4
        return Need(fixed, fixed, 0.0)
    liked = line + padding
    least = min(words, _WIDEST_WORD) + padding
    if column.align is Align.RIGHT and liked <= _WIDEST_WORD:
        least = liked  # a number is not broken
    return Need(min(least, liked), liked, column.weight)


def least_width(needs: Sequence[Need]) -> float:
    """Return the least width in which all columns can stand."""
    return sum(one.least for one in needs)


def comfortable_width(needs: Sequence[Need]) -> float:
    """Return the width in which all columns read well."""
    return sum(one.comfortable for one in needs)


def share(needs: Sequence[Need], width: float) -> list[float]:
    """Return the columns' widths, `width` in all: what they like, or as near as there is room."""
    liked = sum(one.liked for one in needs)
    if liked <= width:
        weights = sum(one.weight for one in needs)
        if not weights:
            return [one.liked for one in needs]
        extra = width - liked
        return [one.liked + extra * one.weight / weights for one in needs]
    least = least_width(needs)
    if least <= width:
        part = (width - least) / (liked - least)
        return [one.least + (one.liked - one.least) * part for one in needs]
    return [one.least * width / least for one in needs]


def in_groups(needs: Sequence[Need], width: float, repeated: int) -> list[list[int]]:
    """Return the columns (by index) of each part of a table too wide for a page.

    The first `repeated` columns name the rows and stand in every part.
    """
    head = list(range(repeated))
    room = width - sum(needs[index].least for index in head)
    groups: list[list[int]] = []
    used = 0.0
    for index in range(repeated, len(needs)):
        wanted = needs[index].least
        if not groups or used + wanted > room:
            groups.append([*head])
            used = 0.0
        groups[-1].append(index)
        used += wanted
    return groups or [head]
