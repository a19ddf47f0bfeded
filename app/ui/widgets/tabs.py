"""Parts of a page under one another's names: one is shown at a time."""

from collections.abc import Callable, Container

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QTabBar, QToolButton, QVBoxLayout, QWidget

from app.ui.appearance import Appearance

_AIR = 32
"""Pixels at 100 % round a name; the sheet, which knows no width, lets it shrink at large text."""


class _Arrow(QLabel):
    """Which way a button leads that moves the names along; Qt draws it too small to be seen."""

    def __init__(self, looks: Appearance, icon: str, button: QToolButton) -> None:
        super().__init__(button)
        self._looks, self._icon = looks, icon
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QVBoxLayout(button)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Show whether there is more that way."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._on_looks_changed()

    def _on_looks_changed(self) -> None:
        colour = "ink" if self.isEnabled() else "line"
        self.setPixmap(self._looks.pixmap(self._icon, colour, 18, self.devicePixelRatioF()))


class TabLine(QTabBar):
    """The names; with the keyboard, a ring round the one chosen."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self._arrows = [
            _Arrow(looks, name, button)
            for name, button in zip(
                ("chevron-left", "chevron-right"), self.findChildren(QToolButton), strict=False
            )
        ]

    def tabSizeHint(self, index: int) -> QSize:
        """Return how large a name is: where there is room, large text has the air of small text."""
        hint = super().tabSizeHint(index)
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        free = self.width() - sum(super(TabLine, self).tabSizeHint(one).width() for one in shown)
        more = min(self._looks.px(_AIR) - _AIR, free // max(1, len(shown)))
        return QSize(hint.width() + max(0, more), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names and the ring."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2, self._looks.px(2))
        painter.setPen(QPen(self._looks.colour("focus"), width))
        place = self.tabRect(self.currentIndex()).adjusted(width, width, -width, -width)
        painter.drawRoundedRect(place, self._looks.px(6), self._looks.px(6))
        painter.end()


class Tabs(QWidget):
    """A bar of names over the part that is chosen; the others take no room."""

    chosen = Signal(str)

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = TabLine(looks)
        self.bar.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.bar)
        self._parts: dict[str, QWidget | None] = {}
        self._makers: dict[str, Callable[[], object]] = {}
        self.bar.currentChanged.connect(self._on_changed)

    def add(self, key: str, name: str, part: QWidget) -> None:
        """Add a part at the end."""
        self._parts[key] = None
        self.bar.addTab(name)
        self.put(key, part)

    def add_later(self, key: str, name: str, make: Callable[[], object]) -> None:
        """Add a part at the end that is made when it is first shown: ``make`` has it `put` here."""
        self._parts[key] = None
        self._makers[key] = make
        self.bar.addTab(name)

    def put(self, key: str, part: QWidget) -> None:
        """Give a name its part."""
        self._parts[key] = part
        self._column.addWidget(part, 1)
        self._show()

    def show_part(self, key: str) -> None:
        """Show a part."""
        self.bar.setCurrentIndex(list(self._parts).index(key))

    def offer(self, keys: Container[str]) -> None:
        """Show the names of some parts only; one of them is to be chosen already."""
        for place, key in enumerate(self._parts):
            if self.bar.isTabVisible(place) != (key in keys):
                self.bar.setTabVisible(place, key in keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every part."""
        return tuple(self._parts)

    @property
    def key(self) -> str:
        """The part shown."""
        return list(self._parts)[self.bar.currentIndex()]

    def _show(self) -> None:
        for place, part in enumerate(self._parts.values()):
            if part is not None:
                part.setVisible(place == self.bar.currentIndex())

    def _on_changed(self, place: int) -> None:
        if 0 <= place < len(self._parts):
            key = self.key
            if self._parts[key] is None and key in self._makers:
                self._makers[key]()
        self._show()
        if 0 <= place < len(self._parts):
            self.chosen.emit(self.key)
