"""The clipboard is emptied of what was copied here, when the book is locked or closed."""

import hashlib

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class OwnClipboard(QObject):
    """Knows by a hash whether what lies on the clipboard was put there by this window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = ""
        QGuiApplication.clipboard().dataChanged.connect(self._on_changed)

    def empty(self) -> None:
        """Take away what was copied here; what another program put there stays."""
        clipboard = QGuiApplication.clipboard()
        ours, self._ours = self._ours, ""
        if ours and ours == _mark(clipboard.text()):
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _on_changed(self) -> None:
        # Only who has the keyboard can have copied something just now.
        if QGuiApplication.focusWindow() is not None:
            self._ours = _mark(QGuiApplication.clipboard().text())


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""
