"""Beside the register: the running total, guests, volunteers' hours, notes, and the keys."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.activities import MOST_GUESTS, Session, minutes_between
from app.domain.attendance import RegisterTotals, Role
from app.services.attendance import OpenRegister
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.money.takings_box import TakingsBox
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Counter
from app.ui.widgets.words import rule, words

_PAUSE_MS = 1200
"""After this long without a key, what was typed is saved."""


class TotalCard(Card):
    """How many are here, large enough to read from the other side of the table."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, parent=parent)
        self._here = words("0", "figure")
        self._listed = words(wrap=True)
        self._rest = words("", "aside", wrap=True)
        for label in (self._here, self._listed, self._rest):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(label)
        self.body.setSpacing(0)

    def show_totals(self, totals: RegisterTotals) -> None:
        """Show a running total."""
        first, rest = texts.total_words(totals)
        self._here.setText(str(totals.here))
        self._listed.setText(first)
        self._rest.setText(rest)
        self.setAccessibleName(f"{totals.here} {first}; {rest}")

    @property
    def here(self) -> str:
        """The running total."""
        return self._here.text()

    @property
    def text(self) -> str:
        """Everything it says, in one line."""
        return f"{self._here.text()} {self._listed.text()}; {self._rest.text()}"


class NotesField(QPlainTextEdit):
    """Notes of the session, saved on leaving and after a pause."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = ""
        self.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.textChanged.connect(self._pause.start)

    def show_notes(self, notes: str) -> None:
        """Show saved notes, unless something is being typed that is not saved yet."""
        if notes == self._saved and self.toPlainText().strip() != notes:
            return
        self._saved = notes
        if self.toPlainText().strip() != notes:
            self.setPlainText(notes)
        self._pause.stop()

    def settle(self) -> None:
        """Ask to save what is typed, if it differs from what is saved."""
        self._pause.stop()
        typed = self.toPlainText().strip()
        if typed != self._saved:
            self._saved = typed
            self.settled.emit(typed)

    def not_saved(self, kept: str) -> None:
        """Remember that only ``kept`` is in the book: what is typed stays, and is tried again."""
        self._saved = kept

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on leaving."""
        super().focusOutEvent(event)
        self.settle()


class RegisterSide(QWidget):
    """The side column of the register page."""

    guests_changed = Signal(int)
    notes_changed = Signal(str)
    hours_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        looks = self._looks = book.looks
        self.total = TotalCard(looks)
        self.takings = TakingsBox(book)
        self.guests = Counter(looks, self.tr("Guests not named"))
        self.notes = NotesField()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.total)
        self._column.addWidget(self._build_counts())
        self._column.addWidget(self._build_notes(), 1)
        self._guests_pause = QTimer(self)
        self._guests_pause.setSingleShot(True)
        self._guests_pause.setInterval(_PAUSE_MS // 2)
        self._guests_pause.timeout.connect(self._on_guests_settled)
        self._shown_guests = 0
        self.guests.valueChanged.connect(self._on_guests_typed)
        self.guests.editingFinished.connect(self._on_guests_settled)
        self.notes.settled.connect(self.notes_changed)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_register(self, opened: OpenRegister, logged_minutes: int) -> None:
        """Show the totals, guests, hours and notes of a register."""
        self.total.show_totals(opened.totals)
        self._shown_guests = opened.session.guests or 0
        if not self._guests_pause.isActive():
            self.guests.blockSignals(True)  # shown, not typed
            self.guests.setValue(self._shown_guests)
            self.guests.blockSignals(False)
        self._hours.setText(texts.hours(_volunteer_minutes(opened) + logged_minutes))
        self.notes.show_notes(opened.session.notes)
        self.takings.show_session(opened.session)

    def settle(self) -> None:
        """Save what is typed and not saved yet: another session comes, or the window closes."""
        self.notes.settle()
        self.takings.settle()
        self._on_guests_settled()

    def guests_not_saved(self, kept: int) -> None:
        """Remember that only ``kept`` guests are in the book: the number is tried again."""
        self._shown_guests = kept

    def _build_counts(self) -> Card:
        card = Card(self._looks)
        self.guests.setRange(0, MOST_GUESTS)
        self.guests.setAlignment(Qt.AlignmentFlag.AlignRight)
        guests = QHBoxLayout()
        label = words(self.tr("Guests not named"))
        label.setBuddy(self.guests)
        guests.addWidget(label, 1)
        guests.addWidget(self.guests)
        card.body.addLayout(guests)
        card.body.addWidget(rule())
        self._hours = words("", "strong")
        hours = QHBoxLayout()
        hours.addWidget(words(self.tr("Volunteer hours")), 1)
        hours.addWidget(self._hours)
        self.log_button = ActionButton(self._looks, self.tr("Log…"), link=True)
        self.log_button.setAccessibleName(self.tr("Log somebody’s hours…"))
        self.log_button.setToolTip(self.tr("Log somebody’s hours…"))
        self.log_button.clicked.connect(self._on_hours)
        hours.addWidget(self.log_button)
        card.body.addLayout(hours)
        card.body.addWidget(self.takings)
        return card

    def _build_notes(self) -> Card:
        card = Card(self._looks, self.tr("Notes"))
        self.notes.setAccessibleName(self.tr("Notes of this session"))
        self.notes.setPlaceholderText(self.tr("What happened, who led, what to remember"))
        self.notes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        card.body.addWidget(self.notes)
        return card

    def _on_guests_typed(self) -> None:
        self._guests_pause.start()

    def _on_guests_settled(self) -> None:
        self._guests_pause.stop()
        if self.guests.value() != self._shown_guests:
            self._shown_guests = self.guests.value()
            self.guests_changed.emit(self._shown_guests)

    def _on_hours(self) -> None:
        self.hours_wanted.emit()

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._column.setSpacing(px(12))
        self.guests.setFixedWidth(px(84))
        self.notes.setMinimumHeight(px(48))  # a total in three lines still fits a small screen


def _volunteer_minutes(opened: OpenRegister) -> int:
    session: Session = opened.session
    minutes = minutes_between(session.start_time, session.end_time) or 0
    volunteers = sum(line.here and line.role is Role.VOLUNTEER for line in opened.lines)
    return minutes * volunteers
