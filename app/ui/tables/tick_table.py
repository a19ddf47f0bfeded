"""A table with a column of tick boxes: Space or a press ticks the row in hand."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.tick import BOX, paint_box


class TickDelegate(LedgerDelegate):
    """Draw boxes where a cell can be ticked."""

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a box, or what other tables have."""
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            super().paint_content(painter, place, index)
            return
        size = self.looks.px(BOX)
        box = QRectF(place.x(), place.center().y() - size / 2 + 0.5, size, size)
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        paint_box(painter, box, self.looks, ticked=ticked)

    def editorEvent(self, *_: Any) -> bool:
        """Leave presses to the table: Qt would look for a box of its own size and place."""
        return False


class TickTable(LedgerTable):
    """Rows with a box in the first column."""

    toggled = Signal(int)
    """The row whose box was pressed."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.setItemDelegate(TickDelegate(looks, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; everything else is the table's."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0:
            self.toggled.emit(index.row())
