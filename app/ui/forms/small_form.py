"""A small form: reads its fields, carries the change out, says what is to correct."""

import datetime as dt
from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog


class SmallForm(FormDialog):
    """Days and amounts that could not be read are said before anything is carried out."""

    saved = Signal(object)
    """The Done."""

    def __init__(self, book: Book, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, title, save, parent)
        self.book = book
        self._unread: list[Problem] = []

    @abstractmethod
    def carry_out(self) -> Done | Refused:
        """Read the fields with ``day_of`` and ``pence_of`` and keep what they say."""

    def text_box(self, text: str = "") -> QPlainTextEdit:
        """Return a box for some lines."""
        box = QPlainTextEdit(text)
        box.setTabChangesFocus(True)
        box.setFixedHeight(self.looks.px(58))
        return box

    def day_line(self, day: dt.date | None = None) -> DateLine:
        """Return a line for a day."""
        line = DateLine(self.book.today)
        line.show_day(day)
        return line

    def amount_line(self, pence: int | None = None) -> AmountLine:
        """Return a line for an amount."""
        line = AmountLine()
        line.show_pence(pence)
        return line

    def day_of(self, line: DateLine, key: str) -> dt.date | None:
        """Return a day typed; what cannot be read is said later."""
        day = line.day(key)
        if isinstance(day, Problem):
            self._unread.append(day)
            return None
        return day

    def pence_of(self, line: AmountLine, key: str) -> int | None:
        """Return an amount typed; what cannot be read is said later."""
        pence = line.pence(key)
        if isinstance(pence, Problem):
            self._unread.append(pence)
            return None
        return pence

    def try_to_save(self) -> bool:
        """Carry it out; False when something is to correct."""
        self._unread = []
        answer = self.book.commands.run(self._read_and_carry_out)
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer)
        return True

    def read(self) -> object:
        """Read the fields; what this gives is for ``carry_out`` to use."""
        return None

    def _read_and_carry_out(self) -> Done | Refused:
        self.read()
        if self._unread:
            return Refused(problems=tuple(self._unread))
        return self.carry_out()
