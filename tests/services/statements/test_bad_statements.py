"""A statement with one thing wrong in it: named by row, column and value; never half an import."""

import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest

from app.domain.errors import AppError, QuestionOpen
from app.domain.ledger import AccountDraft
from app.domain.periods import Period
from app.services import money, registers, statements
from app.services.statements import StatementOptions
from app.storage import statements as stored
from tests import builders

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "importers" / "bank"
TODAY = dt.date(2026, 11, 3)
DAYS = {1: 1, 3: 1, 14: 1, 21: 2, 30: 1}
"""How many lines of the sample are dated on each day of its month."""


def spoilt(tmp_path, old="", new="", name="lloyds.csv", into=""):
    """Write a sample with one thing in it changed."""
    content = (SAMPLES / name).read_text(encoding="utf-8")
    assert old in content
    path = tmp_path / (into or name)
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    return path


def bring_in(register, path, account=""):
    """Import a statement; return what was said of it, line by line, and the report."""
    plan = statements.read_statement(path, StatementOptions(today=TODAY))
    report = statements.carry_out(
        register, statements.prepare(register, plan, account, today=TODAY)
    )
    return statements.problem_lines(report), report


def entered(register):
    """Return (day, pence) of every entry, oldest first."""
    work = money.look_through(register, money.WantedMoney())
    while True:
        try:
            next(work)
        except StopIteration as end:
            found = [money.get_entry(register, one) for one in reversed(end.value.ids)]
            return [(one.entry_on, one.total_pence) for one in found]


def holds_nothing_made_up(register, without):
    """Whether the book has the sample's lines but for the one of a day, and nothing besides."""
    days = [day.day for day, _ in entered(register)]
    wanted = [day for day, times in DAYS.items() for _ in range(times - (day == without))]
    amounts = [pence for _, pence in entered(register)]
    return sorted(days) == wanted and 0 not in amounts and registers.check(register) == ()


def test_statement_two_pence_out_is_said_and_not_called_agreed(register, tmp_path):
    said, report = bring_in(register, spoilt(tmp_path, "1168.33", "1168.35"))
    assert any("£0.02 less than its closing balance" in one for one in said)
    assert any(one.startswith("Row 2") and "£0.02" in one for one in said)
    assert not report.agreed
    assert holds_nothing_made_up(register, without=None)


@pytest.mark.parametrize(
    ("old", "new", "place", "value", "day"),
    [
        ('"TEA, TOAST AND CO 4417"', "TEA, TOAST AND CO 4417", "Row 5, column I", "1170.50", 14),
        ("14/09/2026", "31/02/2026", "Row 5, column A", "31/02/2026", 14),
        (",120.00,", ",$120,", "Row 6, column F", "$120", 3),
        (",120.00,", ",120.00 EUR,", "Row 6, column F", "120.00 EUR", 3),
        (",120.00,", ",a dozen,", "Row 6, column F", "a dozen", 3),
    ],
    ids=["unquoted comma", "31 February", "$120", "euros", "words"],
)
def test_row_is_named_with_column_and_value_and_left_out(
    register, tmp_path, old, new, place, value, day
):
    said, report = bring_in(register, spoilt(tmp_path, old, new))
    assert any(one.startswith(f"{place}: ") and value in one for one in said), said
    assert (report.added, report.skipped, report.agreed) == (5, 1, False)
    assert report.difference_pence
    assert holds_nothing_made_up(register, without=day)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("ofx1.ofx", "<CURDEF>GBP", "<CURDEF>EUR", "EUR"),
        ("starling.csv", "Amount (GBP)", "Amount (USD)", "USD"),
    ],
)
def test_file_in_another_currency_is_refused_whole(register, tmp_path, name, old, new, said):
    before = builders.dump(register)
    with pytest.raises(AppError, match=said) as refused:
        bring_in(register, spoilt(tmp_path, old, new, name))
    assert "nothing was" in refused.value.text.lower()
    assert builders.dump(register) == before


def test_two_accounts_in_one_file_are_asked_for_and_nothing_is_booked(register):
    before = builders.dump(register)
    with pytest.raises(QuestionOpen, match=r"2 accounts: .*COMMUNITY GROUP.*GROUP SAVINGS"):
        bring_in(register, SAMPLES / "natwest.csv")
    assert builders.dump(register) == before
    _, report = bring_in(register, SAMPLES / "natwest.csv", "GROUP SAVINGS")
    assert report.closing_balance_pence == 901_12
    assert sum(money.account_balances(register).values()) == 901_12


def test_same_file_twice_adds_nothing_and_says_when_it_was(register):
    _, first = bring_in(register, SAMPLES / "lloyds.csv")
    before = entered(register)
    _, second = bring_in(register, SAMPLES / "lloyds.csv")
    assert (first.added, second.added, second.matched) == (6, 0, 6)
    assert any(
        "The very same file was imported before" in one
        for one in statements.statement_lines(second)
    )
    assert entered(register) == before


def test_csv_called_xls_is_read_by_its_bytes(register, tmp_path):
    _, report = bring_in(register, spoilt(tmp_path, into="statement.xls"))
    assert (report.format, report.added, report.agreed) == ("Lloyds", 6, True)


def test_line_in_a_closed_year_is_named_and_left_out(register, purse, tmp_path):
    year = Period(first=dt.date(2025, 4, 1), last=dt.date(2026, 3, 31))
    account = next(iter(money.books(register).accounts.values()))
    early = dt.date(2026, 3, 1)
    fields = {one.name: getattr(account, one.name) for one in dataclasses.fields(AccountDraft)}
    draft = AccountDraft(**{**fields, "opened_on": early})
    assert money.save_account(register, draft, account.id, today=TODAY).ids
    assert money.close_year(register, year, approved_on=TODAY, today=TODAY).changes
    path = tmp_path / "a.csv"
    path.write_text(
        "Date,Description,Amount\n30/03/2026,Tea,-1.00\n02/04/2026,Jam,-2.00\n", encoding="utf-8"
    )
    said, report = bring_in(register, path, account.name)
    assert any("The year that ended on Tue 31 Mar 2026 is closed" in one for one in said)
    assert any(one.startswith("Row 2") for one in said)
    assert report.added == 1
    assert entered(register) == [(dt.date(2026, 4, 2), -2_00)]


def test_disk_that_fills_up_half_way_leaves_no_part_of_an_import(register, monkeypatch):
    before = builders.dump(register)
    real = stored.add_entries

    def half(register, drafts, **more):
        real(register, drafts[: len(drafts) // 2], **more)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored, "add_entries", half)
    with pytest.raises(OSError, match="No space"):
        bring_in(register, SAMPLES / "lloyds.csv")
    monkeypatch.undo()
    assert builders.dump(register) == before
    assert bring_in(register, SAMPLES / "lloyds.csv")[1].added == 6


def test_report_for_other_programs_has_row_column_and_value(register, tmp_path):
    _, report = bring_in(register, spoilt(tmp_path, ",120.00,", ",$120,"))
    (found,) = [one for one in report.problems if one.place.row == 6]
    told = {"row": found.place.row, "column": found.place.column, "value": found.value}
    assert json.loads(json.dumps(told)) == {"row": 6, "column": "F", "value": "$120"}
