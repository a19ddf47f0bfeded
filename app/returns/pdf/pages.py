"""Put boxes on pages, and draw what every page has: its foot, and the mark of a pretend group."""

from collections.abc import Sequence

from app.returns.feet import foot, pretend_mark
from app.returns.filled import Align, FilledReturn, Paper
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import Box, NewPage, draw_content, draw_lines, draw_stacked, height_of
from app.returns.pdf.lines import Line, Span, Style, line_width, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface

_FOOT = 26.0
_SMALLEST_FOOT = 7.0
_MOST_FOOT_LINES = 6
_FOOT_STYLE = Style(8.0, colour=theme.MUTED)
_PAGE_OF = 64.0  # room for "page 100 of 100"
_MARK = 24.0
PAPERS = {
    Paper.A4: (theme.A4, theme.MARGIN),
    Paper.A5: (theme.A5, theme.CARD_MARGIN),
    Paper.LETTER: (theme.A4, theme.LETTER_MARGIN),
}
"""Width, height and margin of each paper."""


class Frame:
    """The room for content on each page, and what is drawn around it."""

    def __init__(self, filled: FilledReturn, shaper: Shaper, *, landscape: bool) -> None:
        size, self.margin = PAPERS[filled.paper]
        self.size = size[::-1] if landscape else size
        self.width = self.size[0] - 2 * self.margin
        self._filled, self._shaper = filled, shaper
        self._foot = _foot_lines(foot(filled), self.width - _PAGE_OF, shaper)
        mark = _MARK if filled.pretend else 0.0
        self._foot_height = _FOOT - 11 + height_of(self._foot)
        self.top = self.size[1] - self.margin - mark
        self.height = self.top - self.margin - self._foot_height

    def draw_mark(self, page: Surface, index: int) -> None:
        """Draw the mark of a pretend group; page `index` counts from 0."""
        if not self._filled.pretend:
            return
        if index == 0:
            with page.tagged("P"), page.marked():
                self._draw_mark(page)
        else:
            with page.artifact("Header"):
                self._draw_mark(page)

    def draw_foot(self, page: Surface, index: int, count: int) -> None:
        """Draw the foot. It is read out once, at the end; elsewhere it is decoration."""
        bottom = self.margin
        upper = bottom + height_of(self._foot)
        last = index == count - 1
        with page.artifact("Footer"):
            page.stroke(theme.LINE, 0.75)
            page.rule(bottom, upper + 3, bottom + self.width, upper + 3)
            words = f"page {index + 1} of {count}"
            lines = wrap([Span(words, _FOOT_STYLE)], _PAGE_OF, self._shaper)
            # Programs that read the file would run this and the rest of the foot together.
            lines = [line._replace(tail=" ") for line in lines]
            draw_lines(page, lines, bottom, upper, self.width, Align.RIGHT)
            if not last:
                draw_lines(page, self._foot, bottom, upper, self.width, Align.LEFT)
        if last:
            with page.tagged("P"):
                draw_content(page, self._foot, bottom, upper, self.width, Align.LEFT)

    def _draw_mark(self, page: Surface) -> None:
        left = self.margin
        top, height = self.size[1] - left, _MARK - 8
        page.fill_colour(theme.SAID)
        page.round_box(left, top - height, self.width, height, 3, filled=True)
        page.stroke(theme.SAID_EDGE, 0.8)
        page.round_box(
            left + 0.4, top - height + 0.4, self.width - 0.8, height - 0.8, 3, filled=False
        )
        lines = wrap(
            [Span(pretend_mark(self._filled), Style(9, bold=True))], self.width, self._shaper
        )
        upper = top - (height - height_of(lines)) / 2
        draw_lines(page, lines, left, upper, self.width, Align.CENTRE)


def _foot_lines(words: str, width: float, shaper: Shaper) -> list[Line]:
    """Return the foot on one line if it can be a little smaller, else on several."""
    spans = [Span(fonts.clean(words), _FOOT_STYLE)]
    size = _FOOT_STYLE.size * width / max(line_width(spans, shaper), width)
    style = _FOOT_STYLE._replace(size=size if size >= _SMALLEST_FOOT else _FOOT_STYLE.size)
    return wrap([spans[0]._replace(style=style)], width, shaper)[:_MOST_FOOT_LINES]


def paginate(boxes: Sequence[Box], height: float) -> list[list[Box]]:
    """Share `boxes` out over pages of `height`; nothing that fits a page is cut off."""
    pages: list[list[Box]] = [[]]
    used = 0.0
    queue = list(boxes)[::-1]
    while queue:
        box = queue.pop()
        if isinstance(box, NewPage):
            if pages[-1]:
                pages.append([])
                used = 0.0
            continue
        room = height - used - (box.before if pages[-1] else 0.0)
        if pages[-1] and room < _wanted(box, queue):
            pages.append([])
            used = 0.0
            room = height
        if box.height > room + 0.01:
            parts = box.split(room)
            if parts is not None:
                queue.append(parts[1])
                box = parts[0]
        used += box.height + (box.before if pages[-1] else 0.0)
        pages[-1].append(box)
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def _wanted(box: Box, queue: Sequence[Box]) -> float:
    """Return the room that `box` needs to begin here, with what must follow it on this page."""
    room = box.first
    at = len(queue) - 1
    while box.keep_next and at >= 0 and not isinstance(queue[at], NewPage):
        room += (box.height - box.first) + queue[at].before + queue[at].first
        box = queue[at]
        at -= 1
    return room


def draw_page(page: Surface, frame: Frame, boxes: Sequence[Box]) -> None:
    """Draw the content of one page."""
    draw_stacked(page, boxes, frame.margin, frame.top)
