"""Read a date as somebody types it: day before month, always."""

import datetime as dt
import re

from app.domain.periods import MONTHS
from app.domain.problems import Problem

_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{2}|\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-]*([a-z]{3,9})\.?(?:[\s.\-,]*(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WEEKDAY = re.compile(r"^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[\s,.]+")
_FUTURE_YEARS = 20
"""A year of two digits this far ahead or less is in this century: 26 is 2026, 58 is 1958."""


def read_day(typed: str, *, today: dt.date, field: str = "") -> dt.date | Problem:
    """Return the day that was typed (3/7, 3.7.26, 3 jul, Tue 3 Nov 2026), or what is wrong with it.

    Without a year it is the one nearest to ``today``. The day comes before the month, as in
    Britain, whatever the computer says.
    """
    text = typed.strip().casefold()
    if text in _WORDS:
        return today + dt.timedelta(days=_WORDS[text])
    parts = _parts(_WEEKDAY.sub("", text), today)
    values = {"value": typed.strip()}
    if parts is None:
        return Problem(code="date_unknown", field=field, values=values)
    day, month, year = parts
    try:
        return dt.date(year, month, day) if year else _nearest(day, month, today)
    except ValueError:
        return Problem(code="date_not_in_calendar", field=field, values=values)


def _parts(text: str, today: dt.date) -> tuple[int, int, int] | None:
    """Return day, month and year (0 when it was left out)."""
    if match := _ISO.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _NUMBERS.fullmatch(text):
        return int(match[1]), int(match[2]), _year(match[3], today)
    if match := _NAMED.fullmatch(text):
        months = [n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(match[2])]
        return (int(match[1]), months[0], _year(match[3], today)) if len(months) == 1 else None
    return None


def _year(text: str | None, today: dt.date) -> int:
    if not text:
        return 0
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year + _FUTURE_YEARS else year - 100


def _nearest(day: int, month: int, today: dt.date) -> dt.date:
    """Return the date of that day and month nearest to today; raises ValueError for 31/2."""
    years = tuple(range(today.year - 1, today.year + 2))
    if (day, month) == (29, 2):
        years = tuple(range(today.year - 7, today.year + 8))
    days = []
    for year in years:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not days:
        raise ValueError("no such day in any year")
    return min(days, key=lambda found: abs((found - today).days))
