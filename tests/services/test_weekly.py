"""The weeks on Home: the same numbers as the figures, a week at a time."""

import datetime as dt

from app.domain.attendance import Role
from app.domain.periods import Period
from app.services import activities, figures
from app.services.registers import open_register
from app.services.weekly import WEEKS, weeks_up_to
from tests import builders
from tests.builders import TODAY

MONDAY = dt.date(2026, 11, 2)


def looked(register, today=TODAY):
    """Run the look to its end; return what it found and how often it let others go on."""
    look, turns = weeks_up_to(register, today), 0
    while True:
        try:
            next(look)
            turns += 1
        except StopIteration as end:
            return end.value, turns


def test_weeks_are_twelve_from_monday_to_sunday_and_the_last_holds_today(register):
    found, turns = looked(register)
    assert [week.first for week in found.weeks] == [
        MONDAY - dt.timedelta(weeks=back) for back in reversed(range(WEEKS))
    ]
    assert turns == 7 * WEEKS
    sunday, _ = looked(register, dt.date(2026, 11, 8))
    assert sunday.weeks[-1].first == MONDAY
    assert (found.attendances, found.people) == (0, 0)


def test_a_person_is_counted_once_a_week_and_once_in_all_and_guests_as_attendances(register):
    ann, bea = builders.person(register, "Ann"), builders.person(register, "Bea")
    tea = builders.activity(register)
    monday, tuesday = (
        builders.session(register, tea, MONDAY + dt.timedelta(days=n)) for n in (0, 1)
    )
    earlier = builders.session(register, tea, MONDAY - dt.timedelta(days=1))
    for at, who in ((monday, ann), (tuesday, ann), (tuesday, bea), (earlier, ann)):
        builders.mark(register, at, who)
    builders.mark(register, monday, bea, role=Role.VOLUNTEER)
    activities.set_guests(register, tuesday, 3, today=TODAY)
    found, _ = looked(register)
    assert [(w.attendances, w.people) for w in found.weeks[-2:]] == [(1, 1), (6, 2)]
    assert (found.attendances, found.people) == (7, 2)


def test_a_cancelled_session_is_told_with_its_day_and_reason(register):
    session = builders.session(register, day=MONDAY)
    activities.cancel_session(register, session, "hall_closed")
    found, _ = looked(register)
    assert found.weeks[-1].cancelled == ((MONDAY, "hall_closed"),)


def test_weeks_agree_with_the_figures(small_example):
    with open_register(small_example, write=False) as register:
        found, _ = looked(register)
        assert found.attendances > 100
        for week in found.weeks:
            told = figures.figures(
                register, Period(first=week.first, last=week.first + dt.timedelta(days=6)),
                only=("attendances", "people"),
            )["figures"]  # fmt: skip
            assert (week.attendances, week.people) == (
                told["attendances"]["value"], told["people"]["value"],
            )  # fmt: skip
