"""Print values as people write them: 1,193 · 91.5 hours · £2.64 · 68%."""

from app.domain.money import pounds
from app.figures.definition import Unit

NONE = "none"
"""What stands for a mean, share or ratio that has nothing behind it."""

_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


def number_text(value: float | None, unit: str) -> str:
    """Return a value of a unit in figures, without the unit's word."""
    if value is None:
        return NONE
    if unit == Unit.PENCE:
        return pounds(round(value))
    if unit == Unit.SHARE:
        return f"{_rounded(value * 100):,}%"
    if unit == Unit.MEAN:
        return f"{value:,.1f}"
    return decimal_text(value)


def decimal_text(value: float) -> str:
    """Return a number with up to two decimals, none where it is whole: 91.5, 1,193."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def in_words(number: int) -> str:
    """Return a small number as a word ("six"), a larger one in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def _rounded(value: float) -> int:
    """Round half up, as people expect of a percentage."""
    return int(value + 0.5)
