"""What can be in a cell, and how it is shown and compared."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Row = list[Cell]

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u200b": "", "\ufeff": ""})


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: lambda cell: f"{cell:.0f}" if cell.is_integer() else str(cell),
    dt.datetime: lambda cell: f"{cell:%Y-%m-%d %H:%M}",
    dt.date: dt.date.isoformat,
    dt.time: lambda cell: f"{cell:%H:%M}",
}


def _is_kept(character: str) -> bool:
    """Say whether a character is no control mark; joiners belong to Bengali and Persian names."""
    return unicodedata.category(character) not in {"Cc", "Cs", "Co"} or character in _PRIVATE_TICKS


_PRIVATE_TICKS = frozenset("\uf0fc\uf0fb")
"""Tick and cross of a symbol face, as old spreadsheets hold them."""


def text_of(cell: Cell) -> str:
    """Return a cell as tidy text: composed letters, single spaces, numbers without a needless .0."""
    if type(cell) is str:
        if cell.isascii() and cell.isprintable() and "  " not in cell:
            return cell.strip()
        text = " ".join(unicodedata.normalize("NFC", cell.translate(_SPACES)).split())
        return text if text.isprintable() else "".join(filter(_is_kept, text))
    writer = _WRITERS.get(type(cell))
    return writer(cell) if writer else str(cell)


def is_blank(cell: Cell) -> bool:
    """Say whether nothing is written in a cell; nought is something."""
    if type(cell) is not str:
        return False
    # Asked of every cell of every sheet: the usual cases come first.
    return not cell or (not "!" <= cell[0] <= "~" and not cell.translate(_SPACES).strip())


def column_letters(index: int) -> str:
    """Return a column as spreadsheet programs name it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
