"""Controls beside one another, going on in the next line where there is no room."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance


class WrapRow(QWidget):
    """A row that breaks as words do; its height follows by itself."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._widgets: list[QWidget] = []
        self._hinted = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self._place)

    def add(self, widget: QWidget, *, first: bool = False) -> None:
        """Put a widget at the end, or before all; it may be hidden and shown at any time."""
        widget.setParent(self)
        widget.installEventFilter(self)
        if first and self._widgets:
            QWidget.setTabOrder(widget, self._widgets[0])
        self._widgets.insert(0 if first else len(self._widgets), widget)
        self._place()

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What is in it, in the order in which it is read."""
        return tuple(self._widgets)

    def clear(self) -> None:
        """Take everything out."""
        for widget in self._widgets:
            widget.removeEventFilter(self)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        self._place()

    def event(self, event: QEvent) -> bool:
        """Arrange again when one of them wants more room or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Arrange again when one of them shows, hides or changes its words."""
        kinds = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.FontChange}
        if event.type() in kinds:
            self._place()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange in the room there is."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange with the sizes that the style gives before being seen."""
        self._place()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        gap = self._looks.px(8)
        shown = self._shown()
        width = sum(widget.sizeHint().width() for widget in shown) + gap * max(0, len(shown) - 1)
        return QSize(width, max(self.minimumHeight(), self._line()))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the widest of them."""
        widest = max((widget.minimumSizeHint().width() for widget in self._shown()), default=0)
        return QSize(widest, max(self.minimumHeight(), self._line()))

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _line(self) -> int:
        return max((widget.sizeHint().height() for widget in self._shown()), default=0)

    def _place(self) -> None:
        for widget in self._shown():
            widget.ensurePolished()
        gap, line = self._looks.px(8), self._line()
        x = y = 0
        for widget in self._shown():
            size = widget.sizeHint()
            width = min(size.width(), max(self.width(), 1))
            if x and x + width > self.width():
                x, y = 0, y + line + gap
            widget.setGeometry(x, y + (line - size.height()) // 2, width, size.height())
            x += width + gap
        wanted = y + line if self._shown() else 0
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
        hint = self.sizeHint()
        if hint != self._hinted:
            self._hinted = hint
            self.updateGeometry()  # whoever holds it may give it more room or less
