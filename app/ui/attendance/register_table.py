"""The table in which a register is taken: ticks that look like the printed boxes, one key a mark."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QTableView, QWidget

from app.domain.attendance import RegisterLine
from app.ui.appearance import Appearance
from app.ui.attendance.marking import MarkKey
from app.ui.attendance.register_model import HERE_COLUMN
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.tick import BOX, paint_box

_MARK_KEYS = {
    Qt.Key.Key_Space: MarkKey.HERE,
    Qt.Key.Key_A: MarkKey.APOLOGY,
    Qt.Key.Key_L: MarkKey.LATE,
    Qt.Key.Key_V: MarkKey.VOLUNTEER,
}


class RegisterDelegate(LedgerDelegate):
    """Draw the boxes of a register."""

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a box, or what other tables have."""
        if index.column() == HERE_COLUMN:
            line = index.data(ROW_ROLE)
            self._paint_box(painter, place, ticked=line is not None and line.here)
        else:
            super().paint_content(painter, place, index)

    def _paint_box(self, painter: QPainter, place: QRect, *, ticked: bool) -> None:
        size = self.looks.px(BOX)
        box = QRectF(place.x(), place.center().y() - size / 2 + 0.5, size, size)
        paint_box(painter, box, self.looks, ticked=ticked)

    def editorEvent(self, *_: Any) -> bool:
        """Leave presses to the table: Qt would look for a box of its own size and place."""
        return False

    def banded(self) -> bool:
        """The row in hand is always banded: the find field marks it too."""
        return True


class RegisterTable(LedgerTable):
    """Rows to tick: Space, A, L and V mark the one in hand; other letters begin to find a name."""

    marked = Signal(object, object)
    """The line, and the MarkKey pressed on it."""
    marked_and_on = Signal(object)
    """Enter: the line is here, and the next one is wanted."""
    note_wanted = Signal()
    """?: the access note of the one in hand."""
    typed = Signal(str)
    """A letter with which somebody begins to find a name."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.setItemDelegate(RegisterDelegate(looks, self))

    @property
    def line(self) -> RegisterLine | None:
        """The line in hand."""
        line = self.currentIndex().data(ROW_ROLE)
        return line if isinstance(line, RegisterLine) else None

    def take_in_hand(self, place: int) -> None:
        """Make a row the one in hand and bring it into sight."""
        model = self.model()
        if model is not None and 0 <= place < model.rowCount():
            index = model.index(place, HERE_COLUMN)
            self.setCurrentIndex(index)
            self.scrollTo(index, QTableView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark, go on, find; arrows and the like are Qt's."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        key, line, text = event.key(), self.line, event.text()
        if plain and line is not None and key in _MARK_KEYS:
            if not event.isAutoRepeat():  # a key held down is one mark
                self.marked.emit(line, _MARK_KEYS[Qt.Key(key)])
        elif plain and line is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.marked_and_on.emit(line)
        elif plain and text == "?":
            self.note_wanted.emit()
        elif plain and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks it; the row is taken in hand first."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == HERE_COLUMN and self.line is not None:
            self.marked.emit(self.line, MarkKey.HERE)
