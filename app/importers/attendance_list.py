"""Import a long list: one row an attendance, with a date and a name, perhaps activity and mark.

Such lists run to millions of rows, so each row costs three look-ups: of what it says of its session,
its person and its mark. Each different saying is understood once, afterwards.
"""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter
from typing import Any

from app.domain.activities import SessionState, parse_time, validate_session_day, validate_times
from app.domain.attendance import Mark, Role
from app.importers.base import (
    MARKS,
    ROLES,
    DateOrder,
    ImportProblem,
    Options,
    Plan,
    Question,
    SessionRow,
    Skipped,
)
from app.importers.body_rows import WHY, Classified, RowKind, classify
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
from app.importers.dates import WrittenDate, as_date, from_serial, parts, read_date
from app.importers.fields import PERSON_NAMES, Field
from app.importers.gathering import Gathering, place
from app.importers.marks import Settled, mark_key, read_legend, settle
from app.importers.people_list import chosen_sheets, said
from app.importers.people_rows import ROLE_WORDS, PeopleReader
from app.importers.problem_texts import problem_text
from app.importers.session_book import SessionBook
from app.importers.tables import Table, find_tables
from app.importers.titles import activity_of, times_in
from app.importers.workbook import Workbook

_WANTED = frozenset(Field) - {Field.TITLE}
_SESSION = (Field.DATE, Field.ACTIVITY, Field.START_TIME, Field.END_TIME, Field.GUESTS)
_FILL_SHARE = 0.2
_NOTHING = -1
_MOST_SAID = 200


@dataclass(slots=True)
class _Sayings:
    """The different things said in some columns, numbered as they appear, with their first rows."""

    number: dict[Any, int] = field(default_factory=dict)
    first_row: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    of_row: "array[int]" = field(default_factory=lambda: array("i"))


@dataclass(slots=True)
class _Listing:
    """One table while it is being read."""

    table: Table
    columns: Columns
    sessions: _Sayings = field(default_factory=_Sayings)
    people: _Sayings = field(default_factory=_Sayings)
    marks: _Sayings = field(default_factory=_Sayings)
    session_map: list[int] = field(default_factory=list)
    person_map: list[int] = field(default_factory=list)
    mark_map: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[Classified] = field(default_factory=list)
    """What each saying of a person is: a person, or a total or note that stands in the column."""


class AttendanceListImporter:
    """Reads lists with a row for each attendance."""

    format = "attendance list"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has a column of dates beside a column of names."""
        return any(_listings(workbook, Options(today=dt.date(2000, 1, 1))))

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A list of attendances, one row each: date, name, and perhaps activity and mark."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every such table into one plan."""
        return _Reading(workbook, options).plan(self.format)


def _listings(workbook: Workbook, options: Options) -> Iterator[_Listing]:
    for sheet in chosen_sheets(workbook, options)[0]:
        for table in find_tables(sheet):
            if table.is_grid:
                continue
            columns = decide(table, options.columns, wanted=_WANTED)
            if columns.has(Field.DATE) and columns.has(*PERSON_NAMES):
                yield _Listing(table=table, columns=columns)


