"""Counts what the window does between two turns of the event loop: calls, steps of SQLite, widgets.

Counted, not timed: a slow computer is no fault, and the same work gives the same counts.
"""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

_CALM = 4
"""Looks in a row at which nothing is under way, before a step is over."""
_STEPS_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done at once."""

    calls: int
    """Calls of functions, ours and Qt's."""
    steps: int
    """Steps of SQLite's machine, on the window's own connection."""
    widgets: int
    """Widgets that were made."""


class Turns(QObject):
    """Watches the event loop of a window."""

    def __init__(self, window):
        super().__init__()
        self._window = window
        self._loop = QEventLoop()
        self._beats = QTimer(self)
        self._beats.timeout.connect(self._beat)
        self._looks = QTimer(self)
        self._looks.setInterval(10)
        self._looks.timeout.connect(self._look)

    def most_at_once(self, step):
        """Return the most of each kind that a step did in one turn, until all is calm."""
        self._most = Work(calls=0, steps=0, widgets=0)
        self._begin_turn()
        QTimer.singleShot(0, self, lambda: self._take(step))
        self._beats.start(0)
        # Counting is switched on where Python is entered anew: by every event.
        sys.setprofile(self._on_call)
        try:
            self._go_on()
        finally:
            sys.setprofile(None)
            self._beats.stop()
            self._watch_book(watch=False)
        return self._most

    def until_calm(self, step):
        """Do a step that nobody counts, which is several times as quick."""
        QTimer.singleShot(0, self, lambda: step(self._window))
        self._go_on()

    def _go_on(self):
        self._calm = 0
        self._looks.start()
        self._loop.exec()
        self._looks.stop()

    def _take(self, step):
        self._watch_book(watch=True)
        step(self._window)
        self._watch_book(watch=True)  # it may have been opened just now

    def _watch_book(self, *, watch):
        book = self._window.shelf.book
        if book is not None:
            handler = self._on_steps if watch else None
            book.register._connection.set_progress_handler(handler, _STEPS_COUNTED * watch)

    def _on_call(self, _frame, event, _argument):
        if event in {"call", "c_call"}:
            self._calls += 1

    def _on_steps(self):
        self._steps += _STEPS_COUNTED
        return 0

    def _begin_turn(self):
        self._calls, self._steps = 0, 0
        self._widgets = len(QApplication.allWidgets())

    def _beat(self):
        made = len(QApplication.allWidgets()) - self._widgets
        self._most = Work(
            calls=max(self._most.calls, self._calls),
            steps=max(self._most.steps, self._steps),
            widgets=max(self._most.widgets, made),
        )
        self._begin_turn()

    def _look(self):
        frame = self._window.frame
        shelf = self._window.shelf
        made = frame is not None and (frame.making.active or frame.ahead.active)
        lasting = shelf.lasting is not None and shelf.lasting.active
        busy = shelf.jobs.busy or shelf.looks.later.active or made or lasting
        self._calm = 0 if busy else self._calm + 1
        if self._calm >= _CALM:
            self._loop.quit()
