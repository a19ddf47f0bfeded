"""Capacity in the window: room said by hand, the waiting list in order, cards to print."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.periods import Period
from app.services import activities, capacity, people
from app.services.capacity import FullMonth
from app.ui.activities.activity_dialog import ActivityDialog
from app.ui.referrals import capacity_words as said
from app.ui.referrals.capacity_page import CAPACITY_COLUMNS
from app.ui.referrals.capacity_print_dialog import CapacityPrintDialog
from app.ui.referrals.waiting_card import WAITING_COLUMNS
from app.ui.tables.rows_model import RowsModel
from tests.conftest import TODAY
from tests.ui.rooms import settle


@pytest.fixture
def page(frame):
    frame.go_to("referrals")
    frame.referrals.open_capacity()
    settle()
    return frame.referrals.capacity


def test_every_activity_has_its_room(page, frame):
    assert page.model.rows == capacity.capacities(frame.book.register, today=TODAY)
    assert page.card.heading.text() == page.capacity.activity.name


def test_number_said_by_hand_is_kept_with_its_day_and_let_go(page, frame):
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.card.number.hasFocus()
    page.card.number.setText("many")
    QTest.keyClick(page.card.number, Qt.Key.Key_Return)
    assert "many" in page.card.number_field.problem
    page.card.number.setText("7")
    QTest.keyClick(page.card.number, Qt.Key.Key_Return)
    settle()
    kept = page.capacity
    assert (kept.activity.can_take, kept.can_take_on) == (7, TODAY)
    assert "Tue 3 Nov 2026" in page.card.places.text()
    page.card.register_button.click()
    settle()
    assert page.capacity.activity.can_take is None
    assert page.capacity.activity.id == kept.activity.id


def test_place_is_offered_to_the_first_in_order_and_taken_back(page, frame):
    register, activity = frame.book.register, page.capacity.activity
    on_it = {one.person.id for one in activities.on_register(register, activity.id, today=TODAY)}
    waits = {one.person.id for one in capacity.waiting_in_order(register, activity.id)}
    free = [row for row in people.list_people(register).rows if row.id not in on_it | waits]
    early = TODAY.replace(year=2025)
    first, second = free[0].id, free[1].id
    activities.let_wait(register, activity.id, second, TODAY, today=TODAY)
    activities.let_wait(register, activity.id, first, early, today=TODAY)
    page.open_activity(activity.id)
    settle()
    rows = page.card.waiting.model.rows
    assert rows[0].member.person.id == first
    assert [one.number for one in rows] == list(range(1, len(rows) + 1))
    page.card.waiting.table.setCurrentIndex(page.card.waiting.model.index(0, 0))
    page.card.waiting.offer_button.click()
    settle()
    now = {one.person.id for one in activities.on_register(register, activity.id, today=TODAY)}
    assert first in now
    page.notice.acted.emit("undo")
    settle()
    assert page.card.waiting.model.rows[0].member.person.id == first
    page.card.waiting.table.setCurrentIndex(page.card.waiting.model.index(0, 0))
    page.card.waiting.give_up_button.click()
    settle()
    left = [one.member.person.id for one in page.card.waiting.model.rows]
    assert first not in left
    assert second in left


def test_full_is_charted_by_month_for_its_activity_only():
    found = (
        FullMonth(month="2026-03", activity_id=1, activity="Tea", times=2),
        FullMonth(month="2026-03", activity_id=2, activity="Walk", times=5),
        FullMonth(month="2026-04", activity_id=1, activity="Tea", times=1),
    )
    year = Period(first=dt.date(2026, 2, 10), last=dt.date(2026, 5, 9))
    assert said.months_of(found, year, 1) == (
        ("2026-02", 0), ("2026-03", 2), ("2026-04", 1), ("2026-05", 0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (13, "13 days"), (42, "6 weeks"), (729, "104 weeks"), (800, "2 years")],
)
def test_waits_are_said_as_people_say_them(days, words):
    assert said.long(days) == words


def test_cards_are_seen_before_they_are_printed(page, window, qtbot):
    page.print_one_button.click()
    settle()
    (dialog,) = window.findChildren(CapacityPrintDialog)
    assert dialog.which.currentData() == page.capacity.activity.id
    qtbot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    assert len(dialog.preview.current.sizes) == 1
    dialog.which.setCurrentIndex(0)
    qtbot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    assert len(dialog.preview.current.sizes) == len(page.model.rows)
    dialog.reject()


def test_models_pass_qts_model_tester(qtmodeltester, frame):
    register = frame.book.register
    rooms = capacity.capacities(register, today=TODAY)
    waiting = next(
        found for one in rooms if (found := capacity.waiting_in_order(register, one.activity.id))
    )
    for model, rows in (
        (RowsModel(CAPACITY_COLUMNS), rooms),
        (RowsModel(WAITING_COLUMNS), said.in_order(waiting, TODAY)),
    ):
        qtmodeltester.check(model)
        model.set_rows(rows)
        qtmodeltester.check(model)
        assert model.rowCount() == len(rows) > 0


def test_no_activities_is_said(tea_frame):
    tea_frame.go_to("referrals")
    tea_frame.referrals.open_capacity()
    settle()
    assert tea_frame.referrals.capacity.empty.isVisible()


def test_with_no_activity_there_is_one_thing_to_do(empty_window, tea_frame):
    tea_frame.go_to("referrals")
    tea_frame.referrals.open_capacity()
    tea_frame.referrals.capacity.empty.button.click()
    shown = [d for d in empty_window.findChildren(QDialog) if d.isVisible()]
    assert [type(dialog) for dialog in shown] == [ActivityDialog]
