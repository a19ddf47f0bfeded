"""Every layout of a bank, from a sample of it: sums, balances, days, and what is left out."""

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest

from app.importers import bank as importers
from app.importers.bank.layouts import LAYOUTS, NAMED_ABOVE
from app.importers.bank.reading import read_statement
from app.importers.bank.records import StatementOptions
from app.importers.base import DateOrder
from app.importers.refusals import CannotRead
from app.services import statements

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "importers" / "bank"
TODAY = dt.date(2026, 11, 3)
ASKED = StatementOptions(today=TODAY)

# file: format, lines, in, out, opening, closing, first day, last day
COMES_TO = {
    "lloyds.csv": ("Lloyds", 6, 540_00, 171_67, 800_00, 1168_33, 1, 30),
    "barclays.csv": ("Barclays", 4, 35_50, 319_99, None, None, 2, 28),
    "hsbc.csv": ("HSBC", 3, 2000_00, 1251_75, None, None, 2, 13),
    "nationwide.csv": ("Nationwide", 3, 1500_00, 145_00, 550_00, 1905_00, 1, 29),
    "starling.csv": ("Starling", 3, 12_00, 108_60, 310_00, 213_40, 2, 25),
    "monzo.csv": ("Monzo", 3, 40_00, 17_24, None, None, 3, 20),
    "santander.txt": ("Santander", 2, 150_00, 7_20, 700_00, 842_80, 11, 24),
    "caf_bank.csv": ("CAF Bank", 2, 150_00, 19_00, 1000_00, 1131_00, 1, 16),
    "paypal.csv": ("PayPal", 3, 1020_00, 529_88, 200_00, 690_12, 2, 9),
    "ofx1.ofx": ("OFX", 3, 64_10, 28_00, None, 236_10, 3, 10),
    "ofx2.ofx": ("OFX", 2, 100_00, 33_33, None, 166_67, 7, 21),
    "qif.qif": ("QIF", 2, 1200_50, 1050_00, 400_00, None, 3, 17),
    "unknown.csv": ("columns", 3, 61_00, 34_20, 100_00, 126_80, 1, 19),
}


SAMPLES_OF = {
    "Lloyds": ("lloyds.csv",), "Barclays": ("barclays.csv",), "HSBC": ("hsbc.csv",),
    "Nationwide": ("nationwide.csv",), "NatWest": ("natwest.csv",), "Starling": ("starling.csv",),
    "Monzo": ("monzo.csv",), "Santander": ("santander.txt",), "CAF Bank": ("caf_bank.csv",),
    "PayPal": ("paypal.csv",), "OFX": ("ofx1.ofx", "ofx2.ofx"), "QIF": ("qif.qif",),
    "columns": ("unknown.csv",),
}  # fmt: skip
"""Every layout a statement can be in, and the samples that show it is read."""


def read(name, options=ASKED):
    return read_statement(SAMPLES / name, options)


@pytest.mark.parametrize("name", COMES_TO)
def test_sample_comes_to_what_it_says(name):
    plan = read(name)
    (part,) = plan.accounts
    days = (part.first_day, part.last_day)
    assert all((day.year, day.month) == (2026, 9) for day in days)
    assert (
        plan.format, len(part.rows), part.in_pence, part.out_pence, part.opening_pence,
        part.closing_pence, days[0].day, days[1].day,
    ) == COMES_TO[name]  # fmt: skip
    assert part.difference_pence in {0, None}
    assert plan.questions == ()


def test_every_sample_is_looked_at():
    there = {path.name for path in SAMPLES.iterdir()} - {"README.md", "natwest.csv"}
    assert there == set(COMES_TO)


