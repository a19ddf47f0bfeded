"""Making a record nameless: what is kept so that counts stay true, everything else is wiped.

Wiped by default: whatever is not named here as kept goes. An age is kept as the widest span that
puts the person in the same band of every set on every day they were here, so that no figure of a
past period changes and the birthday is forgotten.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

YOUNGEST, OLDEST = 0, 130


class Because(StrEnum):
    """Why a record was made nameless."""

    ASKED = "asked"
    RETENTION = "retention"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Ages from ``low`` to ``high`` as they were on a day; they move on by whole years."""

    low: int
    high: int
    on: dt.date


def age_on(born_on: dt.date | None, birth_year: int | None, day: dt.date) -> int | None:
    """Return the age that figures take on a day; born in a year is taken as born on 1 July."""
    if born_on is not None:
        return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    if birth_year is not None:
        return day.year - birth_year - ((day.month, day.day) < (7, 1))
    return None


def words_to_find(given: str, family: str, known_as: str) -> tuple[str, ...]:
    """Return what to look for in typed text: both names together, or the only one there is."""
    both = (f"{given} {family}",) if given and family else tuple(n for n in (given, family) if n)
    return (*both, *((known_as,) if known_as and known_as != given else ()))


def span_of(
    born_on: dt.date | None,
    birth_year: int | None,
    days: Iterable[dt.date],
    bounds: Iterable[int],
) -> Span | None:
    """Return the widest span of ages that stands for a birthday on all of some days.

    ``bounds`` are the lowest ages of every band of every set. The span is dated on a first of
    January where that will do, so that not even the month of birth is kept; else on the first of
    another month, and only where a bound was crossed within one month on the birthday itself.
    None where no birthday is known or the person was never here.
    """
    here = sorted(set(days))
    ages = [age_on(born_on, birth_year, day) for day in here]
    if not here or None in ages or min(age for age in ages if age is not None) < YOUNGEST:
        return None
    limits = [_around(age, sorted({YOUNGEST, *bounds})) for age in ages if age is not None]
    birthday = born_on or dt.date(birth_year or here[-1].year, 7, 1)
    for on in _datings(here[-1].year, birthday):
        span = _fitting(here, limits, on)
        if span is not None:
            return span
    return None


def _around(age: int, bounds: Sequence[int]) -> tuple[int, int]:
    """Return the lowest and the highest age that are in the same bands as an age."""
    low = max(bound for bound in bounds if bound <= age)
    above = [bound for bound in bounds if bound > age]
    return low, (above[0] - 1 if above else OLDEST)


def _datings(year: int, birthday: dt.date) -> Iterable[dt.date]:
    yield from (dt.date(year, month, 1) for month in range(1, 13))
    # The 29th of February has its birthday on the 1st of March in most years: as figures have it.
    day = 28 if (birthday.month, birthday.day) == (2, 29) else birthday.day
    yield dt.date(year, birthday.month, day) + dt.timedelta(days=day != birthday.day)


def _fitting(
    days: Sequence[dt.date], limits: Sequence[tuple[int, int]], on: dt.date
) -> Span | None:
    """Return the widest span dated ``on`` that is within the limits on each day, or None."""
    moved = [day.year - on.year - ((day.month, day.day) < (on.month, on.day)) for day in days]
    low = max(limit[0] - years for limit, years in zip(limits, moved, strict=True))
    high = min(limit[1] - years for limit, years in zip(limits, moved, strict=True))
    fits = YOUNGEST <= low <= high <= OLDEST
    return Span(low=low, high=high, on=on) if fits else None
