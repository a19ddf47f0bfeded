"""A line to type in that leaves Ctrl+Z to the book when it has nothing of its own to take back."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class Line(QLineEdit):
    """A line edit; undo in an untouched line undoes the last change of the book."""

    def event(self, event: QEvent) -> bool:
        """Let the window have Undo and Redo while the line has neither."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def empty(self) -> None:
        """Make the line empty and forget what was typed."""
        self.setText("")
