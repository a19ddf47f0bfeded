"""The cash book: what is entered, corrected and taken back, to the penny."""

import datetime as dt
import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ledger import FUND_KINDS, EntryKind, FundDraft, FundKind, transfer
from app.services import money, registers
from app.services.result import Done, Refused
from app.storage.register import Register
from tests import builders
from tests.times import times

TODAY = dt.date(2026, 11, 3)
DAY = dt.date(2026, 10, 7)


def save(register, draft, entry_id=None):
    return money.save_entry(register, draft, entry_id, today=TODAY)


def balances(register):
    return money.account_balances(register), money.fund_balances(register)


def test_a_book_begins_with_a_bank_a_tin_and_free_money(register, purse):
    held, funds = balances(register)
    assert held == {purse.bank: 100_00, purse.cash: 20_00}
    assert funds == {purse.free: 120_00, purse.hall: 0}
    assert {"Hall hire", "Subs", "Grants"} <= set(purse.headings)


def test_a_book_begins_once(register, purse):
    assert isinstance(money.prepare_book(register, opened_on=DAY), Refused)


def test_a_payment_goes_out_of_its_account_and_its_fund(register, purse):
    draft = builders.entry(
        DAY,
        (purse.cash, purse.free, -640, {"heading_id": purse.headings["Refreshments"]}),
        payee=" Tesco ",
        method="cash",
    )
    done = save(register, draft)
    assert done.text == "add payment of £6.40 to Tesco"
    kept = money.get_entry(register, done.ids[0])
    assert (kept.payee, kept.total_pence, kept.lines[0].fund_id) == ("Tesco", -640, purse.free)
    assert balances(register)[0][purse.cash] == 13_60
    assert balances(register)[1][purse.free] == 113_60


def test_a_payment_can_be_shared_by_two_funds(register, purse):
    save(register, builders.entry(DAY, (purse.bank, purse.hall, 200_00)))
    done = save(
        register,
        builders.entry(DAY, (purse.bank, purse.hall, -20_00), (purse.bank, purse.free, -12_15)),
    )
    row = money.account_book(register, purse.bank)[0]
    assert (row.entry_id, row.funds, row.amount_pence) == (done.ids[0], 2, -32_15)
    assert row.balance_pence == balances(register)[0][purse.bank] == 267_85


def test_the_book_runs_from_the_newest_back_with_the_balance_after_each(register, purse):
    for day, pence in ((5, -10_00), (3, 50_00), (5, -1_00)):
        save(register, builders.entry(dt.date(2026, 10, day), (purse.bank, purse.free, pence)))
    rows = money.account_book(register, purse.bank)
    assert [(row.entry_on.day, row.amount_pence, row.balance_pence) for row in rows] == [
        (5, -1_00, 139_00),
        (5, -10_00, 140_00),
        (3, 50_00, 150_00),
    ]
    assert [
        row.balance_pence for row in money.account_book(register, purse.bank, limit=1, offset=1)
    ] == [140_00]


def test_tied_money_is_not_spent_before_it_came(register, purse):
    save(register, builders.entry(dt.date(2026, 10, 20), (purse.bank, purse.hall, 50_00)))
    answer = save(register, builders.entry(DAY, (purse.bank, purse.hall, -45_00)))
    assert isinstance(answer, Refused)
    assert answer.text == (
        "Hall grant would be £45.00 below nothing on Wed 7 Oct 2026. Take the rest from free "
        "money, or lend it from another fund and note the loan."
    )
    assert balances(register)[1][purse.hall] == 50_00
    assert isinstance(
        save(register, builders.entry(dt.date(2026, 10, 20), (purse.bank, purse.hall, -50_00))),
        Done,
    )


def test_free_money_may_be_overdrawn_as_a_bank_allows_it(register, purse):
    assert isinstance(save(register, builders.entry(DAY, (purse.bank, purse.free, -500_00))), Done)


def test_money_that_was_spent_since_cannot_be_taken_back(register, purse):
    came = save(register, builders.entry(DAY, (purse.bank, purse.hall, 50_00)))
    save(register, builders.entry(DAY, (purse.bank, purse.hall, -50_00)))
    answer = money.put_entry_in_bin(register, came.ids[0])
    assert [p.code for p in answer.problems] == ["fund_below_nothing"]
    assert money.get_entry(register, came.ids[0]).binned is False
    later = replace(builders.entry(TODAY, (purse.bank, purse.hall, 50_00)))
    assert isinstance(save(register, later, came.ids[0]), Refused)


