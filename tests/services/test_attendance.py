"""Taking a register: one order on paper and screen, each tick saved, nobody counted twice."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.attendance import Mark, MarkChange, Role
from app.domain.changes import Topic
from app.services import activities, attendance, people
from app.services.result import Done, Refused
from tests import builders
from tests.builders import TODAY

WEEK = dt.timedelta(weeks=1)


def _lines(register, session):
    return attendance.open_register_of(register, session.id).lines


def _names(register, session):
    return [line.list_name for line in _lines(register, session)]


def _line(register, session, who):
    return next(line for line in _lines(register, session) if line.person_id == who)


def _codes(answer):
    assert isinstance(answer, Refused), answer
    return [problem.code for problem in answer.problems]


def _marks(register):
    return [
        tuple(r) for r in register.rows("SELECT session_id, person_id, mark, role FROM attendance")
    ]


@pytest.fixture
def tea(register):
    return builders.activity(register)


@pytest.fixture
def tonight(register, tea):
    return builders.session(register, tea)


# --- marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", list(Mark))
@pytest.mark.parametrize("role", list(Role))
def test_mark_is_kept_changed_and_taken_away(register, tonight, what, role):
    who = builders.person(register)
    assert isinstance(builders.mark(register, tonight, who, what, role), Done)
    line = _line(register, tonight, who)
    assert (line.mark, line.role) == (what, role)
    builders.mark(register, tonight, who, Mark.LATE)
    assert _marks(register) == [(tonight.id, who, "late", "participant")]
    builders.mark(register, tonight, who, None)
    assert _marks(register) == []
    assert _line(register, tonight, who).mark is None


def test_same_mark_again_writes_nothing(register, tonight):
    who = builders.person(register)
    builders.mark(register, tonight, who)
    register.take_step()
    again = builders.mark(register, tonight, who)
    assert isinstance(again, Done)
    assert again.changes == frozenset()
    nothing = builders.mark(register, tonight, builders.person(register, "B"), None)
    assert nothing.changes == frozenset()
    assert register.value("SELECT count(*) FROM journal WHERE use_case = 'mark.set'") == 1


def test_mark_says_what_it_changed(register, tonight):
    who = builders.person(register)
    done = builders.mark(register, tonight, who, Mark.APOLOGY)
    assert done.changes == frozenset({Topic.ATTENDANCE})
    assert done.text == "mark Maryam apologies"
    assert done.ids == (tonight.id, who)
    assert builders.mark(register, tonight, who, None).text == "take away the mark of Maryam"
    helping = builders.mark(register, tonight, who, Mark.PRESENT, Role.VOLUNTEER)
    assert helping.text == "mark Maryam here as volunteer"


def test_mark_is_refused_with_its_reason_and_nothing_is_written(register, tea):
    who = builders.person(register)
    tomorrow = builders.session(register, tea, TODAY + dt.timedelta(days=1))
    assert _codes(builders.mark(register, tomorrow, who)) == ["session_future"]
    cancelled = builders.session(register, tea, TODAY - WEEK)
    activities.cancel_session(register, cancelled, "weather")
    assert _codes(builders.mark(register, cancelled, who)) == ["session_cancelled"]
    binned = builders.person(register, "B")
    people.put_in_bin(register, binned)
    tonight = builders.session(register, tea)
    assert _codes(builders.mark(register, tonight, binned)) == ["person_in_bin"]
    assert _codes(builders.mark(register, tonight, 7)) == ["person_gone"]
    gone = replace(tonight, id=7)
    assert _codes(builders.mark(register, gone, who)) == ["session_gone"]
    assert _marks(register) == []


def test_mark_can_be_taken_away_where_none_may_be_entered(register, tonight):
    who = builders.person(register)
    builders.mark(register, tonight, who, Mark.APOLOGY)
    activities.cancel_session(register, tonight, "weather")
    assert isinstance(builders.mark(register, tonight, who, None), Done)
    assert _marks(register) == []


def test_whoever_is_marked_is_on_the_register_from_then_on(register, tea, tonight):
    who = builders.person(register)
    before = builders.session(register, tea, TODAY - WEEK)
    builders.mark(register, tonight, who)
    after = builders.session(register, tea, TODAY + WEEK)
    assert _names(register, before) == []
    assert _names(register, tonight) == _names(register, after) == ["Begum, Maryam"]
    assert register.value("SELECT count(*) FROM enrolment") == 1


# --- who is listed, in which order --------------------------------------------------------------


def test_register_is_in_the_order_of_names_and_its_rows_are_numbered(register, tonight):
    for given, family in [("Zoe", "Young"), ("Łucja", "Łoś"), ("Amy", "Adams"), ("Ann", "Lee")]:
        builders.mark(register, tonight, builders.person(register, given, family))
    lines = _lines(register, tonight)
    assert [line.list_name for line in lines] == [
        "Adams, Amy",
        "Lee, Ann",
        "Łoś, Łucja",
        "Young, Zoe",
    ]
    assert [line.row for line in lines] == [1, 2, 3, 4]


def test_printed_order_is_frozen_and_newcomers_come_after_it(register, tea, tonight):
    for name in ("Bea", "Cat", "Dot"):
        builders.mark(register, tonight, builders.person(register, name, ""), Mark.ABSENT)
    attendance.keep_printed_order(register, tonight.id)
    dot = next(line.person_id for line in _lines(register, tonight) if line.given_name == "Dot")
    draft = replace(people.get_person(register, dot), given_name="Ada")
    people.change_person(register, dot, draft, today=TODAY)
    builders.mark(register, tonight, builders.person(register, "Abi", ""))
    assert _names(register, tonight) == ["Bea", "Cat", "Ada", "Abi"]
    other = builders.session(register, tea, TODAY + WEEK)
    assert _names(register, other) == ["Abi", "Ada", "Bea", "Cat"]


def test_printing_the_same_order_again_is_the_same_sheet(register, tonight):
    builders.mark(register, tonight, builders.person(register, "Bea", ""))
    first = attendance.keep_printed_order(register, tonight.id)
    again = attendance.keep_printed_order(register, tonight.id)
    assert again.ids == first.ids
    assert again.changes == frozenset()
    builders.mark(register, tonight, builders.person(register, "Abi", ""))
    new = attendance.keep_printed_order(register, tonight.id)
    assert new.ids != first.ids
    assert _names(register, tonight) == ["Bea", "Abi"]
    assert register.value("SELECT count(*) FROM sheet") == 2


def test_whoever_has_left_or_is_in_the_bin_is_not_listed_unless_marked(register, tea):
    early, late = builders.session(register, tea, TODAY - WEEK), builders.session(register, tea)
    left, binned, stays = (builders.person(register, name, "") for name in ("Lea", "Bin", "Stay"))
    for who in (left, binned, stays):
        builders.mark(register, early, who)
    draft = replace(
        people.get_person(register, left), joined_on=None, left_on=TODAY - dt.timedelta(days=1)
    )
    people.change_person(register, left, draft, today=TODAY)
    people.put_in_bin(register, binned)
    assert _names(register, late) == ["Stay"]
    assert _names(register, early) == ["Lea", "Stay"]


def test_register_of_no_session_is_none(register):
    assert attendance.open_register_of(register, 7) is None
    assert _codes(attendance.keep_printed_order(register, 7)) == ["session_gone"]
    assert _codes(attendance.add_walk_in(register, 7, "A", today=TODAY)) == ["session_gone"]


def test_empty_register_is_open_and_empty(register, tonight):
    opened = attendance.open_register_of(register, tonight.id)
    assert opened.lines == ()
    assert opened.totals.listed == 0


# --- not seen, new ------------------------------------------------------------------------------


def _evenings(register, tea, count):
    """Return past sessions, oldest first, and tonight's."""
    past = [builders.session(register, tea, TODAY - WEEK * n) for n in range(count, 0, -1)]
    return past, builders.session(register, tea)


