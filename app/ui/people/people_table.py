"""The table of people: heads to press for order, boxes to tick, letters begin a search."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.people.people_model import TICK, PeopleModel, PersonLine
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.tick import BOX, paint_box

_NAME_ROOM = 135
"""Pixels at 100 % that a name always has; other columns are scrolled to."""


class PeopleDelegate(LedgerDelegate):
    """Draw the boxes of those chosen."""

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a box, or what other tables have."""
        if index.column() != 0:
            super().paint_content(painter, place, index)
            return
        if index.data(ROW_ROLE) is None:
            return
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        size = self.looks.px(BOX - 2)
        box = QRectF(place.x(), place.center().y() - size / 2 + 0.5, size, size)
        paint_box(painter, box, self.looks, ticked=ticked)

    def editorEvent(self, *_: Any) -> bool:
        """Leave presses to the table: Qt would look for a box of its own size and place."""
        return False


class PeopleTable(LedgerTable):
    """Space ticks the row in hand; Enter opens it; letters go to the search."""

    ticked = Signal(object)
    """The PersonLine whose tick is to be turned over."""
    all_wanted = Signal()
    """Everybody shown is to be chosen."""
    typed = Signal(str)
    """A letter with which somebody begins to search."""
    order_wanted = Signal(str)
    """The key of the column whose head was pressed."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.keep_rows(5)
        self.setItemDelegate(PeopleDelegate(looks, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(LedgerTable.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setCursor(Qt.CursorShape.PointingHandCursor)
        head.sectionClicked.connect(self._on_head)

    @property
    def line(self) -> PersonLine | None:
        """The line in hand."""
        line = self.currentIndex().data(ROW_ROLE)
        return line if isinstance(line, PersonLine) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, choose all, search; arrows and Enter are as in every table."""
        text = event.text()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_Space:
            if self.line is not None and not event.isAutoRepeat():
                self.ticked.emit(self.line)
        elif plain and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks it; the row is taken in hand first."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and self.line is not None:
            self.ticked.emit(self.line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two presses on a box are two ticks; elsewhere they open the row."""
        index = self.indexAt(event.position().toPoint())
        if not (index.isValid() and index.column() == 0):
            super().mouseDoubleClickEvent(event)

    def spread(self) -> None:
        """Give the columns their widths; a name keeps its room, the rest is scrolled to."""
        self._spread()

    def _spread(self) -> None:
        super()._spread()
        model, px = self.model(), self.looks.px
        if not isinstance(model, PeopleModel) or len(model.columns) < 2:
            return
        if self.columnWidth(1) < px(_NAME_ROOM):
            self.setColumnWidth(1, px(_NAME_ROOM))

    def _on_head(self, section: int) -> None:
        model = self.model()
        if isinstance(model, PeopleModel) and model.columns[section].key != TICK:
            self.order_wanted.emit(model.columns[section].key)
        elif isinstance(model, PeopleModel):
            self.all_wanted.emit()
