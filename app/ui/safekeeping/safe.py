"""Safekeeping of the window: who opens, locks, copies, restores and moves, in one place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from app.domain.errors import AppError
from app.services import standing
from app.ui.bookshelf import Bookshelf
from app.ui.frame import BookFrame
from app.ui.menus import Menus
from app.ui.messages import Question
from app.ui.safekeeping.lock import Lock
from app.ui.safekeeping.noting import Told, note_opened
from app.ui.safekeeping.waiting_page import WaitingPage
from app.ui.settings import copy_words as words

if TYPE_CHECKING:  # read when they are first wanted
    from app.services.returns import FilledReturn
    from app.ui.home.home_page import HomePage
    from app.ui.safekeeping.unlock_dialog import UnlockDialog
    from app.ui.settings.settings_page import SettingsPage

_IDLE = "Nobody was at the computer for a while, so the book was locked."
_SLEPT = "The computer slept, so the book was locked."
_ASKED = "The book is locked. Only its password, or the recovery sheet, shows it again."


class Safe(QObject):
    """Made by the window, which tells it what opens and closes."""

    def __init__(self, window: QMainWindow, shelf: Bookshelf, menus: Menus) -> None:
        super().__init__(window)
        self._window, self._shelf, self._menus = window, shelf, menus
        self._frame: BookFrame | None = None
        self._unlocking: UnlockDialog | None = None
        self._by_words = self._cut = self._quitting = False
        allowed = frozenset(
            {menus.quit, menus.larger, menus.smaller, menus.ordinary, menus.about}
            | set(menus.themes.values())
        )
        self.lock = Lock(window, menus.actions, allowed)
        self.lock.close_wanted.connect(self._on_close_wanted)
        self.lock.unlocked.connect(self._on_unlocked)
        self.lock.idle.idled.connect(partial(self._lock, _IDLE))
        self.lock.idle.slept.connect(partial(self._lock, _SLEPT))
        shelf.password_wanted.connect(self._on_password_wanted)
        shelf.keeper.changed.connect(self._show_copies)
        wishes = shelf.wishes
        wishes.password.connect(self.change_password)
        wishes.sheet.connect(self.make_sheet)
        wishes.restore.connect(self.restore)
        wishes.move.connect(self.move_book)
        wishes.lock_changed.connect(self._set_idle)
        menus.lock.triggered.connect(self.ask_lock)
        menus.restore.triggered.connect(self.restore)
        menus.new_laptop.triggered.connect(self.show_new_laptop)

    # --- a book comes and goes ---------------------------------------------------------------

    def opened(self, frame: BookFrame) -> None:
        """Take in the frame of a book that was opened."""
        self._frame = frame
        frame.home_made.connect(partial(self._on_home_made, note_opened(frame.book.register)))
        self._set_idle()
        self._show_copies()
        if self._by_words:
            self._by_words = False
            self.ask_new_password()

    def _on_home_made(self, told: tuple[Told, ...], home: "HomePage") -> None:
        home.recovery.wanted.connect(self._on_sheet_asked)
        home.notice.acted.connect(self._on_home_acted)
        for one in told:
            home.notice.tell(one.text, tone=one.tone, actions=one.actions)

    def closed(self) -> None:
        """Forget the book that was closed; nothing of it stays on the clipboard."""
        self.lock.clipboard.empty()
        self.lock.idle.end()
        self.lock.leave()
        self._frame = None

    def waits(self) -> bool:
        """Whether the window must wait for the last copy; it is closed again when that is made."""
        keeper = self._shelf.keeper
        if self._cut or not keeper.busy:
            keeper.close(wait=not self._cut)
            return False
        if not self._quitting:
            self._quitting = True
            page = WaitingPage(
                self._shelf.looks,
                self.tr("Making a copy …"),
                self.tr("The book is closed and saved. Esc closes without this copy."),
                self.tr("Close without it"),
            )
            page.cut_short.connect(self._on_cut_short)
            keeper.idle.connect(self._window.close)
            for action in self._menus.actions:
                action.setEnabled(False)
            self._window.setCentralWidget(page)
            self._window.setWindowTitle("Hallbook")
            page.show()
            page.take_keyboard()
        return True

    def _on_cut_short(self) -> None:
        self._cut = True
        self._shelf.keeper.idle.disconnect(self._window.close)
        self._shelf.keeper.stop()
        self._window.close()

    # --- the bottom line ---------------------------------------------------------------------

    def _show_copies(self) -> None:
        keeper = self._shelf.keeper
        if self._frame is None or not keeper.book:
            return
        today = self._shelf.today()
        text = words.about_copy(keeper.known, today)
        if keeper.busy:
            text = self.tr("Making a copy …")
        self._frame.bottom.show_copies(text, *words.trouble_of(keeper.known, today))

    # --- opening with a password -------------------------------------------------------------

    def _on_password_wanted(self, path: Path, text: str) -> None:
        if self._unlocking is not None and self._unlocking.path == path:
            self._unlocking.refuse(text)
            return
        from app.ui.safekeeping.unlock_dialog import UnlockDialog

        now = self._shelf.keeper.now
        dialog = UnlockDialog(self._shelf.looks, self._shelf.jobs, path, text, now, self._window)
        self._unlocking = dialog
        dialog.key_found.connect(self._on_key_found)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _on_key_found(self, path: Path, key: str, by_words: bool) -> None:
        dialog, self._by_words = self._unlocking, by_words
        if self._shelf.open_path(path, key) and dialog is not None:
            dialog.accept()
        elif dialog is not None and dialog.form.busy:  # something else than the password
            dialog.reject()
        self._by_words = False

    def _on_dialog_finished(self) -> None:
        self._unlocking = None

    # --- the lock ----------------------------------------------------------------------------

    def ask_lock(self) -> None:
        """Lock the book; one without a password cannot be, and is offered one."""
        book = self._shelf.book
        if book is None:
            return
        if book.register.encrypted:
            self._lock(_ASKED)
            return
        question = Question(
            text=self.tr("This book has no password, so it cannot be locked."),
            more=self.tr("With a password nobody else can open it, on this computer or another."),
            yes=self.tr("Set a password…"),
        )
        self._shelf.messages.ask(self._window, question, partial(self.change_password, "set"))

    def _lock(self, why: str) -> None:
        if self._shelf.book is not None and self._frame is not None:
            self._menus.show_history("", "")
            self.lock.lock(self._shelf.book, why)

    def _set_idle(self) -> None:
        book = self._shelf.book
        if book is None or not book.register.encrypted:
            self.lock.idle.end()
            return
        self.lock.idle.limit = 60.0 * self._shelf.wishes.lock_after(standing.book_of(book.register))
        self.lock.idle.begin()

    def _on_unlocked(self, by_words: bool) -> None:
        if self._shelf.book is not None:
            history = self._shelf.book.history
            self._menus.show_history(history.undo_text, history.redo_text)
        if by_words:
            self.ask_new_password()

    def _on_close_wanted(self) -> None:
        if self._frame is not None:
            self._frame.settle()
        self._shelf.close()

    # --- password and sheet ------------------------------------------------------------------

    def change_password(self, what: str) -> None:
        """Set, change or remove the password of the open book."""
        from app.ui.safekeeping.password_dialog import PasswordDialog

        if (book := self._shelf.book) is not None:
            dialog = PasswordDialog(book, what, parent=self._window)
            dialog.wanted.connect(self._rekey)
            dialog.open()

    def ask_new_password(self) -> None:
        """Ask for a new password after the book was opened with the words of its sheet."""
        from app.ui.safekeeping.password_dialog import PasswordDialog

        if (book := self._shelf.book) is not None:
            dialog = PasswordDialog(book, "words", parent=self._window)
            dialog.wanted.connect(self._rekey)
            dialog.open()

    def _rekey(self, what: str, old: str, new: str) -> None:
        def work(path: Path, secret: str | None) -> tuple[Path, str | None]:
            from app.services import password as passwords

            now = self._shelf.keeper.now()
            return path, passwords.rekey(path, old=old or secret, new=new or None, now=now)

        told = {
            "set": self.tr("The book has a password now. Copies made before open without it: they "
                           "are thinned in time, or remove them under Settings, Backups."),
            "change": self.tr("The book has its new password. Copies made before still open with the "
                              "old one. A recovery sheet made before works no longer: make a new one."),
            "words": self.tr("The book has a new password, and the recovery sheet works no longer. "
                             "Make a new sheet under Settings, Password and recovery."),
            "remove": self.tr("The book has no password any more: anybody with the file can read it."),
        }[what]  # fmt: skip
        self._shelf.while_closed(work, partial(self._on_rekeyed, told))

    def _on_rekeyed(self, told: str, error: AppError | None) -> None:
        if self._frame is None:
            return
        text, tone = (error.text, "overdue") if error else (told, "good")
        self._show_settings(lambda page: page.notice.tell(text, tone=tone))

    def _show_settings(self, then: Callable[["SettingsPage"], object]) -> None:
        """Go to Settings, to what is said of the password."""
        if (frame := self._frame) is None:
            return

        def there() -> None:
            frame.settings.bring_up(frame.settings.password)
            then(frame.settings)

        frame.visit("settings", there)

    def make_sheet(self) -> None:
        """Make a recovery sheet: the password is asked for, then the very page is shown."""
        from app.ui.safekeeping.sheet_form import SheetForm

        if (book := self._shelf.book) is not None:
            form = SheetForm(book, parent=self._window)
            form.wanted.connect(self._make_sheet)
            form.open()

    def _make_sheet(self, typed: str, holder: str) -> None:
        made: list[FilledReturn] = []

        def work(path: Path, _secret: str | None) -> tuple[Path, str | None]:
            from app.services import password as passwords
            from app.services import recovery  # brings in what prints

            made.append(
                recovery.make(path, password=typed, holder=holder, now=self._shelf.keeper.now())
            )
            return path, passwords.key_of(path, typed)

        self._shelf.while_closed(work, partial(self._on_sheet_made, made))

    def _on_sheet_made(self, made: "list[FilledReturn]", error: AppError | None) -> None:
        if (book := self._shelf.book) is None:
            return

        def show(page: "SettingsPage") -> None:
            if error is not None:
                page.notice.tell(error.text, tone="overdue")
                return
            from app.ui.safekeeping.sheet_dialog import RecoverySheetDialog

            RecoverySheetDialog(book, made.pop(), parent=self._window).open()

        self._show_settings(show)

    def _on_sheet_asked(self) -> None:
        self._show_settings(lambda _page: None)

    # --- restoring and moving ----------------------------------------------------------------

    def restore(self) -> None:
        """Show the copies there are, to put one in the place of a book."""
        from app.ui.safekeeping.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._shelf, parent=self._window)
        dialog.wanted.connect(self._restore)
        dialog.open()

    def _restore(self, copy: Path, target: Path, key: str, by_words: bool) -> None:
        """Put a copy in a book's place, the open one's too, and open it."""
        shelf, now = self._shelf, self._shelf.keeper.now()

        def work(_path: Path, _secret: str | None) -> tuple[Path, str | None]:
            from app.services import backups

            done = backups.restore(copy, target, password=key or None, now=now)
            saved = f" What was there before is saved as {done.saved.name}." if done.saved else ""
            told.append(f"This is the copy {copy.name}.{saved}")
            return target, key or None

        told: list[str] = []
        self._by_words = by_words
        then = partial(self._on_restored, told)
        here = shelf.book.register.path if shelf.book is not None else None
        if here is not None and here.resolve() == target.resolve():
            shelf.while_closed(work, then)
        else:
            shelf.prepare(work, target, then)

    def _on_restored(self, told: list[str], error: AppError | None) -> None:
        if error is not None:
            self._by_words = False
            self._say_refused(error.text)
        elif (frame := self._frame) is not None:
            frame.visit("home", lambda: frame.home.notice.tell(told[0], tone="good"))

    def _say_refused(self, text: str) -> None:
        if (frame := self._frame) is not None:
            frame.visit("home", lambda: frame.home.notice.tell(text, tone="overdue"))
        else:
            self._shelf.refused.emit(text)

    def show_new_laptop(self) -> None:
        """Say in three steps how a book moves to another computer."""
        from app.ui.safekeeping.new_laptop_dialog import NewLaptopDialog

        dialog = NewLaptopDialog(self._shelf.looks, parent=self._window)
        dialog.restore_wanted.connect(self.restore)
        dialog.open()

    def move_book(self) -> None:
        """Ask where the open book is to live, and move it there."""
        from app.ui.safekeeping.moving import ask_where

        if self._shelf.book is not None:
            ask_where(self._window, self._shelf, self._on_moved)

    def _on_home_acted(self, key: str) -> None:
        if key == "move":
            self.move_book()

    def _on_moved(self, told: str, error: AppError | None) -> None:
        if self._frame is not None:
            self._frame.home.notice.tell(
                error.text if error else told, tone="overdue" if error else "good"
            )
