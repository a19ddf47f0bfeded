"""Understand what the rows of a long list say of their sessions: day, activity, times, guests."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain.activities import parse_time, validate_session_day, validate_times
from app.importers.base import DateOrder, Options, SessionRow
from app.importers.cells import Cell, Row, is_blank, text_of
from app.importers.date_order import (
    DateRun,
    order_question,
    settle_order,
    year_from_texts,
    year_question,
    years_for,
)
from app.importers.dates import (
    WrittenDate,
    as_date,
    counts_from_1904,
    from_serial,
    parts,
    read_date,
    serial_of,
)
from app.importers.fields import Field
from app.importers.findings import Findings
from app.importers.gathering import place
from app.importers.listings import Listing
from app.importers.session_book import SessionBook
from app.importers.tables import Table
from app.importers.titles import activity_of, times_in

_STAMPS = 0.8
Times = tuple[str | None, str | None]


def settle_list_order(
    listings: Sequence[Listing], options: Options, findings: Findings
) -> DateOrder | None:
    """Settle the one order of dates of a file of lists; ask when nothing settles it."""
    if options.dates is not None:
        return options.dates
    runs: list[DateRun] = []
    for listing in listings:
        runs.append(
            DateRun(dates=_written(listing, listing.sessions.rows, Field.DATE), in_order=True)
        )
        runs += [
            DateRun(dates=_written(listing, listing.people.rows, f), in_order=False)
            for f in (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON)
            if listing.columns.has(f)
        ]
    found = settle_order(runs, today=options.today)
    findings.date_because = found.because
    if found.example:
        findings.ask(order_question(found))
    return found.order


def date_of_titles(table: Table) -> str:
    """Return the date that a list's sheet is called or a title over it names, "" where there is none."""
    for text in (table.sheet.name, *table.titles):
        bare = re.sub(
            r"^(?:date|session|register for|week of)\s*[:=-]?\s*", "", text, flags=re.IGNORECASE
        )
        if read_date(bare) is not None:
            return bare
    return ""


def _written(listing: Listing, rows: Sequence[Row], name: Field) -> list[WrittenDate]:
    return [w for row in rows if (w := read_date(listing.at(row, name))) is not None]


