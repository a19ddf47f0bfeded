"""An account agreed with a statement on paper: ticked off, differing, opened again, taken away."""

import datetime as dt

import pytest

from app.domain.bank_statements import StatementDraft
from app.domain.ledger import AccountDraft, transfer
from app.services import money, registers, statements
from tests import builders
from tests.services.statements.test_statements import HEADER, TODAY, bring_in

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 9, 30)


@pytest.fixture
def purse(register):
    money.prepare_book(register, opened_on=FIRST, bank_pence=100_00, cash_pence=20_00)
    known = money.books(register)
    bank, cash = known.accounts
    (free,) = known.funds

    def enter(day, pence, account=bank, **details):
        draft = builders.entry(day, (account, free, pence), **details)
        return money.save_entry(register, draft, today=TODAY).ids[0]

    class Purse:
        pass

    Purse.bank, Purse.cash, Purse.free, Purse.enter = bank, cash, free, staticmethod(enter)
    return Purse


def draft_of(purse, ticked, closing, **changes):
    values = {"account_id": purse.bank, "from_on": FIRST, "to_on": LAST, "opening_pence": 100_00}
    return StatementDraft(**(values | changes), closing_pence=closing, entry_ids=tuple(ticked))


def test_statement_agrees_when_opening_and_ticks_make_its_closing(register, purse):
    hall = purse.enter(dt.date(2026, 9, 5), -45_00, payee="Village hall")
    cheque = purse.enter(dt.date(2026, 9, 29), -5_00, payee="Baker")
    done = statements.save_statement(register, draft_of(purse, [hall], 55_00), today=TODAY)
    (one,) = statements.list_statements(register)
    assert one.agreed
    assert (one.entries, one.difference_pence) == (1, 0)
    assert done.text == "agree Current account’s statement to Wed 30 Sep 2026"
    after = statements.next_statement(register, purse.bank)
    assert (after.from_on, after.opening_pence) == (dt.date(2026, 10, 1), 55_00)
    waiting = statements.lines_to_tick(register, purse.bank, after.from_on, TODAY)
    assert [line.entry_id for line in waiting] == [cheque]


def test_one_that_differs_is_kept_and_says_by_how_much(register, purse):
    hall = purse.enter(dt.date(2026, 9, 5), -45_00)
    done = statements.save_statement(register, draft_of(purse, [], 55_00), today=TODAY)
    (one,) = statements.list_statements(register)
    assert (one.agreed, one.difference_pence) == (False, -45_00)
    statements.save_statement(register, draft_of(purse, [hall], 55_00), done.ids[0], today=TODAY)
    assert statements.statement_of(register, done.ids[0]).agreed


def test_what_changes_after_it_was_agreed_shows_as_a_difference(register, purse):
    hall = purse.enter(dt.date(2026, 9, 5), -45_00)
    statements.save_statement(register, draft_of(purse, [hall], 55_00), today=TODAY)
    money.put_entry_in_bin(register, hall)
    (one,) = statements.list_statements(register)
    assert (one.agreed, one.difference_pence) == (True, -45_00)


def test_account_agrees_to_the_newest_statement_that_still_does(register, purse):
    october = {"from_on": dt.date(2026, 10, 1), "to_on": dt.date(2026, 10, 31)}
    hall = purse.enter(dt.date(2026, 9, 5), -45_00)
    rent = purse.enter(dt.date(2026, 10, 5), -5_00)
    for ticked, closing, days in (
        ([hall], 55_00, {}), ([rent], 50_00, october | {"opening_pence": 55_00}),
    ):  # fmt: skip
        draft = draft_of(purse, ticked, closing, **days)
        statements.save_statement(register, draft, today=TODAY)
    assert statements.agreed_until(register) == {purse.bank: dt.date(2026, 10, 31)}
    money.put_entry_in_bin(register, rent)
    assert statements.agreed_until(register) == {purse.bank: LAST}
    money.put_entry_in_bin(register, hall)
    assert statements.agreed_until(register) == {}


