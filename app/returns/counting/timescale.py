"""Choose how finely a chart cuts time, so that its bars can be read on paper."""

from collections.abc import Sequence
from itertools import groupby

from app.domain.periods import Period
from app.returns.filled import ChartPoint
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
    hidden = next((one for one in quarters if one.value is None), None)
    if hidden is not None:
        return ChartPoint(label=label, value=None, value_text=hidden.value_text)
    total = sum(one.value or 0 for one in quarters)
    return ChartPoint(label=label, value=total, value_text=f"{total:,g}", source=quarters[0].source)
