"""A button that opens a menu, with an arrow that grows with its words."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionButton, QStylePainter, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton

_ARROW = 14


class MenuButton(ActionButton):
    """Words, an icon, and the menu under it."""

    def __init__(
        self, looks: Appearance, text: str, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(looks, text, icon=icon, parent=parent)
        self.setProperty("look", "menu")
        self.own_menu = QMenu(self)
        self.own_menu.setAccessibleName(text)
        self.setMenu(self.own_menu)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button and its arrow."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # Qt leaves the sheet's padding out where it is to draw an arrow of its own.
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
        px = self._looks.px
        size = px(_ARROW)
        place = QPoint(self.width() - size - px(10), (self.height() - size) // 2)
        picture = self._looks.pixmap("chevron-down", "ink", _ARROW, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(place, picture)
        painter.end()
