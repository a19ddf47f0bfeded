"""What a person agreed to: each purpose by itself, and every answer there ever was."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consents import METHODS, PURPOSES, Consent, Standing, latest
from app.domain.people import ConsentPurpose
from app.domain.periods import short_date
from app.domain.settings import asked_purposes
from app.services import settings
from app.services.people import PersonStanding
from app.ui.book import Book
from app.ui.people import words as said
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.fold import Fold
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeLine:
    """A purpose, and the answer that counts."""

    purpose: ConsentPurpose
    answer: Consent | None


def _standing(line: PurposeLine) -> Standing:
    return line.answer.standing if line.answer else Standing.NOT_ASKED


def _chip(standing: Standing) -> tuple[str, str]:
    _, tone, icon = said.STANDINGS[standing]
    return tone, icon


def _purpose_chip(line: PurposeLine) -> tuple[str, str]:
    """Only details kept without being asked about are due: the rest may never be wanted."""
    standing = _standing(line)
    if standing is Standing.NOT_ASKED and line.purpose is not ConsentPurpose.HOLD_DETAILS:
        return "plain", "circle"
    return _chip(standing)


def _when(answer: Consent | None) -> str:
    if answer is None:
        return ""
    if answer.withdrawn_on is not None:
        return short_date(answer.withdrawn_on)
    return short_date(answer.asked_on)


def _how(answer: Consent | None) -> str:
    if answer is None:
        return ""
    parts = [METHODS.get(answer.method, "")]
    parts += [f"wording {answer.wording_version}" if answer.wording_version else ""]
    parts += [f"asked by {answer.taken_by}" if answer.taken_by else ""]
    parts += ["joined record" if answer.inherited else "", *answer.detail.split("\n")]
    return " · ".join(part for part in parts if part)


_PURPOSE_COLUMNS: tuple[Column[PurposeLine], ...] = (
    Column(key="purpose", title="For", text=lambda line: PURPOSES[line.purpose], look="strong"),
    Column(
        key="standing", title="Stands", text=lambda line: said.STANDINGS[_standing(line)][0],
        width=140, least=118, chip=_purpose_chip,
    ),
    Column(key="on", title="On", text=lambda line: _when(line.answer), width=150, least=134, spare=2),
    Column(
        key="how", title="How, wording, who asked", text=lambda line: _how(line.answer), look="aside",
        width=420, least=300, spare=True,
    ),
)  # fmt: skip
_ANSWER_COLUMNS: tuple[Column[Consent], ...] = (
    Column(key="on", title="Asked", text=lambda c: short_date(c.asked_on), width=150, look="strong"),
    Column(key="purpose", title="For", text=lambda c: PURPOSES[c.purpose]),
    Column(
        key="standing", title="Answer", text=lambda c: said.STANDINGS[c.standing][0], width=140,
        chip=lambda c: _chip(c.standing),
    ),
    Column(
        key="withdrawn", title="Withdrawn", width=150, spare=True,
        text=lambda c: short_date(c.withdrawn_on) if c.withdrawn_on else "",
    ),
    Column(
        key="how", title="How, wording, who asked", text=_how, look="aside", width=300, spare=True
    ),
)  # fmt: skip


class ConsentSection(QWidget):
    """The purposes and their standing; Enter notes an answer, Withdraw takes one back.

    Below, every answer there ever was, each of which can be corrected or taken away.
    """

    ask_wanted = Signal(object)
    """The ConsentPurpose to note an answer for."""
    withdraw_wanted = Signal(object)
    """The Consent to take back."""
    correct_wanted = Signal(object)
    """The Consent that was noted wrongly."""
    remove_wanted = Signal(object)
    """The Consent that was entered by mistake."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks = book.looks
        self.model = RowsModel(_PURPOSE_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("What they agreed to"))
        self.table.setModel(self.model)
        self.note = ActionButton(looks, self.tr("Note an answer…"), icon="pencil")
        self.withdraw = ActionButton(looks, self.tr("Withdraw…"), icon="undo-2")
        self.answers = RowsModel(_ANSWER_COLUMNS, self)
        self.every = LedgerTable(looks, self.tr("Every answer"))
        self.every.setModel(self.answers)
        self.correct = ActionButton(looks, self.tr("Correct…"), icon="pencil")
        self.remove = ActionButton(looks, self.tr("Entered by mistake: take away"), icon="trash-2")
        self.earlier = Fold(looks, self.tr("Every answer there ever was"))
        self._lay_out(book)
        self.table.opened.connect(self._on_opened)
        self.note.clicked.connect(self._on_note)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.every.opened.connect(self._on_every_opened)
        self.correct.clicked.connect(self._on_correct)
        self.remove.clicked.connect(self._on_remove)
        self.table.selectionModel().currentChanged.connect(self._on_moved)
        self.model.modelReset.connect(self._on_moved)

    def _lay_out(self, book: Book) -> None:
        looks = book.looks
        card = Card(looks, self.tr("What they agreed to"))
        card.body.addWidget(
            words(
                self.tr(
                    "Each is asked by itself and can be withdrawn by itself. Coming along is not "
                    "consent to any of it."
                ),
                "aside",
                wrap=True,
            )
        )
        card.body.addWidget(self.table)
        row = WrapRow(looks)
        row.add(self.note)
        row.add(self.withdraw)
        card.body.addWidget(row)
        self.earlier.body.addWidget(self.every)
        last = WrapRow(looks)
        last.add(self.correct)
        last.add(self.remove)
        self.earlier.body.addWidget(last)
        card.body.addWidget(self.earlier)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def show_standing(self, standing: PersonStanding) -> None:
        """Show a person's answers."""
        place = self.table.currentIndex().row()
        answers = latest(standing.consents)
        asked = asked_purposes(settings.read(self._book.register))
        wanted = tuple(p for p in PURPOSES if p in asked or p in answers)
        self.model.set_rows(tuple(PurposeLine(purpose=p, answer=answers.get(p)) for p in wanted))
        self.table.setCurrentIndex(self.model.index(max(0, place), 0))
        self.answers.set_rows(standing.consents)
        self.every.setCurrentIndex(self.answers.index(0, 0))
        self.earlier.setVisible(bool(standing.consents))
        fit(self.table, most=len(PURPOSES))
        fit(self.every, most=8)
        self._on_moved()

    @property
    def line(self) -> PurposeLine | None:
        """The purpose in hand."""
        line = self.table.currentIndex().data(ROW_ROLE)
        return line if isinstance(line, PurposeLine) else None

    def _on_moved(self) -> None:
        line = self.line
        given = line is not None and _standing(line) is Standing.GIVEN
        self.withdraw.setEnabled(given)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_note()

    def _on_note(self) -> None:
        if self.line is not None:
            self.ask_wanted.emit(self.line.purpose)

    def _on_withdraw(self) -> None:
        if self.line is not None and self.line.answer is not None:
            self.withdraw_wanted.emit(self.line.answer)

    def _on_every_opened(self, _index: QModelIndex) -> None:
        self._on_correct()

    def _on_correct(self) -> None:
        consent = self.every.currentIndex().data(ROW_ROLE)
        if isinstance(consent, Consent):
            self.correct_wanted.emit(consent)

    def _on_remove(self) -> None:
        consent = self.every.currentIndex().data(ROW_ROLE)
        if isinstance(consent, Consent):
            self.remove_wanted.emit(consent)
