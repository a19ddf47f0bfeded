"""A quiet line while the worker counts for a while, with a way to stop it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

if TYPE_CHECKING:  # it makes no draft, it follows one
    from app.ui.returns.open_draft import OpenDraft

_PATIENCE_MS = 900
"""Counting that is over sooner is nothing to speak of."""
_WAITED_FOR_MS = 250
"""The same while somebody looks at where something is to appear."""


class CountingLine(QWidget):
    """Says that the numbers are being counted, once that takes a moment."""

    stop_wanted = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = words(self.tr("Counting the numbers"), "aside")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Counting the numbers"))
        self.cancel = ActionButton(looks, self.tr("Cancel"))
        self.cancel.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.show)
        self.hide()

    def follow(self, draft: "OpenDraft") -> None:
        """Say how far the counting of a draft is; Cancel stops it."""
        self.stop_wanted.connect(draft.stop)
        draft.counting.connect(self.show_counting)
        draft.progressed.connect(self.show_progress)

    @property
    def patience(self) -> int:
        """In how many milliseconds it speaks if counting is not over by then; -1: it has nothing to say."""
        return self._patience.interval() if self._patience.isActive() else -1

    def show_counting(self, counting: bool) -> None:
        """Begin to wait before anything is said, or say nothing any more."""
        if counting:
            self._patience.start(_PATIENCE_MS)
        else:
            self._patience.stop()
            self.hide()

    def hurry(self) -> None:
        """Speak soon: somebody waits for what is counted."""
        if self._patience.isActive():
            self._patience.start(_WAITED_FOR_MS)

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._said.setText(
            self.tr("Counting the numbers: {step} of {total}").format(
                step=min(done + 1, total), total=total
            )
        )
