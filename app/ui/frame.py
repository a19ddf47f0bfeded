"""The frame round an open book: top bar, rail, pages, bottom line."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.activities import Session
from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import PersonId, SessionId
from app.services import activities, people, settings
from app.ui.activities.session_dialog import SessionDialog
from app.ui.activities.sessions_page import SessionsPage
from app.ui.attendance.hours_dialog import HoursDialog
from app.ui.book import Book
from app.ui.bottom_line import BottomLine
from app.ui.home.home_page import HomePage
from app.ui.navigation import Place, Rail
from app.ui.people.people_model import shown_name
from app.ui.people.people_page import PeoplePage
from app.ui.returns.returns_page import ReturnsPage
from app.ui.returns.sheet_dialog import SheetDialog
from app.ui.top_bar import TopBar
from app.ui.widgets.page import Page, PageStack
from app.ui.widgets.suggestions import Suggestion

PLACES = (
    Place(key="home", word="Home", icon="house"),
    Place(key="people", word="People", icon="users"),
    Place(key="sessions", word="Sessions", icon="calendar-check"),
    Place(key="returns", word="Returns", icon="file-check"),
    Place(key="help", word="Help", icon="circle-help", below=True),
)
"""The pages that exist, in the order of the rail; later work adds its own in their places."""
_FOUND = 8


class BookFrame(QWidget):
    """Everything one sees of an open book."""

    help_wanted = Signal()
    title_changed = Signal(str)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.top = TopBar(book.looks)
        self.rail = Rail(book.looks, PLACES)
        self.bottom = BottomLine(book.looks)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.home = HomePage(book)
        self.people = PeoplePage(book)
        self.sessions = SessionsPage(book)
        self.returns = ReturnsPage(book)
        self._key = "home"
        self._by_key: dict[str, Page | PageStack] = {
            "home": self.home,
            "people": self.people,
            "sessions": self.sessions,
            "returns": self.returns,
        }
        for page in self._by_key.values():
            self.pages.addWidget(page)
        self._lay_out()
        self._connect()
        self._show_group()
        self.bottom.show_opened()
        self.rail.show_chosen("home")

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.bottom)

    def _connect(self) -> None:
        book = self.book
        self.rail.chosen.connect(self.go_to)
        self.top.undo_wanted.connect(book.history.undo)
        self.top.search.wanted.connect(self._on_searched)
        self.top.search.taken.connect(self.open_person)
        self.top.search.entered.connect(self._on_search_entered)
        self.home.take_wanted.connect(self.take_register)
        self.home.print_wanted.connect(self.print_sheet)
        self.sessions.print_wanted.connect(self.print_sheet)
        self.sessions.hours_wanted.connect(self._on_hours)
        self.sessions.add_wanted.connect(self.add_session)
        self.home.waiting_counted.connect(self._on_waiting)
        book.history.changed.connect(self._on_history)
        book.history.failed.connect(self._on_undo_failed)
        book.commands.failed.connect(self._on_failed)
        book.events.saved.connect(self._on_saved)
        book.events.changed.connect(self._on_changed)

    # --- going about -------------------------------------------------------------------------

    @property
    def page(self) -> Page | PageStack:
        """The page shown."""
        return self._by_key[self._key]

    def go_to(self, key: str) -> None:
        """Show a page of the rail, with the keyboard on it."""
        if key == "help":
            self.help_wanted.emit()
            return
        self.page.settle()
        page = self._by_key[key]
        self.rail.show_chosen(key)
        if self.pages.currentWidget() is page and page is self.sessions:
            self.sessions.show_list()
        if self.pages.currentWidget() is page and page is self.people:
            self.people.show_list()
        self._key = key
        self.pages.setCurrentWidget(page)
        page.take_keyboard()

    def take_register(self, session_id: SessionId) -> None:
        """Show the register of a session."""
        self.go_to("sessions")
        self.sessions.open_session(session_id)

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""
        self.top.search.empty()
        self.go_to("people")
        self.people.open_person(person_id)

    def print_sheet(self, session_id: SessionId) -> None:
        """Show the sheet of a session, to print or save it."""
        session = activities.get_session(self.book.register, session_id)
        if session is not None:
            SheetDialog(self.book, session, parent=self.window()).open()

    def add_session(self) -> None:
        """Open the form for a session."""
        dialog = SessionDialog(self.book, parent=self.window())
        dialog.saved.connect(self.take_register)
        dialog.open()

    def _on_hours(self, session: Session) -> None:
        HoursDialog(self.book, session.session_on, parent=self.window()).open()

    def search(self) -> None:
        """Give the search field the keyboard."""
        self.top.search.setFocus()
        self.top.search.selectAll()

    def escape(self) -> None:
        """Close what is open: the search, or something on the page."""
        if self.top.search.hasFocus():
            self.top.search.empty()
            self.page.take_keyboard()
        else:
            self.page.escape()

    def settle(self) -> None:
        """Save everything that is typed and not saved yet."""
        for page in self._by_key.values():
            page.settle()

    # --- answering ---------------------------------------------------------------------------

    def _on_searched(self, typed: str) -> None:
        if not typed.strip():
            self.top.search.offer(())
            return
        found = people.list_people(self.book.register, typed, left_too=True, limit=_FOUND)
        self.top.search.offer(
            tuple(
                Suggestion(
                    text=" · ".join(part for part in (shown_name(row), row.area) if part),
                    value=row.id,
                )
                for row in found.rows
            )
        )

    def _on_search_entered(self, typed: str) -> None:
        if typed.strip():
            self.top.search.empty()
            self.go_to("people")
            self.people.search_for(typed)

    def _on_saved(self) -> None:
        self.bottom.show_saved(dt.datetime.now())  # noqa: DTZ005 - the clock on the wall

    def _on_history(self) -> None:
        self.top.show_undo(self.book.history.undo_text)

    def _on_waiting(self, number: int) -> None:
        self.rail.buttons["sessions"].show_count(number, self.tr("not entered"))

    def _on_changed(self, topics: frozenset[Topic], _origin: object) -> None:
        if Topic.SETTINGS in topics:
            self._show_group()
        if self.home.topics & topics:
            self.home.count_waiting()

    def _on_undo_failed(self, error: AppError) -> None:
        self.book.messages.tell(
            self.window(), self.tr("That could not be taken back."), more=error.text
        )

    def _on_failed(self, error: AppError) -> None:
        self.book.messages.tell(self.window(), error.text)

    def _show_group(self) -> None:
        group = settings.read(self.book.register)
        self.top.show_group(group.group_name, group.tagline, pretend=group.pretend)
        self.title_changed.emit(group.group_name)

    @property
    def group_name(self) -> str:
        """The group whose book it is."""
        return settings.read(self.book.register).group_name
