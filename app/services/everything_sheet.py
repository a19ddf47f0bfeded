"""Everything in the book as one spreadsheet: a sheet a table, the same columns as the open export."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from app.services import settings
from app.services.exports import files_of
from app.services.returns.saving import Form, written_beside
from app.storage.exports import Column, ExportFile
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_NAME = 31
_MOST_ROWS = 1_048_575
"""Of a sheet, besides its heads; what is more goes on on another one."""
_MOST_LETTERS = 32_767
_BETWEEN = 1_000
_WIDTHS = {"date": 12, "boolean": 8, "integer": 14, "number": 12}
_ABOUT = (
    "A sheet for each table. Identifiers are text, as they have more figures than a spreadsheet keeps; "
    "money is in pence; 1 is yes and 0 is no. Receipts are not in here: the open export has them."
)


def export_sheet(
    source: Register | Snapshot, out: Path, *, check: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Write every table of one moment of a book into a spreadsheet; return the rows of each.

    ``check`` is called every thousand rows and may raise to stop. A spreadsheet of ours is
    replaced, any other file is not (Refused). Raises ReadOnly and DiskFull.
    """
    # Imported here: few sittings write a spreadsheet.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with (
        written_beside(out, Form.SHEET) as unfinished,
        Snapshot.of(source) if isinstance(source, Register) else nullcontext(source) as taken,
        one_moment(taken) as still,
        TemporaryDirectory(dir=out.parent, prefix=".rows-", ignore_cleanup_errors=True) as waiting,
    ):
        made = {
            # Rows wait in a folder beside the spreadsheet that is taken away, and never elsewhere.
            "constant_memory": True,
            "tmpdir": waiting,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with _told_at_the_end(unfinished) as paper:
            book = Workbook(paper, made)
            try:
                with book:
                    group = settings.read(still).group_name
                    title = f"{group}: everything in the book"
                    book.set_properties({"title": title, "author": group})
                    return _Writer(book, still, check).write(group, files_of(still))
            except FileCreateError as error:
                # It holds what the disk said where rows wait, and is no OSError itself.
                raise OSError(*getattr(error.args[0], "args", ())) from error
            finally:
                _let_go(book)


class _Paper:
    """A file for the writer, which would leave its parts open if it heard of a full disk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.trouble: OSError | ValueError | None = None

    def _done(self, work: Callable[[], int], otherwise: int) -> int:
        try:
            return work()
        except (OSError, ValueError) as error:  # a ValueError, once the file was closed
            self.trouble = self.trouble or error
            return otherwise

    def write(self, data: bytes) -> int:
        """Write, or remember why not."""
        return self._done(lambda: self._file.write(data), len(data))

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._done(lambda: self._file.seek(place, whence), place)

    def tell(self) -> int:
        """Say at which place it is."""
        return self._done(self._file.tell, 0)

    def flush(self) -> None:
        """Bring to the disk what waits."""
        self._done(lambda: self._file.flush() or 0, 0)


@contextmanager
def _told_at_the_end(place: Path) -> Iterator[Any]:
    """Give a file to write to; raises OSError once nothing is written any more."""
    file = place.open("wb")
    try:
        paper = _Paper(file)
        yield paper
        paper.flush()
        if paper.trouble:
            raise paper.trouble
    finally:
        with suppress(OSError):
            file.close()


def _let_go(book: "Workbook") -> None:
    """Close the files in which rows waited: the writer does so only when all went well."""
    for sheet in book.worksheets():
        rows = getattr(sheet, "row_data_fh", None)
        if rows is not None:
            with suppress(OSError):
                rows.close()


class _Writer:
    """One workbook while it is written, row by row from the top."""

    def __init__(self, book: "Workbook", still: Register, check: Callable[[], None]) -> None:
        self._book, self._still, self._check = book, still, check
        self._head: Format = book.add_format({"bold": True, "bottom": 1})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})

    def write(self, group: str, files: Sequence[ExportFile]) -> dict[str, int]:
        """Write what there is, then each table; return the rows of each."""
        self._contents(group, files)
        counts = {}
        for file in files:
            counts[file.name.removesuffix(".csv")] = self._table(file)
        return counts

    def _contents(self, group: str, files: Sequence[ExportFile]) -> None:
        sheet = self._sheet("About")
        sheet.set_column(0, 1, 30)
        sheet.set_column(2, 2, 90)
        sheet.write_string(0, 0, f"{group}: everything in the book", self._head)
        sheet.write_string(1, 0, _ABOUT)
        for place, words in enumerate(("Sheet", "Column", "What it is")):
            sheet.write_string(3, place, words, self._head)
        rows: Iterable[tuple[str, str, str]] = chain.from_iterable(
            ((_named(file), "", file.title), *_columns_of(file)) for file in files
        )
        for at, row in enumerate(rows, start=4):
            for place, words in enumerate(row):
                sheet.write_string(at, place, words)

    def _table(self, file: ExportFile) -> int:
        counted, number = 0, 1
        with closing(file.bare_rows(self._still)) as rows:
            while True:
                name = _named(file) if number == 1 else f"{_named(file)[:26]} ({number})"
                written = self._rows(name, file, islice(rows, _MOST_ROWS))
                counted += written
                number += 1
                if written < _MOST_ROWS:
                    return counted

    def _rows(self, name: str, file: ExportFile, rows: Iterator[Sequence[Any]]) -> int:
        sheet = self._sheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(file.columns):
            sheet.set_column(place, place, _WIDTHS.get(column.type, 22))
            sheet.write_string(0, place, column.name, self._head)
        writers = [self._writer(column, file) for column in file.columns]
        at = 0
        for at, row in enumerate(rows, start=1):
            if at % _BETWEEN == 1:
                self._check()
            for place, (value, write) in enumerate(zip(row, writers, strict=True)):
                if value is not None and value != "":
                    write(sheet, at, place, value)
        return at

    def _writer(self, column: Column, file: ExportFile) -> Callable[[Any, int, int, Any], None]:
        if column.type == "date":
            return self._write_day
        if column.type in {"integer", "number", "boolean"} and not _is_id(column, file):
            return _write_number
        return _write_text

    def _write_day(self, sheet: Any, at: int, place: int, value: Any) -> None:
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            _write_text(sheet, at, place, value)
            return
        # A spreadsheet knows no day before 1900; that one stays text.
        if day.year < 1900:
            _write_text(sheet, at, place, value)
        else:
            sheet.write_datetime(at, place, day, self._day)

    def _sheet(self, name: str) -> "Worksheet":
        sheet: Any = self._book.add_worksheet(name[:_LONGEST_NAME])
        return sheet


def _columns_of(file: ExportFile) -> Iterator[tuple[str, str, str]]:
    for column in file.columns:
        unit = f" ({column.unit})" if column.unit else ""
        yield _named(file), column.name, f"{column.meaning}{unit}"


def _named(file: ExportFile) -> str:
    return file.name.removesuffix(".csv")[:_LONGEST_NAME]


def _is_id(column: Column, file: ExportFile) -> bool:
    return bool(column.refers) or column.name in {"id", *file.key} or column.name.endswith("_id")


def _write_number(sheet: Any, at: int, place: int, value: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(at, place, value)
    else:
        _write_text(sheet, at, place, value)


def _write_text(sheet: Any, at: int, place: int, value: Any) -> None:
    # What is longer than a cell can hold is cut; nothing in a book but a template is.
    said = value.hex() if isinstance(value, bytes) else str(value)
    sheet.write_string(at, place, said[:_MOST_LETTERS])
