"""What is said of a statement's row that could not be taken as it stands."""

from collections.abc import Mapping

from app.importers.base import ImportProblem, Place
from app.importers.problem_texts import problem_text

_TEXTS: Mapping[str, str] = {
    "amount_missing": "This row has no amount, so it is left out.",
    "date_missing": "This row has no date, so it is left out.",
    "both_sides": "This row has money both in and out ({value}), so it is left out. Please check it.",
    "currency_other": "“{value}” is not in pounds. The book holds pounds only, so this row is left out.",
    "row_long": "This row has more columns than the header: “{value}” stands beyond them. A comma that is not in quotation marks moves columns along, so the row is left out.",
    "direction_unknown": "“{value}” does not say whether money came in or went out, so this row is left out.",
    "balance_breaks": "The balance in this row is {value} away from the row before it and its own amount. A line may be missing, or an amount be wrong.",
    "statement_out": "The statement does not add up: its opening balance and its lines come to {value} than its closing balance.",
    "year_closed": "The year that ended on {value} is closed: its accounts were approved. This row is left out.",
    "before_account": "This account begins in the book on {value}, after this row, so it is left out. Change when the account begins, then import the file again.",
    "after_account": "This account was closed on {value}, before this row, so it is left out.",
    "day_ahead": "{value} has not come yet, so this row is left out.",
    "day_too_old": "{value} is further back than any cash book here goes, so this row is left out.",
}


def trouble(place: Place, code: str, value: str = "") -> ImportProblem:
    """Return a problem with a row, by its code."""
    text = _TEXTS.get(code)
    message = text.format(value=value) if text else f"{problem_text(code, value)} It is left out."
    return ImportProblem(place=place, code=code, message=message, value=value)
