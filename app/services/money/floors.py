"""Restricted money may not go below nothing on any day, unless a loan is named.

Source: an overspent restricted fund is met from free money by an explicit, dated, minuted
transfer, or by a loan that is said to be one [S95][S96].
"""

import datetime as dt
from collections.abc import Iterable

from app.domain.ids import FundId
from app.domain.ledger import TIED
from app.domain.money import pounds
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.result import Refused
from app.storage import accounts, money
from app.storage.register import Register


class Below(Exception):  # noqa: N818 - it is a way out of a transaction, never an error
    """Leaves a transaction, with nothing kept, because a fund would be below nothing."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def keep_above_nothing(register: Register, funds: Iterable[FundId], since: dt.date) -> None:
    """Raise Below when one of the funds is tied and below nothing on a day from ``since`` on."""
    known = accounts.funds(register)
    problems: list[Problem] = []
    for fund_id in sorted(set(funds)):
        fund = known.get(fund_id)
        if fund is None:  # it was taken out with what stood in it
            continue
        found = money.lowest(register, fund_id, since) if fund.kind in TIED else None
        if found:
            day, pence = found
            values = {"fund": fund.name, "value": pounds(-pence), "day": short_date(day)}
            problems.append(Problem(code="fund_below_nothing", field="fund_id", values=values))
    if problems:
        raise Below(tuple(problems))


def refused_when_below(below: Below) -> Refused:
    """Return the refusal that says which fund would be below nothing, and when."""
    return Refused(problems=below.problems)