class _Reading:
    """One reading of a file: first what is said, then what it means."""

    def __init__(self, workbook: Workbook, options: Options) -> None:
        self.workbook = workbook
        self.options = options
        self.problems: list[ImportProblem] = []
        self.skipped: list[Skipped] = []
        self.questions: list[Question] = []
        self.notes = chosen_sheets(workbook, options)[1]
        self.listings = list(_listings(workbook, options))

    def plan(self, name: str) -> Plan:
        """Read, settle and return all that would be done."""
        rows = sum(self._take_in(listing) for listing in self.listings)
        order = self._settle_order()
        book, gathering = SessionBook(), Gathering()
        for listing in self.listings:
            self._understand_sessions(listing, order, book)
            self._understand_people(listing, order, gathering)
        settled = self._understand_marks()
        for listing in self.listings:
            self._enter(listing, book, gathering)
        return Plan(
            format=name,
            rows=rows,
            people=tuple(gathering.people),
            activities=tuple(book.activities),
            sessions=tuple(book.sessions),
            marks=book.marks,
            columns=tuple(d for listing in self.listings for d in listing.columns.decisions),
            meanings=settled.meanings,
            questions=(*self.questions, *settled.questions),
            problems=tuple(self.problems),
            skipped=tuple(self.skipped),
            notes=(*self.workbook.notes, *self.notes, *gathering.apart),
            date_order=order,
        )

    # --- the one pass over the rows ---

    def _take_in(self, listing: _Listing) -> int:
        """Number what each row says; return how many rows there are."""
        columns = listing.columns
        session_of = _getter([columns.one(f) for f in _SESSION if columns.has(f)])
        named = [i for f in Field if f in PERSON_NAMES for i in columns.by_field.get(f, ())]
        person_of = _getter([*named, *columns.by_field.get(Field.BORN_ON, ())])
        marked = [i for f in (Field.MARK, Field.ROLE) for i in columns.by_field.get(f, ())]
        mark_of = _getter(marked) if marked else None
        width = 1 + max(i for found in columns.by_field.values() for i in found)
        body = _filled_down(listing) if self._fills_down(listing) else listing.table.body()
        sessions, people, marks = listing.sessions, listing.people, listing.marks
        find_session, find_person, find_mark = (
            sessions.number.get, people.number.get, marks.number.get,
        )  # fmt: skip
        put_session, put_person, put_mark = (
            sessions.of_row.append, people.of_row.append, marks.of_row.append,
        )  # fmt: skip
        rows = 0
        for number, row in body:
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901 - a short row, made whole
            saying = session_of(row)
            index = find_session(saying)
            put_session(_new(sessions, saying, number, row) if index is None else index)
            saying = person_of(row)
            index = find_person(saying)
            put_person(_new(people, saying, number, row) if index is None else index)
            if mark_of is not None:
                saying = mark_of(row)
                index = find_mark(saying)
                put_mark(_new(marks, saying, number, row) if index is None else index)
            rows += 1
        named_columns = tuple(sorted(named))
        listing.kinds = [classify(row, listing.table, named_columns) for row in people.rows]
        return rows

    def _fills_down(self, listing: _Listing) -> bool:
        """Say whether the date stands only on the first row of each session."""
        date = listing.columns.one(Field.DATE)
        name = next(i for f in PERSON_NAMES for i in listing.columns.by_field.get(f, ()))
        sample = [row for _, row in islice(listing.table.body(), 200) if _filled(row, name)]
        blank = sum(not _filled(row, date) for row in sample)
        if not sample or blank < _FILL_SHARE * len(sample):
            return False
        self.notes.append("Where a row has no date, the date above it was taken.")
        return True

    # --- what is said of sessions ---

    def _settle_order(self) -> DateOrder | None:
        if self.options.dates is not None:
            return self.options.dates
        runs: list[DateRun] = []
        for listing in self.listings:
            dates = [
                w
                for row in listing.sessions.rows
                if (w := read_date(_at(row, listing, Field.DATE)))
            ]
            runs.append(DateRun(dates=dates, in_order=True))
            for f in (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON):
                if listing.columns.has(f):
                    born = [
                        w for row in listing.people.rows if (w := read_date(_at(row, listing, f)))
                    ]
                    runs.append(DateRun(dates=born, in_order=False))
        found = settle_order(runs, today=self.options.today)
        if found.example:
            self.questions.append(order_question(found.example))
        return found.order

    def _understand_sessions(
        self, listing: _Listing, order: DateOrder | None, book: SessionBook
    ) -> None:
        titles = listing.table.titles
        usual, source = activity_of(
            titles, listing.table.sheet.name, self.workbook.path.stem, sheets_tell=False
        )
        usual = self.options.activity or usual
        if not listing.columns.has(Field.ACTIVITY) and not self.options.activity:
            self._offer_activity(usual, source)
        usual_times = times_in(titles)
        days = self._days(listing, order)
        uses = Counter(listing.sessions.of_row)
        empty = self._nobody_named(listing)
        for index, (row, day) in enumerate(zip(listing.sessions.rows, days, strict=True)):
            if day is None:
                listing.session_map.append(_NOTHING)
                if index not in empty:
                    self._day_problem(listing, index, order, uses[index])
                continue
            name = text_of(_at(row, listing, Field.ACTIVITY)) or usual
            start, end = self._times(listing, index, row)
            if start is None:
                start, end = read_time_of_date(_at(row, listing, Field.DATE)), None
            if start is None:
                start, end = usual_times
            listing.session_map.append(
                book.session(
                    SessionRow(
                        place=place(listing.table.sheet.name, listing.sessions.first_row[index]),
                        activity=book.activity(name), day=day, start_time=start, end_time=end,
                    )
                )
            )  # fmt: skip
            self._guests(listing, index, row, book)

    def _offer_activity(self, usual: str, source: str) -> None:
        self.questions.append(
            Question(
                kind="activity",
                text=f"The sessions go under “{usual}”, from {source}. What is the activity called?",
                default=usual,
            )
        )

    def _days(self, listing: _Listing, order: DateOrder | None) -> list[dt.date | None]:
        """Return the day of each saying of a session, or None where it cannot be told."""
        cells = [_at(row, listing, Field.DATE) for row in listing.sessions.rows]
        written = [read_date(cell) for cell in cells]
        found = [parts(w, order) if w else None for w in written]
        numbers = [
            (p[0], p[1], p[2], w.weekday) for p, w in zip(found, written, strict=True) if p and w
        ]
        texts = (*listing.table.titles, listing.table.sheet.name, self.workbook.path.stem)
        start = self.options.year
        if start is None and numbers and not all(n[2] for n in numbers):
            start = year_from_texts(texts, numbers[0][1], numbers[-1][1])
        years = years_for(numbers, start, latest=self.options.today.year + 5)
        if years is None:
            shown = next(text_of(c) for c, p in zip(cells, found, strict=True) if p)
            self.questions.append(year_question(shown))
            return [None] * len(cells)
        each = iter(zip(numbers, years, strict=True))
        days: list[dt.date | None] = []
        serials = 0
        for cell, p in zip(cells, found, strict=True):
            if p:
                numbered, year = next(each)
                days.append(as_date(numbered[0], numbered[1], year))
            else:
                days.append(_serial(cell, listing))
                serials += days[-1] is not None
        if serials:
            epoch = "1904" if listing.table.sheet.epoch_1904 else "1900"
            self.notes.append(f"{serials:,} bare numbers were read as dates counted from {epoch}.")
        for i, day in enumerate(days):
            if day and validate_session_day(day, today=self.options.today):
                days[i] = None
        return days

    def _day_problem(
        self, listing: _Listing, index: int, order: DateOrder | None, rows: int
    ) -> None:
        if self.questions and any(q.kind in {"dates", "year"} for q in self.questions):
            return
        cell = _at(listing.sessions.rows[index], listing, Field.DATE)
        written = read_date(cell)
        code = _day_code(written, order)
        self._problem(
            listing, listing.sessions.first_row[index], Field.DATE, code, text_of(cell), rows
        )

    def _nobody_named(self, listing: _Listing) -> set[int]:
        """Return the sayings of sessions that only stand in rows without a person."""
        blank = {i for i, found in enumerate(listing.kinds) if found.kind is not RowKind.ENTRY}
        if not blank:
            return set()
        pairs = zip(listing.sessions.of_row, listing.people.of_row, strict=True)
        used = {session for session, person in pairs if person not in blank}
        return set(range(len(listing.sessions.rows))) - used

    def _times(self, listing: _Listing, index: int, row: Row) -> tuple[str | None, str | None]:
        times: list[str | None] = []
        for f in (Field.START_TIME, Field.END_TIME):
            cell = _at(row, listing, f)
            time = _time(cell)
            if time is None and not is_blank(cell):
                both = times_in([text_of(cell)])
                if both[0]:
                    return both
                self._problem(
                    listing, listing.sessions.first_row[index], f, "time_unknown", text_of(cell)
                )
            times.append(time)
        start, end = times
        for problem in validate_times(start, end):
            self._problem(
                listing, listing.sessions.first_row[index], Field.END_TIME, problem.code,
                f"{start}–{end}", text=problem.text,
            )  # fmt: skip
            end = None
        return start, end

    def _guests(self, listing: _Listing, index: int, row: Row, book: SessionBook) -> None:
        cell = _at(row, listing, Field.GUESTS)
        if is_blank(cell):
            return
        text = text_of(cell)
        session = listing.session_map[-1]
        if not text.isdigit() or int(text) > 10_000:
            self._problem(
                listing, listing.sessions.first_row[index], Field.GUESTS, "number_unknown", text
            )
            return
        # The number is written again on every row of the session: it is one number, not a sum.
        before = book.sessions[session]
        guests = max(before.guests or 0, int(text))
        book.sessions[session] = replace(before, guests=guests)

    # --- what is said of people and marks ---

    def _understand_people(
        self, listing: _Listing, order: DateOrder | None, gathering: Gathering
    ) -> None:
        reader = PeopleReader(
            columns=listing.columns, sheet=listing.table.sheet.name, options=self.options,
            order=order, epoch_1904=listing.table.sheet.epoch_1904,
        )  # fmt: skip
        uses = Counter(listing.people.of_row)
        for index, row in enumerate(listing.people.rows):
            number = listing.people.first_row[index]
            found = listing.kinds[index]
            person = reader.read(number, row) if found.kind is RowKind.ENTRY else None
            listing.person_map.append(_NOTHING if person is None else gathering.add(person))
            if (
                person is None
                and found.kind is not RowKind.BLANK
                and len(self.skipped) < _MOST_SAID
            ):
                why = WHY.get(found.kind, "it has no name")
                more = f" ({uses[index]:,} rows)" if uses[index] > 1 else ""
                where = place(listing.table.sheet.name, number)
                self.skipped.append(Skipped(place=where, why=why + more, value=found.text))
        self.problems += reader.problems
        self.notes += said(reader)

    def _understand_marks(self) -> Settled:
        counts: Counter[str] = Counter()
        blanks = 0
        legend: list[str] = []
        for listing in self.listings:
            legend += listing.table.titles
            uses = _uses_of_marks(listing)
            for index, row in enumerate(listing.marks.rows):
                cell = _at(row, listing, Field.MARK)
                if not uses[index]:
                    continue
                if is_blank(cell):
                    blanks += uses[index]
                else:
                    counts[mark_key(cell)] += uses[index]
        settled = settle(
            counts, answers=self.options.marks, legend=read_legend(legend), blanks=blanks
        )
        for listing in self.listings:
            self._map_marks(listing, settled)
        return settled

    def _map_marks(self, listing: _Listing, settled: Settled) -> None:
        has_marks = listing.columns.has(Field.MARK)
        uses = _uses_of_marks(listing)
        for index, row in enumerate(listing.marks.rows):
            cell = _at(row, listing, Field.MARK)
            role = ROLE_WORDS.get(text_of(_at(row, listing, Field.ROLE)).casefold())
            mark: Mark | None = None if has_marks else Mark.PRESENT
            if has_marks and uses[index] and not is_blank(cell):
                meaning = settled.of(cell)
                if meaning is None:
                    first = listing.marks.first_row[index]
                    self._problem(
                        listing, first, Field.MARK, "mark_unknown", text_of(cell), uses[index]
                    )
                else:
                    mark, role = meaning.mark, meaning.role or role
            code = MARKS.index(mark) if mark else _NOTHING
            listing.mark_map.append((code, ROLES.index(role) if role else _NOTHING))

    # --- the attendances ---

    def _enter(self, listing: _Listing, book: SessionBook, gathering: Gathering) -> None:
        """Enter every row whose session, person and mark were understood; a second mark is said."""
        session_of, person_of = listing.session_map, listing.person_map
        roles = [ROLES.index(p.role or Role.PARTICIPANT) for p in gathering.people]
        count = len(gathering.people)
        marks = listing.marks.of_row or array("i", bytes(4 * len(listing.sessions.of_row)))
        mark_map = listing.mark_map or [(0, _NOTHING)]
        seen: dict[int, int] = {s * count + p: m for s, p, m in
                                zip(book.marks.session, book.marks.person, book.marks.mark, strict=True)}  # fmt: skip
        already = set(book.marks.session)
        held: set[int] = set()
        twice = 0
        put = book.marks
        for s, p, m in zip(listing.sessions.of_row, listing.people.of_row, marks, strict=True):
            session, person = session_of[s], person_of[p]
            mark, role = mark_map[m]
            if session < 0 or person < 0 or mark < 0:
                continue
            key = session * count + person
            if key in seen:
                twice += 1
                if seen[key] != mark:
                    self._marked_twice(listing, session, person, book, gathering)
                continue
            seen[key] = mark
            held.add(session)
            put.session.append(session)
            put.person.append(person)
            put.mark.append(mark)
            put.role.append(role if role >= 0 else roles[person])
        for session in {s for s in session_of if s >= 0} - held:
            if book.sessions[session].guests is None and session not in already:
                row = book.sessions[session]
                book.sessions[session] = replace(row, state=SessionState.PLANNED)
        if twice:
            self.notes.append(
                f"{twice:,} rows name somebody for a session they are already marked for; each "
                "counts once."
            )

    def _marked_twice(
        self, listing: _Listing, session: int, person: int, book: SessionBook, gathering: Gathering
    ) -> None:
        draft = gathering.people[person].draft
        name = " ".join(part for part in (draft.given_name, draft.family_name) if part)
        day = book.sessions[session].day
        self._problem(
            listing, book.sessions[session].place.row, Field.MARK, "mark_twice",
            f"{day.day}/{day.month}/{day.year}",
            text=f"{name} has two different marks on {day.day}/{day.month}/{day.year}. The first was kept.",
        )  # fmt: skip

    def _problem(
        self, listing: _Listing, number: int, field_: Field, code: str, value: str, rows: int = 1,
        *, text: str = "",
    ) -> None:  # fmt: skip
        column = listing.columns.one(field_)
        message = text or problem_text(code, value)
        if rows > 1:
            message = f"{message} It stands in {rows:,} rows, first in this one."
        self.problems.append(
            ImportProblem(
                place=place(
                    listing.table.sheet.name, number, column_letters(column) if column >= 0 else ""
                ),
                code=code, message=message, value=value,
            )
        )  # fmt: skip


