"""A person's way and what they said, on their own page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import Person
from app.domain.stories import Story
from app.services import stories
from app.ui.book import Book
from app.ui.outcomes.journey_strip import JourneyStrip
from app.ui.outcomes.stories_part import STORY_COLUMNS
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from app.domain.ids import PersonId


class StorySection(QWidget):
    """Referred, came, came regularly, volunteered, led; and their stories and quotes."""

    story_wanted = Signal(object)
    """The id of a story to show, with its uses."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person_id: PersonId | None = None
        looks, tr = book.looks, self.tr
        self.way = Card(looks, tr("Their way"))
        self.strip = JourneyStrip(looks)
        self.way.body.addWidget(self.strip)
        card = Card(looks, tr("What they said"))
        self.model = RowsModel(STORY_COLUMNS, self)
        self.table = LedgerTable(looks, tr("Their stories and quotes"))
        self.table.setModel(self.model)
        self.none = words(
            tr("Nothing is noted. Each use of it is asked for by itself."), "aside", wrap=True
        )
        self.add_button = ActionButton(looks, tr("Add a story or quote…"), icon="quote")
        self.open_button = ActionButton(looks, tr("Open it, and its uses"), icon="arrow-right")
        row = WrapRow(looks)
        row.add(self.add_button)
        row.add(self.open_button)
        card.body.addWidget(self.none)
        card.body.addWidget(self.table)
        card.body.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        column.addWidget(self.way)
        column.addWidget(card)
        column.addStretch(1)
        self.add_button.clicked.connect(self._on_add)
        self.open_button.clicked.connect(self._on_open)
        self.table.opened.connect(self._on_open)

    def show_person(self, person: Person) -> None:
        """Show one person's way and words."""
        person_id = self._person_id = person.id
        register, today = self._book.register, self._book.today()
        self.strip.show_journey(stories.journey_of(register, person_id, today=today))
        rows = stories.stories_of(register, person_id)
        self.model.set_rows(rows)
        fit(self.table, most=6)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.none.setVisible(not rows)
        self.open_button.setVisible(bool(rows))

    def _on_add(self) -> None:
        from app.ui.outcomes.story_dialogs import StoryDialog

        StoryDialog(self._book, self.window(), person_id=self._person_id).open()

    def _on_open(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        one = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(one, Story):
            self.story_wanted.emit(one.id)
