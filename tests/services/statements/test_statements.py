"""A bank's statement in the book: matched, booked, taken out whole."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.errors import QuestionOpen
from app.domain.errors import Refused as Stopped
from app.domain.ledger import AccountDraft, EntryKind, FundDraft, FundKind
from app.domain.periods import Period
from app.services import imports, money, statements
from app.services.result import Done, Refused
from app.services.statements import Fate, StatementOptions
from tests import builders

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "importers" / "bank"
TODAY = dt.date(2026, 11, 3)
HEADER = "Date,Description,Amount,Balance\n"


def plan_of(path):
    return statements.read_statement(path, StatementOptions(today=TODAY))


def bring_in(register, path, account="", **options):
    prepared = statements.prepare(register, plan_of(path), account, today=TODAY, **options)
    return statements.carry_out(register, prepared)


@pytest.fixture
def write(tmp_path):
    def written(*lines, name="a.csv"):
        path = tmp_path / name
        path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written


def state(register):
    known = money.books(register)
    held = money.account_balances(register)
    return (
        {known.accounts[one].name: pence for one, pence in held.items()},
        sum(held.values()) == sum(money.fund_balances(register).values()),
    )


@pytest.mark.parametrize("name", sorted(p.name for p in SAMPLES.iterdir() if p.suffix != ".md"))
def test_second_import_of_a_sample_adds_nothing_and_undo_takes_all_out(register, name):
    account = "COMMUNITY GROUP" if name == "natwest.csv" else ""
    first = bring_in(register, SAMPLES / name, account)
    before = state(register)
    assert before[1]
    assert first.added == first.transactions
    if first.closing_balance_pence is not None:
        assert first.agreed
        assert before[0][first.account] == first.closing_balance_pence
    second = bring_in(register, SAMPLES / name, account)
    assert (second.added, second.matched) == (0, first.added)
    assert second.done_before
    assert state(register) == before
    imports.undo_import(register, second.import_id)
    assert state(register) == before
    imports.undo_import(register, first.import_id)
    assert state(register) == ({}, True)
    assert statements.list_statements(register) == ()


def test_two_equal_lines_of_a_day_are_both_kept(register):
    report = bring_in(register, SAMPLES / "lloyds.csv")
    account = next(iter(money.books(register).accounts))
    subs = [r for r in money.account_book(register, account) if r.payee == "M OKAFOR SUBS"]
    assert [r.amount_pence for r in subs] == [20_00, 20_00]
    assert report.added == 6


def test_overlapping_statements_add_only_what_is_new(register, write):
    bring_in(register, write("13/09/2026,Tea,-1.00,99.00", "14/09/2026,Subs,5.00,104.00"))
    again = write(
        "14/09/2026,Subs,5.00,104.00", "14/09/2026,Subs,5.00,109.00", "20/09/2026,Jam,-2.00,107.00"
    )
    report = bring_in(register, again)
    assert (report.added, report.matched) == (2, 1)
    assert report.agreed
    assert report.book_balance_pence == 107_00


def test_line_typed_by_hand_is_offered_as_the_same_and_not_added(register, purse, write):
    typed = builders.entry(
        dt.date(2026, 9, 10), (purse.bank, purse.free, -8_00), payee="Village hall"
    )
    entry_id = money.save_entry(register, typed, today=TODAY).ids[0]
    path = write("13/09/2026,VILLAGE HALL BP,-8.00,92.00")
    prepared = statements.prepare(register, plan_of(path), "Current account", today=TODAY)
    assert [(row.fate, row.entry_id) for row in prepared.rows] == [(Fate.TYPED, entry_id)]
    report = statements.carry_out(register, prepared)
    assert (report.added, report.matched, report.agreed) == (0, 1, True)
    entry = money.get_entry(register, entry_id)
    assert entry.agreed
    assert (entry.entry_on, entry.payee) == (dt.date(2026, 9, 10), "Village hall")
    assert bring_in(register, path).added == 0
    imports.undo_import(register, report.import_id)
    kept = money.get_entry(register, entry_id)
    assert (kept.agreed, kept.bank_key, kept.bank_text) == (False, "", "")


def test_offer_that_is_declined_is_added(register, purse, write):
    typed = builders.entry(dt.date(2026, 9, 10), (purse.bank, purse.free, -8_00))
    money.save_entry(register, typed, today=TODAY)
    path = write("13/09/2026,Another hall,-8.00,84.00")
    assert bring_in(register, path, declined=frozenset({0})).added == 1
    assert money.account_balances(register)[purse.bank] == 84_00


def test_line_six_days_from_the_typed_one_is_another(register, purse, write):
    typed = builders.entry(dt.date(2026, 9, 7), (purse.bank, purse.free, -8_00))
    money.save_entry(register, typed, today=TODAY)
    assert bring_in(register, write("13/09/2026,Hall,-8.00,84.00")).added == 1


def test_same_lines_in_another_download_are_taken_as_the_same(register, write, tmp_path):
    bring_in(register, write("13/09/2026,TEA SHOP 123,-8.00,92.00"))
    other = tmp_path / "a.qif"
    other.write_text("!Type:Bank\nD13/09/2026\nT-8.00\nPTea Shop\n^\n")
    report = bring_in(register, other)
    assert (report.added, report.matched) == (0, 1)
    assert bring_in(register, other).added == 0


def test_what_left_one_account_and_came_into_another_is_one_transfer(register, purse, write):
    savings = money.save_account(
        register, AccountDraft(name="Savings", opened_on=dt.date(2026, 4, 1)), today=TODAY
    ).ids[0]
    out = write("13/09/2026,TRANSFER TO SAVINGS,-30.00,70.00", name="a.csv")
    into = write("14/09/2026,FROM CURRENT,30.00,30.00", name="b.csv")
    bring_in(register, out, "Current account")
    report = bring_in(register, into, "Savings")
    assert (report.added, report.matched, report.transfers) == (0, 1, 1)
    (row,) = money.account_book(register, savings)
    assert (row.kind, row.amount_pence) == (EntryKind.TRANSFER, 30_00)
    assert money.account_balances(register)[purse.bank] == 70_00
    assert bring_in(register, into, "Savings").added == 0
    assert bring_in(register, out, "Current account").added == 0
    imports.undo_import(register, report.import_id)
    entry = money.get_entry(register, row.entry_id)
    assert (entry.kind, len(entry.lines)) == (EntryKind.PAYMENT, 1)
    assert money.account_balances(register)[savings] == 0


def test_first_statement_taken_out_leaves_the_transfer_that_the_second_made(register, purse, write):
    money.save_account(
        register, AccountDraft(name="Savings", opened_on=dt.date(2026, 4, 1)), today=TODAY
    )
    first = bring_in(register, write("13/09/2026,TO SAVINGS,-30.00,70.00"), "Current account")
    bring_in(register, write("13/09/2026,FROM CURRENT,30.00,30.00", name="b.csv"), "Savings")
    _, counts = imports.undo_import(register, first.import_id)
    assert counts["kept_transactions"] == 1
    assert state(register)[0] == {"Current account": 70_00, "Savings": 30_00, "Petty cash": 20_00}


@pytest.fixture
def taught(register, purse, write):
    bring_in(register, write("13/09/2026,CARD PAYMENT TO TEA SHOP 4417,-8.00,92.00"))
    row = money.account_book(register, purse.bank)[0]
    entry = money.get_entry(register, row.entry_id)
    heading = purse.headings["Refreshments"]
    money.save_entry(
        register,
        builders.entry(
            entry.entry_on, (purse.bank, purse.free, -8_00, {"heading_id": heading}),
            payee="Tea Shop", bank_key=entry.bank_key, bank_text=entry.bank_text,
        ),
        row.entry_id,
        today=TODAY,
    )  # fmt: skip
    rule_id = money.learn_rule(register, row.entry_id).ids[0]
    return SimpleNamespace(rule_id=rule_id, heading=heading, entry_id=row.entry_id)


def test_what_was_taught_is_applied_and_said(register, purse, write, taught):
    assert [rule.pattern for rule in money.list_rules(register)] == ["tea shop"]
    path = write("20/09/2026,CARD PAYMENT TO TEA SHOP 9981,-3.00,89.00", "21/09/2026,Jam,-1,88.00")
    report = bring_in(register, path)
    assert [(r.pattern, r.heading, r.lines) for r in report.rules] == [
        ("tea shop", "Refreshments", 1)
    ]
    jam, tea = money.account_book(register, purse.bank)[:2]
    assert (tea.payee, tea.heading) == ("Tea Shop", "Refreshments")
    assert (jam.payee, jam.heading) == ("Jam", "")
    assert isinstance(money.forget_rule(register, taught.rule_id), Done)
    assert isinstance(money.forget_rule(register, taught.rule_id), Refused)
    assert bring_in(register, write("25/09/2026,TEA SHOP,-1.00,87.00")).rules == ()


def test_rule_that_would_overspend_tied_money_is_left_aside(register, purse, write, taught):
    entry = money.get_entry(register, taught.entry_id)
    money.save_entry(
        register, builders.entry(dt.date(2026, 9, 1), (purse.bank, purse.hall, 9_00)), today=TODAY
    )
    draft = builders.entry(
        entry.entry_on, (purse.bank, purse.hall, -8_00), payee="Tea Shop",
        bank_key=entry.bank_key, bank_text=entry.bank_text,
    )  # fmt: skip
    assert isinstance(money.save_entry(register, draft, entry.id, today=TODAY), Done)
    money.learn_rule(register, entry.id)
    report = bring_in(register, write("20/09/2026,TEA SHOP,-3.00,98.00"))
    assert report.rules == ()
    assert money.fund_balances(register)[purse.hall] == 1_00
    assert any("to be sorted" in note for note in report.notes)


def close_august(register):
    year = Period(first=dt.date(2025, 9, 1), last=dt.date(2026, 8, 31))
    assert isinstance(money.close_year(register, year, today=TODAY), Done)


def test_line_in_a_closed_year_is_named_and_the_rest_is_booked(register, purse, write):
    close_august(register)
    report = bring_in(register, write("13/08/2026,Hall,-8.00,92.00", "13/09/2026,Tea,-1.00,91.00"))
    assert report.added == 1
    assert [(p.place.row, p.code) for p in report.problems] == [(2, "year_closed")]
    assert report.skipped == 1


def test_import_in_a_year_closed_since_is_not_taken_out(register, purse, write):
    report = bring_in(register, write("13/08/2026,Hall,-8.00,92.00"))
    close_august(register)
    with pytest.raises(Stopped, match="closed"):
        imports.undo_import(register, report.import_id)
    assert money.account_balances(register)[purse.bank] == 92_00


def test_import_is_not_taken_out_from_under_tied_money(register, purse, write):
    report = bring_in(register, write("13/08/2026,Grant,50.00,150.00"))
    row = money.account_book(register, purse.bank)[0]
    draft = builders.entry(row.entry_on, (purse.bank, purse.hall, 50_00))
    money.save_entry(register, draft, row.entry_id, today=TODAY)
    money.save_entry(
        register, builders.entry(dt.date(2026, 9, 1), (purse.bank, purse.hall, -20_00)), today=TODAY
    )
    with pytest.raises(Stopped, match="Hall grant"):
        imports.undo_import(register, report.import_id)
    assert money.fund_balances(register)[purse.hall] == 30_00


def test_day_before_the_account_and_day_ahead_are_named(register, purse, write):
    report = bring_in(
        register,
        write("13/03/2026,Old,1,1.00", "13/09/2026,Tea,1.00,2.00", "13/12/2026,New,1,3.00"),
    )
    assert [p.code for p in report.problems] == ["before_account", "day_ahead"]
    assert report.added == 1


def test_earlier_statement_lets_its_account_begin_earlier(register, write):
    bring_in(register, write("13/09/2026,Tea,-1.00,99.00", "14/09/2026,Subs,5.00,104.00"))
    begun = state(register)
    report = bring_in(register, write("01/08/2026,Jam,-2.00,78.00", "30/08/2026,Gift,22.00,100.00"))
    assert (report.added, report.problems, report.agreed) == (2, (), True)
    assert state(register) == begun
    account = next(a for a in money.books(register).accounts.values() if a.kind == "bank")
    assert (account.opened_on, account.opening_pence) == (dt.date(2026, 8, 1), 80_00)
    imports.undo_import(register, report.import_id)
    account = money.books(register).accounts[account.id]
    assert (account.opened_on, account.opening_pence) == (dt.date(2026, 9, 13), 100_00)
    assert state(register) == begun


def test_account_does_not_begin_earlier_with_a_statement_that_does_not_meet_it(register, write):
    bring_in(register, write("13/09/2026,Tea,-1.00,99.00"))
    report = bring_in(register, write("01/08/2026,Jam,-2.00,78.00", "30/08/2026,Gift,2.00,80.00"))
    assert [p.code for p in report.problems] == ["before_account", "before_account"]
    assert report.added == 0


def test_account_is_found_by_its_number_and_another_number_is_not_booked(register, purse):
    bring_in(register, SAMPLES / "lloyds.csv")
    account = money.books(register).accounts[purse.bank]
    assert account.bank_code == "30-00-01 00112233"
    with pytest.raises(QuestionOpen, match="--account"):
        bring_in(register, SAMPLES / "barclays.csv")
    with pytest.raises(Stopped, match="30-00-01"):
        bring_in(register, SAMPLES / "barclays.csv", "Current account")
    with pytest.raises(Stopped, match="Did you mean Current account"):
        bring_in(register, SAMPLES / "barclays.csv", "Curent account")
    assert bring_in(register, SAMPLES / "barclays.csv", "Second").account == "Second"
    assert bring_in(register, SAMPLES / "barclays.csv").matched == 4


def test_accounts_of_one_file_are_asked_for_and_never_summed(register):
    with pytest.raises(QuestionOpen, match="GROUP SAVINGS"):
        bring_in(register, SAMPLES / "natwest.csv")
    assert bring_in(register, SAMPLES / "natwest.csv", "group savings").transactions == 1
    assert bring_in(register, SAMPLES / "natwest.csv", "COMMUNITY GROUP").transactions == 2
    assert state(register)[0] == {
        "GROUP SAVINGS": 901_12, "COMMUNITY GROUP": 544_60, "Petty cash": 0,
    }  # fmt: skip


def test_pot_is_an_account_of_its_own_money(register):
    bring_in(register, SAMPLES / "monzo.csv")
    held, agrees = state(register)
    assert agrees
    assert held["Current account pots"] == 15_00
    assert held["Current account"] == 40_00 - 17_24 - 15_00


def test_book_somebody_has_used_stays_when_its_import_goes(register):
    report = bring_in(register, SAMPLES / "lloyds.csv")
    known = money.books(register)
    bank = next(a.id for a in known.accounts.values() if a.name == "Current account")
    free = next(iter(known.funds))
    money.save_entry(register, builders.entry(dt.date(2026, 9, 9), (bank, free, 5_00)), today=TODAY)
    imports.undo_import(register, report.import_id)
    assert state(register)[0]["Current account"] == 805_00
    assert bring_in(register, SAMPLES / "lloyds.csv").added == 6


def test_statement_is_agreed_only_when_the_book_has_the_same(register, purse, write):
    bring_in(register, write("13/09/2026,Tea,-1.00,90.00"))
    (statement,) = statements.list_statements(register)
    assert not statement.agreed
    refused = statements.agree_statement(register, statement.id)
    assert "£9.00 apart" in refused.text
    draft = builders.entry(dt.date(2026, 9, 2), (purse.bank, purse.free, -9_00))
    money.save_entry(register, draft, today=TODAY)
    assert isinstance(statements.agree_statement(register, statement.id), Done)
    assert statements.list_statements(register)[0].agreed


def test_entry_in_the_bin_is_not_brought_in_again(register, purse, write):
    path = write("13/09/2026,Tea,-1.00,99.00")
    bring_in(register, path)
    money.put_entry_in_bin(register, money.account_book(register, purse.bank)[0].entry_id)
    assert bring_in(register, path).added == 0


def test_nothing_readable_is_refused_with_its_first_row(register, purse, write):
    with pytest.raises(Stopped, match="Row 2"):
        bring_in(register, write("13/09/2026,Tea,$1.00,99.00"))
    assert imports.list_imports(register) == ()


def test_report_is_kept_as_text_and_as_rows(register, purse, tmp_path):
    report = bring_in(register, SAMPLES / "paypal.csv")
    for name in ("report.txt", "report.csv"):
        statements.save_statement_report(report, tmp_path / name)
    assert "£1,020.00 in, £529.88 out" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "EUR" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")


def test_money_of_a_book_of_funds_only_goes_to_the_oldest_free_one(register, write):
    money.save_fund(register, FundDraft(name="Everyday"))
    draft = FundDraft(name="Tied", kind=FundKind.RESTRICTED, purpose="Trips")
    money.save_fund(register, draft)
    bring_in(register, write("13/09/2026,Tea,-1.00,99.00"))
    known = money.books(register)
    held = {known.funds[f].name: p for f, p in money.fund_balances(register).items()}
    assert held == {"Everyday": 99_00, "Tied": 0}


@pytest.mark.parametrize(
    "bad", ["31/02/2025,Subs,10.00,108.00", "13/01/2025,Milk, bread,-2.00,98.00"]
)
def test_statement_whose_last_row_nobody_could_read_is_not_agreed(register, write, bad):
    rows = ["12/01/2025,Start,5.00,100.00", "13/01/2025,Tea,-2.00,98.00"]
    path = write(*rows, bad)
    prepared = statements.prepare(register, plan_of(path), "", today=TODAY)
    report = statements.carry_out(register, prepared)
    assert report.problems
    assert not report.agreed
