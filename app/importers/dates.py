"""Dates as people write them: what a cell can mean before the file's order and year are settled."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.activities import parse_time
from app.domain.periods import MONTHS, WEEKDAYS
from app.importers.base import DateOrder
from app.importers.cells import Cell, text_of

_EPOCH_1900 = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
SERIALS = range(7_000, 73_051)
"""Bare numbers that can be a date: 1919 to 2099, counted from 1900."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a cell says of a date; the numbers in the order they stand where that is not known.

    ``numbers`` has two or three numbers whose order is still open; otherwise day and month (and
    perhaps year) are known.
    """

    day: int = 0
    month: int = 0
    year: int = 0
    """0: none is written; below 100: only its last two figures are."""
    numbers: tuple[int, ...] = ()
    weekday: int = -1
    """Monday is 0; -1: none is written."""
    time: str | None = None
    typed: bool = False
    """The spreadsheet itself holds it as a date."""


_MONTH_NAMES = {
    name[:n].lower(): i for i, name in enumerate(MONTHS, 1) for n in range(3, len(name) + 1)
}
_MONTH_NAMES["sept"] = 9
_DAY_NAMES = {
    name[:n].lower(): i for i, name in enumerate(WEEKDAYS) for n in range(3, len(name) + 1)
}
_DAY_NAMES |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "mo": 0, "tu": 1, "we": 2, "th": 3,
               "fr": 4, "sa": 5, "su": 6}  # fmt: skip

_SESSION_SERIALS = range(31_400, 58_900)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}).*)?$")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)$")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.\\]\s*(\d{1,2})(?:\s*[-/.\\]\s*(\d{4}|\d{2}))?$")
_TIME = re.compile(
    r"[ ,T]+(?:at )?(\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:am|pm)?|\d{1,2}\s*(?:am|pm))$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+|\d+|['’]")
_BEFORE = re.compile(
    r"^(?:week|wk|session|class|meeting|mtg|date|day)s?\.?\s*(?:no\.?\s*)?\d{0,2}\s*[:,–—-]?\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before a date in a header: Week 1, Session 3:"""
_ORDINALS = frozenset(
    {"st", "nd", "rd", "th", "of", "the", "on", "w", "c", "wc", "date", "'", "’", "wb"}
)
_LONGEST = 40


def read_date(cell: Cell) -> WrittenDate | None:
    """Return what a cell says of a date, or None when it is none; a bare number is none."""
    if isinstance(cell, dt.datetime):
        time = f"{cell:%H:%M}" if cell.time() != dt.time() else None
        return WrittenDate(day=cell.day, month=cell.month, year=cell.year, time=time, typed=True)
    if isinstance(cell, dt.date):
        return WrittenDate(day=cell.day, month=cell.month, year=cell.year, typed=True)
    if not isinstance(cell, str) or not 3 <= len(cell) <= _LONGEST:
        return None
    return read_text(cell)


@lru_cache(maxsize=20_000)
def read_text(text: str) -> WrittenDate | None:
    """Return what a text says of a date, or None when it is none."""
    text = text_of(text)
    if not any(c.isdecimal() for c in text):
        return None
    if match := _ISO.match(text):
        year, month, day = (int(match[i]) for i in (1, 2, 3))
        time = parse_time(match[4]) if match[4] else None
        return WrittenDate(day=day, month=month, year=year, time=None if time == "00:00" else time)
    if match := _PACKED.match(text):
        return WrittenDate(day=int(match[3]), month=int(match[2]), year=int(match[1]))
    time, rest = None, text
    if (match := _TIME.search(text)) and (time := parse_time(match[1].replace(".", ":"))):
        rest = text[: match.start()]
        time = None if time == "00:00" else time
    found = _read_numbers(rest, time) or _read_words(rest, time)
    return found or (_read_numbers(text, None) if rest != text else None)


def _read_numbers(text: str, time: str | None) -> WrittenDate | None:
    first = re.match(r"([^\W\d_]+)[.,]?\s+", text)
    weekday = _DAY_NAMES.get(first[1].lower(), -1) if first else -1
    match = _NUMBERS.match(text[first.end() :] if first and weekday >= 0 else text)
    if not match:
        return None
    numbers = tuple(int(match[i]) for i in (1, 2, 3) if match[i])
    if not match[3] and (not (1 <= min(numbers) <= 12 and max(numbers) <= 31) or "." in match[0]):
        return None  # 65-74 is a band of ages, 7.30 a time
    if match[3] and len(match[3]) == 4:
        return WrittenDate(numbers=numbers[:2], year=numbers[2], weekday=weekday, time=time)
    return WrittenDate(numbers=numbers, weekday=weekday, time=time)


def _read_words(text: str, time: str | None) -> WrittenDate | None:
    """Read a date with the month in letters: Tue 3rd Sept '24, September 3 2024, 3-Sep-24."""
    weekday, month = -1, 0
    numbers: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word.isdecimal():
            numbers.append(word)
        elif not month and word in _MONTH_NAMES:
            month = _MONTH_NAMES[word]
        elif weekday < 0 and word in _DAY_NAMES:
            weekday = _DAY_NAMES[word]
        elif word not in _ORDINALS:
            return None
    if not month or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers[0]) == 4 and len(numbers) == 2:
        numbers.reverse()
    year = int(numbers[1]) if len(numbers) == 2 and len(numbers[1]) in {2, 4} else 0
    if len(numbers) == 2 and not year and numbers[1] != "00":
        return None
    day = int(numbers[0])
    if len(numbers[0]) > 2:
        return None
    return WrittenDate(day=day, month=month, year=year, weekday=weekday, time=time)


