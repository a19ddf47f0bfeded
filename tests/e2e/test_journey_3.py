"""Journey 3, treasurer's Saturday: the bank's file in, each line its heading, warned before saving."""

import datetime as dt
import json
import time

import pytest

from app.domain.grants import BudgetRow, GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind
from app.services import money, registers, statements
from app.services.statements import StatementOptions
from tests import builders
from tests.e2e.conftest import wait_for
from tests.e2e.steps import enter, is_gone, save_pages, words_of

HEAD = (
    "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
    "Debit Amount,Credit Amount,Balance"
)
OPENING = 1_000_00
AWARDS = {"TC-26": 400_00, "CT-9": 600_00}
MOST_STROKES = 48
"""What five lines cost, the letters of headings and grants among them."""
MOST_SECONDS = 180


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


def ago(this_day, days):
    return this_day - dt.timedelta(days=days)


def statement(path, this_day, balance, *rows):
    """Write a bank's file, the newest line first; each row is (days ago, kind, words, pence)."""
    lines = []
    for days, kind, words, pence in sorted(rows, key=lambda row: -row[0]):
        balance += pence
        sides = f"{-pence / 100:.2f}," if pence < 0 else f",{pence / 100:.2f}"
        when = f"{ago(this_day, days):%d/%m/%Y}"
        lines.append(f"{when},{kind},'30-00-01,00112233,{words},{sides},{balance / 100:.2f},")
    path.write_text("\n".join([HEAD + ",", *reversed(lines)]) + "\n", encoding="utf-8")
    return balance


@pytest.fixture
def book(tmp_path, this_day, hallbook):
    """A cash book with two grants, last month's statement, a rule it taught, and one line typed."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    begun = ago(this_day, 80)
    with registers.open_register(path) as register:
        builders.activity(register, name="Clay Club")
        money.prepare_book(register, opened_on=begun, bank_pence=OPENING, cash_pence=20_00)
        known = money.books(register)
        bank, _ = known.accounts
        heads = {heading.name: heading.id for heading in known.headings.values()}
        for reference, funder, ends in (
            ("TC-26", "Town Council", ago(this_day, 10)),
            ("CT-9", "Community Trust", this_day + dt.timedelta(days=200)),
        ):
            tied = FundDraft(name=f"{funder} grant", kind=FundKind.RESTRICTED, purpose="Clay Club")
            fund = money.save_fund(register, tied).ids[0]
            budget = tuple(
                BudgetRow(heading_id=heads[name], budget_pence=pence)
                for name, pence in (("Hall hire", 200_00), ("Materials", 200_00))
            )
            grant = money.save_grant(register, GrantDraft(
                reference=reference, funder=funder, state=GrantState.AWARDED, fund_id=fund,
                awarded_pence=AWARDS[reference], decided_on=begun, starts_on=begun, ends_on=ends,
                budget=budget,
            )).ids[0]  # fmt: skip
            line = {"heading_id": heads["Grants"], "grant_id": grant}
            part = (bank, fund, AWARDS[reference], line)
            enter(register, begun, this_day, part, payee=funder)
            if reference == "TC-26":
                line = {"heading_id": heads["Hall hire"], "grant_id": grant}
                part = (bank, fund, -45_00, line)
                enter(register, ago(this_day, 20), this_day, part, payee="Village hall")
        before = tmp_path / "last month.csv"
        statement(
            before, this_day, sum(AWARDS.values()) + OPENING, (40, "FPI", "A LEE SUBS", 20_00)
        )
        prepared = statements.prepare(
            register, statements.read_statement(before, StatementOptions(today=this_day)),
            today=this_day,
        )  # fmt: skip
        assert statements.carry_out(register, prepared).added == 1
        (entry,) = money.find_payments(register, "lee subs")
        part = (bank, entry.lines[0].fund_id, 20_00, {"heading_id": heads["Subs"]})
        again = builders.entry(
            entry.entry_on, part, payee="A Lee", bank_text=entry.bank_text, bank_key=entry.bank_key
        )
        assert money.save_entry(register, again, entry.id, today=this_day).ids
        assert money.learn_rule(register, entry.id).ids
    return path


@pytest.fixture
def download(tmp_path, this_day):
    """This month's file from the bank."""
    path = tmp_path / "statement.csv"
    statement(
        path, this_day, sum(AWARDS.values()) + OPENING + 20_00,
        (18, "DEB", "VILLAGE HALL HIRE", -45_00),
        (12, "DEB", "CLAY AND PAPER CO", -90_00),
        (5, "FPI", "A LEE SUBS", 20_00),
        (3, "DEB", "VILLAGE HALL HIRE", -60_00),
        (1, "DEB", "COFFEE STORE", -13_40),
    )  # fmt: skip
    return path


def stands(path):
    """Read every entry with a bank's words from the file, while the window is open."""
    with registers.open_register(path, write=False) as register:
        known = money.books(register)
        grants = {one.id: one.reference for one in money.list_grants(register)}
        work = money.look_through(register, money.WantedMoney())
        try:
            while True:
                next(work)
        except StopIteration as end:
            entries = [money.get_entry(register, one) for one in end.value.ids]
        return {
            (one.entry_on, one.bank_text): tuple(
                (
                    known.headings[line.heading_id].name if line.heading_id else "",
                    known.funds[line.fund_id].name,
                    grants.get(line.grant_id, ""),
                    line.amount_pence,
                )
                for line in one.lines
            )
            for one in entries
            if one.bank_text
        }


def rules(path):
    """Read the headings of what was taught."""
    with registers.open_register(path, write=False) as register:
        heads = money.books(register).headings
        return {heads[rule.heading_id].name for rule in money.list_rules(register)}


