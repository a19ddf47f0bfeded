"""A part that is folded away until somebody wants it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton


class Fold(QWidget):
    """A heading to press; what is under it opens and closes."""

    toggled = Signal(bool)

    def __init__(
        self, looks: Appearance, title: str, *, opened: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self._title = title
        self.button = ActionButton(looks, title, icon="chevron-right", link=True)
        self.button.clicked.connect(self._on_clicked)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self._inside)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.open(opened)

    @property
    def opened(self) -> bool:
        """Whether it is open."""
        return not self._inside.isHidden()

    def say(self, title: str) -> None:
        """Show another heading."""
        self._title = title
        self.button.setText(title)
        self._name()

    def open(self, opened: bool = True) -> None:
        """Open or close it."""
        self._inside.setVisible(opened)
        self.button.set_icon("chevron-down" if opened else "chevron-right")
        self._name()

    def _name(self) -> None:
        state = self.tr("open") if self.opened else self.tr("folded")
        self.button.setAccessibleName(f"{self._title}, {state}")

    def _on_clicked(self) -> None:
        self.open(not self.opened)
        self.toggled.emit(self.opened)

    def _on_looks_changed(self) -> None:
        self.body.setSpacing(self._looks.px(10))
