"""The receipts of an entry: photos and PDFs, attached by file or by dropping them on the form."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.ids import EntryId
from app.services import money
from app.services.money import ReceiptFile
from app.services.result import Refused
from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.money.receipt_view import PDF, ReceiptView
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import tip, words
from app.ui.widgets.wrap_row import WrapRow

KINDS = "Photos and PDFs (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif *.pdf)"
_THUMB = 56


class ReceiptStrip(QWidget):
    """What is kept already, and what is kept when the entry is saved."""

    busy_changed = Signal(bool)
    """A file is being read: saving waits for it."""
    changed = Signal()

    def __init__(
        self, book: Book, entry_id: EntryId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._entry_id = entry_id
        self.waiting: list[ReceiptFile] = []
        self._reading = 0
        self.add_button = ActionButton(book.looks, self.tr("&Attach a receipt…"), icon="paperclip")
        self.row = WrapRow(book.looks)
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.problem)
        self.add_button.clicked.connect(self._on_add)
        self.look()

    @property
    def count(self) -> int:
        """How many receipts are shown."""
        return sum(bool(one.property("receipt")) for one in self.row.widgets)

    def look(self) -> None:
        """Show what is kept and what waits."""
        self.row.clear()
        register, entry_id = self._book.register, self._entry_id
        for kept in money.receipts_of(register, entry_id) if entry_id else ():
            content = money.receipt_content(register, kept.id) or b""
            self._show(kept.file_name, kept.media_type, content, partial(self._take_away, kept.id))
        for file in self.waiting:
            away = partial(self._take_out, file)
            self._show(file.file_name, file.media_type, file.content, away)
        self.row.setVisible(bool(self.row.widgets))

    def _show(self, name: str, media_type: str, content: bytes, away: partial[None]) -> None:
        looks = self._book.looks
        button = ActionButton(looks, "" if media_type != PDF else name)
        button.setProperty("receipt", True)
        button.setAccessibleName(self.tr("Look at receipt {name}").format(name=name))
        button.setToolTip(tip(name))
        if media_type == PDF:
            button.set_icon("file-text")
        else:
            size = looks.px(_THUMB)
            image = QImage.fromData(content).scaled(
                size, size, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            button.setIcon(QIcon(QPixmap.fromImage(image)))
            button.setIconSize(QSize(image.width(), image.height()))
        button.clicked.connect(partial(self._open, name, media_type, content))
        remove = ActionButton(looks, self.tr("Take away"), link=True)
        remove.setAccessibleName(self.tr("Take away receipt {name}").format(name=name))
        remove.clicked.connect(away)
        self.row.add(button)
        self.row.add(remove)

    def add_path(self, path: Path) -> None:
        """Read a photo or PDF; it is kept when the entry is saved."""
        self._say("")
        self._reading += 1
        self.busy_changed.emit(True)
        job = self._book.jobs.start(partial(_read, path=path))
        job.done.connect(self._on_read)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)

    def keep(self, entry_id: EntryId) -> bool:
        """Keep what waits with an entry that was saved; False when something could not be kept."""
        self._entry_id = entry_id
        while self.waiting:
            file = self.waiting[0]
            register = self._book.register
            answer = self._book.commands.run(partial(money.keep_receipt, register, entry_id, file))
            if answer is None:
                return False
            if isinstance(answer, Refused):
                self._say(answer.text)
            self.waiting.pop(0)
        self.look()
        return True

    def _open(self, name: str, media_type: str, content: bytes, _checked: bool = False) -> None:
        ReceiptView(self._book, name, media_type, content, parent=self.window()).open()

    def _take_out(self, file: ReceiptFile, _checked: bool = False) -> None:
        self.waiting.remove(file)
        self.look()
        self.add_button.setFocus()
        self.changed.emit()

    def _take_away(self, receipt_id: int, _checked: bool = False) -> None:
        register = self._book.register
        answer = self._book.commands.run(lambda: money.remove_receipt(register, receipt_id))
        if isinstance(answer, Refused):
            self._say(answer.text)
        self.look()
        self.add_button.setFocus()

    def _on_add(self) -> None:
        self._book.messages.ask_open_path(
            self.window(), title=self.tr("Choose a photo or PDF of the receipt"),
            folder=Path.home(), kinds=KINDS, then=self.add_path,
        )  # fmt: skip

    def _on_read(self, file: ReceiptFile) -> None:
        if file.sha256 in {one.sha256 for one in self.waiting}:
            self._say(self.tr("This receipt is attached already."))
            return
        self.waiting.append(file)
        self.look()
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self._say(error.text)

    def _on_ended(self) -> None:
        self._reading -= 1
        self.busy_changed.emit(self._reading > 0)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def _read(_context: JobContext, *, path: Path) -> ReceiptFile:
    return money.open_receipt(path)
