"""Count figures of money once the page is drawn: a long book's on the worker."""

from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.services import figures, money
from app.services.money import Values, WantedSums
from app.ui.book import Book
from app.ui.jobs import Job, JobContext
from app.ui.people.gathering import Gathering

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
        self._job: Job | None = None
        self._reading: Job | None = None
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET_MS)
        self._later.timeout.connect(self._begin)
        book.events.saving.connect(self._give_way)
        book.jobs.somebody_waits.connect(self._give_way)

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
        self._later.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
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

        self._job = self._book.jobs.start(work, background=True)
        self._job.done.connect(self._on_counted)
        self._job.failed.connect(self._on_failed)

    def _give_way(self) -> None:
        """Stop: somebody saves, or waits for the worker; it is counted again when that is over."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._later.start()

    def _on_counted(self, values: Values) -> None:
        self._job = None
        self.found.emit(values)

    def _on_failed(self, _error: AppError) -> None:
        self._job = None
        self.failed.emit()


def _read_definitions(_context: JobContext) -> None:
    figures.read_definitions()
