"""Payments, receipts and transfers typed by keyboard: split, warned about, nothing lost."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.ledger import EntryKind
from app.services import money
from app.ui.forms.choosing import take
from app.ui.money.entry_dialog import ACCOUNTS, FUNDS, RECEIPT, EntryDialog
from app.ui.money.receipt_view import ReceiptView
from tests.conftest import TODAY
from tests.ui.money.conftest import dialog_of


def type_into(widget, text):
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)


def choose(choice, value):
    take(choice, value)
    choice.activated.emit(choice.currentIndex())


def test_payment_is_typed_from_field_to_field(form, purse, tea_frame):
    assert form.amount.hasFocus()
    QTest.keyClicks(form.amount, "6.40")
    type_into(form.payee, "Tesco")
    choose(form.parts.parts[0].heading, purse.heads["Refreshments"])
    QTest.keyClick(form.payee, Qt.Key.Key_Return)
    entry = purse.entries[0]
    (line,) = entry.lines
    assert (entry.kind, entry.payee, entry.entry_on) == (EntryKind.PAYMENT, "Tesco", TODAY)
    assert (line.amount_pence, line.account_id, line.fund_id) == (-6_40, purse.bank, purse.free)
    assert tea_frame.money.book_part.table.row.entry_id == entry.id
    assert tea_frame.book.history.undo_text == "add payment of £6.40 to Tesco"


def test_receipt_offers_the_headings_of_its_side(form, purse):
    choose(form.kind, RECEIPT)
    heads = {form.parts.parts[0].heading.itemText(n) for n in range(20)}
    assert "Subs" in heads
    assert "Hall hire" not in heads
    QTest.keyClicks(form.amount, "21")
    form.save_button.click()
    assert purse.entries[0].total_pence == 21_00


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(form, purse):
    before = len(purse.entries)
    type_into(form.amount, "45 pounds")
    type_into(form.day, "31 February")
    type_into(form.payee, "Village hall")
    form.save_button.click()
    assert form.isVisible()
    assert "could not be read" in form.fields["amount_pence"].problem
    assert form.fields["entry_on"].problem
    assert (form.amount.text(), form.payee.text()) == ("45 pounds", "Village hall")
    assert len(purse.entries) == before


def test_payee_of_before_fills_in_what_was_said_last_time(form, purse, tea_frame):
    purse.rent()
    QTest.keyClicks(form.payee, "vil")
    assert form.payee.offered.count == 1
    QTest.keyClick(form.payee, Qt.Key.Key_Down)
    QTest.keyClick(form.payee, Qt.Key.Key_Return)
    part = form.parts.parts[0]
    assert form.payee.text() == "Village hall"
    assert part.heading.currentData() == purse.heads["Hall hire"]
    assert part.activity.currentData() == purse.tea.id


@pytest.fixture
def late(form, purse):
    """A hall hire on the council's grant, two days after it ended."""
    type_into(form.amount, "45")
    type_into(form.payee, "Village hall")
    type_into(form.day, "2 Nov 2026")
    part = form.parts.parts[0]
    choose(part.heading, purse.heads["Hall hire"])
    choose(part.grant, purse.council)
    assert part.fund.currentData() == purse.hall
    form.save_button.click()
    return form


def test_payment_outside_a_grant_is_said_before_it_is_saved(late, purse):
    assert late.isVisible()
    assert late.before.isVisible()
    assert "ended on Sat 31 Oct 2026" in late.before.text
    assert all(entry.payee != "Village hall" for entry in purse.entries)


def test_free_money_is_one_way_on(late, purse):
    late.before.free_button.click()
    (line,) = purse.entries[0].lines
    assert (line.fund_id, line.grant_id) == (purse.free, None)
    assert not late.isVisible()


def test_another_date_is_one_way_on(late, purse):
    late.before.change_button.click()
    assert late.day.hasFocus()
    QTest.keyClicks(late.day, "30 Oct 2026")
    late.save_button.click()
    entry = purse.entries[0]
    assert (entry.entry_on.day, entry.lines[0].grant_id) == (30, purse.council)


def test_it_is_kept_as_it_is_with_a_note_and_not_without(late, purse):
    late.before.keep_button.click()
    assert late.note.hasFocus()
    late.save_button.click()
    assert late.fields["note"].problem
    QTest.keyClicks(late.note, "The council agreed by letter")
    late.save_button.click()
    entry = purse.entries[0]
    assert (entry.lines[0].grant_id, entry.note) == (purse.council, "The council agreed by letter")


