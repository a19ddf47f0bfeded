"""People: the list, the person that was chosen, the likely doubles, and the forms."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.ui.book import Book
from app.ui.people.doubles_page import DoublesPage
from app.ui.people.merge_dialog import MergeDialog, OtherDialog
from app.ui.people.people_list import PeopleListPage
from app.ui.people.person_dialog import PersonDialog
from app.ui.people.person_page import PersonPage
from app.ui.widgets.page import PageStack


class PeoplePage(PageStack):
    """The pages under People, and the forms."""

    session_wanted = Signal(object)
    """The id of a session to open."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.list = PeopleListPage(book)
        self.person = PersonPage(book)
        self.doubles = DoublesPage(book)
        for page in (self.list, self.person, self.doubles):
            self.addWidget(page)
        self.list.chosen.connect(self.open_person)
        self.list.add_wanted.connect(self.add_person)
        self.list.doubles_wanted.connect(self.show_doubles)
        self.list.choosing.join_wanted.connect(self.join)
        self.person.left.connect(self.show_list)
        self.person.bin_wanted.connect(self._on_bin)
        self.person.edit_wanted.connect(self._on_edit)
        self.person.person_wanted.connect(self.open_person)
        self.person.session_wanted.connect(self.session_wanted)
        self.person.join_wanted.connect(self._on_join_with)
        self.doubles.left.connect(self.show_list)
        self.doubles.person_wanted.connect(self.open_person)
        self.doubles.join_wanted.connect(self.join)

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
        self._open(PersonDialog(self._book, parent=self.window()))

    def join(self, one: PersonId, other: PersonId) -> None:
        """Show two records side by side, to join them."""
        dialog = MergeDialog(self._book, one, other, parent=self.window())
        dialog.joined.connect(self._on_joined)
        dialog.open()

    def _on_joined(self, person_id: PersonId) -> None:
        self.list.choosing.clear()
        if self.page is self.doubles:
            self.doubles.take_keyboard()
        else:
            self.open_person(person_id)

    def _on_join_with(self, person_id: PersonId) -> None:
        dialog = OtherDialog(self._book, person_id, parent=self.window())
        dialog.chosen.connect(self.join)
        dialog.open()

    def _on_edit(self, person_id: PersonId) -> None:
        self._open(PersonDialog(self._book, person_id, parent=self.window()))

    def _on_bin(self) -> None:
        self.show_list()
        self.list.show_bin()

    def _open(self, dialog: PersonDialog) -> None:
        dialog.saved.connect(self.open_person)
        dialog.known_wanted.connect(self.open_person)
        dialog.open()
