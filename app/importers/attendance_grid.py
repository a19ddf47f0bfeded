"""Import a register as most groups keep it: people down the side, dates across the top."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.domain.activities import SessionState, validate_session_day
from app.domain.attendance import Role
from app.importers.base import (
    Choice,
    DateOrder,
    ImportProblem,
    Options,
    PersonRow,
    Plan,
    Question,
    SessionRow,
    Skipped,
)
from app.importers.body_rows import WHY, RowKind, classify
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.columns import Columns, decide
from app.importers.date_order import (
    DateRun,
    order_question,
    settle_order,
    year_from_texts,
    year_question,
    years_for,
)
from app.importers.dates import as_date, parts
from app.importers.fields import PERSON_NAMES, Field
from app.importers.gathering import Gathering, place
from app.importers.marks import Settled, mark_key, read_legend, settle, was_taken
from app.importers.people_list import WANTED, chosen_sheets, column_dates, said
from app.importers.people_rows import PeopleReader
from app.importers.person_names import initials
from app.importers.problem_texts import problem_text
from app.importers.session_book import SessionBook
from app.importers.tables import DateColumn, Table, find_tables
from app.importers.titles import activity_of, cancelled_down, cancelled_in, role_in, times_in
from app.importers.workbook import Workbook


@dataclass(slots=True)
class _Grid:
    """One table while it is being read."""

    table: Table
    columns: Columns
    activity: str = ""
    role: Role | None = None
    days: dict[int, dt.date] = field(default_factory=dict)
    """The settled day of each date column."""
    people: list[tuple[int, Row, PersonRow]] = field(default_factory=list)
    guests: list[tuple[int, Row]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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
        self.problems: list[ImportProblem] = []
        self.skipped: list[Skipped] = []
        self.questions: list[Question] = []
        sheets, self.notes = chosen_sheets(workbook, options)
        self.grids = [
            _Grid(table=table, columns=decide(table, options.columns, wanted=WANTED))
            for sheet in sheets
            for table in find_tables(sheet)
            if table.is_grid
        ]
        without = [s.name for s in sheets if not any(g.table.sheet is s for g in self.grids)]
        if self.grids and without:
            self.notes.append(f"No register was found in: {', '.join(without)}.")

    def plan(self, name: str) -> Plan:
        """Settle dates, people and marks, and return all that would be done."""
        order = self._settle_dates()
        self._name_activities()
        gathering = Gathering()
        for grid in self.grids:
            self._read_people(grid, order)
        settled = self._settle_marks()
        book = SessionBook()
        for grid in self.grids:
            self._enter(grid, settled, gathering, book)
        return Plan(
            format=name,
            rows=sum(len(grid.people) for grid in self.grids),
            people=tuple(gathering.people),
            activities=tuple(book.activities),
            sessions=tuple(book.sessions),
            marks=book.marks,
            columns=tuple(d for grid in self.grids for d in grid.columns.decisions),
            meanings=settled.meanings,
            questions=(*self.questions, *settled.questions),
            problems=(*self.problems, *book.problems),
            skipped=tuple(self.skipped),
            notes=(*self.workbook.notes, *self.notes, *gathering.apart),
            date_order=order,
        )

    # --- dates ---

    def _settle_dates(self) -> DateOrder | None:
        order = self.options.dates
        if order is None:
            runs = [
                DateRun(dates=[d.written for d in g.table.dates], in_order=True) for g in self.grids
            ]
            runs += [
                DateRun(dates=column_dates(g.table, index), in_order=False)
                for g in self.grids
                for f in (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON)
                for index in g.columns.by_field.get(f, ())
            ]
            found = settle_order(runs, today=self.options.today)
            order = found.order
            if found.example:
                self.questions.append(order_question(found.example))
                return None
        before: dt.date | None = None
        for number, grid in enumerate(self.grids):
            before = self._date_grid(grid, order, first=number == 0, before=before)
        return order

    def _date_grid(
        self, grid: _Grid, order: DateOrder | None, *, first: bool, before: dt.date | None
    ) -> dt.date | None:
        """Give each date column its day; return the last, from which the next table goes on."""
        read = [(d, p) for d in grid.table.dates if (p := parts(d.written, order)) is not None]
        days = [(p[0], p[1], p[2], d.written.weekday) for d, p in read]
        latest = self.options.today.year + 5
        start = self._start_year(grid, [d[1] for d in days], first=first, before=before)
        years = years_for(days, start, latest=latest)
        if years is None:
            if not any(q.kind == "year" for q in self.questions):
                self.questions.append(
                    year_question(read[0][0].shown or f"{days[0][0]}/{days[0][1]}")
                )
            return before
        for (date, (day, month, _)), year in zip(read, years, strict=True):
            found = as_date(day, month, year)
            self._keep_day(grid, date, found, f"{day}/{month}/{year}")
        self._turn_round_swapped(grid)
        return max(grid.days.values(), default=before)

    def _start_year(
        self, grid: _Grid, months: list[int], *, first: bool, before: dt.date | None
    ) -> int | None:
        if not months:
            return None
        if first and self.options.year is not None:
            return self.options.year
        texts = (*grid.table.titles, grid.table.sheet.name, self.workbook.path.stem)
        named = year_from_texts(texts[:-1], months[0], months[-1])
        if named is None and before is not None:
            return before.year + (1 if before.month - months[0] >= 3 else 0)
        return named or year_from_texts(texts[-1:], months[0], months[-1])

    def _keep_day(self, grid: _Grid, date: DateColumn, found: dt.date | None, shown: str) -> None:
        code = "" if found else "date_not_in_calendar"
        if found and validate_session_day(found, today=self.options.today):
            code = "day_out_of_reach"
        if found and not code:
            grid.days[date.index] = found
            if date.written.weekday not in {-1, found.weekday()}:
                self._problem(
                    grid,
                    grid.table.header_row + 1,
                    date.index,
                    "weekday_disagrees",
                    date.shown or shown,
                )
            return
        value = date.shown if not found or date.shown else found.isoformat()
        self._problem(grid, grid.table.header_row + 1, date.index, code, value or shown)

    def _turn_round_swapped(self, grid: _Grid) -> None:
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
            self.notes.append(
                f"{len(typed)} dates in the header had day and month the wrong way round, beside "
                "others that are written day first. They were turned round."
            )

    # --- activities ---

    def _name_activities(self) -> None:
        names = {activity_of((), g.table.sheet.name, "", sheets_tell=True)[0] for g in self.grids}
        by_sheet = len(names) > 1 and len(names) == len({g.table.sheet.name for g in self.grids})
        told: dict[str, str] = {}
        for grid in self.grids:
            grid.role = role_in((grid.table.sheet.name, *grid.table.titles[-1:]))
            if self.options.activity:
                grid.activity = self.options.activity
                continue
            titles = [t for t in grid.table.titles if role_in((t,)) is None]
            sheet = "" if grid.role and role_in((grid.table.sheet.name,)) else grid.table.sheet.name
            grid.activity, source = activity_of(
                titles, sheet, self.workbook.path.stem, sheets_tell=by_sheet
            )
            if source == "the file's name" and told:
                grid.activity = next(iter(told))
            told.setdefault(grid.activity, source)
        for activity, source in told.items():
            self.questions.append(
                Question(
                    kind="activity",
                    text=f"The sessions go under “{activity}”, from {source}. What is the activity called?",
                    choices=(Choice(value=activity, words=activity),),
                    default=activity,
                )
            )

    # --- people ---

    def _read_people(self, grid: _Grid, order: DateOrder | None) -> None:
        table = grid.table
        last = max(grid.days.values(), default=None)
        reader = PeopleReader(
            columns=grid.columns, sheet=table.sheet.name, options=self.options, order=order,
            epoch_1904=table.sheet.epoch_1904, as_of=last,
        )  # fmt: skip
        name_columns = tuple(
            sorted(i for f in PERSON_NAMES for i in grid.columns.by_field.get(f, ()))
        )
        role = grid.role
        after_totals = False
        for number, row in table.body():
            found = classify(row, table, name_columns)
            if found.kind is RowKind.BLANK:
                continue
            if found.kind is RowKind.HEADING:
                role = found.role or role
            if found.kind is RowKind.GUESTS and _has_numbers(row, grid):
                grid.guests.append((number, row))
                continue
            is_person = found.kind is RowKind.ENTRY or (
                found.kind is RowKind.GUESTS and not _has_numbers(row, grid) and not after_totals
                and any(not is_blank(row[i]) for i in grid.days if i < len(row))
            )  # fmt: skip
            if is_person and after_totals and not _has_marks(row, grid):
                is_person = False
            person = reader.read(number, row) if is_person else None
            if person is None:
                after_totals = after_totals or found.kind is RowKind.TOTAL
                if found.kind is RowKind.NOTE:
                    grid.notes += [text_of(cell) for cell in row if not is_blank(cell)]
                why = WHY.get(found.kind, "a note" if after_totals else "it has no name")
                self.skipped.append(
                    Skipped(place=place(table.sheet.name, number), why=why, value=found.text)
                )
                continue
            grid.people.append((number, row, _with_role(person, role)))
        self.problems += reader.problems
        self.notes += said(reader)

    # --- marks ---

    def _settle_marks(self) -> Settled:
        counts: Counter[str] = Counter()
        own_initials: set[str] = set()
        blanks = 0
        legend: list[str] = []
        for grid in self.grids:
            legend += [*grid.table.titles, *grid.notes]
            cancelled = {i for i in grid.days if self._cancelled(grid, i) is not None}
            for _, row, person in grid.people:
                mine = initials(person.draft.given_name, person.draft.family_name)
                for index in grid.days:
                    cell = row[index] if index < len(row) else ""
                    if cell == "" or index in cancelled or is_blank(cell):
                        blanks += 1
                        continue
                    key = mark_key(cell)
                    counts[key] += 1
                    if key == mine and len(key) > 1:
                        own_initials.add(key)
        return settle(
            counts, answers=self.options.marks, legend=read_legend(legend), blanks=blanks,
            initials=frozenset(own_initials),
        )  # fmt: skip

    def _cancelled(self, grid: _Grid, index: int) -> tuple[str, str] | None:
        date = next(d for d in grid.table.dates if d.index == index)
        down = [
            text_of(row[index])
            for _, row, _ in grid.people
            if index < len(row) and not is_blank(row[index])
        ]
        if not down:
            return next((c for text in date.above if (c := cancelled_in(text)) is not None), None)
        return cancelled_down(down)

    def _enter(
        self, grid: _Grid, settled: Settled, gathering: Gathering, book: SessionBook
    ) -> None:
        activity = book.activity(grid.activity) if grid.activity else 0
        people = [gathering.add(person) for _, _, person in grid.people]
        title_times = times_in(grid.table.titles)
        unknown: dict[str, int] = {}
        not_taken: list[str] = []
        for date in grid.table.dates:
            if date.index not in grid.days:
                continue
            row = self._session_row(grid, date, activity, settled, title_times)
            session = book.session(row)
            if row.state is not SessionState.HELD:
                if row.state is SessionState.PLANNED and row.day <= self.options.today:
                    not_taken.append(f"{row.day.day}/{row.day.month}/{row.day.year}")
                continue
            self._enter_marks(grid, date.index, session, people, settled, book, unknown)
        self._say_unknown(grid, unknown)
        if not_taken:
            self.notes.append(
                f"{grid.table.sheet.name}: nobody is marked on {', '.join(not_taken)}, so the register "
                "counts as not taken on those days. Nobody is absent and nothing is counted."
            )

    def _session_row(
        self, grid: _Grid, date: DateColumn, activity: int, settled: Settled,
        title_times: tuple[str | None, str | None],
    ) -> SessionRow:  # fmt: skip
        index, day = date.index, grid.days[date.index]
        keys = [
            mark_key(row[index])
            for _, row, _ in grid.people
            if index < len(row) and not is_blank(row[index])
        ]
        guests = self._guests(grid, index)
        start, end = times_in(date.above)
        if start is None:
            start, end = (date.written.time, None) if date.written.time else title_times
        row = SessionRow(
            place=place(grid.table.sheet.name, grid.table.header_row + 1, column_letters(index)),
            activity=activity, day=day, start_time=start, end_time=end, guests=guests,
        )  # fmt: skip
        cancelled = self._cancelled(grid, index)
        if cancelled is not None and not guests:
            return replace(
                row, state=SessionState.CANCELLED, cancelled_reason=cancelled[0],
                cancelled_note=cancelled[1],
            )  # fmt: skip
        if guests or was_taken(keys, settled):
            if day > self.options.today:
                self._problem(
                    grid,
                    grid.table.header_row + 1,
                    index,
                    "session_future",
                    f"{day.day}/{day.month}/{day.year}",
                )
                return replace(row, state=SessionState.PLANNED, guests=None)
            return row
        return replace(row, state=SessionState.PLANNED)

    def _guests(self, grid: _Grid, index: int) -> int | None:
        total: int | None = None
        for number, row in grid.guests:
            cell = row[index] if index < len(row) else ""
            if is_blank(cell):
                continue
            count = _whole(cell)
            if count is None:
                self._problem(grid, number, index, "number_unknown", text_of(cell))
            else:
                total = (total or 0) + count
        return total

    def _enter_marks(
        self, grid: _Grid, index: int, session: int, people: Sequence[int], settled: Settled,
        book: SessionBook, unknown: dict[str, int],
    ) -> None:  # fmt: skip
        for (number, row, person), who in zip(grid.people, people, strict=True):
            cell = row[index] if index < len(row) else ""
            if cell == "" or is_blank(cell):
                continue
            key = mark_key(cell)
            meaning = settled.by_key.get(key)
            if meaning is None:
                if key not in unknown:
                    self._problem(grid, number, index, "mark_unknown", text_of(cell))
                unknown[key] = unknown.get(key, 0) + 1
            elif meaning.mark is not None:
                book.mark(
                    session, who, meaning.mark, meaning.role or person.role or Role.PARTICIPANT,
                    where=place(grid.table.sheet.name, number, column_letters(index)),
                    name=person.draft.given_name or person.draft.family_name,
                )  # fmt: skip

    def _say_unknown(self, grid: _Grid, unknown: dict[str, int]) -> None:
        for key, count in unknown.items():
            if count > 1:
                self.notes.append(
                    f"{grid.table.sheet.name}: “{key}” stands in {count:,} cells and could not be "
                    "read as a mark, so nothing was recorded for them."
                )

    def _problem(self, grid: _Grid, number: int, index: int, code: str, value: str) -> None:
        self.problems.append(
            ImportProblem(
                place=place(grid.table.sheet.name, number, column_letters(index)), code=code,
                message=problem_text(code, value), value=value,
            )
        )  # fmt: skip


def _with_role(person: PersonRow, role: Role | None) -> PersonRow:
    return replace(person, role=role) if person.role is None and role is not None else person


def _has_numbers(row: Row, grid: _Grid) -> bool:
    return any(_whole(row[d.index]) is not None for d in grid.table.dates if d.index < len(row))


def _has_marks(row: Row, grid: _Grid) -> bool:
    return any(not is_blank(row[d.index]) for d in grid.table.dates if d.index < len(row))


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell if 0 <= cell <= 10_000 else None
    text = text_of(cell)
    return int(text) if text.isdigit() and len(text) <= 5 else None
