"""Whatever stands in a statement comes back to the penny; whatever the bytes, a plan or a sentence."""

import csv
import datetime as dt
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.money import plain_pounds
from app.importers.bank.amounts import read_amount, writes_commas
from app.importers.bank.reading import read_statement
from app.importers.bank.records import StatementOptions
from app.importers.refusals import CannotRead

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "importers" / "bank"
ASKED = StatementOptions(today=dt.date(2026, 11, 3))
QUICK = settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip

PENCE = st.integers(-9_999_999, 9_999_999).filter(bool)
LINES = st.lists(
    st.tuples(
        st.dates(dt.date(2020, 1, 1), dt.date(2026, 10, 31)),
        st.text("abcdefgh ,\"'éß", min_size=1, max_size=20).map(lambda text: f"x{text}"),
        PENCE,
    ),
    min_size=1, max_size=15,
)  # fmt: skip


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([*header, *rows])


def balances(lines, opening=5_000):
    held = opening
    for line in lines:
        held += line[2]
        yield held


@QUICK
@given(lines=LINES, newest_first=st.booleans())
def test_lines_of_a_layout_come_back_to_the_penny(tmp_path, lines, newest_first):
    lines = sorted(lines, key=lambda line: line[0])
    rows = [
        (f"{day:%d/%m/%Y}", "FPI", "'30-00-01", "00112233", text,
         plain_pounds(-pence) if pence < 0 else "", plain_pounds(pence) if pence > 0 else "",
         plain_pounds(held))
        for (day, text, pence), held in zip(lines, balances(lines), strict=True)
    ]  # fmt: skip
    header = ["Transaction Date", "Transaction Type", "Sort Code", "Account Number", "Transaction Description", "Debit Amount", "Credit Amount", "Balance"]  # fmt: skip
    write(tmp_path / "a.csv", [header], rows[::-1] if newest_first else rows)
    (part,) = read_statement(tmp_path / "a.csv", ASKED).accounts
    read = part.rows[::-1] if newest_first and lines[0][0] != lines[-1][0] else part.rows
    if lines[0][0] != lines[-1][0]:
        assert [(r.day, r.amount_pence) for r in read] == [(d, p) for d, _, p in lines]
        assert part.opening_pence == 5_000
    assert sum(r.amount_pence for r in part.rows) == sum(p for _, _, p in lines)
    assert part.difference_pence == 0


@QUICK
@given(lines=LINES)
def test_lines_without_a_header_come_back_to_the_penny(tmp_path, lines):
    rows = [(f"{day:%d/%m/%Y}", text, f"{p / 100:,.2f}") for day, text, p in lines]
    write(tmp_path / "a.csv", [], rows)
    plan = read_statement(tmp_path / "a.csv", ASKED)
    assert [(r.day, r.amount_pence) for r in plan.accounts[0].rows] == [
        (d, p) for d, _, p in lines
    ]  # fmt: skip


@given(PENCE)
def test_amounts_are_read_however_they_are_written(pence):
    points = f"{pence / 100:,.2f}"
    commas = points.translate(str.maketrans(",.", ".,"))
    assert read_amount(points) == pence
    assert read_amount(f"£{points}".replace("£-", "-£")) == pence
    assert read_amount(pence / 100) == pence
    assert read_amount(f"{abs(pence) / 100:.2f} {'CR' if pence > 0 else 'DR'}") == pence
    assert read_amount(commas, comma=writes_commas([commas])) == pence


@QUICK
@given(
    st.binary(max_size=400), st.sampled_from(sorted(p.name for p in SAMPLES.iterdir())), st.data()
)
def test_any_bytes_are_a_plan_or_a_sentence(tmp_path, noise, name, data):
    content = (SAMPLES / name).read_bytes()
    at = data.draw(st.integers(0, len(content)))
    until = data.draw(st.integers(at, len(content)))
    path = tmp_path / "noise.csv"
    path.write_bytes(content[:at] + noise + content[until:])
    try:
        plan = read_statement(path, ASKED)
    except CannotRead as refused:
        assert "noise.csv" in str(refused)
    else:
        assert all(row.amount_pence for part in plan.accounts for row in part.rows)
