"""The texts round a table's header: labels of one row or more joined, and the titles above."""

from app.importers.cells import Cell, Row, is_blank, text_of
from app.importers.dates import month_of_text
from app.importers.workbook import Sheet


def labels_of(sheet: Sheet, rows: list[Row], header_rows: list[int], width: int) -> tuple[str, ...]:
    """Return each column's label, the texts of the header rows joined from the top."""
    parts: list[list[str]] = [[] for _ in range(width)]
    ordered = sorted(header_rows)
    for r in ordered:
        carried, until = "", width
        for i in range(width):
            text = text_of(cell_at(rows[r], i))
            if text:
                # Only in a row above others is a text meant for the columns after it too: as far
                # as its merged cell goes, or else to the next text.
                carried, until = text, _reach(sheet, r, i, width) if r != ordered[-1] else i
            if carried and i <= until and (text or not is_blank(cell_at(rows[ordered[-1]], i))):
                parts[i].append(carried)
    return tuple(" ".join(part) for part in parts)


def _reach(sheet: Sheet, row: int, column: int, width: int) -> int:
    """Return the last column a text above others is meant for."""
    in_row = [m for m in sheet.merged if m[0][0] == row]
    for (_, left), (_, right) in in_row:
        if left == column:
            return right
    return column if in_row else width


def titles_of(rows: list[Row], start: int, number: int) -> tuple[str, ...]:
    """Return the texts above a header."""
    return tuple(
        text_of(cell)
        for row in rows[start:number]
        for cell in row
        if isinstance(cell, str) and not is_blank(cell)
    )


def is_title(row: Row) -> bool:
    """Say whether a row is one text and nothing else, at the left."""
    filled = [i for i, cell in enumerate(row) if not is_blank(cell)]
    return filled == [0] and month_of_text(row[0]) is None


def cell_at(row: Row, index: int) -> Cell:
    """Return a cell of a row, "" beyond its end."""
    return row[index] if index < len(row) else ""


def is_blank_row(row: Row) -> bool:
    """Say whether nothing is written in a row."""
    return all(map(is_blank, row))