def test_a_fund_cannot_be_tied_while_it_is_overdrawn(register, purse):
    extra = money.save_fund(register, FundDraft(name="Trip")).ids[0]
    save(register, builders.entry(DAY, (purse.bank, extra, -1_00)))
    tied = FundDraft(name="Trip", kind=FundKind.RESTRICTED, purpose="The trip")
    answer = money.save_fund(register, tied, extra)
    assert [p.code for p in answer.problems] == ["fund_below_nothing"]


def test_the_bin_counts_for_nothing_and_gives_back(register, purse):
    done = save(register, builders.entry(DAY, (purse.bank, purse.free, -9_00)))
    before = balances(register)
    money.put_entry_in_bin(register, done.ids[0])
    assert balances(register)[0][purse.bank] == 100_00
    assert money.account_book(register, purse.bank) == ()
    assert isinstance(money.put_entry_in_bin(register, done.ids[0]), Refused)
    money.take_entry_out_of_bin(register, done.ids[0])
    assert balances(register) == before


def test_a_closed_year_is_not_changed(register, purse):
    done = save(register, builders.entry(DAY, (purse.bank, purse.free, -9_00)))
    with register.transaction("year.close"):
        values = {"ends_on": "2026-10-31", "starts_on": "2025-11-01", "closed_at": "x"}
        register.insert("closed_year", values)
    late = builders.entry(DAY, (purse.bank, purse.free, -1_00))
    moved = builders.entry(TODAY, (purse.bank, purse.free, -9_00))
    for answer in (
        save(register, late),
        save(register, moved, done.ids[0]),
        money.put_entry_in_bin(register, done.ids[0]),
    ):
        assert [p.code for p in answer.problems] == ["year_closed"]
    assert isinstance(save(register, moved), Done)


def test_the_money_journal_keeps_what_stood_there(register, purse):
    done = save(register, builders.entry(DAY, (purse.bank, purse.free, -9_00), payee="Hall"))
    assert register.rows("SELECT * FROM money_journal") == []
    save(register, builders.entry(DAY, (purse.bank, purse.free, -8_00), payee="Hall"), done.ids[0])
    money.put_entry_in_bin(register, done.ids[0])
    noted = register.rows("SELECT use_case, before FROM money_journal ORDER BY id")
    amounts = [json.loads(row["before"])["lines"][0]["amount_pence"] for row in noted]
    assert [(row["use_case"], pence) for row, pence in zip(noted, amounts, strict=True)] == [
        ("money.save", -9_00),
        ("money.bin", -8_00),
    ]


def test_saving_an_entry_as_it_is_changes_nothing(register, purse):
    draft = builders.entry(DAY, (purse.bank, purse.free, -9_00), payee="Village hall")
    done = save(register, draft)
    before = builders.dump(register)
    again = save(register, draft, done.ids[0])
    assert (again.ids, again.changes) == (done.ids, frozenset())
    assert builders.dump(register) == before
    assert register.value("SELECT count(*) FROM money_journal") == 0


def test_undoing_leaves_the_money_journal_as_it_is(register, purse):
    done = save(register, builders.entry(DAY, (purse.bank, purse.free, -9_00)))
    save(register, builders.entry(DAY, (purse.bank, purse.free, -8_00)), done.ids[0])
    register.play(register.take_step(), use_case="undo")
    assert money.get_entry(register, done.ids[0]).total_pence == -9_00
    assert register.value("SELECT count(*) FROM money_journal") == 1


def test_a_change_is_named_for_the_undo_menu(register, purse):
    moved = transfer(
        entry_on=DAY, amount_pence=30_00, accounts=(purse.bank, purse.cash),
        funds=(purse.free, purse.free),
    )  # fmt: skip
    assert save(register, moved).text == "add transfer of £30.00"
    assert balances(register)[0] == {purse.bank: 70_00, purse.cash: 50_00}
    assert balances(register)[1][purse.free] == 120_00


