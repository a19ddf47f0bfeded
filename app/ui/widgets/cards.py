"""Cards, chips and notices: the plain surfaces things are told on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import restyle, words

_TONE_ICONS = {
    "good": "circle-check",
    "due": "triangle-alert",
    "overdue": "clock",
    "plain": "info",
}
_NOTICE_ICONS = {**_TONE_ICONS, "overdue": "triangle-alert"}
"""In a notice the strongest tone is a refusal, which has nothing to do with time."""


_NOTICE_ROOM = 230
"""Pixels at 100 % that the words of a notice keep beside what can be done."""


class Card(QFrame):
    """A white sheet with a heading, for one kind of thing."""

    def __init__(self, looks: Appearance, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._looks = looks
        self.body = QVBoxLayout(self)
        self.heading: QLabel | None = None
        if heading:
            self.heading = words(heading, "heading")
            self.body.addWidget(self.heading)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def _on_looks_changed(self) -> None:
        space = self._looks.gap(16)
        self.body.setContentsMargins(space, space, space, space)
        self.body.setSpacing(self._looks.px(8))


class Chip(QFrame):
    """A status: a word, a shape and a colour together."""

    def __init__(
        self,
        looks: Appearance,
        text: str = "",
        *,
        tone: str = "plain",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "chip")
        self._looks = looks
        self._picture = QLabel()
        self._words = words(text)
        row = QHBoxLayout(self)
        row.addWidget(self._picture)
        row.addWidget(self._words)
        self._row = row
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._icon = icon
        self._tone = tone
        looks.changed.connect(self._on_looks_changed)
        self.show_status(text, tone=tone, icon=icon)

    def show_status(self, text: str, *, tone: str = "plain", icon: str = "") -> None:
        """Show another status."""
        self._words.setText(text)
        self._tone, self._icon = tone, icon or _TONE_ICONS[tone]
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        restyle(self)
        restyle(self._words)
        self._on_looks_changed()

    def _on_looks_changed(self) -> None:
        colour = "ink" if self._tone == "plain" else self._tone
        self._picture.setPixmap(
            self._looks.pixmap(self._icon, colour, 15, self.devicePixelRatioF())
        )
        side, top = self._looks.px(8), self._looks.px(2)
        self._row.setContentsMargins(side, top, side, top)
        self._row.setSpacing(self._looks.px(6))


class NoticeBar(QFrame):
    """Something to know, said in place, with at most two things to do about it."""

    acted = Signal(str)
    """The key of the action that was chosen."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self._looks = looks
        self._picture = QLabel()
        self._words = words(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions: list[ActionButton] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._said = QHBoxLayout()
        self._said.addWidget(self._picture)
        self._said.addWidget(self._words, 1)
        self._row.addLayout(self._said, 1)
        self._offered = QHBoxLayout()
        self._row.addLayout(self._offered)
        self._tone = "due"
        looks.changed.connect(self._on_looks_changed)
        self.hide()

    def tell(
        self, text: str, *, tone: str = "due", actions: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Show a text and its actions (key, words)."""
        self._words.setText(text)
        self._tone = tone
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        for button in self._actions:
            self._offered.removeWidget(button)
            button.hide()  # what is out of the row would be seen at its corner until it is gone
            button.deleteLater()
        self._actions = []
        for key, action in actions:
            button = ActionButton(self._looks, action)
            button.setProperty("key", key)
            button.clicked.connect(self._on_clicked)
            self._offered.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._actions.append(button)
        restyle(self)
        self._on_looks_changed()
        self.setVisible(bool(text))

    def clear(self) -> None:
        """Say nothing any more; one that says nothing is left alone, and nothing is laid out anew."""
        if self.text or not self.isHidden():
            self.tell("")

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    @property
    def tone(self) -> str:
        """How it is said now."""
        return self._tone

    def _on_clicked(self) -> None:
        self.acted.emit(str(self.sender().property("key")))

    def _on_looks_changed(self) -> None:
        self._picture.setPixmap(
            self._looks.pixmap(_NOTICE_ICONS[self._tone], "ink", 20, self.devicePixelRatioF())
        )
        side, top = self._looks.px(14), self._looks.px(10)
        self._row.setContentsMargins(side, top, side, top)
        for row in (self._row, self._said, self._offered):
            row.setSpacing(self._looks.px(10))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what can be done under the words where there is little room beside them."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange again when a button has other words or letters."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        directions = QBoxLayout.Direction
        taken = self._offered.sizeHint().width() + self._looks.px(68)
        narrow = bool(self._actions) and self.width() - taken < self._looks.px(_NOTICE_ROOM)
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
