"""Journey 7, year end: accounts with last year beside, the evidence of a grant, the examiner's pack."""

import datetime as dt
import json
import time

import pypdfium2
import pytest
from PIL import Image

from app.domain.grants import BudgetRow, GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind, transfer
from app.domain.periods import group_year_of
from app.domain.year_end import ItemDraft, ItemKind
from app.services import money, registers
from tests import builders
from tests.e2e.conftest import wait_for
from tests.e2e.steps import enter, is_gone, save_pages, words_of

MOST_STROKES = 56
"""What five papers, one receipt and the closed year cost."""
MOST_SECONDS = 180
PAPERS = {
    "accounts": "rec", "report": "tr", "evidence": "ev", "shared": "sh", "pack": "ex",
}  # fmt: skip
"""What is saved, and the letters that find it."""


FIGURES = {
    "opening_balance_pence": 550_00, "receipts_pence": 485_00, "payments_pence": 179_50,
    "closing_balance_pence": 855_50, "running_cost_pence": 119_50, "grant_left_pence": 280_50,
    "free_reserves_pence": 565_00,
}  # fmt: skip


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def years(this_day):
    """The last whole year of the group, and the one before."""
    now = group_year_of(this_day, 3, 31)
    last = group_year_of(now.first - dt.timedelta(days=1), 3, 31)
    return last, group_year_of(last.first - dt.timedelta(days=1), 3, 31)


def photo(path, colour):
    Image.new("RGB", (900, 1200), colour).save(path, "JPEG")
    return path


