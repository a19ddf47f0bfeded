"""Which step of a referral may follow which, and in which order of days."""

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.referrals import (
    BEGINNING,
    ENDS,
    STATE_WORDS,
    STEP_WORDS,
    State,
    Step,
    StepDraft,
    state_on,
)

TRIES = 3
"""Tries to reach somebody after which "no contact" is offered."""
_DECISIONS = frozenset(
    {Step.ACCEPTED, Step.WAITING, Step.NOT_ACCEPTED, Step.PERSON_DECLINED, Step.NO_CONTACT}
)
_MOVES: Mapping[State, frozenset[Step]] = {
    State.RECEIVED: BEGINNING | _DECISIONS,
    State.CONTACTED: BEGINNING | _DECISIONS,
    State.WAITING: _DECISIONS - {Step.WAITING},
    State.ACCEPTED: (_DECISIONS - {Step.ACCEPTED}) | ENDS,
    State.STARTED: ENDS | {Step.ACCEPTED},
    State.ATTENDING: ENDS | {Step.ACCEPTED},
}
_REOPENING = frozenset({Step.REOPENED})


def moves(state: State) -> tuple[Step, ...]:
    """Return the steps that can follow in a state, in the order in which they are offered."""
    allowed = _MOVES.get(state, _REOPENING)
    return tuple(step for step in Step if step in allowed)


def order_problems(
    steps: Sequence[StepDraft], received_on: dt.date, came: Sequence[dt.date]
) -> tuple[Problem, ...]:
    """Return what is wrong with steps in the order they were entered: days, and what may follow.

    A step fits when it could follow with the register as it is or without it: marks are entered
    later, and must not make history wrong.
    """
    for place, step in enumerate(steps):
        before, day = steps[:place], step.step_on
        if day is None:
            return (Problem(code="date_needed", field="step_on"),)
        last = before[-1].step_on if before else None
        if last is not None and day < last:
            values = {"value": short_date(day), "last": short_date(last)}
            return (Problem(code="step_before_last", field="step_on", values=values),)
        with_register = state_on(received_on, before, came, day)
        by_steps = state_on(received_on, before, (), day)
        if step.step not in {*moves(with_register), *moves(by_steps)}:
            values = {"step": STEP_WORDS[step.step], "state": STATE_WORDS[with_register].lower()}
            return (Problem(code="step_cannot_follow", field="step", values=values),)
    return ()


def tries_since(steps: Sequence[StepDraft]) -> int:
    """Return how often somebody was tried in vain since they were last spoken with."""
    count = 0
    for step in reversed(steps):
        if step.step is not Step.TRIED:
            break
        count += 1
    return count


def offer_no_contact(steps: Sequence[StepDraft]) -> bool:
    """Say whether "no contact" is to be offered: three tries in vain and nothing since."""
    return tries_since(steps) >= TRIES
