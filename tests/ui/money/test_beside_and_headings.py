"""What stands beside the accounts, the headings, and the rows of a funder's budget, in the window."""

import datetime as dt
from dataclasses import fields, replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.attendance import Role
from app.domain.grants import GrantDraft
from app.domain.ledger import EntryKind, FundDraft, FundKind
from app.services import money
from app.ui.money.beside_dialogs import GiftDialog, MatchDialog
from app.ui.money.fund_dialogs import AccountDialog, HeadingDialog
from app.ui.money.grant_dialog import GrantDialog
from app.ui.money.headings_dialog import HeadingsDialog, RenameDialog
from tests import builders
from tests.ui.money.conftest import dialog_of


def words_on(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def press(widget, name):
    next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == name).click()


# --- beside the accounts -------------------------------------------------------------------------


def test_match_funding_is_kept_beside_the_grant_in_hand(page, purse, empty_window, qtbot):
    before = money.account_balances(purse.register)
    page.show_grant(purse.council)
    beside = page.funds_part.beside
    beside.add_match()
    dialog = dialog_of(empty_window, MatchDialog)
    assert dialog.grant.currentData() == purse.council
    dialog.save_button.click()
    assert dialog.fields["source"].problem
    dialog.source.setText("Parish council")
    dialog.amount.setText("75")
    dialog.save_button.click()
    assert "Parish council" in words_on(beside)
    assert "Confirmed · Money" in words_on(beside)
    qtbot.waitUntil(lambda: "£75.00" in words_on(beside.sums), timeout=5_000)
    assert "£75.00 match, £0.00 gifts" in words_on(beside.sums)
    assert money.account_balances(purse.register) == before
    page.show_grant(purse.trust)
    assert "Nothing is noted beside this grant." in words_on(beside)
    page.show_grant(purse.council)
    press(beside, "Change Parish council, £75.00")
    dialog = dialog_of(empty_window, MatchDialog)
    dialog.amount.setText("80")
    dialog.save_button.click()
    press(beside, "Take away Parish council, £80.00")
    assert money.list_matches(purse.register) == ()


def test_gift_in_kind_is_noted_with_how_it_was_valued(page, purse, empty_window, qtbot):
    page.show_grant(purse.council)
    beside = page.funds_part.beside
    beside.add_gift()
    dialog = dialog_of(empty_window, GiftDialog)
    dialog.what.setText("A room for a year")
    dialog.giver.setText("Library")
    dialog.value.setText("260")
    dialog.basis.setText("what others pay for it")
    dialog.given.setText("1 Oct 2026")
    dialog.save_button.click()
    (gift,) = money.list_gifts(purse.register)
    assert (gift.grant_id, gift.value_pence) == (purse.council, 260_00)
    assert "Library · Thu 1 Oct 2026 · what others pay for it" in words_on(beside)
    qtbot.waitUntil(lambda: "£260.00" in words_on(beside.sums), timeout=5_000)
    press(beside, "Take away A room for a year, £260.00")
    assert money.list_gifts(purse.register) == ()


def test_hour_of_a_volunteer_is_said_with_its_rate_day_and_source(page, purse, qtbot):
    from app.services import settings

    settings.state_rate(purse.register, dt.date(2026, 4, 1), "13.45", "Real Living Wage")
    page.tabs.show_part("funds")
    beside = page.funds_part.beside
    qtbot.waitUntil(lambda: "£13.45 since Wed 1 Apr 2026: Real Living Wage" in beside.time.text())


def test_time_given_to_the_activities_of_a_grant_is_added_up(page, purse, qtbot):
    told = page.funds_part.beside
    page.tabs.show_part("funds")
    helper = builders.person(purse.register)
    walks = builders.activity(purse.register, name="Walks")
    for activity, days in ((purse.tea, 0), (purse.tea, 7), (walks, 1)):
        held = builders.session(purse.register, activity, dt.date(2026, 10, 13 + days))
        assert builders.mark(purse.register, held, helper, role=Role.VOLUNTEER).changes
    grant = money.get_grant(purse.register, purse.council)
    draft = GrantDraft(**{f.name: getattr(grant, f.name) for f in fields(GrantDraft)})
    money.save_grant(purse.register, replace(draft, activities=(purse.tea.id,)), grant.id)
    page.show_grant(purse.council)
    qtbot.waitUntil(lambda: any(text.startswith("4.0 h, £") for text in words_on(told.sums)))


# --- figures of a long book ----------------------------------------------------------------------


