"""Referrals: who sent whom, what was done about it, and what makes both fit to keep.

What is kept is dated steps; the state follows from them and from the register. Sources of the
words: NHS England's list of who refers [S84], the Oxford and RCGP observatory's categories [S85].
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.activities import EARLIEST_YEAR
from app.domain.ids import ActivityId, AgreementId, PersonId, ReferralId, ReferrerId, WorkerId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class Step(StrEnum):
    """What was done about a referral on a day."""

    TRIED = "tried"
    CONTACTED = "contacted"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    NOT_ACCEPTED = "not_accepted"
    PERSON_DECLINED = "person_declined"
    NO_CONTACT = "no_contact"
    COMPLETED = "completed"
    LEFT_EARLY = "left_early"
    MOVED_ON = "moved_on"
    REOPENED = "reopened"


class State(StrEnum):
    """How a referral stands on a day: its newest step, and whether they came."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    STARTED = "started"
    ATTENDING = "attending"
    COMPLETED = "completed"
    LEFT_EARLY = "left_early"
    MOVED_ON = "moved_on"
    NOT_ACCEPTED = "not_accepted"
    PERSON_DECLINED = "person_declined"
    NO_CONTACT = "no_contact"


STATE_WORDS: Mapping[State, str] = {
    State.RECEIVED: "Received",
    State.CONTACTED: "Contacted",
    State.ACCEPTED: "Accepted, not yet come",
    State.WAITING: "On the waiting list",
    State.STARTED: "Started",
    State.ATTENDING: "Attending",
    State.COMPLETED: "Completed",
    State.LEFT_EARLY: "Left early",
    State.MOVED_ON: "Moved on to volunteering",
    State.NOT_ACCEPTED: "Not accepted",
    State.PERSON_DECLINED: "Person declined",
    State.NO_CONTACT: "No contact",
}
"""Every state in the order of the funnel, and its words."""
STEP_WORDS: Mapping[Step, str] = {
    Step.TRIED: "Tried to reach them",
    Step.CONTACTED: "Spoke with them",
    Step.ACCEPTED: "Accepted",
    Step.WAITING: "Put on the waiting list",
    Step.NOT_ACCEPTED: "Not accepted",
    Step.PERSON_DECLINED: "They said no",
    Step.NO_CONTACT: "No contact after three tries",
    Step.COMPLETED: "Completed",
    Step.LEFT_EARLY: "Left early",
    Step.MOVED_ON: "Moved on to volunteering",
    Step.REOPENED: "Opened again",
}
"""Every step and its words."""
SOURCE_TYPES: Mapping[str, str] = {
    "gp_practice": "GP practice",
    "link_worker": "Link worker (social prescriber)",
    "pharmacy": "Pharmacy",
    "mdt": "Multi-disciplinary team",
    "hospital_discharge": "Hospital discharge team",
    "allied_health": "Allied health professional",
    "mental_health": "Mental health service",
    "camhs": "CAMHS (young people's mental health)",
    "school": "School or college",
    "early_help": "Early Help or family hub",
    "adult_social_care": "Adult social care",
    "childrens_social_care": "Children's social care",
    "housing": "Housing association",
    "jobcentre": "Jobcentre",
    "police": "Police",
    "fire": "Fire service",
    "youth_offending": "Youth offending team",
    "voluntary": "Voluntary organisation",
    "council": "Council",
    "care_home": "Care home",
    "family": "Family or carer",
    "self": "They came by themselves",
    "other": "Somebody else",
    "not_recorded": "Not recorded",
}
"""Who sends people, code to words. Source: NHS England's list of referrers [S84], and the council's."""
CHANNELS: Mapping[str, str] = {
    "phone": "By phone",
    "paper": "On paper",
    "email": "By email",
    "platform": "Through a platform (Joy, Elemental …)",
    "in_person": "In person",
    "not_recorded": "Not recorded",
}
"""How a referral came, code to words."""
REASONS: Mapping[str, str] = {
    "loneliness": "Loneliness or isolation",
    "low_mood": "Low mood or anxiety",
    "bereavement": "Bereavement",
    "long_term_condition": "Long-term condition",
    "inactivity": "Inactivity or weight",
    "memory": "Memory or dementia",
    "carer_support": "Support for a carer",
    "confidence": "Confidence or skills",
    "money": "Money",
    "housing": "Housing",
    "work": "Work or volunteering",
    "family": "Family or parenting",
    "school_wellbeing": "School attendance or a young person's wellbeing",
    "other": "Another reason",
    "not_told": "Not told",
}
"""Why somebody was sent, code to words. After [S85]."""
NEEDS: Mapping[str, str] = {
    "long_term_condition": "Long-term condition",
    "mental_health": "Mental health",
    "lonely_isolated": "Lonely or isolated",
    "complex_social": "Complex social needs",
    "other": "Another need",
    "not_told": "Not told",
}
"""Whom social prescribing is for, code to words. Source: NHS England [S84]."""
REPORT_BACK: Mapping[str, str] = {
    "yes": "Yes",
    "no": "No",
    "not_asked": "Not asked",
}
"""Whether the person agreed that the referrer is told, code to words."""
WHO_PAYS: Mapping[str, str] = {
    "nobody": "Nobody: we carry it ourselves",
    "agreement": "A funded place under an agreement",
    "spot": "A payment for this one person",
    "referrer": "Who referred them",
    "person": "The person",
    "other": "Somebody else",
    "not_known": "Not known",
}
"""Who pays for the place, code to words."""
LETTER_KINDS: Mapping[str, str] = {
    "acknowledgement": "Acknowledgement",
    "reply": "Reply to the referrer",
}
"""The letters to a referrer, code to words."""
SENT_BY = frozenset(CHANNELS) - {"not_recorded"}
"""How a letter can have been sent."""
NOT_ACCEPTED_REASONS: Mapping[str, str] = {
    "full": "We are full",
    "outside_area": "Outside our area",
    "outside_age": "Outside our ages",
    "access_need": "An access need we cannot meet",
    "risk": "A risk we cannot manage",
    "wrong_service": "Not what we do",
    "incomplete": "The referral was incomplete",
    "other": "Another reason",
}
"""Why a group says no, code to words; "full" is kept as evidence."""
LEFT_REASONS: Mapping[str, str] = {
    "health": "Health",
    "transport": "Transport",
    "cost": "Cost",
    "time": "Time",
    "moved": "Moved away",
    "not_for_me": "Not for them",
    "caring": "Caring for somebody",
    "died": "Died",
    "unknown": "Not known",
}
"""Why somebody left early, code to words."""
DECLINED_REASONS: Mapping[str, str] = {
    "not_interested": "Not interested",
    "health": "Health",
    "transport": "Transport",
    "cost": "Cost",
    "time": "Time",
    "found_other": "Found something else",
    "unknown": "Not known",
}
"""Why a person said no, code to words."""
STEP_REASONS: Mapping[Step, Mapping[str, str]] = {
    Step.NOT_ACCEPTED: NOT_ACCEPTED_REASONS,
    Step.PERSON_DECLINED: DECLINED_REASONS,
    Step.LEFT_EARLY: LEFT_REASONS,
}
"""The reasons each step can have; only "not accepted" needs one."""

