"""Import a long list: one row an attendance, with a date and a name, perhaps activity and mark."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from app.domain.activities import SessionState
from app.domain.attendance import Mark, Role
from app.importers.base import MARKS, ROLES, DateOrder, Options, Plan
from app.importers.body_rows import WHY, RowKind
from app.importers.cells import is_blank, text_of
from app.importers.columns import decide
from app.importers.fields import NOT_PERSONAL, PERSON_NAMES, Field
from app.importers.findings import Findings
from app.importers.gathering import Gathering
from app.importers.listing_sessions import SessionsOfList, date_of_titles, settle_list_order
from app.importers.listings import Listing
from app.importers.marks import Settled, mark_key, read_legend, settle
from app.importers.people_list import chosen_sheets, said
from app.importers.people_rows import PeopleReader
from app.importers.session_book import SessionBook
from app.importers.tables import find_tables
from app.importers.value_meanings import Sayings, gathered
from app.importers.workbook import Workbook

_WANTED = frozenset(Field) - {Field.TITLE}
_DETAILS = frozenset(Field) - NOT_PERSONAL - PERSON_NAMES
_FEW_DETAILS = 3
"""A form to sign in with asks for less about somebody."""
_NOTHING = -1
_MOST_DAYS = 20
_MOST_TWICE = 100
"""Double marks that are named one by one."""


class AttendanceListImporter:
    """Reads lists with a row for each attendance."""

    format = "attendance list"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has a column of dates beside a column of names."""
        return any(_listings(workbook, Options(today=dt.date.max)))

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A list of attendances, one row each: date, name, and perhaps activity and mark."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every such table into one plan."""
        return _Reading(workbook, options).plan(self.format)


def is_sign_up(workbook: Workbook) -> bool:
    """Say whether a file with stamps of time is a form by which people gave their details."""
    found = list(_listings(workbook, Options(today=dt.date.max)))
    return bool(found) and all(
        listing.is_stamped
        and not listing.columns.has(Field.ACTIVITY, Field.MARK)
        and len(_DETAILS & listing.columns.by_field.keys()) >= _FEW_DETAILS
        for listing in found
    )


def _listings(workbook: Workbook, options: Options) -> Iterator[Listing]:
    for sheet in chosen_sheets(workbook, options)[0]:
        for table in find_tables(sheet):
            if table.is_grid:
                continue
            columns = decide(table, options.columns, wanted=_WANTED)
            if not columns.has(*PERSON_NAMES):
                continue
            if columns.has(Field.DATE):
                yield Listing(table=table, columns=columns)
            elif columns.has(Field.MARK) and (only_date := date_of_titles(table)):
                yield Listing(table=table, columns=columns, only_date=only_date)


