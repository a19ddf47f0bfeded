"""Claims: what people spent for the group and get back, waiting, approved and paid."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.claims import Claim, ClaimKind
from app.domain.money import pounds
from app.services import money, people
from app.services.result import Refused
from app.ui.book import Book
from app.ui.money.claim_dialog import ClaimDialog, PayDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.texts import tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def what_words(claim: Claim) -> str:
    """Return what is claimed: the miles, and what money was spent on."""
    tenths = sum(line.tenths_of_miles or 0 for line in claim.lines)
    spent = [line.what for line in claim.lines if line.kind is ClaimKind.EXPENSE and line.what]
    miles = [tr("{miles} miles").format(miles=f"{tenths / 10:g}")] if tenths else []
    return " · ".join((*miles, *spent))


def state_words(claim: Claim) -> str:
    """Return how far a claim is."""
    if claim.entry_id is not None:
        return tr("Paid")
    return tr("Approved") if claim.approved_by else tr("Not approved yet")


def _state_look(claim: Claim) -> tuple[str, str]:
    if claim.entry_id is not None:
        return ("plain", "check")
    return ("good", "user-check") if claim.approved_by else ("due", "clock")


class ClaimsPart(QWidget):
    """The claims as a list; new ones, approval and payment."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        looks = book.looks
        self._names: dict[int, str] = {}
        self.model: RowsModel[Claim] = RowsModel(self._columns(), self)
        self.table = LedgerTable(looks, self.tr("Claims"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self._build()
        self.add_button.clicked.connect(self.add_claim)
        self.change_button.clicked.connect(self._on_change)
        self.pay_button.clicked.connect(self._on_pay)
        self.bin_button.clicked.connect(self._on_bin)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._show_actions)

    def _build(self) -> None:
        looks = self.book.looks
        self.nothing = words(
            self.tr(
                "Nobody has claimed anything yet. Volunteers get back what they really spent, and "
                "their miles at the rate of the day. Somebody else approves it before it is paid."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        self.add_button = ActionButton(looks, self.tr("New claim…"), icon="plus")
        self.change_button = ActionButton(looks, self.tr("Change or approve…"), icon="pencil")
        self.pay_button = ActionButton(looks, self.tr("Pay it…"), icon="wallet")
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        row = WrapRow(looks)
        for button in (self.add_button, self.change_button, self.pay_button, self.bin_button):
            row.add(button)
        card = Card(looks, self.tr("Expenses and miles claimed"))
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(row)
        card.body.addWidget(self.problem)
        self._end = QWidget()  # where no table takes the room, what there is stays at the top
        card.body.addWidget(self._end, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)

    def _columns(self) -> tuple[Column[Claim], ...]:
        return (
            Column(
                key="claimed",  # without the weekday: the name has the room at large text
                title="Claimed",
                text=lambda c: f"{c.claimed_on.day} {c.claimed_on:%b %Y}",
                width=130,
                least=104,
            ),
            Column(key="who", title="Who", text=self._who, look="strong"),
            Column(key="what", title="What", text=what_words, weight=2, spare=True),
            Column(
                key="sum",
                title="£",
                text=lambda c: pounds(c.total_pence),
                width=104,
                least=80,
                align=_RIGHT,
            ),
            Column(
                key="state",
                title="How far",
                text=state_words,
                width=190,
                least=150,
                chip=_state_look,
            ),
        )

    def _who(self, claim: Claim) -> str:
        return self._names.get(claim.person_id, "") if claim.person_id else ""

    def look(self) -> None:
        """Read the claims again; the one in hand stays in hand."""
        hand = self.claim.id if self.claim else None
        rows = money.list_claims(self.book.register)
        self._names = {}
        for person_id in {claim.person_id for claim in rows}:
            known = people.get_person(self.book.register, person_id) if person_id else None
            if known is not None:
                self._names[known.id] = known.full_name
        self.model.set_rows(rows)
        places = [place for place, claim in enumerate(rows) if claim.id == hand]
        if rows:
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._end.setVisible(not rows)
        self._show_actions()

    @property
    def claim(self) -> Claim | None:
        """The claim in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Claim) else None

    def take_keyboard(self) -> None:
        """Begin with the list."""
        (self.table if self.model.rowCount() else self.add_button).setFocus()

    def add_claim(self) -> None:
        """Open the form for a claim."""
        ClaimDialog(self.book, parent=self.window()).open()

    def _show_actions(self) -> None:
        self.problem.hide()
        claim = self.claim
        waits = claim is not None and claim.entry_id is None
        for button in (self.change_button, self.bin_button):
            button.setVisible(waits)
        self.pay_button.setVisible(waits and claim is not None and bool(claim.approved_by))

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_change(self) -> None:
        claim = self.claim
        if claim is not None and claim.entry_id is None:
            ClaimDialog(self.book, claim, parent=self.window()).open()

    def _on_pay(self) -> None:
        if self.claim is not None:
            PayDialog(self.book, self.claim, parent=self.window()).open()

    def _on_bin(self) -> None:
        claim = self.claim
        if claim is None:
            return
        register = self.book.register
        answer = self.book.commands.run(lambda: money.put_claim_in_bin(register, claim.id))
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()
