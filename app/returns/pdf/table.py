"""Draw tables: tagged for listeners, with their heads on every page, cut where a page ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.returns.filled import Align, Column, Row, Tick
from app.returns.pdf import theme
from app.returns.pdf.boxes import Box, Holder, Stack, draw_content, draw_lines, fitting, height_of
from app.returns.pdf.lines import Line, Span, Style, wrap
from app.returns.pdf.surface import Surface
from app.returns.pdf.tags import text_entry

PAD_X = 4.5
PAD_Y = 2.6
TICK_BOX = 1.35  # a tick-box's side, as a multiple of the type size
_COLUMN_SCOPE = "/A<</O/Table/Scope/Column>>"
_ROW_SCOPE = "/A<</O/Table/Scope/Row>>"


@dataclass(slots=True)
class SetRow:
    """One row as set: the lines of each cell."""

    cells: Row
    lines: list[list[Line]]
    height: float
    total: bool = False
    spanning: bool = False
    tall: bool = False
    holders: list[Holder] | None = None


@dataclass(frozen=True, slots=True)
class SetHead:
    """The head: group titles over column titles, and its height."""

    groups: list[tuple[list[Line], int, int]]
    titles: list[list[Line]]
    groups_height: float
    height: float


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table's columns, measured: all that its parts on several pages have in common."""

    columns: tuple[Column, ...]
    widths: list[float]
    head: SetHead
    header_column: int | None
    size: float
    summary: str
    caption: list[Line]
    holder: Holder


_SHORT, _LOW = 8, 170.0  # rows and points; what is neither longer nor higher is not worth two pages


