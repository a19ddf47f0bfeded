"""Draw the heads of reports and sheets, the strip of large numbers, and lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.returns.filled import (
    Align,
    BigNumber,
    BigNumbers,
    ReportHead,
    SheetHead,
    WriteLine,
)
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import Box, draw_content, draw_lines, height_of
from app.returns.pdf.lines import Line, Span, Style, line_width, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface, number
from app.returns.pdf.tags import text_entry

_TITLE = 20.0
_COVER_TITLE = 36.0
_COVER_BAND = 11.0
_COVER_LEFT = 42.0
_COVER_GAP = 12.0
_COVER_LOGO = 96.0
_CODE = 14.0
_LOGO = 56.0
_BIG = 25.0
_GAP = 9.0
_PER_ROW = 4
_WRITE_ROW = 25.5


def _lines(words: str, style: Style, width: float, shaper: Shaper) -> list[Line]:
    return wrap([Span(fonts.clean(words), style)], width, shaper) if words else []


def _fit(words: str, style: Style, width: float, least: float, shaper: Shaper) -> Style:
    """Return `style`, smaller if `words` would not fit one line, but not under `least`."""
    wide = line_width([Span(fonts.clean(words), style)], shaper)
    if wide <= width:
        return style
    return style._replace(size=max(least, style.size * width / wide))


@dataclass(frozen=True, slots=True)
class CoverSetting:
    """What a cover is drawn with; `height` is the room of the page."""

    accent: str
    logo: tuple[str, float] | None
    group: str
    height: float


class ReportHeadBox(Box):
    """Kicker, name and subtitle; at the right the logo, or the group's initials in a disc."""

    keep_next = True

    def __init__(
        self,
        head: ReportHead,
        width: float,
        shaper: Shaper,
        *,
        accent: str,
        logo: tuple[str, float] | None,
        group: str,
    ) -> None:
        self._head, self._accent, self._logo, self._group = head, accent, logo, group
        side = _LOGO + 14 if head.show_logo else 0.0
        room = width - side
        title = _fit(head.title, Style(_TITLE, bold=True), room * 2, 14.0, shaper)
        self._kicker = _lines(head.kicker, Style(9.8, colour=theme.MUTED), room, shaper)
        self._title = _lines(head.title, title, room, shaper)
        self._subtitle = _lines(head.subtitle, Style(11.2), room, shaper)
        words = [self._kicker, self._title, self._subtitle]
        height = sum(height_of(one) for one in words)
        super().__init__(width, max(height, _LOGO if head.show_logo else 0.0) + 8)
        initials = "".join(word[0] for word in fonts.clean(group).split() if word[0].isalnum())
        self._initials = wrap(
            [Span(initials[:2].upper(), Style(19, bold=True, colour=theme.PAPER))], 200, shaper
        )

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the head with its upper left corner at `x`, `top`."""
        page.outline(self._head.title, 0, top)
        upper = top
        for tag, lines in (("P", self._kicker), ("H1", self._title), ("P", self._subtitle)):
            if lines:
                with page.tagged(tag):
                    draw_content(page, lines, x, upper, self.width, Align.LEFT)
                upper -= height_of(lines)
        if self._head.show_logo:
            wide = _LOGO * min(self._logo[1], 1.0) if self._logo else _LOGO
            place = (x + self.width - wide, top, _LOGO, _LOGO)
            draw_logo(page, self._logo, self._initials, self._group, self._accent, place)


def draw_logo(
    page: Surface,
    logo: tuple[str, float] | None,
    initials: Sequence[Line],
    group: str,
    accent: str,
    place: tuple[float, float, float, float],
) -> None:
    """Draw the logo, or the initials in a disc.

    `place` is the left edge, the upper edge, the side of the disc, and how wide a logo may be.
    """
    x, top, side, widest = place
    if logo is None:
        with page.artifact():
            page.fill_colour(accent)
            page.round_box(x, top - side, side, side, side / 2, filled=True)
            upper = top - side / 2 + height_of(initials) / 2
            draw_lines(page, initials, x, upper, side, Align.CENTRE)
        return
    name, shape = logo
    width = min(side * shape, widest)
    height = width / shape
    left, bottom = x, top - height
    edges = " ".join(number(edge) for edge in (left, bottom, left + width, top))
    alt = text_entry("Alt", f"Logo of {group}")
    with page.tagged("Figure", f"{alt}/A<</O/Layout/Placement/Block/BBox[{edges}]>>"):
        page.picture(name, left, bottom, width, height)


class CoverBox(Box):
    """A head over a whole page: a band of colour at the side, the logo above, the name large."""

    def __init__(
        self, head: ReportHead, width: float, shaper: Shaper, setting: CoverSetting
    ) -> None:
        super().__init__(width, setting.height)
        self._head, self._accent = head, setting.accent
        self._logo, self._group = setting.logo, setting.group
        room = width - _COVER_LEFT
        # A long name becomes smaller before it takes more than four lines.
        title = _fit(
            head.title, Style(_COVER_TITLE, bold=True, leading=1.15), room * 3, 16.0, shaper
        )
        self._kicker = _lines(head.kicker, Style(12.0, colour=theme.MUTED), room, shaper)
        self._title = _lines(head.title, title, room, shaper)
        self._subtitle = _lines(head.subtitle, Style(14.0, leading=1.35), room, shaper)
        initials = "".join(
            word[0] for word in fonts.clean(setting.group).split() if word[0].isalnum()
        )
        self._initials = wrap(
            [Span(initials[:2].upper(), Style(34, bold=True, colour=theme.PAPER))], 200, shaper
        )

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the cover with its upper left corner at `x`, `top`."""
        page.outline(self._head.title, 0, top)
        with page.artifact():
            page.fill_colour(self._accent)
            page.box(x, top - self.height, _COVER_BAND, self.height)
        left = x + _COVER_LEFT
        words = (("P", self._kicker), ("H1", self._title), ("P", self._subtitle))
        tall = sum(height_of(lines) for _, lines in words) + 2 * _COVER_GAP
        if self._head.show_logo:
            draw_logo(page, self._logo, self._initials, self._group, self._accent,
                      (left, top - 10, _COVER_LOGO, 2 * _COVER_LOGO))  # fmt: skip
        # A little above the middle, where a cover is looked at first; lower when the name is long.
        upper = min(top - self.height * 0.38, top - _COVER_LOGO - 40)
        upper = max(upper, top - self.height + tall + 20)
        for tag, lines in words:
            if lines:
                with page.tagged(tag):
                    draw_content(page, lines, left, upper, self.width - _COVER_LEFT, Align.LEFT)
                upper -= height_of(lines) + _COVER_GAP


