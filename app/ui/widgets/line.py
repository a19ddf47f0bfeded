"""A line to type in that leaves Ctrl+Z to the book when it has nothing of its own to take back."""

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.appearance import Appearance


class Line(QLineEdit):
    """A line edit; undo in an untouched line undoes the last change of the book."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ""
        self._icon_looks: Appearance | None = None

    def show_icon(self, looks: Appearance, name: str) -> None:
        """Draw an icon at the beginning of the line, in the theme's colour and the text's size."""
        self._icon, self._icon_looks = name, looks
        looks.changed.connect(self._on_icon_looks)
        self._on_icon_looks()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its icon."""
        super().paintEvent(event)
        if self._icon_looks is None:
            return
        looks = self._icon_looks
        picture = looks.pixmap(self._icon, "muted", 18, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(QPoint(looks.px(10), (self.height() - looks.px(18)) // 2), picture)
        painter.end()

    def _on_icon_looks(self) -> None:
        if self._icon_looks is not None:
            self.setTextMargins(self._icon_looks.px(26), 0, 0, 0)
        self.update()

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
