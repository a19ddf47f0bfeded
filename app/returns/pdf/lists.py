"""Set lists: points under bullets, and key facts in two columns."""

from collections.abc import Sequence

from app.returns.filled import Align, KeyFacts
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import Box, Holder, draw_content, fitting, height_of
from app.returns.pdf.lines import Line, Span, Style, line_width, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface

_INDENT = 13.0
_BETWEEN = 3.0


class ItemBox(Box):
    """One item of a list: its label and its body; all items of a list share its element."""

    before = _BETWEEN

    def __init__(
        self,
        label: Sequence[Line],
        body: Sequence[Line],
        *,
        width: float,
        indent: float,
        holders: tuple[Holder, Holder, Holder],
    ) -> None:
        super().__init__(width, max(height_of(label), height_of(body)))
        self._label, self._body = list(label), list(body)
        self._indent, self._holders = indent, holders

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Return the lines that fit and the rest."""
        fits = fitting(self._body, room)
        if fits == 0 or height_of(self._label) > room or fits == len(self._body):
            return None
        here = self._part(self._label, self._body[:fits])
        here.before = self.before
        return here, self._part([], self._body[fits:])

    def _part(self, label: Sequence[Line], body: Sequence[Line]) -> "ItemBox":
        return ItemBox(label, body, width=self.width, indent=self._indent, holders=self._holders)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the item with its upper left corner at `x`, `top`."""
        whole, item, body = self._holders
        room = self.width - self._indent
        with whole.inside(page, "L"), item.inside(page, "LI"):
            if self._label:
                with page.tagged("Lbl"):
                    draw_content(page, self._label, x, top, self._indent, Align.LEFT)
            if self._body:
                with body.inside(page, "LBody"):
                    draw_content(page, self._body, x + self._indent, top, room, Align.LEFT)


def bullets(items: Sequence[Sequence[Span]], width: float, shaper: Shaper) -> list[Box]:
    """Return a box for each point."""
    whole = Holder()
    style = Style(theme.BODY)
    label = wrap([Span("  •", style)], _INDENT, shaper)
    return [
        ItemBox(
            label,
            wrap(item, width - _INDENT, shaper),
            width=width,
            indent=_INDENT,
            holders=(whole, Holder(), Holder()),
        )
        for item in items
    ]


def key_facts(facts: KeyFacts, width: float, shaper: Shaper) -> list[Box]:
    """Return a box for each fact: its label, and beside it what belongs to it."""
    whole = Holder()
    size = facts.font_size or theme.BODY
    label, body = Style(size, bold=True), Style(size)
    labels = [[Span(fonts.clean(one.label), label)] for one in facts.facts]
    widest = max((line_width(one, shaper) for one in labels), default=0.0)
    indent = min(widest + 14, width * 0.42)
    return [
        ItemBox(
            wrap(words, indent - 10, shaper),
            wrap([Span(fonts.clean(one.text), body)], width - indent, shaper),
            width=width,
            indent=indent,
            holders=(whole, Holder(), Holder()),
        )
        for words, one in zip(labels, facts.facts, strict=True)
    ]
