"""A quiet line while the worker counts for a while, with a way to stop it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

_PATIENCE_MS = 900
"""Counting that is over sooner is nothing to speak of."""


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
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def show_counting(self, counting: bool) -> None:
        """Begin to wait before anything is said, or say nothing any more."""
        if counting:
            self._patience.start()
        else:
            self._patience.stop()
            self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._said.setText(
            self.tr("Counting the numbers: {step} of {total}").format(
                step=min(done + 1, total), total=total
            )
        )
