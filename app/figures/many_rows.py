"""The rows behind many figures at once: what they share is read once and not for each of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.names import list_name
from app.figures.definition import Figure
from app.figures.outcomes import figures_of, scales_json
from app.figures.queries import keys_query, some_rows_query
from app.figures.reading import Number, Source
from app.figures.records import FigureRows, Scope

_MOST = 100
"""Figures in one statement; SQLite takes 500 parts of a union."""


def keys_behind(
    source: Source, ids: Sequence[str], scope: Scope
) -> Mapping[str, dict[str, Number]]:
    """Return what tells the rows behind each figure apart, with what each adds; no names.

    Raises KeyError for an id that is not there.
    """
    known = figures_of(source)
    found: dict[str, dict[str, Number]] = {name: {} for name in ids}
    for figures in _lots([known[name] for name in ids]):
        sql, places = keys_query(figures, scope.bands)
        values = {**scope.values, **_more(source, figures), **places}
        for number, key, adds in source.rows(sql, values):
            found[figures[number].id][key] = adds
    return found


def rows_of_keys(
    source: Source, wanted: Mapping[str, Sequence[str]], scope: Scope
) -> Mapping[str, FigureRows]:
    """Return some rows behind figures, by their keys, with the names of people and activities.

    In the order of day and name. Raises KeyError for an id that is not there.
    """
    known = figures_of(source)
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in wanted}
    for figures in _lots([known[name] for name, keys in wanted.items() if keys]):
        sql, places = some_rows_query(figures, scope.bands)
        asked = [[n, key] for n, figure in enumerate(figures) for key in wanted[figure.id]]
        values = {**scope.values, **_more(source, figures), **places, "wanted": json.dumps(asked)}
        for number, *cells in source.rows(sql, values):
            found[figures[number].id].append(_readable(figures[number], cells))
    return {name: _ordered(known[name], rows) for name, rows in found.items()}


def _lots(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield figures that read the same tables together, in lots that one statement can take."""
    for shared in dict.fromkeys(figure.shared for figure in figures):
        together = [figure for figure in figures if figure.shared == shared]
        for start in range(0, len(together), _MOST):
            yield together[start : start + _MOST]


def _more(source: Source, figures: Sequence[Figure]) -> dict[str, Any]:
    return {"scales": scales_json(source)} if figures[0].shared else {}


def _extra(figure: Figure) -> tuple[str, ...]:
    extra = ("activity",) if "activity_id" in figure.columns else ()
    return (*extra, "name") if "person_id" in figure.columns else extra


def _readable(figure: Figure, cells: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row's own cells, then its activity and name where it has one."""
    *_, activity, given, family, known_as = cells
    said = {
        "activity": activity,
        "name": list_name(given or "", family or "", known_as or ""),
    }
    return (*cells[: len(figure.columns)], *(said[name] for name in _extra(figure)))


def _ordered(figure: Figure, rows: Sequence[tuple[Any, ...]]) -> FigureRows:
    columns = (*figure.columns, *_extra(figure))
    places = [columns.index(name) for name in ("day", "name") if name in columns]
    ordered = sorted(rows, key=lambda row: [str(row[place] or "").casefold() for place in places])
    return FigureRows(figure=figure, columns=columns, rows=tuple(ordered))
