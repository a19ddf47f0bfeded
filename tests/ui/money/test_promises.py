"""What a grant promised, beside what came of it; the reports it waits for."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from app.domain.returns import Target
from app.services import reports_due
from app.services.returns import due
from app.ui.money.targets_dialog import TargetsDialog
from app.ui.returns.due_dialog import DueDialog
from tests import builders
from tests.conftest import TODAY


@pytest.fixture
def card(page, purse, qtbot):
    """The card of the council's grant, which three people came under."""
    at = builders.session(purse.register, day=dt.date(2026, 5, 5))
    for name, sex in (("Amy", "female"), ("Bea", "female"), ("Cy", "male")):
        builders.mark(purse.register, at, builders.person(purse.register, name, sex=sex))
    page.show_grant(purse.council)
    part = page.funds_part.promises
    qtbot.waitUntil(lambda: bool(said(part)), timeout=20_000)
    return part


def said(card):
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()][1:]


def dialog_of(window, kind):
    (found,) = (d for d in window.findChildren(QDialog) if isinstance(d, kind) and d.isVisible())
    return found


def test_promise_is_found_by_words_given_a_number_and_shown_beside_what_came(
    card, purse, empty_window, qtbot
):
    card.targets_button.click()
    dialog = dialog_of(empty_window, TargetsDialog)
    dialog.search.setText("different people")
    dialog.figure.setCurrentIndex(dialog.figure.findData("people"))
    assert dialog.meaning.text()
    dialog.add_button.click()
    dialog.rows[0].number.setText("forty")
    dialog.save_button.click()
    assert "forty" in dialog.notice.text
    dialog.rows[0].number.setText("40")
    dialog.rows[0].label.setText("Individuals reached")
    dialog.save_button.click()
    (kept,) = due.targets_of(purse.register, purse.council)
    assert kept == Target(figure="people", target=40, label="Individuals reached")
    qtbot.waitUntil(lambda: "3 of 40" in said(card), timeout=20_000)
    assert "Individuals reached" in said(card)
    card._book.history.undo()
    assert due.targets_of(purse.register, purse.council) == ()
    qtbot.waitUntil(lambda: "Individuals reached" not in said(card), timeout=20_000)


def test_part_of_a_figure_is_promised(card, purse, empty_window, qtbot):
    card.targets_button.click()
    dialog = dialog_of(empty_window, TargetsDialog)
    dialog.figure.setCurrentIndex(dialog.figure.findData("people"))
    dialog.cut.setCurrentIndex(dialog.cut.findData("sex"))
    assert not dialog.add_button.isEnabled(), "its parts are counted first"
    qtbot.waitUntil(dialog.part.isEnabled, timeout=20_000)
    dialog.part.setCurrentIndex(dialog.part.findData("female"))
    dialog.add_button.click()
    dialog.rows[0].number.setText("1,000")
    dialog.save_button.click()
    (kept,) = due.targets_of(purse.register, purse.council)
    assert (kept.figure, kept.breakdown, kept.part, kept.target) == (
        "people", "sex", "female", 1000,
    )  # fmt: skip
    qtbot.waitUntil(lambda: "2 of 1,000" in said(card), timeout=20_000)


def test_promise_is_taken_away(card, purse, empty_window):
    due.set_targets(purse.register, purse.council, (Target(figure="people", target=5),))
    card.targets_button.click()
    dialog = dialog_of(empty_window, TargetsDialog)
    dialog.rows[0].remove.click()
    dialog.save_button.click()
    assert due.targets_of(purse.register, purse.council) == ()


def test_words_that_nothing_is_counted_by_are_said(card, empty_window):
    card.targets_button.click()
    dialog = dialog_of(empty_window, TargetsDialog)
    dialog.search.setText("unicorns")
    assert dialog.fields["search"].problem
    assert not dialog.add_button.isEnabled()


def test_report_of_the_grant_is_added_where_the_grant_is(card, purse, empty_window, qtbot):
    card.add_button.click()
    dialog = dialog_of(empty_window, DueDialog)
    assert "TC-1" in dialog.whose.currentText()
    dialog.day.setText("1/2/27")
    dialog.save_button.click()
    found = [one for one in reports_due.listed(purse.register, today=TODAY) if one.id is not None]
    assert [(one.grant_id, one.due_on) for one in found] == [(purse.council, dt.date(2027, 2, 1))]
    qtbot.waitUntil(lambda: any("1 Feb 2027" in text for text in said(card)), timeout=20_000)
