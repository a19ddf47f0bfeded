"""Several things to tick, one stop for Tab: arrows go from box to box, Space ticks."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.tick import TickBox
from app.ui.widgets.wrap_row import WrapRow

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class TickGroup(WrapRow):
    """Boxes for codes and their words; Tab comes to one of them, the arrows to the others."""

    def __init__(
        self, looks: Appearance, choices: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(looks, parent)
        self.boxes: dict[str, TickBox] = {}
        for code, text in choices.items():
            box = TickBox(looks, text)
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.boxes[code] = box
            self.add(box)
        self._in_hand = next(iter(self.boxes.values()), None)
        if self._in_hand is not None:
            self._in_hand.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def ticked(self) -> frozenset[str]:
        """The codes that are ticked."""
        return frozenset(code for code, box in self.boxes.items() if box.isChecked())

    def tick(self, codes: frozenset[str]) -> None:
        """Tick these and nothing else."""
        for code, box in self.boxes.items():
            box.setChecked(code in codes)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the box it left."""
        if self._in_hand is not None:
            self._in_hand.setFocus(reason)

    def setAccessibleName(self, name: str) -> None:
        """Name the group, and each box with it."""
        super().setAccessibleName(name)
        for box in self.boxes.values():
            box.setAccessibleName(f"{box.text()} ({name})")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Go from box to box with the arrows; who has the keyboard is where Tab comes back to."""
        if isinstance(watched, TickBox):
            if event.type() == QEvent.Type.FocusIn:
                self._take_in_hand(watched)
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                by = _STEPS.get(Qt.Key(event.key()), 0)
                if by:
                    self._step(watched, by)
                    return True
        return super().eventFilter(watched, event)

    def _step(self, box: TickBox, by: int) -> None:
        every = list(self.boxes.values())
        every[(every.index(box) + by) % len(every)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in_hand(self, box: TickBox) -> None:
        if self._in_hand is not None and box is not self._in_hand:
            self._in_hand.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._in_hand = box