def test_not_seen_counts_held_sessions_in_a_row_apologies_apart(register, tea):
    past, tonight = _evenings(register, tea, 6)
    keen, away = builders.person(register, "Keen"), builders.person(register, "Away")
    for session in past:
        builders.mark(register, session, keen)
    marks = [Mark.PRESENT, Mark.ABSENT, Mark.APOLOGY, None, None, Mark.ABSENT]
    for session, what in zip(past, marks, strict=True):
        builders.mark(register, session, away, what)
    assert _line(register, tonight, keen).not_seen_for == 0
    assert _line(register, tonight, away).not_seen_for == 4


def test_cancelled_and_untaken_sessions_are_nobody_s_absence(register, tea):
    past, tonight = _evenings(register, tea, 4)
    who, other = builders.person(register, "Away"), builders.person(register, "Other")
    builders.mark(register, past[0], who)
    builders.mark(register, past[1], other)
    activities.cancel_session(register, past[2], "hall_closed")
    assert _line(register, tonight, who).not_seen_for == 1


def test_sessions_before_somebody_was_listed_are_not_held_against_them(register, tea):
    past, tonight = _evenings(register, tea, 4)
    old, new = builders.person(register, "Old"), builders.person(register, "New")
    for session in past:
        builders.mark(register, session, old)
    builders.mark(register, past[2], new, Mark.ABSENT)
    assert _line(register, tonight, new).not_seen_for == 2


