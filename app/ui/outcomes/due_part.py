"""Who is due to be asked, and the piles that were printed."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.outcomes import Stage
from app.domain.periods import short_date
from app.services import outcomes
from app.services.outcomes import Due, MeasureHere, PrintedPile
from app.ui import texts
from app.ui.book import Book
from app.ui.outcomes import sheets
from app.ui.outcomes import words as said
from app.ui.people.people_model import shown_name
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_LONG = 14
"""Days late from which it is said in the strongest tone."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def due_columns(today: Callable[[], dt.date]) -> tuple[Column[Due], ...]:
    """Return the columns of the list; how late each is depends on the day."""

    def chip(one: Due) -> tuple[str, str] | None:
        days = one.days_late(today())
        return ("overdue" if days > _LONG else "due", "clock") if days else None

    def when(one: Due) -> str:
        days = one.days_late(today())
        return texts.counted(days, "day late", "days late") if days else "Today"

    return (
        Column(key="name", title="Name", text=lambda one: shown_name(one.person), look="strong"),
        Column(key="measure", title="Questionnaire", text=lambda one: one.measure.title),
        Column(
            key="stage", title="Which time", text=lambda one: said.STAGE_WORDS[one.stage], width=110,
            spare=True,
        ),
        Column(key="late", title="Due", text=when, width=150, least=140, chip=chip),
        Column(
            key="on", title="Since", text=lambda one: short_date(one.due_on), width=146, spare=True,
            look="aside",
        ),
        Column(
            key="came", title="Last came", width=146, spare=True, look="aside",
            text=lambda one: short_date(one.last_came_on) if one.last_came_on else "",
        ),
    )  # fmt: skip


def pile_columns(titles: dict[str, str]) -> tuple[Column[PrintedPile], ...]:
    """Return the columns of the printed piles."""

    def entered(pile: PrintedPile) -> str:
        return f"{pile.entered} of {len(pile.people)}"

    def chip(pile: PrintedPile) -> tuple[str, str]:
        done = pile.entered >= len(pile.people)
        return ("good", "check") if done else ("due", "file-text")

    return (
        Column(
            key="title", title="Printed", look="strong",
            text=lambda p: f"{texts.day_and_month(p.printed_at.date())} · {titles.get(p.measure, '')}",
        ),
        Column(key="entered", title="Entered", text=entered, width=120, chip=chip),
    )  # fmt: skip


