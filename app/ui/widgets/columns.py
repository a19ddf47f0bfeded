"""Two columns where there is room, one under the other where there is not."""

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QWidget

from app.ui.appearance import Appearance

SIDE_WIDTH = 280
"""Pixels of the side column at 100 %."""


class TwoColumns(QWidget):
    """A main part and a side part; narrow windows and large text put the side part on top or below."""

    stacked_changed = Signal(bool)

    def __init__(
        self,
        looks: Appearance,
        main: QWidget,
        side: QWidget,
        *,
        needed: int = 760,
        side_width: int = SIDE_WIDTH,
        side_first: bool = False,
        side_left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self._main = main
        self._side = side
        self._needed = needed
        self._side_width = side_width
        self._side_first = side_first
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._left = side_left
        for widget, share in ((side, 0), (main, 1)) if side_left else ((main, 1), (side, 0)):
            self._row.addWidget(widget, share)
        self._areas: list[tuple[QScrollArea, QWidget]] = []
        self._own: dict[QScrollArea, tuple[int, QSizePolicy]] = {}
        """How parts that scroll are while both stand beside one another."""
        for part in (main, side):
            inner = part.widget() if isinstance(part, QScrollArea) else None
            if isinstance(part, QScrollArea) and inner is not None:
                self._areas.append((part, inner))
                inner.installEventFilter(self)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._grow_areas)
        looks.changed.connect(self._arrange)
        self._arrange()

    # The side part is narrow and wraps its words: it takes its own height, not one reckoned from
    # the width of both.
    def hasHeightForWidth(self) -> bool:
        """Say no, so that a table in the main part shrinks to the window."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return the least size, with words wrapped as they are: no field gives its room to them."""
        least = super().minimumSizeHint()
        heights = [_least_height(part) for part in (self._main, self._side)]
        needed = sum(heights) + self._row.spacing() if self.stacked else max(heights)
        return QSize(least.width(), max(least.height(), needed))

    @property
    def stacked(self) -> bool:
        """Whether the parts stand one under the other now."""
        return self._row.direction() is not QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again when the room changes."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self._looks.px(self._needed)
        directions = QBoxLayout.Direction
        turned = self._side_first is not self._left
        below = directions.BottomToTop if turned else directions.TopToBottom
        before = self.stacked
        self._row.setDirection(below if narrow else directions.LeftToRight)
        if self.stacked != before:
            self.stacked_changed.emit(self.stacked)
        self._row.setSpacing(self._looks.px(16))
        self._grow_areas()
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(self._looks.px(self._side_width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a part that scrolls another height when what is in it changes."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._growing.start()  # not now: the parts are just being laid out
        return super().eventFilter(watched, event)

    def _grow_areas(self) -> None:
        """One under the other, parts are shown whole and the page scrolls: never a bar in a bar."""
        for area, inner in self._areas:
            if self.stacked:
                own, _ = self._own.setdefault(area, (area.minimumHeight(), area.sizePolicy()))
                area.setMinimumHeight(max(own, _least_height(inner)))
                # One that ignores its height would be given none by the layout.
                area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            elif area in self._own:
                own, policy = self._own.pop(area)
                area.setMinimumHeight(own)
                area.setSizePolicy(policy)


def _least_height(part: QWidget) -> int:
    column = part.layout()
    if column is None or part.width() <= 0 or not column.hasHeightForWidth():
        return part.minimumSizeHint().height()
    return column.totalMinimumHeightForWidth(part.width())
