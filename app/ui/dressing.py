"""Which parts of the window are dressed later, because nobody sees them when the looks change."""

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
    """Keeps what is out of sight out of Qt's way while it dresses the program anew.

    Qt dresses every widget there is before it draws again, seen or not: three quarters of that is
    for pages nobody looks at. Qt passes over a widget that was never dressed and one with a style
    of its own, so both are said of those in parts out of sight, until their turn comes: one part
    a turn of the event loop, or at once when it is shown. (No widget of ours has its own style.)
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

    def put_off(self) -> None:
        """Call this just before everything is dressed anew."""
        self._waiting = [p for p in self._parts if shiboken6.isValid(p) and not p.isVisible()]
        for part in self._waiting:
            for widget in _inside(part):
                if widget.testAttribute(_POLISHED):
                    widget.setAttribute(_POLISHED, False)
                    widget.setAttribute(_OWN_STYLE, True)
        if self._waiting:
            self._timer.start()

    def dress(self, part: QWidget) -> None:
        """Dress a part now, if it was put off."""
        if part not in self._waiting:
            return
        self._waiting.remove(part)
        late = [w for w in _inside(part) if is_late(w)]
        for widget in late:
            style = QApplication.style()
            widget.setAttribute(_OWN_STYLE, False)
            style.unpolish(widget)
            style.polish(widget)
            widget.setAttribute(_POLISHED)
        for widget in filter(shiboken6.isValid, late):  # some are made anew when they hear of it
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))

    def _on_idle(self) -> None:
        while self._waiting:
            part = self._waiting[-1]
            if shiboken6.isValid(part):
                self.dress(part)
                break
            self._waiting.pop()
        if not self._waiting:
            self._timer.stop()


def _inside(part: QWidget) -> chain[QWidget]:
    return chain((part,), part.findChildren(QWidget))


def is_late(widget: QWidget) -> bool:
    """Return whether a widget waits to be dressed."""
    return widget.testAttribute(_OWN_STYLE) and not widget.testAttribute(_POLISHED)
