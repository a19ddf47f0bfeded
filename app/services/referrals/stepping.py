"""The dated steps of a referral: taken, corrected, taken out; and what follows from them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import ActivityId, ReferralId
from app.domain.names import clean_lines
from app.domain.problems import Problem
from app.domain.referral_steps import order_problems
from app.domain.referrals import (
    ENDS,
    STEP_WORDS,
    Referral,
    ReferralStep,
    Step,
    StepDraft,
    validate_step,
)
from app.services.referrals import cautions
from app.services.referrals.following import (
    make_volunteer,
    person_of,
    put_on_register,
    settle_waiting,
)
from app.services.referrals.recording import name_of
from app.services.result import Done, Refused
from app.storage import activities, belonging, referrals
from app.storage.register import Register

_TOPICS = frozenset({Topic.REFERRALS, Topic.ACTIVITIES, Topic.PEOPLE, Topic.ATTENDANCE})
_SAID = {
    Step.TRIED: "note a try to reach {name}",
    Step.CONTACTED: "note contact with {name}",
    Step.ACCEPTED: "accept {name}",
    Step.WAITING: "put {name} on the waiting list",
    Step.NOT_ACCEPTED: "do not accept {name}",
    Step.PERSON_DECLINED: "note that {name} said no",
    Step.NO_CONTACT: "note no contact with {name}",
    Step.COMPLETED: "note that {name} completed",
    Step.LEFT_EARLY: "note that {name} left early",
    Step.MOVED_ON: "note that {name} moved on to volunteering",
    Step.REOPENED: "open the referral of {name} again",
}
"""The name of each step's change, for the undo menu."""


def take_step(
    register: Register,
    referral_id: ReferralId,
    draft: StepDraft,
    *,
    today: dt.date,
    activity_id: ActivityId | None = None,
    off_register: bool | None = None,
    anyway: bool = False,
) -> Done | Refused:
    """Note what was done about a referral, with what follows from it; one step.

    Accepting puts the person on the register of the referral's activity (or of ``activity_id``, which
    then is the referral's), and closes their waiting; moving on makes them a volunteer. Leaving early
    takes them off that register, or not, as ``off_register`` says; completing does not unless it says
    so. Refused with cautions alone, the same can be kept with ``anyway``. The id is the step's.
    """
    referral = referrals.get(register, referral_id)
    if referral is None or referral.binned:
        return Refused(problems=(Problem(code="referral_gone"),))
    draft = replace(draft, note=clean_lines(draft.note))
    referral = replace(referral, activity_id=activity_id or referral.activity_id)
    problems = _step_problems(register, referral, draft, today)
    if not problems and not anyway:
        problems = _taking_in(register, referral, draft)
    if problems:
        return Refused(problems=problems)
    text = _SAID[draft.step].format(name=name_of(register, referral))
    with register.transaction(
        f"referral.step:{draft.step}",
        text=text,
        topics=_TOPICS,
        subject_ids=(referral_id, referral.person_id),
    ):
        before = referrals.steps(register, referral_id)
        step_id = referrals.add_step(register, referral_id, draft)
        if activity_id is not None:
            referrals.set_activity(register, referral_id, activity_id)
        _follow(register, referral, draft, off_register)
        if draft.step not in {Step.ACCEPTED, *ENDS} and draft.step_on:
            _take_back_place(register, referral, before[-1] if before else None, draft.step_on)
    return Done(changes=_TOPICS, text=text, ids=(step_id,))


def _step_problems(
    register: Register, referral: Referral, draft: StepDraft, today: dt.date
) -> tuple[Problem, ...]:
    problems = validate_step(draft, received_on=referral.received_on, today=today)
    if problems:
        return problems
    steps = (*referrals.steps(register, referral.id), draft)
    problems = order_problems(steps, referral.received_on, referrals.came(register, referral.id))
    if referral.activity_id is not None and draft.step in {Step.ACCEPTED, Step.WAITING}:
        activity = activities.get(register, referral.activity_id)
        if activity is None or activity.binned:
            problems = (*problems, Problem(code="activity_gone", field="activity_id"))
    return problems


