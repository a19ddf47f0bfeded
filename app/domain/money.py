"""Money: whole pence, read as people type it and said as people write it."""

import re

from app.domain.problems import Problem

MOST_PENCE = 100_000_000_00
"""A hundred million pounds: above it, somebody typed a telephone number."""
_AMOUNT = re.compile(
    r"(?P<sign>[-−+]?)\s*£?\s*(?P<pounds>\d{1,3}(?:,\d{3})+|\d{1,9})?(?:\.(?P<pence>\d{1,2}))?",
    re.ASCII,
)


def read_pounds(typed: str, *, field: str = "") -> int | Problem:
    """Return pence from what was typed (12.21, £1,234.50, .50, -3), or what is wrong with it."""
    text = typed.strip()
    wrong = Problem(code="amount_unknown", field=field, values={"value": text})
    match = _AMOUNT.fullmatch(text)
    if not match or not (match["pounds"] or match["pence"]):
        return wrong
    pence = int((match["pounds"] or "0").replace(",", "")) * 100
    pence += int((match["pence"] or "0").ljust(2, "0"))
    if pence > MOST_PENCE:
        return Problem(code="amount_too_large", field=field, values={"value": text})
    return -pence if match["sign"] in {"-", "−"} else pence


def pounds(pence: int) -> str:
    """Return money as £1,234.50; what is owed has a minus sign."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def short_pounds(pence: int) -> str:
    """Return money as people say it: £200, and £12.50 where there are pence."""
    said = pounds(pence)
    return said.removesuffix(".00")


def plain_pounds(pence: int) -> str:
    """Return money as it stands in a field to be typed over: 1234.50."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02}"
