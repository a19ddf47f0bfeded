"""People's rights over what is kept about them: requests, complaints, breaches, and their clocks.

A request is answered within one calendar month of the day it came, or of the day its sender was
known for who they are; two months more where it is complex, said within the first [S112][S113].
28 days is the working rule. A breach with a risk to people is told to the ICO within 72 hours of
being noticed.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import PersonId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem

WORKING_DAYS_RULE = 28
"""Days in which a careful group answers, so that no month is too short."""
BREACH_HOURS = 72


class RequestKind(StrEnum):
    """What somebody may ask."""

    ACCESS = "access"
    ERASURE = "erasure"
    CORRECTION = "correction"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


REQUESTS: Mapping[RequestKind, str] = {
    RequestKind.ACCESS: "What do you hold on me?",
    RequestKind.ERASURE: "Take me out of the book",
    RequestKind.CORRECTION: "Put something right",
    RequestKind.OBJECTION: "Stop using it for something",
    RequestKind.COMPLAINT: "A complaint",
}
"""Every kind of request in plain words."""


class Risk(StrEnum):
    """What a breach may mean for people."""

    NOT_KNOWN = "not_known"
    NONE = "none"
    SOME = "some"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request as it is entered."""

    kind: RequestKind = RequestKind.ACCESS
    person_id: PersonId | None = None
    asked_by: str = field(default="", repr=False)
    """Who asked, where it is not a person of the book: a parent, a solicitor."""
    received_on: dt.date | None = None
    proved_on: dt.date | None = None
    """When they showed who they are, where that was asked; the month counts from then."""
    extended_because: str = field(default="", repr=False)
    answered_on: dt.date | None = None
    outcome: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A kept request with its clock."""

    id: int
    kind: RequestKind
    person_id: PersonId | None
    asked_by: str = field(repr=False)
    received_on: dt.date
    proved_on: dt.date | None
    extended_because: str = field(repr=False)
    answered_on: dt.date | None
    outcome: str = field(repr=False)
    note: str = field(repr=False)

    @property
    def open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.answered_on is None

    @property
    def aim_on(self) -> dt.date:
        """The day to aim for: 28 days after it came."""
        return self._from + dt.timedelta(days=WORKING_DAYS_RULE)

    @property
    def due_on(self) -> dt.date:
        """The last day: one calendar month, or three where it was extended."""
        return months_after(self._from, 3 if self.extended_because else 1)

    @property
    def _from(self) -> dt.date:
        return self.proved_on or self.received_on

    def days_left(self, today: dt.date) -> int:
        """Return the days until the last one; below nought when it is late."""
        return (self.due_on - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachDraft:
    """A breach as it is entered; moments carry their time zone."""

    noticed_at: dt.datetime | None = None
    what: str = field(default="", repr=False)
    people: int | None = None
    risk: Risk = Risk.NOT_KNOWN
    done_about_it: str = field(default="", repr=False)
    told_ico_at: dt.datetime | None = None
    told_people_on: dt.date | None = None
    why_not_told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A kept breach with its clock."""

    id: int
    noticed_at: dt.datetime
    what: str = field(repr=False)
    people: int | None
    risk: Risk
    done_about_it: str = field(repr=False)
    told_ico_at: dt.datetime | None
    told_people_on: dt.date | None
    why_not_told: str = field(repr=False)

    @property
    def ico_by(self) -> dt.datetime:
        """Until when the ICO is to be told, where there is a risk to people."""
        return self.noticed_at + dt.timedelta(hours=BREACH_HOURS)

    @property
    def settled(self) -> bool:
        """Whether the ICO was told, or it was said why not."""
        return self.told_ico_at is not None or bool(self.why_not_told)

    def hours_left(self, now: dt.datetime) -> int:
        """Return the whole hours left to tell the ICO; below nought when it is late."""
        return int((self.ico_by - now).total_seconds() // 3600)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or that month's last where it has no such day."""
    # The ICO's rule: 31 January and a month is 28 or 29 February. Not dateutil, which has the same
    # one: Home asks this of everybody, and it takes 7 MiB and five times as long.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def validate_request(draft: RequestDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a request can be kept."""
    problems: list[Problem] = []
    if draft.person_id is None and not draft.asked_by:
        problems.append(Problem(code="request_who_needed", field="asked_by"))
    if draft.received_on is None:
        problems.append(Problem(code="date_needed", field="received_on"))
    for name in ("received_on", "proved_on", "answered_on"):
        day = getattr(draft, name)
        values = {"value": short_date(day)} if day else {}
        if day and day > today:
            problems.append(Problem(code="request_future", field=name, values=values))
        elif day and draft.received_on and day < draft.received_on:
            problems.append(Problem(code="request_before", field=name, values=values))
    if draft.answered_on and not draft.outcome:
        problems.append(Problem(code="request_outcome_needed", field="outcome"))
    limits = (("asked_by", NAME_LIMIT), ("extended_because", TEXT_LIMIT), ("outcome", TEXT_LIMIT),
              ("note", TEXT_LIMIT))  # fmt: skip
    return (*problems, *_too_long(draft, limits))


def validate_breach(draft: BreachDraft, *, now: dt.datetime) -> tuple[Problem, ...]:
    """Return what has to be corrected before a breach can be kept."""
    problems: list[Problem] = []
    if not draft.what:
        problems.append(Problem(code="breach_what_needed", field="what"))
    if draft.noticed_at is None:
        problems.append(Problem(code="date_needed", field="noticed_at"))
    for name in ("noticed_at", "told_ico_at"):
        at = getattr(draft, name)
        if at is not None and at > now:
            values = {"value": short_date(at.astimezone().date())}
            problems.append(Problem(code="request_future", field=name, values=values))
    if draft.people is not None and draft.people < 0:
        problems.append(Problem(code="breach_people_range", field="people"))
    limits = (("what", TEXT_LIMIT), ("done_about_it", TEXT_LIMIT), ("why_not_told", TEXT_LIMIT))
    return (*problems, *_too_long(draft, limits))


def _too_long(draft: object, limits: tuple[tuple[str, int], ...]) -> list[Problem]:
    return [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits
        if len(getattr(draft, name)) > limit
    ]