def opened(program):
    """Open the line in hand; its form asks for the heading first."""
    program.focus("Tuesday Movers")
    program.keys("Return")
    program.focus("Change an entry")


def saved(program):
    wait_for(lambda: is_gone(program, "Change an entry"), "the form to close")


def test_treasurers_saturday(tmp_path, book, download, this_day, open_window, hallbook):
    program = open_window(book, "Tuesday Movers")
    began, program.strokes = time.monotonic(), 0

    # The file: chosen, looked at, booked. What was typed by hand is not booked again.
    program.keys("ctrl+6", "ctrl+i")
    first = program.sight
    program.keys("space")
    program.focus("Choose the bank")
    program.type(str(download))
    program.keys("Return")
    wait_for(lambda: is_gone(program, "Choose the bank"), "the file to be chosen")
    program.focus("Tuesday Movers")
    program.wait_change(first, "the lines of the statement")
    program.picture("lines")
    assert len(stands(book)) == 1, "nothing is written before the last press"
    program.keys("Tab", "space")
    wait_for(lambda: len(stands(book)) == 6, "the four new lines in the book")
    program.strokes -= len(str(download))  # a person has it under Downloads

    # The newest first: coffee, and the program offers to remember it.
    opened(program)
    program.type("re")
    program.keys("Return")
    saved(program)
    program.focus("Tuesday Movers")
    program.picture("offer")
    program.keys("alt+y")
    wait_for(lambda: rules(book) == {"Subs", "Refreshments"}, "the coffee to be remembered")

    # The hall on a day after the grant: warned before it is saved, and paid from free money.
    opened(program)
    program.type("ha")
    program.keys("Tab", "Tab")
    program.type("to")
    before, first = stands(book), program.sight
    program.keys("Return")
    program.wait_change(first, "the warning")
    program.picture("warned")
    assert stands(book) == before, "it is warned of before it is saved"
    program.keys("space")
    saved(program)

    # The clay, split over two grants: what is left of 90 goes to the other by itself.
    opened(program)
    program.type("ma")
    program.keys("Tab", "Tab")
    program.type("to")
    program.keys("Tab", "Tab", "space")
    program.type("40")
    program.keys(*["Tab"] * 7)
    program.type("co")
    program.picture("split")
    program.keys("Return")
    saved(program)
    program.focus("Tuesday Movers")
    program.picture("sorted")
    strokes, seconds = program.strokes, time.monotonic() - began

    # What the committee hears: the treasurer's report, from the keyboard too.
    report = tmp_path / "report.pdf"
    first = program.sight
    program.keys("ctrl+7")
    program.wait_change(first, "the returns")  # letters that come far apart begin a new search
    program.type("tr")
    save_pages(program, report, "Tuesday Movers")
    program.picture("report")
    program.quit()

    print(f"{strokes} keystrokes, {seconds:.0f} s for five lines of a statement")
    assert strokes <= MOST_STROKES
    assert seconds < MOST_SECONDS

    # The book, read by another program.
    day = {days: ago(this_day, days) for days in (1, 3, 5, 12, 20, 40)}
    assert stands(book) == {
        (day[1], "COFFEE STORE"): (("Refreshments", "Free money", "", -13_40),),
        (day[3], "VILLAGE HALL HIRE"): (("Hall hire", "Free money", "", -60_00),),
        (day[5], "A LEE SUBS"): (("Subs", "Free money", "", 20_00),),
        (day[12], "CLAY AND PAPER CO"): (
            ("Materials", "Town Council grant", "TC-26", -40_00),
            ("Materials", "Community Trust grant", "CT-9", -50_00),
        ),
        (day[20], "VILLAGE HALL HIRE"): (("Hall hire", "Town Council grant", "TC-26", -45_00),),
        (day[40], "A LEE SUBS"): (("Subs", "Free money", "", 20_00),),
    }
    with registers.open_register(book, write=False) as register:
        kept = statements.list_statements(register)
        assert [one.agreed for one in kept] == [True, True]
        held = dict(zip(("bank", "tin"), money.account_balances(register).values(), strict=True))
        assert held == {"bank": 1_831_60, "tin": 20_00}
        left = {s.grant.reference: s.left_pence for s in money.grant_standings(register)}
        assert left == {"TC-26": 315_00, "CT-9": 550_00}

    # The figures, grant by grant.
    period = ("--from", ago(this_day, 79), "--to", this_day)
    for reference, left in (("TC-26", 315_00), ("CT-9", 550_00)):
        told = json.loads(hallbook("figures", book, *period, "--grant", reference, "--json"))
        found = {name: one["value"] for name, one in told["figures"].items()}
        assert found["grant_left_pence"] == left
        assert found["grant_spent_pence"] == AWARDS[reference] - left
    told = json.loads(hallbook("figures", book, *period, "--json"))["figures"]
    assert told["payments_pence"]["value"] == 208_40
    assert told["closing_balance_pence"]["value"] == 1_851_60

    # The paper: the report that was saved, and each grant's evidence.
    said = words_of(report)
    assert "£1,831.60" in said
    assert "£315.00" in said
    assert "£550.00" in said
    for reference, spent in (("TC-26", ("£40.00", "£45.00")), ("CT-9", ("£50.00",))):
        paper = tmp_path / f"{reference}.pdf"
        arguments = ("evidence-bundle", book, "--from", ago(this_day, 80), "--to", this_day)
        hallbook("return", *arguments, "--grant", reference, "--out", paper)
        said = words_of(paper)
        assert all(one in said for one in spent)
        assert "£60.00" not in said
    assert hallbook("check", book)
