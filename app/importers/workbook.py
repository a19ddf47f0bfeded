"""A spreadsheet file opened: its sheets, their rows, and where each came from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.importers.cells import Row
from app.importers.file_kind import FileKind, identify
from app.importers.refusals import refuse

if TYPE_CHECKING:
    from app.importers.delimited import TextFile

MOST_CELLS_IN_ALL = 4_000_000
"""Of all sheets of one workbook together."""


_Row = TypeVar("_Row")
Tell = Callable[[int, int], None]
"""Hears how many rows of how many are done (0: nobody knows); may raise Cancelled to stop it."""
_EVERY = 256
"""Rows between two tellings: a telling for each would cost more than the row."""


def _nobody(_done: int, _total: int) -> None:
    return


@dataclass(slots=True)
class Watch:
    """Whoever wants to hear how far the reading of a file is; the same for all of its sheets."""

    tell: Tell = _nobody
    """Set by whoever reads it."""

    def over(self, rows: Iterable[_Row], total: int = 0) -> Iterator[_Row]:
        """Give the rows, and tell now and then how many were given."""
        for number, row in enumerate(rows):
            if number % _EVERY == 0:
                self.tell(number, total)
            yield row


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: rows of cells, blank cells "", columns counted from 0, rows from 1 as people do."""

    name: str
    hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    epoch_1904: bool = False
    is_text: bool = False
    """All cells are texts, as in .csv; rows are read again each time they are asked for."""
    source: Callable[[], Iterator[Row]] = field(repr=False)
    length: int = 0
    """About how many rows it has; 0: nobody has counted."""
    watch: Watch = field(default_factory=Watch, repr=False, compare=False)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was found out about the sheet at the first look, so that it is looked at once."""

    def rows(self) -> Iterator[Row]:
        """Give the rows from the first, in no fixed length; may be asked for again."""
        return self.source()

    def head(self, count: int) -> list[Row]:
        """Return the first rows."""
        return list(islice(self.source(), count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """An opened file."""

    path: Path
    kind: FileKind
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    """What to say about how it was read: its letters, its separator."""
    watch: Watch = field(default_factory=Watch, repr=False, compare=False)


def open_workbook(
    path: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    tell: Tell = _nobody,
    any_ending: bool = False,
) -> Workbook:
    """Open a spreadsheet or text file by its bytes; ``tell`` hears how many rows were met so far.

    Raises CannotRead, with the one sentence to show, for whatever is wrong with it.
    """
    kind = identify(path, any_ending=any_ending)
    if kind is FileKind.TEXT:
        # Imported here: a workbook does not need it.
        from app.importers.delimited import open_text

        return _text_workbook(path, open_text(path))
    watch = Watch()
    sheets = _read_sheets(path, kind, cancelled, tell, watch)
    return Workbook(path=path, kind=kind, sheets=sheets, watch=watch)


def _text_workbook(path: Path, text: "TextFile") -> Workbook:
    watch = Watch()
    sheet = Sheet(
        name=path.stem, is_text=True, source=text.rows, length=text.lines, watch=watch
    )  # fmt: skip
    return Workbook(
        path=path, kind=FileKind.TEXT, sheets=(sheet,), notes=text.notes, watch=watch
    )  # fmt: skip


def _read_sheets(
    path: Path, kind: FileKind, cancelled: Callable[[], bool], tell: Tell, watch: Watch
) -> tuple[Sheet, ...]:
    # Imported here: a .csv does not need a child process.
    from app.importers.spreadsheet_process import read_in_child

    sheets: list[Sheet] = []
    cells = met = 0
    for message in read_in_child(path, kind, cancelled=cancelled):
        if not isinstance(message, list):
            rows: list[Row] = []
            head = message
            sheets.append(
                Sheet(
                    name=head.name, hidden=head.hidden, merged=head.merged,
                    epoch_1904=head.epoch_1904, source=rows.__iter__, watch=watch,
                )
            )  # fmt: skip
            continue
        rows.extend(message)
        cells += sum(map(len, message))
        met += len(message)
        tell(met, 0)
        if cells > MOST_CELLS_IN_ALL:
            raise refuse("too_much_memory", path.name)
    return tuple(sheets)
