"""Break text into lines that fit, in any script, and say how wide and high each is."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from app.returns.pdf import bidi_order, fonts, theme
from app.returns.pdf.fonts import EM
from app.returns.pdf.shaping import Shaper


class Style(NamedTuple):
    """How a stretch of text is set; `tabular` gives all digits one width, for columns."""

    size: float = theme.BODY
    bold: bool = False
    colour: str = theme.INK
    tabular: bool = False
    leading: float = theme.LEADING


class Span(NamedTuple):
    """Text of one style, cleaned (`fonts.clean`)."""

    text: str
    style: Style


class Line(NamedTuple):
    """One line: its words and spaces in reading order, and its size in points.

    `tail` is the space at which it was broken: not seen, but read, or words would run together.
    """

    spans: tuple[Span, ...]
    width: float
    height: float
    has_rtl: bool
    rtl: bool
    tail: str = ""

    @property
    def text(self) -> str:
        """Return the line's words in reading order."""
        return "".join(span.text for span in self.spans)


class _Unit(NamedTuple):
    """What may not be broken: a word, perhaps of several styles, or spaces."""

    spans: tuple[Span, ...]
    width: float
    space: bool


_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_SHORT = 40
"""Texts of no more letters are kept with their lines: names, marks and numbers come again and again."""
# A word ends at a space, after a hyphen or stroke between letters, and around each Han letter.
_WORDS = re.compile(
    rf" +|[{_HAN}][、。，．：；？！）」』]*|(?:(?![ {_HAN}]).)+?(?:(?<=[^\W\d_][-–—/])(?=\w)|(?=[ {_HAN}])|$)"
)


def wrap(spans: Sequence[Span], width: float, shaper: Shaper) -> list[Line]:
    """Break `spans` into lines no wider than `width` points; a word too long is cut by letters."""
    if len(spans) != 1 or len(spans[0].text) > _SHORT:
        return _wrapped(spans, width, shaper)
    known, key = shaper.lines, (spans[0], width)
    if key not in known:
        known[key] = _wrapped(spans, width, shaper)
    return list(known[key])


def _wrapped(spans: Sequence[Span], width: float, shaper: Shaper) -> list[Line]:
    lines: list[Line] = []
    rtl = False
    for paragraph in _paragraphs(spans):
        words = "".join(span.text for span in paragraph)
        has_rtl = bidi_order.has_rtl(words)
        rtl = has_rtl and bidi_order.starts_rtl(words)
        lines += _fill(_units(paragraph, shaper), width, shaper, rtl=rtl)
    return lines


def widths(spans: Sequence[Span], shaper: Shaper) -> tuple[float, float]:
    """Return the width, in points, of the longest word of `spans` and of their longest line."""
    if len(spans) != 1 or len(spans[0].text) > _SHORT:
        return _widths(spans, shaper)
    known, span = shaper.line_widths, spans[0]
    if span not in known:
        known[span] = _widths(spans, shaper)
    return known[span]


def _widths(spans: Sequence[Span], shaper: Shaper) -> tuple[float, float]:
    words = line = 0.0
    for paragraph in _paragraphs(spans):
        each = [unit.width for unit in _units(paragraph, shaper)]
        words, line = max(words, *each, 0.0), max(line, sum(each))
    return words, line


def line_width(spans: Sequence[Span], shaper: Shaper) -> float:
    """Return the width of `spans` on as few lines as they have line feeds, in points."""
    return widths(spans, shaper)[1]


def _paragraphs(spans: Sequence[Span]) -> Iterator[list[Span]]:
    current: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        current.append(Span(first, span.style))
        for other in others:
            yield current
            current = [Span(other, span.style)]
    yield current


def _units(paragraph: Sequence[Span], shaper: Shaper) -> Iterator[_Unit]:
    """Yield words and spaces; a word goes on over a change of style."""
    held: list[Span] = []
    held_width = 0.0
    for span in paragraph:
        style = span.style
        for match in _WORDS.finditer(span.text):
            word = match.group()
            width = _width(word, style, shaper)
            space = word[0] == " "
            if held and (space or match.start() > 0):
                yield _Unit(tuple(held), held_width, space=False)
                held, held_width = [], 0.0
            if space:
                yield _Unit((Span(word, style),), width, space=True)
            else:
                held.append(Span(word, style))
                held_width += width
    if held:
        yield _Unit(tuple(held), held_width, space=False)


def _width(word: str, style: Style, shaper: Shaper) -> float:
    shaped = shaper.shape(
        word, bold=style.bold, tabular=style.tabular, rtl=bidi_order.has_rtl(word)
    )
    return shaped.width * style.size / EM


def _fill(units: Iterator[_Unit], width: float, shaper: Shaper, *, rtl: bool) -> list[Line]:
    lines: list[Line] = []
    row: list[_Unit] = []
    used = 0.0
    style = Style()
    for unit in units:
        style = unit.spans[-1].style
        pieces = [unit] if unit.space or unit.width <= width else _cut(unit, width, shaper)
        for piece in pieces:
            if row and not piece.space and used + piece.width > width + 0.01:
                lines.append(_line(row, rtl=rtl))
                row, used = [], 0.0
            if row or not piece.space or not lines:
                row.append(piece)
                used += piece.width
    if row or not lines:
        lines.append(_line(row, rtl=rtl, style=style))
    return lines


def _cut(unit: _Unit, width: float, shaper: Shaper) -> list[_Unit]:
    """Cut a word that is wider than a line into pieces that fit, between letters."""
    pieces: list[_Unit] = []
    for span in unit.spans:
        letters = list(fonts.letters(span.text))
        while letters:
            count = _most(letters, width, span.style, shaper)
            pieces.append(_unit("".join(letters[:count]), span.style, shaper))
            letters = letters[count:]
    return pieces


def _most(letters: Sequence[str], width: float, style: Style, shaper: Shaper) -> int:
    """Return how many of the first letters fit together; at least one."""
    alone = accumulate(_width(letter, style, shaper) for letter in letters)
    count = max(sum(1 for _ in takewhile(lambda room: room <= width, alone)), 1)
    while count > 1 and _width("".join(letters[:count]), style, shaper) > width:
        count -= 1  # side by side, letters may stand further apart
    return count


def _unit(text: str, style: Style, shaper: Shaper) -> _Unit:
    return _Unit((Span(text, style),), _width(text, style, shaper), space=False)


def _line(row: list[_Unit], *, rtl: bool, style: Style | None = None) -> Line:
    tail = " " if row and row[-1].space and style is None else ""
    while row and row[-1].space:
        row = row[:-1]
    spans = tuple(span for unit in row for span in unit.spans)
    words = "".join(span.text for span in spans)
    height = max((_height(span) for span in spans), default=0.0)
    if not height:
        height = (style or Style()).size * (style or Style()).leading
    width = sum(unit.width for unit in row)
    return Line(spans, width, height, bidi_order.has_rtl(words), rtl, tail)


def _height(span: Span) -> float:
    """Return the line height of `span`: more for scripts that reach further up and down."""
    usual = span.style.size * span.style.leading
    if span.text.isascii():
        return usual
    base = fonts.base_face(bold=span.style.bold)
    others = (one for one, _ in fonts.split(span.text, bold=span.style.bold) if one is not base)
    needed = max(((one.ascent + one.descent) * one.scale for one in others), default=0)
    return max(usual, needed * span.style.size / EM)
