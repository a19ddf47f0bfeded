"""The field that finds a name on the register by its first letters, and marks it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.line import Line


class FindField(Line):
    """Letters find; Space or Enter marks the one found; Down and Up go to the next one."""

    stepped = Signal(int)
    """Down (1) or Up (-1)."""
    marked = Signal()
    """Space or Enter: the one found is here."""
    note_wanted = Signal()
    """?: the access note of the one in hand."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("A name, or a row number"))
        self.setAccessibleName(self.tr("Find a name on this register"))
        self.show_icon(looks, "search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep letters; pass the other keys on as what they mean here."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _ctrl(event):
            if not event.isAutoRepeat():
                self.marked.emit()
        elif event.text() == "?":
            self.note_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)


def _ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
