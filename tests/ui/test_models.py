"""Every model keeps Qt's own rules for models."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.activities import SessionState
from app.domain.attendance import Mark, Role
from app.domain.periods import Period
from app.services import activities, attendance, people, registers
from app.ui.activities.session_list import session_columns
from app.ui.attendance.marking import MarkKey
from app.ui.attendance.register_model import HERE_COLUMN, NAME_COLUMN, RegisterModel
from app.ui.people.people_model import PeopleModel, PersonLine
from app.ui.tables.blocks_model import BLOCK
from app.ui.tables.rows_model import CHIP_ROLE, ROW_ROLE, SORT_ROLE, Column, RowsModel

TODAY = dt.date(2026, 11, 3)


@pytest.fixture
def book(small_example):
    with registers.open_register(small_example) as register:
        yield register


@pytest.fixture
def opened(book):
    day = Period(first=TODAY, last=TODAY)
    session = activities.sessions_between(book, day)[0]
    return attendance.open_register_of(book, session.id)


def lines_of(book, count=None):
    rows = people.list_people(book).rows[:count]
    return tuple(PersonLine(person=row, last_on=None) for row in rows)


def test_sessions_pass_qts_model_tester(qtmodeltester, book):
    model = RowsModel(session_columns(lambda: TODAY))
    qtmodeltester.check(model)
    around = Period(first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 31))
    model.set_rows(activities.sessions_between(book, around))
    qtmodeltester.check(model)
    assert model.rowCount() > 20


def test_register_passes_qts_model_tester(qtmodeltester, opened):
    model = RegisterModel()
    qtmodeltester.check(model)
    model.show_register(opened)
    qtmodeltester.check(model)
    assert model.rowCount() == len(opened.lines)


def test_people_pass_qts_model_tester_with_blocks_missing(qtmodeltester, book):
    model = PeopleModel()
    qtmodeltester.check(model)
    model.start(3 * BLOCK, lines_of(book, 50) * 2)
    qtmodeltester.check(model)


def test_blocks_are_empty_until_somebody_looks(book):
    model = PeopleModel()
    lines = (lines_of(book) * 5)[: 2 * BLOCK + 10]
    model.start(len(lines), lines[:BLOCK])
    assert model.rowCount() == len(lines)
    assert model.missing(0, BLOCK - 1) == ()
    assert model.missing(BLOCK - 20, 2 * BLOCK + 5) == (BLOCK, 2 * BLOCK)
    inside = BLOCK + 20
    assert model.index(inside, 0).data() is None
    model.fill(BLOCK, lines[BLOCK : 2 * BLOCK])
    assert model.index(inside, 0).data(ROW_ROLE) is lines[inside]
    assert model.missing(BLOCK - 20, 2 * BLOCK + 5) == (2 * BLOCK,)


def test_register_draws_again_only_the_line_that_changed(opened, qtbot):
    model = RegisterModel()
    model.show_register(opened)
    line = dataclasses.replace(opened.lines[3], mark=Mark.PRESENT)
    lines = (*opened.lines[:3], line, *opened.lines[4:])
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.modelReset):
        model.show_register(dataclasses.replace(opened, lines=lines))
    assert changed.args[0].row() == changed.args[1].row() == 3
    box = model.index(3, HERE_COLUMN)
    assert Qt.CheckState(box.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def test_ticking_the_model_only_asks(opened, qtbot):
    model = RegisterModel()
    model.show_register(opened)
    box = model.index(0, HERE_COLUMN)
    with qtbot.waitSignal(model.mark_requested) as asked:
        assert model.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert asked.args == [opened.lines[0], MarkKey.HERE]
    assert model.rows == opened.lines
    assert not model.setData(model.index(0, NAME_COLUMN), "x", Qt.ItemDataRole.EditRole)


def test_volunteer_is_a_chip_and_says_the_hours(opened):
    model = RegisterModel()
    line = dataclasses.replace(opened.lines[0], mark=Mark.PRESENT, role=Role.VOLUNTEER)
    session = dataclasses.replace(opened.session, start_time="19:00", end_time="20:30")
    model.show_register(dataclasses.replace(opened, lines=(line,), session=session))
    cell = model.index(0, 3)
    assert cell.data() == "Volunteer 1.5 h"
    assert cell.data(CHIP_ROLE) == ("good", "hand-helping")


def test_sorting_puts_rows_without_a_value_last():
    columns = (Column(key="n", title="N", text=str, sort=lambda n: None if n < 0 else n),)
    model = RowsModel(columns)
    model.set_rows((5, -1, 3, 9))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.rows == (9, 5, 3, -1)
    model.sort(0)
    assert model.rows == (3, 5, 9, -1)
    assert model.index(0, 0).data(SORT_ROLE) == 3


def test_cancelled_session_says_why():
    from app.ui.texts import session_state

    class _Session:
        state = SessionState.CANCELLED
        cancelled_reason = "hall_closed"

    assert session_state(_Session(), TODAY)[0] == "Cancelled: hall closed"
