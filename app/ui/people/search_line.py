"""The line over a list in which one searches it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.widgets.line import Line


class SearchLine(Line):
    """The line over a list; Down goes into the list."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down into the list, or empty the line; everything else is typing."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)
