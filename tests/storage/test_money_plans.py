"""What Home and Money ask at every opening is read from indexes alone, however long the book."""

import datetime as dt

from app.domain.grants import GrantDraft, GrantState
from app.services import money
from app.storage import grants
from tests import builders

BEGUN, DAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def plan(register, sql, values=None):
    return " ".join(row[3] for row in register.rows(f"EXPLAIN QUERY PLAN {sql}", values or {}))


def test_sums_of_accounts_and_funds_never_touch_the_lines(register):
    for column, index in (("account_id", "entry_line_account"), ("fund_id", "entry_line_fund")):
        sql = f"SELECT {column}, sum(amount_pence) FROM entry_line GROUP BY 1"
        assert f"USING COVERING INDEX {index}" in plan(register, sql)
    bin_first = "SELECT l.fund_id FROM entry e CROSS JOIN entry_line l ON l.entry_id = e.id"
    assert "entry_bin" in plan(register, f"{bin_first} WHERE e.binned_at IS NOT NULL")


def test_grants_are_read_by_their_own_lines(register):
    sql, values = grants._MOVED, {"grants": "[]", "without": None, "last": None}
    assert "USING COVERING INDEX entry_line_grant" in plan(register, sql, values)


def test_balances_of_a_day_leave_out_the_bin_and_what_came_later(register):
    today = dt.date(2026, 11, 3)
    money.prepare_book(register, opened_on=BEGUN, bank_pence=100_00)
    known = money.books(register)
    (bank, *_), (free,) = known.accounts, known.funds
    for day, pence in ((DAY, -1_00), (DAY, -2_00), (dt.date(2026, 6, 1), -4_00)):
        entry = money.save_entry(register, builders.entry(day, (bank, free, pence)), today=today)
        if pence == -2_00:
            money.put_entry_in_bin(register, entry.ids[0])
    for ends, held in ((None, 95_00), (DAY, 99_00), (BEGUN, 100_00), (dt.date(2026, 3, 1), 0)):
        assert money.account_balances(register, ends)[bank] == held
        assert money.fund_balances(register, ends)[free] == held


def test_running_grants_are_those_awarded(register):
    money.prepare_book(register, opened_on=BEGUN)
    (free,) = money.books(register).funds
    for state in (GrantState.AWARDED, GrantState.CLOSED, GrantState.APPLIED):
        draft = GrantDraft(
            reference=state.value, funder="Council", state=state, fund_id=free, awarded_pence=9_00
        )
        money.save_grant(register, draft)
    assert [one.grant.reference for one in money.grant_standings(register, running=True)] == [
        "awarded"
    ]
    assert len(money.grant_standings(register)) == 2
