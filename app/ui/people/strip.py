"""The strip of the last sessions: a shape each, with its day, the newest at the right."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.attendance import HERE, Mark, Role
from app.domain.periods import short_date
from app.services.attendance import Sitting
from app.ui.appearance import Appearance
from app.ui.people import words

_BOX, _CELL = 24, 54
_PLACES = 12


class Strip(QWidget):
    """Whether somebody was here at each of the last sessions they were on the list for."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._sittings: tuple[Sitting, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self.updateGeometry)

    def show_sittings(self, newest_first: tuple[Sitting, ...]) -> None:
        """Show sessions; those with no room at the left are the oldest."""
        self._sittings = tuple(reversed(newest_first))
        said = "; ".join(
            f"{short_date(one.session_on)} {one.activity_name}: {words.sitting_words(one)}"
            for one in newest_first
        )
        self.setAccessibleName(self.tr("Last {count} sessions").format(count=len(newest_first)))
        self.setAccessibleDescription(said)
        self.setVisible(bool(newest_first))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all of them."""
        px = self._looks.px
        return QSize(px(_CELL) * _PLACES, px(_BOX + 24))

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few: the oldest are left out where there is little."""
        px = self._looks.px
        return QSize(px(_CELL) * 3, px(_BOX + 24))

    def event(self, event: QEvent) -> bool:
        """Say of the one under the mouse what it was."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for place, sitting in enumerate(self._shown()):
                if self._cell(place).contains(event.pos()):
                    text = (
                        f"{short_date(sitting.session_on)} · {sitting.activity_name} · "
                        f"{words.sitting_words(sitting)}"
                    )
                    QToolTip.showText(event.globalPos(), text, self)
                    return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shapes and their days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._looks.px
        for place, sitting in enumerate(self._shown()):
            cell = self._cell(place)
            box = QRectF(cell.x(), 1, px(_BOX), px(_BOX))
            self._paint_shape(painter, box, sitting)
            painter.setFont(self._looks.font(12))
            painter.setPen(self._looks.colour("muted"))
            under = QRect(cell.x(), px(_BOX + 3), px(_CELL), px(20))
            day = f"{sitting.session_on.day}/{sitting.session_on.month}"
            painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), day)
        painter.end()

    def _shown(self) -> tuple[Sitting, ...]:
        room = max(1, self.width() // self._looks.px(_CELL))
        return self._sittings[-room:]

    def _cell(self, place: int) -> QRect:
        px = self._looks.px
        return QRect(place * px(_CELL), 0, px(_CELL), self.height())

    def _paint_shape(self, painter: QPainter, box: QRectF, sitting: Sitting) -> None:
        looks = self._looks
        here = sitting.mark in HERE and not sitting.cancelled
        edge = max(1.5, looks.px(1.5))
        painter.setBrush(looks.colour("accent") if here else Qt.BrushStyle.NoBrush)
        pen = QPen(looks.colour("accent" if here else "edge"), edge)
        if sitting.mark is None or sitting.cancelled:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), looks.px(5), looks.px(5))
        if here and sitting.mark is Mark.PRESENT and sitting.role is Role.PARTICIPANT:
            picture = looks.pixmap("check", "on_accent", 16, self.devicePixelRatioF())
            side = looks.px(16)
            painter.drawPixmap(
                QPointF(box.center().x() - side / 2, box.center().y() - side / 2), picture
            )
            return
        painter.setPen(looks.colour("on_accent" if here else "ink"))
        painter.setFont(looks.font(13, QFont.Weight.Bold))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _letter(sitting))


def _letter(sitting: Sitting) -> str:
    """Return the letter of the register: V volunteer, L late, A apologies, – absent, × cancelled."""
    if sitting.cancelled:
        return "×"
    if sitting.mark in HERE and sitting.role is not Role.PARTICIPANT:
        return {Role.VOLUNTEER: "V", Role.LEADER: "D", Role.CARER: "C"}.get(
            sitting.role or Role.PARTICIPANT, "V"
        )
    return {Mark.LATE: "L", Mark.APOLOGY: "A", Mark.ABSENT: "–"}.get(
        sitting.mark or Mark.PRESENT, ""
    )


KEY = "✓ here · L late · V volunteer · A apologies · – absent · × cancelled · empty: not recorded"
"""What the letters mean, said under the strip."""
