"""Takes figures from a register: values, parts, tables of two ways, and the rows behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ages import BandSet
from app.domain.names import list_name
from app.domain.periods import Period
from app.figures.bands import band_set
from app.figures.breakdowns import Breakdown, breakdown, part_names
from app.figures.catalogue import catalogue
from app.figures.definition import Figure, Unit
from app.figures.queries import overlaps, rows_query
from app.figures.rates import rates_json
from app.figures.reading import Number, Reading, Source, Taken
from app.figures.rounding import apportion, pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: a period, one activity or all, and the age bands for breakdowns by age."""

    period: Period
    activity_id: int | None = None
    bands: BandSet = field(default_factory=band_set)

    @property
    def values(self) -> dict[str, Any]:
        """The named values of every figure's query."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "activity_id": self.activity_id,
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


def evaluate(source: Source, ids: Sequence[str] | None, scope: Scope) -> dict[str, FigureValue]:
    """Return the values of figures (all when ``ids`` is None), in one statement.

    Raises KeyError for an id the catalogue does not have.
    """
    figures = [catalogue()[name] for name in (catalogue() if ids is None else ids)]
    reading = Reading(scope.bands)
    for figure in figures:
        reading.wish(figure)
    reading.read(source, scope.values)
    return {figure.id: _value(figure, reading) for figure in figures}


def _value(figure: Figure, reading: Reading) -> FigureValue:
    taken = reading.total(figure)
    base = ""
    if figure.is_rate:
        base = f"{taken.n:,} {figure.base_one if taken.n == 1 else figure.base}"
    return FigureValue(
        id=figure.id, version=figure.version, title=figure.title, definition=figure.definition,
        unit=figure.unit, value=_finished(figure, taken), n=taken.n, base=base,
    )  # fmt: skip


def _finished(figure: Figure, taken: Taken) -> Number:
    return pence(int(taken.value or 0)) if figure.is_rounded_once else taken.value


def break_down(source: Source, figure_id: str, breakdown_id: str, scope: Scope) -> BrokenDown:
    """Return a figure in its parts; raises KeyError where the two do not go together."""
    return break_downs(source, [(figure_id, breakdown_id)], scope)[0]


def break_downs(
    source: Source, wanted: Sequence[tuple[str, str]], scope: Scope
) -> tuple[BrokenDown, ...]:
    """Return several figures in their parts, all from one statement: much quicker than one by one.

    ``wanted`` are pairs of figure and breakdown ids.
    """
    pairs = [_pair(figure_id, breakdown_id) for figure_id, breakdown_id in wanted]
    reading = Reading(scope.bands)
    for figure, (cut,) in pairs:
        reading.wish(figure)
        reading.wish(figure, cut)
    reading.read(source, scope.values)
    return tuple(_broken_down(figure, cut, reading, scope) for figure, (cut,) in pairs)


def _pair(figure_id: str, *breakdown_ids: str) -> tuple[Figure, tuple[Breakdown, ...]]:
    figure = catalogue()[figure_id]
    cuts = tuple(breakdown(name) for name in breakdown_ids)
    for cut in cuts:
        if cut.id.partition(":")[0] not in figure.breakdowns:
            raise KeyError(f"{figure_id} is not broken down by {cut.id}")
    return figure, cuts


def _broken_down(figure: Figure, cut: Breakdown, reading: Reading, scope: Scope) -> BrokenDown:
    total = reading.total(figure)
    overlapping = overlaps(figure, (cut,))
    return BrokenDown(
        figure=figure, breakdown=cut, parts=_parts(figure, cut, reading, scope),
        total=_finished(figure, total), n=total.n, overlapping=overlapping,
    )  # fmt: skip


def _parts(figure: Figure, cut: Breakdown, reading: Reading, scope: Scope) -> tuple[Part, ...]:
    found = reading.parts(figure, cut)
    names = part_names(cut, reading.labels(cut), set(found), scope.period, scope.bands)
    taken = [found.get(key, reading.nothing(figure)) for key, _ in names]
    total = _finished(figure, reading.total(figure))
    values = _shared_out(figure, taken, total)
    return tuple(
        Part(key=key, label=label, value=value, n=one.n)
        for (key, label), value, one in zip(names, values, taken, strict=True)
    )


def _shared_out(figure: Figure, taken: Sequence[Taken], total: Number) -> Sequence[Number]:
    """Return the parts' values; of what is rounded once, so that they add up to the total."""
    if figure.is_rounded_once:
        return apportion([int(one.value or 0) for one in taken], int(total or 0))
    return [one.value for one in taken]


def cross(
    source: Source, figure_id: str, row_breakdown: str, column_breakdown: str, scope: Scope
) -> CrossTable:
    """Return a figure cut two ways; raises KeyError where it is not broken down so.

    Of what is rounded once, rows add up exactly and columns to within a penny a cell.
    """
    figure, (down, across) = _pair(figure_id, row_breakdown, column_breakdown)
    reading = Reading(scope.bands)
    for cuts in ((), (down,), (across,), (down, across)):
        reading.wish(figure, *cuts)
    reading.read(source, scope.values)
    total = reading.total(figure)
    rows = _parts(figure, down, reading, scope)
    columns = _parts(figure, across, reading, scope)
    return CrossTable(
        figure=figure, row_breakdown=down, column_breakdown=across, rows=rows, columns=columns,
        cells=_cells(figure, (down, across), rows, columns, reading),
        total=_finished(figure, total), n=total.n,
        rows_overlap=overlaps(figure, (down,)), columns_overlap=overlaps(figure, (across,)),
    )  # fmt: skip


def _cells(
    figure: Figure, cuts: tuple[Breakdown, Breakdown], rows: Sequence[Part],
    columns: Sequence[Part], reading: Reading,
) -> tuple[tuple[Part, ...], ...]:  # fmt: skip
    found = reading.cells(figure, *cuts)
    lines: list[tuple[Part, ...]] = []
    for row in rows:
        taken = [found.get((row.key, column.key), reading.nothing(figure)) for column in columns]
        values = _shared_out(figure, taken, row.value)
        lines.append(
            tuple(
                Part(key=column.key, label=column.label, value=value, n=one.n)
                for column, value, one in zip(columns, values, taken, strict=True)
            )
        )
    return tuple(lines)


def rows_behind(source: Source, figure_id: str, scope: Scope) -> FigureRows:
    """Return the very rows a figure's value is taken from, with the names of people and activities.

    Raises KeyError for an id the catalogue does not have.
    """
    figure = catalogue()[figure_id]
    extra = ["activity"] if "activity_id" in figure.columns else []
    extra += ["name"] if "person_id" in figure.columns else []
    found = source.rows(rows_query(figure), scope.values)
    return FigureRows(
        figure=figure,
        columns=(*figure.columns, *extra),
        rows=tuple(_named(tuple(row), named="name" in extra) for row in found),
    )


def _named(row: tuple[Any, ...], *, named: bool) -> tuple[Any, ...]:
    if not named:
        return row
    *cells, given, family, known_as = row
    return (*cells, list_name(given or "", family or "", known_as or ""))
