"""Buttons: words always, with an icon beside them where it helps."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.appearance import Appearance
from app.ui.dressing import is_late
from app.ui.widgets.ring import paint_inner_ring
from app.ui.widgets.words import restyle

_GAP = 5
"""Pixels between icon and word, over what the style leaves."""


class ActionButton(QPushButton):
    """A button with its word and, if wanted, an icon; one per page is the primary one."""

    _late = False
    """Whether the looks changed while nobody saw it."""

    def __init__(
        self,
        looks: Appearance,
        text: str,
        *,
        icon: str = "",
        primary: bool = False,
        link: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._looks = looks
        self._icon_name = icon
        self._icon_colour = "on_accent" if primary else "accent" if link else "ink"
        if primary or link:
            self.setProperty("look", "primary" if primary else "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._on_looks_changed()

    def set_primary(self, *, primary: bool) -> None:
        """Be the page's primary button, or an ordinary one."""
        self.setProperty("look", "primary" if primary else "")
        self._icon_colour = "on_accent" if primary else "ink"
        restyle(self)
        self._on_looks_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colour of the words when the button is switched off or on."""
        super().changeEvent(event)
        kind = event.type()
        if kind == QEvent.Type.EnabledChange or (kind == QEvent.Type.StyleChange and self._late):
            self._on_looks_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; a filled one shows its ring in two lines."""
        super().paintEvent(event)
        filled = self.property("look") == "primary" or (self.isCheckable() and self.isChecked())
        if filled and self.hasFocus():
            paint_inner_ring(self, self._looks)

    def _on_looks_changed(self) -> None:
        self._late = is_late(self)  # it is told again when it is dressed
        if self._icon_name and not self._late:
            px = self._looks.px
            colour = self._icon_colour if self.isEnabled() else "muted"
            self.setIcon(self._looks.icon(self._icon_name, colour, 18, _GAP))
            self.setIconSize(QSize(px(18) + px(_GAP), px(18)))
