"""Find the table in a sheet: its header (of one row, two or three), its dates across, its rows.

People put a title on top, months over day numbers, notes and totals underneath, and the same head
again half-way down. What is found here is only where things are; what they mean is settled for the
whole file afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.importers.cells import Cell, Row, is_blank, text_of
from app.importers.dates import (
    WrittenDate,
    month_of_text,
    read_header,
    weekday_of_text,
)
from app.importers.dates_across import dates_across
from app.importers.fields import PERSON_NAMES, Field, field_of_header, header_key
from app.importers.header_texts import cell_at, is_title, labels_of, titles_of
from app.importers.marks import is_tick
from app.importers.titles import is_clock, times_in
from app.importers.turned import Turning, turning_of
from app.importers.workbook import Sheet

HEAD_ROWS = 60
"""A header stands within the first so many rows of a table, or there is none."""
GRID_ROWS = 30_000
"""Rows of a text file that are held to look for a grid; a longer file is a long list."""
_LONGEST_HEADER = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class DateColumn:
    """One session across the top: its column and what the header says of its date."""

    index: int
    written: WrittenDate
    shown: str
    above: tuple[str, ...] = ()
    """Other texts over or under the date: times, topics, "no session"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a sheet; rows are counted from 0 here."""

    sheet: Sheet
    titles: tuple[str, ...]
    """The texts above it."""
    header_row: int
    """The row of the dates or labels; -1 when the table has no header."""
    first_row: int
    """Where its people or lines begin."""
    end_row: int | None
    """Where the next table's head begins; None: at the end of the sheet."""
    labels: tuple[str, ...]
    """The header of each column, the rows of a taller header joined."""
    plain_labels: tuple[str, ...]
    """The header of each column in the last header row alone."""
    dates: tuple[DateColumn, ...] = ()
    rows: Sequence[Row] | None = field(default=None, repr=False)
    """The sheet's rows, where they are held."""
    turning: Turning | None = field(default=None, repr=False)
    """Where its cells stand in the sheet, when the sheet has dates down and people across."""

    def body(self) -> Iterator[tuple[int, Row]]:
        """Give (row as people count it, cells) of every row under the header, blank ones too."""
        held = self.rows
        source = held if held is not None else self.sheet.rows()
        total = self.sheet.length if held is None else len(held)
        for number, row in enumerate(self.sheet.watch.over(source, total)):
            if number >= self.first_row:
                if self.end_row is not None and number >= self.end_row:
                    return
                yield number + 1, row

    @property
    def is_grid(self) -> bool:
        """Whether dates go across the top."""
        return bool(self.dates)


def held_rows(sheet: Sheet) -> list[Row] | None:
    """Return all rows of a sheet with merged cells filled, or None when it is too long to hold."""
    rows: list[Row] = []
    for row in sheet.rows():
        rows.append(row)
        if sheet.is_text and len(rows) > GRID_ROWS:
            return None
    return fill_merged(rows, sheet) if sheet.merged else rows


def fill_merged(rows: list[Row], sheet: Sheet) -> list[Row]:
    """Return the rows with what stands in a merged range repeated down its first column.

    Across, it is not repeated: a month over its days is carried on when headers are read, and a
    title over the whole sheet is one text.
    """
    filled = list(rows)
    for (top, left), (bottom, _) in sheet.merged:
        if bottom <= top or top >= len(filled) or left >= len(filled[top]):
            continue
        value = filled[top][left]
        for number in range(top + 1, min(bottom + 1, len(filled))):
            row = list(filled[number])
            row += [""] * (left + 1 - len(row))
            row[left] = value
            filled[number] = row
    return filled


