"""One column of the board: cards one under the other, walked with the arrows."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.services.referrals import ReferralRow
from app.ui.appearance import Appearance
from app.ui.referrals import words as said
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel

_LINE = 19
_AIR, _GAP = 10, 8
"""Pixels at 100 % inside a card's edge, and between two cards."""
_CHIP = 22


class CardModel(RowsModel[ReferralRow]):
    """The referrals of one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        column: Column[ReferralRow] = Column(key="card", title="", text=lambda row: row.full_name)
        super().__init__((column,), parent)

    def cell(self, row: ReferralRow, column: Column[ReferralRow], role: int) -> Any:
        """Return what a card says; a screen reader and the tip have all of it."""
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return said.whole_card(row)
        return super().cell(row, column, role)


class CardDelegate(QStyledItemDelegate):
    """Draw a card: name, sender, activity and day, and how it stands as a chip."""

    def __init__(self, looks: Appearance, view: QListView) -> None:
        super().__init__(view)
        self.looks = looks
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room of every card: all are of one height."""
        px, gap = self.looks.px, self.looks.gap
        height = 3 * px(_LINE) + px(_CHIP) + 2 * gap(_AIR) + gap(6) + gap(_GAP)
        return QSize(px(120), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one card."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, ReferralRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(1, 1, -1, -self.looks.gap(_GAP))
        self._paint_ground(painter, card, index)
        air = self.looks.gap(_AIR)
        self._paint_words(painter, card.adjusted(air, air, -air, -air), row)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, card: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        looks = self.looks
        in_hand = index.row() == self._view.currentIndex().row() and self._view.hasFocus()
        width = max(2, looks.px(2)) if in_hand else 1
        painter.setPen(QPen(looks.colour("focus" if in_hand else "line"), width))
        painter.setBrush(looks.colour("selection" if in_hand else "card"))
        inset = width / 2
        painter.drawRoundedRect(
            card.adjusted(inset, inset, -inset, -inset), looks.px(8), looks.px(8)
        )

    def _paint_words(self, painter: QPainter, place: QRectF, row: ReferralRow) -> None:
        looks, line = self.looks, self.looks.px(_LINE)
        under = " · ".join(part for part in (row.activity, said.tries_words(row.tries)) if part)
        day = said.brief(row.received_on)
        lines = (
            (row.full_name, "ink", looks.font(15, QFont.Weight.DemiBold)),
            (said.sent_by(row), "ink", looks.font(14, QFont.Weight.Normal)),
            (f"{day} · {under}" if under else day, "muted", looks.font(13, QFont.Weight.Normal)),
        )
        for number, (text, colour, font) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(looks.colour(colour))
            box = QRectF(place.x(), place.y() + number * line, place.width(), line)
            shown = QFontMetrics(font).elidedText(
                text, Qt.TextElideMode.ElideRight, int(place.width())
            )
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        chip_top = place.y() + 3 * line + looks.gap(6)
        self._paint_chip(painter, QPointF(place.x(), chip_top), place.width(), row)

    def _paint_chip(self, painter: QPainter, at: QPointF, room: float, row: ReferralRow) -> None:
        looks, (text, tone, icon) = self.looks, said.card_chip(row)
        font = looks.font(13, QFont.Weight.DemiBold)
        size, gap = looks.px(15), looks.px(7)
        needed = QFontMetrics(font).horizontalAdvance(text) + size + 3 * gap
        chip = QRectF(at.x(), at.y(), min(room, needed), looks.px(_CHIP))
        plain = tone == "plain"
        painter.setPen(looks.colour("line" if plain else f"{tone}_line"))
        painter.setBrush(looks.colour("hover" if plain else f"{tone}_soft"))
        painter.drawRoundedRect(chip, looks.px(6), looks.px(6))
        colour = "ink" if plain else tone
        picture = looks.pixmap(icon, colour, 15, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(chip.x() + gap, chip.center().y() - size / 2), picture)
        painter.setFont(font)
        painter.setPen(looks.colour(colour))
        inside = chip.adjusted(size + gap * 1.8, 0, -gap / 2, 0)
        shown = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideRight, int(inside.width())
        )
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)


class CardList(QListView):
    """Cards walked with Up and Down; Left and Right go to the next column, letters take a step."""

    opened = Signal(object)
    """The ReferralRow of the card."""
    sideways = Signal(int)
    """-1 to the column at the left, 1 to the one at the right."""
    lettered = Signal(str)
    """A letter was pressed on a card."""
    left_upwards = Signal()
    """Up from the first card."""

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(looks, self))
        self.setAccessibleName(name)
        self.setProperty("look", "board")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self.doubleClicked.connect(self._on_opened)
        looks.changed.connect(self._on_looks_changed)

    @property
    def row(self) -> ReferralRow | None:
        """The card in hand."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, ReferralRow) else None

    def take(self, place: int) -> None:
        """Take the keyboard, with a card in hand near a place."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.cards.rowCount():
            wanted = min(max(0, place), self.cards.rowCount() - 1)
            self.setCurrentIndex(self.cards.index(wanted, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, take a step."""
        key, text = event.key(), event.text()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not held:
            self.sideways.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.row:
            self.opened.emit(self.row)
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif text.strip() and text.isprintable() and not held:
            self.lettered.emit(text.lower())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave typed letters to the board."""

    def focusInEvent(self, event: Any) -> None:
        """Take a card in hand with the keyboard, so that there is always one to see."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        """Draw the card in hand without its ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the cards for the width there is."""
        super().resizeEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Any, previous: Any) -> None:
        """Draw the ring where it is now."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ReferralRow):
            self.opened.emit(row)

    def _on_looks_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
