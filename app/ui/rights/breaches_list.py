"""The log of breaches, with the hours left to tell the ICO."""

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.rights import Breach
from app.services import rights, rights_papers
from app.ui.book import Book
from app.ui.people.words import moment_words
from app.ui.rights import words as said
from app.ui.rights.breach_dialog import BreachDialog
from app.ui.rights.paper_dialog import PaperDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


class BreachesList(QWidget):
    """Enter opens a breach; its page says what to do."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks, tr = book.looks, self.tr
        self.model = RowsModel(self._columns(), self)
        self.table = LedgerTable(looks, tr("Breaches"))
        self.table.setModel(self.model)
        self.table.keep_rows(3)
        self.guide = words(
            "\n".join(f"{place}. {line}" for place, line in enumerate(rights_papers.GUIDANCE, 1)),
            "aside", wrap=True,
        )  # fmt: skip
        self.add = ActionButton(looks, tr("Note a breach…"), icon="plus")
        self.change = ActionButton(looks, tr("Change…"), icon="pencil")
        self.paper = ActionButton(looks, tr("Print its page…"), icon="printer")
        self.bin = ActionButton(looks, tr("Entered by mistake"), icon="trash-2")
        row = WrapRow(looks)
        for button in (self.add, self.change, self.paper, self.bin):
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(10))
        guide = QWidget()
        lines = QVBoxLayout(guide)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.guide)
        lines.addStretch(1)
        column.addWidget(scrolling(guide), 1)  # whole at any text size, and begun at the top
        column.addWidget(self.table, 1)
        column.addWidget(row)
        self.add.clicked.connect(self._on_add)
        self.change.clicked.connect(self._on_change)
        self.paper.clicked.connect(self._on_paper)
        self.bin.clicked.connect(self._on_bin)
        self.table.opened.connect(self._on_opened)

    def _columns(self) -> tuple[Column[Breach], ...]:
        now = self._book.keeper.now
        return (
            Column(key="at", title="Noticed", text=lambda b: moment_words(b.noticed_at), width=210,
                   least=190, look="strong", sort=lambda b: b.noticed_at),
            Column(key="what", title="What happened", text=lambda b: " ".join(b.what.split())),
            Column(key="people", title="People", width=90, spare=1,
                   text=lambda b: "" if b.people is None else f"{b.people:,}"),
            Column(key="left", title="ICO", text=lambda b: said.breach_words(b, now()), width=170,
                   least=150, chip=lambda b: said.breach_look(b, now())),
        )  # fmt: skip

    def reload(self) -> None:
        """Show the breaches there are."""
        place = self.table.currentIndex().row()
        found = rights.list_breaches(self._book.register)
        self.model.set_rows(found)
        self.table.setVisible(bool(found))
        for button in (self.change, self.paper, self.bin):
            button.setVisible(bool(found))
        if found:
            self.table.setCurrentIndex(self.model.index(min(max(0, place), len(found) - 1), 0))

    @property
    def breach(self) -> Breach | None:
        """The breach in hand."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Breach) else None

    def _on_add(self) -> None:
        BreachDialog(self._book, self.window()).open()

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_change(self) -> None:
        if self.breach is not None:
            BreachDialog(self._book, self.window(), self.breach).open()

    def _on_paper(self) -> None:
        if self.breach is not None:
            page = rights_papers.breach_page(
                self._book.register, self.breach, now=self._book.keeper.now()
            )
            PaperDialog(self._book, page, parent=self.window()).open()

    def _on_bin(self) -> None:
        if self.breach is not None:
            work = partial(rights.put_breach_in_bin, self._book.register, self.breach.id)
            self._book.commands.run(work)
            self.add.setFocus()
