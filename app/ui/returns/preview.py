"""The pages of a PDF on the screen: what is seen is what is printed."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.appearance import Appearance
from app.ui.jobs import Job, JobRunner
from app.ui.returns.making import Pages, draw_pages

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
FIT = 0
"""The zoom that fits the width."""
_GAP = 14
_POINT = 96 / 72


class PagePreview(QAbstractScrollArea):
    """Pages one under the other; PageUp and PageDown go from page to page."""

    page_changed = Signal(int, int)
    """The page in sight (from 1), and how many there are."""
    zoomed = Signal(int)

    def __init__(self, looks: Appearance, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._jobs = jobs
        self._job: Job | None = None
        self._made: Pages | None = None
        self._zoom = FIT
        self._drawn: dict[int, QImage] = {}
        self._drawing: tuple[Pages | None, float] = (None, 0.0)
        self.setAccessibleName(self.tr("Preview of the pages"))
        self.setObjectName("preview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMinimumHeight(looks.gap(200))
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self.horizontalScrollBar().valueChanged.connect(self._on_moved)

    # --- what is shown -----------------------------------------------------------------------

    def show_made(self, made: Pages | None) -> None:
        """Show the pages of a return from the top, or nothing."""
        self._made = made
        self._drawn.clear()
        self.verticalScrollBar().setValue(0)
        self._arrange()
        self._on_moved()

    @property
    def page(self) -> int:
        """The page in sight, from 1; 0 when there is none."""
        if self._made is None:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        places = self._places()
        for number, place in enumerate(places, start=1):
            if middle <= place.bottom() + self._gap():
                return number
        return len(places)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._made.sizes) if self._made else 0

    @property
    def drawn(self) -> int:
        """How many pages have been drawn at the size in use."""
        return len(self._drawn)

    def zoom_by(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        now = round(self._scale() * 100)
        larger = [zoom for zoom in ZOOMS if zoom > now + 1]
        smaller = [zoom for zoom in ZOOMS if zoom < now - 1]
        if step > 0 and larger:
            self._set_zoom(larger[0])
        elif step < 0 and smaller:
            self._set_zoom(smaller[-1])

    def fit(self) -> None:
        """Fit the pages to the width."""
        self._set_zoom(FIT)

    def go_to_page(self, number: int) -> None:
        """Bring a page (from 1) to the top."""
        places = self._places()
        if places:
            place = places[min(max(number, 1), len(places)) - 1]
            self.verticalScrollBar().setValue(place.y() - self._gap() // 2)

    def _set_zoom(self, zoom: int) -> None:
        page = self.page
        self._zoom = zoom
        self._drawn.clear()
        self._arrange()
        self.go_to_page(page)
        self._on_moved()
        self.zoomed.emit(round(self._scale() * 100))

    # --- where the pages stand ---------------------------------------------------------------

    def _gap(self) -> int:
        return self._looks.gap(_GAP)

    def _scale(self) -> float:
        if self._made is None:
            return 1.0
        if self._zoom != FIT:
            return self._zoom / 100
        widest = max(width for width, _ in self._made.sizes) * _POINT
        return max(0.25, (self.viewport().width() - 2 * self._gap()) / widest)

    def _places(self) -> list[QRect]:
        if self._made is None:
            return []
        scale, top, places = self._scale() * _POINT, self._gap(), []
        room = max(self.viewport().width(), self._widest() + 2 * self._gap())
        for width, height in self._made.sizes:
            size = QSize(round(width * scale), round(height * scale))
            places.append(QRect((room - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + self._gap()
        return places

    def _widest(self) -> int:
        sizes = self._made.sizes if self._made else ()
        return round(max((width for width, _ in sizes), default=0) * self._scale() * _POINT)

    def _arrange(self) -> None:
        places = self._places()
        height = places[-1].bottom() + self._gap() if places else 0
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._looks.px(40))
        bar.setRange(0, max(0, height - self.viewport().height()))
        across.setPageStep(self.viewport().width())
        wide = self._widest() + 2 * self._gap() - self.viewport().width() if places else 0
        across.setRange(0, max(0, wide))
        self.viewport().update()

    # --- drawing -----------------------------------------------------------------------------

    def _on_moved(self) -> None:
        self.viewport().update()
        self.page_changed.emit(self.page, self.pages)
        self._draw_in_sight()

    def _draw_in_sight(self) -> None:
        """Have the pages in sight, and the next, drawn by the worker."""
        if self._made is None or (self._job is not None and self._job.running):
            return
        top = self.verticalScrollBar().value()
        sight = QRect(0, top, 10**6, round(self.viewport().height() * 1.6))
        wanted = [
            number
            for number, place in enumerate(self._places())
            if place.intersects(sight) and number not in self._drawn
        ]
        if not wanted:
            return
        scale = self._scale() * self.devicePixelRatioF()
        work = partial(draw_pages, pdf=self._made.pdf, numbers=wanted, scale=scale)
        self._drawing = (self._made, scale)
        self._job = self._jobs.start(work)
        self._job.done.connect(self._on_drawn)
        self._job.ended.connect(self._on_drawing_ended)

    def _on_drawn(self, drawn: dict[int, QImage]) -> None:
        made, scale = self._drawing
        if made is not self._made or scale != self._scale() * self.devicePixelRatioF():
            return  # other pages, or another size, meanwhile
        for image in drawn.values():
            image.setDevicePixelRatio(self.devicePixelRatioF())
        self._drawn |= drawn

    def _on_drawing_ended(self) -> None:
        self._job = None
        self.viewport().update()
        self._draw_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight; one that is not ready yet is a blank sheet."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._looks.colour("hover"))
        shift_x, shift_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for number, place in enumerate(self._places()):
            shown = place.translated(-shift_x, -shift_y)
            if not shown.intersects(event.rect()):
                continue
            painter.fillRect(shown, Qt.GlobalColor.white)
            if number in self._drawn:
                painter.drawImage(shown.topLeft(), self._drawn[number])
            painter.setPen(self._looks.colour("line"))
            painter.drawRect(shown)
        if self.hasFocus():
            painter.setPen(self._looks.colour("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))
        painter.end()

    # --- keys and wheel ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from page to page, to the ends, closer and farther."""
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go_to_page(self.page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to_page(self.page - 1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        if self._zoom == FIT:
            self._drawn.clear()
        self._arrange()
        self._draw_in_sight()
