"""People by dates: the term register to tick, and the record of what was entered."""

import datetime as dt

import pytest

from app.domain.attendance import Mark, Role
from app.domain.people import PersonDraft
from app.domain.periods import Period
from app.returns.filled import Note, Orientation, PageBreak, SheetHead, Table, Tick, plain
from app.services import activities, figures, people, returns
from app.storage import people as rows_of_people
from app.storage.register import Register
from tests import builders
from tests.returns.making import YEAR, options, texts

TERM = Period(first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 18))


@pytest.fixture
def club(register):
    """Three people and four Tuesdays: one held, one with apologies, one cancelled, one to come."""
    at = [builders.session(register, day=dt.date(2026, 10, day)) for day in (13, 20, 27)]
    builders.session(register, day=dt.date(2026, 11, 10))
    ann, bea, vi = (builders.person(register, name, "Bell") for name in ("Ann", "Bea", "Vi"))
    builders.mark(register, at[0], ann)
    builders.mark(register, at[0], bea, Mark.LATE)
    builders.mark(register, at[0], vi, role=Role.VOLUNTEER)
    builders.mark(register, at[1], ann, Mark.APOLOGY)
    builders.mark(register, at[1], bea, Mark.ABSENT)
    activities.set_guests(register, builders.fresh(register, at[1]), 2, today=builders.TODAY)
    activities.cancel_session(register, at[2], "weather")
    return register


def grid(register, name, **details):
    return returns.prepare(register, name, options(**{"period": TERM, **details}))


def table_of(filled):
    return next(block for block in filled.walk() if isinstance(block, Table))


def heads(filled):
    return [block for block in filled.walk() if isinstance(block, SheetHead)]


def shown(row):
    return ["☐" if cell.tick is Tick.EMPTY else cell.text for cell in row]


def test_a_term_register_has_boxes_marks_and_crosses(club):
    table = table_of(grid(club, "term-register"))
    assert [shown(row) for row in table.rows[:4]] == [
        ["1", "Bell, Ann", "✓", "Ap", "×", "☐"],
        ["2", "Bell, Bea", "L", "A", "×", "☐"],
        ["3", "Bell, Vi", "V", "☐", "×", "☐"],
        ["4", "", "☐", "☐", "×", "☐"],
    ]
    assert len(table.rows) == 3 + 6 + 1
    assert texts(table.rows[-1]) == ["", "Guests", "", "2", "×", ""]
    assert table.min_row_mm == 9


def test_dates_stand_under_their_months(club):
    columns = table_of(grid(club, "term-register")).columns[2:]
    assert [(column.group, column.title) for column in columns] == [
        ("October", "13"),
        ("October", "20"),
        ("October", "27"),
        ("Nov", "10"),
    ]


def test_cancelled_dates_say_why(club):
    notes = [plain(note) for note in table_of(grid(club, "term-register")).notes]
    assert notes[0] == "Cancelled (×): 27 Oct: weather."
    assert notes[1].startswith("✓ came · L came late")


def test_few_dates_stay_upright_and_many_turn_the_page(register):
    club = builders.activity(register)
    builders.person(register)
    first = dt.date(2026, 9, 1)
    for week in range(11):
        builders.session(register, of=club, day=first + dt.timedelta(weeks=week))
    assert grid(register, "term-register").orientation is Orientation.PORTRAIT
    builders.session(register, of=club, day=first + dt.timedelta(weeks=11))
    assert grid(register, "term-register").orientation is Orientation.LANDSCAPE


def test_very_many_dates_are_shared_out_evenly_over_sheets(register):
    club = builders.activity(register)
    first = dt.date(2026, 1, 6)
    for week in range(42):
        builders.session(register, of=club, day=first + dt.timedelta(weeks=week))
    year = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    filled = grid(register, "term-register", period=year)
    tables = [block for block in filled.walk() if isinstance(block, Table)]
    assert [len(table.columns) - 2 for table in tables] == [14, 14, 14]
    assert [head.sheet for head in heads(filled)] == [
        "sheet 1 of 3",
        "sheet 2 of 3",
        "sheet 3 of 3",
    ]
    assert heads(filled)[1].when == "14 April 2026 to 14 July 2026"
    assert returns.render_pdf(filled).pages == 3


