"""The year as groups live it: holidays, quiet months, and the closed months of 2020 and 2021."""

import datetime as dt
from enum import Enum, auto

COVID_NOTE = "Closed because of Covid-19"
_QUIET = {1: 0.93, 2: 0.97, 4: 0.96, 7: 0.95, 8: 0.72, 12: 0.82}
_BUSY = 1.05


class Closure(Enum):
    """What a date under restrictions means for an activity."""

    OPEN = auto()
    CANCELLED = auto()
    """The first weeks: still in the diary, crossed out."""
    NONE = auto()
    """Nothing was planned at all."""


# Indoor groups; those outdoors came back about a season sooner.
_CANCELLED = (
    (dt.date(2020, 3, 17), dt.date(2020, 4, 5)),
    (dt.date(2020, 11, 5), dt.date(2020, 11, 18)),
)
_SHUT_INDOORS = (
    (dt.date(2020, 4, 6), dt.date(2020, 9, 13)),
    (dt.date(2020, 11, 19), dt.date(2021, 5, 23)),
)
_SHUT_OUTDOORS = (
    (dt.date(2020, 4, 6), dt.date(2020, 7, 12)),
    (dt.date(2020, 11, 19), dt.date(2021, 4, 11)),
)
_CAREFUL = (dt.date(2020, 7, 1), dt.date(2021, 12, 31))


def closure(day: dt.date, *, outdoors: bool) -> Closure:
    """Say whether a group met on a day as far as the law allowed."""
    if any(first <= day <= last for first, last in _CANCELLED):
        return Closure.CANCELLED
    shut = _SHUT_OUTDOORS if outdoors else _SHUT_INDOORS
    return Closure.NONE if any(first <= day <= last for first, last in shut) else Closure.OPEN


def season(day: dt.date, *, outdoors: bool, careful: bool) -> float:
    """Return how full a day is beside an ordinary one; the careful stayed at home into 2021."""
    full = _QUIET.get(day.month, _BUSY)
    if outdoors and day.month in {11, 12, 1, 2}:
        full *= 0.85
    return full * 0.7 if careful and _CAREFUL[0] <= day <= _CAREFUL[1] else full


def christmas(day: dt.date) -> bool:
    """Say whether a day lies in the Christmas fortnight."""
    return (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 1)


def school_holiday(day: dt.date) -> bool:
    """Say whether schools are out, near enough."""
    month_day = (day.month, day.day)
    return (
        (7, 23) <= month_day <= (9, 2)
        or (4, 2) <= month_day <= (4, 14)
        or (10, 24) <= month_day <= (10, 31)
        or (2, 13) <= month_day <= (2, 19)
        or (5, 26) <= month_day <= (6, 1)
    )
