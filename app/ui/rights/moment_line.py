"""A day and a time of day, typed beside one another."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.activities import parse_time
from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.forms.date_field import DateLine
from app.ui.widgets.line import Line


class MomentLine(QWidget):
    """By this computer's clock; a day without a time is its noon."""

    def __init__(
        self, looks: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.day_line, self.time_line = DateLine(today), Line()
        self.time_line.setPlaceholderText("19:00")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(8))
        row.addWidget(self.day_line, 3)
        row.addWidget(self.time_line, 2)
        self.setFocusProxy(self.day_line)

    def setAccessibleName(self, name: str) -> None:
        """Give both lines their names."""
        self.day_line.setAccessibleName(f"{name}, {self.tr('day')}")
        self.time_line.setAccessibleName(f"{name}, {self.tr('time')}")

    def show_moment(self, at: dt.datetime | None) -> None:
        """Show an instant."""
        local = at.astimezone() if at else None
        self.day_line.show_day(local.date() if local else None)
        self.time_line.setText(f"{local:%H:%M}" if local else "")

    def moment(self, field: str) -> dt.datetime | Problem | None:
        """Return the instant typed, what is wrong with it, or None when nothing is typed."""
        day = self.day_line.day(field)
        if day is None or isinstance(day, Problem):
            return day
        typed = self.time_line.text().strip()
        read = parse_time(typed) if typed else "12:00"
        if read is None:
            return Problem(code="time_unknown", field=field, values={"value": typed})
        time = dt.time.fromisoformat(read)
        return dt.datetime.combine(day, time).astimezone()
