"""Dated copies of a register: how they are named, and which of them are kept."""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

LAST_KEPT = 10
"""So many of the newest copies are kept, whenever they were made."""
MONTHS_KEPT = 12
"""For a year, the month of the newest copy included, the last copy of each month is kept too."""

_DATED = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<time>[0-9]{4})( (?P<number>[1-9][0-9]{0,3}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DatedCopy:
    """A copy that carries its moment in its name; later ones are greater."""

    made_at: dt.datetime
    """On this computer's clock, to the minute."""
    number: int = 1
    """Which of the copies of that minute."""
    name: str = ""
    """The file's name."""


def copy_name(stem: str, made_at: dt.datetime, suffix: str) -> str:
    """Return the name of a copy of the register ``stem``: "Tea Club 2026-11-22 2104.hallbook"."""
    return f"{stem} {made_at:%Y-%m-%d %H%M}{suffix}"


def read_copy_name(name: str, stem: str, suffix: str) -> DatedCopy | None:
    """Return the copy that a file's name tells of, or None for any other file."""
    if not (name.startswith(f"{stem} ") and name.endswith(suffix)):
        return None
    match = _DATED.fullmatch(name[len(stem) + 1 : len(name) - len(suffix)])
    at = _moment(match) if match else None
    if match is None or at is None:
        return None
    return DatedCopy(made_at=at, number=int(match["number"] or 1), name=name)


def book_name(stem: str) -> str:
    """Return the name of the book that a copy is of: its own name without the moment at its end."""
    return re.sub(rf" {_DATED.pattern}$", "", stem) or stem


def read_moment(stem: str) -> dt.datetime | None:
    """Return the moment that stands at the end of a copy's name, whichever register it is of."""
    match = re.search(rf"(?:^| ){_DATED.pattern}$", stem)
    return _moment(match) if match else None


def _moment(match: re.Match[str]) -> dt.datetime | None:
    with suppress(ValueError):  # such as the 31st of February
        return dt.datetime.fromisoformat(f"{match['day']} {match['time'][:2]}:{match['time'][2:]}")
    return None


def copies_kept(copies: Iterable[DatedCopy]) -> frozenset[DatedCopy]:
    """Return which copies to keep: the ten newest, and the last of each month for a year.

    The year is counted back from the newest copy, not from today: a clock that was set wrong on
    one day, or a group that rested for two years, loses nothing by it.
    """
    newest_first = sorted(copies, reverse=True)
    kept = set(newest_first[:LAST_KEPT])
    if not newest_first:
        return frozenset()
    latest = _month(newest_first[0])
    months: set[int] = set()
    for copy in newest_first:
        month = _month(copy)
        if month not in months and latest - month < MONTHS_KEPT:
            months.add(month)
            kept.add(copy)
    return frozenset(kept)


def _month(copy: DatedCopy) -> int:
    return copy.made_at.year * 12 + copy.made_at.month
