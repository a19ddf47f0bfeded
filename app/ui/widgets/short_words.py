"""A line of words that is shortened with dots where there is no room, never cut through a letter."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.widgets.words import tip

_LEAST = 8
"""Letters of what is shortened."""


class ShortWords(QLabel):
    """Words in one line; the whole of them is the tip and what a screen reader says."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._whole = text
        self._shorten()

    def say(self, text: str) -> None:
        """Show other words."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._shorten()

    @property
    def whole(self) -> str:
        """All the words."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Return the room for all the words."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return no width: any room will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the room there is."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten again when the letters change."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._shorten()

    def _shorten(self) -> None:
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, elide, self.width())
        # A few letters and dots say nothing: better nothing.
        self.setText(shown if shown == self._whole or len(shown) > _LEAST else "")
        self.setToolTip("" if shown == self._whole else tip(self._whole))
