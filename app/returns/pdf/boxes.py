"""Lay out what a page is made of: boxes that know their height, can be split, and draw themselves.

All lengths are points. A box is made for one width; `top` in `draw` is the height of its upper
edge above the foot of the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from app.returns.filled import Align
from app.returns.pdf import theme
from app.returns.pdf.lines import Line
from app.returns.pdf.pen import Pen
from app.returns.pdf.surface import Surface
from app.returns.pdf.tags import Element, text_entry

_CAP_MIDDLE = 0.334  # half the height of a capital letter, as a part of the type size


class Box:
    """Something to be placed on a page, below what came before it.

    `before` is the room left above it (none at the top of a page); `keep_next` keeps it on the
    page of what follows. `first` is the least height that it can begin with.
    """

    before = 0.0
    keep_next = False

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height

    @property
    def first(self) -> float:
        """Return the height of the least part of the box that may stand alone."""
        return self.height

    def split(self, _room: float) -> "tuple[Box, Box] | None":
        """Return what fits into `_room` and the rest, or None where the box may not be split."""
        return None

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the box with its upper left corner at `x`, `top`."""


class Holder:
    """Remember the structure element of something that goes on over pages."""

    def __init__(self) -> None:
        self.element: Element | None = None

    @contextmanager
    def inside(self, page: Surface, tag: str, entries: str = "") -> Iterator[None]:
        """Draw inside the element, beginning it the first time and going on in it afterwards."""
        if self.element is None:
            with page.tagged(tag, entries) as self.element:
                yield
        else:
            was = page.tree.enter(self.element)
            yield
            page.tree.enter(was)


def draw_lines(
    page: Pen, lines: Sequence[Line], x: float, top: float, width: float, align: Align
) -> None:
    """Draw `lines` one below the other, from `top` down."""
    for line in lines:
        if line.spans:
            size = max(span.style.size for span in line.spans)
            middle = top - line.height / 2
            page.line(line, x + _indent(line, width, align), middle - _CAP_MIDDLE * size)
        top -= line.height


def draw_content(
    page: Surface, lines: Sequence[Line], x: float, top: float, width: float, align: Align
) -> None:
    """Draw `lines` as content of the current element.

    Lines with right-to-left letters stand on paper in another order than they are read in, so they
    get an element of their own that says their text.
    """
    mixed = any(line.has_rtl for line in lines)
    if mixed:
        words = "".join(line.text + line.tail for line in lines)
        page.tree.open("Span", text_entry("ActualText", words))
    page.begin_marked()
    draw_lines(page, lines, x, top, width, align)
    page.end_marked()
    if mixed:
        page.tree.close()


def _indent(line: Line, width: float, align: Align) -> float:
    if align is Align.RIGHT:
        return width - line.width
    return (width - line.width) / 2 if align is Align.CENTRE else 0.0


def fitting(lines: Sequence[Line], room: float) -> int:
    """Return how many of `lines` fit into `room`."""
    for count, line in enumerate(lines):
        room -= line.height
        if room < 0:
            return count
    return len(lines)


def height_of(lines: Sequence[Line]) -> float:
    """Return the height of `lines` together."""
    return sum(line.height for line in lines)


class TextBox(Box):
    """A paragraph, heading or note: lines under one tag, split between lines if need be."""

    def __init__(
        self,
        lines: Sequence[Line],
        width: float,
        *,
        tag: str = "P",
        before: float = 0.0,
        keep_next: bool = False,
        outline: tuple[str, int] | None = None,
        holder: Holder | None = None,
    ) -> None:
        super().__init__(width, height_of(lines))
        self.lines = list(lines)
        self.tag = tag
        self.before = before
        self.keep_next = keep_next
        self.outline = outline
        self._holder = holder or Holder()

    @property
    def first(self) -> float:
        """Return the height of two lines, or of all if there are few."""
        return height_of(self.lines[:2]) if len(self.lines) > 3 else self.height

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Return the lines that fit and the rest, at least two of each."""
        fits = min(
            fitting(self.lines, room), len(self.lines) - 2
        )  # never a last line alone on a page
        if fits < 2:
            return None
        made = [
            TextBox(part, self.width, tag=self.tag, holder=self._holder, before=before)
            for part, before in ((self.lines[:fits], self.before), (self.lines[fits:], 0.0))
        ]
        made[0].outline = self.outline
        made[1].keep_next = self.keep_next
        return made[0], made[1]

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the lines under their tag with its upper left corner at `x`, `top`."""
        if self.outline:
            page.outline(*self.outline, top)
        rtl = bool(self.lines) and self.lines[0].rtl
        with self._holder.inside(page, self.tag):
            align = Align.RIGHT if rtl else Align.LEFT
            draw_content(page, self.lines, x, top, self.width, align)


class Space(Box):
    """Empty room; a page's top swallows it."""

    def __init__(self, height: float) -> None:
        super().__init__(0.0, 0.0)
        self.before = height


class NewPage(Box):
    """The end of a page."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0)


class Stack(Box):
    """Boxes below each other that stay together."""

    def __init__(self, boxes: Sequence[Box], width: float) -> None:
        self.boxes = list(boxes)
        super().__init__(width, stacked_height(self.boxes))
        self.before = self.boxes[0].before if self.boxes else 0.0
        self.keep_next = bool(self.boxes) and self.boxes[-1].keep_next

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the boxes one below the other with its upper left corner at `x`, `top`."""
        draw_stacked(page, self.boxes, x, top)


class Beside(Box):
    """Two stacks next to each other, the left one read first."""

    def __init__(self, left: Stack, right: Stack, gap: float) -> None:
        super().__init__(left.width + gap + right.width, max(left.height, right.height))
        self.left, self.right, self._gap = left, right, gap
        self.before = max(left.before, right.before)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the left stack, then the right one with its upper left corner at `x`, `top`."""
        self.left.draw(page, x, top)
        self.right.draw(page, x + self.left.width + self._gap, top)


class Framed(Box):
    """A box on a coloured ground with a bar at its left: something somebody said."""

    def __init__(self, inside: Stack, tag: str, *, pad: float) -> None:
        super().__init__(inside.width + 2 * pad, inside.height + 1.5 * pad)
        self._inside, self._tag, self._pad = inside, tag, pad

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the ground, the bar, and what is inside with its upper left corner at `x`, `top`."""
        with page.artifact():
            page.fill_colour(theme.SAID)
            page.box(x, top - self.height, self.width, self.height)
            page.fill_colour(theme.SAID_EDGE)
            page.box(x, top - self.height, 3, self.height)
        with page.tagged(self._tag):
            self._inside.draw(page, x + self._pad, top - 0.75 * self._pad)


def stacked_height(boxes: Sequence[Box]) -> float:
    """Return the height of `boxes` below each other, without the room above the first."""
    between = sum(box.before for box in boxes[1:])
    return sum(box.height for box in boxes) + between


def draw_stacked(page: Surface, boxes: Sequence[Box], x: float, top: float) -> None:
    """Draw `boxes` below each other from `top` down."""
    for index, box in enumerate(boxes):
        if index:
            top -= box.before
        box.draw(page, x, top)
        top -= box.height
