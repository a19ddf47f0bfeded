"""Ten years of accounts roll over: in the printed pages, each year ends as the next begins."""

import datetime as dt
import re

import pypdfium2
import pytest

from app.domain.ledger import TIED, FundKind
from app.domain.periods import Period
from app.returns.options import ReturnOptions
from app.returns.parts.money.money_columns import whole
from app.returns.pdf import render
from app.services import money, returns

COLUMNS = ("unrestricted", "restricted", "endowment")
NUMBER = re.compile(r"−?[\d,]+|–")


def printed(register, year):
    """Render a year's accounts; return each row of section A by its words, as printed."""
    made = returns.prepare(register, "receipts-and-payments", ReturnOptions(period=year))
    document = pypdfium2.PdfDocument(render(made).pdf)
    lines = "\n".join(page.get_textpage().get_text_range() for page in document).splitlines()
    document.close()
    rows = {}
    for line in lines:
        words = re.match(r"(A5 Transfers between funds|A6 Cash funds at the start"
                         r"|Cash funds at the end|Total receipts|Total payments"
                         r"|Net of receipts and payments|Total cash funds)\s+(.*)", line)  # fmt: skip
        if words:
            rows[words[1]] = NUMBER.findall(words[2])
    return rows


def held(register, day):
    """What each column should say, from the balance of each fund on a day."""
    known, sums = money.books(register).funds, dict.fromkeys(COLUMNS, 0)
    for fund, pence in money.fund_balances(register, day).items():
        kind = known[fund].kind
        column = kind.value if kind in TIED else FundKind.UNRESTRICTED.value
        sums[column] += pence
    return [whole(pence) for pence in (*sums.values(), sum(sums.values()))]


@pytest.fixture(scope="module")
def years(busy):
    opened = min(one.opened_on for one in money.books(busy).accounts.values())
    found, year = [], money.group_year(busy, dt.date(2026, 11, 3))
    while year.last >= opened:
        found.append(year)
        year = money.group_year(busy, year.first - dt.timedelta(days=1))
    return found[::-1]


def test_each_year_begins_as_the_one_before_ended(busy, years):
    assert len(years) >= 10
    pages = [printed(busy, year) for year in years]
    for year, before, page in zip(years[1:], pages, pages[1:], strict=False):
        start, end = page["A6 Cash funds at the start"], before["Cash funds at the end"]
        assert start[:4] == end[:4], year
        assert page["A6 Cash funds at the start"][4] == before["A6 Cash funds at the start"][3]
        assert page["Cash funds at the end"][4] == before["Cash funds at the end"][3]
        assert page["Total receipts"][4] == before["Total receipts"][3]
        assert page["Total payments"][4] == before["Total payments"][3]


def test_what_is_printed_at_the_end_is_what_the_funds_and_the_accounts_hold(busy, years):
    for year in years:
        page = printed(busy, year)
        assert page["Cash funds at the end"][:4] == held(busy, year.last)
        assert page["Total cash funds"] == page["Cash funds at the end"][:4]
        together = sum(money.account_balances(busy, year.last).values())
        assert page["Total cash funds"][3] == whole(together)


def test_every_fund_rolls_over_to_the_penny(busy, years):
    known = money.books(busy).funds
    for year in years[1:]:
        morning = money.fund_balances(busy, year.first - dt.timedelta(days=1))
        moved = dict.fromkeys(known, 0)
        work = money.look_through(busy, money.WantedMoney(first=year.first, last=year.last))
        try:
            while True:
                next(work)
        except StopIteration as end:
            ids = end.value.ids
        for entry_id in ids:
            for line in money.get_entry(busy, entry_id).lines:
                moved[line.fund_id] += line.amount_pence
        evening = money.fund_balances(busy, year.last)
        for fund in known:
            assert morning.get(fund, 0) + moved[fund] == evening.get(fund, 0), (fund, year)


def test_a_period_of_all_years_is_the_sum_of_them(busy, years):
    whole_time = Period(first=years[0].first, last=years[-1].last)
    page = printed(busy, whole_time)
    assert (
        page["A6 Cash funds at the start"][:4]
        == printed(busy, years[0])["A6 Cash funds at the start"][:4]
    )
    assert (
        page["Cash funds at the end"][:4] == printed(busy, years[-1])["Cash funds at the end"][:4]
    )
