"""Plans seen first, sessions moved, who is on a register, the pile, the term grid."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.activities import Repeat, SessionState, activity_code, pattern_words
from app.domain.attendance import Mark, Role
from app.domain.periods import Period
from app.domain.recurrence import terms_around
from app.services import activities, attendance, registers, term_grid
from app.services.activities import SessionDraft
from app.services.result import Done, Refused
from tests import builders
from tests.builders import TODAY

SPRING = Period(first=dt.date(2027, 3, 1), last=dt.date(2027, 4, 30))
WEEK = dt.timedelta(days=7)


def codes(answer):
    assert isinstance(answer, Refused), answer
    return [problem.code for problem in answer.problems]


def draft(session, **changed):
    base = SessionDraft(
        session_on=session.session_on,
        start_time=session.start_time,
        end_time=session.end_time,
        place=session.place,
        leader=session.leader,
    )
    return replace(base, **changed)


# --- words and codes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [("Men's Shed", "MS"), ("Men\u2019s Shed", "MS"), ("Bingo", "BIN"), ("'Allo Club", "AC")],
)
def test_apostrophe_does_not_split_a_word_of_a_code(name, code):
    assert activity_code(name) == code


def test_pattern_is_said_in_words():
    tea = builders.TEA
    assert pattern_words(tea) == "Tuesdays"
    assert pattern_words(replace(tea, repeat=Repeat.FORTNIGHTLY)) == "Every other Tuesday"
    monthly = replace(tea, repeat=Repeat.MONTHLY, nth=-1)
    assert pattern_words(monthly) == "Last Tuesday of the month"
    assert pattern_words(replace(tea, repeat=Repeat.NONE)) == ""


def test_terms_begin_with_the_one_before():
    names = [name for name, _ in terms_around(TODAY)]
    assert names == ["Summer term 2026", "Autumn term 2026", "Spring term 2027", "Summer term 2027"]
    august = terms_around(dt.date(2026, 8, 10))
    assert august[1][0] == "Autumn term 2026"


# --- planning -----------------------------------------------------------------------------------


def test_proposed_days_name_bank_holidays_and_mark_what_is_there(register):
    monday = builders.activity(register, weekday=0)
    builders.session(register, monday, dt.date(2027, 3, 1))
    days = activities.propose_days(register, monday, SPRING, today=TODAY)
    first, easter = days[0], next(day for day in days if day.holiday)
    assert (first.taken, first.wanted) == (True, False)
    assert (easter.holiday, easter.wanted) == ("Easter Monday", False)
    assert all(day.wanted for day in days if not day.taken and not day.holiday)


def test_plan_is_one_step_that_undo_takes_back_whole(register):
    tea = builders.activity(register)
    before = builders.dump(register)
    days = [TODAY + n * WEEK for n in range(1, 6)]
    register.take_step()
    done = activities.plan_days(register, tea, days, today=TODAY)
    assert len(done.ids) == 5
    assert done.text == "plan 5 sessions of Tea Club"
    registers.undo(register, register.take_step())
    assert builders.dump(register) == before


def test_holiday_that_is_put_back_is_planned(register):
    monday = builders.activity(register, weekday=0)
    easter = dt.date(2027, 3, 29)
    assert activities.plan_days(register, monday, (easter,), today=TODAY).ids


def test_plan_of_nothing_or_without_a_pattern_is_refused(register):
    tea = builders.activity(register)
    assert codes(activities.plan_days(register, tea, (), today=TODAY)) == ["nothing_planned"]
    loose = builders.activity(register, name="Outings", repeat=Repeat.NONE, weekday=None)
    answer = activities.propose_days(register, loose, SPRING, today=TODAY)
    assert codes(answer) == ["activity_no_pattern"]


# --- one session --------------------------------------------------------------------------------


def test_moved_session_keeps_the_day_it_was_planned_for_first(register):
    session = builders.session(register, day=TODAY + WEEK)
    for step in (2, 3):
        now = builders.fresh(register, session)
        moved = draft(now, session_on=TODAY + step * WEEK)
        assert activities.change_session(register, now, moved, today=TODAY).ids
    now = builders.fresh(register, session)
    assert (now.session_on, now.moved_from_on) == (TODAY + 3 * WEEK, TODAY + WEEK)
    activities.change_session(register, now, draft(now, session_on=TODAY + WEEK), today=TODAY)
    assert builders.fresh(register, session).moved_from_on is None


def test_session_with_marks_keeps_its_day_but_not_its_place(register):
    session = builders.session(register)
    builders.mark(register, session, builders.person(register))
    moved = draft(session, session_on=TODAY - WEEK)
    assert codes(activities.change_session(register, session, moved, today=TODAY)) == [
        "session_held"
    ]
    elsewhere = draft(session, place="Library")
    assert isinstance(activities.change_session(register, session, elsewhere, today=TODAY), Done)
    assert builders.fresh(register, session).own_place == "Library"


def test_place_of_the_activity_is_not_noted_on_its_session(register):
    tea = builders.activity(register, place="Hall", leader="Sue")
    session = builders.session(register, tea)
    same = draft(session, place="Hall", leader="Sue")
    activities.change_session(register, session, same, today=TODAY)
    now = builders.fresh(register, session)
    assert (now.place, now.own_place, now.own_leader) == ("Hall", "", "")


def test_session_cannot_be_moved_onto_another_or_out_of_reach(register):
    tea = builders.activity(register)
    session, other = (builders.session(register, tea, TODAY + n * WEEK) for n in (1, 2))
    onto = draft(session, session_on=other.session_on)
    assert codes(activities.change_session(register, session, onto, today=TODAY)) == [
        "session_twice"
    ]
    far = draft(session, session_on=dt.date(1026, 11, 3))
    assert "day_out_of_reach" in codes(
        activities.change_session(register, session, far, today=TODAY)
    )
    back = draft(session, start_time="16:00", end_time="14:00")
    assert codes(activities.change_session(register, session, back, today=TODAY)) == [
        "session_end_before_start"
    ]


# --- activities and who is on them ----------------------------------------------------------------


def test_ended_activity_keeps_what_took_place(register):
    tea = builders.activity(register)
    held, ahead = builders.session(register, tea), builders.session(register, tea, TODAY + WEEK)
    who = builders.person(register)
    builders.mark(register, held, who)
    assert activities.planned_after(register, tea.id, TODAY) == 1
    assert isinstance(activities.end_activity(register, tea.id, TODAY, today=TODAY), Done)
    assert builders.fresh(register, held).state is SessionState.HELD
    around = Period(first=TODAY, last=TODAY + 2 * WEEK)
    assert [one.id for one in activities.sessions_between(register, around)] == [held.id]
    (later,) = activities.standings(register, today=TODAY + WEEK)
    assert later.over
    assert not activities.on_register(register, tea.id, today=TODAY + WEEK)
    assert ahead.id != held.id


def test_only_an_activity_that_never_met_goes_in_the_bin(register):
    tea = builders.activity(register)
    held = builders.session(register, tea)
    builders.mark(register, held, builders.person(register))
    assert codes(activities.put_activity_in_bin(register, tea.id)) == ["activity_has_sessions"]
    slip = builders.activity(register, name="Slip")
    assert isinstance(activities.put_activity_in_bin(register, slip.id), Done)
    assert activities.get_activity(register, slip.id) is None


def test_an_activity_stands_alone_as_it_does_among_all(register):
    tea, slip = builders.activity(register, capacity=2), builders.activity(register, name="Slip")
    ann, bea = builders.person(register, "Ann"), builders.person(register, "Bea")
    activities.put_on_register(register, tea.id, ann, TODAY, today=TODAY)
    activities.put_on_register(register, slip.id, bea, TODAY, today=TODAY)
    activities.let_wait(register, tea.id, bea, TODAY, today=TODAY)
    builders.session(register, of=slip)
    every = activities.standings(register, today=TODAY)
    alone = [activities.standing_of(register, one.activity.id, today=TODAY) for one in every]
    assert alone == list(every)
    assert len({(one.standing.waiting, one.standing.last_on) for one in every}) == 2
    activities.put_activity_in_bin(register, tea.id)
    assert activities.standing_of(register, tea.id, today=TODAY) is None


def test_place_that_is_given_ends_the_waiting(register):
    tea, who = builders.activity(register, capacity=12), builders.person(register)
    assert activities.let_wait(register, tea.id, who, TODAY - WEEK, today=TODAY).ids
    assert codes(activities.let_wait(register, tea.id, who, TODAY, today=TODAY)) == [
        "waiting_already"
    ]
    (one,) = activities.standings(register, today=TODAY)
    assert (one.standing.waiting, one.standing.on_it) == (1, 0)
    assert activities.put_on_register(register, tea.id, who, TODAY, today=TODAY).ids
    (one,) = activities.standings(register, today=TODAY)
    assert (one.standing.waiting, one.standing.on_it) == (0, 1)
    again = activities.put_on_register(register, tea.id, who, TODAY, today=TODAY)
    assert codes(again) == ["place_offered_already"]


def test_taken_off_from_a_day_keeps_marks(register):
    tea, who = builders.activity(register), builders.person(register)
    session = builders.session(register, tea)
    builders.mark(register, session, who)
    done = activities.take_off_register(register, tea.id, who, TODAY, today=TODAY)
    assert isinstance(done, Done)
    assert not activities.on_register(register, tea.id, today=TODAY + WEEK)
    opened = attendance.open_register_of(register, session.id)
    assert [line.mark for line in opened.lines] == [Mark.PRESENT]


# --- the pile -------------------------------------------------------------------------------------


def test_pile_is_oldest_first_with_today_only_once_it_is_printed(register):
    tea = builders.activity(register)
    days = (TODAY - 2 * WEEK, TODAY - WEEK, TODAY, TODAY + WEEK)
    sessions = [builders.session(register, tea, day) for day in days]
    waiting = activities.to_enter(register, today=TODAY)
    assert [one.session.id for one in waiting] == [s.id for s in sessions[:2]]
    builders.mark(register, sessions[0], builders.person(register))
    attendance.keep_printed_order(register, sessions[2].id)
    waiting = activities.to_enter(register, today=TODAY)
    assert [one.session.id for one in waiting] == [s.id for s in sessions[1:3]]
    assert waiting[1].printed_on is not None


@pytest.mark.parametrize("typed", ["TC-031126", "tc031126", " Tc 031126 "])
def test_sheet_is_found_by_its_code_however_it_is_typed(register, typed):
    session = builders.session(register)
    assert activities.find_sheet(register, typed, today=TODAY).id == session.id


def test_sheet_keeps_its_code_when_its_session_is_moved(register):
    session = builders.session(register, day=TODAY - WEEK)
    attendance.keep_printed_order(register, session.id)
    moved = draft(session, session_on=TODAY)
    assert activities.change_session(register, session, moved, today=TODAY).ids
    for code in (session.code, "TC-031126"):
        assert activities.find_sheet(register, code, today=TODAY).id == session.id


def test_two_sessions_of_one_activity_on_one_day_have_codes_of_their_own(register):
    tea = builders.activity(register)
    first = builders.session(register, tea, TODAY, times=("10:00", "11:00"))
    assert first.code == "TC-031126"
    attendance.keep_printed_order(register, first.id)  # printed before there was another
    second = builders.session(register, tea, TODAY, times=("14:00", "15:00"))
    first = builders.fresh(register, first)
    assert (first.code, second.code) == ("TC-031126-1000", "TC-031126-1400")
    found = {
        typed: activities.find_sheet(register, typed, today=TODAY).id
        for typed in ("TC-031126", "tc 031126 1000", "TC-031126-1400")
    }
    assert list(found.values()) == [first.id, first.id, second.id]
    third = builders.session(register, tea, TODAY, times=(None, None))
    assert len({builders.fresh(register, one).code for one in (first, second, third)}) == 3


def test_unknown_code_is_said_with_what_was_typed(register):
    answer = activities.find_sheet(register, "ZZ-310226", today=TODAY)
    assert codes(answer) == ["sheet_unknown"]
    assert "ZZ-310226" in answer.text


# --- the term grid ----------------------------------------------------------------------------------


def test_grid_holds_people_dates_marks_and_parts(register):
    tea = builders.activity(register)
    first, second = (builders.session(register, tea, TODAY - n * WEEK) for n in (1, 0))
    ann, bob = builders.person(register, "Ann", "Lee"), builders.person(register, "Bob", "Mar")
    builders.mark(register, first, ann)
    builders.mark(register, first, bob, role=Role.VOLUNTEER)
    activities.cancel_session(register, second, "hall_closed")
    period = Period(first=TODAY - 4 * WEEK, last=TODAY)
    grid = term_grid.open_grid(register, tea.id, period)
    assert [one.list_name for one in grid.people] == ["Lee, Ann", "Mar, Bob"]
    assert [one.state for one in grid.sessions] == [SessionState.HELD, SessionState.CANCELLED]
    assert grid.marks[first.id, ann].here
    assert grid.roles[bob] is Role.VOLUNTEER
    assert term_grid.cell_of(register, second.id, ann) is None


def test_access_note_tells_the_leader_and_the_line_says_there_is_one(register):
    session, who = builders.session(register), builders.person(register)
    builders.mark(register, session, who)
    with register.transaction("test"):
        register.insert("person_access", {"person_id": who, "access_needs": "Sits near the door"})
    (line,) = attendance.open_register_of(register, session.id).lines
    assert line.has_note
    assert attendance.leader_note(register, who).access_needs == "Sits near the door"