def test_every_layout_the_program_knows_has_a_sample():
    known = {layout.format for layout in LAYOUTS} | {name for name, _ in NAMED_ABOVE}
    named = set()
    for source in Path(importers.__file__).parent.glob("*.py"):
        named |= set(re.findall(r'format="([^"]+)"', source.read_text(encoding="utf-8")))
    assert known | named <= set(SAMPLES_OF)
    assert {name for names in SAMPLES_OF.values() for name in names} == {
        path.name for path in SAMPLES.iterdir()
    } - {"README.md"}


@pytest.mark.parametrize(
    ("layout", "name"), [(one, name) for one, names in SAMPLES_OF.items() for name in names]
)
def test_sample_is_read_as_its_layout_and_told_in_the_list(layout, name):
    assert read(name).format == layout
    assert f"`{name}`" in (SAMPLES / "README.md").read_text(encoding="utf-8")


def test_accounts_of_one_file_are_kept_apart():
    first, second = read("natwest.csv").accounts
    assert (first.name, first.opening_pence, first.closing_pence) == (
        "COMMUNITY GROUP", 500_00, 544_60,
    )  # fmt: skip
    assert (second.code, second.in_pence, second.closing_pence) == (
        "600001-33334444", 1_12, 901_12,
    )  # fmt: skip
    assert first.rows[1].payee == "SEED SHOP"


def test_text_and_number_of_the_account_are_tidy():
    (part,) = read("barclays.csv").accounts
    assert part.code == "20-00-00 12345678"
    assert (part.rows[0].payee, part.rows[0].text) == (
        "VILLAGE HALL", "VILLAGE HALL SEPT RENT BBP",
    )  # fmt: skip
    assert read("lloyds.csv").accounts[0].code == "30-00-01 00112233"
    assert read("santander.txt").accounts[0].rows[1].text == "BILL PAYMENT FROM MRS E SØRENSEN"
    assert read("nationwide.csv").accounts[0].rows[2].payee == "Café Olé"
    assert read("ofx1.ofx").accounts[0].rows[0].payee == "Fish & Chips Night"


def test_fee_is_a_payment_of_its_own_and_pending_and_foreign_lines_are_named():
    (part,) = read("paypal.csv").accounts
    assert [row.amount_pence for row in part.rows] == [1020_00, -29_88, -500_00]
    assert part.rows[1].payee == "PayPal fee"
    assert [(s.place.row, s.value) for s in part.skipped] == [(3, "Pending")]
    assert [(p.place.row, p.place.column, p.value) for p in part.problems] == [(4, "G", "EUR")]


def test_move_into_a_pot_is_neither_in_nor_out():
    (part,) = read("monzo.csv").accounts
    assert [(r.amount_pence, r.own_money) for r in part.rows][2] == (-15_00, True)


def spoilt(tmp_path, name, old, new, into=None):
    content = (SAMPLES / name).read_bytes()
    assert old.encode() in content
    path = tmp_path / (into or name)
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))
    return path


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "value"),
    [
        ("14/09/2026", "31/02/2026", 5, "A", "31/02/2026"),
        (",120.00,", ",$120,", 6, "F", "$120"),
        (",120.00,", ",twelve,", 6, "F", "twelve"),
        (",120.00,", ",,", 6, "F", ""),
        ('"TEA, TOAST AND CO 4417"', "TEA, TOAST AND CO 4417", 5, "I", "1170.50"),
    ],
)
def test_row_that_cannot_be_read_is_named_and_never_made_up(tmp_path, old, new, row, column, value):
    plan = read_statement(spoilt(tmp_path, "lloyds.csv", old, new), ASKED)
    (part,) = plan.accounts
    problem = next(p for p in part.problems if p.place.row == row)
    assert (problem.place.column, problem.value) == (column, value)
    assert len(part.rows) == 5
    assert part.difference_pence
    assert TODAY not in {r.day for r in part.rows}


def test_statement_that_is_two_pence_out_says_so_and_where(tmp_path):
    path = spoilt(tmp_path, "lloyds.csv", "1168.33", "1168.35")
    (part,) = read_statement(path, ASKED).accounts
    assert part.difference_pence == 2
    assert [(p.place.row, p.value) for p in part.problems] == [(2, "£0.02")]


