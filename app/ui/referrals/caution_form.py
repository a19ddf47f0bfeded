"""A form that may be kept although something is to be looked at: it is said once, in place."""

from abc import abstractmethod
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.problems import Problem
from app.services import referrals
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog


class CautionForm(FormDialog):
    """Saves; what only is to be looked at is said, and the same pressed again keeps it all the same."""

    def __init__(self, book: Book, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, title, save, parent)
        self.book = book
        self._save_words = save
        self._warned: Any = None

    @abstractmethod
    def draft(self) -> tuple[Any, tuple[Problem, ...]]:
        """Return what is typed, comparable by ``==``, and what could not be read of it."""

    @abstractmethod
    def carry_out(self, draft: Any, *, anyway: bool) -> Done | Refused:
        """Keep it."""

    def after(self, done: Done) -> None:
        """Tell whoever waits for it."""

    def try_to_save(self) -> bool:
        """Keep what is typed; say what is to correct, or what is to be looked at first."""
        draft, problems = self.draft()
        if problems:
            self._say_problems(problems)
            return False
        anyway = self._warned is not None and draft == self._warned
        answer = self.book.commands.run(lambda: self.carry_out(draft, anyway=anyway))
        if isinstance(answer, Refused):
            if referrals.only_cautions(answer.problems):
                self._say_cautions(draft, answer.problems)
            else:
                self._say_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.after(answer)
        return True

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        self._warned = None
        self.save_button.setText(self._save_words)
        self.show_problems(problems)

    def _say_cautions(self, draft: Any, problems: tuple[Problem, ...]) -> None:
        for field in self.fields.values():
            field.show_problem("")
        self._warned = draft
        self.notice.tell(" ".join(problem.text for problem in problems))
        self.save_button.setText(self.tr("Keep it all the same"))
        self.save_button.setFocus()
