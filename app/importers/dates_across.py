"""Find the dates that stand across a row: whole, as days under months, or as bare numbers."""

from app.importers.cells import Cell, Row, is_blank, text_of
from app.importers.dates import (
    WrittenDate,
    counts_from_1904,
    day_number,
    from_serial,
    month_of_text,
    read_date,
    read_header,
    serial_of,
)
from app.importers.fields import NOT_PERSONAL, PERSON_NAMES, field_of_header
from app.importers.header_texts import is_blank_row, titles_of
from app.importers.workbook import Sheet

_BELOW = 12
"""How many rows under a row are looked at."""


def dates_across(sheet: Sheet, rows: list[Row], start: int, number: int) -> dict[int, WrittenDate]:
    """Return the dates that stand across a row, by column; empty when it is no header of dates."""
    row = rows[number]
    if not _may_be_head(row):
        return {}
    dates = {i: d[0] for i, cell in enumerate(row) if (d := read_header(cell)) is not None}
    if dates and (_is_row_of_list(rows, number, dates) or _is_row_of_months(rows, number, dates)):
        return {}
    if not dates or len(dates) < 2:
        days = _days_under_months(sheet, rows, start, number)
        dates = days if len(days) > len(dates) else dates
    if len(dates) < 2:
        dates = _serials_across(sheet, rows, start, number) or dates
    enough = len(dates) >= 2 or (dates and names_a_person(rows, number))
    return dates if enough else {}


def _may_be_head(row: Row) -> bool:
    """Say quickly whether a row can hold dates: most rows of a register are marks and blanks."""
    return any(
        cell != ""
        and (type(cell) is not str or (len(cell) > 2 and not cell.isalpha()) or cell.isdecimal())
        for cell in row[1:]
    ) or (bool(row) and read_header(row[0]) is not None)


def _is_row_of_list(rows: list[Row], number: int, dates: dict[int, WrittenDate]) -> bool:
    """Say whether a row with dates is one of a list: dates go on below or stand above it too."""
    below = [row for row in rows[number + 1 : number + 1 + _BELOW] if not is_blank_row(row)]
    above = [row for row in rows[max(0, number - 2) : number] if not is_blank_row(row)]
    if not below:
        return True
    cells = [row[i] for row in below for i in dates if i < len(row) and not is_blank(row[i])]
    if cells and sum(read_date(cell) is not None for cell in cells) * 2 > len(cells):
        return True
    over = [row[i] for row in above[-1:] for i in dates if i < len(row)]
    dated = [c for c in over if read_date(c) is not None and month_of_text(c) is None]
    labelled = [c for c in over if (f := field_of_header(c)) is not None and f not in NOT_PERSONAL]
    return bool(labelled) or len(dated) * 2 > len(dates)


def _is_row_of_months(rows: list[Row], number: int, dates: dict[int, WrittenDate]) -> bool:
    """Say whether dates are months that a spreadsheet turned into the first: days stand below."""
    if number + 1 >= len(rows) or any(not d.typed or d.day != 1 for d in dates.values()):
        return False
    days = [i for i, cell in enumerate(rows[number + 1]) if day_number(cell) is not None]
    return len(days) > len(dates) and min(days) <= min(dates)


def names_a_person(rows: list[Row], number: int) -> bool:
    """Say whether a header for names stands in a row or next to it."""
    near = rows[max(0, number - 1) : number + 2]
    return any(field_of_header(cell) in PERSON_NAMES for row in near for cell in row)


def _days_under_months(
    sheet: Sheet, rows: list[Row], start: int, number: int
) -> dict[int, WrittenDate]:
    """Return dates made of day numbers and the months above them, or of the sheet's one month."""
    days = {i: d for i, cell in enumerate(rows[number]) if (d := day_number(cell)) is not None}
    if len(days) < 2:
        return {}
    months = _months_above(rows, start, number)
    if not months:
        one = _only_month(sheet, rows[start:number])
        if one is None or not names_a_person(rows, number):
            return {}
        months = {0: one}
    dates: dict[int, WrittenDate] = {}
    known = sorted(months)
    for column, (day, weekday) in days.items():
        before = [i for i in known if i <= column]
        if before:
            month, year = months[before[-1]]
            dates[column] = WrittenDate(day=day, month=month, year=year, weekday=weekday)
    return dates


def _serials_across(
    sheet: Sheet, rows: list[Row], start: int, number: int
) -> dict[int, WrittenDate]:
    """Return dates that lost their look and stand as bare numbers, in order, beside names."""
    serials = {i: s for i, cell in enumerate(rows[number]) if (s := serial_of(cell)) is not None}
    ordered = list(serials.values())
    if len(serials) < 2 or ordered != sorted(set(ordered)) or not names_a_person(rows, number):
        return {}
    texts = (*titles_of(rows, start, number), sheet.name)
    epoch_1904 = counts_from_1904(ordered, texts) if sheet.is_text else sheet.epoch_1904
    days = {i: from_serial(serial, epoch_1904=epoch_1904) for i, serial in serials.items()}
    return {
        i: WrittenDate(day=d.day, month=d.month, year=d.year, typed=True)
        for i, d in days.items()
        if d is not None
    }


def _months_above(rows: list[Row], start: int, number: int) -> dict[int, tuple[int, int]]:
    for above in range(number - 1, max(start, number - 4) - 1, -1):
        months = {
            i: m for i, cell in enumerate(rows[above]) if (m := month_of_text(cell)) is not None
        }
        if months and not (len(months) == 1 and len([c for c in rows[above] if not is_blank(c)]) == 1
                           and min(months) == 0):  # fmt: skip
            return months
    return {}


def _only_month(sheet: Sheet, above: list[Row]) -> tuple[int, int] | None:
    texts: list[Cell] = [sheet.name, *(cell for row in above for cell in row if not is_blank(cell))]
    found = {m for text in texts if (m := _month_in(text)) is not None}
    months = {month for month, _ in found}
    if len(months) != 1:
        return None
    return max(found, key=lambda m: m[1])


def _month_in(cell: Cell) -> tuple[int, int] | None:
    """Return the month that a title names somewhere: "Register for September 2024"."""
    if whole := month_of_text(cell):
        return whole
    words = text_of(cell).replace(",", " ").split()
    for i in range(len(words)):
        if len(words[i]) >= 3:
            pair = month_of_text(" ".join(words[i : i + 2])) or month_of_text(words[i])
            if pair and words[i].lower() not in {"may", "mar", "dec", "sat"}:
                return pair
    return None
