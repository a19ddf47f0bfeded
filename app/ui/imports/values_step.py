"""After the columns: answers that are not known by themselves, each given a meaning or left blank."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import imports
from app.services.imports import REFERRAL_ONLY, Field, ValueMeaning
from app.ui.book import Book
from app.ui.imports import words as said
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.meaning_row import MeaningRow, Met
from app.ui.imports.step import Step
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import rule, words

_BLANK = "not_asked"
_MOST_SHOWN = 120
"""A column with more different answers is not a column of answers."""


class ValuesStep(Step):
    """Every answer that is not understood, by column, with its count and what it can mean."""

    title = "What do these answers mean?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        self.rows: list[tuple[ValueMeaning, MeaningRow]] = []
        self._shown: tuple[ValueMeaning, ...] | None = None
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, book.looks.gap(8), 0)
        self.area = scrolling(self._holder)
        self.body.addWidget(self.area, 1)
        self.say(
            self.tr(
                "These could not be understood by themselves. Say what each one means; what you leave "
                "as it is stays blank in the book (of a referral, it stays in its notes), and is listed "
                "in the report."
            )
        )

    def wanted(self, reading: Reading) -> bool:
        """Only where an answer was not understood by itself."""
        return bool(_values(reading))

    def show_reading(self, reading: Reading) -> None:
        """Show the answers, those of one column together."""
        values = _values(reading)
        if values == self._shown:
            return
        self._shown = values
        self._clear()
        before = ""
        for value in values[:_MOST_SHOWN]:
            field = Field(value.taken_as)
            if value.taken_as != before:
                before = value.taken_as
                self._column.addWidget(words(_heading(value), "heading", wrap=True))
            offered = tuple((c, w) for c, w in imports.words_of(field).items() if c != _BLANK)
            met = Met(
                written=value.written, shown=value.written, count=value.count,
                meaning=value.code or _BLANK, column=value.header,
            )  # fmt: skip
            row = MeaningRow(self.book, met, ((_BLANK, self._left_as_it_is(field)), *offered))
            self.rows.append((value, row))
            self._column.addWidget(row)
            self._column.addWidget(rule())
        self._column.addStretch(1)

    def _left_as_it_is(self, field: Field) -> str:
        if field in REFERRAL_ONLY:
            return self.tr("Only in its notes")
        return self.tr("Leave blank: not asked")

    def missing(self) -> str:
        """Take the meanings in; nothing has to be said."""
        for value, row in self.rows:
            if row.answer != row.before:
                self.answers.set_value(value.taken_as, value.written, row.answer)
        return ""

    def take_keyboard(self) -> None:
        """Begin with the first that nobody has given a meaning."""
        first = next((row for _, row in self.rows if row.answer == _BLANK), None)
        if first is not None or self.rows:
            (first or self.rows[0][1]).choice.setFocus()

    def _clear(self) -> None:
        self.rows = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _values(reading: Reading) -> tuple[ValueMeaning, ...]:
    return tuple(value for value in reading.plan.values if value.taken_as != "mark")


def _heading(value: ValueMeaning) -> str:
    name = said.word_of(value.taken_as)
    return value.header if value.header.casefold() == name.casefold() else f"{value.header}: {name}"
