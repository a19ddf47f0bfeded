"""Periods of days, quarters, months and the group's own year."""

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included; ``after`` is the first day no longer in it."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.last < self.first:
            raise ValueError("a period ends on or after its first day")

    @property
    def after(self) -> dt.date:
        """The day after the last: ``first <= day < after`` is the half-open test used in SQL.

        There is no day after 31 December 9999; no book reaches it, so it stands for itself.
        """
        return _day_after(self.last)

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        """Say whether a day lies in the period."""
        return isinstance(day, dt.date) and self.first <= day <= self.last

    def months(self) -> tuple["Period", ...]:
        """Cut the period at month ends; the parts tile it with no gap or overlap."""
        return self._cut(1)

    def quarters(self) -> tuple["Period", ...]:
        """Cut the period at the ends of calendar quarters."""
        return self._cut(3)

    def _cut(self, months: int) -> tuple["Period", ...]:
        parts: list[Period] = []
        start = self.first
        while True:
            end_month = (start.month - 1) // months * months + months
            end = month_end(start.year, end_month)
            parts.append(Period(first=start, last=min(end, self.last)))
            if end >= self.last:
                return tuple(parts)
            start = _day_after(end)

    @property
    def text(self) -> str:
        """The period in words: 1 April 2025 to 31 March 2026."""
        return f"{long_date(self.first)} to {long_date(self.last)}"


def _day_after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month_of(day: dt.date) -> Period:
    """Return the calendar month that holds a day."""
    return Period(first=day.replace(day=1), last=month_end(day.year, day.month))


def quarter_of(day: dt.date) -> Period:
    """Return the calendar quarter (January, April, July or October start) that holds a day."""
    month = (day.month - 1) // 3 * 3 + 1
    return Period(first=dt.date(day.year, month, 1), last=month_end(day.year, month + 2))


def year_ending(day: dt.date) -> Period:
    """Return the twelve months that end on a day (365 or 366 days)."""
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:  # 29 February has no namesake the year before
        before = day.replace(year=day.year - 1, day=28)
    if day.month == 2 and day.day == 28 and calendar.isleap(before.year):
        before = before.replace(day=29)
    return Period(first=before + dt.timedelta(days=1), last=day)


def group_year_of(day: dt.date, year_end_month: int, year_end_day: int) -> Period:
    """Return the group's own accounting year that holds a day.

    The year end is a month and a day; 29 February falls on the 28th in ordinary years.
    """

    def end_in(year: int) -> dt.date:
        return min(
            dt.date(year, year_end_month, min(year_end_day, 28))
            + dt.timedelta(days=max(0, year_end_day - 28)),
            month_end(year, year_end_month),
        )

    last = end_in(day.year) if day <= end_in(day.year) else end_in(day.year + 1)
    return Period(first=end_in(last.year - 1) + dt.timedelta(days=1), last=last)


def short_date(day: dt.date) -> str:
    """Write a day with its weekday: Tue 3 Nov 2026."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def long_date(day: dt.date) -> str:
    """Write a day in full: 3 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def full_date(day: dt.date) -> str:
    """Write a day with its weekday in full: Tuesday 3 November 2026."""
    return f"{_DAYS[day.weekday()]} {long_date(day)}"


def clock(minutes_text: str | None) -> str:
    """Write a stored time as people do: "19:00" becomes "7.00 pm"."""
    if not minutes_text:
        return ""
    hour, minute = int(minutes_text[:2]), minutes_text[3:5]
    return f"{(hour - 1) % 12 + 1}.{minute} {'am' if hour < 12 else 'pm'}"


def clock_range(start: str | None, end: str | None) -> str:
    """Write two stored times: 7.00–8.30 pm, or 11.00 am–1.00 pm."""
    if not start or not end:
        return clock(start)
    first, last = clock(start), clock(end)
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last}"


# The names are fixed here, not taken from the system: a British date must not change with a locale.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

WEEKDAYS = _DAYS
MONTHS = _MONTHS
