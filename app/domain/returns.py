"""Drafts of returns, answers kept for the next form, reports due, what a grant promised.

Source: a report is written in the weeks before its day, so it is spoken of four weeks before
(domain.md 7).
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.disclosure import Disclosure
from app.domain.ids import ActivityId, AgreementId, DraftId, GrantId, StandingAnswerId
from app.domain.names import NAME_LIMIT
from app.domain.periods import Period, month_end
from app.domain.problems import Problem

ANSWER_LIMIT = 100_000
"""Letters of one answer: far more than any form takes, and still printed in a moment."""
REMIND_DAYS = 28
"""How many days before it is due a report is spoken of."""
LARGEST_SUM = 100_000_000_00
"""Pence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSettings:
    """What a return is about, as a form knows it; money in pence."""

    template_id: str
    title: str
    period: Period | None = None
    activity_id: ActivityId | None = None
    grant_id: GrantId | None = None
    agreement_id: AgreementId | None = None
    disclosure: str = ""
    """For whose eyes; nothing is as the template says."""
    due_on: dt.date | None = None
    sum_pence: int | None = None
    """The sum asked for, of which the form says what it buys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(DraftSettings):
    """A return that is being written."""

    id: DraftId
    created_at: dt.datetime
    changed_at: dt.datetime
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a draft: as typed, with the question as it was put."""

    question: str
    """The question's code in its template."""
    wording: str
    text: str = field(repr=False)
    is_done: bool = False
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAnswer:
    """An answer kept to be used again: "Who we are", "Safeguarding"."""

    id: StandingAnswerId
    name: str
    text: str = field(repr=False)
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a grant promised of a figure, or of one part of it, in the figure's unit."""

    figure: str
    target: float
    breakdown: str = ""
    part: str = ""
    label: str = ""
    """How the funder calls it; nothing is the figure's own title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDueDraft:
    """A report somebody waits for, of a grant or of an agreement."""

    grant_id: GrantId | None = None
    agreement_id: AgreementId | None = None
    template_id: str = ""
    due_on: dt.date | None = None
    period: Period | None = None
    done_on: dt.date | None = None
    """The day it was done in another way than by a return that was issued here."""
    note: str = ""


class Channel(StrEnum):
    """How a return was sent."""

    EMAIL = "email"
    PORTAL = "portal"
    PAPER = "paper"
    IN_PERSON = "in_person"
    OTHER = "other"


CHANNEL_WORDS = {
    Channel.EMAIL: "by e-mail",
    Channel.PORTAL: "on the funder's website",
    Channel.PAPER: "on paper",
    Channel.IN_PERSON: "in person",
    Channel.OTHER: "in another way",
}


def validate_draft(draft: DraftSettings) -> tuple[Problem, ...]:
    """Return what has to be corrected before a draft can be kept."""
    problems: list[Problem] = []
    if not draft.title:
        problems.append(Problem(code="draft_title_needed", field="title"))
    if len(draft.title) > NAME_LIMIT:
        limit = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="title", values=limit))
    if draft.disclosure and draft.disclosure not in set(Disclosure):
        problems.append(Problem(code="answer_unknown", field="disclosure"))
    if draft.sum_pence is not None and not 0 < draft.sum_pence <= LARGEST_SUM:
        problems.append(Problem(code="amount_needed", field="sum_pence"))
    if draft.grant_id is not None and draft.agreement_id is not None:
        problems.append(Problem(code="draft_about_two", field="agreement_id"))
    return tuple(problems)


def validate_answer(text: str) -> tuple[Problem, ...]:
    """Return what stands against keeping an answer: only that it is longer than any form."""
    if len(text) <= ANSWER_LIMIT:
        return ()
    limit = {"limit": f"{ANSWER_LIMIT:,}"}
    return (Problem(code="text_too_long", field="text", values=limit),)


def period_after(period: Period) -> Period:
    """Return the period of the same length that follows: whole months by months, others by days."""
    first = period.after
    if period.first.day == 1 and period.last == month_end(period.last.year, period.last.month):
        more = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month
        year, month = divmod(first.year * 12 + first.month - 1 + more, 12)
        return Period(first=first, last=month_end(year, month + 1))
    return Period(first=first, last=first + dt.timedelta(days=period.days - 1))
