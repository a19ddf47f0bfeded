"""What is said of room, waiting and being full; always a word and a shape."""

import datetime as dt
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from app.domain.capacity import Capacity
from app.domain.periods import MONTHS, Period, short_date
from app.services.activities import Member
from app.services.capacity import FullMonth
from app.ui import texts
from app.ui.people.people_model import shown_name

_DAYS_OF_WEEK = 7
_WEEKS_FROM = 14
"""Days from which a wait is said in weeks."""
_DAYS_OF_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Somebody who waits, and at which place in the order."""

    number: int
    member: Member = field(repr=False)
    days: int


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("capacity", text)


def room_chip(one: Capacity) -> tuple[str, str, str]:
    """Return how many can come: words, tone, icon."""
    if one.can_take is None:
        return tr("No limit"), "plain", "info"
    if one.can_take == 0:
        return tr("Full"), "due", "ban"
    return tr("{count} more").format(count=f"{one.can_take:,}"), "good", "circle-check"


def room_words(one: Capacity) -> str:
    """Return how many can come, as a heading says it."""
    if one.can_take is None:
        return tr("No limit to how many can come")
    if one.can_take == 0:
        return tr("Full today")
    return tr("Room for {count} more today").format(count=f"{one.can_take:,}")


def places_words(one: Capacity) -> str:
    """Return what the register says: 28 of 34 places are taken."""
    limit = one.activity.capacity
    on_it = texts.counted(one.on_it, tr("person is"), tr("people are"))
    if limit is None:
        return tr("{people} on the register; no number of places is set").format(people=on_it)
    return tr("{people} on the register, of {limit} places").format(
        people=on_it, limit=f"{limit:,}"
    )


def said_words(one: Capacity) -> str:
    """Return when it was said by hand how many can come, or that the register says it."""
    if one.activity.can_take is None:
        return tr("Reckoned from the register.")
    if one.can_take_on is None:
        return tr("Said by hand, on no known day. Say it again to date it.")
    return tr("Said by hand on {day}.").format(day=short_date(one.can_take_on))


def long(days: int) -> str:
    """Return a time of waiting: 9 days, 6 weeks, 2 years."""
    if days >= 2 * _DAYS_OF_YEAR:
        return texts.counted(days // _DAYS_OF_YEAR, tr("year"), tr("years"))
    if days < _WEEKS_FROM:
        return texts.counted(days, tr("day"), tr("days"))
    return texts.counted(round(days / _DAYS_OF_WEEK), tr("week"), tr("weeks"))


def typical_words(one: Capacity) -> str:
    """Return how long people usually waited; the list says how long each waits now."""
    if one.typical_wait is None:
        return ""
    got = texts.counted(len(one.waits), tr("place"), tr("places"))
    return tr("People usually waited {time} ({got} in 12 months)").format(
        time=long(one.typical_wait), got=got
    )


def in_order(waiting: tuple[Member, ...], today: dt.date) -> tuple[Waits, ...]:
    """Return who waits with their number in the order and their days."""
    return tuple(
        Waits(number=number, member=one, days=max(0, (today - one.from_on).days))
        for number, one in enumerate(waiting, 1)
    )


def waiter(one: Waits) -> str:
    """Return who waits."""
    return shown_name(one.member.person)


def months_of(
    found: tuple[FullMonth, ...], year: Period, activity_id: int
) -> tuple[tuple[str, int], ...]:
    """Return how often an activity was said to be full in each month of a year: (2026-11, 3)."""
    times: dict[str, int] = {}
    for one in found:
        if one.activity_id == activity_id:
            times[one.month] = times.get(one.month, 0) + one.times
    months: list[tuple[str, int]] = []
    day = year.first.replace(day=1)
    while day <= year.last:
        month = f"{day.year}-{day.month:02}"
        months.append((month, times.get(month, 0)))
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return tuple(months)


def month_words(month: str) -> str:
    """Return a month: November 2026."""
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


def month_label(month: str) -> str:
    """Return a month under its bar: Nov."""
    return MONTHS[int(month[5:]) - 1][:3]