class SessionsOfList:
    """The sessions of one long list, saying by saying."""

    def __init__(
        self, listing: Listing, order: DateOrder | None, options: Options, file_stem: str,
        findings: Findings,
    ) -> None:  # fmt: skip
        self._listing = listing
        self._order = order
        self._options = options
        self._file_stem = file_stem
        self._findings = findings

    def understand(self, book: SessionBook) -> None:
        """Enter every saying that is a session into the book, and note where each went."""
        listing = self._listing
        usual = self._usual_activity()
        usual_times = times_in(listing.table.titles)
        uses = Counter(listing.sessions.of_row)
        # A form notes another moment for each answer; a session's time stands in many rows.
        stamped = listing.is_stamped and len(uses) > _STAMPS * len(listing.sessions.of_row)
        of_people = listing.sessions_of_people()
        for index, (row, day) in enumerate(zip(listing.sessions.rows, self._days(), strict=True)):
            if day is None:
                listing.session_map.append(-1)
                if index in of_people and not self._findings.asks("dates", "year"):
                    self._day_problem(index, uses[index])
                continue
            start, end = self._times(index, row)
            if start is None and not stamped:
                start, end = _time_with_date(listing.at(row, Field.DATE)), None
            if start is None:
                start, end = usual_times
            session = book.session(
                SessionRow(
                    place=place(listing.sheet, listing.sessions.first_row[index]),
                    activity=book.activity(text_of(listing.at(row, Field.ACTIVITY)) or usual),
                    day=day, start_time=start, end_time=end,
                )
            )  # fmt: skip
            listing.session_map.append(session)
            self._guests(index, row, session, book)

    def _usual_activity(self) -> str:
        if self._options.activity:
            return self._options.activity
        name, source = activity_of(
            self._listing.table.titles, self._listing.sheet, self._file_stem, sheets_tell=False
        )
        if not self._listing.columns.has(Field.ACTIVITY):
            self._findings.offer_activity(name, source)
        return name

    # --- days ---

    def _days(self) -> list[dt.date | None]:
        """Return the day of each saying, or None where it cannot be told or is out of reach."""
        listing = self._listing
        cells = [listing.at(row, Field.DATE) for row in listing.sessions.rows]
        written = [read_date(cell) for cell in cells]
        found = [parts(w, self._order) if w else None for w in written]
        numbers = [
            (p[0], p[1], p[2], w.weekday) for p, w in zip(found, written, strict=True) if p and w
        ]
        years = years_for(numbers, self._start_year(numbers), latest=self._options.today.year + 5)
        if years is None:
            self._findings.ask(
                year_question(next(text_of(c) for c, p in zip(cells, found, strict=True) if p))
            )
            return [None] * len(cells)
        dated = iter(zip(numbers, years, strict=True))
        days: list[dt.date | None] = []
        serials, epoch_1904 = 0, self._epoch_1904(cells)
        for cell, p in zip(cells, found, strict=True):
            if p:
                numbered, year = next(dated)
                days.append(as_date(numbered[0], numbered[1], year))
            else:
                serial = serial_of(cell)
                days.append(from_serial(serial, epoch_1904=epoch_1904) if serial else None)
                serials += days[-1] is not None
        self._findings.serials(serials, epoch_1904=epoch_1904)
        return [
            None if day and validate_session_day(day, today=self._options.today) else day
            for day in days
        ]

    def _start_year(self, numbers: Sequence[tuple[int, int, int, int]]) -> int | None:
        if self._options.year is not None or all(n[2] for n in numbers):
            return self._options.year
        texts = (*self._listing.table.titles, self._listing.sheet, self._file_stem)
        return year_from_texts(texts, numbers[0][1], numbers[-1][1])

    def _epoch_1904(self, cells: Sequence[Cell]) -> bool:
        """Say from which epoch bare numbers count: the workbook's, or what a text file's titles say."""
        sheet = self._listing.table.sheet
        if not sheet.is_text:
            return sheet.epoch_1904
        serials = [s for cell in cells if (s := serial_of(cell)) is not None]
        texts = (*self._listing.table.titles, self._file_stem)
        return counts_from_1904(serials, texts)

    def _day_problem(self, index: int, rows: int) -> None:
        cell = self._listing.at(self._listing.sessions.rows[index], Field.DATE)
        written = read_date(cell)
        code = "date_unknown"
        if written is not None:
            found = parts(written, self._order)
            in_calendar = found and as_date(found[0], found[1], found[2] or 2024) is not None
            code = "day_out_of_reach" if in_calendar else "date_not_in_calendar"
        self._problem(index, Field.DATE, code, text_of(cell), rows=rows)

    # --- times and guests ---

    def _times(self, index: int, row: Row) -> Times:
        times: list[str | None] = []
        for name in (Field.START_TIME, Field.END_TIME):
            cell = self._listing.at(row, name)
            time = None if is_blank(cell) else _time(cell)
            if time is None and not is_blank(cell):
                both = times_in([text_of(cell)])
                if both[0]:
                    return both
                self._problem(index, name, "time_unknown", text_of(cell))
            times.append(time)
        start, end = times
        for problem in validate_times(start, end):
            self._problem(index, Field.END_TIME, problem.code, f"{start}–{end}", text=problem.text)
            end = None
        return start, end

    def _guests(self, index: int, row: Row, session: int, book: SessionBook) -> None:
        cell = self._listing.at(row, Field.GUESTS)
        if is_blank(cell):
            return
        text = text_of(cell)
        if not text.isdecimal() or int(text) > 10_000:
            self._problem(index, Field.GUESTS, "number_unknown", text)
            return
        # The number is written again on every row of the session: it is one number, not a sum.
        before = book.sessions[session]
        book.sessions[session] = replace(before, guests=max(before.guests or 0, int(text)))

    def _problem(
        self, index: int, name: Field, code: str, value: str, *, text: str = "", rows: int = 1
    ) -> None:
        self._findings.problem(
            self._listing.sheet, self._listing.sessions.first_row[index],
            self._listing.columns.one(name), code, value, text=text, rows=rows,
        )  # fmt: skip


def _time(cell: Cell) -> str | None:
    if isinstance(cell, (dt.time, dt.datetime)):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return parse_time(text_of(cell))


def _time_with_date(cell: Cell) -> str | None:
    written = read_date(cell)
    return written.time if written else None
