"""A book with a bank account, a cash tin, free money and one tied fund."""

import datetime as dt
from types import SimpleNamespace

import pytest

from app.domain.ledger import FundDraft, FundKind
from app.services import money

BEGUN = dt.date(2026, 4, 1)


@pytest.fixture
def purse(register):
    """Ids by short names: bank, cash, free, hall (restricted), and headings by name."""
    money.prepare_book(register, opened_on=BEGUN, bank_pence=100_00, cash_pence=20_00)
    draft = FundDraft(name="Hall grant", kind=FundKind.RESTRICTED, purpose="Hall hire")
    hall = money.save_fund(register, draft).ids[0]
    known = money.books(register)
    bank, cash = known.accounts
    free = next(f for f in known.funds if f != hall)
    headings = {heading.name: heading.id for heading in known.headings.values()}
    return SimpleNamespace(bank=bank, cash=cash, free=free, hall=hall, headings=headings)
