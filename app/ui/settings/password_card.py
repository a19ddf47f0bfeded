"""Settings, Password and recovery: the password, the recovery sheet, when the book locks itself."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.periods import long_date
from app.services import recovery, standing
from app.services.recovery import State
from app.services.result import Refused
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.settings.own_line import KeptLine
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import rule, words
from app.ui.widgets.wrap_row import WrapRow
from app.ui.wishes import LOCK_AFTER


class PasswordCard(Card):
    """Says how it stands and asks the window to change it."""

    answered = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Password and recovery", parent)
        self._book = book
        self.told = words("", wrap=True)
        self.set_button = self._button(self.tr("Set a password…"), "lock", "set")
        self.change_button = self._button(self.tr("Change the password…"), "lock", "change")
        self.remove_button = self._button(self.tr("Remove the password…"), "", "remove")
        row = WrapRow(book.looks)
        for button in (self.set_button, self.change_button, self.remove_button):
            row.add(button)
        self.body.addWidget(self.told)
        self.body.addWidget(row)
        self._add_lock()
        self._add_sheet()

    def _button(self, text: str, icon: str, what: str) -> ActionButton:
        button = ActionButton(self._looks, text, icon=icon)
        button.clicked.connect(partial(self._book.wishes.password.emit, what))
        return button

    def _add_lock(self) -> None:
        self.after = Choice(self._looks, "")
        for minutes in LOCK_AFTER:
            text = self.tr("{n} minutes").format(n=minutes) if minutes else self.tr("Never")
            self.after.addItem(text, minutes)
        self.after.activated.connect(self._on_after)
        self._after_field = Field(
            self.tr("Lock the book when nobody was there for"), self.after,
            hint=self.tr("It also locks when the computer sleeps, and with Ctrl+L."),
        )  # fmt: skip
        self.body.addWidget(self._after_field)

    def _add_sheet(self) -> None:
        self._sheet = QWidget()
        self.body.addWidget(self._sheet)
        inner = Card(self._looks)
        inner.setProperty("look", "")
        column = inner.body
        column.setContentsMargins(0, 0, 0, 0)
        self.sheet_told = words("", wrap=True)
        self.make_button = ActionButton(
            self._looks, self.tr("Make a recovery sheet…"), icon="file-text"
        )
        self.make_button.clicked.connect(self._book.wishes.sheet)
        self.holder = KeptLine()
        self.holder.left.connect(self._on_holder)
        self._holder_field = Field(
            self.tr("Who keeps the sheet"),
            self.holder,
            hint=self.tr("A role is enough: the chair."),
        )
        self.asked = NoticeBar(self._looks)
        self.asked.acted.connect(self._on_answer)
        row = WrapRow(self._looks)
        row.add(self.make_button)
        for part in (rule(), words(self.tr("Recovery sheet"), "strong"), self.sheet_told,
                     self.asked, self._holder_field, row):  # fmt: skip
            column.addWidget(part)
        self.body.replaceWidget(self._sheet, inner)
        self._sheet.deleteLater()
        self._sheet = inner

    def show_state(self) -> None:
        """Show how the book stands."""
        register = self._book.register
        locked = register.encrypted
        self.told.setText(
            self.tr("This book has a password. Its backups have it too.")
            if locked
            else self.tr(
                "This book has no password: anybody who gets the file can read it. With one, nobody "
                "can read it from a lost or stolen computer."
            )
        )
        self.set_button.setVisible(not locked)
        for widget in (self.change_button, self.remove_button, self._after_field, self._sheet):
            widget.setVisible(locked)
        minutes = self._book.wishes.lock_after(standing.book_of(register))
        self.after.setCurrentIndex(LOCK_AFTER.index(minutes))
        if locked:
            self._show_sheet(recovery.state(register, self._book.today()))

    def _show_sheet(self, state: State) -> None:
        sheet = state.sheet
        self.holder.show_text(sheet.holder if sheet else "")
        self._holder_field.setVisible(sheet is not None and state.works)
        if sheet is None:
            told = self.tr(
                "There is none yet. If the password is forgotten, nobody can open the book. A sheet of "
                "24 words, kept by another member of the committee, can."
            )
        elif not state.works:
            told = self.tr(
                "The sheet of {day} opens this book no longer: the password was changed since. "
                "Make a new one."
            ).format(day=_day(sheet.made_on))
        else:
            told = self.tr("Made on {day}, number {mark}.").format(
                day=_day(sheet.made_on), mark=f"{sheet.mark[:4]}-{sheet.mark[4:]}"
            )
            if sheet.found_on:
                told += self.tr(" Last found on {day}.").format(day=_day(sheet.found_on))
        self.sheet_told.setText(told)
        self.make_button.setText(
            self.tr("Make a new recovery sheet…") if sheet else self.tr("Make a recovery sheet…")
        )
        self._ask(state)

    def _ask(self, state: State) -> None:
        if not state.ask:
            self.asked.clear()
            return
        self.asked.tell(
            self.tr("Can the recovery sheet still be found? Look, or ask whoever keeps it."),
            tone="due",
            actions=(("yes", self.tr("It was found")), ("no", self.tr("It cannot be found"))),
        )

    def settle(self) -> None:
        """Hand over what is typed and not left yet."""
        self.holder.settle()

    def _on_after(self) -> None:
        book = standing.book_of(self._book.register)
        self._book.wishes.choose_lock_after(book, int(self.after.currentData()))

    def _on_holder(self, holder: str) -> None:
        book = self._book
        book.commands.run(partial(recovery.note_holder, book.register, holder), origin=self)

    def _on_answer(self, key: str) -> None:
        book = self._book
        answer = book.commands.run(
            partial(recovery.answer, book.register, found=key == "yes", today=book.today())
        )
        if isinstance(answer, Refused):
            self.asked.tell(answer.text, tone="overdue")
        self.make_button.setFocus()


def _day(iso: str) -> str:
    return long_date(dt.date.fromisoformat(iso))
