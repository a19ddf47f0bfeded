"""Amounts as banks write them, to the penny; what cannot be read is never taken for nought."""

import math
import re
from collections.abc import Iterable

from app.domain.money import MOST_PENCE, read_pounds
from app.domain.problems import Problem
from app.importers.bank.records import OURS
from app.importers.cells import Cell, text_of

_POUNDS = re.compile(r"^GBP\s*|\s*GBP$", re.IGNORECASE)
_SIDE = re.compile(r"(?P<amount>.*?)\s*(?P<side>CR|DR|C|D)", re.IGNORECASE)
OTHER_CURRENCIES = re.compile(
    r"[$€¥₹]|\b(?:EUR|USD|CHF|JPY|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|CNY|HKD|SGD|ZAR|AED|TRY"
    r"|RON|BGN|ILS|THB|MXN|BRL|NGN|KES|GHS|PKR|BDT|LKR|EUROS?|DOLLARS?)\b"
)
"""Signs and names of money other than pounds, in capitals."""
_ENDS_IN_COMMA = re.compile(r"\d,\d{1,2}$")
_ENDS_IN_POINT = re.compile(r"\d\.\d{1,2}$")


def plain_cell(cell: Cell) -> str:
    """Return a cell as tidy text, without the apostrophe that keeps a spreadsheet from reading it."""
    return text_of(cell).removeprefix("'").strip()


def read_amount(cell: Cell, *, comma: bool = False) -> int | None:
    """Return the pence of a cell, or None when it is no amount of pounds.

    ``comma``: the file writes 1.234,50.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return _of_number(cell)
    if not isinstance(cell, str):
        return None
    text = _POUNDS.sub("", plain_cell(cell)).strip()
    sign = 1
    if match := _SIDE.fullmatch(text):
        text, sign = match["amount"], 1 if match["side"][0] in "cC" else -1
        side_given = True
    else:
        side_given = False
    if text.startswith("(") and text.endswith(")") and not side_given:
        text, sign, side_given = text[1:-1], -1, True
    elif text.endswith(("-", "−")) and not side_given:
        text, sign, side_given = text[:-1], -1, True
    text = text.strip().replace("£ ", "£").replace("£-", "-£")
    if comma:
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    found = read_pounds(text)
    if isinstance(found, Problem) or (side_given and found < 0):
        return None
    return sign * found


def _of_number(number: float) -> int | None:
    if not math.isfinite(number) or abs(number) * 100 > MOST_PENCE:
        return None
    pence = round(number * 100)
    return pence if abs(number * 100 - pence) < 1e-4 else None


def other_currency(cell: Cell) -> bool:
    """Say whether an amount or a currency's name is of money other than pounds."""
    return bool(OTHER_CURRENCIES.search(plain_cell(cell).upper()))


def is_ours(currency: str) -> bool:
    """Say whether a currency's name is that of the book, or is left out."""
    return currency.strip().upper() in {"", OURS, "£", "UKP", "STG"}


def writes_commas(cells: Iterable[Cell]) -> bool:
    """Say whether a file writes 1.234,50: some amounts end so, and none the other way."""
    commas = points = 0
    for cell in cells:
        if isinstance(cell, str):
            text = plain_cell(cell).strip("£()+-−")
            commas += bool(_ENDS_IN_COMMA.search(text))
            points += bool(_ENDS_IN_POINT.search(text))
        elif isinstance(cell, float):
            points += 1
    return commas > 0 and points == 0
