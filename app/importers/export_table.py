"""One file of the open export: its columns by name, and its values as they were kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.importers.delimited import TextFile, open_text
from app.importers.workbook import Watch


class ExportTable:
    """One file of the export: its columns by name, its rows as texts."""

    def __init__(self, path: Path, watch: Watch | None = None) -> None:
        self.path = path
        self._watch = watch or Watch()
        self.text: TextFile = open_text(path)
        header = next(self.text.rows(), [])
        self.columns = [str(name).strip() for name in header]
        self.index = {name: i for i, name in enumerate(self.columns)}

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give (row as people count it, cells), short rows made whole."""
        width = len(self.columns)
        rows = self._watch.over(self.text.rows(), self.text.lines)
        for number, row in enumerate(rows, start=1):
            if number > 1 and any(row):
                yield number, [str(cell) for cell in row] + [""] * (width - len(row))

    def getter(self, name: str) -> Callable[[list[str]], str]:
        """Return a function that takes a column's text out of a row; "" where there is no such column."""
        index = self.index.get(name, -1)
        return (lambda row: harmless(row[index])) if index >= 0 else (lambda _: "")


def harmless(text: str) -> str:
    """Take away the apostrophe that the export puts before text a spreadsheet would run."""
    return text[1:] if text[:1] == "'" and text[1:2] in _GUARDED else text


_GUARDED = frozenset("=+-@\t\r")


def number_of(text: str) -> int | None:
    """Return a whole number, or None."""
    try:
        number = int(text)
    except ValueError:
        return None
    return number if abs(number) < 1 << 63 else None  # as far as the book counts


def minutes_of(hours: str) -> int | None:
    """Return hours such as 1.5 in minutes, or None."""
    try:
        return round(float(hours) * 60)
    except (ValueError, OverflowError):
        return None


def is_yes(text: str) -> bool:
    """Say whether a yes-or-no column says yes."""
    return text.strip().casefold() in {"1", "true", "yes"}
