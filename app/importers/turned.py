"""Registers kept the other way round: dates down the side, people across the top.

They are turned, read as any register, and every place that is named is turned back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.importers.base import ImportProblem, PersonRow, Place, Plan, SessionRow, Skipped
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.dates import read_date, read_header
from app.importers.fields import (
    COUNTED,
    NUMBERING,
    PERSON_NAMES,
    Field,
    field_of_header,
    header_key,
)
from app.importers.header_texts import cell_at
from app.importers.marks import KNOWN, mark_key
from app.importers.titles import cancelled_in

_HEAD_ROWS = 30
_DATE_COLUMNS = 3
_LEAST_DATES = 2
_LEAST_PEOPLE = 2
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Where the cells of turned rows stand in the sheet."""

    rows: tuple[Row, ...]
    """The titles as they are, a head of names and dates, then one row for each person."""
    head: int
    """Which of them is the head; counted from 0, as in the sheet."""
    columns: tuple[int, ...]
    """For each turned row under the titles: the column of the sheet that it was."""
    lines: tuple[int, ...]
    """For each turned column: the row of the sheet that it was."""

    def back(self, where: Place) -> Place:
        """Return where a place of the turned rows is in the sheet."""
        row = where.row - 1 - self.head
        if not 0 <= row < len(self.columns):
            return where
        index = _index_of(where.column)
        line = self.lines[index] if 0 <= index < len(self.lines) else self.head
        return replace(where, row=line + 1, column=column_letters(self.columns[row]))


def turning_of(rows: Sequence[Row]) -> Turning | None:
    """Return a sheet's rows turned, or None when it is not a register with dates down the side."""
    for head in range(min(_HEAD_ROWS, len(rows))):
        for date in range(min(_DATE_COLUMNS, len(rows[head]))):
            lines = _dated(rows, head, date)
            if len(lines) >= _LEAST_DATES and _is_register(rows, head, date, lines):
                return _turned(rows, head, date, lines)
    return None


def _dated(rows: Sequence[Row], head: int, date: int) -> list[int]:
    """Return the rows under a head that begin with a date; none where most do not."""
    if is_blank(cell_at(rows[head], date)) or read_header(cell_at(rows[head], date)) is not None:
        return []
    filled = [n for n in range(head + 1, len(rows)) if not is_blank(cell_at(rows[n], date))]
    dated = [n for n in filled if read_date(cell_at(rows[n], date)) is not None]
    if not filled or filled[0] not in dated or len(dated) < _MOSTLY * len(filled):
        return []
    return dated


def _is_register(rows: Sequence[Row], head: int, date: int, lines: list[int]) -> bool:
    fields = [field_of_header(cell) for cell in rows[head]]
    if any(field in PERSON_NAMES for field in fields) or Field.MARK in fields:
        return False
    named = _people(rows[head], date)
    cells = [cell_at(rows[n], i) for n in lines for i in named]
    filled = [cell for cell in cells if not is_blank(cell)]
    marks = sum(_is_mark(cell) for cell in filled)
    return len(named) >= _LEAST_PEOPLE and len(filled) >= 3 and marks >= _MOSTLY * len(filled)


def _people(head: Row, date: int) -> list[int]:
    return [i for i in range(date + 1, len(head)) if _is_name(head[i])]


def _is_name(cell: Cell) -> bool:
    text, key = text_of(cell), header_key(cell)
    if field_of_header(cell) is not None or key in COUNTED or key in NUMBERING:
        return False
    return sum(c.isalpha() for c in text) >= 2 and not any(c.isdecimal() for c in text)


def _is_mark(cell: Cell) -> bool:
    key = mark_key(cell)
    return key in KNOWN or key == "a" or cancelled_in(text_of(cell)) is not None


def _turned(rows: Sequence[Row], head: int, date: int, lines: list[int]) -> Turning:
    across = rows[head]
    right = [i for i in range(date + 1, len(across)) if not is_blank(across[i])]
    fields = {i: field_of_header(across[i]) for i in right}
    people = [i for i in right if _is_name(across[i])]
    rest = [i for i in right if i not in people]
    # Guests and totals are rows under the people; times and notes stand with the dates.
    under = [i for i in rest if fields[i] is Field.GUESTS or header_key(across[i]) in COUNTED]
    beside = [i for i in rest if i not in under and fields[i] is not None]
    made: list[Row] = [*rows[:head], ["Name", *(cell_at(rows[n], date) for n in lines)]]
    for i in (*beside, *people, *under):
        label = "" if i in beside else across[i]
        made.append([label, *(cell_at(rows[n], i) for n in lines)])
    return Turning(
        rows=tuple(made), head=head, columns=(date, *beside, *people, *under), lines=(head, *lines)
    )


def turned_back(plan: Plan, turnings: Mapping[str, Turning]) -> Plan:
    """Return a plan with its places as they are in the sheets."""
    if not turnings:
        return plan

    def back(where: Place) -> Place:
        turning = turnings.get(where.sheet)
        return turning.back(where) if turning is not None else where

    def person(row: PersonRow) -> PersonRow:
        return replace(row, place=back(row.place))

    def session(row: SessionRow) -> SessionRow:
        return replace(row, place=back(row.place))

    def problem(found: ImportProblem) -> ImportProblem:
        return replace(found, place=back(found.place))

    def skipped(found: Skipped) -> Skipped:
        return replace(found, place=back(found.place))

    return replace(
        plan,
        people=tuple(map(person, plan.people)),
        sessions=tuple(map(session, plan.sessions)),
        problems=tuple(map(problem, plan.problems)),
        skipped=tuple(map(skipped, plan.skipped)),
    )


def _index_of(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
