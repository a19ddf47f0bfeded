"""What follows from a referral's steps elsewhere: the queue for a place, the register, a role."""

import datetime as dt

from app.domain.ids import ActivityId, PersonId, ReferralId
from app.domain.people import PersonRole
from app.domain.referrals import Referral, Step, StepDraft
from app.storage import belonging, members, people, referrals
from app.storage.register import Register

_OUTCOMES = {Step.ACCEPTED: "place", Step.PERSON_DECLINED: "gave_up"}


def settle_waiting(
    register: Register, referral_id: ReferralId, *, binned_on: dt.date | None = None
) -> None:
    """Let the waiting list say what the steps say, inside a transaction.

    The referral's place in the queue is open while its newest step is "waiting", ended with what came
    of it after another step, and gone when no step put them there.
    """
    referral = referrals.get(register, referral_id)
    if referral is None:
        return
    steps = referrals.steps(register, referral_id)
    newest = steps[-1] if steps else None
    if not any(step.step is Step.WAITING for step in steps):
        referrals.forget_waiting(register, referral_id)
    elif newest is not None and newest.step is Step.WAITING and binned_on is None:
        referrals.keep_waiting(
            register,
            referral_id,
            person_of(register, referral),
            referral.activity_id,
            newest.step_on,
        )
    elif newest is not None:
        outcome = _OUTCOMES.get(newest.step, "other")
        referrals.end_waiting(register, referral_id, binned_on or newest.step_on, outcome)


def person_of(register: Register, referral: Referral) -> PersonId:
    """Return who a referral's record counts as."""
    person = people.get(register, referral.person_id)
    return person.merged_into if person and person.merged_into else referral.person_id


def put_on_register(
    register: Register, person_id: PersonId, activity_id: ActivityId, day: dt.date
) -> None:
    """Put somebody who was accepted on the activity's register, inside a transaction.

    Who waited for a place there has it now; who is on it from a later day begins earlier.
    """
    later = next(
        (
            one
            for one in members.on_register(register, activity_id, day)
            if one.person.id == person_id
        ),
        None,
    )
    if later is None:
        belonging.put_on(register, person_id, activity_id, "participant", day)
    elif later.from_on > day:
        members.begin_earlier(register, later.id, day)
    members.end_waiting(register, activity_id, person_id, day, "place")


def follow_queue(
    register: Register,
    activity_id: ActivityId,
    person_id: PersonId,
    step: Step,
    day: dt.date,
) -> None:
    """Let the referrals by which somebody waits say what came of it, inside a transaction.

    Who gets a place straight from the waiting list is accepted; who gives it up has said no.
    """
    for referral_id in referrals.waiting_for(register, person_id, activity_id):
        steps = referrals.steps(register, referral_id)
        on = max(day, steps[-1].step_on) if steps else day
        referrals.add_step(register, referral_id, StepDraft(step=step, step_on=on))


def make_volunteer(register: Register, person_id: PersonId, day: dt.date) -> None:
    """Give somebody who moved on the role of a volunteer, unless they have it, in a transaction."""
    has = any(
        one.kind == "role" and one.role == PersonRole.VOLUNTEER and one.now(day)
        for one in belonging.of_person(register, person_id)
    )
    if not has:
        belonging.begin_role(register, person_id, PersonRole.VOLUNTEER, day)
