"""The activities at the left of Sessions: name, pattern, next session, room."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.ids import ActivityId
from app.services.activities import ActivityStanding
from app.ui.activities.words import next_line, room_line, when_line
from app.ui.appearance import Appearance
from app.ui.widgets.words import tip

_NO_INDEX = QModelIndex()
STANDING_ROLE = Qt.ItemDataRole.UserRole + 1
LINES_ROLE = Qt.ItemDataRole.UserRole + 2


class ActivityModel(QAbstractListModel):
    """All activities first, then each with how it stands."""

    def __init__(self, today: Callable[[], dt.date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.rows: tuple[ActivityStanding, ...] = ()
        self._shown_on: dt.date | None = None
        """Dates are said as seen from a day."""

    def show_rows(self, rows: tuple[ActivityStanding, ...]) -> None:
        """Show other activities; where nothing is different, all of it stays as it is."""
        today = self._today()
        if (rows, today) == (self.rows, self._shown_on):
            return
        self.beginResetModel()
        self.rows, self._shown_on = rows, today
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return how many, with *All activities*."""
        return 0 if parent.isValid() else len(self.rows) + 1

    def standing_at(self, row: int) -> ActivityStanding | None:
        """Return the activity of a row; the first row, all of them, has none."""
        return self.rows[row - 1] if 1 <= row <= len(self.rows) else None

    def place_of(self, activity_id: ActivityId | None) -> int:
        """Return the row of an activity, or 0 for all."""
        places = [n for n, one in enumerate(self.rows, 1) if one.activity.id == activity_id]
        return places[0] if places else 0

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a name, or the lines under it."""
        if not index.isValid():
            return None
        one = self.standing_at(index.row())
        name = one.activity.name if one else self.tr("All activities")
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == STANDING_ROLE:
            return one
        lines = self.lines_of(one)
        if role == LINES_ROLE:
            return lines
        said = "\n".join((name, *lines))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(said)
        return said if role == Qt.ItemDataRole.AccessibleTextRole else None

    def lines_of(self, one: ActivityStanding | None) -> tuple[str, ...]:
        """Return what stands under a name."""
        if one is None:
            return ()
        lines = (when_line(one.activity), one.activity.place, room_line(one))
        return tuple(line for line in (*lines, next_line(one, self._today())) if line)


class ActivityDelegate(QStyledItemDelegate):
    """Draw a name in bold and the lines under it; the one in hand has a bar at its left."""

    def __init__(self, looks: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._looks = looks
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room for a name and its lines."""
        lines = len(index.data(LINES_ROLE) or ())
        high = self._looks.px(22) + lines * self._looks.px(18) + self._looks.gap(14)
        return QSize(self._looks.px(120), high)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one activity."""
        px, place = self._looks.px, option.rect
        chosen = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.fillRect(place, self._looks.colour("selection" if chosen else "card"))
        if chosen:
            colour = "focus" if self._view.hasFocus() else "accent"
            painter.fillRect(
                place.x(), place.y(), max(3, px(4)), place.height(), self._looks.colour(colour)
            )
        line = self._looks.colour("line")
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, line)
        room = place.adjusted(px(12), self._looks.gap(6), -px(6), 0)
        self._words(painter, room, str(index.data()), px(22), strong=True)
        room.translate(0, px(22))
        for text in index.data(LINES_ROLE) or ():
            self._words(painter, room, text, px(18), strong=False)
            room.translate(0, px(18))
        painter.restore()

    def _words(
        self, painter: QPainter, room: QRect, text: str, height: int, *, strong: bool
    ) -> None:
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        font = self._looks.font(weight=weight) if strong else self._looks.font(13, weight)
        painter.setFont(font)
        painter.setPen(self._looks.colour("ink" if strong else "muted"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        place = QRect(room.x(), room.y(), room.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class ActivityList(QListView):
    """The activities to choose from."""

    chosen = Signal(object)
    """The ActivityStanding, or None for all."""
    opened = Signal(object)
    """Enter or a double click on an activity: its id."""

    def __init__(
        self, looks: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self.rows = ActivityModel(today, self)
        self.setModel(self.rows)
        self.setItemDelegate(ActivityDelegate(looks, self))
        self.setAccessibleName(self.tr("Activities"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.doubleClicked.connect(self._on_opened)
        looks.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def standing(self) -> ActivityStanding | None:
        """The activity in hand, or None for all."""
        return self.rows.standing_at(self.currentIndex().row())

    def show_rows(self, rows: tuple[ActivityStanding, ...], wanted: ActivityId | None) -> None:
        """Show activities and take one in hand without saying that it was chosen."""
        self.blockSignals(True)  # shown, not chosen
        self.rows.show_rows(rows)
        self.setCurrentIndex(self.rows.index(self.rows.place_of(wanted), 0))
        self.blockSignals(False)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Say which one is chosen."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.chosen.emit(self.rows.standing_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens who is on the activity in hand."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.standing is not None:
            self.opened.emit(self.standing.activity.id)
        else:
            super().keyPressEvent(event)

    def _on_opened(self, index: QModelIndex) -> None:
        one = self.rows.standing_at(index.row())
        if one is not None:
            self.opened.emit(one.activity.id)
