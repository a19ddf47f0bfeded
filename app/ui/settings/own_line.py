"""A line whose words are kept when it is left."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.line import Line


class KeptLine(Line):
    """Tells when it is left with other words than it was shown with, or when Enter is pressed."""

    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.refused = False
        """What is typed could not be kept: it stays, to be put right."""
        self.returnPressed.connect(self.settle)

    def show_text(self, text: str) -> None:
        """Show what is kept; what is being typed is not disturbed."""
        if self.refused or (self.hasFocus() and self.text() != self._shown):
            return
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def settle(self) -> None:
        """Hand over what is typed, if it is something else."""
        if self.text() != self._shown:
            self._shown = self.text()
            self.left.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what is typed when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.settle()
