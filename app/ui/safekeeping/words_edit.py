"""Where the twenty-four words of a recovery sheet are typed: four letters of each are enough."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.recovery import WORDS, may_be_words, whole_word, words_in
from app.ui.appearance import Appearance
from app.ui.widgets.words import words

_FINISHED = re.compile(r"([A-Za-z]+)$")
_LINES = 5


class _Words(QPlainTextEdit):
    """Makes a word whole when it is left; Tab goes on to the next control."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A space or comma finishes a word; Enter does too, and after the last asks to open."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._complete()
            if len(words_in(self.toPlainText())) >= WORDS:
                self.finished.emit()
            else:
                self.insertPlainText(" ")
            return
        if event.text() in {" ", ","}:
            self._complete()
        super().keyPressEvent(event)

    def _complete(self) -> None:
        """Put the whole word in the place of its first four letters."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        found = _FINISHED.search(before)
        whole = whole_word(found[1].casefold()) if found else None
        if found and whole and whole != found[1]:
            keep = QTextCursor.MoveMode.KeepAnchor
            left = QTextCursor.MoveOperation.Left
            cursor.movePosition(left, keep, len(found[1]))
            cursor.insertText(whole)


class WordsEdit(QWidget):
    """The words, how many there are so far, and which of them are mistyped, by number."""

    finished = Signal()
    """Enter after the last word."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Words()
        self.edit.setAccessibleName(self.tr("The words of the recovery sheet"))
        self.told = words("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(3))
        column.addWidget(self.edit)
        column.addWidget(self.told)
        self.setFocusProxy(self.edit)
        self._looks = looks
        self.edit.textChanged.connect(self._on_changed)
        self.edit.finished.connect(self.finished)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self._on_changed()

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.toPlainText()

    def empty(self) -> None:
        """Forget what is typed."""
        self.edit.clear()

    def problem(self) -> str:
        """Return what stands against the words, or nothing."""
        found = may_be_words(self.text())
        return found[0].text if found else ""

    def _on_changed(self) -> None:
        typed = words_in(self.text())
        done = typed if self.text()[-1:] in {" ", ",", "\n"} else typed[:-1]
        wrong = [str(n) for n, word in enumerate(done, start=1) if whole_word(word) is None]
        told = self.tr("{count} of {all} words. Four letters of each are enough.").format(
            count=len(typed), all=WORDS
        )
        if wrong:
            told = (
                self.tr("Not a word of a sheet: number {wrong}. ").format(wrong=", ".join(wrong))
                + told
            )
        self.told.setText(told)

    def _on_looks_changed(self) -> None:
        line = self.edit.fontMetrics().lineSpacing()
        self.edit.setFixedHeight(line * _LINES + self._looks.px(18))
