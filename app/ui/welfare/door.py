"""Opens the welfare notes from the menu, and closes them with the book and the lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from app.ui.bookshelf import Bookshelf
from app.ui.menus import Menus
from app.ui.safekeeping.lock import Lock

if TYPE_CHECKING:  # read when the notes are first wanted: seldom
    from app.domain.welfare import NoteDraft
    from app.ui.welfare.welfare_dialog import WelfareDialog


class WelfareDoor(QObject):
    """Made by the window; knows nothing of what is in the notes but a form that was half typed."""

    def __init__(self, window: QMainWindow, shelf: Bookshelf, menus: Menus, lock: Lock) -> None:
        super().__init__(window)
        self._window, self._shelf, self._menus, self._lock = window, shelf, menus, lock
        self.dialog: WelfareDialog | None = None
        self._begun: NoteDraft | None = None
        menus.welfare.triggered.connect(self.open)
        lock.locked.connect(self.close)
        shelf.closed.connect(self._on_book_closed)

    def open(self) -> None:
        """Ask for the password of the notes, or begin them."""
        book = self._shelf.book
        if book is None or book.register.path is None or self.dialog is not None:
            return
        from app.ui.welfare.welfare_dialog import WelfareDialog  # see above

        self.dialog = WelfareDialog(book, book.register.path, self._begun, self._window)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.lock_wanted.connect(self._menus.lock.trigger)
        self.dialog.open()

    def close(self) -> None:
        """Close them at once."""
        if self.dialog is not None:
            self.dialog.close_at_once()

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self._begun = self.dialog.begun
        self.dialog = None
        self._lock.clipboard.empty()

    def _on_book_closed(self) -> None:
        self.close()
        self._begun = None
