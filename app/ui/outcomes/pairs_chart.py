"""A scale's matched pairs as a picture: before and after with the interval, then better or worse.

Every number is written on it and said to screen readers; shapes differ as well as colours.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.outcome_results import ScaleResult
from app.ui.appearance import Appearance
from app.ui.outcomes import words as said

_AXIS_HEIGHT, _BAR_HEIGHT, _BAND_HEIGHT = 96, 62, 52
_LETTERS = 13
_WIDE = 40
"""A scale with more points than so many is drawn as far as its numbers go."""


class PairsChart(QWidget):
    """One scale: an axis with before and after, a bar of better, same, worse, and the bands."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._result: ScaleResult | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Before and after"))
        looks.changed.connect(self.updateGeometry)

    def show_result(self, result: ScaleResult) -> None:
        """Show one scale."""
        self._result = result
        self.setAccessibleName(result.scale.title)
        self.setAccessibleDescription(spoken(result))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for axis, bar and bands."""
        px = self._looks.px
        bands = len(self._result.bands) if self._result else 0
        height = _AXIS_HEIGHT + _BAR_HEIGHT + (24 + bands * _BAND_HEIGHT if bands else 0)
        return QSize(px(420), px(height))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the numbers stand apart."""
        return QSize(self._looks.px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        result = self._result
        if result is None or not result.pairs:
            return
        px = self._looks.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._looks.font(_LETTERS))
        self._draw_axis(painter, result)
        self._draw_bar(painter, result, px(_AXIS_HEIGHT))
        self._draw_bands(painter, result, px(_AXIS_HEIGHT + _BAR_HEIGHT))
        painter.end()

    # --- before and after --------------------------------------------------------------------

    def _ends(self, result: ScaleResult) -> tuple[float, float]:
        low, high = result.scale.low, result.scale.high
        if high - low <= _WIDE or result.before is None or result.after is None:
            return low, high
        reach = result.before + (result.high or 0)
        return low, min(high, max(result.before, result.after, reach, 1) * 1.25)

    def _draw_axis(self, painter: QPainter, result: ScaleResult) -> None:
        if result.before is None or result.after is None:
            return
        looks, px = self._looks, self._looks.px
        low, high = self._ends(result)
        side, line = px(16), px(46)
        room = self.width() - 2 * side

        def at(value: float) -> float:
            return side + room * min(1.0, max(0.0, (value - low) / (high - low)))

        painter.setPen(QPen(looks.colour("muted"), max(1, px(1))))
        painter.drawLine(QPointF(side, line), QPointF(side + room, line))
        for value in (low, high):
            painter.drawLine(QPointF(at(value), line - px(4)), QPointF(at(value), line + px(4)))
        metrics = painter.fontMetrics()
        base = line + px(8) + metrics.ascent()
        painter.drawText(QPointF(side, base), said.score(low))
        right = said.score(high)
        painter.drawText(QPointF(side + room - metrics.horizontalAdvance(right), base), right)
        self._draw_interval(painter, result, at, line)
        self._draw_dots(painter, result, at, line)

    def _draw_interval(
        self, painter: QPainter, result: ScaleResult, at: Callable[[float], float], line: int
    ) -> None:
        """Draw where the mean later score lies for 95% sure, over the axis."""
        if result.low is None or result.high is None or result.before is None:
            return
        px, looks = self._looks.px, self._looks
        left, right = at(result.before + result.low), at(result.before + result.high)
        painter.setPen(QPen(looks.colour("accent"), max(2, px(2))))
        y = line - px(12)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        for x in (left, right):
            painter.drawLine(QPointF(x, y - px(4)), QPointF(x, y + px(4)))

    def _draw_dots(
        self, painter: QPainter, result: ScaleResult, at: Callable[[float], float], line: int
    ) -> None:
        looks, px = self._looks, self._looks.px
        before, after, size = at(result.before or 0), at(result.after or 0), px(7)
        painter.setPen(QPen(looks.colour("accent"), max(2, px(3))))
        painter.drawLine(QPointF(before, line), QPointF(after, line))
        painter.setBrush(looks.colour("card"))
        painter.drawEllipse(QPointF(before, line), size, size)
        painter.setBrush(looks.colour("accent"))
        way = size if after >= before else -size
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(after + way, line), QPointF(after - way, line - size),
                    QPointF(after - way, line + size),
                ]
            )
        )  # fmt: skip
        painter.setPen(looks.colour("ink"))
        painter.setFont(looks.font(_LETTERS, QFont.Weight.Medium))
        first = self.tr("before {mean}").format(mean=said.mean(result.before))
        later = self.tr("after {mean}").format(mean=said.mean(result.after))
        self._write_apart(painter, (before, first), (after, later), line)
        painter.setFont(looks.font(_LETTERS))

    def _write_apart(
        self, painter: QPainter, first: tuple[float, str], later: tuple[float, str], line: int
    ) -> None:
        """Write before and after over the axis, moved apart where they would overlap."""
        px, metrics = self._looks.px, painter.fontMetrics()
        pair = sorted((first, later))
        widths = [metrics.horizontalAdvance(text) for _, text in pair]
        lefts = [x - width / 2 for (x, _), width in zip(pair, widths, strict=True)]
        over = lefts[0] + widths[0] + px(10) - lefts[1]
        if over > 0:
            lefts = [lefts[0] - over / 2, lefts[1] + over / 2]
        if lefts[0] < 0:
            lefts = [0, max(lefts[1], widths[0] + px(10))]
        beyond = lefts[1] + widths[1] - self.width()
        if beyond > 0:
            lefts = [min(lefts[0], lefts[0] - max(0, widths[0] + px(10) - (lefts[1] - beyond))),
                     lefts[1] - beyond]  # fmt: skip
        for left, (_, text) in zip(lefts, pair, strict=True):
            painter.drawText(QPointF(max(0, left), line - px(24)), text)

    # --- better, same, worse -----------------------------------------------------------------

    def _draw_bar(self, painter: QPainter, result: ScaleResult, top: int) -> None:
        looks, px = self._looks, self._looks.px
        parts = (
            (result.improved, self.tr("better"), "accent", "on_accent"),
            (result.same, self.tr("same"), "good_soft", "ink"),
            (result.worse, self.tr("worse"), "card", "ink"),
        )
        metrics = painter.fontMetrics()
        height, y = px(26), top
        x = float(px(2))
        room = self.width() - 2 * px(2)
        said_under: list[tuple[float, str]] = []
        for number, word, ground, ink in parts:
            width = room * number / max(1, result.pairs)
            if number:
                painter.setPen(QPen(looks.colour("accent"), max(1, px(1))))
                painter.setBrush(looks.colour(ground))
                painter.drawRect(QRectF(x, y, width, height))
                painter.setPen(looks.colour(ink))
                place = QRectF(x, y, width, height)
                if metrics.horizontalAdvance(str(number)) <= width:
                    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(number))
            said_under.append((x, f"{number} {word}"))
            x += width
        painter.setPen(looks.colour("ink"))
        end = 0.0
        for left, text in said_under:
            begin = max(left, end)
            painter.drawText(QPointF(begin, y + height + px(4) + metrics.ascent()), text)
            end = begin + metrics.horizontalAdvance(text) + px(12)

    # --- bands -------------------------------------------------------------------------------

    def _draw_bands(self, painter: QPainter, result: ScaleResult, top: int) -> None:
        if not result.bands:
            return
        looks, px = self._looks, self._looks.px
        metrics: QFontMetrics = painter.fontMetrics()
        painter.setPen(looks.colour("muted"))
        key = self.tr("People in each band: open bar before, filled bar after")
        painter.drawText(
            QPointF(0, top + metrics.ascent()),
            metrics.elidedText(key, Qt.TextElideMode.ElideRight, self.width()),
        )
        most = max(1, *(max(band.before, band.after) for band in result.bands))
        room = self.width() - px(44)
        for place, band in enumerate(result.bands):
            y = top + px(24) + place * px(_BAND_HEIGHT)
            painter.setPen(looks.colour("ink"))
            label = metrics.elidedText(band.label, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QPointF(0, y + metrics.ascent()), label)
            y += metrics.height()
            for number, ground in ((band.before, "card"), (band.after, "accent")):
                painter.setPen(QPen(looks.colour("accent"), max(1, px(1))))
                painter.setBrush(looks.colour(ground))
                bar = QRectF(px(1), y, room * number / most, px(11))
                if number:
                    painter.drawRect(bar)
                painter.setPen(looks.colour("ink"))
                painter.setFont(looks.font(_LETTERS - 2))
                text = QRectF(bar.right() + px(5), y - px(2), px(40), px(15))
                painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), str(number))
                painter.setFont(looks.font(_LETTERS))
                y += px(14)


def spoken(result: ScaleResult) -> str:
    """Return everything the picture shows, in words."""
    if not result.pairs:
        return "Nobody was asked twice in this period."
    parts = [
        f"{result.pairs} people asked twice",
        f"before {said.mean(result.before)}, after {said.mean(result.after)}",
        f"change {said.interval(result)}",
        f"{result.improved} better, {result.same} the same, {result.worse} worse",
        *(f"{band.label}: {band.before} before, {band.after} after" for band in result.bands),
    ]
    return "; ".join(parts)
