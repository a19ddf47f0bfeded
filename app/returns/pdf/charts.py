"""Draw charts with their numbers on them: bars, funnels and lines, readable in grey.

A chart is drawn once, in points, and the same drawing goes on paper and (as a small PDF) on the
screen. A hidden number is a hatched stub with its words; it has no height that could be measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.returns.filled import Align, Chart, ChartKind, ChartPoint, spoken_value
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import Box, draw_lines, height_of
from app.returns.pdf.lines import Line, Span, Style, line_width, wrap
from app.returns.pdf.pen import Pen
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface, number
from app.returns.pdf.tags import text_entry

_VALUE = 9.0
_LABEL = 8.6
_RADIUS = 2.2
_STUB = 9.0
_SMALLEST = 6.2
_WIDEST_BAR = 64.0  # points; two months are two bars, not two blocks
_NARROWEST = 8.0
_BARS_HEIGHT = 128.0
_FUNNEL_STEP = 15.0
_FUNNEL_BAR = 9.4


def extent_of(chart: Chart) -> tuple[float, float]:
    """Return the lowest and highest number a chart draws; nought is always among them."""
    values = [point.value or 0.0 for point in chart.points]
    return min([0.0, *values]), max([0.0, *values])


def parts_of(
    chart: Chart, width: float, shaper: Shaper, accent: str, *, page_height: float
) -> list["ChartBox"]:
    """Return a chart's drawing, in several parts where it has more points than fit one."""
    count = len(chart.points)
    most = count
    if chart.kind is ChartKind.FUNNEL:
        whole = ChartBox(chart, width, shaper, accent)
        if whole.height > page_height:
            most = int(count * page_height / whole.height * 0.9)
    else:
        most = most_upright(chart, width, shaper)
    parts = -(-count // max(most, 1)) or 1
    each = -(-count // parts) or 1
    extent = extent_of(chart)
    return [
        ChartBox(
            replace(chart, points=chart.points[at : at + each]),
            width,
            shaper,
            accent,
            extent=extent,
        )
        for at in range(0, max(count, 1), each)
    ]


def most_upright(chart: Chart, width: float, shaper: Shaper) -> int:
    """Return how many bars fit next to each other with labels and numbers that can be read."""
    shown = [point.label for point in chart.points]
    shown += [spoken_value(point) for point in chart.points if point.value is not None]
    words = [word for one in shown for word in fonts.clean(one).split()]
    style = Style(_SMALLEST, bold=True)
    widest = max((line_width([Span(word, style)], shaper) for word in words), default=0.0)
    return max(int(width / max(_NARROWEST, min(widest + 2, width / 6))), 1)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A point with its label and its number set in lines."""

    point: ChartPoint
    label: list[Line]
    value: list[Line]


class ChartBox(Box):
    """A chart as a figure with alternative text; parts of one chart share an `extent`."""

    def __init__(
        self,
        chart: Chart,
        width: float,
        shaper: Shaper,
        accent: str,
        *,
        height: float | None = None,
        extent: tuple[float, float] | None = None,
    ) -> None:
        self._lowest, self._highest = extent or extent_of(chart)
        self.chart, self._shaper, self._accent = chart, shaper, accent
        if chart.kind is ChartKind.FUNNEL:
            self._points = self._funnel_points(width)
            tall = sum(self._funnel_step(one) for one in self._points)
        else:
            self._points = self._slot_points(width / max(len(chart.points), 1))
            wanted = chart.height_mm * theme.MM if chart.height_mm else _BARS_HEIGHT
            tall = height or max(wanted, self._label_height() + 60)
        super().__init__(width, tall or 20.0)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the chart with its upper left corner at `x`, `top`."""
        box = " ".join(number(edge) for edge in (x, top - self.height, x + self.width, top))
        entries = (
            f"{text_entry('Alt', self.chart.spoken)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        )
        with page.tagged("Figure", entries), page.marked():
            self.draw_bare(page, x, top)

    def draw_bare(self, page: Pen, x: float, top: float) -> None:
        """Draw the chart without tags."""
        if not self._points:
            style = Style(_LABEL, colour=theme.MUTED)
            lines = wrap([Span("There is nothing to show.", style)], self.width, self._shaper)
            draw_lines(page, lines, x, top, self.width, Align.LEFT)
        elif self.chart.kind is ChartKind.FUNNEL:
            self._draw_funnel(page, x, top)
        else:
            self._draw_upright(page, x, top)

    # -- measuring -----------------------------------------------------------------------------

    def _slot_points(self, slot: float) -> list[_Labelled]:
        label_size = self._fitting([p.label for p in self.chart.points], slot - 2, _LABEL)
        shown = [spoken_value(point) for point in self.chart.points if point.value is not None]
        value_size = self._fitting(shown, slot, _VALUE)
        return [
            _Labelled(
                point,
                self._set(point.label, Style(label_size, colour=theme.MUTED), slot - 2),
                self._set(spoken_value(point), self._value_style(point, value_size), slot),
            )
            for point in self.chart.points
        ]

    def _funnel_points(self, width: float) -> list[_Labelled]:
        style = Style(_LABEL)
        room = min(
            max((self._line(point.label, style) for point in self.chart.points), default=0.0) + 1,
            width * 0.36,
        )
        return [
            _Labelled(
                point,
                self._set(point.label, style, room),
                self._set(spoken_value(point), self._value_style(point, _VALUE), width * 0.3),
            )
            for point in self.chart.points
        ]

    def _value_style(self, point: ChartPoint, size: float) -> Style:
        if point.value is None:
            return Style(min(size, 7.2), colour=theme.MUTED)
        return Style(size, bold=True)

    def _fitting(self, texts: Sequence[str], room: float, size: float) -> float:
        """Return the largest type size at which each word of `texts` fits `room`."""
        words = [word for one in texts for word in one.split()]
        widest = max((self._line(word, Style(size, bold=True)) for word in words), default=0.0)
        return size if widest <= room else max(_SMALLEST, size * room / widest)

    def _line(self, words: str, style: Style) -> float:
        return line_width([Span(fonts.clean(words), style)], self._shaper)

    def _set(self, words: str, style: Style, width: float) -> list[Line]:
        return wrap([Span(fonts.clean(words), style)], width, self._shaper)

    def _label_height(self) -> float:
        return max((height_of(one.label) for one in self._points), default=0.0)

    def _value_height(self) -> float:
        return max((height_of(one.value) for one in self._points), default=0.0)

    def _funnel_step(self, one: _Labelled) -> float:
        return max(_FUNNEL_STEP, height_of(one.label) + 3, height_of(one.value) + 2)

    # -- upright bars and lines ----------------------------------------------------------------

    def _draw_upright(self, page: Pen, x: float, top: float) -> None:
        slot = self.width / len(self._points)
        foot = top - self.height + self._label_height() + 4
        highest, lowest = self._highest, self._lowest
        room = top - foot - self._value_height() - 2
        if lowest < 0:
            room -= self._value_height()
            foot += self._value_height()
        scale = room / (highest - lowest) if highest > lowest else 0.0
        zero = foot - lowest * scale
        if self.chart.kind is ChartKind.LINE or not scale:
            page.stroke(theme.LINE, 0.75)
            page.rule(x, zero, x + self.width, zero)
        heights = [
            None if one.point.value is None else one.point.value * scale for one in self._points
        ]
        if self.chart.kind is ChartKind.LINE:
            self._draw_line(page, x, zero, slot, heights)
        else:
            self._draw_bars(page, x, zero, slot, heights)
        for index, one in enumerate(self._points):
            self._draw_words(page, index, x + index * slot, zero, slot, heights)
            under = top - self.height + self._label_height()
            draw_lines(page, one.label, x + index * slot + 1, under, slot - 2, Align.CENTRE)

    def _draw_bars(
        self, page: Pen, x: float, zero: float, slot: float, heights: Sequence[float | None]
    ) -> None:
        width = min(slot * 0.73, _WIDEST_BAR)
        for index, (one, height) in enumerate(zip(self._points, heights, strict=True)):
            left = x + index * slot + (slot - width) / 2
            if height is None:
                page.stroke(theme.MUTED, 0.6)
                page.hatched_box(left, zero, width, _STUB)
            elif height:
                page.fill_colour(theme.QUIET if one.point.quiet else self._accent)
                page.round_box(
                    left, min(zero, zero + height), width, abs(height), _RADIUS, filled=True
                )

    def _draw_line(
        self, page: Pen, x: float, zero: float, slot: float, heights: Sequence[float | None]
    ) -> None:
        page.stroke(self._accent, 1.8)
        stretch: list[tuple[float, float]] = []
        dots: list[tuple[float, float]] = []
        for index, height in enumerate([*heights, None]):
            if height is not None:
                stretch.append((x + (index + 0.5) * slot, zero + height))
                continue
            if len(stretch) > 1:
                page.rules(stretch)
            dots += stretch
            stretch = []
        page.fill_colour(self._accent)
        for across, up in dots:
            page.round_box(across - 2.4, up - 2.4, 4.8, 4.8, 2.4, filled=True)
        page.stroke(theme.MUTED, 0.6)
        for index, height in enumerate(heights):
            if height is None:
                page.hatched_box(x + (index + 0.5) * slot - 4, zero, 8, _STUB)

    def _draw_words(
        self,
        page: Pen,
        index: int,
        left: float,
        zero: float,
        slot: float,
        heights: Sequence[float | None],
    ) -> None:
        """Print the number of a point above it; below it where the line falls to it and rises."""
        value, height = self._points[index].value, heights[index]
        tall = height_of(value)
        up = _STUB if height is None else height
        on_line = self.chart.kind is ChartKind.LINE
        gap = 5.0 if on_line else 2.0
        beside = [*heights[max(index - 1, 0) : index], *heights[index + 1 : index + 2]]
        lower = height is not None and all(one is not None and one > up + gap for one in beside)
        below = up < 0 or (on_line and lower and bool(beside) and up > tall + gap)
        upper = zero + up - gap if below else zero + up + gap + tall
        draw_lines(page, value, left, upper, slot, Align.CENTRE)

    # -- funnels -------------------------------------------------------------------------------

    def _draw_funnel(self, page: Pen, x: float, top: float) -> None:
        label_width = max(line.width for one in self._points for line in one.label) + 8
        value_width = max(line.width for one in self._points for line in one.value) + 6
        room = self.width - label_width - value_width
        most = self._highest
        for one in self._points:
            step = self._funnel_step(one)
            middle = top - step / 2
            draw_lines(
                page, one.label, x, middle + height_of(one.label) / 2, label_width, Align.LEFT
            )
            left, bottom = x + label_width, middle - _FUNNEL_BAR / 2
            if one.point.value is None:
                page.stroke(theme.MUTED, 0.6)
                page.hatched_box(left, bottom, 2 * _STUB, _FUNNEL_BAR)
                long = 2 * _STUB
            else:
                long = room * max(one.point.value, 0.0) / most if most else 0.0
                page.fill_colour(theme.QUIET if one.point.quiet else self._accent)
                page.round_box(left, bottom, max(long, 0.8), _FUNNEL_BAR, 1.8, filled=True)
            upper = middle + height_of(one.value) / 2
            draw_lines(page, one.value, left + long + 5, upper, value_width, Align.LEFT)
            top -= step
