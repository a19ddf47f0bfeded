"""Who may be marked, when, and how a register adds up."""

import datetime as dt

import pytest

from app.domain.activities import SessionState
from app.domain.attendance import Mark, RegisterLine, Role, may_have_been, may_mark, totals
from app.domain.ids import PersonId

TODAY = dt.date(2026, 11, 3)
TOMORROW = dt.date(2026, 11, 4)


def _line(mark, role=Role.PARTICIPANT, **names):
    shown = {"given_name": "Maryam", "family_name": "Begum", "known_as": "", **names}
    return RegisterLine(
        person_id=PersonId(1),
        row=1,
        own_script_name="",
        what_helps="",
        mark=mark,
        role=role,
        **shown,
    )


def _may(state, day, mark):
    return [p.code for p in may_mark(state=state, session_on=day, mark=mark, today=TODAY)]


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.HELD])
def test_any_mark_may_be_entered_on_the_day_and_after(state, mark):
    assert _may(state, TODAY, mark) == []
    assert _may(state, dt.date(2026, 1, 1), mark) == []


@pytest.mark.parametrize("mark", list(Mark))
def test_nobody_is_marked_at_a_cancelled_session(mark):
    assert _may(SessionState.CANCELLED, TODAY, mark) == ["session_cancelled"]


@pytest.mark.parametrize("mark", [Mark.PRESENT, Mark.LATE, Mark.ABSENT])
def test_only_apologies_come_before_the_day(mark):
    assert _may(SessionState.PLANNED, TOMORROW, mark) == ["session_future"]
    assert _may(SessionState.PLANNED, TOMORROW, Mark.APOLOGY) == []


def test_day_that_has_not_come_is_named_with_its_weekday():
    (problem,) = may_mark(
        state=SessionState.PLANNED, session_on=TOMORROW, mark=Mark.PRESENT, today=TODAY
    )
    assert "Wed 4 Nov 2026" in problem.text


@pytest.mark.parametrize(
    ("state", "day", "codes"),
    [
        (SessionState.PLANNED, TODAY, []),
        (SessionState.PLANNED, TOMORROW, ["session_future"]),
        (SessionState.CANCELLED, TODAY, ["session_cancelled"]),
    ],
)
def test_session_was_held_only_if_its_day_came_and_it_was_not_cancelled(state, day, codes):
    found = may_have_been(state=state, session_on=day, today=TODAY, field="guests")
    assert [problem.code for problem in found] == codes
    assert all(problem.field == "guests" for problem in found)


def test_register_adds_up_with_guests_and_volunteers_apart():
    lines = (
        _line(Mark.PRESENT),
        _line(Mark.LATE),
        _line(Mark.ABSENT),
        _line(Mark.APOLOGY),
        _line(None),
        _line(Mark.PRESENT, Role.VOLUNTEER),
        _line(Mark.LATE, Role.LEADER),
        _line(Mark.PRESENT, Role.CARER),
        _line(None, Role.VOLUNTEER),
    )
    added = totals(lines, guests=3)
    assert added.here == 2
    assert added.volunteers == 2
    assert added.absent == 1
    assert added.apologies == 1
    assert added.not_recorded == 2
    assert added.listed == 9
    assert added.guests == 3


def test_empty_register_is_nothing_of_everything():
    added = totals((), guests=None)
    assert (added.here, added.listed, added.guests) == (0, 0, 0)


def test_late_is_here_and_not_recorded_is_not():
    assert _line(Mark.LATE).here
    assert not _line(None).here
    assert not _line(Mark.ABSENT).here


def test_line_of_a_register_does_not_print_names_by_accident():
    line = _line(Mark.PRESENT, known_as="Mim")
    assert line.list_name == "Begum, Maryam"
    assert not {"Maryam", "Begum", "Mim"} & set(repr(line).replace("'", " ").split())
