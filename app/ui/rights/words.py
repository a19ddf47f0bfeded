"""What is said of requests, breaches and times: days left, hours left, what is done then."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from app.domain.periods import short_date
from app.domain.retention import Due, DueKind
from app.domain.rights import WORKING_DAYS_RULE, Breach, Request
from app.ui import texts

_SOON = 7
"""Days left from which a request is due."""
_SOON_HOURS = 24
DUE_TITLES = {
    DueKind.PEOPLE: "People who came",
    DueKind.REFERRALS: "Referrals of people who never came",
    DueKind.VOLUNTEERS: "Volunteers who stopped",
    DueKind.PARENTS: "Details of parents and carers",
    DueKind.ACCOUNTS: "Pictures of receipts",
    DueKind.LOTTERY: "Pictures of a Lottery grant’s receipts",
}


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("rights", text)


def clock_words(request: Request, today: dt.date) -> str:
    """Return how long there is to answer: 12 days left, due today, 3 days late, Answered."""
    if not request.open:
        return tr("Answered")
    return _left(request.days_left(today), tr("day"), tr("days"))


def clock_look(request: Request, today: dt.date) -> tuple[str, str]:
    """Return tone and icon of the days left."""
    if not request.open:
        return "good", "circle-check"
    left = request.days_left(today)
    if left < 0:
        return "overdue", "clock"
    return ("due", "clock") if left <= _SOON else ("plain", "clock")


def until_words(request: Request, today: dt.date) -> str:
    """Return the last day, and the day to aim for while there is time."""
    if request.answered_on is not None:
        return short_date(request.answered_on)
    if request.aim_on < today or request.aim_on >= request.due_on:
        return short_date(request.due_on)
    return tr("{due}; aim for day {days}").format(
        due=short_date(request.due_on), days=WORKING_DAYS_RULE
    )


def breach_words(breach: Breach, now: dt.datetime) -> str:
    """Return how a breach stands: 40 hours left to tell the ICO, told, not told with a reason."""
    if breach.told_ico_at is not None:
        return tr("ICO told")
    if breach.settled:
        return tr("No need to tell")
    return _left(breach.hours_left(now), tr("hour"), tr("hours"))


def breach_look(breach: Breach, now: dt.datetime) -> tuple[str, str]:
    """Return tone and icon of the hours left."""
    if breach.settled:
        return "good", "circle-check"
    left = breach.hours_left(now)
    if left < 0:
        return "overdue", "clock"
    return ("due", "clock") if left <= _SOON_HOURS else ("plain", "clock")


def _left(left: int, one: str, many: str) -> str:
    if left < 0:
        return tr("{count} late").format(count=texts.counted(-left, one, many))
    return tr("{count} left").format(count=texts.counted(left, one, many))


def then_words(due: Due) -> str:
    """Return what is done with something that is due."""
    if due.kind is DueKind.PARENTS:
        return tr("Parents’ details deleted")
    return tr("Made nameless") if due.person_id is not None else tr("Pictures deleted")
