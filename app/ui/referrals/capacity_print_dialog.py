"""Print capacity cards: seen first, of one activity or of all, then printed or saved."""

from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.ids import ActivityId
from app.services import activities, registers, returns
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.returns.making import Made
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.words import suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

_TEMPLATE = "capacity-card"


class CapacityPrintDialog(QDialog):
    """The very pages, and what is still to be said on them."""

    def __init__(
        self, book: Book, activity_id: ActivityId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Print capacity cards"))
        self.setModal(True)
        self._book = book
        looks = book.looks
        self.notice = NoticeBar(looks)
        self.which = Choice(looks, self.tr("Which card"))
        self.which.addItem(self.tr("Every activity"), None)
        for one in activities.list_activities(book.register):
            self.which.addItem(one.name, one.id)
        self.which.setCurrentIndex(max(0, self.which.findData(activity_id)))
        self.preview = PreviewCard(looks, book.jobs)
        self.close_button = ActionButton(looks, self.tr("Close"))
        self.save_button = ActionButton(looks, self.tr("Save PDF…"), icon="download")
        self.print_button = ActionButton(looks, self.tr("Print…"), icon="printer", primary=True)
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self._lay_out()
        self.which.currentIndexChanged.connect(self.make)
        self.preview.made.connect(self._on_made)
        self.preview.failed.connect(self._on_failed)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.finished.connect(self._on_finished)
        self.make()

    def _lay_out(self) -> None:
        gap = self._book.looks.gap
        head = QHBoxLayout()
        head.addWidget(words(self.tr("Capacity cards"), "heading"), 1)
        head.addWidget(self.which)
        buttons = QHBoxLayout()
        buttons.addWidget(words(self.tr("A5, a page for each activity, dated today."), "small"), 1)
        for button in (self.close_button, self.save_button, self.print_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.preview, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(gap(860), room.width() - 40), min(gap(760), room.height() - 60))

    def make(self) -> None:
        """Make the pages of the card chosen."""
        options = ReturnOptions(activity_id=self.which.currentData())
        self._show_ready(ready=False)
        self.notice.clear()
        self.preview.start(registers.take_snapshot_later(self._book.register), _TEMPLATE, options)

    def _show_ready(self, *, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)

    def _on_made(self, made: Made) -> None:
        self._show_ready(ready=True)
        self.notice.tell(" ".join(made.filled.warnings))
        self.print_button.setFocus()

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_save(self) -> None:
        if self.preview.current is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.tr("Save the cards"),
                suggested=Path.home() / suggested_name(self.preview.current),
                kinds=self.tr("PDF (*.pdf)"),
                then=self._save,
            )

    def _save(self, path: Path) -> None:
        if self.preview.current is None:
            return
        try:
            returns.save_pdf(self.preview.current.pdf, path)
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return
        self._book.messages.open_file(path)
        self.accept()

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        if self.preview.current is not None:
            print_pages(self, self.preview.current, self._on_printed)

    def _on_printed(self, _made: Made) -> None:
        self.accept()

    def _on_finished(self) -> None:
        self.preview.stop()
        self.deleteLater()
