"""Hold a chart: its points, what is printed beside each, and what a listener hears."""

from dataclasses import dataclass
from enum import StrEnum

from app.returns.runs import Source


class ChartKind(StrEnum):
    """How a chart draws its numbers."""

    BARS = "bars"
    FUNNEL = "funnel"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """One bar or point.

    `value` is what is drawn, `value_text` what is printed beside it. A hidden point has no value;
    its text says why ("fewer than 5"). `quiet` draws it paler: the base that the others are of.
    """

    label: str
    value: float | None
    value_text: str = ""
    quiet: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars, a funnel of horizontal bars, or a line, with its numbers printed on it.

    `summary` is the sentence that a listener hears first; the numbers follow by themselves.
    """

    kind: ChartKind
    points: tuple[ChartPoint, ...]
    summary: str
    unit: str = ""
    height_mm: float | None = None

    @property
    def spoken(self) -> str:
        """Return the alternative text: the summary and every number of the chart."""
        unit = f" {self.unit}" if self.unit else ""
        parts = [
            f"{point.label}: {spoken_value(point)}{unit if point.value is not None else ''}"
            for point in self.points
        ]
        said = "; ".join(parts) or "There is nothing to show"
        return f"{self.summary.rstrip('. ')}. {said}."


def spoken_value(point: ChartPoint) -> str:
    """Return a point's value as it is printed and read out."""
    if point.value_text:
        return point.value_text
    if point.value is None:
        return "not shown"
    return f"{point.value:,.2f}".rstrip("0").rstrip(".")
