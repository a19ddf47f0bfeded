"""Measure and set tables: how wide each column is, and the lines of every cell."""

from collections.abc import Sequence
from dataclasses import replace

from app.returns.filled import Align, Cell, Column, Row, Table
from app.returns.pdf import columns, fonts, theme
from app.returns.pdf.boxes import Holder, Stack, height_of
from app.returns.pdf.lines import Line, Span, Style, widths, wrap
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.table import PAD_X, PAD_Y, TICK_BOX, SetHead, SetRow, SetTable, TableBox

_MIN_ROW = 18.0
_OF_LARGE = 0.8
_TALL = 2  # with more lines than this in a cell, all cells of the row begin at the top


class Setter:
    """Measure and set one table for a page width."""

    def __init__(self, table: Table, shaper: Shaper, *, size: float | None = None) -> None:
        self.table = table
        self.shaper = shaper
        self.size = size or table.font_size or theme.TABLE
        self._known: dict[tuple[str, Style, float], list[Line]] = {}

    def needs(self) -> list[columns.Need]:
        """Return what each column needs."""
        rows = [*self.table.rows, *([self.table.total] if self.table.total else [])]
        needs = [self._need(index, rows) for index in range(len(self.table.columns))]
        names = self.table.header_column
        if names is not None:  # names are what is looked for: they give way last
            needs[names] = needs[names]._replace(least=needs[names].comfortable)
        return needs

    def _need(self, index: int, rows: Sequence[Row]) -> columns.Need:
        column = self.table.columns[index]
        if column.width_mm is not None:
            return columns.need(column, words=0, line=0, padding=0)
        title = [Span(fonts.clean(column.title), _head_style(self.size))]
        words, line = widths(title, self.shaper)
        for cell in {cells[index].text: cells[index] for cells in rows}.values():
            its_words, its_line = widths([self._span(cell, column)], self.shaper)
            words, line = max(words, its_words), max(line, its_line)
        if any(cells[index].tick for cells in rows):
            line = max(line, self.size * TICK_BOX)
            words = max(words, self.size * TICK_BOX)
        return columns.need(column, words=words, line=line, padding=2 * PAD_X + 0.2)

    def _span(self, cell: Cell, column: Column) -> Span:
        size = theme.SMALL if cell.muted else self.size
        colour = theme.MUTED if cell.muted else theme.INK
        style = Style(size, cell.bold, colour, tabular=column.align is Align.RIGHT)
        return Span(fonts.clean(cell.text), style)

    def set(self, width: float, tail: Stack | None) -> list[TableBox]:
        """Return the table as boxes of `width`: one, or several where it has too many columns."""
        needs = self.needs()
        if columns.least_width(needs) <= width:
            return [self._set(range(len(needs)), columns.share(needs, width), tail)]
        if self.size > theme.SMALLEST + 0.5:
            smaller = Setter(self.table, self.shaper, size=max(theme.SMALLEST, self.size - 0.8))
            return smaller.set(width, tail)
        repeated = (self.table.header_column or 0) + 1
        groups = columns.in_groups(needs, width, repeated)
        boxes = []
        for at, group in enumerate(groups):
            last = at == len(groups) - 1
            widths = columns.share([needs[index] for index in group], width)
            boxes.append(self._set(group, widths, tail if last else None))
            boxes[-1].before = 14.0 if at else 0.0
        return boxes

    def _set(self, which: Sequence[int], widths: list[float], tail: Stack | None) -> TableBox:
        table = self.table
        picked = tuple(table.columns[index] for index in which)
        setting = SetTable(
            columns=picked,
            widths=widths,
            head=self._head(picked, widths),
            header_column=self._heard(len(picked), list(which)),
            size=self.size,
            summary=table.summary,
            caption=self._caption(sum(widths)),
            holder=Holder(),
        )
        rows = [self._row(cells, which, picked, widths) for cells in table.rows]
        if any(
            one.tall for one in rows
        ):  # or some names would stand at the top, some in the middle
            for one in rows:
                one.tall = any(len(lines) > 1 for lines in one.lines)
        if not rows:
            rows.append(self._empty(which, sum(widths)))
        if table.total:
            bold = tuple(replace(cell, bold=True) for cell in table.total)
            total = self._row(bold, which, picked, widths)
            total.total = True
            rows.append(total)
        return TableBox(setting, rows, tail)

    def _heard(self, count: int, which: list[int]) -> int | None:
        """Return the column read out as the name of each row, if there is enough to name.

        A table with more headings than contents is a list; row names would only be said twice.
        """
        rows = len(self.table.rows) + (self.table.total is not None)
        header = self.table.header_column
        if header is None or count + rows > rows * (count - 1):
            return None
        return which.index(header)

    def _caption(self, width: float) -> list[Line]:
        if not self.table.caption:
            return []
        style = Style(theme.BODY, bold=True)
        return wrap([Span(fonts.clean(self.table.caption), style)], width, self.shaper)

    def _head(self, picked: Sequence[Column], widths: Sequence[float]) -> SetHead:
        style = _head_style(self.size)
        titles = [
            self._wrap(Span(fonts.clean(column.title), style), width) if column.title else []
            for column, width in zip(picked, widths, strict=True)
        ]
        groups = self._groups(picked, widths, style)
        deep = max((height_of(lines) for lines, _, _ in groups), default=0.0)
        groups_height = deep + PAD_Y if any(lines for lines, _, _ in groups) else 0.0
        height = max((height_of(lines) for lines in titles), default=0.0) + 2 * PAD_Y
        return SetHead(groups, titles, groups_height, groups_height + max(height, _MIN_ROW))

    def _groups(
        self, picked: Sequence[Column], widths: Sequence[float], style: Style
    ) -> list[tuple[list[Line], int, int]]:
        groups: list[tuple[list[Line], int, int]] = []
        start = 0
        for index in range(1, len(picked) + 1):
            if index < len(picked) and picked[index].group == picked[start].group != "":
                continue
            title = fonts.clean(picked[start].group)
            width = sum(widths[start:index])
            lines = self._wrap(Span(title, style), width) if title else []
            groups.append((lines, start, index))
            start = index
        return groups

    def _row(
        self,
        cells: Row,
        which: Sequence[int],
        picked: Sequence[Column],
        widths: Sequence[float],
    ) -> SetRow:
        chosen = tuple(cells[index] for index in which)
        lines = [
            self._wrap(self._span(cell, column), width) if cell.text else []
            for cell, column, width in zip(chosen, picked, widths, strict=True)
        ]
        least = self.table.min_row_mm * theme.MM if self.table.min_row_mm else _MIN_ROW
        deepest = max((height_of(one) for one in lines), default=0.0)
        if any(cell.tick for cell in chosen):
            deepest = max(deepest, self.size * TICK_BOX)
        tall = any(len(one) > _TALL for one in lines)
        return SetRow(chosen, lines, max(least, deepest + 2 * PAD_Y), tall=tall)

    def _empty(self, which: Sequence[int], width: float) -> SetRow:
        cell = Cell(text=self.table.empty_text or "Nothing to show for this period.", muted=True)
        style = Style(theme.SMALL, colour=theme.MUTED)
        lines = self._wrap(Span(fonts.clean(cell.text), style), width)
        others = len(which) - 1
        height = max(_MIN_ROW, height_of(lines) + 2 * PAD_Y)
        return SetRow((cell, *[Cell()] * others), [lines, *[[]] * others], height, spanning=True)

    def _wrap(self, span: Span, width: float) -> list[Line]:
        key = (span.text, span.style, width)
        lines = self._known.get(key)
        if lines is None:
            lines = self._known[key] = wrap([span], width - 2 * PAD_X, self.shaper)
        return lines


def _head_style(size: float) -> Style:
    """Return how titles look: small, but in large print large too."""
    size = min(size, max(theme.TABLE_HEAD, size * _OF_LARGE))
    return Style(size, bold=True, colour=theme.MUTED)
