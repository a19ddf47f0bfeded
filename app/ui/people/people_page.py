"""People: the list, the person that was chosen, the likely doubles, and the forms."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.ui.book import Book
from app.ui.people.later_part import MorePart
from app.ui.people.people_list import PeopleListPage
from app.ui.widgets.page import PageStack

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.people.doubles_page import DoublesPage
    from app.ui.people.person_dialog import PersonDialog
    from app.ui.people.person_page import PersonPage


class PeoplePage(PageStack):
    """The pages under People, and the forms."""

    session_wanted = Signal(object)
    """The id of a session to open."""

    made_later = {  # noqa: RUF012 - read only
        "person": "app.ui.people.person_page",
        "doubles": "app.ui.people.doubles_page",
    }
    made_often = ("person",)

    def __init__(
        self, book: Book, more: Sequence[MorePart] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._more = more
        self.list = PeopleListPage(book)
        self.addWidget(self.list)
        self.list.chosen.connect(self.open_person)
        self.list.add_wanted.connect(self.add_person)
        self.list.doubles_wanted.connect(self.show_doubles)
        self.list.choosing.join_wanted.connect(self.join)

    @cached_property
    def person(self) -> "PersonPage":
        """One person."""
        from app.ui.people.person_page import PersonPage

        page = PersonPage(self._book, self._more)
        page.left.connect(self.show_list)
        page.bin_wanted.connect(self._on_bin)
        page.edit_wanted.connect(self._on_edit)
        page.person_wanted.connect(self.open_person)
        page.session_wanted.connect(self.session_wanted)
        page.join_wanted.connect(self._on_join_with)
        self.addWidget(page)
        return page

    @cached_property
    def doubles(self) -> "DoublesPage":
        """The likely doubles of the whole book."""
        from app.ui.people.doubles_page import DoublesPage

        page = DoublesPage(self._book)
        page.left.connect(self.show_list)
        page.person_wanted.connect(self.open_person)
        page.join_wanted.connect(self.join)
        self.addWidget(page)
        return page

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""
        self.setCurrentWidget(self.person)
        self.person.open_person(person_id)

    def show_list(self) -> None:
        """Show the list."""
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.take_keyboard()

    def show_doubles(self) -> None:
        """Show the likely doubles, and look for them."""
        self.setCurrentWidget(self.doubles)
        self.doubles.look()
        self.doubles.take_keyboard()

    def search_for(self, typed: str) -> None:
        """Show the list as it is found by some words."""
        self.show_list()
        self.list.search_for(typed)

    def show_not_seen(self) -> None:
        """Show who was not seen for three sessions."""
        self.show_list()
        self.list.show_not_seen()

    def add_person(self) -> None:
        """Open the form for somebody new."""
        from app.ui.people.person_dialog import PersonDialog

        self._open(PersonDialog(self._book, parent=self.window()))

    def join(self, one: PersonId, other: PersonId) -> None:
        """Show two records side by side, to join them."""
        from app.ui.people.merge_dialog import MergeDialog

        dialog = MergeDialog(self._book, one, other, parent=self.window())
        dialog.joined.connect(self._on_joined)
        dialog.open()

    def _on_joined(self, person_id: PersonId) -> None:
        self.list.choosing.clear()
        if self.page is self.made("doubles"):
            self.page.take_keyboard()
        else:
            self.open_person(person_id)

    def _on_join_with(self, person_id: PersonId) -> None:
        from app.ui.people.merge_dialog import OtherDialog

        dialog = OtherDialog(self._book, person_id, parent=self.window())
        dialog.chosen.connect(self.join)
        dialog.open()

    def _on_edit(self, person_id: PersonId) -> None:
        from app.ui.people.person_dialog import PersonDialog

        self._open(PersonDialog(self._book, person_id, parent=self.window()))

    def _on_bin(self) -> None:
        self.show_list()
        self.list.show_bin()

    def _open(self, dialog: "PersonDialog") -> None:
        dialog.saved.connect(self.open_person)
        dialog.known_wanted.connect(self.open_person)
        dialog.open()
