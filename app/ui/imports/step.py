"""One step of an import: its heading, its sentence, its body."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.widgets.words import words


class Step(QWidget):
    """A step shows a reading, changes the answers, and says whether one can go on."""

    ready = Signal()
    """Go on as if Next were pressed."""

    title = ""
    next_words = "&Next"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.answers = answers
        self.about = words("", "aside", wrap=True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.about)
        book.looks.changed.connect(self._on_step_looks)
        self.about.hide()
        self._on_step_looks()

    def wanted(self, reading: Reading) -> bool:
        """Say whether there is anything to see or to answer here."""
        return bool(reading.plan.rows)

    def show_reading(self, reading: Reading) -> None:
        """Show what the file was read as, with the answers there are."""

    def missing(self) -> str:
        """Take the answers in; return what is still to be answered, in words, or nothing."""
        return ""

    def take_keyboard(self) -> None:
        """Give the keyboard to what is answered first."""

    def say(self, text: str) -> None:
        """Say what this step is about."""
        self.about.setText(text)
        self.about.setVisible(bool(text))

    def _on_step_looks(self) -> None:
        self.body.setSpacing(self.book.looks.gap(12))
