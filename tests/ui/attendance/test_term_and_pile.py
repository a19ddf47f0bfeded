"""The term grid, the pile and the month by keyboard, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.activities import SessionState
from app.services import activities
from app.ui.activities.month import MonthModel
from app.ui.attendance.grid_model import GridModel
from app.ui.attendance.marking import MarkKey, by_row

MARK = "SELECT mark, role FROM attendance WHERE session_id = :session AND person_id = :person"


@pytest.fixture
def grid(window, frame, today):
    """The term grid of the activity that meets today, on today's column."""
    frame.go_to("sessions")
    frame.sessions.open_grid(frame.sessions.list.session.activity_id)
    return frame.sessions.grid


def in_hand(grid):
    index = grid.table.currentIndex()
    return {
        "session": grid.model.session_at(index.column()).id,
        "person": grid.model.person_at(index.row()).person_id,
    }


def test_space_in_the_grid_is_a_write_of_its_own_and_again_takes_it_away(grid, reread, frame):
    key = in_hand(grid)
    assert reread(MARK, key) == []
    QTest.keyClick(grid.table, Qt.Key.Key_Space)
    assert [mark for mark, _ in reread(MARK, key)] == ["present"]
    assert frame.book.history.undo_text.startswith("mark ")
    QTest.keyClick(grid.table, Qt.Key.Key_Space)
    assert reread(MARK, key) == []


@pytest.mark.parametrize(
    ("key", "shift", "mark"),
    [
        (Qt.Key.Key_A, False, "apology"),
        (Qt.Key.Key_L, False, "late"),
        (Qt.Key.Key_V, False, "present"),
        (Qt.Key.Key_Space, True, "absent"),
    ],
)
def test_keys_of_the_grid(grid, reread, key, shift, mark):
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(grid.table, key, modifier)
    assert [found for found, _ in reread(MARK, in_hand(grid))] == [mark]


def test_totals_follow_a_tick_and_its_undo(grid, frame):
    cell = grid.table.currentIndex()
    last = grid.model.columnCount() - 1
    before = (grid.model.total_of(in_hand(grid)["session"]), grid.model.index(0, last).data())
    QTest.keyClick(grid.table, Qt.Key.Key_Space)
    assert grid.model.total_of(in_hand(grid)["session"]) == before[0] + 1
    assert grid.model.index(cell.row(), last).data() == str(int(before[1]) + 1)
    frame.book.history.undo()
    assert grid.model.total_of(in_hand(grid)["session"]) == before[0]


def test_cancelled_column_takes_no_mark_and_says_why(grid, frame, reread):
    session = grid.model.session_at(grid.table.currentIndex().column())
    activities.cancel_session(frame.book.register, session, "hall_closed")
    grid.reload()
    QTest.keyClick(grid.table, Qt.Key.Key_Space)
    assert reread(MARK, in_hand(grid)) == []
    assert "cancelled: hall closed" in grid.in_hand.text() or grid.notice.isVisible()


def test_grid_passes_qts_model_tester(qtmodeltester, grid, today):
    model = GridModel(today)
    qtmodeltester.check(model)
    model.show_grid(grid.grid)
    qtmodeltester.check(model)
    assert model.rowCount() == len(grid.grid.people)


def test_month_passes_qts_model_tester_and_arrows_leave_the_month(qtmodeltester, frame, today):
    model = MonthModel(lambda: today)
    qtmodeltester.check(model)
    frame.go_to("sessions")
    dates = frame.sessions.list.dates
    dates.month_button.click()
    qtmodeltester.check(dates.month.days)
    assert dates.month.day == today
    for _ in range(5):
        QTest.keyClick(dates.month, Qt.Key.Key_Up)
    assert dates.month.day.month == 9
    assert (today - dates.month.day).days == 35


def test_pile_is_entered_by_row_number_and_goes_on_with_one_key(window, frame, reread):
    frame.go_to("sessions")
    pages = frame.sessions
    pages.open_pile()
    (waiting,) = pages.pile.model.rows
    QTest.keyClicks(pages.pile.code, waiting.session.code.lower())
    QTest.keyClick(pages.pile.code, Qt.Key.Key_Return)
    register = pages.register
    assert register.session_id == waiting.session.id
    assert register.piled
    line = register.model.rows[11]
    QTest.keyClicks(register.finder, "12")
    QTest.keyClick(register.finder, Qt.Key.Key_Return)
    key = {"session": waiting.session.id, "person": line.person_id}
    assert [mark for mark, _ in reread(MARK, key)] == ["present"]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pages.page is pages.pile
    assert not pages.pile.model.rows


def test_code_that_is_on_no_sheet_is_said_beside_the_field_and_stays(frame):
    frame.go_to("sessions")
    pile = frame.sessions.pile
    frame.sessions.open_pile()
    QTest.keyClicks(pile.code, "ZZ-310226")
    QTest.keyClick(pile.code, Qt.Key.Key_Return)
    assert "ZZ-310226" in pile.code_field.problem
    assert pile.code.text() == "ZZ-310226"


def test_cancelled_register_is_brought_back_in_place(frame, today):
    frame.go_to("sessions")
    session = frame.sessions.list.session
    activities.cancel_session(frame.book.register, session, "hall_closed", "boiler")
    frame.take_register(session.id)
    page = frame.sessions.register
    assert "hall closed (boiler)" in page.notice.text
    page.notice.acted.emit("bring-back")
    assert activities.get_session(frame.book.register, session.id).state is SessionState.PLANNED


def test_row_number_may_carry_its_mark():
    assert by_row("12") == (12, MarkKey.HERE)
    assert by_row(" 7a ") == (7, MarkKey.APOLOGY)
    assert by_row("Abel") is None