class SheetHeadBox(Box):
    """Activity, date and place of an attendance sheet; its code at the right."""

    keep_next = True

    def __init__(self, head: SheetHead, width: float, shaper: Shaper) -> None:
        self._title_words = head.title
        right = Style(_CODE, bold=True)
        self._code = _lines(head.code, right, width * 0.4, shaper)
        self._sheet = _lines(head.sheet, Style(theme.SMALL, colour=theme.MUTED), width, shaper)
        side = max((line.width for line in (*self._code, *self._sheet)), default=0.0)
        room = width - side - (12 if side else 0)
        title = _fit(head.title, Style(_TITLE, bold=True), room, 14.0, shaper)
        self._title = _lines(head.title, title, room, shaper)
        spans = [Span(fonts.clean(head.when), Style(11.2, bold=True))]
        if head.details:
            spans.append(Span(fonts.clean(f" · {head.details}"), Style(11.2)))
        self._when = wrap(spans, room, shaper) if head.when or head.details else []
        left = height_of(self._title) + height_of(self._when)
        super().__init__(width, max(left, height_of(self._code) + height_of(self._sheet)) + 6)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the head with its upper left corner at `x`, `top`."""
        page.outline(self._title_words, 0, top)
        with page.tagged("H1"):
            draw_content(page, self._title, x, top, self.width, Align.LEFT)
        for lines, upper, align in (
            (self._when, top - height_of(self._title), Align.LEFT),
            (self._code, top, Align.RIGHT),
            (self._sheet, top - height_of(self._code), Align.RIGHT),
        ):
            if lines:
                with page.tagged("P"):
                    draw_content(page, lines, x, upper, self.width, align)


class BigNumbersBox(Box):
    """Large numbers next to each other, each under a bar, four to a row."""

    def __init__(self, numbers: BigNumbers, width: float, shaper: Shaper, accent: str) -> None:
        self._accent = accent
        count = min(max(len(numbers.items), 1), _PER_ROW)
        self._each = (width - _GAP * (count - 1)) / count
        items = [self._set(item, shaper) for item in numbers.items]
        self._rows = [items[at : at + count] for at in range(0, len(items), count)]
        self._heights = [
            14 + max(height_of(value) + height_of(label) for value, label in row)
            for row in self._rows
        ]
        super().__init__(width, sum(self._heights) + 10 * max(len(self._rows) - 1, 0))

    def _set(self, item: BigNumber, shaper: Shaper) -> tuple[list[Line], list[Line]]:
        style = _fit(item.value, Style(_BIG, bold=True, leading=1.12), self._each, 12.0, shaper)
        value = _lines(item.value, style, self._each, shaper)
        if value:  # programs that read the file would run number and label together
            value[-1] = value[-1]._replace(tail=" ")
        return value, _lines(item.label, Style(9.8), self._each, shaper)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the numbers with its upper left corner at `x`, `top`."""
        with page.tagged("L"):
            for row, height in zip(self._rows, self._heights, strict=True):
                self._draw_row(page, row, x, top)
                top -= height + 10

    def _draw_row(
        self, page: Surface, row: Sequence[tuple[list[Line], list[Line]]], x: float, top: float
    ) -> None:
        with page.artifact():
            page.fill_colour(self._accent)
            for index in range(len(row)):
                page.box(x + index * (self._each + _GAP), top - 3, self._each, 3)
        for index, (value, label) in enumerate(row):
            left = x + index * (self._each + _GAP)
            with page.tagged("LI"), page.tagged("LBody"):
                upper = top - 7
                for lines in (value, label):
                    if lines:
                        draw_content(page, lines, left, upper, self._each, Align.LEFT)
                        upper -= height_of(lines)


class WriteLineBox(Box):
    """One line of labels with rules to write on."""

    def __init__(self, line: Sequence[WriteLine], width: float, shaper: Shaper) -> None:
        super().__init__(width, _WRITE_ROW)
        self._line = [(one, _lines(one.label, Style(theme.BODY), width, shaper)) for one in line]

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the line with its upper left corner at `x`, `top`."""
        right, base = x + self.width, top - _WRITE_ROW * 0.78
        for one, lines in self._line:
            start = x
            if lines:
                with page.tagged("P"):
                    upper = base - 1 + lines[0].height * 0.74
                    draw_content(page, lines[:1], x, upper, self.width, Align.LEFT)
                start += lines[0].width + 4
            end = right if one.width_mm is None else min(start + one.width_mm * theme.MM, right)
            with page.artifact():
                page.stroke(theme.INK, 0.6)
                page.rule(start, base - 2, max(end, start), base - 2)
            x = end + 22
