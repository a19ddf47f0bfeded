"""The last twelve weeks: attendances and people, a week at a time."""

import datetime as dt
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from app.domain.periods import Period
from app.storage import weekly
from app.storage.register import Register
from app.storage.weekly import Coming

WEEKS = 12
_WEEK, _DAY = dt.timedelta(days=7), dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week, from its Monday on."""

    first: dt.date
    attendances: int
    people: int
    cancelled: tuple[tuple[dt.date, str], ...] = ()
    """The day of each session that did not run, and the code of its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """The weeks in their order, and how many different people came in all of them."""

    weeks: tuple[Week, ...]
    people: int

    @property
    def attendances(self) -> int:
        """All attendances of the weeks."""
        return sum(week.attendances for week in self.weeks)


def weeks_up_to(register: Register, today: dt.date) -> Generator[tuple[int, int], None, Weeks]:
    """Find out who came in the twelve weeks that end with the one of today.

    A slow look in small parts: it yields how far it is (done, total) after each day.
    """
    monday = today - dt.timedelta(days=today.weekday())
    weeks: list[Week] = []
    everybody: set[int] = set()
    for place in range(WEEKS):
        first = monday - (WEEKS - 1 - place) * _WEEK
        days: list[Coming] = []
        for number in range(7):
            day = first + number * _DAY
            days.append(weekly.coming(register, Period(first=day, last=day)))
            yield 7 * place + number + 1, 7 * WEEKS
        weeks.append(_week(first, days))
        everybody.update(*(day.people for day in days))
    return Weeks(weeks=tuple(weeks), people=len(everybody))


def _week(first: dt.date, days: Sequence[Coming]) -> Week:
    return Week(
        first=first,
        attendances=sum(day.attendances for day in days),
        people=len(frozenset[int]().union(*(day.people for day in days))),
        cancelled=tuple(one for day in days for one in day.cancelled),
    )
