"""Long writing on the window's own thread: a little at a time, so that the window answers."""

import time
from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError

_SLICE_SECONDS = 0.02
"""Shorter than anybody feels; the register's one connection belongs to this thread."""


class Slices(QObject):
    """One piece of writing that is carried out between what the window has to do.

    The work is a generator inside one transaction: it gives something with ``done`` and ``total``
    now and then, and returns its result. Stopping closes it, which takes everything back.
    """

    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """An AppError: nothing was written."""
    progressed = Signal(int, int)
    ended = Signal()
    """After done, failed or stopped: whatever happened, it is over."""

    def __init__(self, work: Generator[Any, None, Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_idle)
        self._timer.start()

    def cancel(self) -> None:
        """Stop, with everything as it was before."""
        if self._timer.isActive():
            self._timer.stop()
            self._work.close()
            self._end()

    def _on_idle(self) -> None:
        until = time.perf_counter() + _SLICE_SECONDS
        try:
            step = next(self._work)
            while time.perf_counter() < until:
                step = next(self._work)
        except StopIteration as end:
            self._timer.stop()
            self.done.emit(end.value)
            self._end()
        except AppError as error:
            self._timer.stop()
            self.failed.emit(error)
            self._end()
        except BaseException:
            # A fault in the program: it goes on to the one hook; the window is not left waiting.
            self._timer.stop()
            self._end()
            raise
        else:
            self.progressed.emit(step.done, step.total)

    def _end(self) -> None:
        self.ended.emit()
        self.deleteLater()
