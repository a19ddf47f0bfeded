"""Choose how finely a chart cuts time, so that its bars can be read on paper."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from app.domain.disclosure import NOT_SHOWN
from app.domain.periods import Period
from app.returns.filled import ChartPoint, Scalar, Source
from app.returns.language.spec import BreakdownId
from app.returns.language.template import ChartSpec

MOST_BARS = 24
"""More bars than this have no room for their numbers."""
_MONTHS_OF_A_YEAR = 12
_MONTH, _QUARTER = BreakdownId("month"), BreakdownId("quarter")


def chart_cut(spec: ChartSpec, period: Period) -> BreakdownId:
    """Return the breakdown that a chart is drawn by: quarters where there are too many months."""
    if spec.by == _MONTH and len(period.months()) > MOST_BARS:
        return _QUARTER
    return spec.by


def short_labels(by: str, labels: Sequence[str]) -> list[str]:
    """Return the labels of months and quarters in the room under a bar: Nov, Nov 25, Jan–Mar 25."""
    if by == _MONTH:
        with_year = len(labels) > _MONTHS_OF_A_YEAR
        return [f"{one[:3]} {one[-2:]}" if with_year else one[:3] for one in labels]
    if by == _QUARTER:
        words = [label.split() for label in labels]  # January to March 2026
        return [f"{first[:3]}–{last[:3]} {year[-2:]}" for first, _, last, year in words]
    return list(labels)


def by_year(keys: Sequence[str], points: Sequence[ChartPoint]) -> tuple[ChartPoint, ...]:
    """Return points of quarters added up by year; a year with a hidden quarter is hidden."""
    paired = list(zip(keys, points, strict=True))
    return tuple(
        _year(key, [point for _, point in group])
        for key, group in groupby(paired, key=lambda pair: pair[0][:4])
    )


def _year(label: str, quarters: Sequence[ChartPoint]) -> ChartPoint:
    if any(one.value is None for one in quarters):
        # A quarter of fewer than 5 is no year of fewer than 5.
        return ChartPoint(label=label, value=None, value_text=NOT_SHOWN)
    total = sum(one.value or 0 for one in quarters)
    sources = [one.source for one in quarters if one.source is not None]
    return ChartPoint(
        label=label, value=total, value_text=f"{total:,g}", source=_of_all(label, sources)
    )


def _of_all(label: str, quarters: Sequence[Source]) -> Source | None:
    """Return where a year comes from: all its quarters, as other lines that were added together."""
    if not quarters:
        return None
    first, rows = quarters[0], [one.rows for one in quarters]
    return replace(
        first,
        part="+".join(one.part for one in quarters),
        title=f"{first.title.rpartition(': ')[0]}: {label}",
        value=None if first.value is None else sum(_number(one.value) for one in quarters),
        rows=None if None in rows else sum(one or 0 for one in rows),
    )


def _number(value: Scalar) -> float:
    return value if isinstance(value, int | float) else 0
