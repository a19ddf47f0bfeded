"""A month of sessions: a calendar gone about with the arrows, each day's sessions as words."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.activities import Session
from app.domain.periods import WEEKDAYS, Period, clock, full_date, month_of
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.tables.rows_model import AnyIndex
from app.ui.widgets.words import tip

_NO_INDEX = QModelIndex()
DAY_ROLE = Qt.ItemDataRole.UserRole + 1
SESSIONS_ROLE = Qt.ItemDataRole.UserRole + 2
_WEEK = 7
_LINE = 18
"""Pixels at 100 % of one session in a day."""


class MonthModel(QAbstractTableModel):
    """The weeks of a month, Monday first; days of other months are there to fill the weeks."""

    def __init__(self, today: Callable[[], dt.date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.month = month_of(today())
        self._days: tuple[dt.date, ...] = ()
        self._sessions: dict[dt.date, tuple[Session, ...]] = {}
        self.short_heads = False
        """Mon, Tue: where there is no room for Wednesday."""

    def show_month(self, month: Period, sessions: Sequence[Session]) -> None:
        """Show a month and the sessions in its weeks."""
        self.beginResetModel()
        self.month = month
        self._days = _days_of(month)
        by_day: dict[dt.date, tuple[Session, ...]] = {}
        for one in sessions:
            by_day[one.session_on] = (*by_day.get(one.session_on, ()), one)
        self._sessions = by_day
        self.endResetModel()

    def day_at(self, index: AnyIndex) -> dt.date | None:
        """Return the day of a cell."""
        place = index.row() * _WEEK + index.column()
        return self._days[place] if index.isValid() and place < len(self._days) else None

    def sessions_on(self, day: dt.date | None) -> tuple[Session, ...]:
        """Return the sessions of a day."""
        return self._sessions.get(day, ()) if day else ()

    def index_of(self, day: dt.date) -> QModelIndex:
        """Return the cell of a day."""
        place = self._days.index(day) if day in self._days else -1
        return self.index(place // _WEEK, place % _WEEK) if place >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Return how many weeks."""
        return 0 if parent.isValid() else len(self._days) // _WEEK

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Return the days of a week."""
        return 0 if parent.isValid() else _WEEK

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a day: its number, or in words what is on."""
        day = self.day_at(index)
        if day is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == DAY_ROLE:
            return day
        if role == SESSIONS_ROLE:
            return self.sessions_on(day)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            said = self._said(day)
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def _said(self, day: dt.date) -> str:
        lines = [full_date(day)]
        for one in self.sessions_on(day):
            state = texts.session_state(one, self._today())[0]
            parts = (one.activity_name, clock(one.start_time), state)
            lines.append(", ".join(part for part in parts if part))
        return "\n".join(lines)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the name of a weekday."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < _WEEK:
            return None
        short = self.short_heads and role == Qt.ItemDataRole.DisplayRole
        told = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return WEEKDAYS[section][: 3 if short else None] if role in told else None


def _days_of(month: Period) -> tuple[dt.date, ...]:
    weeks = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return tuple(day for week in weeks for day in week)


