"""Sessions: the list, and the register of the one that was chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import SessionId
from app.ui.activities.session_list import SessionListPage
from app.ui.attendance.register_page import RegisterPage
from app.ui.book import Book
from app.ui.widgets.page import PageStack


class SessionsPage(PageStack):
    """The two pages under Sessions."""

    print_wanted = Signal(object)
    hours_wanted = Signal(object)
    add_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = SessionListPage(book)
        self.register = RegisterPage(book)
        self.addWidget(self.list)
        self.addWidget(self.register)
        self.list.chosen.connect(self.open_session)
        self.list.add_wanted.connect(self.add_wanted)
        self.register.left.connect(self.show_list)
        self.register.print_wanted.connect(self.print_wanted)
        self.register.hours_wanted.connect(self.hours_wanted)

    def open_session(self, session_id: SessionId) -> None:
        """Show the register of a session."""
        self.setCurrentWidget(self.register)
        self.register.open_session(session_id)

    def begin(self) -> None:
        """Show the list."""
        self.show_list()

    def show_list(self) -> None:
        """Show the list of sessions."""
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.take_keyboard()

    def settle(self) -> None:
        """Save what is typed on the register, even while the list is shown."""
        self.register.settle()