def test_figures_of_a_long_book_are_counted_by_the_worker(page, purse, qtbot, monkeypatch):
    monkeypatch.setattr("app.services.money.finding._LONG", 0)
    held = builders.session(purse.register, purse.tea, dt.date(2026, 10, 13))
    for name in ("Maryam", "Nadia"):
        builders.mark(purse.register, held, builders.person(purse.register, name))
    purse.rent()
    page.reload()
    card = page.book_part.cost
    qtbot.waitUntil(lambda: card.figure.text() == "£45.00", timeout=5_000)
    assert card.said.text().startswith("£22.50 an attendance")
    card.look()
    page.book.events.saving.emit()  # somebody saves: it gives way, and begins again when all is quiet
    qtbot.waitUntil(lambda: not page.book.jobs.busy, timeout=5_000)


# --- headings ------------------------------------------------------------------------------------


def headings(purse, side=EntryKind.PAYMENT):
    return [one.name for one in money.books(purse.register).open_headings(side)]


def opened(page, window):
    page.tabs.show_part("funds")
    page.funds_part.show_headings()
    return dialog_of(window, HeadingsDialog)


def choose(dialog, name):
    place = next(n for n, one in enumerate(dialog.model.rows) if one.name == name)
    dialog.table.setCurrentIndex(dialog.model.index(place, 0))


def test_heading_is_added_renamed_moved_and_closed(page, purse, empty_window):
    dialog = opened(page, empty_window)
    dialog.add_button.click()
    form = dialog_of(empty_window, HeadingDialog)
    form.name.setText("Coach hire")
    form.save_button.click()
    assert headings(purse)[-1] == "Coach hire"
    choose(dialog, "Coach hire")
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert headings(purse)[-2] == "Coach hire"
    assert dialog.heading.name == "Coach hire"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    form = dialog_of(empty_window, RenameDialog)
    form.name.setText("Hall hire")
    form.save_button.click()
    assert form.fields["name"].problem
    form.name.setText("Coaches")
    form.save_button.click()
    dialog.close_button.click()
    assert "Coaches" not in headings(purse)
    assert dialog.close_button.text() == "Open it again"
    dialog.close_button.click()
    assert "Coaches" in headings(purse)
    dialog.remove_button.click()
    assert "Coaches" not in {one.name for one in dialog.model.rows}


def test_heading_in_use_is_not_taken_away(page, purse, empty_window):
    purse.rent()
    dialog = opened(page, empty_window)
    choose(dialog, "Hall hire")
    dialog.remove_button.click()
    assert "Close it instead" in dialog.problem.text()


# --- the funder's form ---------------------------------------------------------------------------


def test_budget_keeps_to_the_rows_and_whole_pounds_of_the_form(page, purse, empty_window):
    page.show_grant(purse.council)
    page.funds_part._on_change()
    dialog = dialog_of(empty_window, GrantDialog)
    dialog.most.setText("1")
    assert dialog.sum.text() == "The budget comes to £200.00, in 2 of 1 rows."
    dialog.budget_fold.open(False)
    dialog.save_button.click()
    assert dialog.budget_fold.opened
    assert "row" in dialog.notice.text or dialog.fields["most_budget_rows"].problem
    dialog.most.setText("ten")
    dialog.save_button.click()
    assert dialog.fields["most_budget_rows"].problem
    dialog.most.setText("10")
    dialog.rows[purse.heads["Materials"]].setText("50.50")
    dialog.save_button.click()
    assert "whole pounds" in dialog.notice.text
    dialog.rows[purse.heads["Materials"]].setText("50")
    dialog.save_button.click()
    assert money.get_grant(purse.register, purse.council).most_budget_rows == 10


def test_long_name_of_a_fund_leaves_the_form_its_width(page, purse, empty_window, qtbot):
    """Each field of a new account is called by a fund."""
    for name in ("Keeping the doors of the community hall open all winter, second year", "W" * 90):
        draft = FundDraft(name=name, kind=FundKind.RESTRICTED, purpose="The hall")
        assert money.save_fund(purse.register, draft)
    page.funds_part.add_account()
    dialog = dialog_of(empty_window, AccountDialog)
    room, body = dialog._area.viewport(), dialog._area.widget()
    fields_ = [f for key, f in dialog.fields.items() if key.startswith("opening")]
    assert {f.editor.accessibleName() for f in fields_} == {f.label for f in fields_}
    assert len(fields_) == 4
    qtbot.waitUntil(lambda: body.width() == room.width())
