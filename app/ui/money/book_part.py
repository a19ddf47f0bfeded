"""The book: every receipt, payment and transfer, the newest first, with the balance after it."""

from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import EntryId
from app.domain.money import pounds
from app.services import money
from app.services.money import LookedMoney, MoneyRow, NewestMoney
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.money.book_filters import BIN, BookFilters
from app.ui.money.book_table import BookModel, BookTable
from app.ui.money.cost_card import CostCard
from app.ui.money.grant_bars import GrantBars, clear_layout
from app.ui.people.search_line import SearchLine
from app.ui.tables.blocks_model import BLOCK
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.texts import counted
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST_LETTERS = 200
_MOST_GRANTS = 3
_CALM_MS = 250
"""Whoever only passes by looks through no long book."""
_SIDE = 300


class BookPart(QWidget):
    """Search and choices over the list; beside it how the grants stand."""

    opened = Signal(object)
    """The id of the entry to change."""
    bin_wanted = Signal(object)
    """The MoneyRow to put in the bin, or to take out of it."""
    grant_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.looked: LookedMoney | None = None
        self._wanted = money.WantedMoney()
        self._keep: EntryId | None = None
        self._newest: NewestMoney | None = None
        """What a long book begins with, until it is looked through."""
        self._stands = False
        """Whether the list stands there already, of what is looked for."""
        self._gathering = Gathering(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._look_through)
        self._cards_of: object = None
        """The grants, and the day, of the cards beside the list."""
        self._build()
        self._connect()

    def _build(self) -> None:
        looks = self.book.looks
        self.search = SearchLine()
        self.search.setMaxLength(_MOST_LETTERS)
        self.search.setPlaceholderText(self.tr("Who, what for, reference or amount"))
        self.search.setAccessibleName(self.tr("Find in the book"))
        self.search.show_icon(looks, "search")
        self.filters = BookFilters(self.book)
        self.model = BookModel(self.book.today, self)
        self.table = BookTable(looks, self.tr("Cash book"))
        self.table.setModel(self.model)
        self.card = Card(looks)
        self.card.body.addWidget(self.table, 1)
        self.none = EmptyState(looks, icon="search", title="", text="")
        self.none.hide()
        self.card.body.addWidget(self.none, 1)
        self.open_button = ActionButton(looks, self.tr("Open"), icon="pencil")
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.sums = words("", "aside")
        under = WrapRow(looks)
        for widget in (self.open_button, self.bin_button, self.sums):
            under.add(widget)
        self.card.body.addWidget(under)
        area = self._build_side()
        self.columns = TwoColumns(looks, self.card, area, needed=860, side_width=_SIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.filters)
        column.addWidget(self.columns, 1)

    def _build_side(self) -> QWidget:
        looks = self.book.looks
        self.side = QWidget()
        beside = QVBoxLayout(self.side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(looks.gap(16))
        self.side_lines = QVBoxLayout()
        self.side_lines.setSpacing(looks.gap(16))
        self.cost = CostCard(self.book)
        beside.addLayout(self.side_lines)
        beside.addWidget(self.cost)
        beside.addStretch(1)
        area = scrolling(self.side)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area.setMinimumHeight(looks.px(120))
        self.side_area = area
        return area

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_asked)
        self.search.went_down.connect(self.table.setFocus)
        self.filters.changed.connect(self._on_asked)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_letter)
        self.table.bin_wanted.connect(self._on_bin)
        self.table.left_upwards.connect(self._to_search)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scrolled)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(self._show_actions)
        self.open_button.clicked.connect(self._on_open)
        self.bin_button.clicked.connect(self._on_bin)
        self.none.acted.connect(self.show_all)
        self._gathering.found.connect(self._on_found)

    # --- showing -----------------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    @property
    def narrowed(self) -> bool:
        """Whether something may be left out."""
        return bool(self.typed) or self.filters.wanted != money.WantedMoney()

    def look(self, held_pence: int | None = None) -> None:
        """Read everything again; the entry in hand stays in hand.

        ``held_pence`` is what all accounts hold, where that was just added up.
        """
        self.filters.offer()
        self._show_grants()
        self._ask(held_pence)

    def stop(self) -> bool:
        """Look no further; say whether there was something still to find."""
        running = self._gathering.running or self._calm.isActive()
        self._gathering.stop()
        self._calm.stop()
        self.cost.stop()
        return running

    def _ask(self, held_pence: int | None = None) -> None:
        row = self.table.row
        self._keep = self._keep or (row.entry_id if row else None)
        self._wanted = self.filters.wanted
        self._gathering.stop()
        self._calm.stop()
        newest = None
        if not self.narrowed:
            newest = money.newest_money(self.book.register, self._keep, held_pence=held_pence)
        self._stands = newest is not None
        if newest is None:
            self._look_through()
        else:
            self.looked, self._newest, self._keep = None, newest, None
            self._show_list(newest.count, newest.place)
            self._calm.start()

    def _look_through(self) -> None:
        look = money.look_through(self.book.register, self._wanted, self.typed)
        self._gathering.start(look)

    def _on_found(self, looked: LookedMoney) -> None:
        self.looked, self._newest = looked, None
        if self._stands:
            self._on_scrolled()
            return
        keep, self._keep = self._keep, None
        place = looked.ids.index(keep) if keep in looked.ids else 0
        self._show_list(len(looked.ids), place)

    def _show_list(self, count: int, place: int) -> None:
        """Begin a list with one entry of it in hand."""
        self.model.start(count, self._block(0))
        if count:
            self.table.setCurrentIndex(self.model.index(place, 0))
            self.table.scrollTo(self.model.index(place, 0))
        self._on_scrolled()
        self.table.setVisible(bool(count))
        self.none.setVisible(not count)
        self._say(count)
        self._show_actions()

    def _say(self, count: int) -> None:
        looked = self.looked
        if count:
            parts = [counted(count, self.tr("entry"), self.tr("entries"))]
            if self.narrowed and looked is not None:
                parts.append(self.tr("{sum} in").format(sum=pounds(looked.in_pence)))
                parts.append(self.tr("{sum} out").format(sum=pounds(looked.out_pence)))
            self.sums.setText(" · ".join(parts))
        elif self._wanted.bin and not self.typed:
            self.none.say(self.tr("The bin is empty"), self.tr("No entry is in the bin."))
        elif self._wanted == money.WantedMoney(to_sort=True) and not self.typed:
            self.none.say(
                self.tr("Every line has its heading"),
                self.tr("Nothing in the book waits to be sorted."),
                self.tr("Show the whole book"),
            )
        elif self.narrowed:
            self.none.say(
                self.tr("Nothing in the book is found by that"),
                self.tr("Search for less, or ask less of the book."),
                self.tr("Show the whole book"),
            )
        else:
            self.none.say(
                self.tr("Nothing is entered yet"),
                self.tr("Enter the first payment or receipt with the green button."),
            )
        self.sums.setVisible(bool(count))

    def _show_grants(self) -> None:
        today = self.book.today()
        register = self.book.register
        standings = money.grant_standings(register, running=True, most=_MOST_GRANTS)
        if self._cards_of != (standings, today):  # cards that would say the same stay
            self._cards_of = standings, today
            clear_layout(self.side_lines)
            for standing in standings:
                card = GrantBars(self.book.looks, standing, today)
                card.opened.connect(self.grant_wanted)
                self.side_lines.addWidget(card)
        self.cost.look()

    def _block(self, offset: int) -> tuple[MoneyRow, ...]:
        """Return the lines of a block; none where they are not found yet."""
        register, newest = self.book.register, self._newest
        if newest is not None and newest.reaches(offset):
            return money.newest_rows(register, newest, offset=offset, limit=BLOCK)
        if self.looked is None:
            return ()
        return money.money_rows(register, self.looked, self._wanted, offset=offset, limit=BLOCK)

    def _on_scrolled(self) -> None:
        """Read the blocks in sight before they are drawn."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        if first < 0:
            return
        if last < 0:
            last = self.model.rowCount() - 1
        for offset in self.model.missing(first, last):
            if rows := self._block(offset):
                self.model.fill(offset, rows)

    def _show_actions(self) -> None:
        row = self.table.row
        there = row is not None and not self.table.isHidden()
        self.open_button.setVisible(there and row is not None and not row.binned)
        self.bin_button.setVisible(there)
        out = row is not None and row.binned
        self.bin_button.setText(
            self.tr("Take out of the bin") if out else self.tr("Put in the bin")
        )

    # --- going about -------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Begin with the list, or with the search where nothing is listed."""
        (self.table if self.model.rowCount() else self.search).setFocus()

    def take_in_hand(self, entry_id: EntryId) -> None:
        """Take an entry in hand when the book has been read again."""
        self._keep = entry_id

    def search_for(self, typed: str) -> None:
        """Search for something, from elsewhere."""
        self.filters.choose()
        self.search.setText(typed)

    def show_all(self) -> None:
        """Ask nothing of the book any more."""
        self.search.blockSignals(True)
        self.search.empty()
        self.search.blockSignals(False)
        self.filters.choose()

    def show_bin(self) -> None:
        """Show what is in the bin."""
        self.filters.choose(self.filters.missing, BIN)

    def escape(self) -> bool:
        """Ask nothing of the book any more; False when nothing was asked."""
        if self.narrowed:
            self.show_all()
            return True
        return False

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_asked(self) -> None:
        self._keep = None
        self.table.scrollToTop()
        self._ask()

    def _on_letter(self, letter: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letter)

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, MoneyRow):
            (partial(self.bin_wanted.emit, row) if row.binned else
             partial(self.opened.emit, row.entry_id))()  # fmt: skip

    def _on_open(self) -> None:
        row = self.table.row
        if row is not None:
            self.opened.emit(row.entry_id)

    def _on_bin(self) -> None:
        row = self.table.row
        if row is not None:
            self.bin_wanted.emit(row)
