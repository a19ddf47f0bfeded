"""What was typed into a form about places: numbers, money and days, or what is to correct."""

import datetime as dt

from app.domain.money import plain_pounds, read_pounds
from app.domain.problems import Problem
from app.ui.forms.date_field import DateLine
from app.ui.widgets.line import Line

_DIGITS = 6


def read_number(line: Line, field: str) -> int | Problem | None:
    """Return the whole number typed, what is wrong with it, or None when nothing is typed."""
    typed = line.text().strip()
    if not typed:
        return None
    if typed.isdecimal() and len(typed) <= _DIGITS:
        return int(typed)
    return Problem(code="number_unknown", field=field, values={"value": typed})


def number_of(line: Line, field: str, problems: list[Problem]) -> int | None:
    """Return the whole number typed, None when nothing is."""
    read = read_number(line, field)
    if isinstance(read, Problem):
        problems.append(read)
        return None
    return read


def pence_of(line: Line, field: str, problems: list[Problem]) -> int | None:
    """Return the money typed in pence, None when nothing is."""
    typed = line.text().strip()
    if not typed:
        return None
    read = read_pounds(typed, field=field)
    if isinstance(read, Problem):
        problems.append(read)
        return None
    return read


def day_of(line: DateLine, field: str, problems: list[Problem]) -> dt.date | None:
    """Return the day typed, None when nothing is."""
    day = line.day(field)
    if isinstance(day, Problem):
        problems.append(day)
        return None
    return day


def shown_number(number: int | None) -> str:
    """Return a number as it stands in a line."""
    return "" if number is None else str(number)


def shown_pence(pence: int | None) -> str:
    """Return money as it stands in a line."""
    return "" if pence is None else plain_pounds(pence)
