"""A list to choose from and a number to step, with arrows in the colours of the theme."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui.appearance import Appearance


class Choice(QComboBox):
    """A drop-down list; the arrow is drawn as the other icons are."""

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the list's words, shortened with dots where they must be, and the arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        elide = Qt.TextElideMode.ElideRight
        whole = option.currentText
        # A pixel over: at some sizes Qt's hint is one short of the very words it was reckoned from.
        option.currentText = self.fontMetrics().elidedText(whole, elide, room.width() + 1)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        size = self._looks.px(16)
        place = QPoint(self.width() - size - self._looks.px(10), (self.height() - size) // 2)
        _draw(self, self._looks, "chevron-down", place)


class Counter(QSpinBox):
    """A whole number with a step up and a step down."""

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setAccessibleName(name)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def _on_looks_changed(self) -> None:
        self.lineEdit().setTextMargins(self._looks.gap(7), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number and both arrows."""
        super().paintEvent(event)
        size = self._looks.px(16)
        left = self.width() - size - self._looks.px(6)
        middle = self.height() // 2
        _draw(self, self._looks, "chevron-up", QPoint(left, middle - size + 1))
        _draw(self, self._looks, "chevron-down", QPoint(left, middle - 1))


def _draw(widget: QWidget, looks: Appearance, icon: str, place: QPoint) -> None:
    painter = QPainter(widget)
    colour = "ink" if widget.isEnabled() else "muted"
    painter.drawPixmap(place, looks.pixmap(icon, colour, 16, widget.devicePixelRatioF()))
    painter.end()
