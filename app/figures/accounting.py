"""The thresholds of small charities' accounts in force on the day a year ends, from rates.toml."""

import datetime as dt

from app.domain.year_end import Thresholds
from app.figures.rates import rates


def thresholds(ends_on: dt.date) -> Thresholds:
    """Return the thresholds for a year that ends on a day; before the first of them, the first."""

    def on(kind: str) -> int:
        known = rates(f"accounts_{kind}")
        held = [rate for rate in known if rate.from_on <= ends_on] or known[:1]
        return held[-1].pence

    return Thresholds(
        receipts_and_payments_up_to=on("receipts_and_payments_up_to"),
        examined_above=on("examined_above"),
        qualified_examiner_above=on("qualified_examiner_above"),
        audited_above=on("audited_above"),
    )