class _Reading:
    """One reading of a file: first what is said, then what it means."""

    def __init__(self, workbook: Workbook, options: Options) -> None:
        self.workbook = workbook
        self.options = options
        self.findings = Findings(notes=chosen_sheets(workbook, options)[1])
        self.listings = list(_listings(workbook, options))

    def plan(self, name: str) -> Plan:
        """Read, settle and return all that would be done."""
        found = self.findings
        rows = sum(listing.take_in() for listing in self.listings)
        if any(listing.fills_down() for listing in self.listings):
            found.note("Where a row has no date, the date above it was taken.")
        order = settle_list_order(self.listings, self.options, found)
        book, gathering = SessionBook(), Gathering()
        for listing in self.listings:
            stem = self.workbook.path.stem
            SessionsOfList(listing, order, self.options, stem, found).understand(book)
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
            values=(*gathered(found.values), *settled.unknown),
            questions=(*found.questions, *settled.questions),
            problems=tuple(found.problems),
            skipped=tuple(found.skipped),
            notes=(*self.workbook.notes, *found.notes, *gathering.apart),
            date_order=order,
            date_because=found.date_because,
        )

    # --- what is said of people and marks ---

    def _understand_people(
        self, listing: Listing, order: DateOrder | None, gathering: Gathering
    ) -> None:
        reader = PeopleReader(
            columns=listing.columns, sheet=listing.sheet, options=self.options, order=order,
            epoch_1904=listing.table.sheet.epoch_1904,
        )  # fmt: skip
        uses = Counter(listing.people.of_row)
        for index, row in enumerate(listing.people.rows):
            number, found = listing.people.first_row[index], listing.kinds[index]
            person = reader.read(number, row) if found.kind is RowKind.ENTRY else None
            listing.person_map.append(_NOTHING if person is None else gathering.add(person))
            if person is None and found.kind is not RowKind.BLANK:
                more = f" ({uses[index]:,} rows)" if uses[index] > 1 else ""
                why = WHY.get(found.kind, "it has no name")
                self.findings.skip(listing.sheet, number, why + more, found.text)
        self.findings.problems += reader.problems
        self.findings.values += reader.values
        self.findings.notes += said(reader)

    def _understand_marks(self) -> Settled:
        counts: Counter[str] = Counter()
        blanks = 0
        legend: list[str] = []
        for listing in self.listings:
            legend += listing.table.titles
            for index, uses in listing.uses_of_marks().items():
                cell = listing.at(listing.marks.rows[index], Field.MARK)
                if is_blank(cell):
                    blanks += uses
                else:
                    counts[mark_key(cell)] += uses
        settled = settle(
            counts, answers=self.options.marks, legend=read_legend(legend), blanks=blanks
        )
        for listing in self.listings:
            self._map_marks(listing, settled)
        return settled

    def _map_marks(self, listing: Listing, settled: Settled) -> None:
        has_marks = listing.columns.has(Field.MARK)
        uses, roles = listing.uses_of_marks(), Sayings(self.options.values)
        for index, row in enumerate(listing.marks.rows):
            cell = listing.at(row, Field.MARK)
            role = roles.role(text_of(listing.at(row, Field.ROLE)))
            mark: Mark | None = None if has_marks else Mark.PRESENT
            if has_marks and uses[index] and not is_blank(cell):
                meaning = settled.of(cell)
                if meaning is not None:
                    mark, role = meaning.mark, meaning.role or role
                else:
                    self.findings.problem(
                        listing.sheet, listing.marks.first_row[index],
                        listing.columns.one(Field.MARK), "mark_unknown", text_of(cell),
                        rows=uses[index],
                    )  # fmt: skip
            code = MARKS.index(mark) if mark else _NOTHING
            listing.mark_map.append((code, ROLES.index(role) if role else _NOTHING))

    # --- the attendances ---

    def _enter(self, listing: Listing, book: SessionBook, gathering: Gathering) -> None:
        """Enter every row whose session, person and mark were understood; a second mark is said."""
        roles = [ROLES.index(p.role or Role.PARTICIPANT) for p in gathering.people]
        count = len(gathering.people)
        put = book.marks
        seen = {s * count + p: m for s, p, m in zip(put.session, put.person, put.mark, strict=True)}
        already = set(put.session)
        future = self._future(listing, book)
        unmarked = array("i", bytes(4 * len(listing.sessions.of_row)))
        rows = zip(
            listing.sessions.of_row, listing.people.of_row, listing.marks.of_row or unmarked,
            strict=True,
        )  # fmt: skip
        session_of, person_of = listing.session_map, listing.person_map
        mark_map = listing.mark_map or [(MARKS.index(Mark.PRESENT), _NOTHING)]
        twice: Counter[tuple[int, int, bool]] = Counter()
        for s, p, m in self.workbook.watch.over(rows, len(listing.sessions.of_row)):
            session, person = session_of[s], person_of[p]
            mark, role = mark_map[m]
            if session < 0 or person < 0 or mark < 0 or session in future:
                continue
            key = session * count + person
            if key in seen:
                twice[session, person, seen[key] != mark] += 1
                continue
            seen[key] = mark
            put.session.append(session)
            put.person.append(person)
            put.mark.append(mark)
            put.role.append(role if role >= 0 else roles[person])
        self._only_planned(listing, book, already | set(put.session))
        self._say_twice(listing, twice, book, gathering)

    def _future(self, listing: Listing, book: SessionBook) -> set[int]:
        """Return the sessions that have not come yet; marks for them are said and left out."""
        future = {
            s for s in listing.session_map if s >= 0 and book.sessions[s].day > self.options.today
        }
        for session in sorted(future):
            row = book.sessions[session]
            value = f"{row.day.day}/{row.day.month}/{row.day.year}"
            column = listing.columns.one(Field.DATE)
            self.findings.problem(listing.sheet, row.place.row, column, "session_future", value)
        return future

    def _only_planned(self, listing: Listing, book: SessionBook, marked: set[int]) -> None:
        """Leave a session that nobody is marked for, and no guests are counted for, as planned."""
        not_taken: list[str] = []
        for session in sorted({s for s in listing.session_map if s >= 0} - marked):
            row = book.sessions[session]
            if row.guests is None or row.day > self.options.today:
                book.sessions[session] = replace(row, state=SessionState.PLANNED, guests=None)
                if row.day <= self.options.today:
                    not_taken.append(f"{row.day.day}/{row.day.month}/{row.day.year}")
        if not_taken:
            self.findings.note(_not_taken(listing.sheet, not_taken))

    def _say_twice(
        self, listing: Listing, twice: Counter[tuple[int, int, bool]], book: SessionBook,
        gathering: Gathering,
    ) -> None:  # fmt: skip
        if twice:
            self.findings.note(
                f"{twice.total():,} row{'s name' if twice.total() > 1 else ' names'} somebody for a "
                "session they are already marked for; each person counts once."
            )
        differing = [(s, p) for s, p, differs in twice if differs]
        for session, person in differing[:_MOST_TWICE]:
            draft = gathering.people[person].draft
            name = " ".join(part for part in (draft.given_name, draft.family_name) if part)
            day = book.sessions[session].day
            shown = f"{day.day}/{day.month}/{day.year}"
            self.findings.problem(
                listing.sheet, book.sessions[session].place.row, listing.columns.one(Field.MARK),
                "mark_twice", shown,
                text=f"{name} has two different marks on {shown}. The first was kept.",
            )  # fmt: skip


def _not_taken(sheet: str, days: list[str]) -> str:
    shown = ", ".join(days[:_MOST_DAYS])
    more = f" and {len(days) - _MOST_DAYS:,} more days" if len(days) > _MOST_DAYS else ""
    return (
        f"{sheet}: nobody is marked on {shown}{more}, so the register counts as not taken on those "
        "days. Nobody is absent and nothing is counted."
    )
