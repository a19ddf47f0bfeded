"""Import a register as most groups keep it: people down the side, dates across the top."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain.activities import SessionState
from app.domain.attendance import Role
from app.importers.base import DateOrder, Options, PersonRow, Plan, SessionRow
from app.importers.body_rows import WHY, Classified, RowKind, classify
from app.importers.cells import Row, column_letters, is_blank, text_of
from app.importers.columns import decide
from app.importers.fields import PERSON_NAMES
from app.importers.findings import Findings
from app.importers.gathering import Gathering, place
from app.importers.grids import Grid, settle_days
from app.importers.marks import Settled, mark_key, read_legend, settle, was_taken
from app.importers.people_list import WANTED, chosen_sheets, said
from app.importers.people_rows import PeopleReader
from app.importers.person_names import initials
from app.importers.session_book import SessionBook
from app.importers.tables import DateColumn, find_tables
from app.importers.titles import (
    activity_in,
    activity_of,
    cancelled_down,
    cancelled_in,
    role_in,
    times_in,
    times_over,
)
from app.importers.turned import turned_back
from app.importers.value_meanings import gathered
from app.importers.workbook import Workbook

Times = tuple[str | None, str | None]


class AttendanceGridImporter:
    """Reads registers with dates across, one sheet or several, one table under another."""

    format = "attendance grid"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has dates across the top and names down the side."""
        return any(table.is_grid for sheet in workbook.sheets for table in find_tables(sheet))

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A register: people down the side, dates across the top."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every register into one plan."""
        return _Reading(workbook, options).plan(self.format)


