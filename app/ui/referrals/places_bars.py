"""A table in which one column is a bar: how much is used of what was granted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import Column, Row, RowsModel
from app.ui.tables.table_view import LedgerTable

BAR_ROLE = Qt.ItemDataRole.UserRole + 9
"""What is used and what was granted, as (part, whole)."""
BAR_KEY = "used"
"""The column that is drawn with a bar."""
_LEAST = 44
"""Pixels at 100 % below which a bar tells nothing and is left out."""


class BarsModel(RowsModel[Row]):
    """Rows with a bar in the column called "used"."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        bar: Callable[[Row], tuple[int, int]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._bar = bar
        self.longest = ""
        """The longest words beside a bar: all bars end where these begin."""

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other records."""
        text = next(column.text for column in self.columns if column.key == BAR_KEY)
        self.longest = max((text(row) for row in rows), key=len, default="")
        super().set_rows(rows)

    def cell(self, row: Row, column: Column[Row], role: int) -> Any:
        """Return what a row shows; its bar in the one column."""
        if role == BAR_ROLE:
            return self._bar(row) if column.key == BAR_KEY else None
        return super().cell(row, column, role)


class BarDelegate(LedgerDelegate):
    """Draw the words, and the bar in the room they leave."""

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        bar = index.data(BAR_ROLE)
        if bar is None:
            super().paint_content(painter, place, index)
            return
        text = str(index.data() or "")
        longest = getattr(self._view.model(), "longest", text)
        needed = QFontMetrics(self._view.font()).horizontalAdvance(longest) + self.looks.px(18)
        room = place.width() - needed
        if room >= self.looks.px(_LEAST):
            self._paint_bar(painter, QRect(place.x(), place.y(), room, place.height()), *bar)
            place = place.adjusted(room + self.looks.px(10), 0, 0, 0)
        self.paint_words(painter, place, index, text)

    def _paint_bar(self, painter: QPainter, room: QRect, part: int, whole: int) -> None:
        looks = self.looks
        height = looks.px(10)
        ground = QRectF(room.x(), room.center().y() - height / 2 + 0.5, room.width(), height)
        radius = height / 2
        painter.setPen(QPen(looks.colour("edge"), 1))
        painter.setBrush(looks.colour("bar_empty"))
        painter.drawRoundedRect(ground, radius, radius)
        share = min(1.0, part / whole) if whole else 0.0
        if share:
            filled = QRectF(ground)
            filled.setWidth(max(height, ground.width() * share))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.colour("accent"))
            painter.drawRoundedRect(filled, radius, radius)


class BarTable(LedgerTable):
    """A ledger with a bar."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.setItemDelegate(BarDelegate(looks, self))
