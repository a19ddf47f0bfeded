"""What a page says when there is nothing on it yet, and the one action that fills it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

_WIDEST = 620
"""Pixels at 100 % of a line that is comfortable to read."""


class EmptyState(QWidget):
    """Say what goes here and offer one action."""

    acted = Signal()
    also_acted = Signal()
    """The second, quieter way was taken."""

    def __init__(
        self,
        looks: Appearance,
        *,
        icon: str,
        title: str,
        text: str,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self._icon = icon
        self._picture = QLabel()
        self._title = words(title, "heading", wrap=True)
        self._text = words(text, "aside", wrap=True)
        self._column = QVBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        for label in (self._picture, self._title, self._text):
            label.setAlignment(middle)
            self._column.addWidget(label)
        self.button = ActionButton(looks, action, icon="plus", primary=True)
        self.button.clicked.connect(self._on_clicked)
        self._column.addWidget(self.button, 0, middle)
        self.button.setVisible(bool(action))
        self.also = ActionButton(looks, "", icon="file-spreadsheet", link=True)
        self.also.clicked.connect(self.also_acted)
        self.also.hide()
        self._column.addWidget(self.also, 0, middle)
        self._column.addStretch(2)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def offer_also(self, action: str) -> None:
        """Offer a second way, quieter than the first."""
        self.also.setText(action)
        self.also.setVisible(bool(action))

    def say(self, title: str, text: str, action: str = "") -> None:
        """Say something else; the action goes when it has no words."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for all lines of the words, also where the page does not ask for it."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the letters change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def _make_room(self) -> None:
        around = self._column.contentsMargins()
        whole = max(1, self.width() - around.left() - around.right())
        room = min(whole, self._looks.px(_WIDEST))
        for label in (self._title, self._text):
            label.ensurePolished()  # the sheet may give it other letters
            width, height = _evenly(label.fontMetrics(), label.text(), room)
            side = max(0, (whole - width) // 2)
            if label.contentsMargins().left() != side:  # a layout is told only what is new to it
                label.setContentsMargins(side, 0, side, 0)
            # Not asked of the label: it never says less than what it was told here last.
            label.setMinimumHeight(height)

    def _on_clicked(self) -> None:
        self.acted.emit()

    def _on_looks_changed(self) -> None:
        self._picture.setPixmap(
            self._looks.pixmap(self._icon, "muted", 40, self.devicePixelRatioF())
        )
        self._column.setSpacing(self._looks.gap(8))
        self._make_room()


def _evenly(metrics: QFontMetrics, text: str, room: int) -> tuple[int, int]:
    """Return the width at which the lines of a text are about equally long, and its height there.

    The last word would else often stand alone under the others.
    """

    def height(width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(0, 0, width, 16_777_215, flags, text).height()

    whole = height(room)
    if whole <= metrics.lineSpacing():  # one line: nothing to share out
        return room, whole
    low, high = 1, room
    while low + 4 < high:
        middle = (low + high) // 2
        if height(middle) <= whole:
            high = middle
        else:
            low = middle
    return min(room, high + metrics.averageCharWidth()), whole
