"""A person's way as a strip: referred, came, came regularly, volunteered, led; a shape and a day each."""

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.periods import short_date
from app.services.stories import Journey
from app.ui.appearance import Appearance

_DOT, _HEIGHT, _CELL = 11, 76, 150


def steps(journey: Journey) -> tuple[tuple[str, dt.date | None], ...]:
    """Return the steps of a way with their days, in order."""
    return (
        ("Referred", journey.referred_on),
        ("Came", journey.came_on),
        ("Came 4 times", journey.regular_on),
        ("Volunteered", journey.volunteer_on),
        ("Led a session", journey.leader_on),
    )


class JourneyStrip(QWidget):
    """Full circles for the steps taken, open ones for those not taken."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._steps: tuple[tuple[str, dt.date | None], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Their way"))
        looks.changed.connect(self.updateGeometry)

    def show_journey(self, journey: Journey) -> None:
        """Show somebody's way."""
        self._steps = steps(journey)
        said = [f"{name}: {short_date(day) if day else 'not so far'}" for name, day in self._steps]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def _stacked(self) -> bool:
        """Whether the steps stand one under the other, as there is no room beside one another."""
        return self.width() < self._looks.px(_CELL) * max(1, len(self._steps))

    def sizeHint(self) -> QSize:
        """Return the room for the steps in a row, or one under the other."""
        px = self._looks.px
        rows = len(self._steps) if self._stacked() else 0
        height = rows * px(32) if rows else px(_HEIGHT)
        return QSize(px(_CELL) * 3, height)

    def minimumSizeHint(self) -> QSize:
        """Return the room for one step's words."""
        return QSize(self._looks.px(200), self.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        """Ask for another height where the steps no longer fit beside one another."""
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps and the line between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._looks.px
        stacked = self._stacked()
        cell = self.width() / max(1, len(self._steps))
        for place, (name, day) in enumerate(self._steps):
            if stacked:
                centre = QPointF(px(_DOT + 3), place * px(32) + px(16))
                words = QRectF(px(34), place * px(32), self.width() - px(34), px(32))
                self._draw_dot(painter, centre, taken=day is not None)
                said = f"{name}: {short_date(day)}" if day else f"{name}: –"
                self._write(painter, words, said, strong=day is not None, middle=False)
                continue
            centre = QPointF((place + 0.5) * cell, px(_DOT + 3))
            if place:
                painter.setPen(QPen(self._looks.colour("edge"), max(1, px(2))))
                before = QPointF(centre.x() - cell + px(_DOT + 4), centre.y())
                painter.drawLine(before, QPointF(centre.x() - px(_DOT + 4), centre.y()))
            self._draw_dot(painter, centre, taken=day is not None)
            top = px(2 * _DOT + 10)
            self._write(
                painter, QRectF(place * cell, top, cell, px(20)), name, strong=day is not None
            )
            when = short_date(day) if day else "–"
            self._write(painter, QRectF(place * cell, top + px(20), cell, px(20)), when)
        painter.end()

    def _draw_dot(self, painter: QPainter, centre: QPointF, *, taken: bool) -> None:
        looks, px = self._looks, self._looks.px
        painter.setPen(QPen(looks.colour("accent" if taken else "edge"), max(2, px(2))))
        painter.setBrush(looks.colour("accent" if taken else "card"))
        painter.drawEllipse(centre, px(_DOT), px(_DOT))
        if taken:
            painter.setPen(QPen(looks.colour("on_accent"), max(2, px(2))))
            x, y = centre.x(), centre.y()
            painter.drawPolyline(
                [
                    QPointF(x - px(5), y),
                    QPointF(x - px(1), y + px(4)),
                    QPointF(x + px(5), y - px(4)),
                ]
            )

    def _write(
        self, painter: QPainter, place: QRectF, text: str, *, strong: bool = False,
        middle: bool = True,
    ) -> None:  # fmt: skip
        looks = self._looks
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        painter.setFont(looks.font(14, weight))
        painter.setPen(looks.colour("ink" if strong else "muted"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter if middle else left), text)
