"""The recovery sheet before it is printed: the very page; a file of it only after a warning."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services import returns
from app.services.returns import FilledReturn, ReturnOptions
from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.messages import Question
from app.ui.returns.making import Made, page_sizes
from app.ui.returns.preview_dialog import PreviewDialog


class RecoverySheetDialog(PreviewDialog):
    """Printed straight to paper: nothing of it stays on this computer."""

    save_title = "Save the recovery sheet"

    def __init__(self, book: Book, sheet: FilledReturn, parent: QWidget | None = None) -> None:
        super().__init__(book, "Recovery sheet", "Print the sheet now", parent)
        self._sheet = sheet
        self.save_button.setText(self.tr("Save a file…"))
        self.hint.setText(
            self.tr(
                "It is shown this once: when this window is closed, nothing of it stays here. Give the "
                "paper to another member of the committee; whoever has it can open the book."
            )
        )
        self.make()

    def options(self) -> ReturnOptions:
        """Return nothing that matters: the page is made already."""
        return ReturnOptions()

    def make(self) -> None:
        """Draw the page."""
        self._show_ready(ready=False)
        self.preview.start_work(partial(_drawn, filled=self._sheet))

    def on_printed(self) -> None:
        """Stay open until it is seen that the paper is good."""
        self.notice.tell(
            self.tr("Sent to the printer. Look at the paper before you close this."), tone="good"
        )

    def on_saved(self, path: Path) -> None:
        """Say what a file means."""
        self.notice.tell(
            self.tr("Saved as {name}. Print it, then delete the file.").format(name=path.name)
        )

    def _on_save(self) -> None:
        question = Question(
            text=self.tr("Save the recovery sheet as a file?"),
            more=self.tr(
                "Whoever gets the file can open the book, also from a copy of it in the post or in a "
                "synchronised folder. Paper is safer."
            ),
            yes=self.tr("Save a file"),
        )
        self._book.messages.ask(self, question, super()._on_save)


def _drawn(_context: JobContext, filled: FilledReturn) -> Made:
    pdf = returns.render_pdf(filled).pdf
    return Made(title=filled.title, filled=filled, pdf=pdf, sizes=page_sizes(pdf))
