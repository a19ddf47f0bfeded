"""Draw on one page: text, rules, boxes and shapes, each tagged or marked as decoration.

Lengths are points from the page's lower left corner. Text that is decoration (page feet, rules) is
an artifact; everything else sits inside an element of the structure tree.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from app.returns.pdf import bidi_order, theme
from app.returns.pdf.fonts import EM
from app.returns.pdf.lines import Line, Span, Style
from app.returns.pdf.shaping import Shaped, Shaper
from app.returns.pdf.tags import Element, Tree, text_entry

_HATCH = 4.0
_ROUND = 0.5523  # how far a curve's handles reach to look like a quarter of a circle


def number(value: float) -> str:
    """Return `value` as PDF writes it: two decimals at most, none needless."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


class Surface:
    """The content of one page while it is drawn."""

    def __init__(
        self,
        tree: Tree,
        shaper: Shaper,
        size: tuple[float, float],
        add_outline: Callable[[str, int, float], None],
    ) -> None:
        self.outline = add_outline
        self.tree = tree
        self.shaper = shaper
        self.width, self.height = size
        self._out: list[str] = []
        self._in_text = False
        self._font = ("", 0.0)
        self._fill = ""
        self._stroke = ""
        self._line_width = 0.0
        self._thick = False

    def content(self) -> str:
        """Return the page's operators."""
        self._end_text()
        return "\n".join(self._out)

    # -- what the content is -------------------------------------------------------------------

    @contextmanager
    def tagged(self, tag: str, entries: str = "") -> Iterator[Element]:
        """Draw inside a new element; its own content still needs `marked`."""
        element = self.tree.open(tag, entries)
        yield element
        self.tree.close()

    @contextmanager
    def marked(self) -> Iterator[None]:
        """Mark what is drawn as content of the current element."""
        self.begin_marked()
        yield
        self.end_marked()

    def begin_marked(self) -> None:
        """Begin what `marked` encloses (a table has thousands of cells: this is quicker)."""
        self._end_text()
        self._out.append(f"/{self.tree.here.tag}<</MCID {self.tree.mark()}>>BDC")

    def end_marked(self) -> None:
        """End what `begin_marked` began."""
        self._end_text()
        self._out.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Mark what is drawn as decoration; `kind` is "Footer" or "Header" for page feet and heads."""
        self._end_text()
        about = f"<</Type/Pagination/Subtype/{kind}>>BDC" if kind else "BMC"
        self._out.append(f"/Artifact {about}")
        yield
        self._end_text()
        self._out.append("EMC")

    @contextmanager
    def _instead(self, words: str) -> Iterator[None]:
        """Give the text that the glyphs drawn inside stand for."""
        self._out.append(f"/Span<<{text_entry('ActualText', words)}>>BDC")
        yield
        self._out.append("EMC")

    # -- text ----------------------------------------------------------------------------------

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw one line of text from `x`, on `baseline`."""
        if not line.spans:
            return
        self._begin_text()
        self._out.append(f"1 0 0 1 {number(x)} {number(baseline)} Tm")
        stretches = _visual(line) if line.has_rtl else [(span, False) for span in line.spans]
        for span, rtl in stretches:
            shaped = self._shape(span, rtl=rtl)
            if shaped.readable:
                self._glyphs(shaped, span.style)
            else:
                with self._instead(span.text):
                    self._glyphs(shaped, span.style)
        if line.tail and not line.has_rtl:
            last = line.spans[-1].style
            self._glyphs(self._shape(Span(line.tail, last), rtl=False), last)

    def unseen(self, line: Line, x: float, baseline: float) -> None:
        """Put a line of text where a drawing stands for it: for readers that cannot see."""
        self._begin_text()
        self._out.append("3 Tr")
        self.line(line, x, baseline)
        self._out.append("0 Tr")

    def _shape(self, span: Span, *, rtl: bool) -> Shaped:
        style = span.style
        return self.shaper.shape(span.text, bold=style.bold, tabular=style.tabular, rtl=rtl)

    def _glyphs(self, shaped: Shaped, style: Style) -> None:
        self.fill_colour(style.colour)
        for part in shaped.parts:
            size = style.size * part.font.face.scale
            self._use_font(part.font.name, size)
            if part.thick != self._thick:
                self._set_thick(part.thick, style)
            for body, rise in part.raised:
                self._out.append(f"{number(rise * size / EM)} Ts[{body}]TJ")
            if part.raised:
                self._out.append("0 Ts")
            if part.body:
                self._out.append(f"[{part.body}]TJ")

    def _use_font(self, name: str, size: float) -> None:
        if self._font != (name, size):
            self._font = (name, size)
            self._out.append(f"/{name} {number(size)} Tf")

    def _set_thick(self, thick: bool, style: Style) -> None:
        """Draw letters with an edge: the bold of a face that has none."""
        self._thick = thick
        if thick:
            self.stroke(style.colour, style.size / 36)
        self._out.append("2 Tr" if thick else "0 Tr")

    def _begin_text(self) -> None:
        if not self._in_text:
            self._in_text = True
            self._out.append("BT")

    def _end_text(self) -> None:
        if self._in_text:
            self._in_text = False
            self._out.append("ET")

    # -- shapes --------------------------------------------------------------------------------

    def fill_colour(self, colour: str) -> None:
        """Set the colour of letters and filled shapes."""
        if colour != self._fill:
            self._fill = colour
            self._out.append(f"{_parts(colour)} rg")

    def stroke(self, colour: str, width: float) -> None:
        """Set the colour and width of lines."""
        if colour != self._stroke:
            self._stroke = colour
            self._out.append(f"{_parts(colour)} RG")
        if width != self._line_width:
            self._line_width = width
            self._out.append(f"{number(width)} w")

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a straight line in the colour and width of `stroke`."""
        self._end_text()
        self._out.append(f"{number(x1)} {number(y1)} m {number(x2)} {number(y2)} l S")

    def rules(self, points: list[tuple[float, float]]) -> None:
        """Draw a line through `points`."""
        self._end_text()
        steps = [
            f"{number(x)} {number(y)} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)
        ]
        self._out.append(" ".join(steps) + " S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle in the colour of `fill_colour`."""
        self._end_text()
        self._out.append(f"{number(x)} {number(y)} {number(width)} {number(height)} re f")

    def round_box(
        self, x: float, y: float, width: float, height: float, radius: float, *, filled: bool
    ) -> None:
        """Fill or outline a rectangle with round corners."""
        self._end_text()
        path = _round_path(width, height, min(radius, width / 2, height / 2))
        place = f"1 0 0 1 {number(x)} {number(y)} cm"
        self._out.append(f"q {place} {path} {'f' if filled else 'S'} Q")

    def hatched_box(self, x: float, y: float, width: float, height: float) -> None:
        """Outline a rectangle and fill it with slanting lines: a number that is not shown."""
        self._end_text()
        self._out.append(f"{number(x)} {number(y)} {number(width)} {number(height)} re S")
        for ends in hatching(x, y, width, height):
            self.rule(*ends)

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Draw the picture that the page's resources call `name`, as content."""
        place = f"{number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm"
        with self.marked():
            self._out.append(f"q {place} /{name} Do Q")


