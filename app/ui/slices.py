"""Long writing on the window's own thread: a little at a time, so that the window answers."""

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.services.result import Written, to_its_end

_SLICE_SECONDS = 0.02
"""Shorter than anybody feels; the register's one connection belongs to this thread."""
ROWS_AT_ONCE = 200
"""A change of so many rows is written in one go: a few hundredths of a second at most."""


class Slices(QObject):
    """One piece of writing that is carried out between what the window has to do.

    The work is a generator inside one transaction: it gives something with ``done`` and ``total``
    now and then, and returns its result. Stopping closes it, which takes everything back.
    """

    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """An AppError: nothing was written."""
    stopped = Signal()
    """Everything is as it was before."""
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
            self.stopped.emit()
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


def carry_out(
    work: Generator[Written, None, Any],
    parent: QObject,
    *,
    done: Callable[[Any], None],
    failed: Callable[[AppError], None],
) -> Slices | None:
    """Carry a change out: a small one at once, and None is returned; a large one in slices.

    The first that the work gives says how many rows it is, before anything is written.
    """
    try:
        if next(work).total > ROWS_AT_ONCE:
            next(work)  # from here on nobody else writes
            slices = Slices(work, parent)
            slices.done.connect(done)
            slices.failed.connect(failed)
            return slices
        result = to_its_end(work)
    except StopIteration as end:  # there was nothing to do
        result = end.value
    except AppError as error:
        failed(error)
        return None
    done(result)
    return None
