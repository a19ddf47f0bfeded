"""Keys pressed while something was made or written: they are given to what has the keyboard then."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

MOST_KEYS = 20
"""More of them were not meant for what comes."""


def press_again(key: QKeyEvent, otherwise: QWidget | None = None) -> None:
    """Press a key on what has the keyboard, or else on another widget: it goes down and up again."""
    up = QKeyEvent(QEvent.Type.KeyRelease, key.key(), key.modifiers(), key.text())
    for event in (key, up):  # Tab goes up where it led to; a button is pressed by going up
        widget = QApplication.focusWidget() or otherwise
        if widget is not None and isValid(widget):
            QCoreApplication.sendEvent(widget, event)
