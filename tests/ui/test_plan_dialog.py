"""Plan a term: the bank holidays are read on the worker, and the dates come by themselves."""

import pytest
from PySide6.QtWidgets import QDialog

from app.domain import recurrence
from app.services import activities
from tests.ui.rooms import close, first_activity, open_dialog


@pytest.fixture
def unread():
    """Nobody has planned anything since the program was started."""
    recurrence._of_year.cache_clear()


def test_the_first_plan_opens_at_once_and_its_dates_follow(unread, window, qtbot):
    dialog = open_dialog(window, "plan a term")
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    assert activities.holidays_are_read()
    assert "to plan" in dialog.summary.text()
    close(dialog)


def test_a_plan_that_is_closed_at_once_leaves_nothing_waiting(unread, window, qtbot):
    window.frame.sessions.plan(first_activity(window.frame).id)
    (dialog,) = window.findChildren(QDialog)
    assert "bank holidays" in dialog.summary.text()
    assert dialog.try_to_save() is False
    close(dialog)
    qtbot.waitUntil(lambda: not window.shelf.jobs.busy)
    assert activities.holidays_are_read()
