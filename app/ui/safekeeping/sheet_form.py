"""Before a recovery sheet is made: the password, and who is to keep the sheet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import AppError, WrongPassword
from app.domain.problems import Problem
from app.services import guesses, password
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.jobs import JobContext
from app.ui.safekeeping.secret_line import SecretLine
from app.ui.widgets.line import Line
from app.ui.widgets.words import words


class SheetForm(FormDialog):
    """The book is written anew so that an earlier sheet stops working: the password is needed."""

    wanted = Signal(str, str)
    """The password, proved, and who keeps the sheet."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Make a recovery sheet", "Make the sheet", parent)
        self._book = book
        self.form.addWidget(
            words(
                self.tr(
                    "One page with 24 words that open the book when its password is lost. Print it and "
                    "give it to another member of the committee. An earlier sheet stops working."
                ),
                "aside",
                wrap=True,
            )
        )
        self.secret, self.holder = SecretLine(book.looks), Line()
        self.add_field("password", self.tr("The password of the book"), self.secret)
        self.add_field(
            "holder", self.tr("Who is to keep the sheet"), self.holder,
            hint=self.tr("A role is enough: the chair, the treasurer. Blank if you like."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Have the worker prove the password."""
        path, typed = self._book.register.path, self.secret.text()
        if path is None:
            return False
        if not typed:
            self.show_problems((Problem(code="password_old_needed", field="password"),))
            return False
        if guesses.wait_left(path, self._book.keeper.now()) > 0:
            self._refuse(self.tr("Wait a moment, then try again."))
            return False
        self.save_button.setEnabled(False)
        job = self._book.jobs.start(partial(_prove, path=path, typed=typed))
        job.done.connect(self._on_proved)
        job.failed.connect(self._on_failed)
        return False

    def _on_proved(self, _proved: object) -> None:
        self.wanted.emit(self.secret.text(), self.holder.text())
        self.accept()

    def _on_failed(self, error: AppError) -> None:
        path = self._book.register.path
        if isinstance(error, WrongPassword) and path is not None:
            guesses.note_wrong(path, self._book.keeper.now())
        self._refuse(error.text)

    def _refuse(self, text: str) -> None:
        self.save_button.setEnabled(True)
        self.fields["password"].show_problem(text)
        self.secret.setFocus()


def _prove(_context: JobContext, path: Path, typed: str) -> None:
    password.check_password(path, typed)