class MonthDelegate(QStyledItemDelegate):
    """Draw a day: its number, and each session as a shape and a name."""

    def __init__(self, looks: Appearance, view: QTableView, today: Callable[[], dt.date]) -> None:
        super().__init__(view)
        self._looks = looks
        self._view = view
        self._today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw one day."""
        model = cast("MonthModel", self._view.model())
        day, place = model.day_at(index), option.rect
        if day is None:
            return
        inside = day in model.month
        in_hand = index == self._view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selection" if in_hand else "card" if inside else "paper"
        painter.fillRect(place, self._looks.colour(ground))
        painter.setPen(QPen(self._looks.colour("line"), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        top = self._paint_number(painter, place, day, inside=inside)
        self._paint_sessions(painter, place, top, model.sessions_on(day))
        if in_hand:
            width = max(2, self._looks.px(2))
            painter.setPen(QPen(self._looks.colour("focus"), width))
            painter.drawRect(place.adjusted(width // 2, width // 2, -width, -width))
        painter.restore()

    def _paint_number(self, painter: QPainter, place: QRect, day: dt.date, *, inside: bool) -> int:
        """Draw the number of a day, today's with its word; return where its sessions begin."""
        px = self._looks.px
        today = day == self._today()
        weight = QFont.Weight.Bold if today else QFont.Weight.Normal
        painter.setFont(self._looks.font(13, weight))
        painter.setPen(self._looks.colour("accent" if today else "ink" if inside else "muted"))
        text = texts.tr("{day} today").format(day=day.day) if today else str(day.day)
        room = place.adjusted(px(6), px(2), -px(4), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignTop), text)
        return place.y() + px(_LINE) + px(1)

    def _paint_sessions(
        self, painter: QPainter, place: QRect, top: int, sessions: tuple[Session, ...]
    ) -> None:
        px = self._looks.px
        fits = max(1, (place.bottom() - top) // px(_LINE))
        shown = sessions if len(sessions) <= fits else sessions[: max(0, fits - 1)]
        font = self._looks.font(13)
        painter.setFont(font)
        for one in shown:
            _, tone, icon = texts.session_state(one, self._today())
            colour = "muted" if tone == "plain" else tone
            picture = self._looks.pixmap(icon, colour, 13, painter.device().devicePixelRatio())
            painter.drawPixmap(place.x() + px(5), top + px(2), picture)
            room = QRect(place.x() + px(21), top, place.width() - px(24), px(_LINE))
            painter.setPen(self._looks.colour("ink" if tone != "plain" else "muted"))
            if len(sessions) == 1 and fits > 1:  # room for a name on several lines
                room.setHeight(fits * px(_LINE))
                words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
                painter.drawText(room, int(words), one.activity_name)
                continue
            text = QFontMetrics(font).elidedText(
                one.activity_name, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            top += px(_LINE)
        if len(shown) < len(sessions):
            painter.setPen(self._looks.colour("muted"))
            more = f"+ {len(sessions) - len(shown)}"
            room = QRect(place.x() + px(6), top, place.width() - px(8), px(_LINE))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, more)


class MonthView(QTableView):
    """The calendar: arrows go from day to day and over the edge of the month."""

    opened = Signal(object)
    """Enter or a double click: the day."""
    day_taken = Signal(object)
    """The day in hand."""
    month_wanted = Signal(object)
    """A day of another month: show that month with it in hand."""

    def __init__(
        self, looks: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self.days = MonthModel(today, self)
        self.setModel(self.days)
        self.setItemDelegate(MonthDelegate(looks, self, today))
        self.setAccessibleName(self.tr("Sessions of the month"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._on_double)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    @staticmethod
    def days_of(day: dt.date) -> Period:
        """Return the days shown with a day: its month, and the ends of its weeks."""
        days = _days_of(month_of(day))
        return Period(first=days[0], last=days[-1])

    def show_month(self, month: Period, sessions: Sequence[Session], day: dt.date) -> None:
        """Show a month with a day in hand, without saying that it was gone to."""
        self.blockSignals(True)  # shown, not gone to
        self.days.show_month(month, sessions)
        self.take_day(day)
        self.blockSignals(False)

    @property
    def day(self) -> dt.date | None:
        """The day in hand."""
        return self.days.day_at(self.currentIndex())

    def take_day(self, day: dt.date) -> None:
        """Take a day in hand."""
        self.setCurrentIndex(self.days.index_of(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks, PageUp and PageDown by months, Enter opens."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_WEEK,
            Qt.Key.Key_Down: _WEEK,
        }
        key, day = Qt.Key(event.key()), self.day
        if day is None:
            super().keyPressEvent(event)
        elif key in steps:
            self._go(day + dt.timedelta(days=steps[key]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._go(month_after(day, -1 if key is Qt.Key.Key_PageUp else 1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(day)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave typed letters alone."""

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Say which day is in hand."""
        super().currentChanged(current, previous)
        self.viewport().update()
        day = self.days.day_at(current)
        if day is not None:
            self.day_taken.emit(day)

    def _go(self, day: dt.date) -> None:
        if day in self.days.month:
            self.take_day(day)
        else:
            self.month_wanted.emit(day)

    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(self.days.day_at(index))

    def _on_looks_changed(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._looks.px(2 * _LINE + 6))
        self._shorten_heads()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the weekdays as long as there is room for."""
        super().resizeEvent(event)
        self._shorten_heads()

    def _shorten_heads(self) -> None:
        metrics = QFontMetrics(self._looks.font(13, QFont.Weight.DemiBold))
        widest = max(metrics.horizontalAdvance(name) for name in WEEKDAYS)
        room = self.viewport().width() // _WEEK - 2 * self._looks.gap(8)
        if self.days.short_heads != (widest > room):
            self.days.short_heads = widest > room
            self.days.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _WEEK - 1)


def month_after(day: dt.date, by: int) -> dt.date:
    """Return the same day of another month, or its last day where it is shorter."""
    months = day.year * 12 + day.month - 1 + by
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
