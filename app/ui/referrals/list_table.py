"""The plain list of referrals: heads to press for the order, Enter opens, letters begin a search."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.referrals import WHO_PAYS
from app.services.referrals import Order, ReferralRow
from app.ui.appearance import Appearance
from app.ui.referrals import words as said
from app.ui.tables.blocks_model import BlocksModel
from app.ui.tables.rows_model import ROW_ROLE, Column
from app.ui.tables.table_view import LedgerTable

_NAME_ROOM = 116
"""Pixels at 100 % that a name always has; other columns are scrolled to."""

COLUMNS: tuple[Column[ReferralRow], ...] = (
    Column(key="name", title="Name", text=lambda row: row.list_name, look="strong"),
    Column(
        key="received", title="Received", text=lambda row: short_date(row.received_on), width=150,
        least=140, look="aside", spare=3,
    ),
    Column(key="source", title="From", text=said.sent_by, spare=2),
    Column(key="activity", title="Activity", text=lambda row: row.activity, width=170, spare=True),
    Column(
        key="state", title="Stands", text=said.state_words, width=230, least=158,
        chip=lambda row: said.STATE_LOOKS[row.state],
    ),
    Column(
        key="clock", title="Reply", text=lambda row: said.clock_words(row.clock), width=200,
        least=158, chip=lambda row: said.clock_look(row.clock),
    ),
    Column(
        key="pays", title="Who pays", text=lambda row: WHO_PAYS[row.who_pays].partition(":")[0],
        width=140, spare=True, look="aside",
    ),
)  # fmt: skip
_ORDERS = {
    "name": Order.NAME,
    "received": Order.RECEIVED,
    "source": Order.SOURCE,
    "activity": Order.ACTIVITY,
}


class ReferralModel(BlocksModel[ReferralRow]):
    """Referrals in the order asked for, read in blocks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.ordered_by, self.down = "received", True
        self.arrows: tuple[Any, Any] = (None, None)
        """The pictures of up and down, for the head of the column in order."""

    @property
    def order(self) -> Order:
        """What the register is asked to order by."""
        return _ORDERS[self.ordered_by]

    def order_by(self, key: str) -> bool:
        """Order by a column, or by the same one the other way; False when it has no order."""
        if key not in _ORDERS:
            return False
        self.down = not self.down if key == self.ordered_by else key == "received"
        self.ordered_by = key
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title, and an arrow on the one in order."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            mine = column.key == self.ordered_by
            if role == Qt.ItemDataRole.DecorationRole:
                return self.arrows[int(self.down)] if mine else None
            if role == Qt.ItemDataRole.AccessibleTextRole:
                way = "downwards" if self.down else "upwards"
                return f"{column.title}, in order {way}" if mine else column.title
        return super().headerData(section, orientation, role)


class ReferralTable(LedgerTable):
    """Enter opens the row in hand; letters go to the search; a head puts the list in its order."""

    typed = Signal(str)
    """A letter with which somebody begins to search."""
    order_wanted = Signal(str)
    """The key of the column whose head was pressed."""
    left_upwards = Signal()

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent=parent)
        self.keep_rows(5)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(LedgerTable.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._on_head)

    @property
    def row(self) -> ReferralRow | None:
        """The referral in hand."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, ReferralRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search; arrows and Enter are as in every table."""
        text = event.text()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if not held and text.strip() and text.isprintable():
            self.typed.emit(text)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _spread(self) -> None:
        super()._spread()
        model, px = self.model(), self.looks.px
        if isinstance(model, ReferralModel) and self.columnWidth(0) < px(_NAME_ROOM):
            self.setColumnWidth(0, px(_NAME_ROOM))

    def _on_head(self, section: int) -> None:
        model = self.model()
        if isinstance(model, ReferralModel):
            self.order_wanted.emit(model.columns[section].key)
