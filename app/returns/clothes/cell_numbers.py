"""Numbers as they are printed, read back as numbers for a spreadsheet: 1,193 · £2.64 · 68% · −£4.00."""

import re
from dataclasses import dataclass

from app.returns.filled import Align, Cell, Column, Tick

_PRINTED = re.compile(
    r"(?P<sign>[-−]?)(?P<pounds>£?)(?P<whole>0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})"
    r"(?:\.(?P<part>\d{1,4}))?(?P<percent> ?%)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number and how a spreadsheet shows it, so that it looks as it is printed."""

    value: float
    shape: str


def number_of(printed: str) -> Number | None:
    """Return the number that a printed text is, or None for words, hidden numbers and codes.

    What begins with a nought, such as a telephone number, is no number.
    """
    match = _PRINTED.fullmatch(printed.strip())
    if match is None:
        return None
    part = match["part"] or ""
    digits = (
        f"{match['whole'].replace(',', '')}.{part}" if part else match["whole"].replace(",", "")
    )
    value = float(digits) if part else int(digits)
    places = f".{'0' * len(part)}" if part else ""
    if match["sign"]:
        value = -value
    if match["percent"]:
        return Number(value=round(value / 100, 6), shape=f"0{places}%")
    return Number(value=value, shape=f"{match['pounds']}#,##0{places}")


def cell_number(cell: Cell, column: Column) -> Number | None:
    """Return a cell's number. In a column of words only what was counted is one: "2026" is a name."""
    if cell.tick is not None or (column.align is not Align.RIGHT and cell.source is None):
        return None
    return number_of(cell.text)


def cell_words(cell: Cell) -> str:
    """Return a cell as text: a tick-box as the letter that stands for it."""
    return cell.text if cell.tick is None else {Tick.TICKED: "✓", Tick.EMPTY: "☐"}[cell.tick]
