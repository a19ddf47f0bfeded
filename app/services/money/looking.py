"""How money stands: an account's book with its running balance, and what accounts and funds hold."""

import datetime as dt
from collections.abc import Mapping

from app.domain.ids import AccountId, FundId
from app.storage import accounts, money
from app.storage.money import BookRow
from app.storage.register import Register


def account_book(
    register: Register, account_id: AccountId, *, limit: int = -1, offset: int = 0
) -> tuple[BookRow, ...]:
    """Return an account's entries, newest first, each with the balance after it."""
    return money.book(register, account_id, limit=limit, offset=offset)


def account_balances(register: Register, last: dt.date | None = None) -> Mapping[AccountId, int]:
    """Return what each account holds at the end of a day, or now (pence)."""
    held = money.account_balances(register, last)
    return {account_id: held.get(account_id, 0) for account_id in accounts.accounts(register)}


def fund_balances(register: Register, last: dt.date | None = None) -> Mapping[FundId, int]:
    """Return what each fund holds at the end of a day, or now (pence)."""
    held = money.fund_balances(register, last)
    return {fund_id: held.get(fund_id, 0) for fund_id in accounts.funds(register)}
