"""The year's accounts: every sum of the book in its place, last year beside it, cash that agrees."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.grants import BudgetRow, GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind, transfer
from app.domain.periods import Period
from app.domain.settings import Settings
from app.domain.year_end import ItemDraft, ItemKind
from app.importers.receipt_files import ReceiptFile
from app.returns.filled import plain
from app.returns.options import ReturnOptions
from app.returns.parts.money.money_columns import whole
from app.services import money, returns
from app.services import settings as group
from app.storage.register import Register
from tests import builders

TODAY = dt.date(2026, 11, 3)
YEAR = Period(first=dt.date(2025, 4, 1), last=dt.date(2026, 3, 31))


def begin(register):
    money.prepare_book(register, opened_on=dt.date(2024, 4, 1), bank_pence=100_00, cash_pence=20_00)
    tied = FundDraft(name="Council grant", kind=FundKind.RESTRICTED, purpose="Hall hire")
    hall = money.save_fund(register, tied).ids[0]
    aside = FundDraft(name="Summer trip", kind=FundKind.DESIGNATED)
    trip = money.save_fund(register, aside).ids[0]
    known = money.books(register)
    bank, cash = known.accounts
    free = next(f.id for f in known.funds.values() if f.kind is FundKind.UNRESTRICTED)
    headings = {h.name: h.id for h in known.headings.values()}
    return SimpleNamespace(bank=bank, cash=cash, free=free, hall=hall, trip=trip, headings=headings)


@pytest.fixture
def purse(register):
    return begin(register)


def save(register, draft):
    done = money.save_entry(register, draft, today=TODAY)
    assert done.ids, done.text


def filled(register, kind="receipts-and-payments", period=YEAR, **options):
    return returns.prepare(register, kind, ReturnOptions(period=period, **options))


def sums(made):
    """Return (part, heading) -> pence by column."""
    table = next(t for t in made.as_json(pages=1)["tables"] if t["id"] == "accounts")
    return {(row[0], row[1]): tuple(row[2:]) for row in table["rows"]}


@pytest.fixture
def year(register, purse):
    """A year of everything there can be, with a payment just before and just after it."""
    h = purse.headings
    day = dt.date(2025, 6, 1)
    save(
        register,
        builders.entry(
            dt.date(2025, 3, 31), (purse.bank, purse.free, -7_00, {"heading_id": h["Hall hire"]})
        ),
    )
    save(register, builders.entry(dt.date(2026, 4, 1), (purse.bank, purse.free, -9_00)))
    save(
        register,
        builders.entry(YEAR.first, (purse.bank, purse.hall, 200_00, {"heading_id": h["Grants"]})),
    )
    save(register, builders.entry(day, (purse.cash, purse.free, 30_50, {"heading_id": h["Subs"]})))
    save(
        register,
        builders.entry(
            day,
            (purse.bank, purse.hall, -45_00, {"heading_id": h["Hall hire"]}),
            (purse.bank, purse.free, -5_00, {"heading_id": h["Hall hire"]}),
        ),
    )
    save(
        register,
        builders.entry(
            YEAR.last,
            (purse.bank, purse.free, -60_00, {"heading_id": h["Equipment"], "is_asset": True}),
        ),
    )
    save(register, builders.entry(day, (purse.bank, purse.free, 12_00, {"is_asset": True})))
    save(
        register,
        transfer(
            entry_on=day,
            amount_pence=10_00,
            accounts=(purse.bank, purse.cash),
            funds=(purse.free, purse.free),
        ),
    )
    save(
        register,
        transfer(
            entry_on=day,
            amount_pence=15_00,
            accounts=(purse.bank, purse.bank),
            funds=(purse.free, purse.hall),
            minute="June",
        ),
    )
    return register


def test_every_sum_stands_in_its_part_and_column(year):
    found = sums(filled(year))
    assert found["A1", "Grants"] == (0, 200_00, 0, 200_00)
    assert found["A1", "Subs"] == (30_50, 0, 0, 30_50)
    assert found["A2", "No heading"] == (12_00, 0, 0, 12_00)
    assert found["A3", "Hall hire"] == (5_00, 45_00, 0, 50_00)
    assert found["A4", "Equipment"] == (60_00, 0, 0, 60_00)
    assert found["total_receipts", ""] == (42_50, 200_00, 0, 242_50)
    assert found["total_payments", ""] == (65_00, 45_00, 0, 110_00)
    assert found["net", ""] == (-22_50, 155_00, 0, 132_50)
    assert found["A5", ""] == (-15_00, 15_00, 0, 0)
    assert found["A6", ""] == (113_00, 0, 0, 113_00)
    assert found["cash_at_end", ""] == (75_50, 170_00, 0, 245_50)


def test_what_the_committee_set_aside_is_unrestricted(register, purse):
    save(register, builders.entry(YEAR.first, (purse.bank, purse.trip, 40_00)))
    assert sums(filled(register))["A1", "No heading"] == (40_00, 0, 0, 40_00)


def test_last_year_stands_beside_this_one(year):
    made = filled(year)
    table = next(b for b in made.blocks if getattr(b, "id", "") == "section-a")
    row = next(row for row in table.rows if row[0].text == "Hall hire")
    assert [cell.text for cell in row] == ["Hall hire", "5", "45", "–", "50", "7"]
    assert table.columns[-1].title == "Year to 31/03/2025 £"


def test_an_account_begun_within_the_year_counts_as_there_before(register):
    money.prepare_book(register, opened_on=dt.date(2025, 9, 1), bank_pence=50_00)
    found = sums(filled(register))
    assert found["A6", ""] == found["cash_at_end", ""] == (50_00, 0, 0, 50_00)


def test_what_is_owned_and_owed_on_the_last_day_is_listed(year, purse):
    for kind, details, day in (
        (ItemKind.ASSET, "Loudspeaker", dt.date(2025, 12, 1)),
        (ItemKind.OWED_BY_US, "Hall, March", YEAR.last),
        (ItemKind.OWED_TO_US, "Gift aid", dt.date(2026, 4, 1)),
    ):
        draft = ItemDraft(
            kind=kind, details=details, fund_id=purse.free, from_on=day, value_pence=45_00
        )
        assert money.save_item(year, draft).ids
    printed = {
        b.id: [row[0].text for row in b.rows] for b in filled(year).blocks if getattr(b, "id", "")
    }
    assert printed["b4"] == ["Loudspeaker"]
    assert printed["owed-by-us"] == ["Hall, March"]
    assert printed["owed-to-us"] == []


def test_a_company_is_told_that_it_may_not_use_these_accounts(year):
    group.save(year, Settings(group_name="Movers CIC", legal_form="cic"))
    made = filled(year)
    assert any("community interest company" in warning for warning in made.warnings)
    assert any("Not for filing" in str(getattr(b, "text", "")) for b in made.blocks)


def notes(made):
    return " ".join(run.text for block in made.blocks for run in getattr(block, "runs", ()))


def test_a_registered_charity_is_named_with_its_number(year):
    group.save(year, Settings(group_name="Movers", charity_number="1234567"))
    for kind in ("receipts-and-payments", "examiners-pack"):
        assert "Charity number 1234567." in notes(filled(year, kind))


def test_an_account_begun_within_the_year_is_in_the_treasurers_report_from_the_start(register):
    money.prepare_book(register, opened_on=dt.date(2025, 9, 1), bank_pence=50_00, cash_pence=5_00)
    made = filled(register, "treasurer-report")
    assert rows_of(made, "accounts")[-1] == ["Together", "£55.00", "£55.00"]
    assert rows_of(made, "funds")[-1] == ["Together", "£55.00", "£55.00"]
    assert "begun in this period" in notes(made)


def test_transfers_say_from_where_to_where_in_the_examiners_pack(year):
    rows = rows_of(filled(year, "examiners-pack"), "book-current account")
    said = {row[1] for row in rows if "moved" in row[1]}
    assert said == {
        "£10.00 moved from Current account to Petty cash",
        "£15.00 moved from Free money to Council grant: June",
    }


def test_without_a_cash_book_the_accounts_say_so(register):
    for kind in ("receipts-and-payments", "treasurer-report", "shared-costs"):
        made = filled(register, kind)
        assert any("No money is recorded" in warning for warning in made.warnings)


@pytest.mark.parametrize(
    ("pence", "said"),
    [(0, "–"), (49, "0"), (50, "1"), (-49, "0"), (-50, "−1"), (1_234_50, "1,235")],
)
def test_pounds_are_rounded_half_away_from_nothing(pence, said):
    assert whole(pence) == said


# --- other accounts -----------------------------------------------------------------------------


def rows_of(made, table_id):
    return next(t for t in made.as_json(pages=1)["tables"] if t["id"] == table_id)["rows"]


def test_the_treasurers_report_says_what_is_there_and_what_moved(year):
    made = filled(year, "treasurer-report")
    assert rows_of(made, "accounts")[-1] == ["Together", "£113.00", "£245.50"]
    assert rows_of(made, "money-in")[-1] == ["Together", "£242.50"]
    assert rows_of(made, "money-out")[-1] == ["Together", "£110.00"]


def test_shared_costs_say_which_pot_paid_and_what_no_grant_paid(year, purse):
    tea = builders.activity(year)
    h = purse.headings
    save(
        year,
        builders.entry(
            dt.date(2025, 7, 1),
            (purse.bank, purse.hall, -10_00, {"activity_id": tea.id, "heading_id": h["Materials"]}),
            (purse.bank, purse.free, -4_00, {"activity_id": tea.id, "heading_id": h["Materials"]}),
        ),
    )
    rows = rows_of(filled(year, "shared-costs"), "shared-costs")
    assert rows == [
        ["Tea Club", "£10.00", "£4.00", "£14.00"],
        ["The whole group", "£45.00", "£5.00", "£50.00"],
        ["Together", "£55.00", "£9.00", "£64.00"],
    ]


def test_grants_that_are_over_and_spent_are_counted_and_not_listed(year, purse, grant):
    h = purse.headings
    for reference, ends, closed in (
        ("OLD-1", dt.date(2025, 1, 31), True),
        ("DUE-2", dt.date(2025, 1, 31), False),
        ("RAN-3", YEAR.first, True),
        ("LATE-4", dt.date(2025, 1, 31), True),
    ):
        state = GrantState.CLOSED if closed else GrantState.AWARDED
        draft = GrantDraft(
            reference=reference, funder="Trust", state=state, fund_id=purse.hall,
            awarded_pence=1_00, ends_on=ends,
        )  # fmt: skip
        (saved,) = money.save_grant(year, draft).ids
        if reference == "LATE-4":
            for pence, name in ((1_00, "Grants"), (-1_00, "Hall hire")):
                line = {"grant_id": saved, "heading_id": h[name]}
                save(year, builders.entry(YEAR.last, (purse.bank, purse.hall, pence, line)))
    made = filled(year, "treasurer-report")
    listed = {row[0].partition(", ")[2] for row in rows_of(made, "grants")}
    assert listed == {"TC-26", "DUE-2", "RAN-3", "LATE-4"}
    table = next(one for one in made.walk() if getattr(one, "id", "") == "grants")
    assert plain(table.notes[0]).startswith("One grant is not listed")


def test_an_entry_under_several_headings_names_each_with_its_sum(year, purse):
    h = purse.headings
    parts = ((30_00, "Subs"), (12_50, "Donations"))
    lines = ((purse.cash, purse.free, pence, {"heading_id": h[name]}) for pence, name in parts)
    save(year, builders.entry(dt.date(2025, 9, 9), *lines, payee="Door"))
    rows = rows_of(filled(year, "examiners-pack"), "book-petty cash")
    assert ["09/09/2025", "Door", "Subs £30.00, Donations £12.50"] in [row[:3] for row in rows]


@pytest.fixture
def grant(year, purse):
    draft = GrantDraft(
        reference="TC-26", funder="Town Council", state=GrantState.AWARDED, fund_id=purse.hall,
        awarded_pence=200_00,
        budget=(BudgetRow(heading_id=purse.headings["Hall hire"], budget_pence=40_00),),
    )  # fmt: skip
    grant_id = money.save_grant(year, draft).ids[0]
    for day, pence in (
        (dt.date(2025, 8, 1), 30_00),
        (dt.date(2025, 7, 1), 25_00),
        (dt.date(2026, 4, 2), 1_00),
    ):
        line = {"grant_id": grant_id, "heading_id": purse.headings["Hall hire"]}
        save(
            year, builders.entry(day, (purse.bank, purse.hall, -pence, line), payee="Village hall")
        )
    return grant_id


def jpeg():
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 90), (240, 240, 230)).save(out, "JPEG")
    return out.getvalue()


def test_evidence_lists_payments_in_order_with_numbered_receipts(year, purse, grant):
    first = next(r for r in money.account_book(year, purse.bank) if r.amount_pence == -25_00)
    kept = ReceiptFile(media_type="image/jpeg", file_name="till.jpg", content=jpeg())
    money.keep_receipt(year, first.entry_id, kept)
    made = filled(year, "evidence-bundle")
    rows = rows_of(made, "evidence")
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("1", "01/07/2025", "£25.00"),
        ("none", "01/08/2025", "£30.00"),
    ]
    assert [b.alt for b in made.blocks if hasattr(b, "alt")] == ["Picture of receipt 1"]
    assert "One payment has no receipt kept with it." in made.warnings
    assert "£15.00 more was spent on Hall hire than the budget has." in made.warnings
    assert rows_of(made, "budget")[0] == ["Hall hire", "£40.00", "£55.00", "£15.00 over"]


def test_evidence_does_not_name_people_of_the_register(year, purse, grant):
    line = {"grant_id": grant, "heading_id": purse.headings["Hall hire"]}
    draft = builders.entry(
        dt.date(2025, 9, 1), (purse.bank, purse.hall, -2_00, line), payee="Maryam Begum",
        person_id=builders.person(year),
    )  # fmt: skip
    save(year, draft)
    who = [row[2] for row in rows_of(filled(year, "evidence-bundle"), "evidence")]
    assert who == ["Village hall", "Village hall", "One of our people"]


def test_a_receipt_that_cannot_be_read_is_said_and_the_bundle_comes_out(year, purse, grant):
    entry = next(r for r in money.account_book(year, purse.bank) if r.amount_pence == -25_00)
    for name, kind in (("a.jpg", "image/jpeg"), ("b.pdf", "application/pdf")):
        kept = ReceiptFile(media_type=kind, file_name=name, content=b"no " + name.encode())
        money.keep_receipt(year, entry.entry_id, kept)
    made = filled(year, "evidence-bundle")
    assert sum("cannot be read" in warning for warning in made.warnings) == 2


def test_evidence_names_the_grants_when_several_could_be_meant(year, purse, grant):
    other = GrantDraft(
        reference="CF-1",
        funder="Foundation",
        state=GrantState.AWARDED,
        fund_id=purse.free,
        awarded_pence=1,
    )
    money.save_grant(year, other)
    with pytest.raises(Exception, match=r"CF-1.*TC-26|TC-26.*CF-1"):
        filled(year, "evidence-bundle")
    assert filled(year, "evidence-bundle", grant="tc-26").as_json(pages=1)
    with pytest.raises(Exception, match="There is no grant with the reference X"):
        filled(year, "evidence-bundle", grant="X")


def test_the_examiners_pack_has_every_entry_and_every_change(year, purse):
    entry = next(r for r in money.account_book(year, purse.cash) if r.amount_pence == 30_50)
    again = builders.entry(dt.date(2025, 6, 1), (purse.cash, purse.free, 31_50), payee="Door")
    assert money.save_entry(year, again, entry.entry_id, today=TODAY).ids
    made = filled(year, "examiners-pack")
    rows = rows_of(made, "book-petty cash")
    assert [row[-2:] for row in rows] == [["£31.50", "£51.50"], ["£10.00", "£61.50"]]
    (change,) = rows_of(made, "changes")
    assert change[2:] == ["changed", "01/06/2025 £30.50"]


# --- any book -----------------------------------------------------------------------------------

LINE = st.tuples(
    st.sampled_from(["bank", "cash"]), st.sampled_from(["free", "trip"]), st.integers(1, 50_00)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), LINE, st.integers(-40, 400), st.booleans()), max_size=12))
def test_the_accounts_agree_with_the_book_whatever_is_in_it(entries):
    register = Register.in_memory(now=lambda: dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC))
    purse = begin(register)
    for comes, (account, fund, pence), days, asset in entries:
        sign = 1 if comes else -1
        part = (getattr(purse, account), getattr(purse, fund), sign * pence, {"is_asset": asset})
        save(register, builders.entry(YEAR.first + dt.timedelta(days=days), part))
    made = filled(register)
    found = sums(made)
    assert not [w for w in made.warnings if "differ" in w]
    came, went = found["total_receipts", ""][3], found["total_payments", ""][3]
    assert found["cash_at_end", ""][3] == found["A6", ""][3] + came - went
    assert found["cash_at_end", ""][3] == sum(money.account_balances(register, YEAR.last).values())
    register.close()
