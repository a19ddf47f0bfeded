"""What was paid to a person or came from them, and what they claim, on their own page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.claims import Claim
from app.domain.money import pounds
from app.domain.people import Person
from app.domain.periods import short_date
from app.services import money
from app.services.money import MoneyRow
from app.ui.book import Book
from app.ui.money import words as said
from app.ui.money.claims_part import state_words, what_words
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from app.domain.ids import PersonId

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST = 8
_PAID: tuple[Column[MoneyRow], ...] = (
    Column(key="day", title="Date", text=lambda r: short_date(r.entry_on), width=150, least=136),
    Column(key="what", title="What for", text=lambda r: r.description or said.heading_words(r)),
    Column(key="heading", title="Heading", text=said.heading_words, width=170, spare=1),
    Column(key="sum", title="£", text=said.amount_words, width=96, align=_RIGHT),
)
_CLAIMED: tuple[Column[Claim], ...] = (
    Column(
        key="day", title="Claimed", text=lambda c: short_date(c.claimed_on), width=150, least=136
    ),
    Column(key="what", title="What", text=what_words),
    Column(key="state", title="How far", text=state_words, width=150),
    Column(key="sum", title="£", text=lambda c: pounds(c.total_pence), width=96, align=_RIGHT),
)


class PaymentsSection(QWidget):
    """One person's payments, subs and claims, the newest first; Enter opens one."""

    entry_wanted = Signal(object)
    """The id of the entry to open."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person_id: PersonId | None = None
        looks, tr = book.looks, self.tr
        self.paid = RowsModel(_PAID, self)
        self.claimed = RowsModel(_CLAIMED, self)
        self.paid_table = LedgerTable(looks, tr("Paid to this person or by them"))
        self.claims_table = LedgerTable(looks, tr("Claims of this person"))
        self.none = words(
            tr("Nothing was paid to them or came from them by name. Subs at the door are one sum."),
            "aside", wrap=True,
        )  # fmt: skip
        self.no_claims = words(tr("They have claimed nothing."), "aside", wrap=True)
        self.open_button = ActionButton(looks, tr("Open the entry"), icon="arrow-right")
        self.claim_button = ActionButton(looks, tr("New claim…"), icon="plus")
        self.total = words("", "strong")
        money_card, claims_card = Card(looks, tr("Paid and received")), Card(looks, tr("Claims"))
        self.paid_table.setModel(self.paid)
        self.claims_table.setModel(self.claimed)
        for card, parts, buttons in (
            (money_card, (self.none, self.paid_table), (self.open_button, self.total)),
            (claims_card, (self.no_claims, self.claims_table), (self.claim_button,)),
        ):
            for part in parts:
                card.body.addWidget(part)
            row = WrapRow(looks)
            for button in buttons:
                row.add(button)
            card.body.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        column.addWidget(money_card)
        column.addWidget(claims_card)
        column.addStretch(1)
        self.open_button.clicked.connect(self._on_open)
        self.paid_table.opened.connect(self._on_opened)
        self.claims_table.opened.connect(self._on_claim_opened)
        self.claim_button.clicked.connect(self._on_claim)

    def show_person(self, person: Person) -> None:
        """Show one person's payments and claims."""
        self._person_id = person.id
        register = self._book.register
        rows = money.entries_of_person(register, person.id)
        claims = [one for one in money.list_claims(register) if one.person_id == person.id]
        self.paid.set_rows(rows)
        self.claimed.set_rows(claims)
        for table, model in ((self.paid_table, self.paid), (self.claims_table, self.claimed)):
            fit(table, most=_MOST)
            table.setCurrentIndex(model.index(0, 0))
        self.none.setVisible(not rows)
        self.no_claims.setVisible(not claims)
        self.open_button.setVisible(bool(rows))
        out = -sum(min(0, row.amount_pence) for row in rows)
        came = sum(max(0, row.amount_pence) for row in rows)
        text = self.tr("{out} paid to them, {came} from them")
        self.total.setText(text.format(out=pounds(out), came=pounds(came)) if rows else "")

    def _on_open(self) -> None:
        row = self.paid_table.currentIndex().data(ROW_ROLE)
        if isinstance(row, MoneyRow):
            self.entry_wanted.emit(row.entry_id)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_open()

    def _on_claim_opened(self, _index: QModelIndex) -> None:
        claim = self.claims_table.currentIndex().data(ROW_ROLE)
        if not isinstance(claim, Claim):
            return
        if claim.entry_id is not None:
            self.entry_wanted.emit(claim.entry_id)
            return
        from app.ui.money.claim_dialog import ClaimDialog

        ClaimDialog(self._book, claim, parent=self.window()).open()

    def _on_claim(self) -> None:
        from app.ui.money.claim_dialog import ClaimDialog

        dialog = ClaimDialog(self._book, parent=self.window())
        if self._person_id is not None:
            dialog.choose_person(self._person_id)
        dialog.open()
