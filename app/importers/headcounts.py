"""Import a list of headcounts: a row for each session with how many came, and no names."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.activities import SessionState
from app.importers.base import SET_ASIDE, ColumnDecision, Options, Plan, SessionRow
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.columns import Columns, decide
from app.importers.dates import read_date
from app.importers.fields import NUMBERING, PERSON_NAMES, Field, field_of_header, header_key
from app.importers.findings import Findings
from app.importers.grids import whole
from app.importers.header_texts import labels_of, titles_of
from app.importers.listing_sessions import SessionsOfList, settle_list_order
from app.importers.listings import SESSION_FIELDS, Listing
from app.importers.people_list import chosen_sheets
from app.importers.session_book import SessionBook
from app.importers.tables import HEAD_ROWS, Table, held_rows
from app.importers.titles import cancelled_in
from app.importers.workbook import Sheet, Workbook

_WANTED = frozenset({*SESSION_FIELDS, Field.NOTES})
_COUNTED_BY = frozenset({Field.GUESTS, Field.MARK})
"""What "Visitors" or "Attendance" over numbers is known as."""
_ALL = (
    "total",
    "number",
    "no of",
    "attend",
    "headcount",
    "head count",
    "people",
    "how many",
    "present",
    "footfall",
)
_MOSTLY = 0.6
_LEAST_DAYS = 2
_ONE_EACH = 0.8
"""Of the rows, how many must be of a day of their own: a list of people repeats its days."""


class HeadcountImporter:
    """Reads lists of dates with numbers of people."""

    format = "headcounts"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has a column of dates beside numbers, and no names."""
        return any(_counted(sheet, {}) for sheet in workbook.sheets)

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A list of sessions with how many came, no names."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every such table into one plan; the numbers are guests, who have no names."""
        sheets, notes = chosen_sheets(workbook, options)
        found = Findings(notes=notes)
        counted = [c for sheet in sheets if (c := _counted(sheet, options.columns)) is not None]
        for one in counted:
            one.take_in(found)
        order = settle_list_order([one.listing for one in counted], options, found)
        book = SessionBook()
        for one in counted:
            SessionsOfList(one.listing, order, options, workbook.path.stem, found).understand(book)
            one.settle(book, options.today, found)
        found.note(
            "Only how many came is written here, so nobody is added by name: each number is kept as "
            "people without names at that session."
        )
        return Plan(
            format=self.format,
            rows=sum(len(one.listing.sessions.of_row) for one in counted),
            activities=tuple(book.activities),
            sessions=tuple(book.sessions),
            columns=tuple(d for one in counted for d in one.listing.columns.decisions),
            questions=tuple(found.questions),
            problems=tuple(found.problems),
            skipped=tuple(found.skipped),
            notes=(*workbook.notes, *found.notes),
            date_order=order,
            date_because=found.date_because,
        )


@dataclass(slots=True)
class _Counted:
    """One table of headcounts while it is read."""

    listing: Listing
    counts: tuple[int, ...]
    """The columns whose numbers are added up."""

    def take_in(self, found: Findings) -> None:
        """Take in each row with a date; what has none is said and left out."""
        listing = self.listing
        date = listing.columns.one(Field.DATE)
        for number, row in listing.table.body():
            if all(map(is_blank, row)):
                continue
            if date >= len(row) or not any(c.isdecimal() for c in text_of(row[date])):
                first = next(text_of(cell) for cell in row if not is_blank(cell))
                found.skip(listing.sheet, number, "it has no date", first)
                continue
            whole_row = [*row, *[""] * (max(self.counts) + 1 - len(row))]
            whole_row[self.counts[0]] = _sum([whole_row[i] for i in self.counts])
            listing.sessions.of_row.append(len(listing.sessions.rows))
            listing.sessions.add(number, number, whole_row)

    def settle(self, book: SessionBook, today: dt.date, found: Findings) -> None:
        """Settle what each session was: held where people were counted, cancelled, or not counted."""
        not_counted: list[str] = []
        for index, session in enumerate(self.listing.session_map):
            if session < 0:
                continue
            texts = [
                text_of(cell) for cell in self.listing.sessions.rows[index] if not is_blank(cell)
            ]
            row = book.sessions[session]
            book.sessions[session] = self._settled(row, index, texts, today, found)
            if book.sessions[session].state is SessionState.PLANNED and row.day <= today:
                not_counted.append(f"{row.day.day}/{row.day.month}/{row.day.year}")
        if not_counted:
            found.note(
                f"{self.listing.sheet}: nobody was counted on {', '.join(not_counted)}, so nothing is "
                "counted for those days."
            )

    def _settled(
        self, row: SessionRow, index: int, texts: Sequence[str], today: dt.date, found: Findings
    ) -> SessionRow:
        listing = self.listing
        notes = text_of(listing.at(listing.sessions.rows[index], Field.NOTES))
        cancelled = next((c for text in texts if (c := cancelled_in(text)) is not None), None)
        if cancelled is not None and not row.guests:
            return replace(
                row, state=SessionState.CANCELLED, cancelled_reason=cancelled[0],
                cancelled_note=cancelled[1], guests=None,
            )  # fmt: skip
        if row.guests is None or row.day > today:
            if row.guests:
                shown = f"{row.day.day}/{row.day.month}/{row.day.year}"
                column = listing.columns.one(Field.DATE)
                found.problem(listing.sheet, row.place.row, column, "session_future", shown)
            return replace(row, state=SessionState.PLANNED, guests=None, notes=notes)
        return replace(row, notes=notes)


