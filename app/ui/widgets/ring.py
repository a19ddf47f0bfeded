"""The light line inside the focus ring of whatever is filled with the accent colour."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance

_RADIUS = 7
_RING = 2
"""Pixels of the ring itself at 100 %, which the style sheet draws (``$ring``)."""


def paint_inner_ring(widget: QWidget, looks: Appearance) -> None:
    """Draw a line in the letters' colour inside the ring: ring and accent are too much alike."""
    width = max(1.5, looks.px(1.5))
    inset = max(_RING, looks.px(_RING)) + width / 2
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(looks.colour("on_accent"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = looks.px(_RADIUS) - inset
    painter.drawRoundedRect(
        QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
    )
    painter.end()
