"""People: the list, and the person that was chosen."""

from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.people import Person
from app.ui.book import Book
from app.ui.people.people_list import PeopleListPage
from app.ui.people.person_dialog import PersonDialog
from app.ui.people.person_page import PersonPage
from app.ui.widgets.page import PageStack


class PeoplePage(PageStack):
    """The two pages under People, and the form."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.list = PeopleListPage(book)
        self.person = PersonPage(book)
        self.addWidget(self.list)
        self.addWidget(self.person)
        self.list.chosen.connect(self.open_person)
        self.list.add_wanted.connect(self.add_person)
        self.person.left.connect(self.show_list)
        self.person.edit_wanted.connect(self._on_edit)

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""
        self.setCurrentWidget(self.person)
        self.person.open_person(person_id)

    def begin(self) -> None:
        """Show the list."""
        self.show_list()

    def show_list(self) -> None:
        """Show the list."""
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.take_keyboard()

    def search_for(self, typed: str) -> None:
        """Show the list as it is found by some words."""
        self.show_list()
        self.list.search_for(typed)

    def add_person(self) -> None:
        """Open the form for somebody new."""
        self._open(PersonDialog(self._book, parent=self.window()))

    def _on_edit(self, person: Person) -> None:
        self._open(PersonDialog(self._book, person, parent=self.window()))

    def _open(self, dialog: PersonDialog) -> None:
        dialog.saved.connect(self.open_person)
        dialog.known_wanted.connect(self.open_person)
        dialog.open()
