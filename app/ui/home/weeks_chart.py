"""Attendances by week: a small chart with its numbers on it, in the colours of the theme."""

import datetime as dt

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.periods import MONTHS, short_date
from app.services.weekly import Week, Weeks
from app.ui import texts
from app.ui.appearance import Appearance

_HEIGHT = 150
_LETTERS = 13
"""Pixels of the letters at 100 %."""


class WeeksChart(QWidget):
    """A bar a week: as high as its attendances, full up to the number of different people."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._weeks: tuple[Week, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Attendances by week"))
        looks.changed.connect(self.updateGeometry)

    def show_weeks(self, shown: Weeks) -> None:
        """Show the weeks; the numbers are in the accessible description too."""
        if shown.weeks == self._weeks:
            return
        self._weeks = shown.weeks
        self.setAccessibleDescription("; ".join(self.said(week) for week in shown.weeks))
        self.update()

    def said(self, week: Week) -> str:
        """Return what a bar tells, in words."""
        came = texts.counted(week.attendances, self.tr("attendance"), self.tr("attendances"))
        people = texts.counted(week.people, self.tr("person"), self.tr("people"))
        return self.tr("Week of {day}: {came} by {people}").format(
            day=short_date(week.first), came=came, people=people
        )

    def sizeHint(self) -> QSize:
        """Return the room for twelve bars with their numbers."""
        px = self._looks.px
        return QSize(px(440), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the bars can be told apart."""
        px = self._looks.px
        return QSize(px(200), px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Say of the bar under the mouse what it stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for place, week in enumerate(self._weeks):
                if self._slot(place).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self.said(week), self)
                    return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, their numbers over them and the weeks under them."""
        if not self._weeks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers = [f"{week.attendances:,}" if week.attendances else "–" for week in self._weeks]
        number_font = self._fitting(numbers, QFont.Weight.Medium)
        labels = _labels(tuple(week.first for week in self._weeks))
        label_font = self._looks.font(_LETTERS - 1)
        tall = QFontMetrics(number_font).height()
        foot = self.height() - QFontMetrics(label_font).height() - self._looks.px(4)
        most = max(1, *(week.attendances for week in self._weeks))
        scale = (foot - tall - self._looks.px(2)) / most
        for place, week in enumerate(self._weeks):
            slot = self._slot(place)
            top = foot - week.attendances * scale
            self._draw_bar(painter, slot, foot, week, scale)
            painter.setFont(number_font)
            painter.setPen(self._looks.colour("ink"))
            over = QRect(slot.x() - slot.width(), int(top) - tall, 3 * slot.width(), tall)
            painter.drawText(over, int(Qt.AlignmentFlag.AlignCenter), numbers[place])
        painter.setFont(label_font)
        painter.setPen(self._looks.colour("muted"))
        self._draw_labels(painter, labels, foot)
        painter.end()

    def _draw_bar(
        self, painter: QPainter, slot: QRect, foot: int, week: Week, scale: float
    ) -> None:
        looks = self._looks
        width = min(slot.width() * 0.72, looks.px(44))
        left = slot.center().x() - width / 2
        whole = QRectF(left, foot - week.attendances * scale, width, week.attendances * scale)
        people = min(week.people, week.attendances) * scale
        if not week.attendances:
            return
        painter.setPen(QPen(looks.colour("accent"), max(1.0, looks.px(1))))
        painter.setBrush(looks.colour("good_soft"))
        radius = looks.px(3)
        painter.drawRoundedRect(whole, radius, radius)
        painter.setBrush(looks.colour("accent"))
        painter.drawRoundedRect(QRectF(left, foot - people, width, people), radius, radius)

    def _draw_labels(self, painter: QPainter, labels: tuple[str, ...], foot: int) -> None:
        """Write the weeks under the bars, leaving out those that would run into the one before."""
        metrics = painter.fontMetrics()
        gap = self._looks.px(4)
        end = -gap
        for place, label in enumerate(labels):
            width = metrics.horizontalAdvance(label)
            left = self._slot(place).center().x() - width // 2
            left = min(max(left, 0), self.width() - width)
            if left < end + gap:
                continue
            painter.drawText(left, foot + gap + metrics.ascent(), label)
            end = left + width

    def _fitting(self, numbers: list[str], weight: QFont.Weight) -> QFont:
        """Return letters small enough for every number to stand over its bar."""
        room = self._slot(0).width() - 2
        for size in range(_LETTERS, 7, -1):
            font = self._looks.font(size, weight)
            metrics = QFontMetrics(font)
            if all(metrics.horizontalAdvance(one) <= room for one in numbers):
                return font
        return self._looks.font(7, weight)

    def _slot(self, place: int) -> QRect:
        width = self.width() // max(1, len(self._weeks))
        return QRect(place * width, 0, width, self.height())


def _labels(mondays: tuple[dt.date, ...]) -> tuple[str, ...]:
    """Return the days of the weeks, the month said where it begins: 17 Aug, 24, 31, 7 Sep."""
    labels: list[str] = []
    before = 0
    for day in mondays:
        month = f" {MONTHS[day.month - 1][:3]}" if day.month != before else ""
        labels.append(f"{day.day}{month}")
        before = day.month
    return tuple(labels)
