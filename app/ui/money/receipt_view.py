"""One receipt, large enough to read: a photo, or the pages of a PDF one under the other."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.returns.making import draw_pages, page_sizes
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words

PDF = "application/pdf"
_WIDTH = 720


class ReceiptView(QDialog):
    """Show a receipt; nothing of it is written outside the book."""

    def __init__(
        self, book: Book, name: str, media_type: str, content: bytes, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Receipt"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        looks = self._looks = book.looks
        self._pages = QWidget()
        self._column = QVBoxLayout(self._pages)
        self._column.setContentsMargins(0, 0, 0, 0)
        area = scrolling(self._pages)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("Receipt {name}").format(name=name))
        close = ActionButton(looks, self.tr("Close"), icon="check", primary=True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(words(name, "heading", wrap=True))
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.resize(looks.px(_WIDTH + 80), looks.px(620))
        if media_type == PDF:
            sizes = page_sizes(content)
            job = book.jobs.start(
                partial(_draw, content=content, pages=len(sizes), scale=self.devicePixelRatioF())
            )
            job.done.connect(self._on_drawn)
        else:
            self._add(QImage.fromData(content))

    @property
    def shown(self) -> int:
        """How many pages are shown."""
        return self._column.count()

    def _add(self, image: QImage) -> None:
        label = QLabel()
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        width = min(image.width(), self._looks.px(_WIDTH))
        label.setPixmap(
            QPixmap.fromImage(
                image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            )
        )
        self._column.addWidget(label)

    def _on_drawn(self, drawn: object) -> None:
        if isinstance(drawn, dict):
            for number in sorted(drawn):
                self._add(drawn[number])


def _draw(context: JobContext, *, content: bytes, pages: int, scale: float) -> dict[int, QImage]:
    return draw_pages(context, content, range(pages), scale)
