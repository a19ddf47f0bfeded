"""What a chart is drawn with: a page of a PDF, or a picture in SVG."""

from typing import Protocol

from app.returns.pdf.lines import Line


class Pen(Protocol):
    """Lines of text and shapes; lengths are points from the lower left corner."""

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw one line of text from `x`, on `baseline`."""

    def fill_colour(self, colour: str) -> None:
        """Set the colour of letters and filled shapes."""

    def stroke(self, colour: str, width: float) -> None:
        """Set the colour and width of lines."""

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a straight line."""

    def rules(self, points: list[tuple[float, float]]) -> None:
        """Draw a line through `points`."""

    def round_box(
        self, x: float, y: float, width: float, height: float, radius: float, *, filled: bool
    ) -> None:
        """Fill or outline a rectangle with round corners."""

    def hatched_box(self, x: float, y: float, width: float, height: float) -> None:
        """Outline a rectangle and fill it with slanting lines: a number that is not shown."""
