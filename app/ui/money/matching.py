"""Match a statement with the book: that of a long book on the worker, which gives way to whoever saves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.services import money, statements
from app.services.registers import Register
from app.services.statements import PreparedStatement
from app.ui.book import Book
from app.ui.jobs import Job, JobContext

_QUIET_MS = 200
"""So long after somebody saved, matching begins again."""

Work = Callable[[Register], PreparedStatement]


class Matching(QObject):
    """One statement at a time; beginning with another forgets the one before."""

    found = Signal(object)
    """The PreparedStatement; of a short book before ``start`` is over."""
    failed = Signal(object)
    """An AppError."""

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._work: Work | None = None
        self._job: Job | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET_MS)
        self._later.timeout.connect(self._begin)
        book.events.saving.connect(self._give_way)

    @property
    def running(self) -> bool:
        """Whether nothing was found yet."""
        return self._job is not None or self._later.isActive()

    def start(self, work: Work) -> None:
        """Match with the book as it is now."""
        self.stop()
        register = self._book.register
        if register.path is not None and money.is_long(register):
            self._work = work
            self._begin()
            return
        try:
            prepared = work(register)
        except AppError as error:
            self.failed.emit(error)
        else:
            self.found.emit(prepared)

    def stop(self) -> None:
        """Forget what is being matched."""
        self._later.stop()
        self._work = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        path, secret, wanted = self._book.register.path, self._book.register.secret, self._work
        if path is None or wanted is None:
            return

        def work(context: JobContext) -> PreparedStatement:
            return statements.prepare_of_file(path, secret, wanted, stop=context.cancelled)

        self._job = self._book.jobs.start(work)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)

    def _give_way(self) -> None:
        """Stop: somebody saves; it is matched with the book as it is after that."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._later.start()

    def _on_found(self, prepared: PreparedStatement) -> None:
        self._job = None
        self.found.emit(prepared)

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        self.failed.emit(error)
