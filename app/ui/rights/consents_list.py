"""The log of consents: every answer, who took it, with which wording, and what is to be renewed."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consents import METHODS, PURPOSES, Standing
from app.domain.periods import short_date
from app.services import consents
from app.services.consents import Logged
from app.ui.book import Book
from app.ui.people.words import STANDINGS
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


class ConsentsList(QWidget):
    """Enter opens the person, on whose page an answer is renewed or withdrawn."""

    person_wanted = Signal(object)
    """The id of the person to show."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks, tr = book.looks, self.tr
        self.which = Choice(looks, tr("Which answers"))
        self.which.addItem(tr("Every answer"), "all")
        self.which.addItem(tr("To ask again"), "renew")
        self.told = words("", "aside", wrap=True)
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, tr("Consents"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self.empty = EmptyState(
            looks, icon="file-check", title=tr("No answers yet"),
            text=tr("What people agreed to is asked on their own pages, under Consent. Every answer is "
                    "then listed here, with who took it and when it is to be asked again."),
        )  # fmt: skip
        self.show_button = ActionButton(looks, tr("Show the person"), icon="arrow-right")
        row = self._row = WrapRow(looks)
        row.add(self.which)
        row.add(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(10))
        column.addWidget(row)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.which.currentIndexChanged.connect(self.reload)
        self.show_button.clicked.connect(self._on_show)
        self.table.opened.connect(self._on_opened)

    def reload(self) -> None:
        """Show the answers there are."""
        register, today = self._book.register, self._book.today()
        some = True
        if self.which.currentData() == "renew":
            lines = consents.to_renew(register, today)
            told = self.tr(
                "Given more than two years ago, or by a parent for somebody who is grown up now: ask "
                "again, and note the answer on the person’s page."
            )
        else:
            log = consents.log(register)
            lines, some = log.lines, bool(log.total)
            told = self.tr("The newest {count} of {total} answers.").format(
                count=f"{len(lines):,}", total=f"{log.total:,}"
            )
        self.told.setText(told if lines else self.tr("Nobody is to be asked again now."))
        for part in (self._row, self.told, self.table):
            part.setVisible(some)
        self.empty.setVisible(not some)
        self.model.set_rows(lines)
        self.show_button.setEnabled(bool(lines))
        if lines:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def show_to_renew(self) -> None:
        """Show what is to be asked again."""
        self.which.setCurrentIndex(self.which.findData("renew"))

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_show()

    def _on_show(self) -> None:
        line = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(line, Logged):
            self.person_wanted.emit(line.person_id)


def _chip(line: Logged) -> tuple[str, str]:
    _, tone, icon = STANDINGS[line.consent.standing]
    return ("plain" if line.consent.standing is Standing.WITHDRAWN else tone), icon


def _standing(line: Logged) -> str:
    word = STANDINGS[line.consent.standing][0]
    on = line.consent.withdrawn_on
    return f"{word} {short_date(on)}" if on else word


def _columns() -> tuple[Column[Logged], ...]:
    return (
        Column(key="on", spare=2, title="Asked", text=lambda one: short_date(one.consent.asked_on), width=150,
               least=134, sort=lambda one: one.consent.asked_on),
        Column(key="who", title="Who", text=lambda one: one.full_name, look="strong"),
        Column(key="for", title="For", text=lambda one: PURPOSES[one.consent.purpose]),
        Column(key="standing", title="Answer", text=_standing, chip=_chip, width=232,
               least=204),
        Column(key="taken", title="Who took it", text=lambda one: one.consent.taken_by, width=150,
               spare=2),
        Column(key="wording", title="Wording", width=130, spare=1,
               text=lambda one: one.consent.wording_version),
        Column(key="how", title="How", width=140, spare=1,
               text=lambda one: METHODS.get(one.consent.method, "")),
    )  # fmt: skip
