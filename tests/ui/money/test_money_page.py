"""The parts of Money in the window: the book, funds and grants, statements, claims, year end."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.claims import ClaimKind
from app.domain.grants import GrantState
from app.domain.ledger import AccountDraft, AccountKind
from app.services import money, statements
from app.ui.forms.choosing import take
from app.ui.money import funds_part
from app.ui.money.begin_dialog import BeginDialog
from app.ui.money.book_filters import BIN
from app.ui.money.claim_dialog import ClaimDialog, PayDialog
from app.ui.money.entry_dialog import EntryDialog
from app.ui.money.fund_dialogs import FundDialog, LoanDialog
from app.ui.money.grant_dialog import GrantDialog
from app.ui.money.year_part import ItemDialog
from tests import builders
from tests.conftest import TODAY
from tests.ui.money.conftest import BEGUN, dialog_of

HEAD = (
    "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
    "Debit Amount,Credit Amount,Balance\n"
)


def shown(page):
    return [row.entry_id for row in page.book_part.model.rows]


# --- beginning ---------------------------------------------------------------------------------


def test_cash_book_begins_with_three_answers(tea_frame, empty_window):
    tea_frame.go_to("money")
    page = tea_frame.money
    assert page.empty.button.hasFocus()
    page.empty.button.click()
    dialog = dialog_of(empty_window, BeginDialog)
    dialog.day.setText("1 Apr 2026")
    QTest.keyClicks(dialog.bank, "1,205")
    QTest.keyClicks(dialog.cash, "24.60")
    dialog.save_button.click()
    assert page.head.subtitle.text() == "Current account £1,205.00 · Petty cash £24.60"
    assert not page.empty.isVisible()
    tea_frame.book.history.undo()
    assert page.empty.isVisible()


def test_cash_book_does_not_begin_tomorrow(tea_frame, empty_window):
    tea_frame.go_to("money")
    tea_frame.money.begin_book()
    dialog = dialog_of(empty_window, BeginDialog)
    dialog.day.setText("4 Nov 2026")
    dialog.save_button.click()
    assert "has not come yet" in dialog.fields["opened_on"].problem


# --- the book ----------------------------------------------------------------------------------


def test_book_shows_signs_balances_and_splits(page, purse):
    purse.rent()
    purse.enter(TODAY.replace(day=2), (purse.bank, purse.free, -20_00),
                (purse.bank, purse.hall, -12_15), payee="Art supplies")  # fmt: skip
    page.book_part.look()
    model = page.book_part.model
    cells = [[model.index(n, c).data() for c in range(7)] for n in range(2)]
    assert cells[0] == ["2 Nov", "Art supplies", "No heading yet", "Split: 2 funds", "none",
                        "−32.15", "842.85"]  # fmt: skip
    assert cells[1][1:4] == ["Village hall", "Hall hire", "Free money"]


def test_letters_search_and_escape_shows_the_whole_book_again(page, purse, tea_frame):
    rent = purse.rent()
    page.book_part.look()
    page.take_keyboard()
    QTest.keyClicks(page.book_part.table, "v")
    QTest.keyClicks(page.book_part.search, "illage")
    assert shown(page) == [rent]
    assert "1 entry · £0.00 in · £45.00 out" in page.book_part.sums.text()
    tea_frame.escape()
    assert len(shown(page)) == 3


def test_delete_puts_a_line_in_the_bin_and_the_bin_gives_it_back(page, purse):
    rent = purse.rent()
    page.book_part.take_in_hand(rent)
    page.book_part.look()
    page.take_keyboard()
    QTest.keyClick(page.book_part.table, Qt.Key.Key_Delete)
    assert rent not in shown(page)
    assert "counts no more" in page.notice.text
    page.book_part.filters.choose(page.book_part.filters.missing, BIN)
    assert shown(page) == [rent]
    QTest.keyClick(page.book_part.table, Qt.Key.Key_Delete)
    assert shown(page) == []
    page.book_part.show_all()
    assert rent in shown(page)


def test_enter_opens_the_line_in_hand(page, purse, empty_window):
    rent = purse.rent()
    page.book_part.take_in_hand(rent)
    page.book_part.look()
    page.take_keyboard()
    QTest.keyClick(page.book_part.table, Qt.Key.Key_Return)
    assert dialog_of(empty_window, EntryDialog).payee.text() == "Village hall"
    assert page.book_part.table.row.entry_id == rent


def test_grants_stand_beside_the_book(page, purse):
    line = {"heading_id": purse.heads["Hall hire"], "grant_id": purse.trust}
    purse.enter(TODAY, (purse.bank, purse.hall, -162_00, line), payee="Village hall")
    page.book_part.look()
    said = [label.text() for label in page.book_part.side.findChildren(type(page.head.title))]
    assert "£12.00 over" in said
    assert "£50.00 left" in said
    assert "Report due Fri 20 Nov 2026, 17 days left" in said


def test_long_list_is_read_only_where_somebody_looks(page, purse):
    with purse.register.transaction("test", text="many", topics=frozenset()):
        from app.storage import money as stored

        for n in range(180):
            day = dt.date(2026, 5, 1) + dt.timedelta(days=n)
            stored.add(purse.register, builders.entry(day, (purse.bank, purse.free, 1_00)))
    page.book_part.look()
    assert page.book_part.model.rowCount() == 182
    assert len(page.book_part.model.rows) < 182
    page.book_part.table.scrollToBottom()
    last = page.book_part.model.row_at(181)
    assert last is not None
    assert last.entry_on == dt.date(2026, 5, 1)


# --- funds and grants --------------------------------------------------------------------------


def test_grant_is_added_changed_and_shown_by_heading(page, purse, empty_window):
    page.tabs.show_part("funds")
    page.funds_part.add_grant()
    dialog = dialog_of(empty_window, GrantDialog)
    dialog.save_button.click()
    assert dialog.fields["funder"].problem
    dialog.funder.setText("Lottery")
    dialog.reference.setText("AFA-1")
    dialog.applied.setText("500")
    take(dialog.state, GrantState.APPLIED.value)
    dialog.again.setText("1 Mar 2027")
    dialog.rows[purse.heads["Travel"]].setText("500")
    assert dialog.sum.text() == "The budget comes to £500.00."
    dialog.save_button.click()
    found = money.find_grant(purse.register, "AFA-1")
    assert (found.applied_pence, found.state) == (500_00, GrantState.APPLIED)
    assert page.funds_part.model.rowCount() == 3
    page.funds_part.show_grant(found.id)
    assert page.funds_part.grant.funder == "Lottery"


def test_grant_that_is_named_in_the_book_stays_out_of_the_bin(page, purse):
    page.tabs.show_part("funds")
    page.funds_part.show_grant(purse.council)
    page.funds_part.bin_button.click()
    assert page.funds_part.problem.text()
    assert page.funds_part.model.rowCount() == 2


def test_entries_of_a_grant_are_shown_in_the_book(page, purse):
    page.show_grant(purse.council)
    page.funds_part.card.entries.click()
    assert page.tabs.key == "book"
    assert len(shown(page)) == 1


def test_fund_and_loan_are_noted(page, purse, empty_window):
    page.tabs.show_part("funds")
    page.funds_part.add_fund()
    dialog = dialog_of(empty_window, FundDialog)
    dialog.name.setText("Garden")
    dialog.save_button.click()
    assert dialog.fields["purpose"].problem
    dialog.purpose.setPlainText("The garden")
    dialog.save_button.click()
    page.funds_part.add_loan()
    loan = dialog_of(empty_window, LoanDialog)
    loan.amount.setText("25")
    loan.minute.setPlainText("Committee, 2 Nov")
    loan.save_button.click()
    (kept,) = money.list_loans(purse.register)
    assert kept.amount_pence == 25_00


def test_of_many_accounts_a_few_are_named_and_the_rest_is_one_sum(page, purse):
    for place in range(3):
        money.save_account(
            purse.register,
            AccountDraft(
                name=f"Tin {place}", kind=AccountKind.CASH, opened_on=BEGUN,
                openings=((purse.free, 10_00),),
            ),
            today=TODAY,
        )  # fmt: skip
    page.reload()
    said = page.head.subtitle.text()
    assert "Tin 0 £10.00" in said, said
    assert "2 more accounts £20.00" in said
    assert "Tin 1" not in said


def test_long_list_beside_the_grants_is_opened_on_request(page, monkeypatch):
    monkeypatch.setattr(funds_part, "_MOST_LINES", 1)
    page.tabs.show_part("funds")
    part = page.funds_part
    part.look()

    def changed():
        names = (b.accessibleName() for b in part.funds.findChildren(QPushButton))
        return [name for name in names if name.startswith("Change ")]

    assert len(changed()) == 1
    more = [b for b in part.funds.findChildren(QPushButton) if b.text() == "Show the other 1"]
    more[0].click()
    assert len(changed()) == 2
    assert part.window().focusWidget().accessibleName() == changed()[1]


# --- statements --------------------------------------------------------------------------------


@pytest.fixture
def statement(page, tmp_path, qtbot):
    """Read a statement of these lines into the part that imports it."""

    def read(*lines):
        path = tmp_path / "lloyds.csv"
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
        page.show_import()
        part = page.statement_part
        part.start_file(path)
        qtbot.waitUntil(lambda: part.prepared is not None or bool(part.problem.text()))
        return part

    return read


TC = "02/11/2026,FPI,'30-00-00,12345678,LEIGHTON TC,,200.00,1055.00"
HALL = "01/11/2026,FPO,'30-00-00,12345678,VILLAGE HALL,45.00,,855.00"


def test_statement_knows_what_is_in_the_book(page, purse, statement, tea_frame):
    rent = purse.rent()
    part = statement(TC, HALL)
    fates = [row.fate for row in part.prepared.rows]
    assert sorted(fates) == [statements.Fate.NEW, statements.Fate.TYPED]
    assert "make £1,055.00, as the statement says" in part.sums.text()
    part.book_button.click()
    assert page.tabs.key == "book"
    assert "1 line is new, 1 were in the book already" in page.notice.text
    (new,) = shown(page)
    assert money.get_entry(purse.register, new).bank_text == "LEIGHTON TC"
    assert money.get_entry(purse.register, rent).agreed
    assert tea_frame.book.history.undo_text == "import lloyds.csv"
    tea_frame.book.history.undo()
    assert len(purse.entries) == 3
    again = statement(TC, HALL)
    assert sorted(row.fate for row in again.prepared.rows) == sorted(fates)


def test_line_that_is_not_the_same_is_said_with_space(page, purse, statement):
    purse.rent()
    part = statement(TC, HALL)
    place = next(n for n, row in enumerate(part.prepared.rows) if row.fate is statements.Fate.TYPED)
    part.table.setFocus()
    part.table.setCurrentIndex(part.model.index(place, 0))
    QTest.keyClick(part.table, Qt.Key.Key_Space)
    assert part.prepared.count(statements.Fate.NEW) == 2
    assert part.other_button.text() == "It is the same"
    QTest.keyClick(part.table, Qt.Key.Key_Space)
    assert part.prepared.count(statements.Fate.NEW) == 1


def test_second_import_adds_nothing(page, purse, statement):
    statement(TC, HALL).book_button.click()
    count = len(purse.entries)
    part = statement(TC, HALL)
    assert {row.fate for row in part.prepared.rows} == {statements.Fate.KNOWN}
    part.book_button.click()
    assert len(purse.entries) == count


def test_heading_once_chosen_is_offered_next_time(page, purse, statement, empty_window):
    statement(HALL).book_button.click()
    QTest.keyClick(page.book_part.table, Qt.Key.Key_Return)
    form = dialog_of(empty_window, EntryDialog)
    take(form.parts.parts[0].heading, purse.heads["Hall hire"])
    form.save_button.click()
    assert "Offer Hall hire when VILLAGE HALL comes" in page.notice.text
    page.notice.findChildren(QPushButton)[-1].click()
    assert [rule.heading_id for rule in money.list_rules(purse.register)] == [
        purse.heads["Hall hire"]
    ]
    part = statement("03/11/2026,FPO,'30-00-00,12345678,VILLAGE HALL,45.00,,810.00")
    assert part.model.index(0, 4).data() == "Hall hire, Free money"


def test_file_that_is_no_statement_is_named_and_nothing_is_changed(page, purse, tmp_path, qtbot):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    part = page.statement_part
    page.show_import()
    part.start_file(path)
    qtbot.waitUntil(lambda: bool(part.problem.text()))
    assert "photo.csv" in part.problem.text()
    assert part.start.isVisible()


# --- claims, year end --------------------------------------------------------------------------


def test_miles_are_claimed_priced_approved_and_paid(page, purse, empty_window):
    ada = builders.person(purse.register, "Ada", "Shaw")
    page.tabs.show_part("claims")
    page.claims_part.add_button.click()
    dialog = dialog_of(empty_window, ClaimDialog)
    QTest.keyClicks(dialog.person, "ada")
    QTest.keyClick(dialog.person, Qt.Key.Key_Down)
    QTest.keyClick(dialog.person, Qt.Key.Key_Return)
    line = dialog.lines[0]
    take(line.kind, ClaimKind.CAR.value)
    line.kind.activated.emit(line.kind.currentIndex())
    QTest.keyClicks(line.miles, "10")
    assert "p a mile" in line.price.text()
    dialog.save_button.click()
    (claim,) = money.list_claims(purse.register)
    assert claim.person_id == ada
    assert not page.claims_part.pay_button.isVisible()
    page.claims_part.change_button.click()
    dialog = dialog_of(empty_window, ClaimDialog)
    dialog.approved.setText("Bo Lee")
    dialog.approved_on.setText("3 Nov 2026")
    dialog.save_button.click()
    page.claims_part.pay_button.click()
    dialog_of(empty_window, PayDialog).save_button.click()
    (claim,) = money.list_claims(purse.register)
    paid = money.get_entry(purse.register, claim.entry_id)
    assert -paid.total_pence == claim.total_pence > 0
    assert paid.person_id == ada


def test_year_is_summed_closed_and_opened(page, purse, tea_frame):
    purse.rent()
    page.tabs.show_part("year")
    part = page.year_part
    assert "The year goes on until" in part.state.text()
    assert part.close_button.isHidden()
    texts = [label.text() for label in part.sums.findChildren(type(page.head.title))]
    assert texts == ["In hand at the start", "£520.00", "Came in", "£400.00",
                     "Went out", "£45.00", "In hand at the end", "£875.00"]  # fmt: skip


def test_closed_year_refuses_what_is_dated_in_it(page, purse, empty_window):
    account = next(iter(money.books(purse.register).accounts.values()))
    from app.domain.ledger import AccountDraft

    draft = AccountDraft(name=account.name, opened_on=dt.date(2025, 4, 1),
                         openings=account.openings)  # fmt: skip
    money.save_account(purse.register, draft, account.id, today=TODAY)
    page.tabs.show_part("year")
    part = page.year_part
    part.look()
    part.year.setCurrentIndex(1)
    part.look()
    part.close_button.click()
    assert "Closed" in part.state.text()
    page.add_entry()
    form = dialog_of(empty_window, EntryDialog)
    form.amount.setText("5")
    form.day.setText("3 Mar 2026")
    form.save_button.click()
    assert "is closed" in form.fields["entry_on"].problem
    part.open_button.click()
    assert not part.close_button.isHidden()


def test_what_is_owned_is_listed(page, purse, empty_window):
    page.tabs.show_part("year")
    page.year_part.add_button.click()
    dialog = dialog_of(empty_window, ItemDialog)
    dialog.details.setText("Urn")
    dialog.cost.setText("60")
    dialog.save_button.click()
    assert [item.details for item in money.list_items(purse.register)] == ["Urn"]


# --- beside the register, on Home ----------------------------------------------------------------


def test_takings_at_the_door_are_saved_on_leaving_the_field(tea_frame, purse, qtbot):
    session = builders.session(purse.register, purse.tea)
    tea_frame.take_register(session.id)
    box = tea_frame.sessions.register.side.takings
    subs, donations = box.lines.values()
    qtbot.waitUntil(donations.isVisible)
    subs.setFocus()
    QTest.keyClicks(subs, "21")
    QTest.keyClick(subs, Qt.Key.Key_Tab)
    taken = money.takings_of(purse.register, session.id)
    assert taken.total_pence == 21_00
    assert donations.hasFocus()
    QTest.keyClicks(donations, "4.50")
    box.settle()
    assert money.takings_of(purse.register, session.id).total_pence == 25_50
    tea_frame.book.history.undo()
    assert money.takings_of(purse.register, session.id).total_pence == 21_00
    assert donations.text() == ""


def test_petty_cash_is_paid_beside_the_register(tea_frame, purse, empty_window):
    session = builders.session(purse.register, purse.tea)
    tea_frame.take_register(session.id)
    box = tea_frame.sessions.register.side.takings
    box.pay_button.click()
    form = dialog_of(empty_window, EntryDialog)
    QTest.keyClicks(form.amount, "6.40")
    form.save_button.click()
    (row,) = money.payments_at(purse.register, session.id)
    assert (row.amount_pence, row.heading) == (-6_40, "Refreshments")
    assert row.accounts == ("Petty cash",)
    names = [button.accessibleName() for button in box.findChildren(QPushButton)]
    assert "Change: Refreshments, £6.40 paid" in names


def test_home_shows_what_is_left(tea_frame, purse, qtbot):
    tea_frame.home.reload()
    qtbot.waitUntil(tea_frame.home.money.isVisible)
    texts = [w.text() for w in tea_frame.home.money.findChildren(type(tea_frame.home.head.title))]
    assert "£200 of £200" in texts
    assert "£520" in texts
    button = tea_frame.home.money.findChildren(QPushButton)[0]
    button.click()
    assert tea_frame.money.tabs.key == "funds"


def test_home_says_nothing_of_money_where_there_is_no_cash_book(tea_frame, qtbot):
    tea_frame.home.reload()
    qtbot.waitUntil(lambda: not tea_frame.home.weeks.looking)
    qtbot.waitUntil(lambda: not tea_frame.home.money.looking)
    assert tea_frame.home.money.isHidden()


def test_payments_are_found_from_every_page(tea_frame, purse, empty_window):
    purse.rent()
    search = tea_frame.top.search
    tea_frame.search()
    QTest.keyClicks(search, "vill")
    assert search.offered.count == 1
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert dialog_of(empty_window, EntryDialog).payee.text() == "Village hall"
