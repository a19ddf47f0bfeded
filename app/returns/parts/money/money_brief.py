"""The whole group's money in five lines: what it began with, what moved, what is there."""

from collections.abc import Sequence

from app.domain.ledger import EntryKind, FundKind
from app.domain.money import pounds
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Fact, KeyFacts
from app.returns.language.spec import Spec
from app.returns.parts.money.money import no_money
from app.storage import accounts, year_accounts
from app.storage import money as book


def money_brief(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return the money in hand at both ends of the period, what came in and went out."""
    if not year_accounts.has_money(filling.register):
        return no_money(filling)
    moved = year_accounts.moved(filling.register, filling.period)
    came = sum(one.pence for one in moved if one.kind is EntryKind.RECEIPT)
    went = -sum(one.pence for one in moved if one.kind is EntryKind.PAYMENT)
    last = sum(book.account_balances(filling.register, filling.period.last).values())
    facts = (
        # What an account held when it was begun in the period counts as there before it.
        ("At the start", last - came + went),
        ("Came in", came),
        ("Went out", went),
        ("At the end", last),
        ("Of that free to use", _free(filling)),
    )
    return (KeyFacts(facts=tuple(Fact(label=label, text=pounds(pence)) for label, pence in facts)),)


def _free(filling: Filling) -> int:
    funds = accounts.funds(filling.register)
    balances = book.fund_balances(filling.register, filling.period.last)
    free = (one for one in balances if funds[one].kind is FundKind.UNRESTRICTED)
    return sum(balances[one] for one in free)
