"""Open, make and close books; remember the last one."""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal

from app.domain.errors import AppError, PasswordNeeded, WrongPassword
from app.services import guesses, recent, registers, settings, standing
from app.services.registers import Register
from app.services.result import Refused
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.commands import Commands
from app.ui.events import RegisterEvents
from app.ui.jobs import Job, JobContext, JobRunner
from app.ui.keeper import Keeper
from app.ui.lasting import Lasting
from app.ui.messages import Messages
from app.ui.undo import History
from app.ui.wishes import Wishes

_LOG = logging.getLogger(__name__)
SUFFIX = ".hallbook"
_DAMAGED = (
    "Part of this book’s file cannot be read as it should. Make a copy of the file now, then open "
    "your latest good copy; what you enter here may not be kept."
)
_SETTLED_MS = 2_000
"""So long after a book was opened its file is looked through: its pages are made first."""
_QUIET_MS = 60_000
"""So long after a change that broke it off, looking through the file begins again."""
_KEY_LAST = "books/last"


class Bookshelf(QObject):
    """The one book that is open, if any."""

    opened = Signal(object)
    """A Book."""
    closed = Signal()
    rested = Signal()
    """The book's file was written anew, and the book is open again where that can be."""
    damaged = Signal(str)
    """The file of the open book is not sound: what to do about it."""
    password_wanted = Signal(object, str)
    """The path of a book that needs a password, and what to say about it."""
    refused = Signal(str)
    """Why a book could not be opened or made, for showing in place."""

    def __init__(
        self,
        looks: Appearance,
        messages: Messages,
        jobs: JobRunner,
        keeper: Keeper,
        stored: QSettings,
        today: Callable[[], dt.date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.looks = looks
        self.messages = messages
        self.jobs = jobs
        self.today = today
        self.keeper = keeper
        self.wishes = Wishes(stored, self)
        self.resting = False
        """Whether the book is closed only to be opened again: for another password, or elsewhere."""
        jobs.somebody_waits.connect(self._give_way)
        self._settings = stored
        self._check: Job | None = None
        self._check_with: tuple[Path, str | None] | None = None
        """What is to be looked through: the file, and the key that opens it; never a password."""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_quiet)
        self.book: Book | None = None
        self.lasting: Lasting | None = None
        """Stands over the pages while a change of many rows is written."""

    @property
    def last(self) -> Path | None:
        """The book that was open last, if it is still there."""
        stored = str(self._settings.value(_KEY_LAST, ""))
        return Path(stored) if stored and Path(stored).is_file() else None

    def open_path(self, path: Path, password: str | None = None) -> bool:
        """Open a book; asks for its password when it has one. False when it is not open (yet)."""
        if self.resting:  # another is being written just now, and is opened again at once
            return False
        try:
            register = registers.open_register(path, password=password, undo=True)
        except PasswordNeeded:
            text = f"{path.name} has a password. Type it to open the book."
            self.password_wanted.emit(path, text)
        except WrongPassword as error:
            guesses.note_wrong(path, self.keeper.now())
            self.password_wanted.emit(path, error.text)
        except AppError as error:
            _LOG.warning("a book could not be opened: %s", type(error))
            self.refused.emit(error.text)
        else:
            guesses.note_right(path)
            self._put_on_the_table(register, path)
            self._check_with = (path, register.secret)
            self._later.start(_SETTLED_MS)
            return True
        return False

    def make(
        self, path: Path, group_name: str, *, tagline: str = "", password: str | None = None
    ) -> bool:
        """Make an empty book for a group and open it."""
        try:
            path = registers.book_path(path)
            made = registers.create(path, group_name, password=password)
        except AppError as error:
            self.refused.emit(error.text)
            return False
        if isinstance(made, Refused):
            self.refused.emit(made.text)
            return False
        with made:
            settings.save(made, replace(settings.read(made), tagline=tagline.strip()))
        return self.open_path(path, password)

    def make_pretend(self, path: Path) -> None:
        """Have the worker make a small pretend group, then open it."""
        today = self.today()

        def work(context: JobContext) -> Path:
            # Imported here: it is asked for once in a book's life.
            from app.services.example import Size, make_example

            make_example(path, size=Size.SMALL, seed=1, ending=today, progress=_going_on(context))
            return path

        job = self.jobs.start(work)
        job.done.connect(self.open_path)
        job.failed.connect(self._on_not_made)

    def throw_away_pretend(self) -> None:
        """Close the pretend group that is open and delete its file; another book stays as it is."""
        if self.book is None or not settings.read(self.book.register).pretend:
            return
        path, book = self.book.register.path, self.keeper.book
        self.keeper.forget()
        self.close()
        if path is not None:
            recent.forget(path)
            standing.throw_away(path, book)
            with suppress(OSError):
                path.unlink()

    def _on_not_made(self, error: AppError) -> None:
        self.refused.emit(error.text)

    def close(self) -> None:
        """Close the book that is open."""
        if self.book is None:
            return
        book, self.book = self.book, None
        self._later.stop()
        self._check_with, self._check = None, None
        self.jobs.drop()
        if self.lasting is not None:
            self.lasting.stop()
        if not self.resting:
            self.keeper.end()
        book.register.close()
        for part in (book.commands, book.history, book.events):
            part.deleteLater()
        self.closed.emit()

    def prepare(
        self,
        work: Callable[[Path, str | None], tuple[Path, str | None]],
        path: Path,
        then: Callable[[AppError | None], None],
    ) -> None:
        """Have the worker make a book, and open it; one that is open meanwhile stays until then."""

        def made(there: tuple[Path, str | None]) -> None:
            if self.open_path(*there):
                then(None)

        job = self.jobs.start(lambda _context: work(path, None))
        job.done.connect(made)
        job.failed.connect(then)

    def while_closed(
        self,
        work: Callable[[Path, str | None], tuple[Path, str | None]],
        then: Callable[[AppError | None], None],
    ) -> None:
        """Close the book, have the worker do something to its file, and open it again.

        ``work`` gets the file and its key and gives the file and the key to open afterwards; where it
        cannot, the book is opened as it was. ``then`` hears why, or None when it is done.
        """
        if self.book is None or self.book.register.path is None:
            return
        path, secret = self.book.register.path, self.book.register.secret
        self.keeper.pause()
        self.resting = True
        self.close()

        def do(_context: JobContext) -> tuple[Path, str | None]:
            return work(path, secret)

        def again(there: tuple[Path, str | None], error: AppError | None) -> None:
            self.resting = False
            if self.open_path(*there):
                then(error)
            self.rested.emit()

        def begin() -> None:
            job = self.jobs.start(do)
            job.done.connect(lambda there: again(there, None))
            job.failed.connect(lambda error: again((path, secret), error))

        self.keeper.when_idle(begin)  # on Windows nobody else may have the file open

    def when_rested(self, do: Callable[[], object]) -> bool:
        """Do something once the file that is being written anew is open again; False: none is."""
        if self.resting:
            self.rested.connect(do, Qt.ConnectionType.QueuedConnection)
        return self.resting

    def _begin_check(self, path: Path, password: str | None) -> None:
        """Have the worker look through the file, so that damage is known before it matters."""

        def work(context: JobContext) -> tuple[str, ...]:
            return registers.quick_check(path, password=password, stop=context.cancelled)

        self._check = self.jobs.start(work, background=True)
        self._check.ended.connect(self._on_check_ended)
        self._check.done.connect(self._on_checked)
        self._check.failed.connect(self._on_check_failed)

    def _give_way(self) -> None:
        """Stop looking through the file: somebody ticks, and must not wait for it."""
        if self._check is not None:
            self._check.cancel()
            self._later.start(_QUIET_MS)  # tried again when nobody has ticked for a while

    def _on_check_ended(self) -> None:
        self._check = None

    def _on_quiet(self) -> None:
        if self._check is None and self._check_with is not None:
            self._begin_check(*self._check_with)

    def _on_checked(self, findings: tuple[str, ...]) -> None:
        if findings:
            _LOG.error("a book is damaged: %d findings", len(findings))
            self.damaged.emit(_DAMAGED)

    def _on_check_failed(self, error: AppError) -> None:
        self.damaged.emit(error.text)

    def _put_on_the_table(self, register: Register, path: Path) -> None:
        self.close()
        self._settings.setValue(_KEY_LAST, str(path.absolute()))
        events = RegisterEvents(self)
        events.saving.connect(self._give_way)
        events.saving.connect(self.keeper.give_way)
        history = History(register, events, self)
        self.lasting = Lasting(self.looks, events, events)
        self.book = Book(
            register=register,
            looks=self.looks,
            events=events,
            history=history,
            commands=Commands(register, events, history, self),
            jobs=self.jobs,
            messages=self.messages,
            keeper=self.keeper,
            wishes=self.wishes,
            today=self.today,
        )
        self.opened.emit(self.book)
        self.keeper.begin(register)


def _going_on(context: JobContext) -> Callable[[int, int], bool]:
    def progress(done: int, total: int) -> bool:
        context.progress(done, total)
        return not context.cancelled()

    return progress
