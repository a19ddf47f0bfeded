"""Decide which numbers of a return are hidden, over all its sentences, tables and charts together."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.figures.evaluate import BrokenDown, FigureValue
from app.figures.reading import Number
from app.returns.template import Disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """Which numbers are hidden."""

    words: str = "fewer than 5"
    mark: str = "<5"

    def hides(self, name: str, by: str = "", key: str = "") -> bool:
        return False

    def shown(self, name: str, value: Number) -> Number:
        return value


def hide(
    totals: Mapping[str, FigureValue],
    parts: Mapping[tuple[str, str], BrokenDown],
    mode: Disclosure,
) -> Hiding:
    return Hiding()
