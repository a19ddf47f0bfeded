"""Copy answers as plain text, ready to paste into a funder's website."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.returns import FilledReturn
from app.services.returns.shown import answer_text, count_text, plain_text
from app.ui.book import Book
from app.ui.widgets.menu_button import MenuButton

_THIS = "this"


class PasteMenu(MenuButton):
    """This answer, or the whole return, onto the clipboard."""

    wanted = Signal(str)
    """Something for the answer in hand, nothing for the whole return: `copy` it when it is counted."""
    copied = Signal(str)
    """What to tell: how long it is."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, self.tr("Copy"), icon="copy", parent=parent)
        self.setToolTip(self.tr("Copy plain text for a funder’s website"))
        self.this = self.own_menu.addAction(
            self.tr("&This answer, to paste into a portal"), partial(self.wanted.emit, _THIS)
        )
        self.all = self.own_menu.addAction(
            self.tr("&All answers, with their counts"), partial(self.wanted.emit, "")
        )

    def copy(self, question: str, filled: FilledReturn) -> None:
        """Put an answer, or the whole return, onto the clipboard."""
        text = answer_text(filled, question) if question else plain_text(filled)
        if not text:
            self.copied.emit(self.tr("There is no answer here yet, so nothing was copied."))
            return
        QGuiApplication.clipboard().setText(text)
        if question:
            counts = count_text(filled, question)
            self.copied.emit(self.tr("Copied: {counts}.").format(counts=counts))
        else:
            self.copied.emit(self.tr("Copied: the whole return as plain text, with every count."))
