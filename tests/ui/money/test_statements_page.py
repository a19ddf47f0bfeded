"""Statements in the window: one that begins the book, one named wrongly, one of paper, what was learned."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import money, statements
from app.ui.money.paper_dialog import PaperDialog
from app.ui.money.rules_card import RuleDialog
from app.ui.money.statement_answers import NEW
from tests.conftest import TODAY
from tests.ui.money.conftest import BEGUN, dialog_of

ROWS = "12/09/2026,Tea,-5.00\n14/09/2026,Subs,21.00\n20/09/2026,Hall,-45.00\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "september.csv"
    path.write_text("Date,Description,Amount\n" + ROWS, encoding="utf-8")
    return path


def shown(page):
    """Show the part of statements, and let Qt lay it out."""
    page.show_import()
    QApplication.processEvents()
    return page.statement_part


@pytest.fixture
def read(tea_frame, qtbot):
    def done(path):
        part = shown(tea_frame.money)
        part.start_file(path)
        qtbot.waitUntil(lambda: part.prepared is not None, timeout=10_000)
        return part

    return done


def names(frame):
    return [one.name for one in money.books(frame.book.register).accounts.values()]


# --- beginning -----------------------------------------------------------------------------------


def test_book_is_begun_with_a_statement_and_what_the_account_held(tea_frame, file, read):
    tea_frame.go_to("money")
    page = tea_frame.money
    page.empty.also.click()
    assert page.tabs.key == "statement"
    part = read(file)
    assert part.begins.isVisible()
    assert part.begins.held_field.isVisible()
    part.begins.name.setFocus()
    part.begins.name.selectAll()
    QTest.keyClicks(part.begins.name, "Co-op")
    QTest.keyClick(part.begins.name, Qt.Key.Key_Tab)
    QTest.keyClicks(part.begins.held, "120")
    part.book_button.setFocus()
    assert "holding £120.00" in part.notes.text()
    part.book_button.click()
    assert names(tea_frame) == ["Co-op", "Petty cash"]
    assert page.head.subtitle.text().startswith("Co-op £91.00")
    assert page.tabs.bar.isTabVisible(0)
    tea_frame.book.history.undo()
    assert page.empty.isVisible()


def test_escape_leaves_the_statement_a_book_would_be_begun_with(tea_frame):
    tea_frame.go_to("money")
    tea_frame.money.empty.also.click()
    tea_frame.escape()
    assert tea_frame.money.empty.isVisible()


# --- the same statement under another name --------------------------------------------------------


def second_account(purse):
    from app.domain.ledger import AccountDraft

    draft = AccountDraft(name="Savings", opened_on=BEGUN)
    return money.save_account(purse.register, draft, today=TODAY).ids[0]


def test_same_statement_under_another_name_is_asked_about(page, purse, tea_frame, file, read):
    second_account(purse)
    part = read(file)
    part.answers.choice.setCurrentText("Current account")
    part.answers.go_on.click()
    part.book_button.click()
    part = read(file)
    part.answers.choice.setCurrentText("Savings")
    part.answers.go_on.click()
    assert part.answers.isVisible()
    assert "All 3 lines of it stand in Current account already" in part.answers.said.text()
    part.answers.go_on.click()  # it is the statement of the account that has it
    assert part.look_card.isVisible()
    assert [row.fate.value for row in part.prepared.rows] == ["known"] * 3


def test_other_account_with_the_very_same_lines_is_booked_when_it_is_said(
    page, purse, tea_frame, file, read
):
    savings = second_account(purse)
    part = read(file)
    part._on_account("Current account")
    part.book_button.click()
    part = read(file)
    part._on_account("Savings")
    part.answers.choice.setCurrentIndex(1)
    part.answers.go_on.click()
    part.book_button.click()
    assert money.account_balances(purse.register)[savings] == -29_00


def test_another_account_is_begun_by_its_name(page, purse, tea_frame, file, read):
    second_account(purse)
    part = read(file)
    choice = part.answers.choice
    choice.setCurrentIndex(choice.findData(NEW))
    choice.activated.emit(choice.currentIndex())
    part.answers.go_on.click()
    assert "what the account is called" in part.answers.name_field.problem
    QTest.keyClicks(part.answers.name, "Building fund")
    part.answers.go_on.click()
    assert part.begins.name.text() == "Building fund"
    part.book_button.click()
    assert "Building fund" in names(tea_frame)


# --- from paper ----------------------------------------------------------------------------------


def test_account_is_agreed_with_paper_by_ticking(page, purse, empty_window):
    purse.rent()
    shown(page).past.paper_button.click()
    dialog = dialog_of(empty_window, PaperDialog)
    assert (dialog.opening.text(), dialog.first.text()) == ("500.00", "Wed 1 Apr 2026")
    QTest.keyClicks(dialog.closing, "855")
    assert "£355.00 apart: by the statement more came in" in dialog.told.text()
    assert dialog.save_button.text() == "Keep it for later"
    dialog.table.setFocus()
    for place in range(3):
        dialog.table.setCurrentIndex(dialog.model.index(place, 0))
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert "3 ticked: £400.00 in, £45.00 out. Opening and ticks make" in dialog.told.text()
    assert dialog.save_button.text() == "Agree it"
    dialog.save_button.click()
    (one,) = statements.list_statements(purse.register)
    assert one.agreed
    past = page.statement_part.past
    assert [past.model.index(0, c).data() for c in (0, 4)] == ["Current account", "Agreed"]
    assert page.head.subtitle.text().endswith("agrees with the statement to 3\N{NO-BREAK SPACE}Nov")


def test_all_lines_are_ticked_at_once_and_taken_away_again(page, purse, empty_window):
    purse.rent()
    shown(page).past.add_paper()
    dialog = dialog_of(empty_window, PaperDialog)
    QTest.keyClicks(dialog.closing, "855")
    dialog._on_toggled(1)
    dialog.all_button.click()
    assert "3 ticked: £400.00 in, £45.00 out. Opening and ticks make" in dialog.told.text()
    assert dialog.all_button.text() == "&Tick none"
    dialog.all_button.click()
    assert dialog.told.text().startswith("0 ticked")
    assert dialog.all_button.text() == "&Tick all"
    dialog.all_button.click()
    dialog.save_button.click()
    assert [one.agreed for one in statements.list_statements(purse.register)] == [True]


def test_agreed_statement_is_opened_again_changed_and_taken_away(page, purse, empty_window):
    rent = purse.rent()
    past = shown(page).past
    past.add_paper()
    dialog = dialog_of(empty_window, PaperDialog)
    dialog.closing.setText("455")
    dialog._on_toggled(2)
    dialog.save_button.click()
    money.put_entry_in_bin(purse.register, rent)
    page.reload()
    assert past.model.index(0, 4).data() == "Changed since: £45.00"
    past.again_button.click()
    assert past.model.index(0, 4).data() == "£45.00 apart"
    past.agree_button.click()
    assert "apart" in past.problem.text()
    past.open_button.click()
    dialog = dialog_of(empty_window, PaperDialog)
    dialog.closing.setText("500")
    dialog.save_button.click()
    assert past.model.index(0, 4).data() == "Agreed"
    past.remove_button.click()
    assert past.nothing.isVisible()
    assert past.paper_button.hasFocus()


def test_day_that_cannot_be_read_is_said(page, purse, empty_window):
    shown(page).past.add_paper()
    dialog = dialog_of(empty_window, PaperDialog)
    dialog.last.setText("31 February")
    dialog.closing.setText("x")
    dialog.save_button.click()
    assert dialog.fields["to_on"].problem
    assert dialog.fields["closing_pence"].problem


# --- what was learned ----------------------------------------------------------------------------


def test_rule_is_changed_and_forgotten(page, purse, empty_window):
    entry = purse.enter(
        dt.date(2026, 10, 1), (purse.bank, purse.free, -5_00, {"heading_id": purse.heads["Travel"]}),
        payee="Bus", bank_text="CITY BUS CO",
    )  # fmt: skip
    money.learn_rule(purse.register, entry)
    rules = shown(page).past.rules
    assert [rules.model.index(0, c).data() for c in (0, 1)] == ["city bus co", "Travel, Free money"]
    rules.change_button.click()
    dialog = dialog_of(empty_window, RuleDialog)
    dialog.heading.setCurrentText("Materials")
    dialog.save_button.click()
    assert rules.model.index(0, 1).data() == "Materials, Free money"
    rules.forget_button.click()
    assert rules.nothing.isVisible()
    assert money.list_rules(purse.register) == ()
