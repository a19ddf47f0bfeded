"""The dates of an activity's sessions, and the bank holidays among them, by name."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from app.domain.activities import ActivityDraft, Repeat
from app.domain.periods import Period, month_end


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One date of a pattern; ``holiday`` names the bank holiday that falls on it, or is ""."""

    day: dt.date
    holiday: str = ""


_TERMS = (("Spring term", 1, 3), ("Summer term", 4, 7), ("Autumn term", 9, 12))
"""Name, first and last month. Councils' own dates differ by weeks: what is planned is looked at."""


def terms_around(day: dt.date) -> tuple[tuple[str, Period], ...]:
    """Return the term before a day, the one that holds it or comes next, and the two after."""
    every = [
        (f"{name} {year}", Period(first=dt.date(year, first, 1), last=month_end(year, last)))
        for year in range(day.year - 1, day.year + 3)
        for name, first, last in _TERMS
    ]
    now = next(place for place, (_, period) in enumerate(every) if period.last >= day)
    return tuple(every[now - 1 : now + 3])


def pattern_days(
    activity: ActivityDraft, period: Period, *, rhythm: dt.date | None = None
) -> tuple[PlannedDay, ...]:
    """Return the dates of an activity's pattern inside a period, holidays named.

    A fortnightly pattern keeps step with ``rhythm``, a day on which it met, so that planning the
    next term does not shift it by a week; without one it counts from the first matching weekday
    of the period. An activity that does not repeat has none.
    """
    days = _days(activity, period, rhythm)
    names = bank_holidays(range(period.first.year, period.last.year + 1)) if days else {}
    return tuple(PlannedDay(day=day, holiday=names.get(day, "")) for day in days)


def _days(activity: ActivityDraft, period: Period, rhythm: dt.date | None) -> tuple[dt.date, ...]:
    # Imported here: planning is rare, and the start must stay quick.
    from dateutil import rrule

    if activity.repeat is Repeat.NONE or activity.weekday is None:
        return ()
    weekday = rrule.weekdays[activity.weekday]
    start = dt.datetime.combine(period.first, dt.time())
    until = dt.datetime.combine(period.last, dt.time())
    if activity.repeat is Repeat.MONTHLY:
        which = weekday(activity.nth or 1)
        rule = rrule.rrule(rrule.MONTHLY, byweekday=which, dtstart=start, until=until)
    else:
        start += dt.timedelta(days=(activity.weekday - start.weekday()) % 7)
        if activity.repeat is Repeat.FORTNIGHTLY and rhythm and _out_of_step(start.date(), rhythm):
            start += dt.timedelta(days=7)
        step = 2 if activity.repeat is Repeat.FORTNIGHTLY else 1
        rule = rrule.rrule(
            rrule.WEEKLY, interval=step, byweekday=weekday, dtstart=start, until=until
        )
    return tuple(moment.date() for moment in rule)


def _out_of_step(day: dt.date, rhythm: dt.date) -> bool:
    return rhythm.weekday() == day.weekday() and (day - rhythm).days % 14 != 0


def bank_holidays(years: range) -> dict[dt.date, str]:
    """Return the bank holidays of England by date for some years."""
    return {day: name for year in years for day, name in _of_year(year)}


def holidays_are_read() -> bool:
    """Say whether the bank holidays are in memory: the first look takes a fifth of a second."""
    return _of_year.cache_info().currsize > 0


@cache
def _of_year(year: int) -> tuple[tuple[dt.date, str], ...]:
    # Imported here: planning is rare, and the start must stay quick.
    import holidays

    named = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return tuple(
        (day, name.replace(" (observed)", " (substitute day)")) for day, name in named.items()
    )