class TableBox(Box):
    """A table, or what of it stands on one page; `tail` (its notes) stays with the last row."""

    def __init__(
        self,
        setting: SetTable,
        rows: Sequence[SetRow],
        tail: Stack | None,
        *,
        started: bool = False,
    ) -> None:
        self._set, self._rows, self._tail, self._started = setting, list(rows), tail, started
        self._top_height = setting.head.height
        if setting.caption and not started:
            self._top_height += height_of(setting.caption) + 2
        tail_height = tail.height + tail.before if tail else 0.0
        rows_height = sum(one.height for one in self._rows)
        self._is_short = len(self._rows) <= _SHORT and rows_height <= _LOW
        super().__init__(sum(setting.widths), self._top_height + rows_height + tail_height)

    @property
    def first(self) -> float:
        """Return the height of the head and two rows; a short table is kept whole."""
        if self._is_short:
            return self.height
        return self._top_height + sum(one.height for one in self._rows[:2])

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Return the rows that fit and the rest, which repeats the head."""
        left = room - self._top_height
        fits = 0
        # The last rows stay together with the notes: a total alone on a page says little.
        kept = 1 if self._is_short else 3
        for one in self._rows[:-kept]:
            if one.height > left:
                break
            left -= one.height
            fits += 1
        here, there = self._rows[:fits], self._rows[fits:]
        if not here or (there and there[0].height > room - self._top_height):
            cut = _cut(there[0], left)
            if cut:
                here, there = [*here, cut[0]], [cut[1], *there[1:]]
        if not here or not there:
            return None
        first = TableBox(self._set, here, None, started=self._started)
        first.before = self.before
        return first, TableBox(self._set, there, self._tail, started=True)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw the table with its upper left corner at `x`, `top`."""
        entries = f"/A<</O/Table{text_entry('Summary', self._set.summary)}>>"
        with self._set.holder.inside(page, "Table", entries if self._set.summary else ""):
            if self._set.caption and not self._started:
                with page.tagged("Caption"):
                    draw_content(page, self._set.caption, x, top, self.width, Align.LEFT)
                top -= height_of(self._set.caption) + 2
            marks = [top - self._set.head.height]
            self._draw_head(page, x, top)
            top -= self._set.head.height
            for one in self._rows:
                self._draw_row(page, one, x, top)
                top -= one.height
                marks.append(top)
            self._draw_rules(page, x, marks)
        if self._tail:
            self._tail.draw(page, x, top - self._tail.before)

    def _draw_head(self, page: Surface, x: float, top: float) -> None:
        if self._started:
            with page.artifact("Header"):
                self._head_lines(page, x, top, tagged=False)
        else:
            self._head_lines(page, x, top, tagged=True)

    def _head_lines(self, page: Surface, x: float, top: float, *, tagged: bool) -> None:
        head = self._set.head
        starts = _starts(self._set.widths, x)
        if head.groups_height:
            cells = [
                (lines, starts[start], sum(self._set.widths[start:end]), Align.CENTRE, end - start)
                for lines, start, end in head.groups
            ]
            self._head_row(page, cells, top, head.groups_height, tagged=tagged)
        titles = [
            (lines, start, width, column.align, 1)
            for lines, start, width, column in zip(
                head.titles, starts, self._set.widths, self._set.columns, strict=True
            )
        ]
        self._head_row(
            page, titles, top - head.groups_height, head.height - head.groups_height, tagged=tagged
        )

    def _head_row(
        self,
        page: Surface,
        cells: Sequence[tuple[list[Line], float, float, Align, int]],
        top: float,
        height: float,
        *,
        tagged: bool,
    ) -> None:
        if tagged:
            page.tree.open("TR")
        for lines, start, width, align, span in cells:
            upper = top - height + height_of(lines) + PAD_Y
            place = (start + PAD_X, upper, width - 2 * PAD_X, align)
            if not tagged:
                draw_lines(page, lines, *place)
                continue
            scope = f"/A<</O/Table/Scope/Column/ColSpan {span}>>" if span > 1 else _COLUMN_SCOPE
            with page.tagged("TH" if lines else "TD", scope if lines else ""):
                if lines:
                    draw_content(page, lines, *place)
        if tagged:
            page.tree.close()

    def _draw_row(self, page: Surface, row: SetRow, x: float, top: float) -> None:
        if row.holders:
            with row.holders[-1].inside(page, "TR"):
                for index, holder in enumerate(row.holders[:-1]):
                    with holder.inside(page, *self._cell_tag(row, index)):
                        self._draw_cell(page, row, index, x, top)
                    x += self._set.widths[index]
            return
        tree = page.tree
        tree.open("TR")
        for index, width in enumerate(self._set.widths):
            tree.open(*self._cell_tag(row, index))
            self._draw_cell(page, row, index, x, top)
            tree.close()
            x += width
        tree.close()

    def _draw_cell(self, page: Surface, row: SetRow, index: int, x: float, top: float) -> None:
        tick, lines = row.cells[index].tick, row.lines[index]
        if tick is not None:
            side = self._set.size * TICK_BOX
            middle = top - (PAD_Y + side / 2 if row.tall else row.height / 2)
            self._draw_tick(page, tick, index, x, middle)
        elif lines:
            width = self.width if row.spanning else self._set.widths[index]
            align = Align.LEFT if row.spanning else self._set.columns[index].align
            upper = top - (PAD_Y if row.tall else (row.height - height_of(lines)) / 2)
            draw_content(page, lines, x + PAD_X, upper, width - 2 * PAD_X, align)

    def _cell_tag(self, row: SetRow, index: int) -> tuple[str, str]:
        if index == self._set.header_column and row.cells[index].text:
            return "TH", _ROW_SCOPE
        return "TD", ""

    def _draw_tick(self, page: Surface, tick: Tick, index: int, x: float, middle: float) -> None:
        side = self._set.size * TICK_BOX
        width, align = self._set.widths[index], self._set.columns[index].align
        if align is Align.CENTRE:
            left = x + (width - side) / 2
        else:
            left = x + (width - PAD_X - side if align is Align.RIGHT else PAD_X)
        style = Style(side * 0.9, bold=tick is Tick.TICKED)
        [line] = wrap([Span("✓" if tick is Tick.TICKED else "☐", style)], side * 2, page.shaper)
        with page.artifact():
            page.stroke(theme.INK, 1.2)
            page.round_box(left, middle - side / 2, side, side, 3, filled=False)
        with page.marked():
            if tick is Tick.TICKED:
                upper = middle + line.height / 2 + side * 0.05
                draw_lines(page, [line], left, upper, side, Align.CENTRE)
            else:
                page.unseen(line, left, middle - side * 0.3)

    def _draw_rules(self, page: Surface, x: float, marks: list[float]) -> None:
        right = x + self.width
        with page.artifact():
            page.stroke(theme.LINE, 0.75)
            for mark in marks:
                page.rule(x, mark, right, mark)
            if self._rows and self._rows[-1].total:
                page.stroke(theme.INK, 0.9)
                page.rule(x, marks[-2], right, marks[-2])


def _starts(widths: Sequence[float], x: float) -> list[float]:
    starts = []
    for width in widths:
        starts.append(x)
        x += width
    return starts


def _cut(row: SetRow, room: float) -> tuple[SetRow, SetRow] | None:
    """Cut a row taller than a page between its lines; its cells go on in the same elements."""
    inside = room - 2 * PAD_Y
    above: list[list[Line]] = []
    below: list[list[Line]] = []
    for lines in row.lines:
        count = fitting(lines, inside)
        above.append(lines[:count])
        below.append(lines[count:])
    if not any(above) or not any(below):
        return None
    holders = row.holders or [Holder() for _ in range(len(row.cells) + 1)]
    height = max(height_of(lines) for lines in above) + 2 * PAD_Y
    rest = max(height_of(lines) for lines in below) + 2 * PAD_Y
    ticks = tuple(replace(cell, tick=None) for cell in row.cells)
    return (
        replace(row, lines=above, height=height, holders=holders),
        replace(row, cells=ticks, lines=below, height=rest, holders=holders),
    )
