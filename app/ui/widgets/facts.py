"""Labels and values one under the other, as on a card of an index."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.words import words


class Facts(QWidget):
    """What is known, a line each; what is not known is a dash or left out."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show (label, value) pairs; values can be marked and copied."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row, (label, value) in enumerate(facts):
            said = words(value or "—", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{label}: {value}" if value else f"{label}: —")
            self._grid.addWidget(words(label, "aside"), row, 0, top)
            self._grid.addWidget(said, row, 1, top)

    def _on_looks_changed(self) -> None:
        self._grid.setVerticalSpacing(self._looks.px(8))
        self._grid.setHorizontalSpacing(self._looks.px(16))