def _sum(cells: Sequence[Cell]) -> Cell:
    """Return the sum of whole numbers, "" where none is written; or the first that is not one."""
    filled = [cell for cell in cells if not is_blank(cell)]
    numbers = [_number(cell) for cell in filled]
    odd = next((cell for cell, n in zip(filled, numbers, strict=True) if n is None), None)
    if odd is not None:
        return odd
    return str(sum(n for n in numbers if n is not None)) if filled else ""


def _number(cell: Cell) -> int | None:
    if isinstance(cell, float) and cell.is_integer():
        return whole(int(cell))
    return whole(cell)


# --- finding them ---------------------------------------------------------------------------------


def _counted(sheet: Sheet, answers: Mapping[str, str]) -> _Counted | None:
    """Return the table of headcounts on a sheet, or None."""
    rows = held_rows(sheet) or []
    for number, row in enumerate(rows[:HEAD_ROWS]):
        fields = {field_of_header(cell) for cell in row}
        if Field.DATE in fields and not PERSON_NAMES & fields:
            return _counted_at(sheet, rows, number, answers)
    return None


def _counted_at(
    sheet: Sheet, rows: list[Row], number: int, answers: Mapping[str, str]
) -> _Counted | None:
    width = len(rows[number])
    table = Table(
        sheet=sheet, titles=titles_of(rows, 0, number), header_row=number, first_row=number + 1,
        end_row=None, labels=labels_of(sheet, rows, [number], width),
        plain_labels=tuple(text_of(cell) for cell in rows[number]), rows=rows,
    )  # fmt: skip
    columns = decide(table, answers, wanted=_WANTED)
    date = columns.one(Field.DATE)
    dates = [text_of(row[date]) for _, row in table.body() if 0 <= date < len(row)]
    dates = [text for text in dates if read_date(text) is not None]
    apart = columns.has(Field.ACTIVITY, Field.START_TIME)
    if len(dates) < _LEAST_DAYS or (not apart and len(set(dates)) < _ONE_EACH * len(dates)):
        return None
    counts = _count_columns(table, columns)
    if not counts:
        return None
    listing = Listing(table=table, columns=_with_counts(columns, counts))
    return _Counted(listing=listing, counts=counts)


def _count_columns(table: Table, columns: Columns) -> tuple[int, ...]:
    """Return the columns of numbers: the one that is the whole, or else all of them."""
    chosen = columns.by_field.get(Field.GUESTS, ())
    by = {d.column: d.by for d in columns.decisions}
    taken = {i for of in columns.by_field.values() for i in of}
    taken |= {i for i in range(len(table.plain_labels)) if by.get(column_letters(i)) == "mapping"}
    found: list[int] = []
    for index, label in enumerate(table.plain_labels):
        field, key = field_of_header(label), header_key(label)
        if not key or key in NUMBERING or index in taken - set(chosen):
            continue
        if (field is None or field in _COUNTED_BY) and _holds_numbers(table, index):
            found.append(index)
    whole_one = [i for i in found if header_key(table.plain_labels[i]).startswith(_ALL)]
    return tuple(whole_one[:1] or found)


def _holds_numbers(table: Table, index: int) -> bool:
    cells = [row[index] for _, row in table.body() if index < len(row) and not is_blank(row[index])]
    return len(cells) >= _LEAST_DAYS and sum(
        _number(c) is not None for c in cells
    ) >= _MOSTLY * len(cells)


def _with_counts(columns: Columns, counts: tuple[int, ...]) -> Columns:
    """Return the columns with those that are counted, and without what is of no use here."""
    letters = {column_letters(index) for index in counts}

    def decided(decision: ColumnDecision) -> ColumnDecision:
        if decision.column in letters:
            by = decision.by if decision.taken_as == Field.GUESTS else "content"
            return replace(decision, taken_as=Field.GUESTS.value, by=by)
        if decision.taken_as not in _WANTED and decision.taken_as != SET_ASIDE:
            return replace(decision, taken_as=SET_ASIDE, by="not needed here")
        if decision.taken_as == Field.GUESTS:
            return replace(decision, taken_as=SET_ASIDE, by="another column has the whole number")
        return decision

    by_field = {f: found for f, found in columns.by_field.items() if f in _WANTED}
    return Columns(
        by_field={**by_field, Field.GUESTS: counts},
        decisions=tuple(decided(decision) for decision in columns.decisions),
    )
