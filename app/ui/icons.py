"""Icons in the colours of the theme; each stands beside its word, never alone."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import resources

_DENSITIES = (1.0, 2.0)
"""Made for ordinary and for dense screens; what lies between is shrunk from the larger."""


@lru_cache(maxsize=256)
def icon(name: str, colour: str, size: int, gap: int = 0) -> QIcon:
    """Return a drawing of resources/icons in one colour (#rrggbb), ``size`` pixels square.

    ``gap`` leaves room at its right: a button puts its word close to its icon.
    """
    made = QIcon()
    for density in _DENSITIES:
        picture = _pixmap(name, colour, size, density, gap)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):  # Qt would make it fainter still
            made.addPixmap(picture, mode)
    return made


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, density: float = 1.0) -> QPixmap:
    """Return the same as a picture, for delegates and labels."""
    return _pixmap(name, colour, size, density)


def _pixmap(name: str, colour: str, size: int, density: float, gap: int = 0) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode())))
    side = round(size * density)
    picture = QPixmap(side + round(gap * density), side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(density)
    return picture


@cache
def _drawing(name: str) -> bytes:
    return resources.path(f"icons/{name}.svg").read_bytes()
