"""Read-only rows for a table: records in, cells out; it never asks the register anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.widgets.words import tip

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The value to sort by: a date as a date, a number as a number."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
"""The record of the row."""
LOOK_ROLE = Qt.ItemDataRole.UserRole + 3
"""How the words look: "", "aside" or "strong"."""
CHIP_ROLE = Qt.ItemDataRole.UserRole + 4
"""A status to show as a chip: its (tone, icon), or None for plain words."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its title, the words of a cell, and what it is sorted by."""

    key: str
    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    align: Qt.AlignmentFlag = _LEFT
    width: int = 0
    """Pixels at 100 %; 0 takes the room that is left."""
    least: int = 0
    """Pixels at 100 % where there is little room; 0 is the same as ``width``."""
    spare: int = 0
    """Left out where there is little room, 1 before 2: the record's own page shows it. 0 stays."""
    weight: int = 1
    """How large a share of the room that is left."""
    look: str = ""
    chip: Callable[[Row], tuple[str, str] | None] | None = None
    """The tone and icon of a status."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A tuple of records shown by columns."""

    long = False
    """Whether not every row is held: then nobody knows the widest words."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    # --- rows --------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """The records shown, in the order shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other records."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def replace_row(self, place: int, row: Row) -> None:
        """Show one record as it is now."""
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        last = self.index(place, len(self.columns) - 1)
        self.dataChanged.emit(self.index(place, 0), last)

    def row_at(self, place: int) -> Row | None:
        """Return the record of a row, or None when there is none (yet)."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    # --- what Qt asks ------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one cell in one role."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        said = self.cell(row, self.columns[index.column()], role)
        return tip(said) if role == Qt.ItemDataRole.ToolTipRole and said else said

    def cell(self, row: Row, column: Column[Row], role: int) -> Any:
        """Return what a record shows in a column; models with more roles add them here."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(row)
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else column.text(row).casefold()
        if role == CHIP_ROLE:
            return column.chip(row) if column.chip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row)}" if column.title else column.text(row)
        fixed = {Qt.ItemDataRole.TextAlignmentRole: column.align, LOOK_ROLE: column.look}
        return fixed.get(role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].align
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; rows without a value come last."""
        if not 0 <= column < len(self.columns):
            return
        wanted = self.columns[column]
        values = [(self.cell(row, wanted, SORT_ROLE), row) for row in self._rows]
        full = [pair for pair in values if pair[0] not in {None, ""}]
        empty = [row for value, row in values if value in {None, ""}]
        full.sort(key=_value, reverse=order is Qt.SortOrder.DescendingOrder)
        self.set_rows((*(row for _, row in full), *empty))


def _value(pair: tuple[Any, Any]) -> Any:
    return pair[0]
