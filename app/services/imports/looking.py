"""Show a file as it was read: its sheets, and where in each the table was found."""

from dataclasses import dataclass, field
from itertools import islice

from app.importers.cells import text_of
from app.importers.tables import find_tables
from app.importers.workbook import Sheet
from app.services.imports.reading import OpenedFile

ROWS_SHOWN = 30
COLUMNS_SHOWN = 40
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """The top of one sheet as text, and the rows (counted from 0) where its tables have their heads."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    heads: tuple[int, ...]
    """The rows of the headers that were found; those further down than what is shown are in it too."""
    first_row: int
    """Where the first table's own rows begin; -1: no table was found."""
    is_grid: bool
    """Whether it is a register of people and dates."""
    is_turned: bool = False
    """Whether its dates go down the side and its people across."""


def look_at(opened: OpenedFile) -> tuple[SheetLook, ...]:
    """Return a look at each sheet, none for an export of Hallbook; may run on any thread."""
    if opened.workbook is None:
        return ()
    return tuple(_look(sheet) for sheet in opened.workbook.sheets)


def _look(sheet: Sheet) -> SheetLook:
    tables = find_tables(sheet)
    rows = tuple(
        tuple(_shown(text_of(cell)) for cell in row[:COLUMNS_SHOWN])
        for row in islice(sheet.rows(), ROWS_SHOWN)
    )
    return SheetLook(
        name=sheet.name,
        hidden=sheet.hidden,
        rows=rows,
        heads=tuple(table.header_row for table in tables if table.header_row >= 0),
        first_row=tables[0].first_row if tables else -1,
        is_grid=any(table.is_grid for table in tables),
        is_turned=any(table.turning is not None for table in tables),
    )


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
