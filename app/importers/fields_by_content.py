"""Guess what a column without a known header holds, from what is in it."""

import re
from collections.abc import Callable, Sequence

from app.importers.cells import Cell, is_blank, text_of
from app.importers.dates import read_date
from app.importers.fields import Field

_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?(?:44|0)?[\s(]*\d[\d\s()-]{8,14}")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:,?\s+[^\W\d_][\w'’.()-]*){1,4}")
_SEX = frozenset({"m", "f", "male", "female", "man", "woman"})
_SHARE = 0.8
"""Of the filled cells, how many must fit."""


def _fits_text(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: bool(pattern.fullmatch(text_of(cell)))


_TESTS: tuple[tuple[Field, Callable[[Cell], bool]], ...] = (
    (Field.EMAIL, _fits_text(_EMAIL)),
    (Field.POSTCODE, _fits_text(_POSTCODE)),
    (Field.PHONE, lambda cell: not read_date(cell) and bool(_PHONE.fullmatch(text_of(cell)))),
    (Field.SEX, lambda cell: text_of(cell).casefold() in _SEX),
    (Field.DATE, lambda cell: read_date(cell) is not None),
    (Field.FULL_NAME, _fits_text(_NAME)),
)


def field_of_content(cells: Sequence[Cell]) -> Field | None:
    """Return the field that most of a column's cells look like, or None."""
    filled = [cell for cell in cells if not is_blank(cell)]
    if len(filled) < 2:
        return None
    for field, fits in _TESTS:
        if sum(map(fits, filled)) >= _SHARE * len(filled):
            return field
    return None
