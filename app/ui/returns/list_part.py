"""A part of Returns: a list, what is in hand beside it, and what can be done about it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.side import scrolling_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """What a part says that never changes."""

    name: str
    """What the table is called."""
    icon: str
    nothing: str
    """The title where there is nothing at all."""
    why: str
    """What will stand here, in a sentence or two."""
    add: str = ""
    """What the button that adds one says."""
    shows: tuple[tuple[str, str], ...] = ()
    """What can be shown, by key: the first is shown first."""
    none: str = ""
    """What stands in the place of the table where nothing of that kind is there."""


class ListPart(QWidget, Generic[Row]):
    """The list at the left; beside it the one in hand. Subclasses read the rows and act."""

    words: PartWords

    def __init__(
        self, book: Book, columns: Sequence[Column[Row]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.model: RowsModel[Row] = RowsModel(columns, self)
        self.problem = words("", "problem", wrap=True)
        self.offers: dict[str, ActionButton] = {}
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)

    # --- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        looks, tr, said = self.book.looks, self.tr, self.words
        self.table = LedgerTable(looks, tr(said.name))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.none = words(tr(said.none), "aside", wrap=True)
        self.shows = Choice(looks, tr("What to show"))
        for key, text in said.shows:
            self.shows.addItem(tr(text), key)
        self.shows.currentIndexChanged.connect(self.look)
        self.add_button = ActionButton(looks, tr(said.add), icon="plus")
        self.add_button.clicked.connect(self._on_add)
        self.row_above = WrapRow(looks)
        for widget in (self.shows, self.add_button):
            self.row_above.add(widget)
        self.shows.setVisible(len(said.shows) > 1)
        self.add_button.setVisible(bool(said.add))
        self.list = Card(looks)
        self.list.body.addWidget(self.row_above)
        self.list.body.addWidget(self.none)
        self.list.body.addWidget(self.table, 1)
        self.list.body.addStretch(0)
        self.empty = EmptyState(
            looks, icon=said.icon, title=tr(said.nothing), text=tr(said.why), action=tr(said.add)
        )
        self.empty.acted.connect(self._on_add)
        self.columns = TwoColumns(looks, self.list, self._build_side(), needed=880, side_width=340)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)
        column.addWidget(self.empty, 1)

    def _build_side(self) -> QWidget:
        self.side = Card(self.book.looks)
        self.heading = words("", "heading", wrap=True)
        self.facts = Facts(self.book.looks)
        self.buttons = WrapRow(self.book.looks)
        for widget in (self.heading, self.facts, self.buttons, self.problem):
            self.side.body.addWidget(widget)
        self.problem.hide()
        self.side.body.addStretch(1)
        return scrolling_card(self.side)

    def add_action(
        self, key: str, text: str, act: Callable[[Row], None], *, icon: str = "", primary: bool = False
    ) -> None:  # fmt: skip
        """Add something that can be done about the one in hand."""
        button = ActionButton(self.book.looks, text, icon=icon, primary=primary)
        button.clicked.connect(lambda: self._act(act))
        self.offers[key] = button
        self.buttons.add(button)

    def _act(self, act: Callable[[Row], None]) -> None:
        if self.row is not None:
            act(self.row)

    # --- what subclasses say -----------------------------------------------------------------

    @abstractmethod
    def read(self, show: str, /) -> Sequence[Row]:
        """Read the rows of one kind."""

    @abstractmethod
    def key_of(self, row: Row) -> object:
        """Return what tells a row from the others, so that it stays in hand."""

    @abstractmethod
    def say(self, row: Row) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the heading and the facts of the one in hand."""

    @abstractmethod
    def offered(self, row: Row) -> frozenset[str]:
        """Return the keys of what can be done about it."""

    @abstractmethod
    def open_row(self, row: Row) -> None:
        """Do what Enter does."""

    def any_at_all(self) -> bool:
        """Say whether there is anything of any kind; else the page says what it is for."""
        return bool(self.model.rows)

    def add(self) -> None:
        """Add one."""

    # --- showing -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read everything again; the one in hand stays in hand."""
        before = self.row
        hand = self.key_of(before) if before is not None else None
        rows = self.read(str(self.shows.currentData() or ""))
        self.model.set_rows(rows)
        self.columns.setVisible(self.any_at_all())
        self.empty.setVisible(not self.any_at_all())
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows:
            self._take([self.key_of(row) for row in rows], hand)
        self._on_row()

    def _take(self, keys: list[object], hand: object) -> None:
        place = keys.index(hand) if hand in keys else 0
        self.table.setCurrentIndex(self.model.index(place, 0))

    def choose(self, key: object) -> None:
        """Take a row in hand by its key, where it is shown."""
        keys = [self.key_of(row) for row in self.model.rows]
        if key in keys:
            self._take(keys, key)

    def take_keyboard(self) -> None:
        """Begin with the list, or with the one thing to do."""
        if self.empty.isVisibleTo(self):
            (self.empty.button if self.words.add else self).setFocus()
        else:
            (self.table if self.model.rows else self.shows).setFocus()

    @property
    def row(self) -> Row | None:
        """The one in hand."""
        found: Row | None = self.table.currentIndex().data(ROW_ROLE)
        return found

    def _on_row(self) -> None:
        self.problem.hide()
        row = self.row
        self.side.setVisible(row is not None)
        if row is None:
            return
        heading, facts = self.say(row)
        self.heading.setText(heading)
        self.facts.show_facts(tuple((name, value) for name, value in facts if value))
        offered = self.offered(row)
        for key, button in self.offers.items():
            button.setVisible(key in offered)

    def _on_opened(self, _index: QModelIndex) -> None:
        if self.row is not None:
            self.open_row(self.row)

    def _on_add(self) -> None:
        self.add()

    def run(self, use_case: Callable[[], Done | Refused]) -> Done | None:
        """Carry a change out; what stands against it is said under the buttons."""
        answer = self.book.commands.run(use_case)
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()
        return answer if isinstance(answer, Done) else None