@pytest.mark.parametrize("name", ["lloyds.xls", "lloyds.xlsx", "lloyds.ofx", "lloyds"])
def test_file_is_read_by_its_bytes_whatever_it_is_called(tmp_path, name):
    path = spoilt(tmp_path, "lloyds.csv", "SEASIDE", "SEASIDE", into=name)
    assert read_statement(path, ASKED).accounts[0].closing_pence == 1168_33


def test_workbook_is_read_to_the_penny(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Details", "Paid out", "Paid in", "Balance"])
    book.active.append([dt.date(2026, 9, 1), "Hall", 12.1, None, 87.9])
    book.active.append([dt.date(2026, 9, 3), "Subs", None, 0.1 + 0.2, 88.2])
    book.save(tmp_path / "statement.csv")
    (part,) = read_statement(tmp_path / "statement.csv", ASKED).accounts
    assert [r.amount_pence for r in part.rows] == [-12_10, 30]
    assert (part.opening_pence, part.closing_pence) == (100_00, 88_20)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("ofx1.ofx", "<CURDEF>GBP", "<CURDEF>EUR", "other_currency"),
        ("ofx1.ofx", "</OFX>", "", "statement_damaged"),
        ("starling.csv", "Amount (GBP)", "Amount (USD)", "other_currency"),
        ("caf_bank.csv", "16/09/2026,POND LINER LTD,19.00,", "", None),
    ],
)
def test_file_of_other_money_or_cut_short_is_refused(tmp_path, name, old, new, reason):
    path = spoilt(tmp_path, name, old, new)
    if reason is None:
        assert read_statement(path, ASKED).accounts[0].difference_pence == -19_00
        return
    with pytest.raises(CannotRead) as refused:
        read_statement(path, ASKED)
    assert refused.value.reason == reason


def test_dates_of_qif_are_settled_from_the_whole_file_or_asked(tmp_path):
    path = tmp_path / "a.qif"
    path.write_text("!Type:Bank\nD03/04/2026\nT5.00\nPTea\n^\n")
    (question,) = read_statement(path, ASKED).questions
    assert question.kind == "dates"
    told = read_statement(path, StatementOptions(today=TODAY, dates=DateOrder.MDY))
    assert told.accounts[0].first_day == dt.date(2026, 3, 4)
    path.write_text("!Type:Bank\nD3/ 4'26\nT5.00\nPTea\n^\nD4/25'26\nT-5.00\nPTea\n^\n")
    assert read_statement(path, ASKED).accounts[0].first_day == dt.date(2026, 3, 4)


def test_columns_nothing_tells_apart_are_asked_and_remembered(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Day,Thing,Alpha,Beta\n13/09/2026,Tea,1.00,\n14/09/2026,Subs,,2.00\n")
    plan = read_statement(path, ASKED)
    assert [question.kind for question in plan.questions] == ["columns"]
    said = StatementOptions(today=TODAY, columns={"Alpha": "out", "Beta": "in"})
    told = read_statement(path, said)
    assert [r.amount_pence for r in told.accounts[0].rows] == [-1_00, 2_00]
    assert statements.recall_columns(plan, ASKED) is None
    statements.remember_columns(told)
    again = read_statement(path, statements.recall_columns(plan, ASKED))
    assert again.accounts == told.accounts
    statements.forget_columns(plan)
    assert statements.recall_columns(plan, ASKED) is None


def test_unsigned_amount_goes_by_debit_and_credit(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(
        "Date,Type,Details,Amount\n13/09/2026,Debit,Tea,1.00\n14/09/2026,Credit,Subs,2.00\n"
    )
    (part,) = read_statement(path, ASKED).accounts
    assert [r.amount_pence for r in part.rows] == [-1_00, 2_00]