class _Reading:
    """One reading of a file: what is settled for the whole of it, step by step."""

    def __init__(self, workbook: Workbook, options: Options) -> None:
        self.workbook = workbook
        self.options = options
        self.findings = Findings()
        self.rows = 0
        sheets, notes = chosen_sheets(workbook, options)
        self.findings.notes += notes
        self.grids = [
            Grid(table=table, columns=decide(table, options.columns, wanted=WANTED))
            for sheet in sheets
            for table in find_tables(sheet)
            if table.is_grid
        ]
        without = [s.name for s in sheets if not any(g.table.sheet is s for g in self.grids)]
        if self.grids and without:
            self.findings.note(f"No register was found in: {', '.join(without)}.")

    def plan(self, name: str) -> Plan:
        """Settle dates, people and marks, and return all that would be done."""
        found = self.findings
        order = settle_days(self.grids, self.options, self.workbook.path.stem, found)
        self._name_activities()
        for grid in self.grids:
            self._read_people(grid, order)
        settled = self._settle_marks()
        gathering, book = Gathering(), SessionBook()
        for grid in self.grids:
            self._enter(grid, settled, gathering, book)
        plan = Plan(
            format=name,
            rows=self.rows,
            people=tuple(gathering.people),
            activities=tuple(book.activities),
            sessions=tuple(book.sessions),
            marks=book.marks,
            columns=tuple(d for grid in self.grids for d in grid.columns.decisions),
            meanings=settled.meanings,
            values=(*gathered(found.values), *settled.unknown),
            questions=(*found.questions, *settled.questions),
            problems=(*found.problems, *book.problems),
            skipped=tuple(found.skipped),
            notes=(*self.workbook.notes, *found.notes, *gathering.apart),
            date_order=order,
            date_because=found.date_because,
        )
        turnings = {g.sheet: g.table.turning for g in self.grids if g.table.turning is not None}
        return turned_back(plan, turnings)

    # --- activities ---

    def _name_activities(self) -> None:
        by_sheet = {grid.sheet: activity_in(grid.sheet) for grid in self.grids}
        sheets_tell = len(by_sheet) > 1 and len(set(by_sheet.values()) - {""}) == len(by_sheet)
        first = ""
        for grid in self.grids:
            grid.role = role_in((grid.sheet, *grid.table.titles[-1:]))
            if self.options.activity:
                grid.activity = self.options.activity
                continue
            titles = [title for title in grid.table.titles if role_in((title,)) is None]
            sheet = "" if role_in((grid.sheet,)) else grid.sheet
            name, source = activity_of(
                titles, sheet, self.workbook.path.stem, sheets_tell=sheets_tell
            )
            # A term without a title goes on with the activity of the term before.
            grid.activity = first if first and source == "the file's name" else name
            first = first or grid.activity
            self.findings.offer_activity(grid.activity, source)

    # --- people ---

    def _read_people(self, grid: Grid, order: DateOrder | None) -> None:
        reader = PeopleReader(
            columns=grid.columns, sheet=grid.sheet, options=self.options, order=order,
            epoch_1904=grid.table.sheet.epoch_1904, as_of=max(grid.days.values(), default=None),
        )  # fmt: skip
        names = tuple(sorted(i for f in PERSON_NAMES for i in grid.columns.by_field.get(f, ())))
        role, after_totals = grid.role, False
        for number, row in grid.table.body():
            found = classify(row, grid.table, names)
            if found.kind is RowKind.BLANK:
                continue
            self.rows += 1
            if found.kind is RowKind.HEADING:
                role = found.role or role
            if found.kind is RowKind.GUESTS and grid.has_numbers(row):
                grid.guests.append((number, row))
                continue
            person = None
            if _is_person(found, row, grid, after_totals=after_totals):
                person = reader.read(number, row)
            if person is not None:
                grid.people.append((number, row, _with_role(person, role)))
                continue
            after_totals = after_totals or found.kind is RowKind.TOTAL
            if found.kind is RowKind.NOTE:
                grid.notes += [text_of(cell) for cell in row if not is_blank(cell)]
            why = WHY.get(found.kind, "a note" if after_totals else "it has no name")
            if found.kind is RowKind.NOTE and grid.is_only_ticks(row):
                why = "it has no name"
            self.findings.skip(grid.sheet, number, why, found.text)
        self.findings.problems += reader.problems
        self.findings.values += reader.values
        self.findings.notes += said(reader)

    # --- marks ---

    def _settle_marks(self) -> Settled:
        counts: Counter[str] = Counter()
        signed: Counter[str] = Counter()
        blanks = 0
        legend: list[str] = []
        for grid in self.grids:
            legend += [*grid.table.titles, *grid.notes]
            indexes = [i for i in grid.days if _cancelled(grid, _date_at(grid, i)) is None]
            for _, row, person in grid.people:
                mine = initials(person.draft.given_name, person.draft.family_name)
                for index in indexes:
                    cell = row[index] if index < len(row) else ""
                    if cell == "" or is_blank(cell):
                        blanks += 1
                        continue
                    key = mark_key(cell)
                    counts[key] += 1
                    if key == mine and len(key) > 1:
                        signed[key] += 1
        return settle(
            counts, answers=self.options.marks, legend=read_legend(legend), blanks=blanks,
            initials=frozenset(key for key in signed if signed[key] == counts[key]),
        )  # fmt: skip

    # --- sessions ---

    def _enter(self, grid: Grid, settled: Settled, gathering: Gathering, book: SessionBook) -> None:
        activity = book.activity(grid.activity)
        people = [gathering.add(person) for _, _, person in grid.people]
        self._say_same_names(grid, people)
        usual_times = times_in(grid.table.titles)
        unknown: Counter[str] = Counter()
        not_taken: list[str] = []
        entered: set[int] = set()
        for date in grid.table.dates:
            if date.index not in grid.days:
                continue
            row = self._session(grid, date, activity, settled, usual_times)
            session = book.session(row)
            if session in entered:
                where = "rows begin with" if grid.table.turning else "columns are headed"
                self.findings.note(
                    f"{grid.sheet}: two {where} {_shown(row.day)}, so they were taken as one session. "
                    "If they were two, write the time of each beside its date."
                )
            entered.add(session)
            if row.state is SessionState.HELD:
                self._enter_marks(grid, date.index, session, people, settled, book, unknown)
            elif row.state is SessionState.PLANNED and row.day <= self.options.today:
                not_taken.append(_shown(row.day))
        for key, count in unknown.items():
            if count > 1:
                self.findings.note(
                    f"{grid.sheet}: “{key}” stands in {count:,} cells and could not be read as a "
                    "mark, so nothing was recorded for them."
                )
        if not_taken:
            self.findings.note(
                f"{grid.sheet}: nobody is marked on {', '.join(not_taken)}, so the register counts "
                "as not taken on those days. Nobody is absent and nothing is counted."
            )

    def _say_same_names(self, grid: Grid, people: Sequence[int]) -> None:
        first: dict[int, int] = {}
        for (number, _, _), who in zip(grid.people, people, strict=True):
            if who in first:
                where = "two columns" if grid.table.turning else f"rows {first[who]} and {number}"
                self.findings.note(
                    f"{grid.sheet}: {where} have the same name, so they were taken as one person."
                )
            first.setdefault(who, number)

    def _session(
        self, grid: Grid, date: DateColumn, activity: int, settled: Settled, usual_times: Times
    ) -> SessionRow:
        index, day = date.index, grid.days[date.index]
        start, end = times_over(date.above)
        if start is None:
            start, end = (date.written.time, None) if date.written.time else usual_times
        guests = grid.count_of_guests(index, self.findings)
        row = SessionRow(
            place=place(grid.sheet, grid.head_row, column_letters(index)), activity=activity,
            day=day, start_time=start, end_time=end, guests=guests,
        )  # fmt: skip
        cancelled = _cancelled(grid, date)
        if cancelled is not None and not guests:
            return replace(
                row, state=SessionState.CANCELLED, cancelled_reason=cancelled[0],
                cancelled_note=cancelled[1],
            )  # fmt: skip
        taken = bool(guests) or was_taken(map(mark_key, grid.filled(index)), settled)
        if taken and day <= self.options.today:
            return row
        if taken:
            self.findings.problem(grid.sheet, grid.head_row, index, "session_future", _shown(day))
        return replace(row, state=SessionState.PLANNED, guests=None)

    def _enter_marks(
        self, grid: Grid, index: int, session: int, people: Sequence[int], settled: Settled,
        book: SessionBook, unknown: Counter[str],
    ) -> None:  # fmt: skip
        for (number, row, person), who in zip(grid.people, people, strict=True):
            cell = row[index] if index < len(row) else ""
            if cell == "" or is_blank(cell):
                continue
            key = mark_key(cell)
            meaning = settled.by_key.get(key)
            if meaning is None:
                if key not in unknown:
                    self.findings.problem(grid.sheet, number, index, "mark_unknown", text_of(cell))
                unknown[key] += 1
            elif meaning.mark is not None:
                book.mark(
                    session, who, meaning.mark, meaning.role or person.role or Role.PARTICIPANT,
                    where=place(grid.sheet, number, column_letters(index)),
                    name=person.draft.given_name or person.draft.family_name,
                )  # fmt: skip


def _is_person(found: Classified, row: Row, grid: Grid, *, after_totals: bool) -> bool:
    """Say whether a row is a person's: under the totals, only with marks of their own."""
    if found.kind is RowKind.GUESTS:
        return not after_totals and grid.has_marks(row)
    return found.kind is RowKind.ENTRY and (not after_totals or grid.has_marks(row))


def _date_at(grid: Grid, index: int) -> DateColumn:
    return next(date for date in grid.table.dates if date.index == index)


def _cancelled(grid: Grid, date: DateColumn) -> tuple[str, str] | None:
    """Return why a session did not run, by its column or by what stands over it; or None."""
    down = [text_of(cell) for cell in grid.filled(date.index)]
    if down:
        return cancelled_down(down)
    return next((c for text in date.above if (c := cancelled_in(text)) is not None), None)


def _with_role(person: PersonRow, role: Role | None) -> PersonRow:
    return replace(person, role=role) if person.role is None and role is not None else person


def _shown(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
