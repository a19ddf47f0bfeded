"""Match a statement with the book: that of a long book on the worker, which gives way to whoever saves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError
from app.services import money, statements
from app.services.registers import Register
from app.services.statements import PreparedStatement
from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.patient_job import PatientJob

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
        self._job = PatientJob(book, quiet_ms=_QUIET_MS, parent=self)
        self._job.found.connect(self.found)
        self._job.failed.connect(self.failed)

    @property
    def running(self) -> bool:
        """Whether nothing was found yet."""
        return self._job.running

    def start(self, work: Work) -> None:
        """Match with the book as it is now."""
        self.stop()
        register = self._book.register
        path, secret = register.path, register.secret
        if path is not None and money.is_long(register):

            def match(context: JobContext) -> PreparedStatement:
                return statements.prepare_of_file(path, secret, work, stop=context.cancelled)

            self._job.start(match)
            return
        try:
            prepared = work(register)
        except AppError as error:
            self.failed.emit(error)
        else:
            self.found.emit(prepared)

    def stop(self) -> None:
        """Forget what is being matched."""
        self._job.stop()
