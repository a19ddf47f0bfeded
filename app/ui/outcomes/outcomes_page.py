"""Outcomes: the lists, and entering one sheet after the other."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId, StoryId
from app.ui.book import Book
from app.ui.outcomes.outcomes_list import OutcomesListPage
from app.ui.outcomes.sheets import Sheet
from app.ui.widgets.page import PageStack

if TYPE_CHECKING:  # made when it is first wanted: see below
    from app.ui.outcomes.entry_page import EntryPage


class OutcomesPage(PageStack):
    """The pages under Outcomes."""

    person_wanted = Signal(object)
    """The id of a person to open."""

    made_later = {  # noqa: RUF012 - read only
        "entry": "app.ui.outcomes.entry_page",
    }

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._back: PersonId | None = None
        self.list = OutcomesListPage(book)
        self.addWidget(self.list)
        self.list.enter_wanted.connect(self.enter)
        self.list.pile_wanted.connect(self.open_pile)
        self.list.person_wanted.connect(self.person_wanted)

    @cached_property
    def entry(self) -> "EntryPage":
        """Entering questionnaires."""
        from app.ui.outcomes.entry_page import EntryPage

        page = EntryPage(self._book)
        page.left.connect(self._on_left)
        self.addWidget(page)
        return page

    def enter(self, sheet: Sheet, back: PersonId | None = None) -> None:
        """Show one sheet to enter or correct; afterwards one is back at the list, or the person."""
        self._back = back
        self.entry.open_sheets((sheet,), 0)
        self._show_entry()

    def open_pile(self, print_id: int) -> None:
        """Show a printed pile to enter."""
        self._back = None
        if self.entry.open_pile(print_id):
            self._show_entry()

    def show_part(self, key: str) -> None:
        """Show a part of the lists."""
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.show_part(key)
        self.list.take_keyboard()

    def open_story(self, story_id: StoryId) -> None:
        """Show a story with its uses."""
        self.show_part("stories")
        self.list.stories.choose(story_id)

    def begin(self) -> None:
        """Show what the rail leads to: the lists."""
        self.page.settle()
        self._show_list()

    def _show_entry(self) -> None:
        self.setCurrentWidget(self.entry)
        self.entry.take_keyboard()

    def _show_list(self) -> None:
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.take_keyboard()

    def _on_left(self) -> None:
        back, self._back = self._back, None
        self._show_list()
        if back is not None:
            self.person_wanted.emit(back)