def test_what_was_let_pass_is_asked_again_when_it_changes(late, purse):
    late.before.keep_button.click()
    QTest.keyClicks(late.note, "Agreed")
    type_into(late.amount, "120")
    late.save_button.click()
    assert late.isVisible()
    assert late.before.isVisible()


def test_one_payment_is_split_over_two_grants(form, purse):
    type_into(form.amount, "32.15")
    type_into(form.day, "20 Oct 2026")
    first = form.parts.parts[0]
    choose(first.heading, purse.heads["Materials"])
    choose(first.grant, purse.council)
    form.parts.split_button.click()
    second = form.parts.parts[1]
    assert second.heading.currentData() == purse.heads["Materials"]
    choose(second.grant, purse.trust)
    assert first.amount.hasFocus()
    type_into(first.amount, "20")
    assert second.amount.text() == "12.15"
    assert form.parts.rest.text() == "All of it is shared out"
    form.save_button.click()
    found = [(line.grant_id, line.amount_pence) for line in purse.entries[0].lines]
    assert found == [(purse.council, -20_00), (purse.trust, -12_15)]


def test_parts_that_do_not_come_to_the_whole_are_said(form, purse):
    type_into(form.amount, "30")
    form.parts.split_button.click()
    form.parts.split_button.click()
    for part, typed in zip(form.parts.parts, ("10", "10", "5"), strict=True):
        type_into(part.amount, typed)
    assert form.parts.rest.text() == "£5.00 left to share"
    form.save_button.click()
    assert "£25.00" in form.fields["amount_pence"].problem
    form.parts.even_button.click()
    form.save_button.click()
    assert [line.amount_pence for line in purse.entries[0].lines] == [-10_00] * 3


def test_money_moves_between_accounts_and_between_funds_with_its_minute(page, purse, empty_window):
    page.add_entry()
    form = dialog_of(empty_window, EntryDialog)
    choose(form.kind, ACCOUNTS)
    type_into(form.amount, "30")
    form.save_button.click()
    assert money.account_balances(purse.register)[purse.cash] == 50_00
    page.add_entry()
    form = dialog_of(empty_window, EntryDialog)
    choose(form.kind, FUNDS)
    type_into(form.amount, "10")
    form.save_button.click()
    assert "decision" in form.moved.fields["minute"].problem
    QTest.keyClicks(form.moved.minute, "Committee, 2 Nov")
    form.save_button.click()
    assert money.fund_balances(purse.register)[purse.hall] == 410_00


def test_entry_opens_as_it_is_and_is_changed(page, purse, empty_window):
    entry = purse.rent(note="As agreed", reference="INV 7")
    page.open_entry(entry)
    form = dialog_of(empty_window, EntryDialog)
    assert (form.amount.text(), form.payee.text()) == ("45.00", "Village hall")
    assert form.reference.text() == "INV 7"
    type_into(form.amount, "50")
    form.save_button.click()
    changed = money.get_entry(purse.register, entry)
    assert (changed.total_pence, changed.note) == (-50_00, "As agreed")


def test_what_is_typed_is_asked_about_before_it_is_thrown_away(form, messages):
    type_into(form.payee, "Village hall")
    messages.answers = [False, True]
    form.reject()
    assert form.isVisible()
    assert form.payee.text() == "Village hall"
    form.reject()
    assert not form.isVisible()
    assert messages.asked == ["Throw away what you typed?"] * 2


def test_receipt_is_attached_kept_looked_at_and_taken_away(
    form, purse, page, empty_window, tmp_path, qtbot
):
    photo = tmp_path / "till.jpg"
    Image.new("RGB", (300, 500), "white").save(photo)
    type_into(form.amount, "6.40")
    form.strip.add_path(photo)
    assert not form.save_button.isEnabled()
    qtbot.waitUntil(lambda: form.strip.count == 1)
    qtbot.waitUntil(form.save_button.isEnabled)
    form.save_button.click()
    entry = purse.entries[0]
    assert entry.attachments == 1
    page.open_entry(entry.id)
    again = dialog_of(empty_window, EntryDialog)
    again.strip.row.widgets[0].click()
    view = dialog_of(empty_window, ReceiptView)
    assert view.shown == 1
    view.accept()
    again.strip.row.widgets[1].click()
    assert money.receipts_of(purse.register, entry.id) == ()


def test_file_that_is_no_receipt_is_named(form, tmp_path, qtbot):
    broken = tmp_path / "till.jpg"
    broken.write_bytes(b"\xff\xd8\xff not a picture")
    form.strip.add_path(broken)
    qtbot.waitUntil(lambda: not form.strip.problem.isHidden())
    assert "till.jpg" in form.strip.problem.text()
    assert form.strip.count == 0
