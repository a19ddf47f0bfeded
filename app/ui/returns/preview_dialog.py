"""A dialog of pages before they are printed: the very pages, what is still to say, print and save."""

from abc import abstractmethod
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.services import registers, returns
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.returns.making import Made
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.words import suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_WIDTH, _HEIGHT = 980, 720
"""Pixels at 100 %."""
_ROUND = 40
"""Pixels of the screen that stay free round the dialog: its own frame, and what is behind it."""


class PreviewDialog(QDialog):
    """Pages at the left, as large as the screen allows; beside them what is said and done.

    Subclasses say which template with which options, and what follows printing and saving.
    """

    template = ""
    """The id of what is made."""
    save_title = ""
    """What the file dialog is called."""

    def __init__(self, book: Book, title: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._book = book
        looks = book.looks
        self.heading = words(heading, "heading", wrap=True)
        self.notice = NoticeBar(looks)
        self.hint = words("", "small", wrap=True)
        self.preview = PreviewCard(looks, book.jobs)
        self.print_button = ActionButton(looks, self.tr("Print…"), icon="printer", primary=True)
        self.save_button = ActionButton(looks, self.tr("Save PDF…"), icon="download")
        self.close_button = ActionButton(looks, self.tr("Close"))
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self._need_pages = [self.print_button, self.save_button]
        self._lay_out()
        self.preview.made.connect(self._on_made)
        self.preview.failed.connect(self._on_failed)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)

    def _lay_out(self) -> None:
        gap = self._book.looks.gap
        said = QWidget()
        self.said = QVBoxLayout(said)
        self.said.setContentsMargins(0, 0, 0, 0)
        self.said.setSpacing(gap(12))
        for widget in (self.heading, self.notice, self.hint):
            self.said.addWidget(widget)
        self.said.addStretch(1)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(gap(8))
        for button in (self.print_button, self.save_button, self.close_button):
            self._buttons.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(gap(12))
        self._area, self._body = scrolling(said), said
        side.addWidget(self._area, 1)
        side.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        row.setSpacing(gap(20))
        row.addWidget(self.preview, 5)
        row.addLayout(side, 3)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as pages are read well, and no larger than the screen."""
        super().showEvent(event)
        gap, room = self._book.looks.gap, self.screen().availableGeometry()
        self.resize(
            min(gap(_WIDTH), room.width() - _ROUND), min(gap(_HEIGHT), room.height() - _ROUND)
        )
        self._keep_words()
        tab_as_read(self)

    def _keep_words(self) -> None:
        """Cut no word at the side: the pages give way before the words do."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._body.minimumSizeHint().width() + bar)

    def add_choice(self, choice: Choice) -> None:
        """Put what is chosen under the heading; another choice makes other pages."""
        choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        self.said.insertWidget(1, choice)
        choice.currentIndexChanged.connect(self.make)

    # --- what subclasses say -----------------------------------------------------------------

    @abstractmethod
    def options(self) -> ReturnOptions:
        """Return what the pages are made with."""

    def on_made(self, made: Made) -> None:
        """Say what there is to say about the pages."""
        self.notice.tell(" ".join(made.filled.warnings))

    def on_saved(self, path: Path) -> None:
        """Go on after saving: show the file, and close."""
        self._book.messages.open_file(path)
        self.accept()

    def on_printed(self) -> None:
        """Go on after printing: close."""
        self.accept()

    # --- making, printing, saving ------------------------------------------------------------

    def make(self) -> None:
        """Make the pages."""
        self._show_ready(ready=False)
        self.notice.clear()
        take = registers.take_snapshot_later(self._book.register)
        self.preview.start(take, self.template, self.options())

    def _show_ready(self, *, ready: bool) -> None:
        """Let pages be printed and saved once they are there; Close never waits."""
        for button in self._need_pages:
            button.setEnabled(ready)

    def add_button(self, button: ActionButton) -> None:
        """Put a button that needs the pages above Close."""
        self._need_pages.append(button)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def _on_made(self, made: Made) -> None:
        self._show_ready(ready=True)
        self.on_made(made)
        self._keep_words()
        self.print_button.setFocus()

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_save(self) -> None:
        if self.preview.current is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.save_title,
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
        self.on_saved(path)

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        if self.preview.current is not None:
            print_pages(self, self.preview.current, self._on_printed)

    def _on_printed(self, _made: Made) -> None:
        self.on_printed()

    def _on_finished(self) -> None:
        self.preview.stop()
        self.deleteLater()
