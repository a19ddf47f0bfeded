"""The columns of printed accounts: kinds of fund, sums in them, and pounds to the nearest."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.ledger import FundKind
from app.storage.year_accounts import Held


class Fund(StrEnum):
    """A column of the accounts."""

    UNRESTRICTED = "Unrestricted"
    RESTRICTED = "Restricted"
    ENDOWMENT = "Endowment"


COLUMN = {
    FundKind.UNRESTRICTED: Fund.UNRESTRICTED,
    FundKind.DESIGNATED: Fund.UNRESTRICTED,
    FundKind.RESTRICTED: Fund.RESTRICTED,
    FundKind.ENDOWMENT: Fund.ENDOWMENT,
}
"""Money set aside by the committee is unrestricted: it can be put back any day [S95]."""

Sums = dict[Fund, int]
"""Pence by column."""


def nothing() -> Sums:
    """Return nought in every column."""
    return dict.fromkeys(Fund, 0)


def added(parts: Iterable[Sums]) -> Sums:
    """Return the sum of some, column by column."""
    total = nothing()
    for part in parts:
        for fund, pence in part.items():
            total[fund] += pence
    return total


def in_columns(held: Iterable[Held]) -> Sums:
    """Return what was held, column by column."""
    total = nothing()
    for one in held:
        total[COLUMN[one.fund_kind]] += one.pence
    return total


def whole(pence: int) -> str:
    """Return money to the nearest pound, half a pound away from nothing: 1,234, −12, –."""
    if not pence:
        return "–"
    rounded = (abs(pence) + 50) // 100
    return f"{'−' if pence < 0 and rounded else ''}{rounded:,}"