def test_same_day_counts_by_the_hour(register, tea):
    morning = builders.session(register, tea, TODAY, times=("10:00", "11:00"))
    evening = builders.session(register, tea, TODAY, times=("19:00", "20:00"))
    who, other = builders.person(register, "Away"), builders.person(register, "Other")
    builders.mark(register, morning, who, Mark.ABSENT)
    builders.mark(register, evening, who, Mark.ABSENT)
    builders.mark(register, evening, other)
    assert _line(register, evening, who).not_seen_for == 1
    assert _line(register, morning, who).not_seen_for == 0


def test_new_is_who_never_came_before(register, tea):
    past, tonight = _evenings(register, tea, 2)
    came, apologised, first = (builders.person(register, n) for n in ("Came", "Sorry", "First"))
    builders.mark(register, past[0], came, Mark.LATE)
    builders.mark(register, past[0], apologised, Mark.APOLOGY)
    builders.mark(register, tonight, first)
    found = {line.given_name: line.is_new for line in _lines(register, tonight)}
    assert found == {"Came": False, "Sorry": True, "First": True}


# --- joined records -----------------------------------------------------------------------------


def test_joined_records_stand_as_one_person_on_every_register(register, tea):
    past, tonight = _evenings(register, tea, 2)
    kept, other = builders.person(register, "Shaheda"), builders.person(register, "Shahida")
    builders.mark(register, past[0], other, Mark.LATE)
    builders.mark(register, past[1], other, Mark.PRESENT)
    builders.mark(register, past[1], kept, Mark.ABSENT)
    attendance.keep_printed_order(register, past[1].id)
    people.merge_people(register, kept, other)
    for session, what in ((past[0], Mark.LATE), (past[1], Mark.PRESENT), (tonight, None)):
        lines = _lines(register, session)
        assert [(line.person_id, line.mark) for line in lines] == [(kept, what)]
    assert not _lines(register, tonight)[0].is_new
    assert _lines(register, tonight)[0].not_seen_for == 0


def test_mark_of_a_joined_person_is_one_mark(register, tonight):
    kept, other = builders.person(register, "Shaheda"), builders.person(register, "Shahida")
    builders.mark(register, tonight, other)
    people.merge_people(register, kept, other)
    builders.mark(register, tonight, kept, Mark.ABSENT)
    assert _marks(register) == [(tonight.id, kept, "absent", "participant")]
    assert register.value("SELECT count(*) FROM attendance_counted") == 0
    builders.mark(register, tonight, other, Mark.LATE)
    assert _marks(register) == [(tonight.id, kept, "late", "participant")]
    builders.mark(register, tonight, other, None)
    assert _marks(register) == []


