"""Counts figures in a register: values, parts, tables of two ways, and the rows behind."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.names import list_name
from app.figures.breakdowns import Breakdown, breakdown, part_names
from app.figures.definition import Figure
from app.figures.intervals import mean_interval
from app.figures.outcomes import figures_of, listed, scales_json
from app.figures.queries import overlaps, rows_query
from app.figures.reading import Number, Reading, Source, Taken
from app.figures.records import (
    BrokenDown,
    Counted,
    CrossTable,
    FigureRows,
    FigureValue,
    Part,
    Scope,
)
from app.figures.rounding import apportion, pence, pence_of

__all__ = [
    "BrokenDown",
    "Counted",
    "CrossTable",
    "FigureRows",
    "FigureValue",
    "Part",
    "Scope",
    "Source",
    "break_down",
    "break_downs",
    "count",
    "cross",
    "evaluate",
    "rows_behind",
]


def count(
    source: Source,
    scope: Scope,
    *,
    ids: Sequence[str] = (),
    parts: Sequence[tuple[str, str]] = (),
    tables: Sequence[tuple[str, str, str]] = (),
) -> Counted:
    """Count figures, figures in parts and tables of two ways, all by one statement.

    Much quicker than one by one: what they share is read once. ``parts`` are pairs of figure and
    breakdown id, ``tables`` figure, row breakdown and column breakdown. Raises KeyError for an id
    that is not there, or for a figure that is not broken down so.
    """
    known = figures_of(source)
    figures = [known[name] for name in ids]
    cut = {wanted: _checked(known, *wanted) for wanted in (*parts, *tables)}
    reading = Reading(scope.bands)
    for figure in figures:
        reading.wish(figure)
    for figure, cuts in cut.values():
        for wish in ((), *((one,) for one in cuts), cuts):
            reading.wish(figure, *wish)
    reading.read(source, scope.values)
    return Counted(
        values={figure.id: _value(figure, reading) for figure in figures},
        parts={pair: _broken_down(*cut[pair], reading, scope) for pair in parts},
        tables={wanted: _crossed(*cut[wanted], reading, scope) for wanted in tables},
    )


def evaluate(source: Source, ids: Sequence[str] | None, scope: Scope) -> dict[str, FigureValue]:
    """Return the values of figures (all when ``ids`` is None); raises KeyError as `count` does."""
    return dict(count(source, scope, ids=listed(source) if ids is None else ids).values)


def break_down(source: Source, figure_id: str, breakdown_id: str, scope: Scope) -> BrokenDown:
    """Return a figure in its parts; raises KeyError as `count` does."""
    pair = (figure_id, breakdown_id)
    return count(source, scope, parts=(pair,)).parts[pair]


def break_downs(
    source: Source, wanted: Sequence[tuple[str, str]], scope: Scope
) -> tuple[BrokenDown, ...]:
    """Return several figures in their parts, by pairs of figure and breakdown id."""
    parts = count(source, scope, parts=wanted).parts
    return tuple(parts[pair] for pair in wanted)


def cross(
    source: Source, figure_id: str, row_breakdown: str, column_breakdown: str, scope: Scope
) -> CrossTable:
    """Return a figure cut two ways; raises KeyError as `count` does.

    Of what is rounded once, rows add up exactly and columns to within a penny a cell.
    """
    wanted = (figure_id, row_breakdown, column_breakdown)
    return count(source, scope, tables=(wanted,)).tables[wanted]


def _checked(
    known: Mapping[str, Figure], figure_id: str, *breakdown_ids: str
) -> tuple[Figure, tuple[Breakdown, ...]]:
    figure = known[figure_id]
    cuts = tuple(breakdown(name) for name in breakdown_ids)
    for cut in cuts:
        if cut.id.partition(":")[0] not in figure.breakdowns:
            raise KeyError(f"{figure_id} is not broken down by {cut.id}")
    return figure, cuts


_NOT_YET = {"money": "no money recorded yet"}
"""Why a figure has no value: by what it needs."""


def _value(figure: Figure, reading: Reading) -> FigureValue:
    taken = reading.total(figure)
    base = ""
    if figure.is_rate or figure.base:
        base = f"{taken.n:,} {figure.base_one if taken.n == 1 else figure.base}"
    return FigureValue(
        id=figure.id, version=figure.version, title=figure.title, definition=figure.definition,
        unit=figure.unit, value=_finished(figure, taken, reading), n=taken.n, base=base,
        note=_NOT_YET[figure.needs] if reading.lacks(figure) else "",
    )  # fmt: skip


def _finished(figure: Figure, taken: Taken, reading: Reading) -> Number:
    if reading.lacks(figure):
        return None
    if figure.each:
        number, (price, over) = int(taken.value or 0), reading.price(figure)
        return pence_of(number, price, over) if number else 0
    if figure.is_interval_end:
        ends = mean_interval(json.loads(taken.every or "[]"))
        return None if ends is None else ends[figure.measure.startswith("high:")]
    if figure.is_median:
        from statistics import median  # not in most returns

        every = json.loads(taken.every or "[]")
        return float(median(every)) if every else None
    return pence(int(taken.value or 0)) if figure.is_rounded_once else taken.value


def _broken_down(
    figure: Figure, cuts: tuple[Breakdown, ...], reading: Reading, scope: Scope
) -> BrokenDown:
    (cut,) = cuts
    total = reading.total(figure)
    return BrokenDown(
        figure=figure,
        breakdown=cut,
        parts=_parts(figure, cut, reading, scope),
        total=_finished(figure, total, reading),
        n=total.n,
        overlapping=overlaps(figure, cuts),
    )


def _parts(figure: Figure, cut: Breakdown, reading: Reading, scope: Scope) -> tuple[Part, ...]:
    found = reading.parts(figure, cut)
    labels = dict(figure.bands) if cut.names == "band" else reading.labels(cut)
    names = part_names(cut, labels, set(found), scope.period, scope.bands)
    taken = [found.get(key, reading.nothing(figure)) for key, _ in names]
    total = _finished(figure, reading.total(figure), reading)
    values = _shared_out(figure, taken, total, reading)
    return tuple(
        Part(key=key, label=label, value=value, n=one.n)
        for (key, label), value, one in zip(names, values, taken, strict=True)
    )


def _shared_out(
    figure: Figure, taken: Sequence[Taken], total: Number, reading: Reading
) -> Sequence[Number]:
    """Return the parts' values; of what is rounded once, so that they add up to the total."""
    if figure.is_rounded_once:
        return apportion([int(one.value or 0) for one in taken], int(total or 0))
    if figure.each and not reading.lacks(figure) and any(one.value for one in taken):
        price, over = reading.price(figure)
        return apportion([int(one.value or 0) * price for one in taken], int(total or 0), over)
    return [_finished(figure, one, reading) for one in taken]


