"""What counting gives back: values, parts, tables of two ways, and the rows behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.ages import BandSet
from app.domain.periods import Period
from app.figures.bands import band_set
from app.figures.breakdowns import Breakdown
from app.figures.definition import Figure, Unit
from app.figures.rates import rates_json
from app.figures.reading import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: a period, one activity or all, one grant or all, and the age bands for breakdowns by age."""

    period: Period
    activity_id: int | None = None
    grant_id: int | None = None
    bands: BandSet = field(default_factory=band_set)

    @property
    def values(self) -> dict[str, Any]:
        """The named values of every figure's query."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "activity_id": self.activity_id,
            "grant_id": self.grant_id,
            "rates": rates_json("volunteer_hour"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """A figure taken: ``n`` is how many rows stand behind it, or a rate's base."""

    id: str
    version: int
    title: str
    definition: str
    unit: Unit
    value: Number
    n: int
    base: str = ""
    """A rate's base in words: "12 sessions held"."""
    note: str = ""
    """Why there is no value, where that is not because nothing stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a figure broken down; ``n`` as in FigureValue."""

    key: str
    label: str
    value: Number
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenDown:
    """A figure in parts. They add up to the total, unless somebody can be in two: overlapping."""

    figure: Figure
    breakdown: Breakdown
    parts: tuple[Part, ...]
    total: Number
    n: int
    overlapping: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTable:
    """A figure cut two ways: cells by row and column, the parts of each way, and the total."""

    figure: Figure
    row_breakdown: Breakdown
    column_breakdown: Breakdown
    rows: tuple[Part, ...]
    columns: tuple[Part, ...]
    cells: tuple[tuple[Part, ...], ...]
    total: Number
    n: int
    rows_overlap: bool
    columns_overlap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRows:
    """The rows behind a figure. They name people: for the screen, never for a log."""

    figure: Figure
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)

    @property
    def row_ids(self) -> tuple[str, ...]:
        """What tells each row from the others, without names: "17" or "4/17"; "-" for none."""
        places = [self.columns.index(name) for name in self.figure.key]
        return tuple(
            "/".join("-" if row[place] is None else str(row[place]) for place in places)
            for row in self.rows
        )

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return each row by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything a return asked for, counted at one moment by one statement."""

    values: Mapping[str, FigureValue]
    parts: Mapping[tuple[str, str], BrokenDown]
    """By figure and breakdown id."""
    tables: Mapping[tuple[str, str, str], CrossTable]
    """By figure, row breakdown and column breakdown id."""
