"""Look through a zipped spreadsheet before it is read: how much it unpacks to, how many cells it has.

The parts are unpacked as a stream and thrown away; at no time is a whole part in memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from app.importers.file_kind import FileKind
from app.importers.refusals import CannotRead, refuse

MOST_FILE_MB = 100
"""A packed spreadsheet of two million cells is about 10 MB."""
MOST_UNPACKED_MB = 256
"""Two million cells of names and dates unpack to about 120 MB."""
MOST_PARTS = 5_000
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_000_000
"""Of one sheet, between its first and last filled cell; measured at about 100 bytes each."""
MOST_CLAIMED = 100_000_000
"""Cells a sheet may say it has. Whole columns with a colour are common; a thousand million is not."""

_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 16

_SHEET_PART = re.compile(r"(?:^|/)xl/(?:work|macro|chart|dialog)sheets/[^/]+\.xml$", re.IGNORECASE)
_DIMENSION = re.compile(rb'dimension\b[^>]*?\bref=["\'](?:[A-Z]+\d+:)?([A-Z]{1,8})(\d{1,12})')
_CELL_COLUMN = re.compile(rb' r=["\']([A-Z]{1,8})')
_ROW = re.compile(rb'row\b[^>]*?\br=["\'](\d{1,12})')
_FILLED_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r=["\']([A-Z]{1,8})(\d{1,12})["\'][^>]*(?<!/)>'
)
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,12})"')


def archive_kind(path: Path) -> FileKind:
    """Return the kind of a zipped spreadsheet; raises CannotRead for any other archive."""
    with _opened(path) as archive:
        names = {info.filename.lower() for info in archive.infolist()[:MOST_PARTS]}
        if "content.xml" in names:
            return _open_document_kind(archive, path)
    if any(n.endswith(".iwa") for n in names):
        what = "an Apple Numbers document"
    elif any(n.startswith("word/") for n in names):
        what = "a word-processor document"
    elif any(n.startswith("ppt/") for n in names):
        what = "a slide show"
    elif any(n.endswith("workbook.bin") for n in names):
        what = "a binary Excel workbook (.xlsb)"
    elif any(n.endswith("workbook.xml") for n in names):
        return FileKind.XLSX
    else:
        what = "a zipped folder"
    raise refuse("not_a_table", path.name, what=what)


def _open_document_kind(archive: zipfile.ZipFile, path: Path) -> FileKind:
    mimetype = b""
    if "mimetype" in archive.namelist():
        with archive.open("mimetype") as part:
            mimetype = part.read(200)
    if mimetype and b"spreadsheet" not in mimetype:
        raise refuse("not_a_table", path.name, what="a word-processor document or drawing")
    return FileKind.ODS


def check_archive(path: Path, kind: FileKind) -> None:
    """Raise CannotRead when a zipped spreadsheet is locked, damaged, or bigger than is read."""
    size = path.stat().st_size >> 20
    if size > MOST_FILE_MB:
        raise refuse("too_long", path.name, size=size, limit=MOST_FILE_MB)
    with _opened(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise refuse("odd_parts", path.name)
        claimed = sum(info.file_size for info in parts) >> 20
        if claimed > MOST_UNPACKED_MB:
            raise refuse("unpacks_too_big", path.name, size=claimed, limit=MOST_UNPACKED_MB)
        if any(info.flag_bits & 1 for info in parts):
            raise refuse("locked", path.name)
        if kind is FileKind.ODS and _locked_ods(archive):
            raise refuse("locked", path.name)
        _look_through(archive, parts, kind, path.name)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise refuse("damaged", path.name) from None


def _locked_ods(archive: zipfile.ZipFile) -> bool:
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    with archive.open("META-INF/manifest.xml") as part:
        return b"encryption-data" in part.read(_CHUNK)


def _look_through(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: FileKind, name: str
) -> None:
    unpacked = 0
    for info in parts:
        try:
            unpacked += _look_at_part(archive, info, kind, name)
        except CannotRead:
            raise
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            raise refuse("damaged", name) from None
        if unpacked >> 20 > MOST_UNPACKED_MB:
            raise refuse("unpacks_too_big", name, size=unpacked >> 20, limit=MOST_UNPACKED_MB)


def _look_at_part(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: FileKind, name: str
) -> int:
    """Return how many bytes a part unpacks to; raises CannotRead when it is no good."""
    if kind is FileKind.ODS:
        extent = OpenDocumentExtent() if info.filename == "content.xml" else None
        return _stream(archive, info, extent, name)
    if not _SHEET_PART.search(info.filename):
        return _stream(archive, info, None, name)
    try:
        return _stream(archive, info, SheetExtent(), name)
    except CannotRead as refusal:
        if refusal.reason != "too_many_cells":
            raise
        # Perhaps only because of empty cells with a colour: look again, slowly, at filled ones.
        return _stream(archive, info, SheetExtent(filled_only=True), name)


def _stream(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, extent: "Extent | None", name: str
) -> int:
    unpacked = 0
    with archive.open(info) as part:
        for chunk in _whole_tags(part):
            unpacked += len(chunk)
            if unpacked >> 20 > MOST_UNPACKED_MB:
                size = unpacked >> 20
                raise refuse("unpacks_too_big", name, size=size, limit=MOST_UNPACKED_MB)
            if b"<!ENTITY" in chunk:
                raise refuse("odd_parts", name)
            if extent is not None:
                extent.add(chunk)
                extent.check(name)
    return unpacked


def _whole_tags(part: IO[bytes]) -> Iterator[bytes]:
    """Give a part piece by piece, cut before a tag so that no tag is in two pieces."""
    rest = b""
    while chunk := part.read(_CHUNK):
        chunk = rest + chunk
        cut = chunk.rfind(b"<")
        rest = chunk[cut:] if cut > 0 and len(chunk) - cut < _LONGEST_TAG else b""
        yield chunk[: len(chunk) - len(rest)]
    yield rest


class Extent(Protocol):
    """How far the cells of a sheet reach, as its XML goes by."""

    def add(self, xml: bytes) -> None:
        """Take in the next piece of the sheet."""

    def check(self, name: str) -> None:
        """Raise CannotRead when the sheet is, or says it is, bigger than is read."""


@dataclass(slots=True)
class SheetExtent:
    """The reach of an Excel sheet: quickly of all its cells, or slowly of the filled ones only."""

    filled_only: bool = False
    rows: int = 0
    columns: int = 0
    claimed_rows: int = 0
    claimed_columns: int = 0

    def add(self, xml: bytes) -> None:
        """Take in the next piece of the sheet."""
        for letters, row in _DIMENSION.findall(xml):
            self.claimed_rows = max(self.claimed_rows, int(row))
            self.claimed_columns = max(self.claimed_columns, column_number(letters))
        if self.filled_only:
            cells = _FILLED_CELL.findall(xml)
            columns, rows = {pair[0] for pair in cells}, {pair[1] for pair in cells}
        else:
            columns, rows = set(_CELL_COLUMN.findall(xml)), set(_ROW.findall(xml))
        self.columns = max(self.columns, *map(column_number, columns), 0)
        self.rows = max(self.rows, *map(int, rows), 0)

    def check(self, name: str) -> None:
        """Raise CannotRead when the sheet is, or says it is, bigger than is read."""
        if self.claimed_rows * self.claimed_columns > MOST_CLAIMED:
            raise too_many_cells(name, self.claimed_rows, self.claimed_columns)
        check_extent(name, self.rows, self.columns)


@dataclass(slots=True)
class OpenDocumentExtent:
    """How far the filled cells of the OpenDocument sheets reach, repeated cells counted out."""

    rows: int = 0
    columns: int = 0
    filled_to: int = 0
    _row_repeat: int = 1
    _column: int = 0
    _filled_column: int = 0

    def add(self, xml: bytes) -> None:
        """Take in the next piece of the content."""
        for tag, attributes in _ODS_TAG.findall(xml):
            found = _REPEATED.search(attributes) if b"-repeated" in attributes else None
            repeat = int(found[1]) if found else 1
            if tag.endswith(b"cell"):
                self._column += repeat
                if b"value-type=" in attributes or not attributes.endswith(b"/"):
                    self._filled_column = self._column
                    self.columns = max(self.columns, self._column)
                    self.filled_to = self.rows + self._row_repeat
            elif tag == b"table-row":
                self.rows += self._row_repeat if self._column else 0
                self._row_repeat, self._column = repeat, 0
            else:
                self.rows, self.columns, self.filled_to = 0, 0, 0
                self._row_repeat, self._column = 1, 0

    def check(self, name: str) -> None:
        """Raise CannotRead when a sheet is bigger than is read."""
        check_extent(name, self.filled_to, self.columns)


def check_extent(name: str, rows: int, columns: int) -> None:
    """Raise CannotRead when a sheet has more rows, columns or cells than are read."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise too_many_cells(name, rows, columns)


def too_many_cells(name: str, rows: int, columns: int) -> CannotRead:
    """Return the error for a sheet of that size."""
    return refuse(
        "too_many_cells", name, rows=rows, columns=columns,
        limit_rows=MOST_ROWS, limit_columns=MOST_COLUMNS, limit_cells=MOST_CELLS,
    )  # fmt: skip


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
