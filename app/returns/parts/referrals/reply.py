"""The letter to whoever sent a person. What became of them is told only where they agreed to it.

Without that agreement the letter says the same whether they refused, withdrew or were never asked,
came or did not: that the referral was received, and nothing else.
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.consents import Standing, standing_of
from app.domain.errors import NotFound, Refused
from app.domain.ids import PersonId, ReferralId
from app.domain.people import ConsentPurpose, Person
from app.domain.periods import long_date
from app.domain.referrals import ENDS, SOURCE_TYPES, Referral, ReferralStep, State, Step, state_on
from app.domain.referrers import Referrer, Worker
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Block,
    KeepTogether,
    LetterHead,
    Paragraph,
    Spacer,
    WriteLine,
    WriteLines,
    text,
)
from app.returns.language.spec import Spec
from app.storage import activities, consents, people, referrals, referrers, replies
from app.storage.register import Register
from app.storage.replies import Visits

_STILL_DAYS = 42
"""Who came within the last six weeks is still coming."""
_TOLD_REASONS = {
    "full": "we are full",
    "outside_area": "it is outside the area we can serve",
    "outside_age": "it is outside the ages we can take",
    "wrong_service": "what we do is not what was asked for",
    "incomplete": "the referral did not say enough for us to act on",
}
"""Reasons that say something of us; those that say something of the person are not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Everything one letter is written from."""

    referral: Referral
    person: Person = field(repr=False)
    referrer: Referrer | None = field(repr=False)
    worker: Worker | None = field(repr=False)
    activity: str
    steps: tuple[ReferralStep, ...] = field(repr=False)
    visits: Visits = field(repr=False)
    state: State
    may_tell: bool


def referral_reply(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return the letter about the referral asked for, or about the person's newest one."""
    today = filling.counted_at.date()
    case = _case(filling, today)
    told = _told(case, today) if case.may_tell else _RECEIVED_ONLY
    head = _head(filling, case, today)
    filling.foot = (
        filling.settings.group_name or "Our group",
        long_date(today),
        "in confidence, for the person it is addressed to",
    )
    filling.tables.append(_json(case, told, head))
    _warn(filling, case)
    received = (
        f"Thank you for this referral, which reached us on {_day(case.referral.received_on)}."
    )
    return (
        head,
        *(Paragraph(runs=text(said)) for said in (received, *told)),
        _end(filling),
    )


_RECEIVED_ONLY = (
    (
        "We tell a referrer how things go only where the person has agreed to it, so we say no "
        "more in this letter. If you would like to know, please ask them."
    ),
)


def _case(filling: Filling, today: dt.date) -> _Case:
    register = filling.register
    referral = _referral(filling)
    kept = replies.kept_person(register, referral.person_id)
    person = people.get(register, kept) if kept is not None else None
    if person is None:
        raise NotFound("The person of this referral is not in this book any more.")
    steps = referrals.steps(register, referral.id)
    since = replies.visits(register, person.id, referral.received_on, _until(steps, today))
    return _Case(
        referral=referral,
        person=person,
        referrer=referrers.get(register, referral.referrer_id) if referral.referrer_id else None,
        worker=referrers.worker(register, referral.worker_id) if referral.worker_id else None,
        activity=_activity(register, referral),
        steps=steps,
        visits=since,
        state=state_on(referral.received_on, steps, since.days, today),
        may_tell=_may_tell(register, referral, person.id),
    )


def _referral(filling: Filling) -> Referral:
    register, options = filling.register, filling.options
    referral_id = options.referral_id or _newest(filling)
    referral = referrals.get(register, referral_id) if referral_id else None
    if referral is None or referral.binned:
        raise NotFound("That referral is not in this book any more. Choose another one.")
    return referral


def _newest(filling: Filling) -> ReferralId:
    """Return a person's newest referral; say so where there are more."""
    register = filling.register
    asked = filling.options.person_id or PersonId(0)
    kept = replies.kept_person(register, asked)
    if kept is None:
        raise NotFound("That person is not in this book any more. Choose another one.")
    found = referrals.ids_of_person(register, kept)
    if not found:
        raise Refused(
            "No referral is written down for this person, so there is nobody to reply to."
        )
    if len(found) > 1:
        filling.warn(f"This person has {len(found):,} referrals; the letter is about the newest.")
    return found[0]


def _until(steps: tuple[ReferralStep, ...], today: dt.date) -> dt.date:
    """Return the last day to tell of: the referral's end, or today."""
    done = [one for one in steps if one.step_on <= today]
    return done[-1].step_on if done and done[-1].step in ENDS else today


def _activity(register: Register, referral: Referral) -> str:
    found = activities.get(register, referral.activity_id) if referral.activity_id else None
    return found.name if found else ""


def _may_tell(register: Register, referral: Referral, person: PersonId) -> bool:
    """Say whether the person agreed to it, with the referral, and has not said otherwise since."""
    standing = standing_of(consents.of_person(register, person), ConsentPurpose.REPORT_BACK)
    otherwise = standing in {Standing.REFUSED, Standing.WITHDRAWN}
    return referral.report_back == "yes" and not otherwise


