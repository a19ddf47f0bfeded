"""How one cell of a ledger is drawn: ground, thin line, words or chip."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.appearance import Appearance
from app.ui.tables.rows_model import CHIP_ROLE, LOOK_ROLE

_LINE, _AIR = 19, 17
"""Pixels at 100 % of a line of words, and of the air above and below it: a row of 36."""
_SIDE = 8


def row_height(looks: Appearance) -> int:
    """Return the height of a row; its air grows half as fast as its words."""
    return looks.px(_LINE) + looks.gap(_AIR)


class LedgerDelegate(QStyledItemDelegate):
    """Draw a cell: ground, thin line, words; the row in hand has a band in the focus colour."""

    def __init__(self, looks: Appearance, view: QTableView) -> None:
        super().__init__(view)
        self.looks = looks
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        side = self.looks.px(_SIDE)
        self.paint_content(painter, option.rect.adjusted(side, 0, -side, 0), index)
        painter.restore()

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw what is in the cell; other delegates draw boxes here."""
        chip, text = index.data(CHIP_ROLE), str(index.data() or "")
        if chip and text:
            self.paint_chip(painter, place, text, *chip)
        else:
            self.paint_words(painter, place, index, text)

    def air(self) -> int:
        """Return the empty space at both sides of the words of a cell, in pixels."""
        return 2 * self.looks.px(_SIDE)

    def chip_width(self, text: str) -> int:
        """Return how wide a cell has to be for the words of a status, in pixels."""
        font = self.looks.font(13, QFont.Weight.DemiBold)
        icon, gap = self.looks.px(15), self.looks.px(8)
        return QFontMetrics(font).horizontalAdvance(text) + icon + 3 * gap + self.looks.px(_SIDE)

    def paint_chip(
        self, painter: QPainter, place: QRect, text: str, tone: str, icon_name: str
    ) -> None:
        """Draw a status: a word, a shape and a colour."""
        font = self.looks.font(13, QFont.Weight.DemiBold)
        painter.setFont(font)
        icon, gap = self.looks.px(15), self.looks.px(8)
        words = QFontMetrics(font).horizontalAdvance(text)
        width = min(place.width() + gap, words + icon + 3 * gap)
        height = self.looks.px(22)
        chip = QRectF(place.x(), place.center().y() - height / 2 + 0.5, width, height)
        plain = tone == "plain"
        painter.setPen(self.looks.colour("line" if plain else f"{tone}_line"))
        painter.setBrush(self.looks.colour("hover" if plain else f"{tone}_soft"))
        painter.drawRoundedRect(chip, self.looks.px(6), self.looks.px(6))
        colour = "ink" if plain else tone
        picture = self.looks.pixmap(icon_name, colour, 15, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(chip.x() + gap, chip.center().y() - icon / 2), picture)
        painter.setPen(self.looks.colour(colour))
        room = chip.adjusted(icon + gap * 1.8, 0, 0, 0)
        shown = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def paint_words(
        self,
        painter: QPainter,
        place: QRect,
        index: QModelIndex | QPersistentModelIndex,
        text: str,
    ) -> None:
        """Draw words, shortened in the middle of the cell's room if they must be."""
        if not text:
            return
        look = index.data(LOOK_ROLE)
        painter.setPen(self.looks.colour("muted" if look == "aside" else "ink"))
        font = self._view.font()
        font.setBold(look == "strong")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room a cell would like."""
        metrics = QFontMetrics(self._view.font())
        width = metrics.horizontalAdvance(str(index.data() or "")) + 2 * self.looks.px(_SIDE)
        return QSize(width, row_height(self.looks))

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        in_hand = index.row() == self._view.currentIndex().row()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or in_hand:
            painter.fillRect(option.rect, self.looks.colour("selection"))
        edge = option.rect
        painter.fillRect(edge.x(), edge.bottom(), edge.width(), 1, self.looks.colour("line"))
        if in_hand and self.banded():
            width = max(2, self.looks.px(2))
            colour = self.looks.colour("focus")
            painter.fillRect(edge.x(), edge.y(), edge.width(), width, colour)
            painter.fillRect(edge.x(), edge.bottom() - width + 1, edge.width(), width, colour)

    def banded(self) -> bool:
        """Whether the row in hand is banded now: when the table has the keyboard."""
        return self._view.hasFocus()