ENDS = frozenset({Step.COMPLETED, Step.LEFT_EARLY, Step.MOVED_ON})
"""Steps that end a referral whatever the register says."""
SOFT_ENDS = frozenset({Step.NOT_ACCEPTED, Step.PERSON_DECLINED, Step.NO_CONTACT})
"""Steps that end a referral unless they come after all."""
ANSWERS = frozenset({Step.ACCEPTED, Step.WAITING, Step.NOT_ACCEPTED})
"""Steps that answer the referrer: the first of them stops the clock."""
TO_ANSWER = frozenset({State.RECEIVED, State.CONTACTED})
"""States in which the referrer still waits for an answer."""
OPEN = frozenset({State.RECEIVED, State.CONTACTED, State.ACCEPTED, State.WAITING})
"""States in which nothing has ended and nobody has come yet."""
HERE = frozenset({State.STARTED, State.ATTENDING})
"""States of those who came and come."""
BEGINNING = frozenset({Step.TRIED, Step.CONTACTED})
"""Steps before an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDraft:
    """What a form or an import knows of a referral, besides whom it is about."""

    received_on: dt.date | None = None
    activity_id: ActivityId | None = None
    source_type: str = "not_recorded"
    referrer_id: ReferrerId | None = None
    worker_id: WorkerId | None = None
    channel: str = "not_recorded"
    reference: str = field(default="", repr=False)
    reasons: frozenset[str] = field(default=frozenset(), repr=False)
    needs: frozenset[str] = field(default=frozenset(), repr=False)
    what_helps: str = field(default="", repr=False)
    report_back: str = "not_asked"
    who_pays: str = "not_known"
    agreement_id: AgreementId | None = None
    notes: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(ReferralDraft):
    """A referral of the register."""

    id: ReferralId
    person_id: PersonId
    received_on: dt.date
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """A step as it is typed."""

    step: Step
    step_on: dt.date | None = None
    reason: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep(StepDraft):
    """A step of the register."""

    id: int
    referral_id: ReferralId
    step_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to a referrer as it was sent: when, to whom, how, and what it told."""

    id: int
    referral_id: ReferralId
    kind: str
    sent_on: dt.date
    sent_to: str = field(default="", repr=False)
    channel: str = "paper"
    told: str = field(default="", repr=False)


