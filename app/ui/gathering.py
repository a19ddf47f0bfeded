"""Run a slow look at the book a little at a time, so that the window never waits for it."""

from collections.abc import Generator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.ui import heap

_SLICE = 0.012
"""Seconds of looking between two turns of the window."""


class Gathering(QObject):
    """One slow look at a time; beginning another forgets the one before."""

    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(object)
    """An AppError."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: Generator[tuple[int, int], None, Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    @property
    def running(self) -> bool:
        """Whether it is still looking."""
        return self._look is not None

    def start(self, look: Generator[tuple[int, int], None, Any], *, at_once: bool = True) -> None:
        """Begin; a look that ends within its first turn tells at once, unless it is to wait."""
        self.stop()
        self._look = look
        if at_once:
            self._on_turn()
        if self._look is not None:
            self._timer.start()

    def stop(self) -> None:
        """Look no further."""
        self._timer.stop()
        if self._look is not None:
            self._look.close()
            self._look = None

    def _on_turn(self) -> None:
        began = perf_counter()
        look, at = self._look, (0, 0)
        while look is not None and look is self._look and perf_counter() - began < _SLICE:
            try:
                at = next(look)
            except StopIteration as end:
                self._end(end.value)
                return
            except AppError as error:
                self.stop()
                self.failed.emit(error)
                return
        if self._look is not None and at[1]:
            self.progressed.emit(*at)

    def _end(self, found: object) -> None:
        was_long = self._timer.isActive()
        self._look = None
        self._timer.stop()
        self.found.emit(found)
        if was_long:
            heap.give_back()
