"""Who opened or printed the welfare notes, and when."""

import datetime as dt

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.book import Book
from app.ui.people.words import moment_words
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

Look = tuple[str, str, str]
_WIDTH, _HEIGHT = 620, 480
_WHAT = {"opened": "Opened them", "printed": "Printed a note"}


class LooksDialog(QDialog):
    """The newest first; nobody can take a line away."""

    def __init__(self, book: Book, looks: tuple[Look, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Who looked"))
        self._book = book
        gap = book.looks.gap
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(book.looks, self.tr("Who looked, and when"))
        self.table.setModel(self.model)
        self.model.set_rows(looks)
        self.close_button = ActionButton(book.looks, self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.addWidget(words(self.tr("Who looked, and when"), "heading"))
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the list wants and the screen allows."""
        super().showEvent(event)
        room, gap = self.screen().availableGeometry(), self._book.looks.gap
        self.resize(min(gap(_WIDTH), room.width() - 40), min(gap(_HEIGHT), room.height() - 60))
        self.close_button.setFocus()


def _columns() -> tuple[Column[Look], ...]:
    return (
        Column(key="when", title="When", width=220, least=190, look="strong",
               text=lambda one: moment_words(dt.datetime.fromisoformat(one[0]))),
        Column(key="who", title="Who", text=lambda one: one[1]),
        Column(key="what", title="What", width=170, least=150,
               text=lambda one: _WHAT.get(one[2], one[2])),
    )  # fmt: skip
