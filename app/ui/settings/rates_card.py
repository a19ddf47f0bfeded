"""Rates: what an hour of a volunteer is worth, from which day, and by what source."""

import datetime as dt

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.settings import RateLine
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.tables.delegate import row_height
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_ROWS_SHOWN = 5


class RatesCard(Card):
    """The rates there are, newest first; one's own can be stated and taken away."""

    stated = Signal(object, str, str)
    """From which day, pounds as typed, the source."""
    removed = Signal(object)
    """The day from which the rate counted."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Rates", parent)
        self._book = book
        self.body.addWidget(
            words(
                self.tr(
                    "What an hour of a volunteer’s time is worth, for match funding. The program brings "
                    "the National Living Wage; a rate of your own goes before it from its day on."
                ),
                "aside", wrap=True,
            )
        )  # fmt: skip
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(book.looks, self.tr("Rates of a volunteer’s hour"))
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._on_in_hand)
        self.body.addWidget(self.table)
        self.remove = ActionButton(book.looks, self.tr("Take this rate away"))
        self.remove.clicked.connect(self._on_remove)
        self._add_fields()
        book.looks.changed.connect(self._on_rates_looks)
        self._on_rates_looks()

    def _add_fields(self) -> None:
        self.day = DateLine(self._book.today)
        self.pounds, self.source = Line(), Line()
        self.pounds.setPlaceholderText("12.21")
        self.source.setPlaceholderText(self.tr("Our funder’s letter of 3 May"))
        self.day_field = Field(self.tr("From"), self.day)
        self.pounds_field = Field(self.tr("Pounds an hour"), self.pounds)
        self.add = ActionButton(self._looks, self.tr("State this rate"), icon="plus")
        self.add.clicked.connect(self._on_add)
        self.source.returnPressed.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self.day_field, 2)
        row.addWidget(self.pounds_field, 2)
        row.addWidget(Field(self.tr("Where it comes from"), self.source), 4)
        self.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_rates(self, lines: tuple[RateLine, ...]) -> None:
        """Show the rates there are."""
        self.model.set_rows(lines)
        self._on_in_hand(self.table.currentIndex(), QModelIndex())

    def show_problem(self, problem: Problem | None) -> None:
        """Say what is to correct beside its field."""
        text = problem.text if problem else ""
        self.pounds_field.show_problem(text)

    def clear_fields(self) -> None:
        """Empty the fields for the next rate."""
        for line in (self.day, self.pounds, self.source):
            line.clear()

    def _on_in_hand(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        self.remove.setVisible(line is not None and line.own)

    def _on_add(self) -> None:
        day = self.day.day("from_on")
        if not isinstance(day, dt.date):
            problem = day or Problem(code="date_needed", field="from_on")
            self.day_field.show_problem(problem.text)
            self.day.setFocus()
            return
        self.day_field.show_problem("")
        self.stated.emit(day, self.pounds.text(), self.source.text())

    def _on_remove(self) -> None:
        line = self.model.row_at(self.table.currentIndex().row())
        if line is not None and line.own:
            self.removed.emit(line.from_on)

    def _on_rates_looks(self) -> None:
        self.table.setFixedHeight((_ROWS_SHOWN + 1) * row_height(self._looks) + 8)


def _columns() -> tuple[Column[RateLine], ...]:
    return (
        Column(
            key="from", title="From", width=170, least=142, text=lambda r: short_date(r.from_on),
            sort=lambda r: r.from_on,
        ),
        Column(
            key="pounds", title="An hour", width=110, least=86, look="strong",
            text=lambda r: f"£{r.pence / 100:,.2f}", sort=lambda r: r.pence,
        ),
        Column(key="source", title="Where it comes from", text=lambda r: _bare(r.source), spare=True),
        Column(
            key="whose", title="Whose", width=170, least=140,
            text=lambda r: "Your own" if r.own else "The program’s",
            chip=lambda r: ("good", "check") if r.own else ("plain", "book-open"),
        ),
    )  # fmt: skip


def _bare(source: str) -> str:
    """Return a source without its tag for builders: "[S106]"."""
    return source.partition(" [")[0]
