"""The passwords of the welfare notes: to begin them, to open them, to change it."""

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError, WrongPassword
from app.domain.errors import Refused as RefusedError
from app.domain.passwords import may_be_password, strength
from app.domain.problems import Problem
from app.services import guesses, password, welfare
from app.services.result import Refused
from app.services.welfare import WelfareFile
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.forms.form_dialog import FormDialog
from app.ui.jobs import JobContext
from app.ui.safekeeping.secret_line import SecretLine
from app.ui.welfare.keeping import Told, told
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words


class BeginForm(QWidget):
    """The first time: what they are for, and a password typed twice; the worker makes the file."""

    opened = Signal(object)
    """The WelfareFile."""

    def __init__(self, book: Book, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._path = book, path
        looks, tr = book.looks, self.tr
        self.new, self.again = SecretLine(looks), SecretLine(looks)
        self.new_field = Field(
            tr("A password for the notes"), self.new,
            hint=tr("Another one than the book’s. The welfare lead and one other know it."),
        )  # fmt: skip
        self.again_field = Field(tr("The same again"), self.again)
        self.go = ActionButton(looks, tr("Begin the notes"), icon="lock", primary=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(12))
        for text in (
            tr("Worries about somebody’s safety are kept apart from the register: in a file of their "
               "own beside the book, never in figures, returns, exports or the search."),
            tr("A note is never changed or taken away; who looked and who printed is kept. Nobody can "
               "find a lost password again: write it down and lock it away."),
        ):  # fmt: skip
            column.addWidget(words(text, wrap=True))
        column.addWidget(self.new_field)
        column.addWidget(self.again_field)
        _add_at_right(column, self.go)
        self.new.line.textChanged.connect(self._on_new)
        self.again.line.returnPressed.connect(self._on_go)
        self.go.clicked.connect(self._on_go)

    def take_keyboard(self) -> None:
        """Begin with the password."""
        self.new.setFocus()

    def _on_new(self, typed: str) -> None:
        self.new.tell(strength(typed))

    def _on_go(self) -> None:
        problem = _wrong_with(self.new.text(), self.again.text())
        self.new_field.show_problem(problem.text if problem and problem.field == "password" else "")
        self.again_field.show_problem(problem.text if problem and problem.field == "again" else "")
        if problem is not None:
            if problem.field == "password":
                self.new.tell("")  # what is to correct says it
            (self.new if problem.field == "password" else self.again).setFocus()
            return
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        now = self._book.keeper.now()
        job = self._book.jobs.start(partial(_begin, path=self._path, new=self.new.text(), now=now))
        job.done.connect(self._on_begun)
        job.failed.connect(self._on_failed)

    def _on_begun(self, key: str) -> None:
        now = self._book.keeper.now()
        answer = told(partial(welfare.open_notes, self._path, key, now=now))
        if isinstance(answer, Told):
            self._on_failed(answer.error)
            return
        for line in (self.new, self.again):
            line.empty()
        self.opened.emit(answer)

    def _on_failed(self, error: AppError) -> None:
        self.go.setEnabled(True)
        self.new_field.show_problem(error.text)


class OpenForm(QWidget):
    """The password of the notes; the key is made of it on the worker, as it takes a moment."""

    opened = Signal(object)
    """The WelfareFile."""

    def __init__(self, book: Book, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._path = book, path
        looks, tr = book.looks, self.tr
        self.line = SecretLine(looks)
        self.field = Field(
            tr("The password of the notes"), self.line,
            hint=tr("Not the book’s. That they were opened is kept, with your name."),
        )  # fmt: skip
        self.go = ActionButton(looks, tr("Open the notes"), icon="lock", primary=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(12))
        column.addWidget(self.field)
        _add_at_right(column, self.go)
        self.line.line.returnPressed.connect(self._on_go)
        self.go.clicked.connect(self._on_go)

    def take_keyboard(self) -> None:
        """Begin with the password."""
        self.line.setFocus()

    def _on_go(self) -> None:
        if not self.line.text() or not self.go.isEnabled():
            return
        place = welfare.place_of(self._path)
        if guesses.wait_left(place, self._book.keeper.now()) > 0:
            self._refuse(self.tr("Wait a moment, then try again."))
            return
        self.go.setEnabled(False)
        job = self._book.jobs.start(partial(_key_of, path=place, typed=self.line.text()))
        job.done.connect(self._on_key)
        job.failed.connect(self._on_failed)

    def _on_key(self, key: str) -> None:
        place, now = welfare.place_of(self._path), self._book.keeper.now()
        answer = told(partial(welfare.open_notes, self._path, key, now=now))
        if isinstance(answer, Told):
            if isinstance(answer.error, WrongPassword):
                guesses.note_wrong(place, now)
            self._refuse(answer.text)
            return
        guesses.note_right(place)
        self.go.setEnabled(True)
        self.line.empty()
        self.field.show_problem("")
        self.opened.emit(answer)

    def _on_failed(self, error: AppError) -> None:
        self._refuse(error.text)

    def _refuse(self, text: str) -> None:
        self.go.setEnabled(True)
        self.field.show_problem(text)
        self.line.setFocus()


class ChangeForm(FormDialog):
    """Another password for the notes that are open."""

    def __init__(self, book: Book, notes: WelfareFile, parent: QWidget) -> None:
        super().__init__(book.looks, "Change the notes’ password", "Change it", parent)
        self._book, self._notes = book, notes
        self.new, self.again = SecretLine(book.looks), SecretLine(book.looks)
        self.add_field(
            "password", self.tr("The new password"), self.new,
            hint=self.tr("Copies of the notes from before still open with the old one."),
        )  # fmt: skip
        self.add_field("again", self.tr("The same again"), self.again)
        self.new.line.textChanged.connect(self._on_new)

    def try_to_save(self) -> bool:
        """Have the worker make the key; the form closes once the file has it."""
        problem = _wrong_with(self.new.text(), self.again.text())
        if problem is not None:
            self.show_problems((problem,))
            return False
        self.save_button.setEnabled(False)
        job = self._book.jobs.start(partial(_key_of, path=self._notes.path, typed=self.new.text()))
        job.done.connect(self._on_key)
        job.failed.connect(self._on_failed)
        return False

    def _on_key(self, key: str) -> None:
        answer = told(partial(self._notes.change_password, key))
        if isinstance(answer, Told):
            self._on_failed(answer.error)
        else:
            self.accept()

    def _on_failed(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.notice.tell(error.text, tone="overdue")

    def _on_new(self, typed: str) -> None:
        self.new.tell(strength(typed))


def _wrong_with(new: str, again: str) -> Problem | None:
    for problem in may_be_password(new):
        return problem
    return None if new == again else Problem(code="password_differs", field="again")


def _begin(_context: JobContext, path: Path, new: str, now: dt.datetime) -> str:
    """Make the file of notes, and return the key that opens it."""
    answer = welfare.begin(path, new=new, now=now)
    if isinstance(answer, Refused):
        raise RefusedError(answer.text)
    answer.close()
    return password.key_of(welfare.place_of(path), new) or new


def _key_of(_context: JobContext, path: Path, typed: str) -> str:
    return password.key_of(path, typed) or typed


def _add_at_right(column: QVBoxLayout, button: ActionButton) -> None:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(button)
    column.addLayout(row)
    column.addStretch(1)
