"""Import a list of people: one row a person, in any order of columns, from any number of sheets."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from app.domain.errors import Refused
from app.importers.base import (
    DateOrder,
    ImportProblem,
    Options,
    Plan,
    Question,
    Skipped,
    ValueMeaning,
)
from app.importers.body_rows import WHY, Classified, RowKind, classify
from app.importers.cells import Cell, is_blank
from app.importers.columns import Columns, decide
from app.importers.date_order import DateRun, order_question, settle_order
from app.importers.dates import WrittenDate, read_date
from app.importers.fields import NOT_PERSONAL, PERSON_NAMES, Field
from app.importers.gathering import Gathering, place
from app.importers.people_rows import PeopleReader
from app.importers.tables import Table, find_tables
from app.importers.value_meanings import gathered
from app.importers.workbook import Sheet, Workbook

WANTED = frozenset(Field) - NOT_PERSONAL - {Field.TITLE}
_DATES = (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON)
_MOST_SAID = 1_000
_NO_DAY = dt.date(2000, 1, 1)


class PeopleListImporter:
    """Reads people from a table with a header, or from a bare column of names."""

    format = "people list"

    def identify(self, workbook: Workbook) -> bool:
        """Say whether some sheet has a table with a column of names."""
        return any(_tables(sheet, Options(today=_NO_DAY)) for sheet in workbook.sheets)

    def describe(self) -> str:
        """Say in a sentence what this kind is."""
        return "A list of people, one row each."

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read every table of people into a plan."""
        sheets, notes = chosen_sheets(workbook, options)
        found = [pair for sheet in sheets for pair in _tables(sheet, options)]
        notes += sheets_without(sheets, [table for table, _ in found])
        order, because, questions = date_order_of(found, options)
        gathering = Gathering()
        problems: list[ImportProblem] = []
        skipped: list[Skipped] = []
        values: list[ValueMeaning] = []
        rows = 0
        for table, columns in found:
            reader = PeopleReader(
                columns=columns, sheet=table.sheet.name, options=options, order=order,
                epoch_1904=table.sheet.epoch_1904,
            )  # fmt: skip
            rows += _read_table(table, reader, gathering, skipped)
            problems += reader.problems
            values += reader.values
            notes += said(reader)
        return Plan(
            format=self.format,
            rows=rows,
            people=tuple(gathering.people),
            columns=tuple(d for _, columns in found for d in columns.decisions),
            values=gathered(values),
            questions=questions,
            problems=tuple(problems),
            skipped=(*skipped, *gathering.again),
            notes=(*workbook.notes, *notes, *gathering.apart),
            date_order=order,
            date_because=because,
        )


def _tables(sheet: Sheet, options: Options) -> list[tuple[Table, Columns]]:
    pairs = [(table, decide(table, options.columns, wanted=WANTED)) for table in tables_of(sheet)]
    return [(table, columns) for table, columns in pairs if columns.has(*PERSON_NAMES)]


def tables_of(sheet: Sheet) -> tuple[Table, ...]:
    """Return a sheet's tables; a sheet without any header is one table from its first row."""
    tables = find_tables(sheet)
    if tables:
        return tables
    head = sheet.head(3)
    if not any(not is_blank(cell) for row in head for cell in row):
        return ()
    return (
        Table(
            sheet=sheet, titles=(), header_row=-1, first_row=0, end_row=None, labels=(),
            plain_labels=(),
        ),
    )  # fmt: skip


def _read_table(
    table: Table, reader: PeopleReader, gathering: Gathering, skipped: list[Skipped]
) -> int:
    name_columns = tuple(i for f in PERSON_NAMES for i in reader.columns.by_field.get(f, ()))
    rows = 0
    heading = Classified(RowKind.HEADING)
    used = sorted({i for found in reader.columns.by_field.values() for i in found})
    seen: dict[tuple[Cell, ...], int] = {}
    for number, row in table.body():
        saying = tuple(row[i] for i in used if i < len(row))
        if saying in seen:
            # The very same again, as in a list of attendances: not read a second time.
            rows += 1
            gathering.again_in(place(reader.sheet, number), seen[saying])
            continue
        found = classify(row, table, tuple(sorted(name_columns)))
        if found.kind is RowKind.HEADING:
            heading = found
        if found.kind is RowKind.BLANK:
            continue
        rows += 1
        person = reader.read(number, row) if found.kind is RowKind.ENTRY else None
        if person is None:
            if len(skipped) < _MOST_SAID:
                why = WHY.get(found.kind, "it has no name")
                skipped.append(
                    Skipped(place=place(reader.sheet, number), why=why, value=found.text)
                )
            continue
        if person.role is None and heading.role is not None:
            person = replace(person, role=heading.role)
        seen[saying] = gathering.add_list_row(person)
    return rows


def chosen_sheets(workbook: Workbook, options: Options) -> tuple[list[Sheet], list[str]]:
    """Return the sheets to read, and what to say of those left out."""
    if options.sheets:
        wanted = {name.casefold() for name in options.sheets}
        taken = [s for s in workbook.sheets if s.name.casefold() in wanted]
        if len(taken) < len(wanted):
            there = ", ".join(s.name for s in workbook.sheets)
            missing = [n for n in options.sheets if n.casefold() not in
                       {s.name.casefold() for s in workbook.sheets}]  # fmt: skip
            raise Refused(
                f"{workbook.path.name} has no sheet called {', '.join(missing)}. Its sheets are: {there}."
            )
        return taken, []
    hidden = [s.name for s in workbook.sheets if s.hidden]
    notes = [f"Hidden sheets were left out: {', '.join(hidden)}."] if hidden else []
    return [s for s in workbook.sheets if not s.hidden], notes


def sheets_without(sheets: Sequence[Sheet], tables: Sequence[Table]) -> list[str]:
    """Return what to say of sheets that hold no such table."""
    with_table = {id(table.sheet) for table in tables}
    names = [s.name for s in sheets if id(s) not in with_table and s.head(1)]
    return [f"No table of people was found in: {', '.join(names)}."] if names else []


def date_order_of(
    found: Sequence[tuple[Table, Columns]],
    options: Options,
    fields: Collection[Field] = _DATES,
) -> tuple[DateOrder | None, str, tuple[Question, ...]]:
    """Settle the order of day and month from some columns of every table: order, why, what to ask."""
    if options.dates is not None:
        return options.dates, "", ()
    runs = [
        DateRun(dates=column_dates(table, index), in_order=False)
        for table, columns in found
        for f in fields
        for index in columns.by_field.get(f, ())
    ]
    settled = settle_order(runs, today=options.today)
    asked = (order_question(settled),) if settled.example else ()
    return settled.order, settled.because, asked


def column_dates(table: Table, index: int) -> list[WrittenDate]:
    """Return the dates written in a column, in their order."""
    cells = (row[index] for _, row in table.body() if index < len(row))
    return [written for cell in cells if (written := read_date(cell)) is not None]


def said(reader: PeopleReader) -> list[str]:
    """Return what a reader settled without asking."""
    notes: list[str] = []
    if reader.noughts_put_back:
        notes.append(
            f"The leading 0 was put back on {reader.noughts_put_back:,} telephone "
            f"number{'s' if reader.noughts_put_back > 1 else ''}."
        )
    if reader.disability_yes:
        notes.append(
            "“Yes” under disability was taken as limited a little. If it means something else, say "
            "so in a mapping file, under [values.disability]."
        )
    if reader.serials:
        epoch = "1904" if reader.epoch_1904 else "1900"
        notes.append(f"{reader.serials:,} bare numbers were read as dates counted from {epoch}.")
    return notes
