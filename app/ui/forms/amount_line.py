"""A line to type an amount of money in, in pounds and pence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.domain.money import plain_pounds, read_pounds
from app.domain.problems import Problem
from app.ui.widgets.line import Line


class AmountLine(Line):
    """Type 45, 45.5 or £1,234.50; on leaving, the amount is written out: 45.00."""

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("0.00")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_pence(self, pence: int | None) -> None:
        """Show an amount."""
        self.setText("" if pence is None else plain_pounds(pence))

    def pence(self, field: str = "") -> int | Problem | None:
        """Return the pence typed, what is wrong with it, or None when nothing is typed."""
        typed = self.text().strip()
        return read_pounds(typed, field=field) if typed else None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the amount out; what cannot be read stays as it was typed."""
        super().focusOutEvent(event)
        pence = self.pence()
        if isinstance(pence, int) and self.text() != plain_pounds(pence):
            self.show_pence(pence)
        self.settled.emit()