def hatching(
    x: float, y: float, width: float, height: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the ends of the slanting lines that fill a rectangle."""
    at = _HATCH - height
    while at < width:
        low, high = max(0.0, -at), min(height, width - at)
        yield x + at + low, y + low, x + at + high, y + high
        at += _HATCH


def _parts(colour: str) -> str:
    return " ".join(f"{part:.3f}".rstrip("0").rstrip(".") for part in theme.rgb(colour))


@lru_cache(maxsize=64)
def _round_path(right: float, top: float, radius: float) -> str:
    """Return the outline of a box at the page's corner: boxes to tick come by the thousand."""
    near = radius * (1 - _ROUND)
    corners = (
        (radius, 0, "m"),
        (right - radius, 0, "l"),
        (right - near, 0, right, near, right, radius, "c"),
        (right, top - radius, "l"),
        (right, top - near, right - near, top, right - radius, top, "c"),
        (radius, top, "l"),
        (near, top, 0, top - near, 0, top - radius, "c"),
        (0, radius, "l"),
        (0, near, near, 0, radius, 0, "c"),
    )
    steps = []
    for *places, operator in corners:
        steps.append(" ".join(number(float(place)) for place in places) + f" {operator}")
    return " ".join(steps) + " h"


def _visual(line: Line) -> list[tuple[Span, bool]]:
    """Return the stretches of a mixed line from left to right, each with its direction."""
    edges = []
    at = 0
    for span in line.spans:
        edges.append((at, at + len(span.text), span.style))
        at += len(span.text)
    stretches: list[tuple[Span, bool]] = []
    for run in bidi_order.visual_runs(line.text, rtl=line.rtl):
        inside = [
            (Span(line.text[max(start, run.start) : min(end, run.end)], style), run.rtl)
            for start, end, style in edges
            if start < run.end and end > run.start
        ]
        stretches += _joined(inside[::-1] if run.rtl else inside)
    return stretches


def _joined(stretches: list[tuple[Span, bool]]) -> list[tuple[Span, bool]]:
    """Join neighbours of one style, so that letters join across the words they were split into."""
    joined: list[tuple[Span, bool]] = []
    for span, rtl in stretches:
        if joined and joined[-1][0].style == span.style:
            before = joined[-1][0].text
            words = span.text + before if rtl else before + span.text
            joined[-1] = (Span(words, span.style), rtl)
        else:
            joined.append((span, rtl))
    return joined
