"""Reads figures that were wished for together from a register, by as few statements as can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from app.domain.ages import BandSet
from app.figures.breakdowns import Breakdown
from app.figures.catalogue import catalogue
from app.figures.definition import Figure
from app.figures.outcomes import scales_json
from app.figures.queries import Statement

Number: TypeAlias = int | float | None
"""A value: whole for counts and pence, None where a rate has nothing behind it; never NaN."""

_UNCUT = "None"
_MOST_ARMS = 200
"""Wishes in one statement: SQLite takes 500 SELECTs, the tables' own among them."""


class Source(Protocol):
    """Where figures are read: a snapshot, or a register opened only to read."""

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query with named values."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a measure came to, before any rounding, and how much stands behind it."""

    value: Number
    n: int
    every: str = ""
    """Of the end of an interval or a median: every value, as JSON."""


_Found: TypeAlias = dict[tuple[str, str], Taken]
_Wish: TypeAlias = tuple[str, tuple[str, ...]]


class Reading:
    """Wish for figures and their parts, read once, then ask for what was found."""

    def __init__(self, bands: BandSet) -> None:
        self._bands = bands
        self._statements: dict[tuple[str, int], Statement] = {}
        self._wishes: dict[_Wish, tuple[Breakdown, ...]] = {}
        self._places: dict[tuple[str, int], list[_Wish]] = {}
        self._found: dict[_Wish, _Found] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._needs_money = self._has_money = False

    def wish(self, figure: Figure, *cuts: Breakdown) -> None:
        """Ask for a figure, or for its parts; a ratio asks for its two figures."""
        self._needs_money = self._needs_money or figure.needs == "money"
        if figure.numerator:
            for name in (figure.numerator, figure.denominator):
                self.wish(catalogue()[name], *cuts)
            return
        if figure.each:
            self.wish(catalogue()[figure.each])
        wish = (figure.id, tuple(cut.id for cut in cuts))
        if wish in self._wishes:
            return
        self._wishes[wish] = cuts
        # Figures that read the same tables go together; where they are many, in lots.
        number = 0
        while len(self._places.get((figure.shared, number), ())) >= _MOST_ARMS:
            number += 1
        where = (figure.shared, number)
        statement = self._statements.setdefault(where, Statement(bands=self._bands))
        statement.add(figure, cuts)
        self._places.setdefault(where, []).append(wish)

    def read(self, source: Source, values: Mapping[str, Any]) -> None:
        """Run the statements, and look up what activities are called where that is needed."""
        self._found = {wish: {} for wish in self._wishes}
        for where, statement in self._statements.items():
            wishes = self._places[where]
            more = {"bands": statement.bands_json}
            if where[0]:
                more["scales"] = scales_json(source)
            found = source.rows(statement.sql, {**values, **more})
            for number, key, label, key2, label2, value, n in found:
                self._found[wishes[number]][str(key), str(key2)] = _taken(value, n)
                for cut, code, words in zip(
                    self._wishes[wishes[number]], (key, key2), (label, label2), strict=False
                ):
                    self._labels.setdefault(cut.id, {})[str(code)] = str(words)
        if self._needs_money:
            self._has_money = bool(source.rows("SELECT 1 FROM money_counted LIMIT 1"))
        if any(cut.names == "activity" for cuts in self._wishes.values() for cut in cuts):
            named = source.rows("SELECT activity_id, name FROM activity_listed")
            self._labels["activity"] = {str(row[0]): row[1] for row in named}

    def lacks(self, figure: Figure) -> bool:
        """Say whether something has to be recorded before a figure has any value."""
        return figure.needs == "money" and not self._has_money

    def price(self, figure: Figure) -> tuple[int, int]:
        """Return pence and what they are over, of what a figure's count is multiplied by."""
        each = catalogue()[figure.each]
        over, under = (self.total(catalogue()[name]) for name in (each.numerator, each.denominator))
        return int(over.value or 0), int(under.value or 0)

    def labels(self, cut: Breakdown) -> Mapping[str, str]:
        """Return the words that only the register knows for the parts of a breakdown."""
        return self._labels.get(cut.id, {})

    def total(self, figure: Figure) -> Taken:
        """Return the whole figure."""
        return self._of(figure)[_UNCUT, _UNCUT]

    def parts(self, figure: Figure, cut: Breakdown) -> dict[str, Taken]:
        """Return a figure's parts by their keys; parts with nothing in them are not there."""
        return {key: taken for (key, _), taken in self._of(figure, cut).items()}

    def cells(self, figure: Figure, down: Breakdown, across: Breakdown) -> _Found:
        """Return the cells of a table by the keys of row and column."""
        return self._of(figure, down, across)

    def nothing(self, figure: Figure) -> Taken:
        """Return what a part without any rows comes to."""
        return Taken(None if figure.is_rate or figure.numerator else 0, 0)

    def _of(self, figure: Figure, *cuts: Breakdown) -> _Found:
        if not figure.numerator:
            return self._found[figure.id, tuple(cut.id for cut in cuts)]
        over = self._of(catalogue()[figure.numerator], *cuts)
        under = self._of(catalogue()[figure.denominator], *cuts)
        return {key: _divided(over.get(key), under.get(key)) for key in over | under}


def _taken(value: Any, n: int) -> Taken:
    return Taken(None, n, value) if isinstance(value, str) else Taken(value, n)


def _divided(over: Taken | None, under: Taken | None) -> Taken:
    above, below = (one.value or 0 if one else 0 for one in (over, under))
    return Taken(above / below if below else None, int(below))
