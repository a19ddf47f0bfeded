"""Sessions: the list, the register of the one chosen, the term grid, the pile, who is on."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.activities import Activity, Session
from app.domain.ids import ActivityId, SessionId
from app.services import activities
from app.services.result import Refused
from app.ui.activities.activity_dialog import ActivityDialog
from app.ui.activities.cancel_dialog import CancelDialog, EndDialog
from app.ui.activities.plan_dialog import PlanDialog
from app.ui.activities.session_dialog import ChangeSessionDialog, SessionDialog
from app.ui.activities.session_list import SessionListPage
from app.ui.book import Book
from app.ui.widgets.page import Page, PageStack

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.activities.members_page import MembersPage
    from app.ui.attendance.grid_page import TermGridPage
    from app.ui.attendance.pile_page import PilePage
    from app.ui.attendance.register_page import RegisterPage


class SessionsPage(PageStack):
    """The pages under Sessions."""

    print_wanted = Signal(object)
    hours_wanted = Signal(object)
    add_wanted = Signal()
    person_wanted = Signal(object)

    made_later = {  # noqa: RUF012 - read only
        "register": "app.ui.attendance.register_page",
        "pile": "app.ui.attendance.pile_page",
        "grid": "app.ui.attendance.grid_page",
        "members": "app.ui.activities.members_page",
    }
    made_often = ("register",)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.list = SessionListPage(book)
        self._back: Page = self.list
        self.addWidget(self.list)
        self._connect_list()

    def _connect_list(self) -> None:
        page = self.list
        page.chosen.connect(self._on_chosen)
        page.add_wanted.connect(self.add_session)
        page.plan_wanted.connect(self.plan)
        page.grid_wanted.connect(self.open_grid)
        page.members_wanted.connect(self.open_members)
        page.pile_wanted.connect(self.open_pile)
        page.add_activity_wanted.connect(self.add_activity)
        page.change_activity_wanted.connect(self.change_activity)
        page.change_wanted.connect(self.change_session)
        page.cancel_wanted.connect(self.cancel_session)
        page.print_wanted.connect(self.print_wanted)

    # --- pages -------------------------------------------------------------------------------

    @cached_property
    def register(self) -> "RegisterPage":
        """The register of one session."""
        from app.ui.attendance.register_page import RegisterPage

        page = RegisterPage(self.book)
        page.left.connect(self._on_register_left)
        page.print_wanted.connect(self.print_wanted)
        page.hours_wanted.connect(self.hours_wanted)
        page.next_wanted.connect(self._on_next)
        page.code_entered.connect(self._on_code)
        self.addWidget(page)
        return page

    @cached_property
    def pile(self) -> "PilePage":
        """What waits to be entered."""
        from app.ui.attendance.pile_page import PilePage

        page = PilePage(self.book)
        page.left.connect(self.show_list)
        page.wanted.connect(self._on_from_pile)
        page.cancel_wanted.connect(self.cancel_session)
        self.addWidget(page)
        return page

    @cached_property
    def grid(self) -> "TermGridPage":
        """People by dates."""
        from app.ui.attendance.grid_page import TermGridPage

        page = TermGridPage(self.book)
        page.left.connect(self.show_list)
        page.session_wanted.connect(self._on_from_grid)
        self.addWidget(page)
        return page

    @cached_property
    def members(self) -> "MembersPage":
        """Who is on an activity's register."""
        from app.ui.activities.members_page import MembersPage

        page = MembersPage(self.book)
        page.left.connect(self.show_list)
        page.change_wanted.connect(self.change_activity)
        page.end_wanted.connect(self.end_activity)
        page.person_wanted.connect(self.person_wanted)
        self.addWidget(page)
        return page

    def open_session(self, session_id: SessionId) -> None:
        """Show the register of a session; done, one is back at the list."""
        self._open(session_id, back=self.list)

    def _open(self, session_id: SessionId, *, back: Page) -> None:
        self._back = back
        self.register.show_piled(piled=back is self.made("pile"))
        self.setCurrentWidget(self.register)
        self.register.open_session(session_id)

    def begin(self) -> None:
        """Show the list."""
        self.show_list()

    def show_list(self) -> None:
        """Show the list of sessions."""
        self._show(self.list)

    def _show(self, page: Page) -> None:
        self.setCurrentWidget(page)
        page.fresh()
        page.take_keyboard()

    def open_pile(self) -> None:
        """Show what waits to be entered."""
        self._show(self.pile)

    def open_grid(self, activity_id: ActivityId) -> None:
        """Show the term grid of an activity."""
        self.setCurrentWidget(self.grid)
        self.grid.open_activity(activity_id)

    def open_members(self, activity_id: ActivityId) -> None:
        """Show who is on an activity's register."""
        self.setCurrentWidget(self.members)
        self.members.open_activity(activity_id)

    def settle(self) -> None:
        """Save what is typed on the register, even while another page is shown."""
        register = self.made("register")
        if register is not None:
            register.settle()

    def _on_chosen(self, session_id: SessionId) -> None:
        self.open_session(session_id)

    def _on_from_pile(self, session_id: SessionId) -> None:
        self._open(session_id, back=self.pile)

    def _on_from_grid(self, session_id: SessionId) -> None:
        self._open(session_id, back=self.grid)

    def _on_register_left(self) -> None:
        self._show(self._back)

    def _on_next(self, session: Session) -> None:
        """Go on to the sheet after one, or back to the pile when it was the last."""
        following = self.pile.after(session)
        if following is None:
            self._show(self.pile)
        else:
            self._open(following, back=self.pile)

    def _on_code(self, typed: str) -> None:
        found = activities.find_sheet(self.book.register, typed, today=self.book.today())
        if isinstance(found, Refused):
            self.register.notice.tell(found.text)
        else:
            self._open(found.id, back=self.pile)

    # --- dialogs -----------------------------------------------------------------------------

    def add_activity(self) -> None:
        """Open the form for an activity."""
        dialog = ActivityDialog(self.book, parent=self.window())
        dialog.saved.connect(self._on_activity_added)
        dialog.open()

    def change_activity(self, activity: Activity) -> None:
        """Open the form of an activity there is."""
        self._ask(ActivityDialog(self.book, activity, parent=self.window()))

    def end_activity(self, activity: Activity) -> None:
        """Ask for the last day of an activity."""
        self._ask(EndDialog(self.book, activity, parent=self.window()))

    def add_session(self, activity: Activity | None) -> None:
        """Open the form for one session."""
        dialog = SessionDialog(self.book, activity, parent=self.window())
        dialog.saved.connect(self._on_session_added)
        dialog.open()

    def change_session(self, session: Session) -> None:
        """Open the form that moves or changes one session."""
        self._ask(ChangeSessionDialog(self.book, session, parent=self.window()))

    def cancel_session(self, session: Session) -> None:
        """Ask why a session is cancelled."""
        self._ask(CancelDialog(self.book, session, parent=self.window()))

    def plan(self, activity_id: ActivityId | None) -> None:
        """Open the plan of a term."""
        dialog = PlanDialog(self.book, activity_id, parent=self.window())
        dialog.planned.connect(self._on_planned)
        dialog.open()

    def _ask(self, dialog: QDialog) -> None:
        dialog.open()

    def _on_activity_added(self, activity_id: ActivityId) -> None:
        self.list.show_activity(activity_id)
        self.list.take_keyboard()

    def _on_session_added(self, session_id: SessionId) -> None:
        session = activities.get_session(self.book.register, session_id)
        if session is not None and session.session_on <= self.book.today():
            self.open_session(session_id)
        elif session is not None:
            self.list.show_session(session)

    def _on_planned(self, activity_id: ActivityId, first: dt.date) -> None:
        self.list.show_activity(activity_id, first)