def test_transfer_stands_on_the_statements_of_both_accounts(register, purse):
    moved = transfer(
        entry_on=dt.date(2026, 9, 7), amount_pence=30_00, funds=(purse.free, purse.free),
        accounts=(purse.bank, purse.cash),
    )  # fmt: skip
    entry = money.save_entry(register, moved, today=TODAY).ids[0]
    for account, opening, closing in ((purse.bank, 100_00, 70_00), (purse.cash, 20_00, 50_00)):
        draft = draft_of(purse, [entry], closing, account_id=account, opening_pence=opening)
        statements.save_statement(register, draft, today=TODAY)
    assert [one.agreed for one in statements.list_statements(register)] == [True, True]


def test_line_of_another_statement_is_not_offered_nor_taken(register, purse):
    hall = purse.enter(dt.date(2026, 9, 5), -45_00)
    statements.save_statement(register, draft_of(purse, [hall], 55_00), today=TODAY)
    draft = draft_of(purse, [hall], 10_00, opening_pence=55_00)
    second = statements.save_statement(register, draft, today=TODAY).ids[0]
    assert statements.statement_of(register, second).entries == 0
    assert statements.lines_to_tick(register, purse.bank, FIRST, LAST) == ()


def test_cheque_older_than_six_months_is_not_offered(register, purse):
    purse.enter(FIRST, -1_00)
    later = FIRST + dt.timedelta(days=200)
    assert statements.lines_to_tick(register, purse.bank, later, later) == ()
    assert (
        len(statements.lines_to_tick(register, purse.bank, FIRST + dt.timedelta(days=180), later))
        == 1
    )


def test_lines_of_overlapping_downloads_stand_on_both(register, tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(HEADER + "12/09/2026,Tea,-5.00,95.00\n14/09/2026,Subs,21.00,116.00\n")
    second.write_text(HEADER + "14/09/2026,Subs,21.00,116.00\n20/09/2026,Hall,-45.00,71.00\n")
    for path in (first, second):
        bring_in(register, path)
    listed = statements.list_statements(register)
    assert [(one.entries, one.agreed) for one in listed] == [(2, True), (2, True)]
    assert [one.difference_pence or 0 for one in listed] == [0, 0]


def test_agreed_statement_is_opened_again_and_one_of_paper_taken_away(register, purse):
    hall = purse.enter(dt.date(2026, 9, 5), -45_00)
    done = statements.save_statement(register, draft_of(purse, [hall], 55_00), today=TODAY)
    register.take_step()
    assert "open the statement" in statements.open_statement_again(register, done.ids[0]).text
    assert not statements.list_statements(register)[0].agreed
    assert statements.open_statement_again(register, done.ids[0]).problems
    before = register.take_step()
    registers.undo(register, before)
    assert statements.list_statements(register)[0].agreed
    assert statements.remove_statement(register, done.ids[0]).ids
    assert statements.list_statements(register) == ()
    assert not money.get_entry(register, hall).agreed
    assert statements.remove_statement(register, done.ids[0]).problems


def test_imported_statement_is_taken_out_with_its_import(register, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "12/09/2026,Tea,-5.00,95.00\n")
    bring_in(register, path)
    (one,) = statements.list_statements(register)
    assert "came with an import" in statements.remove_statement(register, one.id).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": None}, "from_on"),
        ({"opening_pence": None}, "opening_pence"),
        ({"to_on": dt.date(2026, 8, 1)}, "to_on"),
        ({"to_on": TODAY + dt.timedelta(days=1)}, "to_on"),
        ({"account_id": 99}, "account_id"),
    ],
)
def test_what_is_to_correct_is_said_beside_its_field(register, purse, changes, field):
    refused = statements.save_statement(register, draft_of(purse, [], 1, **changes), today=TODAY)
    assert [problem.field for problem in refused.problems] == [field]


def test_account_without_a_statement_begins_with_what_it_held(register, purse):
    draft = AccountDraft(name="Savings", opened_on=TODAY, openings=((purse.free, 7_00),))
    account = money.save_account(register, draft, today=TODAY).ids[0]
    begins = statements.next_statement(register, account)
    assert (begins.from_on, begins.opening_pence) == (TODAY, 7_00)