def test_register_agrees_with_what_is_counted(small_example):
    from app.services import registers

    with registers.open_register(small_example, write=False) as register:
        sessions = register.rows("SELECT session_id FROM session_counted")
        assert len(sessions) > 100
        for (session_id,) in sessions:
            opened = attendance.open_register_of(register, session_id)
            here = {ln.person_id for ln in opened.lines if ln.here and ln.role is Role.PARTICIPANT}
            counted = register.rows(
                "SELECT person_id FROM attendance_counted WHERE session_id = :id",
                {"id": session_id},
            )
            assert here == {row[0] for row in counted}
            assert opened.totals.here == opened.session.people_here == len(here)
            assert len({line.person_id for line in opened.lines}) == len(opened.lines)


# --- walk-ins and hours -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "listed"),
    [("Maryam", "Maryam"), ("  Maryam   Begum ", "Begum, Maryam"), ("Begum, Maryam", "Begum, Maryam"),
     ("ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "ਕੌਰ, ਗੁਰਪ੍ਰੀਤ")],
)  # fmt: skip
def test_walk_in_needs_a_name_only_and_is_present(register, tonight, typed, listed):
    done = attendance.add_walk_in(register, tonight.id, typed, today=TODAY)
    (line,) = _lines(register, tonight)
    assert (line.list_name, line.mark, line.is_new) == (listed, Mark.PRESENT, True)
    assert done.ids == (tonight.id, line.person_id)
    assert people.get_person(register, line.person_id).joined_on == TODAY
    assert register.take_step() is not None


def test_number_behind_a_walk_ins_name_is_kept_as_their_telephone(register, tonight):
    done = attendance.add_walk_in(register, tonight.id, "Maryam Begum 07700900123", today=TODAY)
    person = people.get_person(register, done.ids[1])
    assert (person.full_name, person.phone) == ("Maryam Begum", "07700 900123")


@pytest.mark.parametrize(
    ("typed", "codes"), [("", ["name_needed"]), ("x" * 300, ["name_too_long"])]
)
def test_walk_in_without_a_fit_name_is_refused(register, tonight, typed, codes):
    assert _codes(attendance.add_walk_in(register, tonight.id, typed, today=TODAY)) == codes
    assert people.list_people(register).total == 0


def test_walk_in_to_a_session_that_has_not_come_is_refused(register, tea):
    tomorrow = builders.session(register, tea, TODAY + dt.timedelta(days=1))
    answer = attendance.add_walk_in(register, tomorrow.id, "Maryam", today=TODAY)
    assert _codes(answer) == ["session_future"]
    assert people.list_people(register).total == 0


def test_hours_are_logged_and_added_up(register):
    who = builders.person(register)
    attendance.log_hours(register, who, TODAY, 90, " washing  up ", today=TODAY)
    attendance.log_hours(register, who, TODAY, 30, today=TODAY)
    attendance.log_hours(register, who, TODAY - WEEK, 30, today=TODAY)
    assert attendance.logged_minutes(register, TODAY) == 120
    people.put_in_bin(register, who)
    assert attendance.logged_minutes(register, TODAY) == 0


@pytest.mark.parametrize(
    ("day", "minutes", "codes"),
    [
        (TODAY, 0, ["hours_range"]),
        (TODAY, 1441, ["hours_range"]),
        (TODAY + dt.timedelta(days=1), 60, ["hours_future"]),
        (dt.date(1026, 1, 1), 60, ["day_out_of_reach"]),
        (dt.date(1026, 1, 1), -5, ["day_out_of_reach", "hours_range"]),
    ],
)
def test_hours_that_cannot_be_are_refused(register, day, minutes, codes):
    who = builders.person(register)
    assert _codes(attendance.log_hours(register, who, day, minutes, today=TODAY)) == codes


def test_hours_of_nobody_are_refused(register):
    assert _codes(attendance.log_hours(register, 7, TODAY, 60, today=TODAY)) == ["person_gone"]


def test_change_is_a_whole_evening_s_record(register, tonight):
    who = builders.person(register)
    change = MarkChange(session_id=tonight.id, person_id=who, mark=Mark.PRESENT)
    assert attendance.set_mark(register, change, today=TODAY + WEEK).ids == (tonight.id, who)
