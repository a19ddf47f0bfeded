"""Share rows out over pages, so that each page of a register can bear its own head.

The PDF writer would carry a long table over by itself, with the columns' titles and no more. On a
sheet that lies on a table in a hall every page must say whose it is, so the rows are cut here, by
heights that are worked out from the letters and kept on the safe side.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from app.returns.filled import Align, Column, Row

ROW_MM = 9.0
"""High enough to write in. Source: design.md, Print."""
_ROW = ROW_MM * 72 / 25.4
_LETTER = 0.53
"""The usual width of a letter, as a part of its size."""
_LEADING = 1.38
_PADDING = 5.5

_ROW_MM, _WIDE_ROW_MM = 10.0, 13.0
_TWO_FIGURES = 2

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The height for rows on a page and on the last page, where more stands below, in points."""

    full: float
    last: float


def row_column(rows: Iterable[Row]) -> Column:
    """Return the column of row numbers, wide enough for the longest of them."""
    most = max((len(row[0].text) for row in rows), default=0)
    width = _WIDE_ROW_MM if most > _TWO_FIGURES else _ROW_MM
    return Column(title="Row", align=Align.RIGHT, width_mm=width)


def height_of(cells: Iterable[tuple[str, float]], size: float, *, least: float = _ROW) -> float:
    """Return the height of a row in points from its texts and their columns' widths in points."""
    lines = max((_lines(text, width, size) for text, width in cells), default=1)
    return max(least, lines * size * _LEADING + _PADDING)


def _lines(text: str, width: float, size: float) -> int:
    fit = max(1, int((width - 9) / (size * _LETTER)))
    return sum(max(1, -(-_wide(line) // fit)) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pages_of(rows: Sequence[tuple[Row, float]], room: Room) -> list[tuple[Row, ...]]:
    """Cut rows, each with its height, into pages; there is always one page."""
    pages: list[tuple[Row, ...]] = []
    rest = list(rows)
    while sum(height for _, height in rest) > room.last and len(rest) > 1:
        take = _take([height for _, height in rest], room)
        pages.append(tuple(row for row, _ in rest[:take]))
        rest = rest[take:]
    return [*pages, tuple(row for row, _ in rest)]


def _take(heights: Sequence[float], room: Room) -> int:
    """Return how many rows stand on the next page, when another one follows."""
    most = max(1, sum(used <= room.full for used in accumulate(heights)))
    if most < len(heights):
        return most
    # All would fit here but for what stands below: share them out over two pages.
    fits_last = sum(used <= room.last for used in accumulate(reversed(heights)))
    return min(len(heights) - 1, max(len(heights) - fits_last, -(-len(heights) // 2)))


def even_parts(items: Sequence[_Item], most: int) -> list[Sequence[_Item]]:
    """Cut a sequence into parts of even size, none longer than ``most``; at least one part."""
    parts = max(1, -(-len(items) // most))
    size = max(1, -(-len(items) // parts))
    return [items[at : at + size] for at in range(0, len(items), size)] or [items]
