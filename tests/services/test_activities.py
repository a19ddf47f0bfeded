"""Activities and sessions: planned, held, cancelled, brought back, put in the bin."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.activities import ActivityDraft, Repeat, SessionState
from app.domain.attendance import Mark, Role
from app.domain.periods import Period
from app.services import activities
from app.services.result import Done, Refused
from tests import builders
from tests.builders import TODAY

NEXT_YEAR = Period(first=dt.date(2027, 1, 1), last=dt.date(2027, 12, 31))


def _codes(answer):
    assert isinstance(answer, Refused), answer
    return [problem.code for problem in answer.problems]


def _state(register, session):
    return builders.fresh(register, session).state


# --- activities ---------------------------------------------------------------------------------


def test_activity_is_kept_tidy_with_a_code_of_its_own(register):
    first = builders.activity(register, name=" Gentle   Movement ", leader=" Sue\u200b ")
    second = builders.activity(register, name="Good Manners")
    assert (first.name, first.leader, first.code) == ("Gentle Movement", "Sue", "GM")
    assert second.code == "GM2"
    assert [one.name for one in activities.list_activities(register)] == [
        "Gentle Movement", "Good Manners",
    ]  # fmt: skip


def test_activity_is_changed_and_keeps_its_code(register):
    bingo = builders.activity(register, name="Bingo")
    draft = replace(bingo, name="Big Bingo", capacity=20)
    assert activities.save_activity(register, draft, bingo.id).ids == (bingo.id,)
    changed = activities.find_activity(register, "big bingo")
    assert (changed.id, changed.code, changed.capacity) == (bingo.id, "BIN", 20)


def test_two_activities_of_one_name_are_refused_capitals_aside(register):
    bingo = builders.activity(register, name="Bingo")
    assert _codes(activities.save_activity(register, ActivityDraft(name="BINGO"))) == [
        "activity_name_taken"
    ]
    assert isinstance(activities.save_activity(register, replace(bingo, notes="x"), bingo.id), Done)


def test_activity_that_cannot_be_is_refused_with_every_problem(register):
    draft = ActivityDraft(name=" ", capacity=0, start_time="7pm", repeat=Repeat.WEEKLY)
    assert _codes(activities.save_activity(register, draft)) == [
        "activity_name_needed", "capacity_range", "repeat_day_needed", "time_unknown",
    ]  # fmt: skip
    assert activities.list_activities(register) == ()


def test_activity_that_is_not_there_cannot_be_changed(register):
    assert _codes(activities.save_activity(register, ActivityDraft(name="A"), 7)) == [
        "activity_gone"
    ]


# --- planning -----------------------------------------------------------------------------------


def test_weekly_pattern_is_planned_for_a_year_in_one_go(register):
    tea = builders.activity(register)
    register.take_step()
    plan = activities.plan_sessions(register, tea, NEXT_YEAR, today=TODAY)
    sessions = activities.sessions_between(register, NEXT_YEAR)
    assert len(plan.done.ids) == len(sessions)
    assert {s.session_on.weekday() for s in sessions} == {1}
    assert all((s.start_time, s.end_time) == ("14:00", "16:00") for s in sessions)
    assert all(s.state is SessionState.PLANNED for s in sessions)
    assert register.take_step() is not None
    assert register.take_step() is None


@pytest.mark.parametrize("weekday", range(7))
def test_no_session_is_ever_planned_for_christmas_and_holidays_are_named(register, weekday):
    tea = builders.activity(register, weekday=weekday)
    period = Period(first=dt.date(2025, 12, 1), last=dt.date(2026, 1, 4))
    plan = activities.plan_sessions(register, tea, period, today=TODAY)
    days = {s.session_on for s in activities.sessions_between(register, period)}
    assert not days & {dt.date(2025, 12, 25), dt.date(2025, 12, 26), dt.date(2026, 1, 1)}
    assert len(days) + len(plan.skipped) == 5
    assert all(skipped.holiday for skipped in plan.skipped)


def test_group_that_meets_on_bank_holidays_is_planned_on_them(register):
    tea = builders.activity(register, weekday=0, skip_bank_holidays=False)
    period = Period(first=dt.date(2026, 5, 1), last=dt.date(2026, 5, 31))
    plan = activities.plan_sessions(register, tea, period, today=TODAY)
    assert plan.skipped == ()
    assert len(plan.done.ids) == 4


def test_planning_again_makes_nothing_twice_even_at_another_time(register):
    tea = builders.activity(register)
    first = activities.plan_sessions(register, tea, NEXT_YEAR, today=TODAY)
    activities.save_activity(register, replace(tea, start_time="15:00"), tea.id)
    later = activities.find_activity(register, tea.name)
    again = activities.plan_sessions(register, later, NEXT_YEAR, today=TODAY)
    assert again.done.ids == ()
    assert len(again.already) == len(first.done.ids)


def test_cancelled_day_is_not_planned_again(register):
    tea = builders.activity(register)
    session = builders.session(register, tea, dt.date(2027, 1, 5))
    activities.cancel_session(register, session, "weather")
    plan = activities.plan_sessions(register, tea, NEXT_YEAR, today=TODAY)
    assert plan.already == (dt.date(2027, 1, 5),)


def test_fortnights_keep_their_step_from_term_to_term(register):
    tea = builders.activity(register, repeat=Repeat.FORTNIGHTLY)
    terms = [
        ((2027, 1, 4), (2027, 3, 22)),
        ((2027, 4, 12), (2027, 7, 10)),
        ((2027, 9, 1), (2027, 12, 1)),
    ]
    for first, last in terms:
        period = Period(first=dt.date(*first), last=dt.date(*last))
        activities.plan_sessions(register, tea, period, today=TODAY)
    days = [s.session_on for s in activities.sessions_between(register, NEXT_YEAR)]
    assert len(days) > 15
    assert {(day - days[0]).days % 14 for day in days} == {0}


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ((1026, 1, 1), (2026, 1, 1), ["day_out_of_reach"]),
        ((2026, 1, 1), (2126, 1, 1), ["day_out_of_reach"]),
        ((2026, 1, 1), (2029, 1, 1), ["period_too_long"]),
    ],
)
def test_planning_stays_within_reach(register, first, last, codes):
    tea = builders.activity(register)
    period = Period(first=dt.date(*first), last=dt.date(*last))
    assert _codes(activities.plan_sessions(register, tea, period, today=TODAY)) == codes


# --- one session --------------------------------------------------------------------------------


def test_session_is_added_at_the_usual_times_or_others(register):
    tea = builders.activity(register)
    usual = builders.session(register, tea)
    other = builders.session(register, tea, times=("18:00", None))
    assert (usual.start_time, usual.end_time) == ("14:00", "16:00")
    assert (other.start_time, other.end_time) == ("18:00", None)
    assert usual.code == "TC-031126"
    assert activities.get_session(register, usual.id) == replace(usual, beside=1)


@pytest.mark.parametrize(
    ("day", "times", "codes"),
    [
        ((1026, 11, 3), None, ["day_out_of_reach"]),
        ((2026, 11, 3), ("19:00", "18:00"), ["session_end_before_start"]),
        ((2026, 11, 3), ("7pm", None), ["time_unknown"]),
        ((1026, 11, 3), ("19:00", "18:00"), ["day_out_of_reach", "session_end_before_start"]),
    ],
)
def test_session_that_cannot_be_is_refused(register, day, times, codes):
    tea = builders.activity(register)
    answer = activities.add_session(register, tea, dt.date(*day), today=TODAY, times=times)
    assert _codes(answer) == codes


def test_second_session_at_the_same_time_is_refused_with_its_day(register):
    tea = builders.activity(register)
    builders.session(register, tea)
    answer = activities.add_session(register, tea, TODAY, today=TODAY)
    assert _codes(answer) == ["session_twice"]
    assert "Tea Club already has a session on Tue 3 Nov 2026" in answer.text


def test_session_of_an_activity_that_is_gone_is_refused(register):
    tea = builders.activity(register)
    with register.all_or_nothing():
        register.execute("DELETE FROM activity")
    assert _codes(activities.add_session(register, tea, TODAY, today=TODAY)) == ["activity_gone"]


# --- what becomes of it -------------------------------------------------------------------------


@pytest.mark.parametrize("what", list(Mark))
def test_any_mark_makes_a_session_held_and_taking_it_away_planned_again(register, what):
    session, who = builders.session(register), builders.person(register)
    builders.mark(register, session, who, what)
    assert _state(register, session) is SessionState.HELD
    builders.mark(register, session, who, None)
    assert _state(register, session) is SessionState.PLANNED


def test_guests_make_a_session_held_and_are_taken_away_again(register):
    session = builders.session(register)
    activities.set_guests(register, session, 4, today=TODAY)
    assert builders.fresh(register, session).guests == 4
    assert _state(register, session) is SessionState.HELD
    activities.set_guests(register, session, None, today=TODAY)
    assert _state(register, session) is SessionState.PLANNED


def test_guests_are_refused_where_nobody_can_have_been(register):
    tomorrow = builders.session(register, day=TODAY + dt.timedelta(days=1))
    assert _codes(activities.set_guests(register, tomorrow, 4, today=TODAY)) == ["session_future"]
    today = builders.session(register)
    assert _codes(activities.set_guests(register, today, -4, today=TODAY)) == ["guests_range"]
    activities.cancel_session(register, today, "weather")
    assert _codes(activities.set_guests(register, today, 4, today=TODAY)) == ["session_cancelled"]


def test_session_is_ticked_as_held(register):
    session = builders.session(register)
    activities.tick_as_held(register, session, today=TODAY)
    assert _state(register, session) is SessionState.HELD
    tomorrow = builders.session(register, day=TODAY + dt.timedelta(days=1))
    assert _codes(activities.tick_as_held(register, tomorrow, today=TODAY)) == ["session_future"]


def test_session_is_cancelled_with_its_reason_and_brought_back(register):
    session = builders.session(register)
    assert _codes(activities.cancel_session(register, session, "")) == ["cancel_reason_needed"]
    activities.cancel_session(register, session, "no_volunteers", " Sue was  ill ")
    cancelled = builders.fresh(register, session)
    assert cancelled.state is SessionState.CANCELLED
    assert (cancelled.cancelled_reason, cancelled.cancelled_note) == (
        "no_volunteers",
        "Sue was ill",
    )
    assert "Sue" not in repr(cancelled)
    activities.bring_back(register, session)
    assert builders.fresh(register, session) == session
    assert _codes(activities.bring_back(register, session)) == ["session_not_cancelled"]


@pytest.mark.parametrize("what", [Mark.PRESENT, Mark.LATE, Mark.ABSENT])
def test_session_with_people_marked_is_not_cancelled_even_if_the_screen_is_old(register, what):
    old = builders.session(register)
    who = builders.person(register)
    builders.mark(register, old, who, what)
    assert old.state is SessionState.PLANNED
    assert _codes(activities.cancel_session(register, old, "weather")) == ["session_has_marks"]
    builders.mark(register, old, who, None)
    activities.set_guests(register, old, 2, today=TODAY)
    assert _codes(activities.cancel_session(register, old, "weather")) == ["session_has_marks"]


def test_apologies_do_not_stand_in_the_way_of_cancelling(register):
    session, who = builders.session(register), builders.person(register)
    builders.mark(register, session, who, Mark.APOLOGY)
    assert isinstance(activities.cancel_session(register, session, "few_coming"), Done)
    assert _state(register, session) is SessionState.CANCELLED


def test_session_ticked_as_held_by_mistake_can_be_cancelled(register):
    session = builders.session(register)
    activities.tick_as_held(register, session, today=TODAY)
    assert isinstance(activities.cancel_session(register, session, "weather"), Done)
    assert _codes(activities.tick_as_held(register, session, today=TODAY)) == ["session_cancelled"]


def test_notes_keep_their_lines(register):
    session = builders.session(register)
    activities.set_notes(register, session, " Fire drill.\r\nAll out in 2 minutes. \n")
    assert builders.fresh(register, session).notes == "Fire drill.\nAll out in 2 minutes."


def test_session_in_the_bin_does_not_count_and_comes_out_again(register):
    session = builders.session(register)
    builders.mark(register, session, builders.person(register))
    activities.put_session_in_bin(register, session)
    assert activities.get_session(register, session.id) is None
    assert register.value("SELECT count(*) FROM attendance_counted") == 0
    assert _codes(activities.put_session_in_bin(register, session)) == ["session_gone"]
    assert isinstance(activities.take_session_out_of_bin(register, session.id), Done)
    assert register.value("SELECT count(*) FROM attendance_counted") == 1
    assert _codes(activities.take_session_out_of_bin(register, session.id)) == ["session_gone"]


def test_session_stays_in_the_bin_when_another_has_its_place(register):
    session = builders.session(register)
    activities.put_session_in_bin(register, session)
    builders.session(register)
    assert _codes(activities.take_session_out_of_bin(register, session.id)) == ["session_twice"]


def test_session_that_is_gone_is_refused_everywhere(register):
    session = builders.session(register)
    activities.put_session_in_bin(register, session)
    for answer in (
        activities.cancel_session(register, session, "weather"),
        activities.bring_back(register, session),
        activities.tick_as_held(register, session, today=TODAY),
        activities.set_guests(register, session, 3, today=TODAY),
        activities.set_guests(register, session, None, today=TODAY),
        activities.set_notes(register, session, "x"),
    ):
        assert _codes(answer) == ["session_gone"]


def test_people_here_are_participants_and_guests_are_apart(register):
    session = builders.session(register)
    builders.mark(register, session, builders.person(register, "A"))
    builders.mark(register, session, builders.person(register, "B"), Mark.LATE)
    builders.mark(register, session, builders.person(register, "C"), Mark.ABSENT)
    builders.mark(register, session, builders.person(register, "D"), role=Role.VOLUNTEER)
    activities.set_guests(register, session, 3, today=TODAY)
    assert builders.fresh(register, session).people_here == 2


def test_sessions_of_a_period_are_in_order_with_both_ends(register):
    tea, art = builders.activity(register), builders.activity(register, name="Art")
    days = [dt.date(2026, 10, 6), dt.date(2026, 10, 13), dt.date(2026, 10, 20)]
    for day in reversed(days):
        builders.session(register, tea, day)
    builders.session(register, art, days[1], times=("10:00", None))
    period = Period(first=days[0], last=days[2])
    found = activities.sessions_between(register, period)
    assert [(s.session_on, s.activity_name) for s in found] == [
        (days[0], "Tea Club"), (days[1], "Art"), (days[1], "Tea Club"), (days[2], "Tea Club"),
    ]  # fmt: skip
    assert len(activities.sessions_between(register, period, art.id)) == 1
    inner = Period(first=days[0] + dt.timedelta(days=1), last=days[2] - dt.timedelta(days=1))
    assert {s.session_on for s in activities.sessions_between(register, inner)} == {days[1]}


def test_notes_longer_than_fit_are_refused_with_the_limit_and_what_was_kept_stays(register):
    session = builders.session(register)
    activities.set_notes(register, session, "Fire drill.")
    answer = activities.set_notes(register, session, "x" * 10_001)
    assert [(p.code, p.field) for p in answer.problems] == [("text_too_long", "notes")]
    assert "10,000" in answer.text
    assert builders.fresh(register, session).notes == "Fire drill."
    assert activities.set_notes(register, session, "x" * 10_000).ids == (session.id,)


def test_how_many_it_can_take_is_dated_when_it_is_said_anew(register):
    tea = builders.activity(register, access=" Ramp ", cost_to_come="£2", can_take=3)
    today = register.now().date()
    assert (tea.access, tea.cost_to_come, tea.can_take, tea.can_take_on) == (
        "Ramp", "£2", 3, today,
    )  # fmt: skip
    said = dt.date(2026, 1, 1)
    with register.transaction("test"):
        register.update("activity", tea.id, {"can_take_on": said.isoformat()})
    activities.save_activity(register, replace(tea, place="Hall"), tea.id)
    assert activities.get_activity(register, tea.id).can_take_on == said
    activities.save_activity(register, replace(tea, can_take=0), tea.id)
    assert activities.get_activity(register, tea.id).can_take_on == today
    activities.save_activity(register, replace(tea, can_take=None), tea.id)
    assert activities.get_activity(register, tea.id).can_take_on is None


def test_fewer_than_nobody_cannot_be_taken(register):
    refused = activities.save_activity(register, replace(builders.TEA, can_take=-1))
    assert [problem.code for problem in refused.problems] == ["can_take_range"]
