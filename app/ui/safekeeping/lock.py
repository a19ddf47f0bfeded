"""Locks the window: the lock page alone is seen, and everything comes back as it was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from app.ui.book import Book
from app.ui.safekeeping.clipboard import OwnClipboard
from app.ui.safekeeping.idle import Idle

if TYPE_CHECKING:  # read when a book is first locked
    from app.ui.safekeeping.lock_page import LockPage

LOCKED_TITLE = "Hallbook is locked"
_LOOK_MS = 100


class Lock(QObject):
    """Puts the lock page in the place of the frame; nothing of the book is thrown away."""

    locked = Signal()
    unlocked = Signal(bool)
    """Whether it was by the words of the recovery sheet."""
    close_wanted = Signal()

    def __init__(
        self, window: QMainWindow, actions: tuple[QAction, ...], allowed: frozenset[QAction]
    ) -> None:
        """``actions`` are switched off while it is locked, but for those that are ``allowed``."""
        super().__init__(window)
        self._window, self._actions, self._allowed = window, actions, allowed
        self.page: LockPage | None = None
        self.clipboard = OwnClipboard(self)
        self.idle = Idle(parent=self)
        self._behind: QWidget | None = None
        self._dialogs: list[QDialog] = []
        self._were_on: list[QAction] = []
        self._title = ""
        self._late = QTimer(self)
        self._late.setInterval(_LOOK_MS)
        self._late.timeout.connect(self._hide_dialogs)

    @property
    def is_locked(self) -> bool:
        """Whether the lock page is shown."""
        return self.page is not None

    def lock(self, book: Book, why: str) -> None:
        """Hide everything; only the password or the words bring it back."""
        if self.is_locked or book.register.path is None or not book.register.encrypted:
            return
        from app.ui.safekeeping.lock_page import LockPage

        popup = QApplication.activePopupWidget()
        while popup is not None and popup.close():
            popup = QApplication.activePopupWidget()
        window = self._window
        self._title = window.windowTitle()
        self._dialogs = []
        self._hide_dialogs()
        self.clipboard.empty()
        self._behind = behind = window.takeCentralWidget()
        if behind is not None:
            behind.hide()
            behind.setParent(window)
        self.page = LockPage(book.looks, book.jobs, book.register.path, why, book.keeper.now)
        self.page.unlocked.connect(self._on_unlocked)
        self.page.close_wanted.connect(self.close_wanted)
        window.setCentralWidget(self.page)
        self.page.show()
        window.setWindowTitle(LOCKED_TITLE)
        window.setAcceptDrops(False)
        self._were_on = [one for one in self._actions if one.isEnabled()]
        for action in self._were_on:
            action.setEnabled(action in self._allowed)
        self._late.start()  # what a job opens meanwhile is hidden too
        self.locked.emit()
        self.page.take_keyboard()

    def leave(self) -> None:
        """Give up what is behind the page: the book is closed without being unlocked."""
        if self.page is None:
            return
        self._end()
        for dialog in self._dialogs:
            dialog.done(QDialog.DialogCode.Rejected)
        self._dialogs = []
        if self._behind is not None:
            self._behind.deleteLater()
            self._behind = None

    def keep_title(self, title: str) -> None:
        """Note another title for when it is unlocked; nothing of the group is shown before."""
        self._title = title

    def _end(self) -> None:
        self._late.stop()
        self.page = None
        self._window.setAcceptDrops(True)
        for action in self._were_on:
            action.setEnabled(True)

    def _on_unlocked(self, by_words: bool) -> None:
        page, behind = self.page, self._behind
        if page is None or behind is None:
            return
        self._end()
        self._behind = None
        window = self._window
        window.takeCentralWidget()
        page.hide()
        page.deleteLater()
        window.setCentralWidget(behind)
        behind.show()
        window.setWindowTitle(self._title)
        for dialog in self._dialogs:
            dialog.show()
        self._dialogs = []
        (behind.focusWidget() or behind).setFocus()
        self.idle.touch()
        self.unlocked.emit(by_words)

    def _hide_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.destroyed.connect(self._on_dialog_gone)
                widget.hide()
                self._dialogs.append(widget)

    def _on_dialog_gone(self, gone: QObject) -> None:
        self._dialogs = [one for one in self._dialogs if one is not gone]
