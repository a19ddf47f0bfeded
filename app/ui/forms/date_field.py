"""A line to type a date in: any British way of writing it, shown with its weekday."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.typed_dates import read_day
from app.ui.widgets.line import Line


class DateLine(Line):
    """Type 3/7, 3 jul or 3.7.26; on leaving, the day is written out: Fri 3 Jul 2026."""

    settled = Signal()

    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText("3 Nov 2026")

    def show_day(self, day: dt.date | None) -> None:
        """Show a day."""
        self.setText(short_date(day) if day else "")

    def day(self, field: str = "") -> dt.date | Problem | None:
        """Return the day typed, what is wrong with it, or None when nothing is typed."""
        if not self.text().strip():
            return None
        return read_day(self.text(), today=self._today(), field=field)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day out; what cannot be read stays as it was typed."""
        super().focusOutEvent(event)
        day = self.day()
        if isinstance(day, dt.date) and self.text() != short_date(day):
            self.show_day(day)
        self.settled.emit()
