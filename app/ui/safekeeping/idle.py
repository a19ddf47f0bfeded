"""How long nobody has pressed or moved anything, and whether the computer slept meanwhile."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 5_000
_SLEPT = 60.0
"""Seconds that the clock on the wall jumps ahead between two looks when the lid was shut."""
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Idle(QObject):
    """Looks every few seconds; asked of windows, not of each widget, so that it costs nothing."""

    idled = Signal()
    """Nobody did anything for so long."""
    slept = Signal()
    """The computer slept, or its clock was set forward."""

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        running: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._wall, self._running = wall, running
        self.limit = 0.0
        """Seconds; 0 for never."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._watched: set[int] = set()
        self.touch()
        self._looked = (self._wall(), self._running())

    def begin(self) -> None:
        """Begin to look."""
        self.touch()
        self._looked = (self._wall(), self._running())
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        self._timer.start()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._touched = self._running()

    def look(self) -> None:
        """Tell what is to be told; the program calls it every few seconds."""
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        wall, running = self._wall(), self._running()
        passed, lived = wall - self._looked[0], running - self._looked[1]
        self._looked = (wall, running)
        # Some systems count sleep as running, others do not: either way nobody looked for a while.
        if passed - lived > _SLEPT or lived > _SLEPT:
            self.slept.emit()
        elif self.limit and running - self._touched >= self.limit:
            self.idled.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; nothing is kept from anybody."""
        if event.type() in _SIGNS:
            self.touch()
        return False

    def _watch(self, window: QWindow) -> None:
        if id(window) not in self._watched:
            self._watched.add(id(window))
            window.installEventFilter(self)
            window.destroyed.connect(self._on_gone)

    def _on_gone(self) -> None:
        self._watched.clear()  # filters that are there already are only moved to the front
