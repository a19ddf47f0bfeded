"""The window: the start screen or the frame of an open book, and the menus over both."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app import __version__
from app.services import settings
from app.ui.book import Book
from app.ui.bookshelf import SUFFIX, Bookshelf
from app.ui.dropping import dropped_path
from app.ui.frame import BookFrame
from app.ui.menus import Menus
from app.ui.messages import Question
from app.ui.navigation import PLACES
from app.ui.safekeeping.safe import Safe
from app.ui.safekeeping.waiting_page import WaitingPage
from app.ui.start.places import pretend_path
from app.ui.start.start_screen import StartScreen
from app.ui.theme import ThemeChoice
from app.ui.welfare.door import WelfareDoor

if TYPE_CHECKING:  # read when a book is begun
    from app.services.starting import Started

_KEY_GEOMETRY = "window/geometry"
_FIRST_SIZE = QSize(1366, 768)
_BARS = QSize(12, 60)
"""What the system's frame and title bar may add to a window."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(
        self, shelf: Bookshelf, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shelf = shelf
        self._settings = settings
        self._closed = False
        self.frame: BookFrame | None = None
        self.start: StartScreen | None = None
        self.menus = Menus(self, shelf.looks, PLACES)
        self.safe = Safe(self, shelf, self.menus)
        self.welfare = WelfareDoor(self, shelf, self.menus, self.safe.lock)
        self._connect()
        self.setAcceptDrops(True)
        self._restore_size()

    def begin(self, path: Path | None = None) -> None:
        """Show a book, or where there is none, or it does not open, the start screen."""
        if (path is None or not self.shelf.open_path(path)) and self.start is None:
            self.show_start()

    def _connect(self) -> None:
        menus, shelf = self.menus, self.shelf
        shelf.opened.connect(self._on_opened)
        shelf.closed.connect(self._on_closed)
        shelf.refused.connect(self._on_refused)
        shelf.damaged.connect(self._on_damaged)
        menus.new.triggered.connect(self.ask_new)
        menus.open.triggered.connect(self.ask_open)
        menus.pretend.triggered.connect(self.try_pretend)
        menus.throw_away.triggered.connect(self.ask_throw_away)
        menus.settings.triggered.connect(self._on_settings)
        menus.bring_in.triggered.connect(self._on_import)
        menus.imports.triggered.connect(self._on_imports)
        for export in menus.exports.values():
            export.triggered.connect(self._on_export)
        menus.close.triggered.connect(self.close_book)
        menus.quit.triggered.connect(self.close)
        menus.undo.triggered.connect(self._on_undo)
        menus.redo.triggered.connect(self._on_redo)
        menus.search.triggered.connect(self._on_search)
        menus.add_person.triggered.connect(self._on_add_person)
        menus.record_referral.triggered.connect(self._on_record_referral)
        for action in menus.pages.values():
            action.triggered.connect(self._on_page)
        menus.larger.triggered.connect(self._on_larger)
        menus.smaller.triggered.connect(self._on_smaller)
        menus.ordinary.triggered.connect(self._on_ordinary)
        for action in menus.themes.values():
            action.triggered.connect(self._on_theme)
        menus.help.triggered.connect(self.show_help)
        menus.shortcuts.triggered.connect(self._on_shortcuts)
        menus.about.triggered.connect(self._on_about)

    # --- books -------------------------------------------------------------------------------

    def _on_closed(self) -> None:
        self.safe.closed()
        if self.shelf.resting:  # it is opened again at once
            self._leave_frame()
            page = WaitingPage(self.shelf.looks, self.tr("The book is being written anew …"))
            self.setCentralWidget(page)
            page.show()
        else:
            self.show_start()

    def _leave_frame(self) -> None:
        if self.frame is not None:
            self.frame.leave()
        self.frame = None
        self.menus.show_book(is_open=False)
        self.menus.show_history("", "")

    def show_start(self) -> None:
        """Show the start screen."""
        self._leave_frame()
        self.start = StartScreen(self.shelf)
        self.start.book_wanted.connect(self._open)
        self.start.last_wanted.connect(self._on_last)
        self.start.open_wanted.connect(self.ask_open)
        self.start.new_wanted.connect(self.ask_new)
        self.start.pretend_wanted.connect(self.try_pretend)
        self.start.restore_wanted.connect(self.safe.restore)
        self.setWindowTitle("Hallbook")
        self.setCentralWidget(self.start)
        self.start.show()
        self.start.take_keyboard()

    def ask_open(self) -> None:
        """Ask which book to open."""
        folder = self.shelf.last.parent if self.shelf.last else Path.home()
        self.shelf.messages.ask_open_path(
            self,
            title=self.tr("Open a book"),
            folder=folder,
            kinds=self.tr("Hallbook books (*.hallbook)"),
            then=self._open,
        )

    def ask_new(self) -> None:
        """Ask whose new book it is and where it is to be kept."""
        # Imported here, as other dialogs are: most sittings never open it.
        from app.ui.start.new_book_dialog import NewBookDialog

        dialog = NewBookDialog(self.shelf, parent=self)
        dialog.made.connect(self._on_made)
        dialog.open()

    def try_pretend(self) -> None:
        """Make a pretend group where books are kept, or open the one that is there."""
        path = pretend_path()
        if path.exists():
            self._open(path)
            return
        if self.start is not None:
            self.start.notice.tell(self.tr("Making a pretend group …"), tone="plain")
        self.shelf.make_pretend(path)

    def ask_throw_away(self) -> None:
        """Ask, then delete the pretend group's file."""
        book = self.shelf.book
        if book is None or not settings.read(book.register).pretend or book.register.path is None:
            return
        question = Question(
            text=self.tr("Throw the pretend group away?"),
            more=self.tr("{path} is deleted. Everybody in it is made up.").format(
                path=book.register.path
            ),
            yes=self.tr("Throw it away"),
        )
        self.shelf.messages.ask(self, question, self._throw_away)

    def _throw_away(self) -> None:
        if self.frame is not None:
            self.frame.settle()
        self.shelf.throw_away_pretend()

    def _on_made(self, started: "Started") -> None:
        if self.frame is not None and started.text:
            self.frame.home.notice.tell(started.text, tone="good")

    def close_book(self) -> None:
        """Close the open book and show the start screen."""
        if self.frame is not None:
            self.frame.settle()
        self.shelf.close()

    def _open(self, path: Path) -> None:
        if self.frame is not None:
            self.frame.settle()
        self.shelf.open_path(path)

    def _on_last(self) -> None:
        if self.shelf.last is not None:
            self._open(self.shelf.last)

    def _on_opened(self, book: Book) -> None:
        self.start = None
        self.frame = BookFrame(book)
        self.frame.help_wanted.connect(self.show_help)
        self.frame.title_changed.connect(self._say_title)
        book.history.changed.connect(self._on_history)
        self.setWindowTitle(self.frame.group_name)
        self.menus.show_book(is_open=True)
        self.menus.show_history("", "")
        self.setCentralWidget(self.frame)
        self.frame.show()  # at once: Qt would wait for the next round of events
        self.menus.throw_away.setEnabled(settings.read(book.register).pretend)
        self.safe.opened(self.frame)
        self.frame.begin()

    def _say_title(self, title: str) -> None:
        if self.safe.lock.is_locked:
            self.safe.lock.keep_title(title)
        else:
            self.setWindowTitle(title)

    def _on_refused(self, text: str) -> None:
        if self.frame is not None:
            self.shelf.messages.tell(self, text)
            return
        if self.start is None:
            self.show_start()
        if self.start is not None:
            self.start.notice.tell(text, tone="overdue")

    def _on_damaged(self, text: str) -> None:
        if self.frame is not None:
            self.frame.bottom.warn(self.tr("This book’s file is damaged"))
        self.shelf.messages.tell(self, text)

    # --- menus -------------------------------------------------------------------------------

    def _on_history(self) -> None:
        if self.frame is not None:
            history = self.frame.book.history
            self.menus.show_history(history.undo_text, history.redo_text)

    def _on_undo(self) -> None:
        if self.frame is not None:
            self.frame.book.history.undo()

    def _on_redo(self) -> None:
        if self.frame is not None:
            self.frame.book.history.redo()

    def _on_import(self) -> None:
        if self.frame is not None and not self.frame.page.bring_in():
            self.frame.start_import()

    def _on_settings(self) -> None:
        if self.frame is not None:
            self.frame.visit("settings")

    def _on_imports(self) -> None:
        if self.frame is not None:
            self.frame.show_imports()

    def _on_export(self) -> None:
        from app.ui.exporting import Exporting  # few sittings export anything

        for key, action in self.menus.exports.items():
            if action is self.sender() and self.frame is not None:
                Exporting(self.frame.book, self.frame).ask(key)

    def _on_search(self) -> None:
        if self.frame is not None:
            self.frame.search()

    def _on_record_referral(self) -> None:
        if self.frame is not None:
            self.frame.record_referral()

    def _on_add_person(self) -> None:
        if self.frame is not None:
            self.frame.people.add_person()

    def _on_page(self) -> None:
        for key, action in self.menus.pages.items():
            if action is self.sender() and self.frame is not None:
                self.frame.visit(key)

    def _on_larger(self) -> None:
        self.shelf.looks.step_text_size(1)

    def _on_smaller(self) -> None:
        self.shelf.looks.step_text_size(-1)

    def _on_ordinary(self) -> None:
        self.shelf.looks.set_text_size(100)

    def _on_theme(self) -> None:
        for choice, action in self.menus.themes.items():
            if action is self.sender():
                self.shelf.looks.set_theme(ThemeChoice(choice))
        self.menus.show_theme()

    def show_help(self) -> None:
        """Say what the page shown is for."""
        if self.frame is not None:
            text = self.frame.page.help_text
        else:
            text = self.tr(
                "Open a book, start a new one, or try everything with a pretend group first."
            )
        keys = self.tr("All keys are under Help, Keys.")
        # Only the title is bold: a paragraph of bold letters is hard to read.
        title = self.tr("What this page is for")
        self.shelf.messages.tell(self, title, more=f"{text}\n\n{keys}")

    def _on_shortcuts(self) -> None:
        from app.ui.help.keys_dialog import KeysDialog

        KeysDialog(self.shelf.looks, self.menus.actions, parent=self).open()

    def _on_about(self) -> None:
        self.shelf.messages.tell(
            self,
            f"Hallbook {__version__}",
            more=self.tr(
                "The clipboard, the cash tin and the grant form in one file. Nothing leaves this "
                "computer unless you send it."
            ),
        )

    # --- the window itself -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes what is open, when nothing nearer wanted it."""
        if event.key() == Qt.Key.Key_Escape and self.frame is not None:
            self.frame.escape()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file: a book to open, or a spreadsheet to import."""
        if dropped_path(event) is not None and QApplication.activeModalWidget() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a book that is dropped, or begin to import what else is."""
        path = dropped_path(event)
        if path is None:
            return
        event.acceptProposedAction()
        self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Open a book, or begin to import a spreadsheet."""
        if path.suffix.casefold() == SUFFIX:
            self._open(path)
        elif self.frame is not None:
            if not self.frame.page.bring_in(path):
                self.frame.start_import(path)
        elif self.start is not None:
            self.start.notice.tell(
                self.tr("Open a book or start one first; then drop {name} on it.").format(
                    name=path.name
                )
            )

    def follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard into sight, wherever the page is scrolled to."""
        if self.frame is not None and now is not None:
            self.frame.show_focused(now)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, stop long work, close the book, remember the size."""
        if self.shelf.when_rested(self.close):  # whoever has just set a password has it set
            event.ignore()
            return
        if not self._closed:  # Qt may ask a window twice
            self._closed = True
            if self.frame is not None:
                self.frame.settle()
                self.frame.leave()
            self._settings.setValue(_KEY_GEOMETRY, self.saveGeometry())
            self.shelf.jobs.close()
            self.shelf.closed.disconnect(self._on_closed)  # the window goes with its book
            self.safe.closed()
            self.shelf.close()
        if self.safe.waits():
            event.ignore()
        else:
            super().closeEvent(event)

    def appear(self) -> None:
        """Show the window as it was left; the first time it fills a screen that is hardly larger."""
        # Under a title bar its first size would reach below the edge of a small laptop's screen.
        room = self.screen().availableGeometry().size()
        small = room.boundedTo(_FIRST_SIZE + _BARS) != _FIRST_SIZE + _BARS
        if small and not self._remembered:
            self.showMaximized()
        else:
            self.show()

    def _restore_size(self) -> None:
        stored = self._settings.value(_KEY_GEOMETRY)
        self._remembered = isinstance(stored, QByteArray) and self.restoreGeometry(stored)
        if not self._remembered:
            room = self.screen().availableGeometry().size() if self.screen() else _FIRST_SIZE
            self.resize(_FIRST_SIZE.boundedTo(room - _BARS))