class DuePart(QWidget):
    """The list of what is due; beside it the printed piles."""

    enter_wanted = Signal(object)
    """The Sheet of somebody who is due."""
    pile_wanted = Signal(object)
    """The id of a pile to enter."""
    pages_wanted = Signal(object)
    """The id of a pile to print again."""
    print_wanted = Signal(str)
    """A pile is to be printed: the measure chosen, or ""."""
    measures_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._every: tuple[Due, ...] = ()
        self._titles: dict[str, str] = {}
        self._build()
        self.measure.currentIndexChanged.connect(self._show_rows)
        self.stage.currentIndexChanged.connect(self._show_rows)
        self.table.opened.connect(self._on_opened)
        self.enter_button.clicked.connect(self._on_enter)
        self.print_button.clicked.connect(self._on_print)
        self.empty.acted.connect(self.measures_wanted)
        self.piles.opened.connect(self._on_pile)
        self.pile_button.clicked.connect(self._on_pile)
        self.pages_button.clicked.connect(self._on_pages)

    def _build(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.measure = Choice(looks, tr("Questionnaire"))
        self.stage = Choice(looks, tr("Which time"))
        for text, value in (
            (tr("First and follow-up"), ""),
            (tr("First time"), Stage.START.value),
            (tr("Follow-up"), Stage.FOLLOW_UP.value),
        ):
            self.stage.addItem(text, value)
        self.count = words("", "aside")
        row = WrapRow(looks)
        row.add(self.measure)
        row.add(self.stage)
        row.add(self.count)
        self.model = RowsModel(due_columns(self._book.today), self)
        self.table = LedgerTable(looks, tr("Questionnaires due"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.enter_button = ActionButton(looks, tr("Enter answers"), icon="list-checks")
        self.print_button = ActionButton(looks, tr("Print a pile…"), icon="printer")
        under = WrapRow(looks)
        under.add(self.enter_button)
        under.add(self.print_button)
        self.card = Card(looks)
        self.card.body.addWidget(row)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(under)
        self.empty = EmptyState(looks, icon="smile", title="", text="")
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card, 1)
        column.addWidget(self.empty, 1)
        self.columns = TwoColumns(looks, main, self._build_piles(), needed=900, side_width=340)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.columns, 1)

    def _build_piles(self) -> QWidget:
        looks, tr = self._book.looks, self.tr
        card = Card(looks, tr("Printed piles"))
        self.pile_model = RowsModel(pile_columns(self._titles), self)
        self.piles = LedgerTable(looks, tr("Printed piles"))
        self.piles.setModel(self.pile_model)
        self.piles.keep_rows(3)
        self.no_pile = words(
            tr(
                "None yet. A pile has one sheet for each person, with a code instead of the name; "
                "its sheets are entered in the order in which they were printed."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.pile_button = ActionButton(looks, tr("Enter the pile"), icon="list-checks")
        self.pages_button = ActionButton(looks, tr("Its pages…"), icon="file-text")
        row = WrapRow(looks)
        row.add(self.pile_button)
        row.add(self.pages_button)
        card.body.addWidget(self.no_pile)
        card.body.addWidget(self.piles, 1)
        card.body.addWidget(row)
        card.body.addStretch(0)
        return card

    # --- showing -----------------------------------------------------------------------------

    def show_due(self, here: tuple[MeasureHere, ...]) -> None:
        """Read what is due and the piles again."""
        register, today = self._book.register, self._book.today()
        self._every = outcomes.due_list(register, today=today)
        self._titles.clear()
        self._titles.update({one.measure.id: one.measure.title for one in here})
        self._fill_measures(here)
        self._show_rows()
        asked = any(one.use.asked for one in here)
        self.card.setVisible(bool(self._every))
        self.empty.setVisible(not self._every)
        if asked:
            self.empty.say(
                self.tr("Nothing is due"),
                self.tr("Whoever came lately has been asked, and nobody is due again yet."),
            )
        else:
            self.empty.say(
                self.tr("No questionnaire is asked yet"),
                self.tr("Choose what you want to ask people, before and after."),
                self.tr("Choose measures"),
            )
        self._show_piles()

    def _show_piles(self) -> None:
        place = max(0, self.piles.currentIndex().row())
        rows = outcomes.piles(self._book.register)
        self.pile_model.set_rows(rows)
        self.piles.setVisible(bool(rows))
        self.no_pile.setVisible(not rows)
        self.pile_button.setVisible(bool(rows))
        self.pages_button.setVisible(bool(rows))
        if rows:
            self.piles.setCurrentIndex(self.pile_model.index(min(place, len(rows) - 1), 0))

    def _fill_measures(self, here: tuple[MeasureHere, ...]) -> None:
        wanted = self.measure.currentData()
        self.measure.blockSignals(True)  # filled, not chosen
        self.measure.clear()
        self.measure.addItem(self.tr("Every questionnaire"), "")
        for one in here:
            if one.use.asked:
                self.measure.addItem(one.measure.title, one.measure.id)
        self.measure.setCurrentIndex(max(0, self.measure.findData(wanted)))
        self.measure.blockSignals(False)

    def _show_rows(self) -> None:
        before = self.due
        measure, stage = self.measure.currentData(), self.stage.currentData()
        rows = tuple(
            one
            for one in self._every
            if (not measure or one.measure.id == measure) and (not stage or one.stage == stage)
        )
        self.model.set_rows(rows)
        people = len({one.person.id for one in rows})
        sheets_due = texts.counted(len(rows), self.tr("sheet"), self.tr("sheets"))
        counted = texts.counted(people, self.tr("person"), self.tr("people"))
        self.count.setText(
            self.tr("{sheets} for {people}").format(sheets=sheets_due, people=counted)
        )
        self.enter_button.setEnabled(bool(rows))
        if rows:
            key = (before.person.id, before.measure.id) if before else None
            keys = [(one.person.id, one.measure.id) for one in rows]
            place = keys.index(key) if key in keys else 0
            self.table.setCurrentIndex(self.model.index(place, 0))

    @property
    def number(self) -> int:
        """How many are due."""
        return len(self._every)

    @property
    def due(self) -> Due | None:
        """The one in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Due) else None

    @property
    def pile(self) -> PrintedPile | None:
        """The pile in hand."""
        one = self.piles.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, PrintedPile) else None

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self._on_enter()

    def _on_enter(self) -> None:
        one = self.due
        if one is not None:
            codes = outcomes.codes_of(self._book.register, (one.person.id,))
            self.enter_wanted.emit(sheets.of_due(one, codes.get(one.person.id, "")))

    def _on_print(self) -> None:
        self.print_wanted.emit(self.measure.currentData() or "")

    def _on_pile(self, *_index: object) -> None:
        if self.pile is not None:
            self.pile_wanted.emit(self.pile.id)

    def _on_pages(self) -> None:
        if self.pile is not None:
            self.pages_wanted.emit(self.pile.id)

    def take_keyboard(self) -> None:
        """Begin with the list."""
        (self.table if self._every else self.empty.button).setFocus()
