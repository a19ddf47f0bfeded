"""Read the cells of .xlsx, .xls and .ods files with calamine, inside a process of its own.

Only this module imports calamine. It runs in a child process (spreadsheet_process.py) because a file
made to harm can make any native reader panic, or ask for memory until the program is stopped.
"""

import mmap
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from app.importers.archive_guard import MOST_FILE_MB, archive_kind, check_archive, check_extent
from app.importers.cells import Row
from app.importers.file_kind import WORDS, FileKind
from app.importers.refusals import refuse

ROWS_AT_A_TIME = 2_000

_EPOCH_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904=["\'](?:1|true)["\']')
_UTF16 = "utf-16-le"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """What is known of a sheet before its rows."""

    name: str
    hidden: bool
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    """First and last cell of each merged range, both (row, column) from 0."""
    epoch_1904: bool


def read_sheets(path: Path, kind: FileKind) -> Iterator[SheetHead | list[Row]]:
    """Give each sheet's head and then its rows, some thousand at a time.

    Rows and columns are counted from the sheet's own first cell, blanks are "". Raises CannotRead.
    """
    epoch_1904 = False
    if path.open("rb").read(2) == b"PK":
        kind = _checked_archive(path, kind)
        epoch_1904 = kind is FileKind.XLSX and _counts_from_1904(path)
    else:
        _check_compound(path, kind)
    try:
        yield from _sheets(path, epoch_1904)
    except python_calamine.PasswordError:
        raise refuse("locked", path.name) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise refuse("damaged", path.name) from None


def _checked_archive(path: Path, kind: FileKind) -> FileKind:
    true_kind = archive_kind(path)
    if true_kind is not kind:
        raise refuse("wrong_ending", path.name, ending=path.suffix, what=WORDS[true_kind])
    check_archive(path, true_kind)
    return true_kind


def _sheets(path: Path, epoch_1904: bool) -> Iterator[SheetHead | list[Row]]:
    with python_calamine.load_workbook(str(path)) as book:
        for number, about in enumerate(book.sheets_metadata):
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            check_extent(path.name, sheet.total_height + 1, sheet.total_width + 1)
            yield SheetHead(
                name=about.name,
                hidden=about.visible is not python_calamine.SheetVisibleEnum.Visible,
                merged=tuple(sheet.merged_cell_ranges or ()),
                epoch_1904=epoch_1904,
            )
            yield from _rows(sheet)


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[Row]]:
    if sheet.start is None:
        return
    # calamine keeps the blank rows above the first filled cell, but not the blank columns before it.
    before: Row = [""] * sheet.start[1]
    rows: list[Row] = []
    for row in sheet.iter_rows():
        rows.append(before + [_plain(cell) if type(cell) is float else cell for cell in row])
        if len(rows) >= ROWS_AT_A_TIME:
            yield rows
            rows = []
    yield rows


def _plain(number: float) -> int | float:
    """Return a whole number as int: calamine gives every number of .xlsx and .ods as float."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _counts_from_1904(path: Path) -> bool:
    """Say whether bare date numbers of an .xlsx count from 1 January 1904 (older Macs)."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().endswith("workbook.xml"):
                with archive.open(name) as part:
                    return bool(_EPOCH_1904.search(part.read(1 << 20)))
    return False


def _check_compound(path: Path, kind: FileKind) -> None:
    """Raise CannotRead for a compound file that is locked, or not an older Excel workbook."""
    size = path.stat().st_size >> 20
    if size > MOST_FILE_MB:
        raise refuse("too_long", path.name, size=size, limit=MOST_FILE_MB)
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode(_UTF16)) >= 0:
            raise refuse("locked", path.name)
        if _is_locked_workbook(data):
            raise refuse("locked", path.name)
        if data.find("Workbook\0".encode(_UTF16)) < 0 and data.find("Book\0".encode(_UTF16)) < 0:
            word = data.find("WordDocument".encode(_UTF16)) >= 0
            what = "a word-processor document" if word else "an older Office file without a sheet"
            raise refuse("not_a_table", path.name, what=what)
    if kind is not FileKind.XLS:
        raise refuse("wrong_ending", path.name, ending=path.suffix, what=WORDS[FileKind.XLS])


_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""How the first record of an older workbook's stream begins."""
_FILEPASS = 0x2F
_RECORDS_LOOKED_AT = 8


def _is_locked_workbook(data: mmap.mmap) -> bool:
    """Say whether an older workbook has a password: the record that says so comes near its start."""
    at = data.find(_GLOBALS)
    for _ in range(_RECORDS_LOOKED_AT if at >= 0 else 0):
        if at + 4 > len(data):
            break
        if int.from_bytes(data[at : at + 2], "little") == _FILEPASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False
