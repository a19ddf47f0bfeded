"""Three panes beside one another; where there is less room, under one another's names."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.tabs import TabLine

_ALL = 1000
"""Pixels at 100 % with which all three stand beside one another."""
_TWO = 720
"""Pixels at 100 % with which the middle one stands beside one of the others."""


class Panes(QWidget):
    """Left, middle and right; at most one of them has the room where there is little."""

    changed = Signal()
    """Others are seen, or there is another number of them."""

    def __init__(
        self,
        looks: Appearance,
        name: str,
        panes: tuple[tuple[str, QWidget, int], ...],
        parent: QWidget | None = None,
    ) -> None:
        """Hold three panes: (name, widget, width at 100 %), the one in the middle with width 0."""
        super().__init__(parent)
        self._looks = looks
        self._panes = panes
        self._fits = 0
        self._shown = 1
        self._last = True
        self.bar = TabLine(looks)
        self.bar.setAccessibleName(name)
        for words, _, _ in panes:
            self.bar.addTab(words)
        self.bar.setCurrentIndex(self._shown)
        self._row = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addLayout(self._row, 1)
        for _, pane, width in panes:
            self._row.addWidget(pane, 0 if width else 1)
        self.bar.currentChanged.connect(self._on_chosen)
        looks.changed.connect(self._arrange)
        self._arrange()

    @property
    def fits(self) -> int:
        """How many panes are seen at once."""
        return self._fits

    def show_pane(self, place: int) -> None:
        """Bring a pane (0 left, 1 middle, 2 right) into sight, if it is not."""
        self.bar.setCurrentIndex(place)

    def show_last(self, shown: bool) -> None:
        """Let the right pane be there, or give its room to the middle one for a while."""
        self._last = shown
        if not shown and self._shown == len(self._panes) - 1:
            self.bar.setCurrentIndex(1)
        self.bar.setTabVisible(len(self._panes) - 1, shown)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """Return the least that is needed of what is seen: panes that are folded need none."""
        least = super().minimumSizeHint()
        seen = [pane for _, pane, _ in self._panes if not pane.isHidden()]
        height = max((pane.minimumSizeHint().height() for pane in seen), default=0)
        return QSize(least.width(), max(least.height(), height))

    def hasHeightForWidth(self) -> bool:
        """Say no: what is in a pane scrolls by itself, whatever width it has."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again when the room changes."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px, room = self._looks.px, self.width()
        fits = 3 if room >= px(_ALL) else 2 if room >= px(_TWO) else 1
        self._row.setSpacing(px(16))
        if fits != self._fits:
            self._fits = fits
            self.bar.setVisible(fits < 3)
        self._show()

    def _show(self) -> None:
        for place, (_, pane, width) in enumerate(self._panes):
            seen = self._fits == 3 or place == self._shown or (self._fits == 2 and not width)
            if self._fits == 2 and self._shown == 1 and place == 0:
                seen = True  # beside the middle one there is always another
            if place == len(self._panes) - 1 and not self._last:
                seen = False
            if pane.isHidden() == seen:
                pane.setVisible(seen)
            alone = self._fits == 1
            if width:
                pane.setMinimumWidth(0 if alone else self._looks.px(width))
                pane.setMaximumWidth(16_777_215 if alone else self._looks.px(width))
        self.changed.emit()

    def _on_chosen(self, place: int) -> None:
        self._shown = place
        self._show()
