"""The list of people: instant search, one line each."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.services import people
from app.services.people import PersonRow
from app.ui import texts
from app.ui.book import Book
from app.ui.people.people_model import PeopleModel, PersonLine
from app.ui.tables.blocks_model import BLOCK
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.line import Line
from app.ui.widgets.page import Page
from app.ui.widgets.tick import TickBox


class SearchLine(Line):
    """The line over a list; Down goes into the list."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down into the list, or empty the line; everything else is typing."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)


class PeopleListPage(Page):
    """Everybody in the book, found as one types."""

    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
    help_text = (
        "Everybody in the book. Type part of a name, a phone number or a postcode to find somebody; "
        "accents and capitals do not matter. Enter opens the person in hand."
    )
    chosen = Signal(object)
    """The id of the person to show."""
    add_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("People"), parent)
        self._build_head()
        self._build_list()

    def _build_head(self) -> None:
        self.add_button = ActionButton(
            self.book.looks, self.tr("Add person…"), icon="user-plus", primary=True
        )
        self.add_button.clicked.connect(self.add_wanted)
        self.head.add_action(self.add_button)

    def _build_list(self) -> None:
        looks = self.book.looks
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("Name, phone or postcode"))
        self.search.setAccessibleName(self.tr("Find people"))
        self.search.show_icon(looks, "search")
        self.left_too = TickBox(looks, self.tr("Show those who have left"))
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.left_too)
        self.card = Card(looks)
        self.card.body.addLayout(row)
        self.model = PeopleModel(self)
        self.table = LedgerTable(looks, self.tr("People"))
        self.table.setModel(self.model)
        self.card.body.addWidget(self.table, 1)
        self.nobody = EmptyState(looks, icon="users", title="", text="", action="add")
        self.nobody.acted.connect(self.add_wanted)
        self.nobody.hide()
        column = QVBoxLayout()
        column.addWidget(self.card, 1)
        column.addWidget(self.nobody, 1)
        self.body.addLayout(column, 1)
        self.search.textChanged.connect(self._on_typed)
        self.search.went_down.connect(self.focus_list)
        self.left_too.toggled.connect(self._on_typed)
        self.table.opened.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scrolled)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again, with the same person in hand where they are still in sight."""
        in_hand, bar = self.person, self.table.verticalScrollBar().value()
        self._search()
        if in_hand is not None:
            self.table.verticalScrollBar().setValue(bar)
            self._on_scrolled()
            self._take_in_hand(in_hand.id)

    def _search(self) -> None:
        found = people.list_people(
            self.book.register, self.typed, left_too=self.left_too.isChecked(), limit=BLOCK
        )
        self.model.start(found.total, self._lines(found.rows))
        if found.total:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._say(found.total)

    def _lines(self, rows: tuple[PersonRow, ...]) -> tuple[PersonLine, ...]:
        last = people.last_came(self.book.register, tuple(row.id for row in rows))
        return tuple(PersonLine(person=row, last_on=last.get(row.id)) for row in rows)

    def _say(self, total: int) -> None:
        count = texts.counted(total, self.tr("person"), self.tr("people"))
        found = self.tr("{count} found").format(count=count)
        self.head.say(self.tr("People"), found if self.typed else count)
        nobody_at_all = not total and not self.typed
        self.card.setVisible(not nobody_at_all)
        self.nobody.setVisible(not total)
        self.table.setVisible(bool(total))
        if nobody_at_all:
            self.nobody.say(
                self.tr("Nobody in the book yet"),
                self.tr(
                    "Everybody who comes, helps or is sent to you goes here. A first name is enough."
                ),
                self.tr("Add person…"),
            )
        elif not total:
            self.nobody.say(
                self.tr("Nobody found"),
                self.tr("No name, phone or postcode begins with “{typed}”.").format(
                    typed=self.typed
                ),
                self.tr("Add person…"),
            )

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    @property
    def person(self) -> PersonRow | None:
        """The person in hand."""
        line = self.table.currentIndex().data(ROW_ROLE)
        return line.person if isinstance(line, PersonLine) else None

    def search_for(self, typed: str) -> None:
        """Search for something, from elsewhere."""
        self.search.setText(typed)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Begin with the search."""
        self.search.setFocus()

    def escape(self) -> bool:
        """Close a notice, or show everybody again."""
        if super().escape():
            return True
        if self.search.text():
            self.search.empty()
            return True
        return False

    # --- acting ------------------------------------------------------------------------------

    def _take_in_hand(self, person_id: PersonId) -> None:
        first = max(0, self.table.rowAt(0))
        for place in range(first, min(first + 2 * BLOCK, self.model.rowCount())):
            line = self.model.row_at(place)
            if line is not None and line.person.id == person_id:
                self.table.setCurrentIndex(self.model.index(place, 0))
                return

    def _on_typed(self) -> None:
        self._search()
        self.table.scrollToTop()

    def _on_scrolled(self) -> None:
        """Read the blocks in sight before they are drawn."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        if first < 0:
            return
        if last < 0:
            last = self.model.rowCount() - 1
        for offset in self.model.missing(first, last):
            found = people.list_people(
                self.book.register,
                self.typed,
                left_too=self.left_too.isChecked(),
                limit=BLOCK,
                offset=offset,
            )
            self.model.fill(offset, self._lines(found.rows))

    def _on_opened(self, index: QModelIndex) -> None:
        line = index.data(ROW_ROLE)
        if isinstance(line, PersonLine):
            self.chosen.emit(line.person.id)
