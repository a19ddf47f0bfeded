"""A person's referrals, on their own page: each with how it stands, and the way to record one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import Person
from app.domain.periods import short_date
from app.services import referrals
from app.services.referrals import ReferralRow
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.referrals import words as said
from app.ui.referrals.places_section import PlacesSection
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from app.domain.ids import PersonId

_COLUMNS: tuple[Column[ReferralRow], ...] = (
    Column(
        key="received", title="Received", text=lambda row: short_date(row.received_on), width=160,
        least=144, look="strong",
    ),
    Column(key="source", title="From", text=said.sent_by),
    Column(key="activity", title="Activity", text=lambda row: row.activity, width=180, spare=True),
    Column(
        key="state", title="Stands", text=said.state_words, width=230, least=190,
        chip=lambda row: said.STATE_LOOKS[row.state],
    ),
    Column(
        key="clock", title="Reply", text=lambda row: said.clock_words(row.clock), width=200,
        spare=True, chip=lambda row: said.clock_look(row.clock),
    ),
)  # fmt: skip


class ReferralsSection(QWidget):
    """The referrals of one person, the newest first; Enter opens one."""

    referral_wanted = Signal(object)
    """The id of the referral to show."""
    record_wanted = Signal(object)
    """The id of the person of whom a referral came."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person_id: PersonId | None = None
        looks = book.looks
        card = Card(looks)
        card.body.addWidget(words(self.tr("Referrals"), "heading"))
        self.model = RowsModel(_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Referrals of this person"))
        self.table.setModel(self.model)
        self.none = words(
            self.tr(
                "Nobody sent them. When a surgery, a school or a link worker does, record it here."
            ),
            "aside",
            wrap=True,
        )
        self.record = ActionButton(looks, self.tr("Record a referral…"), icon="plus")
        row = WrapRow(looks)
        row.add(self.record)
        for widget in (self.table, self.none, row):
            card.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.places = PlacesSection(book)
        column.addWidget(card)
        column.addWidget(self.places)
        column.addStretch(1)
        self.table.opened.connect(self._on_opened)
        self.record.clicked.connect(self._on_record)

    def show_person(self, person: Person) -> None:
        """Show a person's referrals, those of joined records too."""
        person_id = self._person_id = person.id
        rows = referrals.of_person(self._book.register, person_id, today=self._book.today())
        self.model.set_rows(rows)
        fit(self.table, most=8)
        self.none.setVisible(not rows)
        self.places.show_person(person_id)

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ReferralRow):
            self.referral_wanted.emit(row.id)

    def _on_record(self) -> None:
        if self._person_id is not None:
            self.record_wanted.emit(self._person_id)
