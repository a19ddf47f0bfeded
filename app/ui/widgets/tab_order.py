"""Let Tab go as one reads: in the order of the layouts, whatever was made first."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QWidget,
)

from app.ui.widgets.wrap_row import WrapRow

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
"""What has parts of its own that Tab does not go to."""


def tab_as_read(top: QWidget) -> None:
    """Put everything in ``top`` that Tab goes to in the order of its layouts."""
    for one, other in pairwise(as_read(top)):
        QWidget.setTabOrder(one, other)


def as_read(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab goes to in a widget, seen or not, in the order of its layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, _WHOLE):
        return
    if isinstance(widget, QScrollArea):
        body = widget.widget()
        if body is not None:
            yield from as_read(body)
        return
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)
        return
    inside = widget.widgets if isinstance(widget, WrapRow) else widget.children()
    for child in inside:
        if isinstance(child, QWidget) and not child.isWindow():
            yield from as_read(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    places = [item for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]
    backwards = {QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.RightToLeft}
    if isinstance(layout, QBoxLayout) and layout.direction() in backwards:
        places.reverse()
    for item in places:
        yield from _in_item(item)


def _in_item(item: QLayoutItem) -> Iterator[QWidget]:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        yield from as_read(widget)
    elif layout is not None:
        yield from _in_layout(layout)
