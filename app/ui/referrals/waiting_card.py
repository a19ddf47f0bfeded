"""Who waits for a place at one activity, in order: offer the next one, or note who gave up."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.activities import Member
from app.ui.appearance import Appearance
from app.ui.people.fitted import fit
from app.ui.referrals import capacity_words as said
from app.ui.referrals.capacity_words import Waits
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST = 3
"""Rows before the list scrolls by itself."""

WAITING_COLUMNS: tuple[Column[Waits], ...] = (
    Column(key="number", title="", text=lambda one: f"{one.number}.", width=40, look="aside"),
    Column(key="name", title="Waiting, the longest first", text=said.waiter, look="strong"),
    Column(key="waits", title="For", text=lambda one: said.long(one.days), width=100, look="aside"),
)


class WaitingList(QWidget):
    """The waiting list of the activity in hand."""

    offered = Signal(object)
    """The id of the person who gets the place."""
    gave_up = Signal(object)
    person_wanted = Signal(object)

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(WAITING_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Waiting for a place"))
        self.table.setModel(self.model)
        self.nobody = words(self.tr("Nobody waits for a place."), "aside", wrap=True)
        self.offer_button = ActionButton(looks, self.tr("Offer a place"), icon="user-check")
        self.give_up_button = ActionButton(looks, self.tr("Gave up"), icon="user-minus")
        self.buttons = WrapRow(looks)
        self.buttons.add(self.offer_button)
        self.buttons.add(self.give_up_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.nobody, self.table, self.buttons):
            column.addWidget(widget)
        self.offer_button.clicked.connect(self._on_offer)
        self.give_up_button.clicked.connect(self._on_give_up)
        self.table.opened.connect(self._on_opened)

    def show_waiting(self, rows: tuple[Waits, ...]) -> None:
        """Show who waits; the one in hand stays in hand, or else the first is."""
        before, had = self.in_hand, self.table.hasFocus()
        self.model.set_rows(rows)
        ids = [one.member.person.id for one in rows]
        if rows:
            place = ids.index(before.person.id) if before and before.person.id in ids else 0
            self.table.setCurrentIndex(self.model.index(place, 0))
        fit(self.table, most=_MOST)
        self.nobody.setVisible(not rows)
        self.buttons.setVisible(bool(rows))
        if had and rows:
            self.table.setFocus()

    @property
    def in_hand(self) -> Member | None:
        """Who is in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one.member if isinstance(one, Waits) else None

    def _on_offer(self) -> None:
        if self.in_hand is not None:
            self.offered.emit(self.in_hand.person.id)

    def _on_give_up(self) -> None:
        if self.in_hand is not None:
            self.gave_up.emit(self.in_hand.person.id)

    def _on_opened(self, index: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, Waits):
            self.person_wanted.emit(one.member.person.id)