def find_tables(sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of a sheet from the top; none when nothing in it looks like one."""
    found: tuple[Table, ...] | None = sheet.kept.get("tables")
    if found is None:
        found = sheet.kept["tables"] = _find_tables(sheet)
    return found


def _find_tables(sheet: Sheet) -> tuple[Table, ...]:
    rows = held_rows(sheet)
    if rows is None:
        table = _list_table(sheet, sheet.head(HEAD_ROWS), None, 0)
        return (table,) if table else ()
    tables: list[Table] = []
    start = 0
    while start < len(rows):
        table = _grid_table(sheet, rows, start)
        if table is None and not tables:
            table = _turned_table(sheet, rows) or _list_table(sheet, rows, rows, start)
        if table is None:
            break
        tables.append(table)
        if not table.is_grid:
            break
        start = table.end_row if table.end_row is not None else len(rows)
    return tuple(tables)


# --- grids: people down, dates across ---------------------------------------------------------


def _grid_table(sheet: Sheet, rows: list[Row], start: int) -> Table | None:
    for number in range(start, min(start + HEAD_ROWS, len(rows))):
        dates = dates_across(sheet, rows, start, number)
        if dates:
            return _grid_at(sheet, rows, start, number, dates)
    return None


def _grid_at(
    sheet: Sheet, rows: list[Row], start: int, number: int, dates: dict[int, WrittenDate]
) -> Table:
    first = _first_body_row(rows, number, dates)
    above = range(max(start, number - 3), number)
    header_rows = [i for i in (*above, *range(number + 1, first)) if not is_title(rows[i])]
    width = max(len(row) for row in rows[number:first])
    columns = tuple(
        DateColumn(
            index=i,
            written=_with_weekday(dates[i], [cell_at(rows[r], i) for r in header_rows]),
            shown=text_of(rows[number][i]),
            above=(*_texts_at(rows, header_rows, i), *_beside(cell_at(rows[number], i))),
        )
        for i in sorted(dates)
    )
    labels = labels_of(sheet, rows, [*header_rows, number], width)
    return Table(
        sheet=sheet,
        titles=titles_of(rows, start, number),
        header_row=number,
        first_row=first,
        end_row=_next_head(sheet, rows, first, dates),
        labels=labels,
        plain_labels=tuple(
            text_of(cell_at(rows[_label_row(rows, [number, *header_rows])], i))
            for i in range(width)
        ),
        dates=columns,
        rows=rows,
    )


def _turned_table(sheet: Sheet, rows: list[Row]) -> Table | None:
    """Return a register that has its dates down the side, turned; None where there is none."""
    turning = turning_of(rows)
    if turning is None:
        return None
    made = list(turning.rows)
    table = _grid_table(sheet, made, turning.head)
    return None if table is None else replace(
        table, titles=titles_of(made, 0, turning.head), end_row=None, turning=turning
    )  # fmt: skip


def _label_row(rows: list[Row], header_rows: list[int]) -> int:
    """Return the row of the head that names the columns of people: not always that of the dates."""

    def names(number: int) -> int:
        return sum(field_of_header(cell) in PERSON_NAMES for cell in rows[number])

    return max(header_rows, key=names)


def _first_body_row(rows: list[Row], number: int, dates: dict[int, WrittenDate]) -> int:
    """Return where the people begin: rows of times, weekdays or topics still belong to the head."""
    first_date = min(dates)
    first = number + 1
    while first < len(rows) and first <= number + 3:
        row = rows[first]
        named = any(not is_blank(cell) for cell in row[:first_date])
        labels = any(field_of_header(cell) in PERSON_NAMES for cell in row[: first_date or 1])
        filled = [row[i] for i in dates if i < len(row) and not is_blank(row[i])]
        clocks = any(_names_times(cell) for cell in row[:first_date])
        times = clocks and bool(filled) and all(map(_is_time, filled))
        if not (labels or times or (filled and not named)) or (
            filled and all(map(is_tick, filled))
        ):
            break
        first += 1
    return first


def _names_times(cell: Cell) -> bool:
    return field_of_header(cell) in {Field.START_TIME, Field.END_TIME} or (
        header_key(cell) in {"times", "session times", "clock"}
    )


def _is_time(cell: Cell) -> bool:
    text = text_of(cell)
    return is_clock(text) or times_in([text])[0] is not None


def _next_head(
    sheet: Sheet,
    rows: list[Row],
    first: int,
    dates: dict[int, WrittenDate],
) -> int | None:
    """Return the row where another head with other dates begins, or None."""
    for number in range(first + 1, len(rows)):
        found = dates_across(sheet, rows, number, number)
        if len(found) >= 2 and found != {i: dates[i] for i in found if i in dates}:
            return number
    return None


def _with_weekday(written: WrittenDate, others: list[Cell]) -> WrittenDate:
    """Add the weekday that stands over or under a date."""
    if written.weekday >= 0 or written.typed:
        return written
    for cell in others:
        weekday = weekday_of_text(cell)
        if weekday >= 0:
            return WrittenDate(
                day=written.day, month=written.month, year=written.year,
                numbers=written.numbers, weekday=weekday, time=written.time,
            )  # fmt: skip
    return written


def _beside(cell: Cell) -> tuple[str, ...]:
    """Return the words that stand in one cell with a date."""
    found = read_header(cell)
    return (found[1],) if found and found[1] else ()


def _texts_at(rows: list[Row], header_rows: list[int], column: int) -> tuple[str, ...]:
    cells = (cell_at(rows[r], column) for r in header_rows)
    return tuple(
        text_of(cell)
        for cell in cells
        if not is_blank(cell) and month_of_text(cell) is None and weekday_of_text(cell) < 0
    )


# --- lists: one row a person, or one row an attendance ----------------------------------------


def _list_table(sheet: Sheet, head: list[Row], rows: list[Row] | None, start: int) -> Table | None:
    """Return the table of a list by the row with the most known headers."""
    best, best_score = -1, 0
    for number in range(start, min(start + HEAD_ROWS, len(head))):
        score = _knownlabels_of(head, number)
        if score > best_score:
            best, best_score = number, score
    if best < 0:
        return None
    above = _label_row_above(head, start, best)
    header_rows = [above, best] if above is not None else [best]
    width = max(len(head[r]) for r in header_rows)
    return Table(
        sheet=sheet,
        titles=titles_of(head, start, header_rows[0]),
        header_row=best,
        first_row=best + 1,
        end_row=None,
        labels=labels_of(sheet, head, header_rows, width),
        plain_labels=tuple(text_of(cell_at(head[best], i)) for i in range(width)),
        rows=rows,
    )


def _knownlabels_of(rows: list[Row], number: int) -> int:
    fields = [field_of_header(cell) for cell in rows[number]]
    known = {f for f in fields if f is not None}
    one_name = len(known) == 1 and known & PERSON_NAMES
    if len(known) < 2 and not one_name:
        return 0
    # A sentence of a title may hold a known word: a header row is made of short texts.
    if any(isinstance(c, str) and len(c) > _LONGEST_HEADER * 2 for c in rows[number]):
        return 0
    return len([f for f in fields if f is not None])


def _label_row_above(rows: list[Row], start: int, number: int) -> int | None:
    """Return the row above a header that groups its columns ("Emergency contact" over two)."""
    if number <= start:
        return None
    above = rows[number - 1]
    filled = [i for i, cell in enumerate(above) if not is_blank(cell)]
    if not filled or filled == [0] or any(len(text_of(above[i])) > 40 for i in filled):
        return None
    return number - 1
