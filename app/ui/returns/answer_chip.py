"""A number, a table or a quote inside an answer, drawn as one thing: a chip."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from app.ui.appearance import Appearance
from app.ui.widgets.words import tip

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
"""The kind of object that a chip is in a document."""
SOURCE = QTextFormat.Property.UserProperty.value + 1
"""What is kept of it in the answer: "{people}"."""
SHOWN = QTextFormat.Property.UserProperty.value + 2
"""What it shows: "41"."""
NAME = QTextFormat.Property.UserProperty.value + 3
"""What it is called: "Different people"."""
TONE = QTextFormat.Property.UserProperty.value + 4
"""good for what is counted, due for a number that is hidden, plain for tables and quotes."""
SAID = QTextFormat.Property.UserProperty.value + 5
"""What is printed for it, where that is more than it shows: a whole quote."""
SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The one letter that a chip is in the document."""
_SIDE, _OVER = 7, 1
"""Pixels at 100 % at the sides of its words, and over and under them."""
_WIDEST = 400


class ChipDrawer(QPyTextObject):
    """Draws every chip of a document and says how much room one takes."""

    def __init__(self, looks: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = looks
        self.chosen = -1
        """Where the chip stands whose rows are shown; -1: none."""
        self.selected = (0, 0)
        """From where to where something is marked in the text."""

    def intrinsicSize(self, _doc: QTextDocument, _place: int, style: QTextFormat) -> QSizeF:
        """Return the size of a chip."""
        metrics = QFontMetricsF(_font(style))
        wide = metrics.horizontalAdvance(self._words(style)) + 2 * self._looks.px(_SIDE)
        return QSizeF(wide, metrics.height() + 2 * self._looks.px(_OVER))

    def drawObject(
        self,
        painter: QPainter,
        room: QRectF | QRect,
        _doc: QTextDocument,
        place: int,
        style: QTextFormat,
    ) -> None:
        """Draw a chip: its ground, its words, and the line under them."""
        rect = QRectF(room)
        looks, tone, font = self._looks, str(style.property(TONE) or "good"), _font(style)
        colour = looks.colour("ink" if tone == "plain" else tone)
        ground = looks.colour("hover" if tone == "plain" else f"{tone}_soft")
        if self.selected[0] <= place < self.selected[1]:
            colour, ground = looks.colour("on_accent"), looks.colour("accent")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Qt puts an object that is aligned to the middle so that this is the line of the letters.
        metrics = QFontMetrics(font)
        line = rect.top() + (rect.height() + metrics.xHeight() / 2) / 2
        top = line - metrics.capHeight() - looks.px(5)
        box = QRectF(rect.left() + 1, top, rect.width() - 2, line + looks.px(5) - top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, looks.px(4), looks.px(4))
        painter.setPen(QPen(colour, max(1, looks.px(2))))
        side = looks.px(2)
        painter.drawLine(box.bottomLeft() + _right(side), box.bottomRight() - _right(side))
        if place == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, looks.px(4), looks.px(4))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(rect.left() + looks.px(_SIDE), line), self._words(style))
        painter.restore()

    def _words(self, style: QTextFormat) -> str:
        shown = str(style.property(SHOWN) or "")
        elide = Qt.TextElideMode.ElideRight
        return QFontMetricsF(_font(style)).elidedText(shown, elide, self._looks.px(_WIDEST))


def _right(by: float) -> QPointF:
    return QPointF(by, 0)


def _font(style: QTextFormat) -> QFont:
    return style.toCharFormat().font()


def chip_format(
    font: QFont, *, source: str, shown: str, name: str, tone: str = "good", said: str = ""
) -> QTextCharFormat:
    """Return the format of a chip, which holds everything about it."""
    style = QTextCharFormat()
    style.setObjectType(CHIP)
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    style.setFont(bold)
    style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    for key, value in (
        (SOURCE, source), (SHOWN, shown), (NAME, name), (TONE, tone), (SAID, said or shown),
    ):  # fmt: skip
        style.setProperty(key, value)
    style.setToolTip(tip(name))
    return style
