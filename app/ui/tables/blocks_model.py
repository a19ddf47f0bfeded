"""Rows of a very long list, held only where somebody has looked."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Qt

from app.ui.tables.rows_model import NO_INDEX, AnyIndex, Column, RowsModel

Row = TypeVar("Row")
BLOCK = 50
"""Rows that are read at once."""


class BlocksModel(RowsModel[Row]):
    """As many rows as there are, each empty until its block is filled by the page.

    The model still asks nothing: the page looks at ``missing()`` when the table scrolls.
    """

    long = True

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._total = 0
        self._blocks: dict[int, tuple[Row, ...]] = {}

    def start(self, total: int, first: Sequence[Row]) -> None:
        """Begin another list: how long it is, and its first block."""
        self.beginResetModel()
        self._total = total
        self._blocks = {0: tuple(first)}
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show a list that is all there already."""
        self.beginResetModel()
        self._total = len(rows)
        self._blocks = {
            place // BLOCK: tuple(rows[place : place + BLOCK])
            for place in range(0, len(rows), BLOCK)
        }
        self.endResetModel()

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """Return the offsets of the blocks that rows ``first`` to ``last`` still need."""
        low, high = max(0, first) // BLOCK, min(last, self._total - 1) // BLOCK
        return tuple(n * BLOCK for n in range(low, high + 1) if n not in self._blocks)

    def fill(self, offset: int, rows: Sequence[Row]) -> None:
        """Put the rows of one block in their place."""
        self._blocks[offset // BLOCK] = tuple(rows)
        last = min(offset + BLOCK, self._total) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, len(self.columns) - 1))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The records held so far."""
        return tuple(row for number in sorted(self._blocks) for row in self._blocks[number])

    def row_at(self, place: int) -> Row | None:
        """Return the record of a row, or None when nobody has looked there yet."""
        block = self._blocks.get(place // BLOCK, ())
        inside = place % BLOCK
        return block[inside] if 0 <= inside < len(block) else None

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how long the list is."""
        return 0 if parent.isValid() else self._total

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Do nothing: such a list comes in its order."""
