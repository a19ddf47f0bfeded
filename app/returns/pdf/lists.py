"""Set lists of points."""

from collections.abc import Sequence

from app.returns.filled import Align
from app.returns.pdf import theme
from app.returns.pdf.boxes import Box, Holder, draw_content, height_of
from app.returns.pdf.lines import Line, Span, Style, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface

_INDENT = 13.0


class BulletsBox(Box):
    """One point of a list; the points of a list share its element."""

    def __init__(
        self, bullet: Sequence[Line], lines: Sequence[Line], width: float, holder: Holder
    ) -> None:
        super().__init__(width, height_of(lines))
        self._bullet, self._lines, self._holder = bullet, lines, holder

    @classmethod
    def all(cls, items: Sequence[Sequence[Span]], width: float, shaper: Shaper) -> list[Box]:
        """Return a box for each of `items`."""
        holder = Holder()
        bullet = wrap([Span("•", Style(theme.BODY))], _INDENT, shaper)
        return [cls(bullet, wrap(item, width - _INDENT, shaper), width, holder) for item in items]

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the point with its upper left corner at `x`, `top`."""
        with self._holder.inside(page, "L"), page.tagged("LI"):
            with page.tagged("Lbl"):
                draw_content(page, self._bullet, x + 3, top, _INDENT, Align.LEFT)
            with page.tagged("LBody"):
                width = self.width - _INDENT
                draw_content(page, self._lines, x + _INDENT, top, width, Align.LEFT)
