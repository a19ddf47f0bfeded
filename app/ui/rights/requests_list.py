"""The log of requests and complaints, of one person or of all, with the days left to answer."""

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.periods import short_date
from app.domain.rights import REQUESTS, Request, RequestKind
from app.services import rights
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.rights import words as said
from app.ui.rights.request_dialog import RequestDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_ROWS = 8


class RequestsList(QWidget):
    """Enter opens a request to change or answer it."""

    def __init__(self, book: Book, *, of_one: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._of_one = book, of_one
        self._person_id: PersonId | None = None
        looks, tr = book.looks, self.tr
        self.model = RowsModel(self._columns(), self)
        self.table = LedgerTable(looks, tr("Requests and complaints"))
        self.table.setModel(self.model)
        self.nothing = words(
            tr("Nothing yet. Whoever asks what you hold, or complains, is noted here: the answer is "
               "due within a month."), "aside", wrap=True,
        )  # fmt: skip
        self.add = ActionButton(looks, tr("Note a request…"), icon="plus")
        self.change = ActionButton(looks, tr("Answer or change…"), icon="pencil")
        self.bin = ActionButton(looks, tr("Entered by mistake"), icon="trash-2")
        row = WrapRow(looks)
        for button in (self.add, self.change, self.bin):
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.table, self.nothing, row):
            column.addWidget(widget)
        self.add.clicked.connect(self._on_add)
        self.change.clicked.connect(self._on_change)
        self.bin.clicked.connect(self._on_bin)
        self.table.opened.connect(self._on_opened)

    def _columns(self) -> tuple[Column[Request], ...]:
        today = self._book.today
        who: tuple[Column[Request], ...] = (
            Column(key="who", title="Who", text=lambda r: rights.who_asks(self._book.register, r)),
        )
        return (
            Column(key="on", title="Came", text=lambda r: short_date(r.received_on), width=150,
                   least=134, look="strong", sort=lambda r: r.received_on),
            Column(key="kind", title="What", text=lambda r: REQUESTS[r.kind]),
            *(() if self._of_one else who),
            Column(key="left", title="Answer", text=lambda r: said.clock_words(r, today()),
                   chip=lambda r: said.clock_look(r, today()), width=150, least=140),
            Column(key="until", title="Until", text=lambda r: said.until_words(r, today()), width=230,
                   least=150, spare=1),
            Column(key="outcome", title="What was answered", text=lambda r: r.outcome, look="aside",
                   spare=1),
        )  # fmt: skip

    def show_of(self, person_id: PersonId | None) -> None:
        """Show the requests of a person, or of all."""
        self._person_id = person_id
        place = self.table.currentIndex().row()
        found = rights.list_requests(self._book.register, person_id)
        self.model.set_rows(sorted(found, key=lambda one: not one.open))
        fit(self.table, most=_ROWS)
        self.nothing.setVisible(not found)
        for button in (self.change, self.bin):
            button.setVisible(bool(found))
        if found:
            self.table.setCurrentIndex(self.model.index(min(max(0, place), len(found) - 1), 0))

    @property
    def request(self) -> Request | None:
        """The request in hand."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Request) else None

    def ask(self, kind: RequestKind) -> None:
        """Open the form for a request of a kind."""
        RequestDialog(self._book, self.window(), person_id=self._person_id, kind=kind).open()

    def _on_add(self) -> None:
        self.ask(RequestKind.ACCESS)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_change(self) -> None:
        if self.request is not None:
            RequestDialog(self._book, self.window(), request=self.request, answering=True).open()

    def _on_bin(self) -> None:
        if self.request is not None:
            work = partial(rights.put_request_in_bin, self._book.register, self.request.id)
            self._book.commands.run(work)
            self.add.setFocus()