def read_header(cell: Cell) -> tuple[WrittenDate, str] | None:
    """Return the date of a header cell and the words beside it: "Week 3 - 27 May (BANK HOLIDAY)"."""
    if type(cell) is str and len(cell) < 3:
        return None
    whole = read_date(cell)
    if whole is not None:
        return whole, ""
    if (
        not isinstance(cell, str)
        or len(cell) > 2 * _LONGEST
        or not any(c.isdecimal() for c in cell)
    ):
        return None
    text = text_of(cell)
    rest = _BEFORE.sub("", text, count=1)
    if rest != text and (found := read_date(rest)) is not None:
        return found, ""
    words = rest.split()
    for length in range(min(4, len(words) - 1), 0, -1):
        found = read_date(" ".join(words[:length]).rstrip(",-–:("))
        if found is not None:
            return found, " ".join(words[length:]).strip("()[] -–:,")
    return None


def month_of_text(cell: Cell) -> tuple[int, int] | None:
    """Return (month, year or 0) of a cell that only names a month: Sept, "September 2024", Sep-24."""
    if isinstance(cell, dt.date):
        return (cell.month, cell.year) if cell.day == 1 else None
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    words = [w for w in _WORD.findall(text_of(cell).lower()) if w not in _ORDINALS]
    if not words or words[0] not in _MONTH_NAMES or len(words) > 2:
        return None
    if len(words) == 1:
        return _MONTH_NAMES[words[0]], 0
    if words[1].isdecimal() and len(words[1]) in {2, 4}:
        return _MONTH_NAMES[words[0]], full_year(int(words[1]), 2099)
    return None


def day_number(cell: Cell) -> tuple[int, int] | None:
    """Return (day, weekday or -1) of a cell that only has a day: 3, "3rd", "Tue 3"."""
    if cell == "" or isinstance(cell, (bool, float)):
        return None
    if isinstance(cell, int):
        return (cell, -1) if 1 <= cell <= 31 else None
    if not isinstance(cell, str) or not 1 <= len(cell) <= 16:
        return None
    day, weekday = 0, -1
    for word in _WORD.findall(cell.lower()):
        if word.isdecimal() and not day and len(word) <= 2:
            day = int(word)
        elif word in _DAY_NAMES and weekday < 0:
            weekday = _DAY_NAMES[word]
        elif word not in _ORDINALS:
            return None
    return (day, weekday) if 1 <= day <= 31 else None


def weekday_of_text(cell: Cell) -> int:
    """Return the weekday a cell names and nothing else (Monday is 0), or -1."""
    return _DAY_NAMES.get(text_of(cell).lower().rstrip(".s"), -1) if isinstance(cell, str) else -1


def from_serial(number: float, *, epoch_1904: bool) -> dt.date | None:
    """Return the day of a bare date number, or None when it cannot be one."""
    whole = int(number)
    if whole not in SERIALS:
        return None
    return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + dt.timedelta(days=whole)


def serial_of(cell: Cell) -> int | None:
    """Return the bare date number of a cell of sessions' dates (1990 to 2060), or None."""
    if isinstance(cell, str):
        number = int(cell) if len(cell) == 5 and cell.isdecimal() else 0
    else:
        number = int(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else 0
    return number if number in _SESSION_SERIALS else None


def counts_from_1904(serials: Iterable[int], texts: Iterable[str]) -> bool:
    """Say whether a text file's bare date numbers count from 1904: its titles name only that year."""
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    read = {
        epoch: {d.year for s in serials if (d := from_serial(s, epoch_1904=epoch)) is not None}
        for epoch in (False, True)
    }
    return bool(years & read[True]) and not years & read[False]


def full_year(year: int, latest: int) -> int:
    """Return a year in full: two figures are the latest such year not after ``latest``."""
    if year >= 100:
        return year
    century = latest // 100 * 100
    return century + year if century + year <= latest else century - 100 + year


def parts(written: WrittenDate, order: DateOrder | None) -> tuple[int, int, int] | None:
    """Return (day, month, year or 0) under an order, or None when the order is needed and absent."""
    if not written.numbers:
        return written.day, written.month, written.year
    if order is None:
        return None
    numbers = written.numbers
    if len(numbers) == 3:
        first, second, third = numbers
        if order is DateOrder.YMD:
            return third, second, _not_nought(first)
        day, month = (first, second) if order is DateOrder.DMY else (second, first)
        return day, month, _not_nought(third)
    first, second = numbers
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return day, month, written.year


def _not_nought(two_figures: int) -> int:
    """Return a two-figure year such that 00 is not taken for "none is written"."""
    return two_figures or 2000


def as_date(day: int, month: int, year: int) -> dt.date | None:
    """Return the day of the calendar, or None when there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
