"""Count figures of money once the page is drawn: a long book's on the worker."""

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError
from app.services import figures, money
from app.services.money import Values, WantedSums
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.jobs import Job, JobContext
from app.ui.patient_job import PatientJob

_QUIET_MS = 1500
"""For how long nobody has saved anything or waited for the worker before it is counted again."""


class FigureCount(QObject):
    """One count at a time; beginning another forgets the one before."""

    found = Signal(object)
    went_away = Signal()
    """It is counted on the worker, and takes its time."""
    failed = Signal()

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._wanted: WantedSums | None = None
        self._reading: Job | None = None
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._counting = PatientJob(book, quiet_ms=_QUIET_MS, background=True, parent=self)
        self._counting.found.connect(self.found)
        self._counting.failed.connect(self._on_failed)

    def start(self, wanted: WantedSums) -> None:
        """Begin with the next turn of the window; the worker reads all definitions before the first."""
        self.stop()
        self._wanted = wanted
        if figures.definitions_are_read():
            self._gathering.start(self._count(wanted), at_once=False)
        else:
            self._reading = self._book.jobs.start(_read_definitions, background=True)
            self._reading.done.connect(self._on_read)

    def stop(self) -> None:
        """Count no further."""
        self._gathering.stop()
        self._counting.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _on_read(self) -> None:
        self._reading = None
        if self._wanted is not None:
            self.start(self._wanted)

    def _count(self, wanted: WantedSums) -> Generator[tuple[int, int], None, Values | None]:
        register = self._book.register
        yield 1, 2
        if money.is_long(register) and register.path is not None:
            return None
        return money.count_sums(register, wanted)

    def _on_found(self, values: Values | None) -> None:
        if values is not None:
            self.found.emit(values)
        else:
            self.went_away.emit()
            self._begin()

    def _begin(self) -> None:
        register, wanted = self._book.register, self._wanted
        path, secret = register.path, register.secret
        if wanted is None or path is None:
            return

        def work(context: JobContext) -> Values:
            return money.count_sums_of_file(path, secret, wanted, stop=context.cancelled)

        self._counting.start(work)

    def _on_failed(self, _error: AppError) -> None:
        self.failed.emit()


def _read_definitions(_context: JobContext) -> None:
    figures.read_definitions()
