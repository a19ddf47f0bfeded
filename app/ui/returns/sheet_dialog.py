"""Print sheet: the sign-in sheet of one session, seen first, then printed or saved."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.activities import Session
from app.domain.errors import AppError
from app.services import attendance, registers, returns
from app.services.returns import Copy, ReturnOptions
from app.ui import texts
from app.ui.book import Book
from app.ui.returns.making import Made
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.words import COPIES, suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

_TEMPLATE = "attendance-sheet"


class SheetDialog(QDialog):
    """The pages of a session's sheet. Printing or saving them keeps their order for entering."""

    kept = Signal()
    """The sheet was printed or saved."""

    def __init__(self, book: Book, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Print sheet"))
        self.setModal(True)
        self._book = book
        self._session = session
        looks = book.looks
        self.notice = NoticeBar(looks)
        self.copy = Choice(looks, self.tr("Which copy"))
        for copy, text in COPIES.items():
            self.copy.addItem(text, copy.value)
        self.preview = PreviewCard(looks, book.jobs)
        self.close_button = ActionButton(looks, self.tr("Close"))
        self.save_button = ActionButton(looks, self.tr("Save PDF…"), icon="download")
        self.print_button = ActionButton(looks, self.tr("Print…"), icon="printer", primary=True)
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self._lay_out()
        self._show_ready(ready=False)
        self.copy.currentIndexChanged.connect(self.make)
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
        head.addWidget(words(texts.session_title(self._session), "heading"), 1)
        head.addWidget(self.copy)
        buttons = QHBoxLayout()
        buttons.addWidget(
            words(self.tr("The rows stay in this order when you enter it."), "small"), 1
        )
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
        """Make the pages of the copy chosen."""
        options = ReturnOptions(session_id=self._session.id, copy=Copy(self.copy.currentData()))
        self._show_ready(ready=False)
        self.preview.start(registers.take_snapshot_later(self._book.register), _TEMPLATE, options)

    def _show_ready(self, *, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)

    def _on_made(self, _made: Made) -> None:
        self._show_ready(ready=True)
        self.print_button.setFocus()

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_save(self) -> None:
        if self.preview.current is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.tr("Save the sheet"),
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
        self._keep_order()
        self._book.messages.open_file(path)
        self.accept()

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        if self.preview.current is not None:
            print_pages(self, self.preview.current, self._on_printed)

    def _on_printed(self, _made: Made) -> None:
        self._keep_order()
        self.accept()

    def _keep_order(self) -> None:
        register, session_id = self._book.register, self._session.id
        self._book.commands.run(lambda: attendance.keep_printed_order(register, session_id))
        self.kept.emit()

    def _on_finished(self) -> None:
        self.preview.stop()
        self.deleteLater()
