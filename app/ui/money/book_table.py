"""The lines of the cash book as a table: date, who, heading, fund, receipt, amount, balance."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.money import pounds
from app.domain.periods import short_date
from app.services.money import MoneyRow
from app.ui.appearance import Appearance
from app.ui.money import words as said
from app.ui.tables.blocks_model import BlocksModel
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import ROW_ROLE, Column
from app.ui.tables.table_view import LedgerTable

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RECEIPT, _AMOUNT = "receipt", "amount"


def columns(today: Callable[[], dt.date]) -> tuple[Column[MoneyRow], ...]:
    """Return the columns of the book; ``today`` tells which days need their year."""
    return (
        Column(
            key="day", title="Date", text=lambda r: said.day_words(r.entry_on, today()), width=102,
        ),
        Column(key="who", title="Who", text=said.who_words),
        Column(key="heading", title="Heading", text=said.heading_words, width=112, spare=2),
        Column(key="fund", title="Fund", text=said.fund_words, width=116, spare=True),
        Column(
            key=_RECEIPT, title="Receipt", width=64, spare=True,
            text=lambda r: "kept" if r.attachments else "none",
        ),
        Column(key=_AMOUNT, title="£", text=said.amount_words, width=98, align=_RIGHT),
        Column(
            key="balance", title="Balance", width=96, align=_RIGHT,
            text=lambda r: "" if r.balance_pence is None else said.bare(r.balance_pence),
        ),
    )  # fmt: skip


class BookModel(BlocksModel[MoneyRow]):
    """Lines of the book, read in blocks; what a screen reader hears has its pounds."""

    def __init__(self, today: Callable[[], dt.date], parent: QObject | None = None) -> None:
        super().__init__(columns(today), parent)

    def cell(self, row: MoneyRow, column: Column[MoneyRow], role: int) -> Any:
        """Return a cell; amounts and days are spoken whole."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column.key == _AMOUNT:
                pence = row.amount_pence or row.moved_pence
                return f"Amount: {pounds(pence)}"
            if column.key == "balance" and row.balance_pence is not None:
                return f"Balance: {pounds(row.balance_pence)}"
        if role == Qt.ItemDataRole.ToolTipRole and column.key == "day":
            return short_date(row.entry_on)
        return super().cell(row, column, role)


class BookDelegate(LedgerDelegate):
    """Draw a picture where a receipt is kept, and money in in green with its plus sign."""

    def paint_content(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        row = index.data(ROW_ROLE)
        model = index.model()
        key = model.columns[index.column()].key if isinstance(model, BookModel) else ""
        if key == _RECEIPT and isinstance(row, MoneyRow):
            self._paint_receipt(painter, place, row)
        elif key == _AMOUNT and isinstance(row, MoneyRow) and row.amount_pence > 0:
            painter.setPen(self.looks.colour("good"))
            painter.setFont(self._view.font())
            painter.drawText(place, _RIGHT, str(index.data()))
        else:
            super().paint_content(painter, place, index)

    def _paint_receipt(self, painter: QPainter, place: QRect, row: MoneyRow) -> None:
        if not row.attachments:
            painter.setPen(self.looks.colour("muted"))
            painter.setFont(self._view.font())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), "—")
            return
        size = self.looks.px(17)
        picture = self.looks.pixmap("image", "ink", 17, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(place.x(), place.center().y() - size // 2), picture)


class BookTable(LedgerTable):
    """Enter opens the entry in hand, Delete puts it in the bin, letters search."""

    typed = Signal(str)
    """A letter with which somebody begins to search."""
    bin_wanted = Signal()
    left_upwards = Signal()

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.setItemDelegate(BookDelegate(looks, self))
        self.keep_rows(5)

    @property
    def row(self) -> MoneyRow | None:
        """The entry in hand."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, MoneyRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search and bin; arrows and Enter are as in every table."""
        text = event.text()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() == Qt.Key.Key_Delete and self.row is not None:
            self.bin_wanted.emit()
        elif not held and text.strip() and text.isprintable():
            self.typed.emit(text)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)
