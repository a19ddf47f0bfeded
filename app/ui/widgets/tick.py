"""The tick box, the same on registers and in forms as on the printed sheet."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.appearance import Appearance

BOX = 22
"""Pixels of a side at 100 %."""
_TICK = ((0.24, 0.53), (0.43, 0.71), (0.77, 0.32))
"""The corners of a tick in a box one wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _BoxLook:
    """Everything that tells one picture of a box from another; lengths in pixels."""

    size: float
    edge: float
    left: float
    """How far right of a whole pixel it begins, and below."""
    top: float
    colour: str
    tick: str
    """The colour of the tick, or nothing for an empty box."""
    density: float


def paint_box(painter: QPainter, box: QRectF, looks: Appearance, *, ticked: bool) -> None:
    """Draw a box, ticked or not: a table has hundreds, each the same small picture."""
    corner = QPoint(floor(box.x()), floor(box.y()))
    look = _BoxLook(
        size=box.width(),
        edge=max(2.0, looks.px(2)),
        left=box.x() - corner.x(),
        top=box.y() - corner.y(),
        colour=looks.theme.accent if ticked else looks.theme.muted,
        tick=looks.theme.on_accent if ticked else "",
        density=painter.device().devicePixelRatio(),
    )
    painter.drawPixmap(corner, _picture(look))


@lru_cache(maxsize=64)
def _picture(look: _BoxLook) -> QPixmap:
    side = ceil((look.size + 1) * look.density)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(look.density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw(painter, QRectF(look.left, look.top, look.size, look.size), look)
    painter.end()
    return picture


def _draw(painter: QPainter, box: QRectF, look: _BoxLook) -> None:
    size, edge, colour = look.size, look.edge, QColor.fromString(look.colour)
    painter.setPen(QPen(colour, edge))
    painter.setBrush(colour if look.tick else Qt.BrushStyle.NoBrush)
    inside = box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
    painter.drawRoundedRect(inside, size / 5, size / 5)
    if not look.tick:
        return
    pen = QPen(QColor.fromString(look.tick), max(2.0, size / 10))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = [QPointF(box.x() + x * size, box.y() + y * size) for x, y in _TICK]
    painter.drawPolyline(QPolygonF(corners))


class TickBox(QCheckBox):
    """A choice of yes or no, with its words."""

    def __init__(self, looks: Appearance, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._looks = looks
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the room for box and words."""
        px = self._looks.px
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + px(BOX) + px(24), max(px(BOX), self.fontMetrics().height()) + px(12))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are not cut."""
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        """Take a press anywhere on box or words."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, words and, with the keyboard, the ring."""
        px = self._looks.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(px(6), (self.height() - px(BOX)) / 2, px(BOX), px(BOX))
        paint_box(painter, box, self._looks, ticked=self.isChecked())
        painter.setPen(self._looks.colour("ink" if self.isEnabled() else "muted"))
        words = self.rect().adjusted(px(BOX) + px(14), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._looks.colour("focus"), max(2, px(2))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(6), px(6))
        painter.end()