# --- what is told -------------------------------------------------------------------------------


def _told(case: _Case, today: dt.date) -> tuple[str, ...]:
    """Return what a referrer is told, with the person's agreement."""
    at = f" for {case.activity}" if case.activity else ""
    said = {
        State.RECEIVED: ("We will be in touch with them, and write again when we have.",),
        State.CONTACTED: ("We have been trying to talk with them, and will write again.",),
        State.ACCEPTED: (f"We have offered a place{at}. They have not come yet.",),
        State.WAITING: (f"They are on our waiting list{at}.",),
        State.NOT_ACCEPTED: (_not_accepted(case),),
        State.PERSON_DECLINED: ("They have decided not to come to us for now.",),
        State.NO_CONTACT: ("We have tried several times to reach them, and have not managed to.",),
        State.STARTED: (_visits(case), _still(case, today)),
        State.ATTENDING: (_visits(case), _still(case, today)),
        State.COMPLETED: (_visits(case), "They have completed what they came for."),
        State.LEFT_EARLY: (_visits(case), "They have stopped coming."),
        State.MOVED_ON: (_visits(case), "They now volunteer with us."),
    }[case.state]
    agreed = (
        "We tell you this with their agreement. Please keep it with their record and do not pass it "
        "on without asking them."
    )
    return (" ".join(one for one in said if one), agreed)


def _not_accepted(case: _Case) -> str:
    newest = next((one for one in reversed(case.steps) if one.step is Step.NOT_ACCEPTED), None)
    reason = _TOLD_REASONS.get(newest.reason, "") if newest else ""
    because = f": {reason}" if reason else ""
    return f"We could not offer a place this time{because}. Please ring us if we can help further."


def _visits(case: _Case) -> str:
    days, held = case.visits.days, case.visits.held
    if not days:
        return ""
    first = _day(days[0])
    if held == 1:
        return f"They came on {first}."
    return (
        f"They first came on {first}, and have been at {len(days)} of the {held} sessions held from "
        "that day on."
    )


def _still(case: _Case, today: dt.date) -> str:
    if not case.visits.days:
        return ""
    last = case.visits.days[-1]
    if (today - last).days <= _STILL_DAYS:
        return "They are still coming."
    return f"They last came on {_day(last)}."


# --- the letter around it -----------------------------------------------------------------------


def _day(day: dt.date) -> str:
    return long_date(day)


def _head(filling: Filling, case: _Case, today: dt.date) -> LetterHead:
    ours, referral = filling.settings, case.referral
    yours = (f"Your reference: {referral.reference}",) if referral.reference else ()
    return LetterHead(
        sender=tuple(one for one in (ours.group_name, ours.tagline, ours.contact) if one),
        to=_address(case),
        date=long_date(today),
        references=(*yours, f"Our reference: {_reference(referral)}"),
        greeting=f"Dear {case.worker.name}," if case.worker else "Dear colleague,",
        subject=f"Your referral of {case.person.full_name}",
    )


def _reference(referral: Referral) -> str:
    """Return a short reference that names nobody: the day it came and four figures of its number."""
    return f"{referral.received_on:%d%m%y}-{referral.id % 10_000:04}"


def _address(case: _Case) -> tuple[str, ...]:
    worker, referrer = case.worker, case.referrer
    named = ", ".join(one for one in (worker.name, worker.job) if one) if worker else ""
    if referrer is None:
        return (named or SOURCE_TYPES[case.referral.source_type],)
    lines = [line.strip() for line in referrer.address.replace("\n", ",").split(",")]
    return tuple(one for one in (named, referrer.name, *lines) if one)


def _end(filling: Filling) -> Block:
    group = filling.settings.group_name or "our group"
    return KeepTogether(
        blocks=(
            Paragraph(runs=text("Yours sincerely,")),
            Spacer(height_mm=10),
            WriteLines(
                lines=((WriteLine(label="Signed", width_mm=70), WriteLine(label="Name")),),
            ),
            Paragraph(runs=text(f"for {group}")),
        )
    )


def _warn(filling: Filling, case: _Case) -> None:
    if case.referral.source_type in {"self", "family"}:
        filling.warn("They came by themselves or through family: check that this letter is wanted.")
    if case.referrer is None or not case.referrer.address:
        filling.warn("No address is written down for who sent them. Add it to the referrer book.")
    if not case.may_tell:
        filling.warn(
            "The person has not agreed that the referrer is told how it goes, so the letter only "
            "says that the referral was received."
        )


def _json(case: _Case, told: tuple[str, ...], head: LetterHead) -> dict[str, str | int | bool]:
    answered = case.may_tell and case.state not in {State.RECEIVED, State.CONTACTED}
    return {
        "id": "letter",
        "referral_id": case.referral.id,
        "kind": "reply" if answered else "acknowledgement",
        "sent_to": ", ".join(head.to[:2]),
        "told": " ".join(told) if case.may_tell else "received only",
        "state": case.state.value if case.may_tell else "",
    }
