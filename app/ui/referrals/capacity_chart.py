"""How often people were told that it is full, by month: a small chart with its numbers on it."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.referrals import capacity_words as said

_HEIGHT = 76
_LETTERS = 13
"""Pixels of the letters at 100 %."""


class FullChart(QWidget):
    """A bar a month."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._months: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Told that it is full, by month"))
        looks.changed.connect(self.updateGeometry)

    def show_months(self, months: tuple[tuple[str, int], ...]) -> None:
        """Show (month, times) pairs; the numbers are in the accessible description too."""
        self._months = months
        self.setAccessibleDescription("; ".join(self.said(*month) for month in months))
        self.update()

    def said(self, month: str, times: int) -> str:
        """Return what a bar tells, in words."""
        told = texts.counted(times, self.tr("referral"), self.tr("referrals"))
        return self.tr("{month}: {told} not accepted because it was full").format(
            month=said.month_words(month), told=told
        )

    def sizeHint(self) -> QSize:
        """Return the room for twelve bars with their numbers."""
        px = self._looks.px
        return QSize(px(360), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the bars can be told apart."""
        px = self._looks.px
        return QSize(px(200), px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Say of the bar under the mouse what it stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for place, month in enumerate(self._months):
                if self._slot(place).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self.said(*month), self)
                    return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, their numbers over them and the months under them."""
        if not self._months:
            return
        looks = self._looks
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers = looks.font(_LETTERS, QFont.Weight.Medium)
        tall = QFontMetrics(numbers).height()
        labels = looks.font(_LETTERS - 1)
        foot = self.height() - QFontMetrics(labels).height() - looks.px(4)
        scale = (foot - tall - looks.px(2)) / max(1, *(times for _, times in self._months))
        painter.setFont(numbers)
        for place, (_, times) in enumerate(self._months):
            slot = self._slot(place)
            if times:
                self._paint_bar(painter, slot, foot, times * scale)
            painter.setPen(looks.colour("ink" if times else "muted"))
            top = int(foot - times * scale) - tall
            number = f"{times:,}" if times else "–"
            box = QRect(slot.x() - slot.width(), top, 3 * slot.width(), tall)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), number)
        painter.setFont(labels)
        painter.setPen(looks.colour("muted"))
        self._paint_labels(painter, foot + looks.px(4))
        painter.end()

    def _paint_bar(self, painter: QPainter, slot: QRect, foot: int, height: float) -> None:
        looks = self._looks
        width = min(slot.width() * 0.72, looks.px(44))
        painter.setPen(QPen(looks.colour("accent"), max(1.0, looks.px(1))))
        painter.setBrush(looks.colour("accent"))
        bar = QRectF(slot.center().x() - width / 2, foot - height, width, height)
        painter.drawRoundedRect(bar, looks.px(3), looks.px(3))

    def _paint_labels(self, painter: QPainter, top: int) -> None:
        """Write the months, every one or, where there is little room, every second or third."""
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(said.month_label(m)) for m, _ in self._months)
        step = max(1, -(-(widest + self._looks.px(4)) // max(1, self._slot(0).width())))
        last = len(self._months) - 1
        for place, (month, _) in enumerate(self._months):
            if (last - place) % step:
                continue
            slot = self._slot(place)
            box = QRect(slot.x() - slot.width(), top, 3 * slot.width(), metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), said.month_label(month))

    def _slot(self, place: int) -> QRect:
        width = self.width() // max(1, len(self._months))
        return QRect(place * width, 0, width, self.height())