def _crossed(
    figure: Figure, cuts: tuple[Breakdown, ...], reading: Reading, scope: Scope
) -> CrossTable:
    down, across = cuts
    total = reading.total(figure)
    rows = _parts(figure, down, reading, scope)
    columns = _parts(figure, across, reading, scope)
    return CrossTable(
        figure=figure,
        row_breakdown=down,
        column_breakdown=across,
        rows=rows,
        columns=columns,
        cells=_cells(figure, (down, across), rows, columns, reading),
        total=_finished(figure, total, reading),
        n=total.n,
        rows_overlap=overlaps(figure, (down,)),
        columns_overlap=overlaps(figure, (across,)),
    )


def _cells(
    figure: Figure, cuts: tuple[Breakdown, Breakdown], rows: Sequence[Part],
    columns: Sequence[Part], reading: Reading,
) -> tuple[tuple[Part, ...], ...]:  # fmt: skip
    found = reading.cells(figure, *cuts)
    lines: list[tuple[Part, ...]] = []
    for row in rows:
        taken = [found.get((row.key, column.key), reading.nothing(figure)) for column in columns]
        values = _shared_out(figure, taken, row.value, reading)
        lines.append(
            tuple(
                Part(key=column.key, label=column.label, value=value, n=one.n)
                for column, value, one in zip(columns, values, taken, strict=True)
            )
        )
    return tuple(lines)


def rows_behind(
    source: Source, figure_id: str, scope: Scope, *, by: str = "", part: str = ""
) -> FigureRows:
    """Return the very rows a figure's value is taken from, with the names of people and activities.

    With a breakdown and the key of one of its parts, only the rows of that part. Raises KeyError
    for an id that is not there, or a figure that is not broken down so.
    """
    known = figures_of(source)
    figure, cuts = _checked(known, figure_id, *((by,) if by else ()))
    extra = ["activity"] if "activity_id" in figure.columns else []
    extra += ["name"] if "person_id" in figure.columns else []
    more = {"scales": scales_json(source)} if figure.shared else {}
    sql, places = rows_query(figure, scope.bands, *cuts)
    found = source.rows(sql, {**scope.values, **more, **places, "part": part})
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
