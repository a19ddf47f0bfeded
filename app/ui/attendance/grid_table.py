"""The table of the term grid: a box for each person and date, gone about with the arrows."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.activities import SessionState
from app.domain.attendance import Role
from app.services.term_grid import Entered
from app.ui.appearance import Appearance
from app.ui.attendance.grid_model import GridModel, letter_of
from app.ui.attendance.marking import MarkKey
from app.ui.tables.rows_model import AnyIndex
from app.ui.widgets.tick import paint_box

_CELL, _ROW, _NAMES = 56, 34, 220
"""Pixels at 100 %: a column, a row, the names at the side."""
_BOX = 20
_LEAST_ROWS = 6
_KEYS = {
    Qt.Key.Key_A: MarkKey.APOLOGY,
    Qt.Key.Key_L: MarkKey.LATE,
    Qt.Key.Key_V: MarkKey.VOLUNTEER,
}


class GridDelegate(QStyledItemDelegate):
    """Draw a cell: a tick box, a letter, a total, or the hatching of a cancelled session."""

    def __init__(self, looks: Appearance, view: QTableView) -> None:
        super().__init__(view)
        self._looks = looks
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        model = cast("GridModel", self._view.model())
        session, person = model.session_at(index.column()), model.person_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cancelled = session is not None and session.state is SessionState.CANCELLED
        self._paint_ground(painter, option.rect, index, model)
        if cancelled:
            self._paint_cancelled(painter, option.rect)
        elif session is None or person is None:
            self._paint_total(painter, option.rect, str(index.data() or ""))
        else:
            entered = model.entered_at(index)
            self._paint_entered(painter, option.rect, entered, ahead=model.is_ahead(index.column()))
        if index == self._view.currentIndex():
            self._paint_ring(painter, option.rect)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        place: QRect,
        index: QModelIndex | QPersistentModelIndex,
        model: GridModel,
    ) -> None:
        current = self._view.currentIndex()
        ground = "card"
        if index.row() == current.row() or index.column() == current.column():
            ground = "selection"
        elif model.is_today(index.column()):
            ground = "due_soft"
        painter.fillRect(place, self._looks.colour(ground))
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, self._looks.colour("line"))
        if model.is_today(index.column()):
            colour = self._looks.colour("due")
            painter.fillRect(place.x(), place.y(), 1, place.height(), colour)
            painter.fillRect(place.right(), place.y(), 1, place.height(), colour)

    def _paint_cancelled(self, painter: QPainter, place: QRect) -> None:
        painter.setClipRect(place)
        painter.setPen(QPen(self._looks.colour("line"), 1))
        step = max(6, self._looks.px(7))
        for start in range(place.x() - place.height(), place.right(), step):
            painter.drawLine(start, place.bottom(), start + place.height(), place.y())
        painter.setClipping(False)

    def _paint_total(self, painter: QPainter, place: QRect, text: str) -> None:
        painter.setFont(self._looks.font(weight=QFont.Weight.DemiBold))
        painter.setPen(self._looks.colour("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_entered(
        self, painter: QPainter, place: QRect, entered: Entered | None, *, ahead: bool
    ) -> None:
        size = self._looks.px(_BOX)
        box = QRectF(
            place.center().x() - size / 2 + 0.5, place.center().y() - size / 2 + 0.5, size, size
        )
        letter = letter_of(entered)
        if ahead and not letter:  # only apologies can be entered yet: no box to tick
            painter.setPen(self._looks.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "·")
            return
        if letter in {"", "✓"}:
            paint_box(painter, box, self._looks, ticked=bool(letter))
            return
        here = entered is not None and entered.here
        volunteer = entered is not None and entered.role is not Role.PARTICIPANT
        edge = self._looks.colour("good" if here else "muted")
        painter.setPen(QPen(edge, max(2.0, self._looks.px(2))))
        painter.setBrush(self._looks.colour("good_soft" if here else "card"))
        radius = size / 2 if volunteer else size / 5
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        painter.setFont(self._looks.font(13, QFont.Weight.Bold))
        painter.setPen(self._looks.colour("good" if here else "ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_ring(self, painter: QPainter, place: QRect) -> None:
        width = max(2, self._looks.px(2))
        painter.setPen(QPen(self._looks.colour("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width // 2
        painter.drawRect(place.adjusted(half, half, -half - 1, -half - 1))


class NameHeader(QHeaderView):
    """The names at the side: as wide as they need, up to a third of the grid."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._looks = looks
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Return the room for names."""
        parent = self.parentWidget()
        most = parent.width() // 3 if parent is not None else 400
        return QSize(min(self._looks.px(_NAMES), max(120, most)), super().sizeHint().height())

    def paintSection(self, painter: QPainter, place: QRect, row: int) -> None:
        """Draw a name; that of the row in hand on its band, the totals' in bold."""
        table = cast("GridTable", self.parentWidget())
        current = table.currentIndex().row() == row
        model = self.model()
        painter.save()
        painter.fillRect(place, self._looks.colour("selection" if current else "card"))
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, self._looks.colour("line"))
        painter.setFont(
            self._looks.font(weight=QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        )
        painter.setPen(self._looks.colour("ink"))
        room = place.adjusted(self._looks.px(8), 0, -self._looks.px(8), 0)
        text = str(model.headerData(row, Qt.Orientation.Vertical)) if model is not None else ""
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class GridTable(QTableView):
    """People by dates: arrows go, Space ticks, A, L and V mark, Shift+Space says absent."""

    marked = Signal(object, object, object)
    """The session, the person, and the MarkKey."""
    opened = Signal(object)
    """Enter: the session of the column."""
    gone_to = Signal(object, object)
    """The session and the person of the cell in hand."""

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setAccessibleName(name)
        self.setItemDelegate(GridDelegate(looks, self))
        self.setVerticalHeader(NameHeader(looks, self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark the cell in hand; arrows and the like are Qt's."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        wanted: MarkKey | None = None
        if modifiers in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}:
            if key == Qt.Key.Key_Space:
                shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
                wanted = MarkKey.ABSENT if shift else MarkKey.HERE
            else:
                wanted = _KEYS.get(Qt.Key(key))
        if wanted is not None:
            if not event.isAutoRepeat():  # a key held down is one mark
                self._ask(self.currentIndex(), wanted)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            session = self._grid.session_at(self.currentIndex().column())
            if session is not None:
                self.opened.emit(session)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: they mark."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a box ticks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex():
            self._ask(index, MarkKey.HERE)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Draw row and column of the cell in hand."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.verticalHeader().viewport().update()
        session = self._grid.session_at(current.column())
        self.gone_to.emit(session, self._grid.person_at(current.row()))

    def setModel(self, model: object) -> None:
        """Show a grid."""
        super().setModel(cast("GridModel", model))
        self._grid.modelReset.connect(self._keep_rows)
        self._on_looks_changed()

    @property
    def _grid(self) -> GridModel:
        return cast("GridModel", self.model())

    def _ask(self, index: AnyIndex, key: MarkKey) -> None:
        session, person = self._grid.session_at(index.column()), self._grid.person_at(index.row())
        if session is not None and person is not None:
            self.marked.emit(session, person, key)

    def _keep_rows(self) -> None:
        """Never be lower than a few rows under the dates, whatever the text size."""
        head = self.horizontalHeader().sizeHint().height()
        rows = min(_LEAST_ROWS, max(1, self._grid.rowCount() if self.model() else 1))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setMinimumHeight(head + bar + rows * self.verticalHeader().defaultSectionSize())

    def _on_looks_changed(self) -> None:
        px, gap = self._looks.px, self._looks.gap
        self.horizontalHeader().setDefaultSectionSize(px(_CELL))
        self.horizontalHeader().setMinimumSectionSize(px(_CELL))
        self.verticalHeader().setDefaultSectionSize(max(px(_BOX) + 6, gap(_ROW)))
        self.verticalHeader().setMinimumSectionSize(max(px(_BOX) + 6, gap(_ROW)))
        self.verticalHeader().updateGeometry()
        self._keep_rows()
        self.viewport().update()
