"""The parts of entering: the card of one sheet, and beside it the pile and earlier answers."""

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.measures import Entry, Item, Measure
from app.domain.outcomes import METHODS, STATES, Answer, Method, Response
from app.domain.periods import short_date
from app.services.outcomes import Questions
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.outcomes import words as said
from app.ui.outcomes.answer_lines import AnswerLines
from app.ui.outcomes.sheets import Sheet
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.facts import Facts
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_MOST_EARLIER = 6

SHEET_COLUMNS: tuple[Column[Sheet], ...] = (
    Column(key="row", title="Sheet", text=lambda one: str(one.row), width=60),
    Column(key="code", title="Code", text=lambda one: one.code, width=90, look="strong"),
    Column(
        key="state", title="Entered",
        text=lambda one: STATES[one.response.state] if one.response else "Not yet",
        chip=lambda one: said.STATE_CHIPS[one.response.state] if one.response else ("due", "circle"),
    ),
)  # fmt: skip


class EntryCard(Card):
    """One sheet: the day, how it was answered, the questions."""

    goal_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, parent=parent)
        looks = book.looks
        self.day = DateLine(book.today)
        self.method = Choice(looks, "")
        for method, text in METHODS.items():
            self.method.addItem(self.tr(text), method.value)
        self.day_field = Field(self.tr("Answered on"), self.day)
        self.intro = words("", "aside", wrap=True)
        self.answers = AnswerLines(looks)
        self.goal_button = ActionButton(looks, self.tr("Set a goal…"), icon="plus")
        self.note = Line()
        row = QHBoxLayout()
        row.addWidget(self.day_field, 1)
        row.addWidget(Field(self.tr("How"), self.method), 1)
        self.body.addWidget(self.intro)
        self.body.addLayout(row)
        self.body.addWidget(self.answers)
        goal_row = QHBoxLayout()
        goal_row.addWidget(self.goal_button)
        goal_row.addStretch(1)
        self.body.addLayout(goal_row)
        self.body.addWidget(Field(self.tr("Anything to remember about it"), self.note))
        self.body.addStretch(1)
        self.goal_button.clicked.connect(self.goal_wanted)

    def show_sheet(
        self, measure: Measure, items: tuple[Item, ...], day: dt.date, method: Method, note: str,
        answers: Mapping[str, Answer],
    ) -> None:  # fmt: skip
        """Show one sheet and what is kept of it."""
        self.day.show_day(day)
        self.day_field.show_problem("")
        self.method.setCurrentIndex(self.method.findData(method.value))
        self.note.setText(note)
        goals = measure.entry is Entry.GOALS
        self.goal_button.setVisible(goals)
        self.intro.setText(_intro(measure, bool(items)))
        self.answers.show_items(items)
        self.answers.show_answers(answers)


class SheetsSide(QWidget):
    """The sheets of a pile with what is entered, and what the person answered before."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        looks = book.looks
        self.model = RowsModel(SHEET_COLUMNS, self)
        self.sheets = LedgerTable(looks, self.tr("Sheets of this pile"))
        self.sheets.setModel(self.model)
        self.pile = Card(looks, self.tr("The pile, as printed"))
        self.pile.body.addWidget(self.sheets)
        self.earlier = Card(looks, self.tr("Answered before"))
        self.facts = Facts(looks)
        self.nothing = words(self.tr("Nothing yet: this is the first time."), "aside", wrap=True)
        self.earlier.body.addWidget(self.facts)
        self.earlier.body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        column.addWidget(self.pile)
        column.addWidget(self.earlier)
        column.addStretch(1)

    def show_sheets(self, sheets: tuple[Sheet, ...], place: int) -> None:
        """Show the pile with one sheet in hand; a single sheet needs no list."""
        self.model.set_rows(sheets)
        fit(self.sheets, most=9)
        self.sheets.setCurrentIndex(self.model.index(place, 0))
        self.pile.setVisible(len(sheets) > 1)

    def show_earlier(self, asked: Questions, kept: Response | None) -> None:
        """Show what the person answered before."""
        others = [one for one in asked.earlier if kept is None or one.id != kept.id]
        self.facts.show_facts(
            tuple(
                (short_date(one.answered_on), said.came_to(one, asked.measure))
                for one in others[:_MOST_EARLIER]
            )
        )
        self.facts.setVisible(bool(others))
        self.nothing.setVisible(not others)


def _intro(measure: Measure, asked: bool) -> str:
    if measure.entry is Entry.GOALS and not asked:
        return "No goal is noted for this day. Set one in the person’s own words, then rate it."
    keys = "A number and Enter; d for declined; just Enter where it was left blank."
    return f"{measure.copyright} {keys}".strip() if measure.entry is Entry.LICENSED else keys
