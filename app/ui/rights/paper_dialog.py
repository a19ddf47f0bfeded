"""A page that is filled already, shown before it is printed or saved."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services import returns
from app.services.returns import FilledReturn, ReturnOptions
from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.returns.making import Made, page_sizes
from app.ui.returns.preview_dialog import PreviewDialog


class PaperDialog(PreviewDialog):
    """Shows the very page; it stays open after printing, so that the paper can be looked at."""

    def __init__(
        self, book: Book, filled: FilledReturn, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(book, filled.title, filled.title, parent)
        self.save_title = self.tr("Save the page")
        self._filled = filled
        self.hint.setText(hint)
        self.make()

    def options(self) -> ReturnOptions:
        """Return nothing that matters: the page is filled already."""
        return ReturnOptions()

    def make(self) -> None:
        """Draw the page."""
        self._show_ready(ready=False)
        self.preview.start_work(partial(_drawn, filled=self._filled))


def _drawn(_context: JobContext, filled: FilledReturn) -> Made:
    pdf = returns.render_pdf(filled).pdf
    return Made(title=filled.title, filled=filled, pdf=pdf, sizes=page_sizes(pdf))


class NoticeDialog(PreviewDialog):
    """A page for anybody, filled from the group's settings: a consent form, a privacy notice."""

    def __init__(
        self, book: Book, template: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, title, title, parent)
        self.template = template
        self.save_title = self.tr("Save the page")
        self.make()

    def options(self) -> ReturnOptions:
        """Return nothing: the page is the same for everybody."""
        return ReturnOptions()
