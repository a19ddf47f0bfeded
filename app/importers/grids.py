"""A register with dates across while it is read: its days, its people, its rows of guests."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.activities import validate_session_day
from app.domain.attendance import Role
from app.importers.base import DateOrder, Options, PersonRow
from app.importers.cells import Cell, Row, is_blank, text_of
from app.importers.columns import Columns
from app.importers.date_order import (
    DateRun,
    order_question,
    settle_order,
    year_from_texts,
    year_question,
    years_for,
)
from app.importers.dates import as_date, from_serial, parts, serial_of
from app.importers.fields import Field
from app.importers.findings import Findings
from app.importers.marks import is_tick
from app.importers.people_list import column_dates
from app.importers.tables import DateColumn, Table

_BIRTHS = (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON)


@dataclass(slots=True)
class Grid:
    """One table of dates across, and what has been settled of it."""

    table: Table
    columns: Columns
    activity: str = ""
    role: Role | None = None
    """Of everybody in it: a sheet or table called Volunteers."""
    days: dict[int, dt.date] = field(default_factory=dict)
    """The day of each date column."""
    people: list[tuple[int, Row, PersonRow]] = field(default_factory=list)
    guests: list[tuple[int, Row]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.table.sheet.name

    @property
    def head_row(self) -> int:
        """The row of its dates, as people count."""
        return self.table.header_row + 1

    def filled(self, index: int) -> Iterator[Cell]:
        """Give the cells of a date column that have something in them."""
        for _, row, _ in self.people:
            cell = row[index] if index < len(row) else ""
            if cell != "" and not is_blank(cell):
                yield cell

    def has_numbers(self, row: Row) -> bool:
        """Say whether a row has a whole number under some date."""
        return any(whole(row[d.index]) is not None for d in self.table.dates if d.index < len(row))

    def has_marks(self, row: Row) -> bool:
        """Say whether a row has anything under some date."""
        return any(not is_blank(row[d.index]) for d in self.table.dates if d.index < len(row))

    def is_only_ticks(self, row: Row) -> bool:
        """Say whether a row has ticks under dates and nothing else: somebody without a name."""
        filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
        under = {date.index for date in self.table.dates}
        return bool(filled) and all(i in under and is_tick(row[i]) for i in filled)

    def count_of_guests(self, index: int, findings: Findings) -> int | None:
        """Return the guests of a date column, or None when none were counted."""
        total: int | None = None
        for number, row in self.guests:
            cell = row[index] if index < len(row) else ""
            if is_blank(cell):
                continue
            count = whole(cell)
            if count is None:
                findings.problem(self.sheet, number, index, "number_unknown", text_of(cell))
            else:
                total = (total or 0) + count
        return total


def whole(cell: Cell) -> int | None:
    """Return a cell's whole number, or None when it is none that counts people."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell if 0 <= cell <= 10_000 else None
    text = text_of(cell)
    return int(text) if text.isdecimal() and len(text) <= 5 else None


def settle_days(
    grids: Sequence[Grid], options: Options, file_stem: str, findings: Findings
) -> DateOrder | None:
    """Give every date column its day, one order for the whole file; ask when nothing settles it."""
    order = options.dates
    if order is None:
        runs = [DateRun(dates=[d.written for d in g.table.dates], in_order=True) for g in grids]
        runs += [
            DateRun(dates=column_dates(g.table, index), in_order=False)
            for g in grids
            for f in _BIRTHS
            for index in g.columns.by_field.get(f, ())
        ]
        found = settle_order(runs, today=options.today)
        order, findings.date_because = found.order, found.because
        if found.example:
            findings.ask(order_question(found))
            return None
    settling = _Settling(options, file_stem, findings)
    for grid in grids:
        settling.settle(grid, order)
    return order


class _Settling:
    """Years and days, table after table: one without a year goes on where the last one ended."""

    def __init__(self, options: Options, file_stem: str, findings: Findings) -> None:
        self._options = options
        self._file_stem = file_stem
        self._findings = findings
        self._before: dt.date | None = None
        self._first = True

    def settle(self, grid: Grid, order: DateOrder | None) -> None:
        """Give each date column of a table its day."""
        read = [(d, p) for d in grid.table.dates if (p := parts(d.written, order)) is not None]
        days = [(p[0], p[1], p[2], d.written.weekday) for d, p in read]
        start = self._start_year(grid, [day[1] for day in days])
        years = years_for(days, start, latest=self._options.today.year + 5)
        self._first = False
        if years is None:
            shown = read[0][0].shown
            day, month = days[0][:2]
            named = any(c.isalpha() or c in "/.-" for c in shown)
            self._findings.ask(year_question(shown if named else f"{day}/{month}"))
            return
        for (date, (day, month, _)), year in zip(read, years, strict=True):
            self._keep(grid, date, as_date(day, month, year), f"{day}/{month}/{year}")
        self._turn_round_swapped(grid)
        self._say_serials(grid)
        self._before = max(grid.days.values(), default=self._before)

    def _say_serials(self, grid: Grid) -> None:
        serials = {
            d.index: s for d in grid.table.dates
            if d.written.typed and (s := serial_of(d.shown)) is not None
        }  # fmt: skip
        if serials:
            index, serial = next(iter(serials.items()))
            epoch_1904 = from_serial(serial, epoch_1904=True) == grid.days.get(index)
            self._findings.serials(len(serials), epoch_1904=epoch_1904)

    def _start_year(self, grid: Grid, months: list[int]) -> int | None:
        if not months:
            return None
        if self._first and self._options.year is not None:
            return self._options.year
        named = year_from_texts((*grid.table.titles, grid.sheet), months[0], months[-1])
        if named is None and self._before is not None:
            return self._before.year + (1 if self._before.month - months[0] >= 3 else 0)
        return named or year_from_texts((self._file_stem,), months[0], months[-1])

    def _keep(self, grid: Grid, date: DateColumn, day: dt.date | None, shown: str) -> None:
        value = date.shown if any(not c.isdecimal() for c in date.shown) else shown
        if day is None:
            self._problem(grid, date, "date_not_in_calendar", value)
        elif validate_session_day(day, today=self._options.today):
            self._problem(grid, date, "day_out_of_reach", value)
        else:
            grid.days[date.index] = day
            if date.written.weekday not in {-1, day.weekday()}:
                self._problem(grid, date, "weekday_disagrees", value)

    def _problem(self, grid: Grid, date: DateColumn, code: str, value: str) -> None:
        self._findings.problem(grid.sheet, grid.head_row, date.index, code, value)

    def _turn_round_swapped(self, grid: Grid) -> None:
        """Put right dates that a spreadsheet set to American dates took month first.

        Then "17/09" stayed text and "03/09" became 9 March. It shows when turning only the typed
        ones makes all dates follow one another in time.
        """
        typed = [d.index for d in grid.table.dates if d.written.typed and d.index in grid.days]
        texts = [d.index for d in grid.table.dates if d.written.numbers and d.index in grid.days]
        if not typed or not texts or any(grid.days[i].day > 12 for i in typed):
            return
        turned = dict(grid.days)
        for i in typed:
            turned[i] = dt.date(grid.days[i].year, grid.days[i].day, grid.days[i].month)
        before = [grid.days[i] for i in sorted(grid.days)]
        after = [turned[i] for i in sorted(turned)]
        if all(a < b for a, b in pairwise(after)) and not all(a < b for a, b in pairwise(before)):
            grid.days = turned
            self._findings.note(
                f"{len(typed)} dates in the header had day and month the wrong way round, beside "
                "others that are written day first. They were turned round."
            )
