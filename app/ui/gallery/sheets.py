"""Photograph specimens one by one and lay them out on a sheet with their names."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.gallery.specimens import SPECIMENS, Specimen

SHEET_WIDTH = 1366
_GAP = 18


def photograph(specimen: Specimen, looks: Appearance, *, focused: bool = False) -> QPixmap:
    """Return a picture of one specimen, with the keyboard on it if wanted."""
    made = specimen.make(looks)
    host = made if isinstance(made, QDialog) else _host(made, looks)
    if specimen.width:
        host.setFixedWidth(min(looks.px(specimen.width), SHEET_WIDTH - 2 * _GAP))
    host.show()
    host.activateWindow()
    _give_keyboard(made, host, focused=focused)
    if specimen.then is not None:
        specimen.then(made)
    _settle()
    picture = host.grab()
    host.close()
    host.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return picture


def draw_sheet(looks: Appearance) -> QPixmap:
    """Return all specimens under their headings, each in its states."""
    rows: list[tuple[str, QPixmap]] = []
    heading = ""
    for specimen in SPECIMENS:
        if specimen.kind != heading:
            heading = specimen.kind
            rows.append((heading, QPixmap()))
        rows.append((specimen.state, photograph(specimen, looks)))
        if specimen.focusable:
            said = f"{specimen.state}, with the keyboard"
            rows.append((said, photograph(specimen, looks, focused=True)))
    return _laid_out(rows, looks)


def _host(made: QWidget, looks: Appearance) -> QWidget:
    host = QWidget()
    host.setObjectName("page")
    host.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(host)
    side = looks.px(8)
    column.setContentsMargins(side, side, side, side)
    column.addWidget(made)
    return host


def _give_keyboard(made: QWidget, host: QWidget, *, focused: bool) -> None:
    able = [w for w in (made, *made.findChildren(QWidget)) if _takes_keyboard(w)]
    _settle()
    if focused and able:
        able[0].setFocus(Qt.FocusReason.TabFocusReason)
    elif (now := host.focusWidget()) is not None:
        now.clearFocus()


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def _laid_out(rows: list[tuple[str, QPixmap]], looks: Appearance) -> QPixmap:
    """Place pictures as words are placed on a page, captions under them."""
    caption, title = looks.font(13), looks.font(20, QFont.Weight.Bold)
    line = looks.px(20)
    places: list[tuple[QPoint, str, QPixmap]] = []
    x, y, high = _GAP, _GAP, 0
    for said, picture in rows:
        if picture.isNull():
            y, x, high = y + high + _GAP, _GAP, 0
            places.append((QPoint(x, y), said, picture))
            y += looks.px(34)
            continue
        if x > _GAP and x + picture.width() > SHEET_WIDTH - _GAP:
            y, x, high = y + high + _GAP, _GAP, 0
        places.append((QPoint(x, y), said, picture))
        x += max(picture.width(), looks.px(150)) + _GAP
        high = max(high, picture.height() + line)
    sheet = QImage(SHEET_WIDTH, y + high + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor(looks.theme.paper))
    painter = QPainter(sheet)
    for place, said, picture in places:
        painter.setPen(looks.colour("ink" if picture.isNull() else "muted"))
        painter.setFont(title if picture.isNull() else caption)
        painter.drawPixmap(place, picture)
        under = picture.height() + (looks.px(22) if picture.isNull() else looks.px(14))
        painter.drawText(place + QPoint(0, under), said)
    painter.end()
    return QPixmap.fromImage(sheet)
