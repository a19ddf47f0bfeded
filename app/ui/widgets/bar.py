"""A bar that shows how much of something is used; the words beside it say the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.words import tip

_HEIGHT = 10


class Bar(QWidget):
    """A filled part of a whole; more than the whole is in the colour of what is overdue."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._part = 0.0
        self._quiet = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self._on_looks)

    def show_part(self, part: int, whole: int, meaning: str, *, quiet: bool = False) -> None:
        """Show a part of a whole; ``meaning`` is what a screen reader says."""
        self._part = part / whole if whole > 0 else (2.0 if part > 0 else 0.0)
        self._quiet = quiet
        self.setAccessibleName(meaning)
        self.setToolTip(tip(meaning))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low line."""
        return QSize(self._looks.px(120), self._looks.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the whole, then the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._looks.px(_HEIGHT)
        whole = QRectF(0.5, (self.height() - height) / 2 + 0.5, self.width() - 1, height - 1)
        painter.setPen(self._looks.colour("edge"))
        painter.setBrush(self._looks.colour("bar_empty"))
        painter.drawRoundedRect(whole, height / 2, height / 2)
        if self._part > 0:
            colour = "overdue" if self._part > 1 else "muted" if self._quiet else "accent"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._looks.colour(colour))
            used = whole.adjusted(0, 0, whole.width() * (min(1.0, self._part) - 1), 0)
            painter.setClipRect(used)  # the end of the part is straight, the whole is round
            painter.drawRoundedRect(whole, height / 2, height / 2)
        painter.end()

    def _on_looks(self) -> None:
        self.updateGeometry()
        self.update()