def state_on(
    received_on: dt.date,
    steps: Sequence[StepDraft],
    came: Iterable[dt.date],
    day: dt.date,
) -> State:
    """Return how a referral stands at the end of a day, from its steps in order and when they came.

    The register's own query (storage/referral_states.py) says the same of many at once.
    """
    newest = next((one for one in reversed(steps) if one.step_on and one.step_on <= day), None)
    days = [one for one in came if received_on <= one <= day]
    step = newest.step if newest else None
    if step in ENDS:
        return State(step)
    if newest and step in SOFT_ENDS:
        after = newest.step_on or day
        if not any(one > after for one in days):
            return State(newest.step)
    if days:
        return State.STARTED if len(days) == 1 else State.ATTENDING
    if step in BEGINNING:
        return State.CONTACTED
    if step in {Step.ACCEPTED, Step.WAITING}:
        return State(step)
    return State.RECEIVED


def validate_referral(draft: ReferralDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a referral can be kept; nothing if it is fit."""
    problems: list[Problem] = []
    if draft.received_on is None:
        problems.append(Problem(code="date_needed", field="received_on"))
    elif draft.received_on > today:
        values = {"value": short_date(draft.received_on)}
        problems.append(Problem(code="referral_future", field="received_on", values=values))
    elif draft.received_on.year < EARLIEST_YEAR:
        values = {"value": short_date(draft.received_on)}
        problems.append(Problem(code="day_out_of_reach", field="received_on", values=values))
    for name, known in _CHOICES:
        if getattr(draft, name) not in known:
            problems.append(Problem(code="answer_unknown", field=name))
    for name, known in (("reasons", REASONS), ("needs", NEEDS)):
        if getattr(draft, name) - set(known):
            problems.append(Problem(code="answer_unknown", field=name))
    if draft.who_pays == "agreement" and draft.agreement_id is None:
        problems.append(Problem(code="agreement_needed", field="agreement_id"))
    problems += _long(
        draft, (("reference", NAME_LIMIT), ("what_helps", TEXT_LIMIT), ("notes", TEXT_LIMIT))
    )
    return tuple(problems)


_CHOICES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("source_type", SOURCE_TYPES),
    ("channel", CHANNELS),
    ("report_back", REPORT_BACK),
    ("who_pays", WHO_PAYS),
)


def _long(draft: object, limits: tuple[tuple[str, int], ...]) -> list[Problem]:
    return [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits
        if len(getattr(draft, name)) > limit
    ]


def validate_step(draft: StepDraft, *, received_on: dt.date, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected in a step by itself: its day, its reason, its note."""
    problems: list[Problem] = []
    if draft.step_on is None:
        problems.append(Problem(code="date_needed", field="step_on"))
    elif draft.step_on > today:
        values = {"value": short_date(draft.step_on)}
        problems.append(Problem(code="step_future", field="step_on", values=values))
    elif draft.step_on < received_on:
        values = {"value": short_date(draft.step_on), "received": short_date(received_on)}
        problems.append(Problem(code="step_before_received", field="step_on", values=values))
    known = STEP_REASONS.get(draft.step, {})
    if draft.step is Step.NOT_ACCEPTED and not draft.reason:
        problems.append(Problem(code="step_reason_needed", field="reason"))
    elif draft.reason and draft.reason not in known:
        problems.append(Problem(code="answer_unknown", field="reason"))
    return (*problems, *_long(draft, (("note", TEXT_LIMIT),)))
