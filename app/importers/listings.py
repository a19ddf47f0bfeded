"""A long list while it is read: one pass that numbers what each row says of session, person, mark.

Such lists run to millions of rows, so each row costs three look-ups; each different saying is
understood once, afterwards.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from app.importers.body_rows import Classified, RowKind, classify
from app.importers.cells import Cell, Row, is_blank
from app.importers.columns import Columns, label
from app.importers.fields import PERSON_NAMES, STAMPS, Field, header_key
from app.importers.tables import Table

SESSION_FIELDS = (Field.DATE, Field.ACTIVITY, Field.START_TIME, Field.END_TIME, Field.GUESTS)
"""The columns that tell a session from others."""
_FILL_SHARE = 0.2
_SAMPLE = 200


@dataclass(slots=True)
class Sayings:
    """The different things said in some columns, numbered as they appear, with their first rows."""

    number: dict[Any, int] = field(default_factory=dict)
    first_row: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    of_row: "array[int]" = field(default_factory=lambda: array("i"))

    def add(self, saying: object, number: int, row: Row) -> int:
        """Number a new saying."""
        index = self.number[saying] = len(self.rows)
        self.first_row.append(number)
        self.rows.append(row)
        return index


@dataclass(slots=True)
class Listing:
    """One table, what its rows say, and (later) what each saying was understood as; -1: as nothing."""

    table: Table
    columns: Columns
    sessions: Sayings = field(default_factory=Sayings)
    people: Sayings = field(default_factory=Sayings)
    marks: Sayings = field(default_factory=Sayings)
    session_map: list[int] = field(default_factory=list)
    person_map: list[int] = field(default_factory=list)
    mark_map: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[Classified] = field(default_factory=list)
    only_date: str = ""
    """The day of a list that is one session's: from its sheet's name or a title."""
    """What each saying of a person is: a person, or a total or note that stands in the column."""

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.table.sheet.name

    @property
    def is_stamped(self) -> bool:
        """Whether its dates are when a form was sent: their times are nobody's session."""
        index = self.columns.one(Field.DATE)
        labels = (self.table.labels, self.table.plain_labels)
        return index >= 0 and any(header_key(label(texts, index)) in STAMPS for texts in labels)

    def at(self, row: Row, name: Field) -> Cell:
        """Return a row's cell of a field, "" where there is none."""
        if name is Field.DATE and self.only_date:
            return self.only_date
        index = self.columns.one(name)
        return row[index] if 0 <= index < len(row) else ""

    def take_in(self) -> int:
        """Number what each row says; return how many rows have anything in them."""
        named = [i for f in Field if f in PERSON_NAMES for i in self.columns.by_field.get(f, ())]
        self._pass(named)
        columns = tuple(sorted(named))
        self.kinds = [classify(row, self.table, columns) for row in self.people.rows]
        blank = {i for i, found in enumerate(self.kinds) if found.kind is RowKind.BLANK}
        rows = len(self.people.of_row)
        return rows - (sum(p in blank for p in self.people.of_row) if blank else 0)

    def _pass(self, named: list[int]) -> None:
        columns = self.columns
        told = [columns.one(f) for f in SESSION_FIELDS if columns.has(f)]
        session_of: Callable[[Row], Any] = itemgetter(*told) if told else lambda _: ()
        person_of = itemgetter(*named, *columns.by_field.get(Field.BORN_ON, ()))
        marked = [i for f in (Field.MARK, Field.ROLE) for i in columns.by_field.get(f, ())]
        mark_of = itemgetter(*marked) if marked else None
        width = 1 + max(i for found in columns.by_field.values() for i in found)
        sessions, people, marks = self.sessions, self.people, self.marks
        find_session, find_person = sessions.number.get, people.number.get
        find_mark = marks.number.get
        put_session, put_person = sessions.of_row.append, people.of_row.append
        put_mark = marks.of_row.append
        for number, row in self._body():
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901 - a short row, made whole
            saying = session_of(row)
            index = find_session(saying)
            put_session(sessions.add(saying, number, row) if index is None else index)
            saying = person_of(row)
            index = find_person(saying)
            put_person(people.add(saying, number, row) if index is None else index)
            if mark_of is not None:
                saying = mark_of(row)
                index = find_mark(saying)
                put_mark(marks.add(saying, number, row) if index is None else index)

    def _body(self) -> Iterator[tuple[int, Row]]:
        return self._filled_down() if self.fills_down() else self.table.body()

    def fills_down(self) -> bool:
        """Say whether the date stands only on the first row of each session."""
        date = self.columns.one(Field.DATE)
        if date < 0:
            return False
        name = next(i for f in PERSON_NAMES for i in self.columns.by_field.get(f, ()))
        sample = [row for _, row in islice(self.table.body(), _SAMPLE) if _is_filled(row, name)]
        blank = sum(not _is_filled(row, date) for row in sample)
        return bool(sample) and blank >= _FILL_SHARE * len(sample)

    def _filled_down(self) -> Iterator[tuple[int, Row]]:
        """Give the rows with session cells filled from above, where a name stands without them."""
        indexes = [self.columns.one(f) for f in SESSION_FIELDS if self.columns.has(f)]
        date = self.columns.one(Field.DATE)
        above: dict[int, Cell] = {}
        for number, row in self.table.body():
            if _is_filled(row, date):
                above = {i: row[i] for i in indexes if _is_filled(row, i)}
                yield number, row
            else:
                whole = [*row, *[""] * (max(indexes) + 1 - len(row))]
                for i, cell in above.items():
                    if is_blank(whole[i]):
                        whole[i] = cell
                yield number, whole

    def sessions_of_people(self) -> set[int]:
        """Return the sayings of sessions that stand in some row of a person."""
        nobody = {i for i, found in enumerate(self.kinds) if found.kind is not RowKind.ENTRY}
        if not nobody:
            return set(range(len(self.sessions.rows)))
        pairs = zip(self.sessions.of_row, self.people.of_row, strict=True)
        return {session for session, person in pairs if person not in nobody}

    def uses_of_marks(self) -> Counter[int]:
        """Count each saying of a mark over the rows of people."""
        nobody = {i for i, index in enumerate(self.person_map) if index < 0}
        if not nobody:
            return Counter(self.marks.of_row)
        pairs = zip(self.marks.of_row, self.people.of_row, strict=False)
        return Counter(mark for mark, person in pairs if person not in nobody)


def _is_filled(row: Sequence[Cell], index: int) -> bool:
    return 0 <= index < len(row) and not is_blank(row[index])
