"""Referrals: the clock, the states, and which step may follow which."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import referrals
from app.domain.referral_steps import moves, offer_no_contact, order_problems
from app.domain.referrals import (
    ENDS,
    HERE,
    OPEN,
    SOFT_ENDS,
    State,
    Step,
    StepDraft,
    state_on,
    validate_step,
)
from app.domain.reply_clock import Reply, clock_on

RECEIVED = dt.date(2026, 10, 1)


def on(day):
    return RECEIVED + dt.timedelta(days=day)


def step(kind, day, reason=""):
    return StepDraft(step=kind, step_on=on(day), reason=reason)


@pytest.mark.parametrize(
    ("day", "reply", "words"),
    [
        (0, Reply.NOT_YET_DUE, "10 days left"),
        (9, Reply.NOT_YET_DUE, "1 day left"),
        (10, Reply.DUE, "due today"),
        (11, Reply.DUE, "overdue, 3 days to the line"),
        (14, Reply.DUE, "the 14-day line is today"),
        (15, Reply.PAST_THE_LINE, "past the 14-day line"),
    ],
)
def test_a_reply_is_due_on_day_10_and_the_line_is_day_14(day, reply, words):
    clock = clock_on(RECEIVED, on(day))
    assert (clock.reply, clock.words) == (reply, words)


def test_the_clock_stops_at_the_answer_and_where_nobody_waits():
    assert clock_on(RECEIVED, on(40), answered_on=on(3)).words == "answered in 3 days"
    assert clock_on(RECEIVED, on(40), answered_on=RECEIVED).words == "answered the same day"
    assert clock_on(RECEIVED, on(40), ended=True).words == "no reply needed"


def test_every_word_of_the_vocabularies_is_there():
    assert set(referrals.STATE_WORDS) == set(State)
    assert set(referrals.STEP_WORDS) == set(Step)
    assert {"full", "outside_area", "risk", "incomplete"} <= set(referrals.NOT_ACCEPTED_REASONS)


def test_a_state_has_no_step_of_its_own_name_but_moves_on():
    assert moves(State.COMPLETED) == moves(State.NO_CONTACT) == (Step.REOPENED,)
    assert Step.REOPENED not in moves(State.RECEIVED)
    assert set(moves(State.ATTENDING)) == ENDS | {Step.ACCEPTED}


@pytest.mark.parametrize(
    ("steps", "came", "state"),
    [
        ((), (), State.RECEIVED),
        ((), (3,), State.STARTED),
        ((), (-3, 3, 4), State.ATTENDING),
        (((Step.TRIED, 2),), (), State.CONTACTED),
        (((Step.WAITING, 2),), (), State.WAITING),
        (((Step.WAITING, 2),), (1,), State.STARTED),
        (((Step.NO_CONTACT, 2),), (2,), State.NO_CONTACT),
        (((Step.NO_CONTACT, 2),), (1, 3), State.ATTENDING),
        (((Step.COMPLETED, 2),), (1, 3), State.COMPLETED),
        (((Step.COMPLETED, 2), (Step.REOPENED, 3)), (), State.RECEIVED),
        (((Step.COMPLETED, 2), (Step.REOPENED, 3)), (1,), State.STARTED),
        (((Step.ACCEPTED, 11),), (), State.RECEIVED),
        ((), (11,), State.RECEIVED),
    ],
)
def test_the_state_on_day_ten_follows_from_steps_and_coming(steps, came, state):
    made = [step(*one) for one in steps]
    assert state_on(RECEIVED, made, map(on, came), on(10)) is state


_DAYS = st.integers(min_value=0, max_value=60)


@st.composite
def histories(draw):
    """Draw days on which somebody came, and steps each of which was allowed on its day."""
    came = [on(day) for day in sorted(draw(st.lists(_DAYS, max_size=4)))]
    steps = []
    for day in sorted(draw(st.lists(_DAYS, max_size=8))):
        allowed = moves(state_on(RECEIVED, steps, came, on(day)))
        kind = draw(st.sampled_from(allowed))
        steps.append(step(kind, day, next(iter(referrals.STEP_REASONS.get(kind, {"": ""})), "")))
    return steps, came


@given(histories(), _DAYS)
def test_any_allowed_steps_rise_in_time_and_leave_a_state_from_which_something_follows(
    history, day
):
    steps, came = history
    assert [one.step_on for one in steps] == sorted(one.step_on for one in steps)
    assert order_problems(steps, RECEIVED, came) == ()
    assert all(validate_step(one, received_on=RECEIVED, today=on(60)) == () for one in steps)
    state = state_on(RECEIVED, steps, came, on(day))
    assert moves(state)
    kinds = {one.step for one in steps if one.step_on <= on(day)}
    if state in HERE:
        assert came
    elif state not in OPEN:
        assert Step(state) in kinds & (ENDS | SOFT_ENDS)


@given(histories())
def test_marks_that_are_taken_away_later_do_not_make_an_answer_wrong(history):
    steps, _ = history
    problems = order_problems(steps, RECEIVED, ())
    # Only an end that rested on the register alone can be asked about again.
    assert all(problem.code == "step_cannot_follow" for problem in problems)


def test_no_contact_is_offered_after_three_tries_and_not_when_they_were_reached():
    tries = [step(Step.TRIED, day) for day in (1, 2, 3)]
    assert not offer_no_contact(tries[:2])
    assert offer_no_contact(tries)
    assert not offer_no_contact([*tries, step(Step.CONTACTED, 4)])
