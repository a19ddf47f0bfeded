"""Long work off the window's thread: one worker, one signal back, progress and cancel."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import AppError, Cancelled
from app.ui import heap

_LOG = logging.getLogger(__name__)


class JobContext:
    """What a job may ask and say while it runs on the worker."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._stop = threading.Event()
        self._report = report

    def cancelled(self) -> bool:
        """Say whether the user wants it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled when the user wants it to stop."""
        if self._stop.is_set():
            raise Cancelled("Stopped. Nothing was changed.")

    def progress(self, done: int, total: int) -> None:
        """Say how far it is: ``done`` of ``total``."""
        self._report(done, total)

    def stop(self) -> None:
        """Ask it to stop (called by the window)."""
        self._stop.set()


Work = Callable[[JobContext], Any]
"""A function of plain values or a snapshot; it never touches a widget or the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """What comes back over the one signal."""

    job: "Job"
    kind: str
    value: Any


class Job(QObject):
    """One piece of long work, as the window sees it."""

    done = Signal(object)
    failed = Signal(object)
    """An AppError; a fault in the program goes to the exception hook instead."""
    progressed = Signal(int, int)
    ended = Signal()
    """After done, failed or cancelled: whatever happened, it is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context: JobContext | None = None
        self.running = True

    def cancel(self) -> None:
        """Ask the work to stop; its result is not wanted any more."""
        if self.context:
            self.context.stop()


class JobRunner(QObject):
    """Run jobs one after another on one worker thread."""

    somebody_waits = Signal()
    """A job that a person waits for was begun: work in the background gives way."""
    _reported = Signal(object)

    def __init__(
        self, on_fault: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._on_fault = on_fault
        self._jobs: set[Job] = set()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hallbook-job")
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work, *, background: bool = False) -> Job:
        """Begin a piece of work when those before it are over; connect to the job's signals.

        Nobody waits for work in the ``background``: it is to be stopped when somebody does.
        """
        if not background:
            self.somebody_waits.emit()
        job = Job(self)
        job.context = JobContext(partial(self._send_progress, job))
        self._jobs.add(job)
        self._pool.submit(self._carry_out, job, job.context, work)
        return job

    def drop(self) -> None:
        """Ask everything to stop; nobody wants to hear of it any more: the book is closed."""
        for job in self._jobs:
            job.cancel()
            job.deleteLater()
        self._jobs.clear()

    def close(self, *, wait: bool = True) -> None:
        """Ask everything to stop and wait for it; without waiting, it ends in its own time."""
        self.drop()
        self._pool.shutdown(wait=wait, cancel_futures=True)

    @property
    def busy(self) -> bool:
        """Whether something is running or waiting."""
        return bool(self._jobs)

    # --- on the worker -----------------------------------------------------------------------

    def _carry_out(self, job: Job, context: JobContext, work: Work) -> None:
        try:
            context.check()
            report = _Report(job=job, kind="done", value=work(context))
        except Exception as fault:  # noqa: BLE001 - everything is carried to the window's thread
            report = _Report(job=job, kind="failed", value=fault)
        self._reported.emit(report)

    def _send_progress(self, job: Job, done: int, total: int) -> None:
        self._reported.emit(_Report(job=job, kind="progress", value=(done, total)))

    # --- on the window's thread --------------------------------------------------------------

    @Slot(object)
    def _on_reported(self, report: _Report) -> None:
        job = report.job
        if job not in self._jobs:  # the window is closing
            return
        if report.kind == "progress":
            job.progressed.emit(*report.value)
            return
        self._jobs.discard(job)
        job.running = False
        stopped = job.context is not None and job.context.cancelled()
        if report.kind == "done" and not stopped:
            job.done.emit(report.value)
        elif report.kind == "failed":
            self._tell(job, report.value, stopped=stopped)
        job.ended.emit()
        job.deleteLater()
        if not self._jobs:
            heap.give_back()

    def _tell(self, job: Job, fault: BaseException, *, stopped: bool) -> None:
        if isinstance(fault, Cancelled) or stopped:
            return
        if isinstance(fault, AppError):
            job.failed.emit(fault)
        else:
            _LOG.error("a job went wrong", exc_info=fault)
            self._on_fault(fault)
