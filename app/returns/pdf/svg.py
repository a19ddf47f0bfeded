"""Draw charts as SVG, with the very drawing of the paper; its text stays text."""

from html import escape

from app.returns.pdf.charts import ChartBox
from app.returns.pdf.lines import Line
from app.returns.pdf.surface import hatching, number


class SvgPen:
    """Gather shapes and text; SVG counts downwards, the page upwards."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._fill, self._stroke, self._thick = "", "", 0.0
        self._out: list[str] = []

    def finished(self, spoken: str) -> str:
        """Return the whole picture; `spoken` is heard instead of it."""
        size = f'viewBox="0 0 {number(self._width)} {number(self._height)}"'
        inside = "".join(self._out)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
            f'aria-label="{escape(spoken)}">{inside}</svg>'
        )

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw one line of text, as wide as it was measured whatever letters are there."""
        if not line.spans:
            return
        style = line.spans[0].style
        weight = ' font-weight="700"' if style.bold else ""
        long = f' textLength="{number(line.width)}" lengthAdjust="spacingAndGlyphs"'
        # Where text runs from the right, its beginning is the right end.
        start = x + line.width if line.rtl else x
        way = ' direction="rtl"' if line.rtl else ""
        self._out.append(
            f'<text x="{number(start)}" y="{number(self._height - baseline)}" '
            f'font-size="{number(style.size)}" fill="{style.colour}"{weight}{way}'
            f"{long if line.width > 0 else ''}>{escape(line.text, quote=False)}</text>"
        )

    def fill_colour(self, colour: str) -> None:
        """Set the colour of filled shapes."""
        self._fill = colour

    def stroke(self, colour: str, width: float) -> None:
        """Set the colour and width of lines."""
        self._stroke, self._thick = colour, width

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a straight line."""
        self.rules([(x1, y1), (x2, y2)])

    def rules(self, points: list[tuple[float, float]]) -> None:
        """Draw a line through `points`."""
        places = " ".join(f"{number(x)},{number(self._height - y)}" for x, y in points)
        self._out.append(f'<polyline points="{places}" fill="none" {self._lines()}/>')

    def round_box(
        self, x: float, y: float, width: float, height: float, radius: float, *, filled: bool
    ) -> None:
        """Fill or outline a rectangle with round corners."""
        ink = f'fill="{self._fill}"' if filled else f'fill="none" {self._lines()}'
        corner = number(min(radius, width / 2, height / 2))
        self._out.append(f'<rect {self._place(x, y, width, height)} rx="{corner}" {ink}/>')

    def hatched_box(self, x: float, y: float, width: float, height: float) -> None:
        """Outline a rectangle and fill it with slanting lines."""
        place = self._place(x, y, width, height)
        self._out.append(f'<rect {place} fill="none" {self._lines()}/>')
        for ends in hatching(x, y, width, height):
            self.rule(*ends)

    def _place(self, x: float, y: float, width: float, height: float) -> str:
        top = self._height - y - height
        sides = {"x": x, "y": top, "width": width, "height": height}
        return " ".join(f'{name}="{number(side)}"' for name, side in sides.items())

    def _lines(self) -> str:
        return f'stroke="{self._stroke}" stroke-width="{number(self._thick)}"'


def drawn(box: ChartBox) -> str:
    """Return one drawing of a chart as SVG."""
    pen = SvgPen(box.width, box.height)
    box.draw_bare(pen, 0.0, box.height)
    return pen.finished(box.chart.spoken)
