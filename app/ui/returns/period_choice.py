"""Which period: the quarters and years a group thinks in, or its own dates."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import Period, group_year_of, month_of, quarter_of, short_date
from app.domain.problems import Problem
from app.domain.settings import year_end
from app.ui.appearance import Appearance
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

_DAY = dt.timedelta(days=1)
_OWN = "own"
_FIRST = "year"


def periods(today: dt.date, year_end_text: str) -> tuple[tuple[str, str, Period], ...]:
    """Return the periods offered, as (key, words, period)."""
    month, day = year_end(year_end_text) or (3, 31)
    quarter, year = quarter_of(today), group_year_of(today, month, day)
    last_quarter = quarter_of(quarter.first - _DAY)
    last_year = group_year_of(year.first - _DAY, month, day)
    twelve = Period(first=_year_before(today) + _DAY, last=today)
    return (
        ("year", "Our year so far", Period(first=year.first, last=today)),
        ("last-year", "Our last year", last_year),
        ("quarter", "This quarter", quarter),
        ("last-quarter", "Last quarter", last_quarter),
        ("month", "This month", month_of(today)),
        ("last-month", "Last month", month_of(today.replace(day=1) - _DAY)),
        ("twelve", "The last twelve months", twelve),
        ("week", "Today and the next six days", Period(first=today, last=today + 6 * _DAY)),
    )


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


class PeriodChoice(QWidget):
    """Choose a period by name, or type its first and last day."""

    changed = Signal()

    def __init__(
        self,
        looks: Appearance,
        today: Callable[[], dt.date],
        year_end_text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._named = {key: period for key, _, period in periods(today(), year_end_text)}
        self.choice = Choice(looks, self.tr("Period"))
        for key, text, _ in periods(today(), year_end_text):
            self.choice.addItem(text, key)
        self.choice.addItem(self.tr("Dates of my own"), _OWN)
        self.span = words("", "small")
        self.first = DateLine(today)
        self.last = DateLine(today)
        self._first_field = Field(self.tr("From"), self.first)
        self._last_field = Field(self.tr("To, that day included"), self.last)
        self._own = QWidget()
        row = QHBoxLayout(self._own)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._first_field)
        row.addWidget(self._last_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(6))
        for widget in (self.choice, self.span, self._own):
            column.addWidget(widget)
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.first.settled.connect(self._on_typed)
        self.last.settled.connect(self._on_typed)
        self._shown: Period | None = self._named[_FIRST]
        self._show_span()

    @property
    def period(self) -> Period | None:
        """The period chosen, or None while its dates cannot be read."""
        return self._shown

    def choose(self, key: str) -> None:
        """Choose a period by its key."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(key)))

    def show_period(self, period: Period) -> None:
        """Show a period without telling anybody: by its name, or as dates of one's own."""
        self.blockSignals(True)
        self._shown = period
        self.choose(next((key for key, one in self._named.items() if one == period), _OWN))
        self.first.show_day(period.first)
        self.last.show_day(period.last)
        self._shown = period
        self._show_span()
        self.blockSignals(False)

    def _on_chosen(self) -> None:
        key = self.choice.currentData()
        if key == _OWN:
            before = self._shown or self._named[_FIRST]
            self.first.show_day(before.first)
            self.last.show_day(before.last)
        else:
            self._shown = self._named[key]
        self._show_span()
        self.changed.emit()

    def _on_typed(self) -> None:
        first, last = self.first.day("first"), self.last.day("last")
        before = self._shown
        self._shown = _period(first, last)
        self._first_field.show_problem(first.text if isinstance(first, Problem) else "")
        self._last_field.show_problem(_last_problem(first, last))
        if self._shown != before:
            self.changed.emit()

    def _show_span(self) -> None:
        own = self.choice.currentData() == _OWN
        self._own.setVisible(own)
        self.span.setVisible(not own)
        if self._shown is not None:
            self.span.setText(f"{short_date(self._shown.first)} to {short_date(self._shown.last)}")


def _period(first: object, last: object) -> Period | None:
    if isinstance(first, dt.date) and isinstance(last, dt.date) and first <= last:
        return Period(first=first, last=last)
    return None


def _last_problem(first: object, last: object) -> str:
    if isinstance(last, Problem):
        return last.text
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        values = {"start": short_date(first), "end": short_date(last)}
        return Problem(code="period_backwards", values=values).text
    return ""