def test_each_activity_starts_a_page_with_its_own_head(club):
    other = builders.activity(club, name="Art")
    builders.session(club, of=other, day=dt.date(2026, 10, 14))
    filled = grid(club, "term-register")
    assert [head.title for head in heads(filled)] == ["Art", "Tea Club"]
    assert sum(isinstance(block, PageBreak) for block in filled.blocks) == 2


def test_who_left_before_the_term_is_not_on_it_and_who_is_in_the_bin_neither(register):
    club = builders.activity(register)
    early = builders.session(register, of=club, day=dt.date(2026, 6, 2))
    stays, binned = (builders.person(register, name, "") for name in ("Ann", "Cat"))
    dates = {"joined_on": dt.date(2026, 1, 6), "left_on": dt.date(2026, 7, 1)}
    left = builders.person(register, "Bea", "", **dates)
    for who in (stays, left, binned):
        builders.mark(register, early, who)
    people.put_in_bin(register, binned)
    builders.session(register, of=club, day=dt.date(2026, 10, 13))
    table = table_of(grid(register, "term-register"))
    assert [row[1].text for row in table.rows if row[1].text] == ["Ann", "Guests"]


def test_joined_records_stand_once_with_the_marks_of_both(register):
    club = builders.activity(register)
    first, second = (
        builders.session(register, of=club, day=dt.date(2026, 10, day)) for day in (13, 20)
    )
    kept, other = (
        builders.person(register, "Ann", "Bell"),
        builders.person(register, "Anne", "Bell"),
    )
    builders.mark(register, first, kept)
    builders.mark(register, second, other)
    people.merge_people(register, kept, other)
    table = table_of(grid(register, "attendance-record"))
    assert texts(table.rows[0]) == ["1", "Bell, Ann", "✓", "✓", "2"]


# --- the record -------------------------------------------------------------------------------


def test_a_record_has_marks_and_totals_by_person_and_session(club):
    table = table_of(grid(club, "attendance-record"))
    assert [texts(row) for row in (*table.rows, table.total)] == [
        ["1", "Bell, Ann", "✓", "Ap", "×", "1"],
        ["2", "Bell, Bea", "L", "A", "×", "1"],
        ["3", "Bell, Vi", "V", "", "×", ""],
        ["", "Volunteers", "1", "0", "×", "1"],
        ["", "People", "2", "0", "×", "2"],
        ["", "Guests", "0", "2", "×", "2"],
        ["", "Attendances", "2", "2", "×", "4"],
    ]


def test_a_session_with_nothing_entered_is_named_and_not_counted(club):
    filled = grid(club, "attendance-record")
    said = [plain(block.runs) for block in filled.walk() if isinstance(block, Note)]
    assert said[-1] == "Planned, with nothing entered, so not counted: 10 Nov."
    assert "Tea Club: nothing is entered for 10 Nov." in filled.warnings
    assert said[0].startswith("2 sessions held in this period: 2 attendances by named people and 2")


def test_the_record_adds_up_to_the_figures(small_example):
    with Register.open(small_example, write=False) as register:
        filled = grid(register, "attendance-record", period=YEAR)
        by_activity = {table["activity"]: table for table in filled.tables}
        known = figures.figures(
            register, YEAR, only=("attendances", "sessions_held"), by="activity"
        )
    for name, key in (("attendances", "attendances"), ("sessions_held", None)):
        for part in known["figures"][name]["parts"]:
            sessions = by_activity[part["label"]]["sessions"]
            if key:
                counted = sum(session[key] for session in sessions)
            else:
                counted = sum(session["state"] == "held" for session in sessions)
            assert counted == part["value"]


def test_a_period_without_sessions_says_so(register):
    for name in ("term-register", "attendance-record"):
        filled = grid(register, name)
        assert "There are no sessions in this period." in filled.warnings
        assert returns.render_pdf(filled).pages == 1


def test_four_hundred_people_come_out_with_a_head_on_each_page(register):
    club = builders.activity(register)
    at = builders.session(register, of=club, day=dt.date(2026, 10, 13))
    with register.transaction("many"):
        ids = [
            rows_of_people.add(register, PersonDraft(given_name=f"Name {n:03}", family_name="Bell"))
            for n in range(400)
        ]
        register.execute_many(
            "INSERT INTO attendance (session_id, person_id, mark) VALUES (?, ?, 'present')",
            [(at.id, one) for one in ids],
        )
    filled = grid(register, "attendance-record")
    assert returns.render_pdf(filled).pages == len(heads(filled))
    assert texts(table_of(filled).rows[0])[1] == "Bell, Name 000"