def _uses_of_marks(listing: _Listing) -> Counter[int]:
    """Count each saying of a mark over the rows that name a person."""
    nobody = {i for i, index in enumerate(listing.person_map) if index < 0}
    if not nobody:
        return Counter(listing.marks.of_row)
    pairs = zip(listing.marks.of_row, listing.people.of_row, strict=False)
    return Counter(mark for mark, person in pairs if person not in nobody)


def _getter(indexes: Sequence[int]) -> Callable[[Row], Any]:
    return itemgetter(*indexes)


def _new(sayings: _Sayings, saying: Any, number: int, row: Row) -> int:
    index = sayings.number[saying] = len(sayings.rows)
    sayings.first_row.append(number)
    sayings.rows.append(row)
    return index


def _filled_down(listing: _Listing) -> Iterator[tuple[int, Row]]:
    """Give the rows with session cells filled from above, where a name stands without them."""
    indexes = [listing.columns.one(f) for f in _SESSION if listing.columns.has(f)]
    date = listing.columns.one(Field.DATE)
    above: dict[int, Cell] = {}
    for number, row in listing.table.body():
        if _filled(row, date):
            above = {i: row[i] for i in indexes if _filled(row, i)}
            yield number, row
        else:
            whole = [*row, *[""] * (max(indexes) + 1 - len(row))]
            for i, cell in above.items():
                if is_blank(whole[i]):
                    whole[i] = cell
            yield number, whole


def _filled(row: Row, index: int) -> bool:
    return 0 <= index < len(row) and not is_blank(row[index])


def _at(row: Row, listing: _Listing, field_: Field) -> Cell:
    index = listing.columns.one(field_)
    return row[index] if 0 <= index < len(row) else ""


def _serial(cell: Cell, listing: _Listing) -> dt.date | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return from_serial(cell, epoch_1904=listing.table.sheet.epoch_1904)
    text = text_of(cell)
    return from_serial(int(text), epoch_1904=False) if text.isdigit() and len(text) == 5 else None


def _time(cell: Cell) -> str | None:
    if isinstance(cell, (dt.time, dt.datetime)):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return parse_time(text_of(cell)) if not is_blank(cell) else None


def read_time_of_date(cell: Cell) -> str | None:
    """Return the time that stands with a date in one cell, or None."""
    written = read_date(cell)
    return written.time if written else None


def _day_code(written: WrittenDate | None, order: DateOrder | None) -> str:
    if written is None:
        return "date_unknown"
    found = parts(written, order)
    if found and as_date(found[0], found[1], found[2] or 2024) is None:
        return "date_not_in_calendar"
    return "day_out_of_reach"
