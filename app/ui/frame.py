"""The frame round an open book: top bar, rail, pages, bottom line."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import EntryId, GrantId, PersonId, ReferralId, SessionId, StoryId
from app.domain.periods import full_date
from app.services import settings
from app.ui.ahead import Ahead
from app.ui.book import Book
from app.ui.bottom_line import BottomLine
from app.ui.making import Making
from app.ui.navigation import PLACES, Rail
from app.ui.searching import connect_search
from app.ui.top_bar import TopBar
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page, PageHead, PageStack

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.domain.activities import Session
    from app.domain.periods import Period
    from app.ui.activities.sessions_page import SessionsPage
    from app.ui.home.home_page import HomePage
    from app.ui.money.money_page import MoneyPage
    from app.ui.outcomes.outcomes_page import OutcomesPage
    from app.ui.outcomes.sheets import Sheet
    from app.ui.people.people_page import PeoplePage
    from app.ui.referrals.referrals_page import ReferralsPage
    from app.ui.returns.returns_page import ReturnsPage
    from app.ui.settings.settings_page import SettingsPage


class BookFrame(QWidget):
    """Everything one sees of an open book."""

    help_wanted = Signal()
    title_changed = Signal(str)
    home_made = Signal(object)
    """The HomePage, which comes a moment after the frame."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.top = TopBar(book.looks)
        self.rail = Rail(book.looks, PLACES)
        self.bottom = BottomLine(book.looks)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.making = Making(self.pages, book.looks, self.page_of, self)
        self.ahead = Ahead(self.page_of, book.jobs, self.making, self)
        self._key, self._by_key = "home", dict[str, Page | PageStack]()
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
        self.rail.chosen.connect(self._on_chosen)
        self.top.undo_wanted.connect(book.history.undo)
        connect_search(self)
        book.history.changed.connect(self._on_history)
        book.history.failed.connect(self._on_undo_failed)
        book.commands.failed.connect(self._on_failed)
        book.events.saved.connect(self._on_saved)
        book.events.changed.connect(self._on_changed)

    # --- pages: made when they are first wanted, so that the window is there at once ----------

    @cached_property
    def home(self) -> "HomePage":
        """What is on, and what waits."""
        from app.ui.home.home_page import HomePage
        from app.ui.home_doors import connect_home

        page = HomePage(self.book)
        self._add_page("home", page)
        connect_home(self, page)
        self.home_made.emit(page)
        return page

    @cached_property
    def people(self) -> "PeoplePage":
        """The people."""
        from app.ui.people.people_page import PeoplePage
        from app.ui.person_parts import more_parts

        page = PeoplePage(self.book, more_parts(self.book, self))
        self._offer_import(page.list.head, page.list.nobody)
        self._add_page("people", page)
        return page

    @cached_property
    def sessions(self) -> "SessionsPage":
        """The sessions and their registers."""
        from app.ui.activities.sessions_page import SessionsPage

        page = SessionsPage(self.book)
        self._offer_import(page.list.head, page.list.empty)
        page.print_wanted.connect(self.print_sheet)
        page.hours_wanted.connect(self._on_hours)
        page.add_wanted.connect(self.add_session)
        page.person_wanted.connect(self.open_person)
        self._add_page("sessions", page)
        return page

    @cached_property
    def referrals(self) -> "ReferralsPage":
        """The referrals."""
        from app.ui.referrals.referrals_page import ReferralsPage

        self._add_page("referrals", page := ReferralsPage(self.book))
        page.person_wanted.connect(self.open_person)
        counted = partial(self.rail.show_count, "referrals", self.tr("to answer"))
        page.list.counted.connect(counted)
        return page

    @cached_property
    def money(self) -> "MoneyPage":
        """The cash book."""
        from app.ui.money.money_page import MoneyPage

        self._add_page("money", page := MoneyPage(self.book))
        page.return_wanted.connect(self._on_return)
        return page

    @cached_property
    def outcomes(self) -> "OutcomesPage":
        """The outcomes."""
        from app.ui.outcomes.outcomes_page import OutcomesPage

        self._add_page("outcomes", page := OutcomesPage(self.book))
        page.person_wanted.connect(self.open_person)
        return page

    @cached_property
    def returns(self) -> "ReturnsPage":
        """The returns."""
        from app.ui.opening import connect_returns
        from app.ui.returns.returns_page import ReturnsPage

        self._add_page("returns", page := ReturnsPage(self.book))
        connect_returns(self, page)
        return page

    @cached_property
    def settings(self) -> "SettingsPage":
        """What the group has told the program about itself."""
        from app.ui.rights_doors import connect_settings
        from app.ui.settings.settings_page import SettingsPage

        self._add_page("settings", page := SettingsPage(self.book))
        connect_settings(self, page)
        return page

    def _offer_import(self, head: PageHead, empty: EmptyState) -> None:
        button = ActionButton(self.book.looks, self.tr("Import…"), icon="file-spreadsheet")
        button.clicked.connect(self._on_import)
        head.add_action(button, first=True)
        empty.offer_also(self.tr("Import a spreadsheet…"))
        empty.also_acted.connect(self._on_import)

    def _add_page(self, key: str, page: Page | PageStack) -> None:
        self._by_key[key] = page
        self.pages.addWidget(page)

    def begin(self) -> None:
        """Make Home in the next turns, then others while nobody is pressing anything."""
        self.visit("home")
        self.ahead.begin()

    def leave(self) -> None:
        """Do nothing more: the book is closed, and this goes with it."""
        self.making.stop()
        self.ahead.stop()

    def page_of(self, key: str) -> Page | PageStack:
        """Return a page of the rail, made now if it was never wanted before."""
        page: Page | PageStack = getattr(self, key)
        return page

    # --- going about -------------------------------------------------------------------------

    @property
    def page(self) -> Page | PageStack:
        """The page shown."""
        return self.page_of(self._key)

    def show_focused(self, widget: QWidget) -> None:
        """Bring what has the keyboard into sight."""
        if self._key in self._by_key:
            self.page.show_focused(widget)

    def visit(self, key: str, then: Callable[[], object] = lambda: None) -> None:
        """Go to a page of the rail, and do something there.

        One that was never wanted is made first, in the next turns: its title is seen at once.
        """
        if key in self._by_key:
            self.go_to(key)
            then()
        else:
            self._leave_for(key)
            today = full_date(self.book.today()).rpartition(" ")[0]
            title = today if key == "home" else self.rail.buttons[key].place.word
            self.making.begin(key, title, partial(self._on_made, key, then))

    def _on_made(self, key: str, then: Callable[[], object], keyboard: bool) -> None:
        if self._key == key:  # nobody went elsewhere meanwhile
            self._show(keyboard=keyboard)
            then()

    def go_to(self, key: str) -> None:
        """Show a page of the rail now, with the keyboard on it."""
        self._leave_for(key)
        self._show(keyboard=True)

    def _leave_for(self, key: str) -> None:
        if self._key in self._by_key:  # it comes a moment later
            self.page.settle()
        self._key = key
        self.rail.show_chosen(key)

    def _show(self, *, keyboard: bool) -> None:
        page = self.page
        if self.pages.currentWidget() is page:
            page.begin()
        self.pages.setCurrentWidget(page)
        if keyboard:
            page.take_keyboard()
        self.ahead.go_on(page)

    def take_register(self, session_id: SessionId) -> None:
        """Show the register of a session."""
        self.visit("sessions", lambda: self.sessions.open_session(session_id))

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""
        self.top.search.empty()
        self.visit("people", lambda: self.people.open_person(person_id))

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show one referral."""
        self.top.search.empty()
        self.visit("referrals", lambda: self.referrals.open_referral(referral_id))

    def record_referral(self, person_id: PersonId | None = None) -> None:
        """Open the form of a new referral."""
        self.visit("referrals", lambda: self.referrals.record(person_id))

    def enter_answers(self, sheet: "Sheet") -> None:
        """Show a questionnaire of one person to enter; afterwards the person is shown again."""
        self.visit("outcomes", lambda: self.outcomes.enter(sheet, back=sheet.person_id))

    def open_story(self, story_id: StoryId) -> None:
        """Show a story with its uses."""
        self.visit("outcomes", lambda: self.outcomes.open_story(story_id))

    def show_due(self) -> None:
        """Show the questionnaires that are due."""
        self.visit("outcomes", lambda: self.outcomes.show_part("due"))

    def print_sheet(self, session_id: SessionId) -> None:
        """Show the sheet of a session, to print or save it."""
        from app.services import activities

        if session := activities.get_session(self.book.register, session_id):
            from app.ui.returns.sheet_dialog import SheetDialog  # draws PDFs: a heavy import

            SheetDialog(self.book, session, parent=self.window()).open()

    def add_session(self) -> None:
        """Open the form for a session."""
        from app.ui.activities.session_dialog import SessionDialog

        dialog = SessionDialog(self.book, parent=self.window())
        dialog.saved.connect(self.take_register)
        dialog.open()

    def _on_hours(self, session: "Session") -> None:
        from app.ui.attendance.hours_dialog import HoursDialog

        HoursDialog(self.book, session.session_on, parent=self.window()).open()

    def start_import(self, path: Path | None = None, kind: str = "") -> None:
        """Open the steps of an import, with a file if one was dropped."""
        from app.ui.imports.import_dialog import ImportDialog

        dialog = ImportDialog(self.book, parent=self.window())
        dialog.open()
        if path is not None:
            dialog.start_file(path, kind)

    def open_grant(self, grant_id: GrantId) -> None:
        """Show a grant under Money."""
        self.visit("money", lambda: self.money.show_grant(grant_id))

    def open_entry(self, entry_id: EntryId) -> None:
        """Show the book with one entry open."""
        self.visit("money", lambda: self.money.open_entry(entry_id))

    def _on_return(self, template_id: str, period: "Period", reference: str) -> None:
        self.visit("returns", lambda: self.returns.make_for(template_id, period, reference))

    def _on_import(self) -> None:
        self.start_import()

    def show_imports(self) -> None:
        """Open the list of what was imported."""
        from app.ui.imports.imports_dialog import ImportsDialog

        dialog = ImportsDialog(self.book, parent=self.window())
        dialog.import_wanted.connect(self.start_import)
        dialog.open()

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

    def _on_chosen(self, key: str) -> None:
        if key == "help":
            self.help_wanted.emit()
        else:
            self.visit(key)

    def _on_saved(self) -> None:
        self.bottom.show_saved(dt.datetime.now())  # noqa: DTZ005 - the clock on the wall

    def _on_history(self) -> None:
        self.top.show_undo(self.book.history.undo_text)

    def _on_changed(self, topics: frozenset[Topic], _origin: object) -> None:
        if Topic.SETTINGS in topics:
            self._show_group()
        if "home" in self._by_key and self.home.topics & topics:
            self.home.count_waiting()

    def _on_undo_failed(self, error: AppError) -> None:
        text = self.tr("That could not be taken back.")
        self.book.messages.tell(self.window(), text, more=error.text)

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
