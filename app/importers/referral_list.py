"""Import a list of referrals: one row each, from a spreadsheet or a platform's export."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.importers.base import (
    DateOrder,
    ImportProblem,
    Options,
    Plan,
    ReferralRow,
    Skipped,
    ValueMeaning,
)
from app.importers.body_rows import WHY, RowKind, classify
from app.importers.cells import column_letters
from app.importers.columns import Columns, decide
from app.importers.fields import NOT_PERSONAL, PERSON_NAMES, REFERRAL_DAYS, Field
from app.importers.gathering import Gathering, place
from app.importers.people_list import (
    chosen_sheets,
    date_order_of,
    said,
    sheets_without,
    tables_of,
)
from app.importers.people_rows import PeopleReader
from app.importers.referral_fields import WANTED, looks_like, naming
from app.importers.referral_rows import Activities, ReferralReader
from app.importers.referral_values import CODES
from app.importers.tables import Table
from app.importers.value_meanings import gathered
from app.importers.workbook import Sheet, Workbook

_DATES = (*sorted(REFERRAL_DAYS), Field.BORN_ON)
_NOT_THEIRS = NOT_PERSONAL | {Field.NOTES, Field.WHAT_HELPS}
"""Fields that say something of the referral, not of the person."""
_MOST_SAID = 1_000
_NO_DAY = dt.date(2000, 1, 1)


class ReferralListImporter:
    """Reads lists with a row for each referral."""

    format = "referral list"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has names beside days on which a referral was received."""
        return any(_tables(sheet, Options(today=_NO_DAY)) for sheet in workbook.sheets)

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A list of referrals, one row each: who, when, from whom, why, and how it stands."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every such table into one plan."""
        sheets, notes = chosen_sheets(workbook, options)
        found = [pair for sheet in sheets for pair in _tables(sheet, options)]
        notes += sheets_without(sheets, [table for table, _ in found])
        order, because, questions = date_order_of(found, options, _DATES)
        reading = _Reading(options=options, order=order, notes=notes)
        for table, columns in found:
            reading.read(table, columns)
        return Plan(
            format=self.format,
            rows=reading.rows,
            people=tuple(reading.gathering.people),
            activities=tuple(reading.activities.rows),
            referrals=tuple(reading.referrals),
            columns=tuple(d for _, columns in found for d in columns.decisions),
            values=gathered(reading.values),
            questions=questions,
            problems=tuple(reading.problems),
            skipped=tuple(reading.skipped),
            notes=(*workbook.notes, *reading.notes, *reading.gathering.apart),
            date_order=order,
            date_because=because,
        )


def is_list_of_referrals(workbook: Workbook) -> bool:
    """Say whether a file is a list of referrals by its headers, without being told."""
    return any(
        looks_like(table.labels, frozenset(columns.by_field))
        for sheet in workbook.sheets
        if not sheet.hidden
        for table, columns in _tables(sheet, Options(today=_NO_DAY))
    )


def _tables(sheet: Sheet, options: Options) -> list[tuple[Table, Columns]]:
    pairs = [
        (table, decide(table, options.columns, wanted=WANTED, naming=naming(table.labels)))
        for table in tables_of(sheet)
        if not table.is_grid
    ]
    return [
        (table, columns)
        for table, columns in pairs
        if columns.has(*PERSON_NAMES) and columns.has(Field.RECEIVED_ON)
    ]


def _of_person(columns: Columns) -> Columns:
    """Return the columns that say something of the person."""
    kept = {f: found for f, found in columns.by_field.items() if f not in _NOT_THEIRS}
    return replace(columns, by_field=kept)


@dataclass(slots=True)
class _Reading:
    """One reading of a file: its people once each, its referrals row by row."""

    options: Options
    order: DateOrder | None
    notes: list[str]
    rows: int = 0
    gathering: Gathering = field(default_factory=Gathering)
    activities: Activities = field(default_factory=Activities)
    referrals: list[ReferralRow] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    values: list[ValueMeaning] = field(default_factory=list)

    def read(self, table: Table, columns: Columns) -> None:
        """Read one table."""
        people = PeopleReader(
            columns=_of_person(columns), sheet=table.sheet.name, options=self.options,
            order=self.order, epoch_1904=table.sheet.epoch_1904,
        )  # fmt: skip
        reader = ReferralReader(
            columns=columns, sheet=table.sheet.name, options=self.options, people=people,
            activities=self.activities,
        )  # fmt: skip
        names = tuple(sorted(i for f in PERSON_NAMES for i in columns.by_field.get(f, ())))
        for number, row in table.body():
            found = classify(row, table, names)
            if found.kind is RowKind.BLANK:
                continue
            self.rows += 1
            person = people.read(number, row) if found.kind is RowKind.ENTRY else None
            if person is None:
                self._skip(table, number, WHY.get(found.kind, "it has no name"), found.text)
                continue
            # Whoever is only in a row that is left out is not added either.
            one = reader.read(number, row, 0)
            if isinstance(one, str):
                self._skip(table, number, one, found.text)
                continue
            self.referrals.append(replace(one, person=self.gathering.add(person)))
        self.problems += [*people.problems, *reader.problems]
        self.values += [*people.values, *_meanings(reader)]
        self.notes += [*said(people), *reader.said()]

    def _skip(self, table: Table, number: int, why: str, text: str) -> None:
        if len(self.skipped) < _MOST_SAID:
            where = place(table.sheet.name, number)
            self.skipped.append(Skipped(place=where, why=why, value=text))


def _meanings(reader: ReferralReader) -> Sequence[ValueMeaning]:
    letters = {f: column_letters(reader.columns.one(f)) for f in CODES}
    headers = {d.column: d.header for d in reader.columns.decisions}
    return reader.sayings.meanings({f: headers.get(letters[f], "") for f in CODES})
