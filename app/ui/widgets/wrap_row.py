"""Controls beside one another, going on in the next line where there is no room."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance

_TOLD_BY_A_WIDGET = frozenset({QEvent.Type.ShowToParent, QEvent.Type.HideToParent})


class WrapRow(QWidget):
    """A row that breaks as words do; its height follows by itself."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._widgets: list[QWidget] = []
        self._hinted = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self._on_looks_changed)

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
        kind = event.type()
        # Other letters on a row that is not seen: it is arranged when it is shown.
        if kind in _TOLD_BY_A_WIDGET or (kind == QEvent.Type.FontChange and self.isVisible()):
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
        return self._hint_for([_wanted(widget) for widget in self._shown()])

    def minimumSizeHint(self) -> QSize:
        """Return the room for the widest of them."""
        shown = self._shown()
        widest = max((widget.minimumSizeHint().width() for widget in shown), default=0)
        line = max((widget.sizeHint().height() for widget in shown), default=0)
        return QSize(widest, max(self.minimumHeight(), line))

    def _on_looks_changed(self) -> None:
        if self.isVisible():  # else it is arranged when it is shown
            self._place()

    def _hint_for(self, sizes: list[QSize]) -> QSize:
        gaps = self._looks.px(8) * max(0, len(sizes) - 1)
        line = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, max(self.minimumHeight(), line))

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _place(self) -> None:
        shown = self._shown()
        for widget in shown:
            widget.ensurePolished()
        sizes = [_wanted(widget) for widget in shown]
        gap, line = self._looks.px(8), max((size.height() for size in sizes), default=0)
        x = y = 0
        for widget, size in zip(shown, sizes, strict=True):
            width = min(size.width(), max(self.width(), 1))
            if x and x + width > self.width():
                x, y = 0, y + line + gap
            widget.setGeometry(x, y + (line - size.height()) // 2, width, size.height())
            x += width + gap
        wanted = y + line if shown else 0
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
        hint = self._hint_for(sizes)
        if hint != self._hinted:
            self._hinted = hint
            self.updateGeometry()  # whoever holds it may give it more room or less


def _wanted(widget: QWidget) -> QSize:
    """Return the room a widget would like, and may have."""
    return widget.sizeHint().boundedTo(widget.maximumSize())