def test_what_nothing_names_can_go_and_what_is_used_stays(register, purse):
    spare = money.save_fund(register, FundDraft(name="Spare")).ids[0]
    assert isinstance(money.remove_fund(register, spare), Done)
    save(register, builders.entry(DAY, (purse.bank, purse.hall, 1_00)))
    assert [p.code for p in money.remove_fund(register, purse.hall).problems] == ["in_use_already"]
    assert [p.code for p in money.remove_account(register, purse.bank).problems] == [
        "in_use_already"
    ]


def test_names_are_not_given_twice(register, purse):
    answer = money.save_fund(register, FundDraft(name="hall GRANT"))
    assert [p.code for p in answer.problems] == ["money_name_taken"]
    answer = money.save_heading(register, "hall hire", EntryKind.PAYMENT)
    assert [p.code for p in answer.problems] == ["money_name_taken"]
    assert isinstance(money.save_heading(register, "Hall hire", EntryKind.RECEIPT), Done)


def test_every_kind_of_fund_has_its_words():
    assert set(FUND_KINDS) == set(FundKind)


# --- any sequence ------------------------------------------------------------------------------

AMOUNT = st.integers(1, 90_00)
PLACES = st.tuples(st.sampled_from(["bank", "cash"]), st.sampled_from(["free", "hall"]))
STEP = st.one_of(
    st.tuples(st.just("in"), st.lists(st.tuples(PLACES, AMOUNT), min_size=1, max_size=3)),
    st.tuples(st.just("out"), st.lists(st.tuples(PLACES, AMOUNT), min_size=1, max_size=3)),
    st.tuples(st.just("move"), st.tuples(PLACES, PLACES, AMOUNT)),
    st.tuples(st.just("edit"), st.tuples(st.integers(0, 9), PLACES, AMOUNT)),
    st.tuples(st.just("bin"), st.integers(0, 9)),
    st.tuples(st.just("unbin"), st.integers(0, 9)),
    st.tuples(st.just("undo"), st.none()),
)


def carry_out(register, purse, step, made, day):
    what, how = step
    if what in {"in", "out"}:
        sign = 1 if what == "in" else -1
        parts = [(getattr(purse, a), getattr(purse, f), sign * pence) for (a, f), pence in how]
        return save(register, builders.entry(day, *parts))
    if what == "move":
        (from_a, from_f), (to_a, to_f), pence = how
        return save(
            register,
            transfer(
                entry_on=day, amount_pence=pence, minute="agreed",
                accounts=(getattr(purse, from_a), getattr(purse, to_a)),
                funds=(getattr(purse, from_f), getattr(purse, to_f)),
            ),
        )  # fmt: skip
    if what == "undo":
        taken = register.take_step()
        return register.play(taken, use_case="undo") if taken else None
    number = how[0] if what == "edit" else how
    entry_id = made[number % len(made)] if made else None
    if entry_id is None:
        return None
    if what == "edit":
        (account, fund), pence = how[1], how[2]
        part = (getattr(purse, account), getattr(purse, fund), -pence)
        return save(register, builders.entry(day, part), entry_id)
    move = money.put_entry_in_bin if what == "bin" else money.take_entry_out_of_bin
    return move(register, entry_id)


@settings(max_examples=times(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(STEP, st.integers(0, 60)), max_size=14))
def test_accounts_are_funds_to_the_penny_whatever_is_done(steps):
    register = Register.in_memory(now=lambda: dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC))
    register.keep_undo()
    money.prepare_book(register, opened_on=dt.date(2026, 4, 1), bank_pence=100_00, cash_pence=20_00)
    tied = FundDraft(name="Hall", kind=FundKind.RESTRICTED, purpose="Hall hire")
    hall = money.save_fund(register, tied).ids[0]
    known = money.books(register)
    bank, cash = known.accounts
    purse = type("Purse", (), {})()
    purse.bank, purse.cash, purse.hall = bank, cash, hall
    purse.free = next(f for f in known.funds if f != hall)
    made, undone = [], False
    for step, days in steps:
        answer = carry_out(register, purse, step, made, TODAY - dt.timedelta(days=days))
        undone = undone or step[0] == "undo"
        if isinstance(answer, Done) and step[0] in {"in", "out", "move"}:
            made.extend(answer.ids)
        held, funds = balances(register)
        assert sum(held.values()) == sum(funds.values())
        for account in held:
            rows = money.account_book(register, account)
            assert not rows or rows[0].balance_pence == held[account]
        assert undone or funds[hall] >= 0
    assert registers.check(register) == ()
    register.close()
