"""One step of an import: its heading, its sentence, its body."""

from PySide6.QtCore import QSize, Signal
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

    # A stack is as high as the highest of its pages, and as high as it would like to be: here only
    # the step that is shown asks for room, and only for what it needs.

    def heightForWidth(self, width: int) -> int:
        """Return the least height in a width; nothing for a step that is not shown."""
        return 0 if self.isHidden() else self.body.minimumHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """Return the least size; nothing for a step that is not shown."""
        return QSize(0, 0) if self.isHidden() else super().minimumSizeHint()

    def _on_step_looks(self) -> None:
        self.body.setSpacing(self.book.looks.gap(12))