@pytest.fixture
def book(tmp_path, this_day, years, hallbook):
    """Two years of a cash book: a grant, a purchase, transfers, things owned and owed."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    last, before = years
    with registers.open_register(path) as register:
        clay = builders.activity(register, name="Clay Club")
        money.prepare_book(register, opened_on=before.first, bank_pence=500_00, cash_pence=20_00)
        tied = FundDraft(name="Town Council grant", kind=FundKind.RESTRICTED, purpose="Clay Club")
        council = money.save_fund(register, tied).ids[0]
        known = money.books(register)
        bank, cash = known.accounts
        free = next(one for one in known.funds if one != council)
        heads = {heading.name: heading.id for heading in known.headings.values()}
        grant = money.save_grant(register, GrantDraft(
            reference="TC-26", funder="Town Council", state=GrantState.AWARDED, fund_id=council,
            awarded_pence=400_00, starts_on=last.first, ends_on=last.last,
            budget=(BudgetRow(heading_id=heads["Hall hire"], budget_pence=300_00),
                    BudgetRow(heading_id=heads["Materials"], budget_pence=100_00)),
        )).ids[0]  # fmt: skip

        def paid(day, account, fund, pence, heading, payee, **more):
            line = {"heading_id": heads[heading], **more}
            return enter(register, day, this_day, (account, fund, pence, line), payee=payee)

        def on(year, days):
            return year.first + dt.timedelta(days=days)

        of_grant = {"grant_id": grant, "activity_id": clay.id}
        paid(on(before, 30), cash, free, 100_00, "Subs", "At the door")
        paid(on(before, 60), bank, free, -70_00, "Hall hire", "Village hall")
        paid(last.first, bank, council, 400_00, "Grants", "Town Council", grant_id=grant)
        second = paid(on(last, 90), bank, council, -45_00, "Hall hire", "Village hall", **of_grant)
        first = paid(on(last, 60), bank, council, -44_00, "Hall hire", "Village hall", **of_grant)
        paid(on(last, 120), bank, council, -30_50, "Materials", "Clay and Paper", **of_grant)
        paid(last.last, bank, free, -60_00, "Equipment", "Sound Shop", is_asset=True)
        paid(on(last, 10), cash, free, 85_00, "Subs", "At the door")
        for entry_id, colour in ((second, "navy"), (first, "darkred")):
            kept = money.open_receipt(photo(tmp_path / f"{colour}.jpg", colour))
            assert money.keep_receipt(register, entry_id, kept).ids
        for accounts, funds, pence, minute in (
            ((cash, bank), (free, free), 50_00, ""),
            ((bank, bank), (free, council), 10_00, "Committee, item 4"),
        ):
            moved = transfer(entry_on=on(last, 150), amount_pence=pence, accounts=accounts,
                             funds=funds, minute=minute)  # fmt: skip
            assert money.save_entry(register, moved, today=this_day).ids
        for kind, details, pence in ((ItemKind.ASSET, "Loudspeaker", 60_00),
                                     (ItemKind.OWED_BY_US, "Hall, the last month", 45_00)):  # fmt: skip
            item = ItemDraft(kind=kind, details=details, fund_id=free, from_on=last.last,
                             value_pence=pence)  # fmt: skip
            assert money.save_item(register, item).ids
    return path


def closed(path):
    with registers.open_register(path, write=False) as register:
        return tuple(year.ends_on for year in money.closed_years(register))


def receipts(path):
    """Count what is kept with the clay, and the entries of the book."""
    with registers.open_register(path, write=False) as register:
        (clay,) = money.find_payments(register, "clay and paper")
        return len(money.receipts_of(register, clay.id))


def money_held(path, day):
    with registers.open_register(path, write=False) as register:
        held = money.account_balances(register, day)
        return tuple(held.values()), sum(money.fund_balances(register, day).values())


def test_year_end(tmp_path, book, this_day, years, open_window, hallbook):
    last, before = years
    program = open_window(book, "Tuesday Movers")
    began, program.strokes = time.monotonic(), 0

    # One receipt is still in the carrier bag: found by its name, attached by its photo.
    bag = photo(tmp_path / "bag.jpg", "darkgreen")
    program.keys("ctrl+6")
    program.type("cla")
    program.keys("Down", "Return")
    program.focus("Change an entry")
    program.keys("alt+a")
    program.focus("Choose a photo")
    first = program.sight
    program.type(str(bag))
    program.keys("Return")
    wait_for(lambda: is_gone(program, "Choose a photo"), "the photo to be chosen")
    program.focus("Change an entry")
    program.wait_change(first, "the photo on the form")
    program.picture("attached")
    program.keys("Return")
    wait_for(lambda: receipts(book) == 1, "the receipt in the book")
    wait_for(lambda: is_gone(program, "Change an entry"), "the form to close")
    program.strokes -= len(str(bag))

    # The year: chosen, its sums seen, then each of its papers.
    program.focus("Tuesday Movers")
    program.keys("ctrl+6", "Up", "shift+Tab", *["Right"] * 4)
    first = program.sight
    program.keys("Tab", "Home", "Down")
    program.wait_change(first, "the year")
    program.picture("year")
    first = program.sight
    program.keys("ctrl+7")
    program.wait_change(first, "the returns")  # letters that come far apart begin a new search
    program.type("rec")
    program.keys("Tab", "Down", "shift+Tab")
    papers = {name: tmp_path / f"{name}.pdf" for name in PAPERS}
    for name, letters in PAPERS.items():
        if name != "accounts":  # chosen already
            first = program.sight
            program.type(letters)
            program.wait_change(first, f"the pages of {name}")
        save_pages(program, papers[name], "Tuesday Movers")
        program.picture(name)

    # The committee has approved them: the year is closed, and takes nothing any more.
    first = program.sight
    program.keys("ctrl+6")
    program.wait_change(first, "the year again")
    program.keys("Home", "Down", "alt+c")
    program.picture("closing")
    wait_for(lambda: closed(book) == (last.last,), "the year to be closed")
    program.picture("closed")
    strokes, seconds = program.strokes, time.monotonic() - began
    sound = money_held(book, this_day)
    program.keys("alt+p")
    program.focus("Payment or receipt")
    program.type("12")
    program.keys("Tab", "Tab")
    program.type("Late bill")
    program.keys("Tab")
    program.type(f"{last.last:%d/%m/%Y}")
    first = program.sight
    program.keys("Return")
    program.wait_change(first, "the sentence that refuses")
    program.picture("refused")
    assert money_held(book, this_day) == sound
    program.keys("ctrl+a")
    program.type(f"{this_day:%d/%m/%Y}")
    program.keys("Return")
    wait_for(lambda: is_gone(program, "Payment or receipt"), "the form to close")
    program.focus("Tuesday Movers")
    program.quit()

    print(f"{strokes} keystrokes, {seconds:.0f} s for five papers and a closed year")
    assert strokes <= MOST_STROKES
    assert seconds < MOST_SECONDS
    assert money_held(book, this_day) == ((688_50, 155_00), 843_50)
    assert money_held(book, last.last) == ((700_50, 155_00), 855_50)
    assert money_held(book, before.last) == ((430_00, 120_00), 550_00)
    said = {name: words_of(path) for name, path in papers.items()}
    check_accounts(said["accounts"])
    check_accounts(said["pack"])
    check_others(said)
    assert colours(papers["evidence"]) == [[], ["r"], ["b"], ["g"]]
    check_figures(book, last, hallbook)
    assert hallbook("check", book)


def colours(path):
    """Return the main colour of each picture, page by page."""
    document = pypdfium2.PdfDocument(path)
    found = [
        [
            "rgb"[
                max(
                    range(3),
                    key=one.get_bitmap().to_pil().convert("RGB").getpixel((9, 9)).__getitem__,
                )
            ]
            for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
        for page in document
    ]
    document.close()
    return found


def check_accounts(said):
    """The accounts to the nearest pound: unrestricted, restricted, endowment, all, the year before."""
    for row in (
        "Grants – 400 – 400 –",
        "Subs 85 – – 85 100",
        "Total receipts 85 400 – 485 100",
        "Hall hire – 89 – 89 70",
        "Equipment 60 – – 60 –",
        "Total payments 60 120 – 180 70",
        "Net of receipts and payments 25 281 – 306 30",
        "A5 Transfers between funds −10 10 – – –",
        "A6 Cash funds at the start 550 – – 550 520",
        "Cash funds at the end 565 291 – 856 550",
        "Total cash funds 565 291 – 856",
        "Loudspeaker Free money 60",
        "Hall, the last month Free money 45",
        "Cash at the end of section A and in B1 agree.",
    ):
        assert row in said


def check_others(said):
    for one in ("Together £550.00 £855.50", "Together £485.00", "Together £179.50"):
        assert one in said["report"]
    for one in (
        "Village hall Hall hire £44.00",
        "Village hall Hall hire £45.00",
        "Clay and Paper Materials £30.50",
        "Together £400.00 £119.50 £280.50",
        "Receipt 3: Clay and Paper, £30.50",
    ):
        assert one in said["evidence"]
    assert "Clay Club £119.50 – £119.50" in said["shared"]
    assert "Town Council, TC-26 £400.00 £400.00 £119.50 £280.50" in said["pack"]
    assert "Committee, item 4" in said["pack"]
    assert "No entry was changed after it was first entered" in said["pack"]


def check_figures(book, year, hallbook):
    period = ("--from", year.first, "--to", year.last)
    told = json.loads(hallbook("figures", book, *period, "--json"))["figures"]
    assert {name: told[name]["value"] for name in told if name in FIGURES} == FIGURES
