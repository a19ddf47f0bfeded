"""Type the password, or the words of the recovery sheet; a wrong one makes the next wait."""

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services import guesses
from app.ui.appearance import Appearance
from app.ui.forms.field import Field
from app.ui.safekeeping.secret_line import SecretLine
from app.ui.safekeeping.words_edit import WordsEdit
from app.ui.widgets.buttons import ActionButton

_LOOK_MS = 200
"""How often it is looked whether the wait is over."""


class UnlockForm(QWidget):
    """One field at a time, and its button; whoever holds it tries what was typed."""

    typed = Signal(str)
    """What is to be tried; ``by_words`` says which of the two it is."""

    def __init__(
        self,
        looks: Appearance,
        of: Path,
        *,
        open_word: str,
        now: Callable[[], dt.datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.of, self.by_words, self.now = of, False, now
        self._word, self._problem, self._busy = open_word, "", False
        self.secret = SecretLine(looks)
        self.words = WordsEdit(looks)
        self.secret_field = Field(self.tr("Password"), self.secret)
        self.words_field = Field(
            self.tr("The 24 words, in the order of their numbers"),
            self.words,
        )
        self.words_field.hide()
        self.button = ActionButton(looks, open_word, icon="check", primary=True)
        self.button.setDefault(True)
        self.other = ActionButton(looks, self.tr("I have the recovery &sheet"), link=True)
        self._lay_out(looks)
        self.setFocusProxy(self.secret)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.button.clicked.connect(self.hand_over)
        self.words.finished.connect(self.hand_over)
        self.secret.line.returnPressed.connect(self.hand_over)
        self.other.clicked.connect(self._on_other)
        self.look()

    def _lay_out(self, looks: Appearance) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(12))
        column.addWidget(self.secret_field)
        column.addWidget(self.words_field)
        self.row = QHBoxLayout()
        self.row.setSpacing(looks.px(8))
        self.row.addWidget(self.other)
        self.row.addStretch(1)
        self.row.addWidget(self.button)
        column.addLayout(self.row)

    @property
    def busy(self) -> bool:
        """Whether what was typed is being tried."""
        return self._busy

    @property
    def waits(self) -> bool:
        """Whether a wrong password makes the next one wait."""
        return self._timer.isActive()

    def hand_over(self) -> None:
        """Have what is typed tried, unless it must wait or cannot be right."""
        if self._busy or self.waits:
            return
        if self.by_words:
            problem = self.words.problem()
            self.words_field.show_problem(problem)
            if problem:
                return
            text = self.words.text()
        else:
            text = self.secret.text()
            if not text:
                self.secret_field.show_problem(self.tr("Type the password."))
                return
        self.show_busy(busy=True)
        self.typed.emit(text)

    def refuse(self, text: str) -> None:
        """Say why what was typed did not open it; it stays, to be put right."""
        self.show_busy(busy=False)
        self._problem = text
        self.look()
        editor = self.words if self.by_words else self.secret
        editor.setFocus()
        if not self.by_words:
            self.secret.line.selectAll()

    def show_busy(self, *, busy: bool) -> None:
        """Say that it is being tried."""
        self._busy = busy
        self.button.setText(self.tr("Trying …") if busy else self._word)
        self.button.setEnabled(not busy)

    def empty(self) -> None:
        """Forget everything that was typed."""
        self.secret.empty()
        self.words.empty()

    def look(self) -> None:
        """Look how long the next password still has to wait, and say it."""
        left = guesses.wait_left(self.of, self.now())
        told = self._problem
        if left > 0:
            seconds = math.ceil(left)
            more = self.tr("Try again in {seconds} s.").format(seconds=seconds)
            told = f"{told} {more}".strip()
            if not self.waits:
                self._timer.start()
        elif self.waits:
            self._timer.stop()
        field = self.words_field if self.by_words else self.secret_field
        if field.problem != told:
            field.show_problem(told)
        self.button.setEnabled(not self._busy and left <= 0)

    def _on_other(self) -> None:
        self.by_words = not self.by_words
        self.words_field.setVisible(self.by_words)
        self.secret_field.setVisible(not self.by_words)
        self.other.setText(
            self.tr("I have the pa&ssword")
            if self.by_words
            else self.tr("I have the recovery &sheet")
        )
        self._problem = ""
        self.look()
        (self.words if self.by_words else self.secret).setFocus()
