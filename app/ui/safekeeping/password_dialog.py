"""Set, change or remove the password: the old one is proved, the new one typed twice."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import AppError, WrongPassword
from app.domain.passwords import may_be_password, strength
from app.domain.problems import Problem
from app.services import guesses, password
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.jobs import JobContext
from app.ui.safekeeping.secret_line import SecretLine
from app.ui.widgets.words import words

_TITLES = {
    "set": ("Set a password", "Set it"),
    "change": ("Change the password", "Change it"),
    "remove": ("Remove the password", "Remove it"),
    "words": ("Choose a new password", "Set it"),
}
_SAID = {
    "set": "Without the password nobody can read the book, from this computer, a stick or a copy. Nobody "
    "can find a lost password again: make a recovery sheet afterwards and let a second person keep it.",
    "change": "The book is written anew with the new password. Copies made before still open with the old one.",
    "remove": "Anybody who has the file can read it then: names, health, children’s contacts.",
    "words": "The book was opened with the recovery sheet. With a new password the old one is forgotten "
    "and the sheet stops working; make a new sheet afterwards.",
}


class PasswordDialog(FormDialog):
    """Hands over what is wanted once it is proved; the window carries it out with the book closed."""

    wanted = Signal(str, str, str)
    """What ("set", "change", "remove", "words"), the old password and the new one; "" for none."""

    def __init__(self, book: Book, what: str, parent: QWidget | None = None) -> None:
        title, save = _TITLES[what]
        super().__init__(book.looks, title, save, parent)
        self._book, self._what = book, what
        self.old, self.new, self.again = (SecretLine(book.looks) for _ in range(3))
        self.form.addWidget(words(self.tr(_SAID[what]), "aside", wrap=True))
        if what in {"change", "remove"}:
            self.add_field("old", self.tr("The password it has now"), self.old)
        if what != "remove":
            hint = self.tr("Three or four words in a row are easy to remember and hard to guess.")
            self.add_field("password", self.tr("The new password"), self.new, hint=hint)
            self.add_field("again", self.tr("The same again"), self.again)
            self.new.line.textChanged.connect(self._on_new)
        if what == "words":
            self.cancel_button.setText(self.tr("Later"))

    def try_to_save(self) -> bool:
        """Look at the new password, then have the worker prove the old one."""
        problems = self._problems()
        if any(problem.field == "password" for problem in problems):
            self.new.tell("")  # what is to correct says it
        self.show_problems(problems)
        path = self._book.register.path
        if problems or path is None:
            return False
        if "old" not in self.fields:
            self._hand_over()
            return True
        left = guesses.wait_left(path, self._book.keeper.now())
        if left > 0:
            self._refuse(self.tr("Wait a moment, then try again."))
            return False
        self.save_button.setEnabled(False)
        job = self._book.jobs.start(partial(_prove, path=path, typed=self.old.text()))
        job.done.connect(self._on_proved)
        job.failed.connect(self._on_failed)
        return False

    def _problems(self) -> tuple[Problem, ...]:
        found: list[Problem] = []
        if "old" in self.fields and not self.old.text():
            found.append(Problem(code="password_old_needed", field="old"))
        if "password" in self.fields:
            found += may_be_password(self.new.text(), old=self.old.text() or None)
            if not found and self.new.text() != self.again.text():
                found.append(Problem(code="password_differs", field="again"))
        return tuple(found)

    def _on_new(self, typed: str) -> None:
        said = strength(typed)
        self.new.tell(said)
        self.fields["password"].show_hint(not said)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is to correct; while it is said how good the password is, no more is."""
        super().show_problems(problems)
        if "password" in self.fields and not self.fields["password"].problem:
            self._on_new(self.new.text())

    def _on_proved(self, _proved: object) -> None:
        if (path := self._book.register.path) is not None:
            guesses.note_right(path)
        self._hand_over()
        self.accept()

    def _hand_over(self) -> None:
        self.wanted.emit(self._what, self.old.text(), self.new.text())

    def _on_failed(self, error: AppError) -> None:
        path = self._book.register.path
        if isinstance(error, WrongPassword) and path is not None:
            guesses.note_wrong(path, self._book.keeper.now())
        self._refuse(error.text)

    def _refuse(self, text: str) -> None:
        self.save_button.setEnabled(True)
        self.fields["old"].show_problem(text)
        self.old.setFocus()


def _prove(_context: JobContext, path: Path, typed: str) -> None:
    password.check_password(path, typed)
