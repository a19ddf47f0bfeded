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

from app.returns.filled import Align, Column, Row, SheetHead

ROW_MM = 9.0
"""High enough to write in. Source: design.md, Print."""
_ROW = ROW_MM * 72 / 25.4
_LETTER = 0.53
"""The usual width of a letter, as a part of its size."""
_LEADING = 1.38
_PADDING = 5.5

_FULL = {False: 616.0, True: 365.0}
"""Points for rows on an upright page and on one on its side, under a head of two lines."""
_WIDTH = {False: 510.0, True: 756.0}
_TITLE, _WHEN, _NOTE = 20.0, 11.2, 8.4
_CODE, _MONTHS = 90.0, 16.0
_NOTE_GAP, _PRIVACY_GAP = 4.0, 8.0

_FEW = 4
_ROW_MM, _WIDE_ROW_MM = 10.0, 13.0
_TWO_FIGURES = 2

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The height for rows on a page and on the last page, where more stands below, in points."""

    full: float
    last: float


def room(
    head: SheetHead,
    *,
    across: bool,
    months: bool = True,
    notes: Sequence[str] = (),
    privacy: str = "",
    below: float = 0.0,
) -> Room:
    """Return the room for rows under a head of a register, and on its last page above its notes.

    ``months`` says that the columns have a second line of titles; ``below`` is what else stands at
    the foot, in points. The mark of a pretend group is always reckoned with.
    """
    width = _WIDTH[across]
    beside = width - _CODE
    extra = (_lines(head.title, beside, _TITLE) - 1) * _TITLE * _LEADING
    extra += (_lines(f"{head.when} · {head.details}", beside, _WHEN) - 1) * _WHEN * _LEADING
    full = _FULL[across] - extra + (0.0 if months else _MONTHS)
    used = below + sum(_NOTE_GAP + _lines(note, width, _NOTE) * _NOTE * _LEADING for note in notes)
    if privacy:
        used += _PRIVACY_GAP + _lines(privacy, width, _NOTE) * _NOTE * _LEADING
    return Room(full=full, last=full - used)


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
    even = _even([height for _, height in rows], room)
    while sum(height for _, height in rest) > room.last and len(rest) > 1:
        take = _take([height for _, height in rest], room, even)
        pages.append(tuple(row for row, _ in rest[:take]))
        rest = rest[take:]
    return [*pages, tuple(row for row, _ in rest)]


def _take(heights: Sequence[float], room: Room, even: float | None) -> int:
    """Return how many rows stand on the next page, when another one follows."""
    most = min(_most(heights, room), len(heights) - 1)
    if even is None:
        return most
    return min(most, 1 + sum(used < even - 0.01 for used in accumulate(heights)))


def _most(heights: Sequence[float], room: Room) -> int:
    return max(1, sum(used <= room.full for used in accumulate(heights)))


def _even(heights: Sequence[float], room: Room) -> float | None:
    """Return the height for each page to share rows out evenly; None where pages are filled up.

    They are shared out where the last full page would hold all the rest but for what stands below,
    or all but a few: a page of notes and one name is worth no more than as many pages alike.
    """
    rest, count, total = list(heights), 1, sum(heights)
    while sum(rest) > room.last and len(rest) > 1:
        most = _most(rest, room)
        count += 1
        is_whole = most == len(rest)
        rest = rest[most:]
        if is_whole:
            break
    if count == 1 or len(rest) >= _FEW:
        return None
    return max(total / count, (total - room.last) / (count - 1))


def even_parts(items: Sequence[_Item], most: int) -> list[Sequence[_Item]]:
    """Cut a sequence into parts of even size, none longer than ``most``; at least one part."""
    parts = max(1, -(-len(items) // most))
    size = max(1, -(-len(items) // parts))
    return [items[at : at + size] for at in range(0, len(items), size)] or [items]
