"""Parts of a page under one another's names: one is shown at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget


class Tabs(QWidget):
    """A bar of names over the part that is chosen; the others take no room."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.bar)
        self._parts: dict[str, QWidget] = {}
        self.bar.currentChanged.connect(self._on_changed)

    def add(self, key: str, name: str, part: QWidget) -> None:
        """Add a part at the end."""
        self._parts[key] = part
        self._column.addWidget(part, 1)
        self.bar.addTab(name)
        self._show()

    def show_part(self, key: str) -> None:
        """Show a part."""
        self.bar.setCurrentIndex(list(self._parts).index(key))

    @property
    def key(self) -> str:
        """The part shown."""
        return list(self._parts)[self.bar.currentIndex()]

    def _show(self) -> None:
        for place, part in enumerate(self._parts.values()):
            part.setVisible(place == self.bar.currentIndex())

    def _on_changed(self, place: int) -> None:
        self._show()
        if 0 <= place < len(self._parts):
            self.chosen.emit(self.key)
