"""One job on the worker that gives way to whoever saves, and begins again when that is over."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.ui.book import Book
from app.ui.jobs import Job, JobContext

_Work = Callable[[JobContext], Any]


class PatientJob(QObject):
    """One at a time; starting another forgets the one before."""

    found = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """An AppError."""

    def __init__(
        self, book: Book, *, quiet_ms: int, background: bool = False, parent: QObject | None = None
    ) -> None:
        """``quiet_ms``: for how long nobody has saved before it begins again.

        One in the ``background`` gives way to whoever waits for the worker too.
        """
        super().__init__(parent)
        self._jobs = book.jobs
        self._background = background
        self._work: _Work | None = None
        self._job: Job | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(quiet_ms)
        self._later.timeout.connect(self._begin)
        book.events.saving.connect(self._give_way)
        if background:
            book.jobs.somebody_waits.connect(self._give_way)

    @property
    def running(self) -> bool:
        """Whether nothing was found yet."""
        return self._job is not None or self._later.isActive()

    def start(self, work: _Work) -> None:
        """Begin."""
        self.stop()
        self._work = work
        self._begin()

    def stop(self) -> None:
        """Forget what is being done."""
        self._later.stop()
        self._work = None
        self._cancel()

    def _begin(self) -> None:
        if self._work is not None:
            self._job = self._jobs.start(self._work, background=self._background)
            self._job.done.connect(self._on_done)
            self._job.failed.connect(self._on_failed)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _give_way(self) -> None:
        if self._job is not None:
            self._cancel()
            self._later.start()

    def _on_done(self, found: object) -> None:
        self._job = None
        self.found.emit(found)

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        self.failed.emit(error)
