"""Who is due to be asked, and the piles that were printed."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.outcomes import Stage
from app.domain.periods import short_date
from app.services import outcomes
from app.services.outcomes import Due, DueKey, DueLook, MeasureHere, PrintedPile
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.outcomes import sheets
from app.ui.outcomes import words as said
from app.ui.people.people_model import shown_name
from app.ui.tables.blocks_model import BLOCK, BlocksModel
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
_WHOLE = 60
"""Rows of a list that is read whole."""
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
    counted = Signal()
    """How many are due is known."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._look = DueLook()
        self._shown: tuple[DueKey, ...] = ()
        """What of it was chosen, in its order."""
        self._in_hand: tuple[int, str] | None = None
        """Whose it is, and of which measure."""
        self._asked = False
        """Whether any questionnaire is asked."""
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self._titles: dict[str, str] = {}
        self._build()
        self.measure.currentIndexChanged.connect(self._on_chosen)
        self.stage.currentIndexChanged.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scrolled)
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
        self.model = BlocksModel(due_columns(self._book.today), self)
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
        """Read what is due and the piles again; in a long book the list comes some turns later."""
        self._remember()
        self._titles.clear()
        self._titles.update({one.measure.id: one.measure.title for one in here})
        self._asked = any(one.use.asked for one in here)
        self._fill_measures(here)
        self._show_piles()
        self._looking.stop()
        register, today = self._book.register, self._book.today()
        if not outcomes.is_long(register):
            self._on_found(outcomes.due_now(register, today=today))
            return
        # What is old must not be entered meanwhile.
        self._look, self._shown = DueLook(), ()
        self.model.start(0, ())
        self.count.setText(self.tr("Looking for who is due…"))
        self.enter_button.setEnabled(False)
        self.card.show()
        self.empty.hide()
        self._looking.start(outcomes.look_at_due(register, today=today), at_once=False)

    @property
    def looking(self) -> bool:
        """Whether it is not known yet what is due."""
        return self._looking.running

    def _on_found(self, look: DueLook) -> None:
        had_keyboard = self.table.hasFocus()
        self._look = look
        self._show_rows()
        self.card.setVisible(bool(look.keys))
        self.empty.setVisible(not look.keys)
        if self._asked:
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
        if had_keyboard and not look.keys:
            self.take_keyboard()
        self.counted.emit()

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

    def _on_chosen(self) -> None:
        if not self.looking:
            self._remember()
            self._show_rows()

    def _remember(self) -> None:
        """Note who is in hand, to be so in the next list too."""
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._shown):
            self._in_hand = self._named(self._shown[place])

    def _show_rows(self) -> None:
        measure, stage = self.measure.currentData(), self.stage.currentData()
        places = [one.id for one in self._look.measures]
        wanted = {place for place, name in enumerate(places) if not measure or name == measure}
        every = self._look.keys
        self._shown = tuple(
            key for key in every if key.place in wanted and (not stage or key.stage == stage)
        )
        # A short list is all there, so that its columns take the widths of their words.
        self.model.long = len(self._shown) > _WHOLE
        first = self._shown[: BLOCK if self.model.long else _WHOLE]
        rows = outcomes.read_due(self._book.register, self._look, first)
        if self.model.long:
            self.model.start(len(self._shown), rows)
        else:
            self.model.set_rows(rows)
        people = len({key.person_id for key in self._shown})
        sheets_due = texts.counted(len(self._shown), self.tr("sheet"), self.tr("sheets"))
        counted = texts.counted(people, self.tr("person"), self.tr("people"))
        self.count.setText(
            self.tr("{sheets} for {people}").format(sheets=sheets_due, people=counted)
        )
        self.enter_button.setEnabled(bool(self._shown))
        self._take_in_hand()

    def _take_in_hand(self) -> None:
        """Take in hand who was so, or else the first."""
        if self._shown:
            whose = self._in_hand[0] if self._in_hand else None
            places = (
                place
                for place, key in enumerate(self._shown)
                if key.person_id == whose and self._named(key) == self._in_hand
            )
            self.table.setCurrentIndex(self.model.index(next(places, 0), 0))
            self._on_scrolled()

    def _named(self, key: DueKey) -> tuple[int, str]:
        return key.person_id, self._look.measures[key.place].id

    def _on_scrolled(self) -> None:
        """Read the blocks in sight before they are drawn."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        if first >= 0:
            self._read(first, last if last >= 0 else first + 2 * BLOCK)

    def _read(self, first: int, last: int) -> None:
        for offset in self.model.missing(first, last):
            keys = self._shown[offset : offset + BLOCK]
            self.model.fill(offset, outcomes.read_due(self._book.register, self._look, keys))

    @property
    def number(self) -> int | None:
        """How many are due, or None while that is not known."""
        return None if self.looking else len(self._look.keys)

    @property
    def due(self) -> Due | None:
        """The one in hand."""
        place = self.table.currentIndex().row()
        self._read(place, place)
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
        shown = self._look.keys or self.looking
        (self.table if shown else self.empty.button).setFocus()
