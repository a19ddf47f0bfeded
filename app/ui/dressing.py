"""Which parts of the window are dressed later, because nobody sees them when the looks change."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_PAUSE_MS = 20
"""Between two parts: what was pressed meanwhile goes first."""
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle


class LaterDressing(QObject):
    """Dresses the program anew: what is seen at once, and once; what is out of sight later.

    Qt would dress every widget there is before it draws again, twice over: for no sheet and for the
    new one. It passes over a widget that was never dressed and one with a style of its own, so both
    are said of all of them; then what is seen is dressed here, and each part out of sight when its
    turn comes: one a turn of the event loop, or at once when it is shown. (No widget of ours has a
    style of its own.)
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: WeakSet[QWidget] = WeakSet()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_idle)
        self._waiting: list[QWidget] = []

    @property
    def active(self) -> bool:
        """Whether some part still wears what it wore before."""
        return self._timer.isActive()

    def add(self, part: QWidget) -> None:
        """Dress a part later whenever it is out of sight; it calls ``dress`` when it is shown."""
        self._parts.add(part)

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Change fonts, colours and sheet inside: Qt dresses nobody; at its end what is seen is."""
        self._waiting = [p for p in self._parts if shiboken6.isValid(p) and not p.isVisible()]
        out_of_sight = set(chain.from_iterable(map(_inside, self._waiting)))
        windows = chain.from_iterable(map(_inside, QApplication.topLevelWidgets()))
        # Each once: a dialog is a window, and inside its own.
        every = [w for w in dict.fromkeys(windows) if w.testAttribute(_POLISHED)]
        for widget in every:
            widget.setAttribute(_POLISHED, False)
            widget.setAttribute(_OWN_STYLE)
        yield
        _dress([widget for widget in every if widget not in out_of_sight])
        if self._waiting:
            self._timer.start()

    def dress(self, part: QWidget) -> None:
        """Dress a part now, if it was put off."""
        if part in self._waiting:
            self._waiting.remove(part)
            _dress([widget for widget in _inside(part) if is_late(widget)])

    def _on_idle(self) -> None:
        while self._waiting:
            part = self._waiting[-1]
            if shiboken6.isValid(part):
                self.dress(part)
                break
            self._waiting.pop()
        if not self._waiting:
            self._timer.stop()


def _dress(late: list[QWidget]) -> None:
    style = QApplication.style()
    for widget in late:
        widget.setAttribute(_OWN_STYLE, False)
        style.unpolish(widget)
        style.polish(widget)
        widget.setAttribute(_POLISHED)
    for widget in filter(shiboken6.isValid, late):  # some are made anew when they hear of it
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _inside(part: QWidget) -> chain[QWidget]:
    return chain((part,), part.findChildren(QWidget))


def is_late(widget: QWidget) -> bool:
    """Return whether a widget waits to be dressed."""
    return widget.testAttribute(_OWN_STYLE) and not widget.testAttribute(_POLISHED)
