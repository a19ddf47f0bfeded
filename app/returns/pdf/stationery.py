"""Draw the head of a letter, with the address where an envelope's window is, and notices."""

from app.returns.filled import Align, LetterHead, Notice
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import Box, draw_content, height_of
from app.returns.pdf.lines import Line, Span, Style, line_width, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface

_NOTICE = 24.0
_LEAST_NOTICE = 15.0
_PAD = 13.0
_SENDER = 15.0
_AFTER_WINDOW = 12.0


def _lines(words: str, style: Style, width: float, shaper: Shaper) -> list[Line]:
    return wrap([Span(fonts.clean(words), style)], width, shaper) if words else []


class NoticeBox(Box):
    """Large words on the group's colour, or, quiet, inside a line of it."""

    def __init__(self, notice: Notice, width: float, shaper: Shaper, accent: str) -> None:
        self._quiet, self._accent = notice.quiet, accent
        colour = accent if notice.quiet else theme.PAPER
        room = width - 2 * _PAD
        style = Style(_NOTICE, bold=True, colour=colour, leading=1.15)
        wide = line_width([Span(fonts.clean(notice.text), style)], shaper)
        size = max(_LEAST_NOTICE, min(_NOTICE, _NOTICE * room / max(wide, 1.0)))
        self._text = _lines(notice.text, style._replace(size=size), room, shaper)
        ink = theme.INK if notice.quiet else theme.PAPER
        self._detail = _lines(notice.detail, Style(theme.BODY, colour=ink), room, shaper)
        super().__init__(width, height_of(self._text) + height_of(self._detail) + 1.5 * _PAD)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the ground and the words with its upper left corner at `x`, `top`."""
        with page.artifact():
            page.fill_colour(self._accent)
            page.stroke(self._accent, 1.6)
            inset = 0.8 if self._quiet else 0.0
            page.round_box(
                x + inset,
                top - self.height + inset,
                self.width - 2 * inset,
                self.height - 2 * inset,
                5,
                filled=not self._quiet,
            )
        upper = top - 0.7 * _PAD
        for lines in (self._text, self._detail):
            if lines:
                with page.tagged("P"):
                    draw_content(page, lines, x + _PAD, upper, self.width - 2 * _PAD, Align.LEFT)
                upper -= height_of(lines)


class LetterHeadBox(Box):
    """Sender at the head, the address in the window, date and references at its right, greeting."""

    keep_next = True

    def __init__(
        self, head: LetterHead, width: float, shaper: Shaper, *, accent: str, head_room: float
    ) -> None:
        side = width - theme.WINDOW_WIDTH - 10
        first, *rest = head.sender or ("",)
        small = Style(9.4, colour=theme.MUTED)
        self._subject_words = head.subject
        self._sender = _lines(first, Style(_SENDER, bold=True, colour=accent), width, shaper)
        self._about = [line for one in rest for line in _lines(one, small, width, shaper)]
        body = Style(theme.BODY)
        self._to = [
            line for one in head.to for line in _lines(one, body, theme.WINDOW_WIDTH, shaper)
        ]
        self._side = [
            line
            for one in (head.date, *head.references)
            for line in _lines(one, body, side, shaper)
        ]
        self._greeting = _lines(head.greeting, body, width, shaper)
        self._subject = _lines(head.subject, Style(12.2, bold=True), width, shaper)
        # Under the sender where that is long, otherwise where the window of the envelope is.
        above = height_of(self._sender) + height_of(self._about) + 8
        self._window = max(theme.WINDOW_TOP - head_room, above)
        window = max(theme.WINDOW_HEIGHT, height_of(self._to), height_of(self._side))
        self._greet = self._window + window + _AFTER_WINDOW
        height = self._greet + height_of(self._greeting) + 6 + height_of(self._subject)
        super().__init__(width, height)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the head with its upper left corner at `x`, `top`."""
        side = x + theme.WINDOW_WIDTH + 10
        greet = top - self._greet
        subject = greet - height_of(self._greeting) - 6
        for lines, left, upper, align in (
            (self._sender, x, top, Align.LEFT),
            (self._about, x, top - height_of(self._sender), Align.LEFT),
            (self._to, x, top - self._window, Align.LEFT),
            (self._side, side, top - self._window, Align.RIGHT),
            (self._greeting, x, greet, Align.LEFT),
        ):
            if lines:
                with page.tagged("P"):
                    draw_content(page, lines, left, upper, self.width - (left - x), align)
        if self._subject:
            page.outline(self._subject_words, 0, subject)
            with page.tagged("H1"):
                draw_content(page, self._subject, x, subject, self.width, Align.LEFT)