def _taking_in(register: Register, referral: Referral, draft: StepDraft) -> tuple[Problem, ...]:
    if draft.step is not Step.ACCEPTED or draft.step_on is None:
        return ()
    return cautions.of_taking_in(
        register,
        person_of(register, referral),
        referral.activity_id,
        referral.agreement_id,
        draft.step_on,
    )


def _follow(
    register: Register, referral: Referral, draft: StepDraft, off_register: bool | None
) -> None:
    settle_waiting(register, referral.id)
    day = draft.step_on
    if day is None:
        return
    person_id = person_of(register, referral)
    if draft.step is Step.ACCEPTED and referral.activity_id is not None:
        put_on_register(register, person_id, referral.activity_id, day)
    if draft.step is Step.MOVED_ON:
        make_volunteer(register, person_id, day)
    off = draft.step is Step.LEFT_EARLY if off_register is None else off_register
    if off and referral.activity_id is not None:
        belonging.take_off(register, person_id, referral.activity_id, day)


def _take_back_place(
    register: Register, referral: Referral, accepted: ReferralStep | None, day: dt.date
) -> None:
    """Take off the register from a day who was accepted onto it and has never come since."""
    if accepted is None or accepted.step is not Step.ACCEPTED or referral.activity_id is None:
        return
    if not referrals.came(register, referral.id):
        person_id = person_of(register, referral)
        referrals.off_register_again(
            register, person_id, referral.activity_id, accepted.step_on, day
        )


def correct_step(
    register: Register, step_id: int, draft: StepDraft, *, today: dt.date
) -> Done | Refused:
    """Correct a step's kind, day, reason or note; the queue for a place follows it."""
    step, referral = _found(register, step_id)
    if step is None or referral is None:
        return Refused(problems=(Problem(code="step_gone"),))
    draft = replace(draft, note=clean_lines(draft.note))
    problems = validate_step(draft, received_on=referral.received_on, today=today)
    if not problems:
        steps = _with(referrals.steps(register, referral.id), step_id, draft)
        problems = order_problems(
            steps, referral.received_on, referrals.came(register, referral.id)
        )
    if problems:
        return Refused(problems=problems)
    text = f"correct “{STEP_WORDS[step.step]}” of {name_of(register, referral)}"
    if all(getattr(draft, n) == getattr(step, n) for n in ("step", "step_on", "reason", "note")):
        return Done(changes=frozenset(), text=text, ids=(step_id,))
    with register.transaction(
        "referral.step_correct",
        text=text,
        topics=_TOPICS,
        subject_ids=(referral.id, referral.person_id),
    ):
        referrals.change_step(register, step_id, draft)
        settle_waiting(register, referral.id)
    return Done(changes=_TOPICS, text=text, ids=(step_id,))


def _with(steps: Sequence[ReferralStep], step_id: int, draft: StepDraft) -> tuple[StepDraft, ...]:
    """Return steps with one as corrected, in its old place: so a day that runs back is seen."""
    return tuple(draft if step.id == step_id else step for step in steps)


def remove_step(register: Register, step_id: int) -> Done | Refused:
    """Take a step out that never happened; who was put on a register by it and never came is off."""
    step, referral = _found(register, step_id)
    if step is None or referral is None:
        return Refused(problems=(Problem(code="step_gone"),))
    steps = tuple(one for one in referrals.steps(register, referral.id) if one.id != step_id)
    problems = order_problems(steps, referral.received_on, referrals.came(register, referral.id))
    if problems:
        return Refused(problems=problems)
    text = f"take out “{STEP_WORDS[step.step]}” of {name_of(register, referral)}"
    with register.transaction(
        "referral.step_remove",
        text=text,
        topics=_TOPICS,
        subject_ids=(referral.id, referral.person_id),
    ):
        referrals.remove_step(register, step_id)
        settle_waiting(register, referral.id)
        _take_back_place(register, referral, step, step.step_on)
    return Done(changes=_TOPICS, text=text, ids=(referral.id,))


def _found(register: Register, step_id: int) -> tuple[ReferralStep | None, Referral | None]:
    step = referrals.step(register, step_id)
    referral = referrals.get(register, step.referral_id) if step else None
    return (step, referral) if referral and not referral.binned else (None, None)
