"""The pretend cash book: as long as said, never overdrawn, its grants as grants are."""

import datetime as dt
import io

import pytest
from PIL import Image

from app.services.example.wishes import mile_pence

_LINES = "SELECT count(*) FROM money_counted"
_DAYS = (
    "SELECT entry_on, {pot} AS pot, sum(amount_pence) AS pence FROM money_counted"
    " GROUP BY 1, 2 ORDER BY 1"
)


@pytest.mark.parametrize(
    ("seed", "ending"),
    [(1, "2026-11-03"), (2, "2024-02-29"), (3, "2021-03-31"), (4, "2019-08-15"), (5, "2030-12-25")],
)
def test_small_book_has_300_lines(make_book, seed, ending):
    with make_book(seed=seed, ending=dt.date.fromisoformat(ending)) as register:
        assert abs(register.value(_LINES) - 300) <= 9


def test_busy_book_has_20_000_lines(busy):
    assert abs(busy.value(_LINES) - 20_000) <= 600


@pytest.mark.parametrize("pot", ["account_id", "fund_id"])
def test_no_account_and_no_fund_is_below_nothing_on_any_day(book, pot):
    openings = f"SELECT {pot}, sum(amount_pence) FROM account_opening GROUP BY 1"
    held = {row[0]: row[1] for row in book.rows(openings)}
    for row in book.rows(_DAYS.format(pot=pot)):
        held[row["pot"]] = held.get(row["pot"], 0) + row["pence"]
        assert held[row["pot"]] >= 0, (pot, row["entry_on"])


def test_transfers_come_to_nothing_and_those_between_funds_have_a_minute(book):
    assert not list(
        book.rows(
            "SELECT e.id FROM entry e JOIN entry_line l ON l.entry_id = e.id"
            " WHERE e.kind = 'transfer' GROUP BY e.id"
            " HAVING sum(l.amount_pence) <> 0 OR (count(DISTINCT fund_id) > 1 AND minute = '')"
        )
    )


def test_a_grant_pays_from_its_own_fund_within_its_days(book):
    wrong = (
        "SELECT count(*) FROM money_counted m JOIN grant_award g ON g.id = m.grant_id"
        " WHERE m.fund_id <> g.fund_id OR m.entry_on NOT BETWEEN g.starts_on AND g.ends_on"
    )
    assert book.value(wrong) == 0
    stray = "SELECT count(*) FROM money_counted WHERE fund_kind = 'restricted' AND grant_id IS NULL"
    assert book.value(stray) == 0


def test_grants_overlap_and_one_report_is_due_within_a_month_of_the_end(book):
    overlapping = (
        "SELECT count(*) FROM grant_listed a JOIN grant_listed b ON a.grant_id < b.grant_id"
        " AND a.starts_on <= b.ends_on AND b.starts_on <= a.ends_on"
        " WHERE a.fund_id NOT NULL AND b.fund_id NOT NULL"
    )
    assert book.value(overlapping) > 1
    due = (
        "SELECT count(*) FROM grant_listed WHERE state = 'awarded'"
        " AND report_due_on BETWEEN '2026-11-03' AND '2026-12-03'"
    )
    assert book.value(due) >= 1


def test_some_heading_of_a_running_grant_is_overspent(book):
    over = (
        "SELECT count(*) FROM budget_counted b JOIN grant_listed g USING (grant_id)"
        " WHERE g.state = 'awarded' AND b.budget_pence < (SELECT -sum(m.amount_pence)"
        " FROM money_counted m WHERE m.grant_id = b.grant_id AND m.heading_id = b.heading_id)"
    )
    assert book.value(over) >= 1


def test_budgets_are_whole_pounds_that_add_up_to_what_was_asked_for(book):
    rows = list(
        book.rows(
            "SELECT g.applied_pence AS asked, sum(b.budget_pence) AS budget,"
            " max(b.budget_pence % 100) AS pence FROM grant_award g"
            " JOIN budget_row b ON b.grant_id = g.id GROUP BY g.id"
        )
    )
    assert len(rows) >= 7
    assert all(row["asked"] == row["budget"] and row["pence"] == 0 for row in rows)


def test_takings_belong_to_a_session_of_their_day(book):
    wrong = (
        "SELECT count(*) FROM entry e JOIN session s ON s.id = e.session_id"
        " WHERE s.session_on <> e.entry_on OR s.state <> 'held'"
    )
    assert book.value(wrong) == 0
    assert book.value("SELECT count(*) FROM entry WHERE session_id NOT NULL") > 30


def test_money_for_places_names_the_agreement_or_the_referral(book):
    tied = "SELECT count(*) FROM money_counted WHERE agreement_id NOT NULL OR referral_id NOT NULL"
    assert book.value(tied) > 0


def test_claims_are_paid_at_the_rate_of_the_day(book):
    lines = list(book.rows("SELECT * FROM claim_line WHERE kind = 'car'"))
    assert lines
    for line in lines:
        rate = mile_pence(dt.date.fromisoformat(line["spent_on"]).toordinal())
        assert line["amount_pence"] == (line["tenths_of_miles"] * rate + 5) // 10
    paid = (
        "SELECT count(*) FROM claim c WHERE c.entry_id NOT NULL AND"
        " (SELECT sum(amount_pence) FROM claim_line WHERE claim_id = c.id) <>"
        " (SELECT -sum(amount_pence) FROM entry_line WHERE entry_id = c.entry_id)"
    )
    assert book.value(paid) == 0
    assert book.value("SELECT count(*) FROM claim WHERE entry_id IS NULL") == 1


def test_a_few_receipts_are_pictures_that_open(book):
    rows = list(book.rows("SELECT content FROM attachment_content"))
    assert len(rows) in {6, 10}
    for row in rows:
        Image.open(io.BytesIO(row["content"])).load()
        assert len(row["content"]) < 20_000


def test_years_are_closed_once_they_were_approved(busy):
    years = [row[0] for row in busy.rows("SELECT ends_on FROM closed_year ORDER BY 1")]
    assert years[0] == "2017-03-31"
    assert years[-1] == "2026-03-31"
    assert len(years) == 10
