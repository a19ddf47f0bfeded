"""Save a return as something else than pages: to edit, to paste, to reckon with, to publish."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import AppError
from app.services import returns
from app.services.returns import FilledReturn, saving
from app.services.returns.saving import Form
from app.ui.book import Book
from app.ui.jobs import JobContext
from app.ui.returns.making import Made
from app.ui.returns.words import name_of
from app.ui.widgets.menu_button import MenuButton

_KINDS = {
    Form.PDF: ("&PDF…", "PDF (*.pdf)"),
    Form.WORD: ("&Word document…", "Word documents (*.docx)"),
    Form.TEXT: ("Plain &text, to paste into a portal…", "Plain text (*.txt)"),
    Form.SHEET: ("&Spreadsheet of its tables…", "Spreadsheets (*.xlsx)"),
    Form.PAGE: ("Web &page…", "Web pages (*.html)"),
}


class SaveAs(MenuButton):
    """A button with the forms a return may leave the house in; it writes them on the worker."""

    saved = Signal(Path)
    failed = Signal(str)

    def __init__(self, book: Book, parent: QWidget | None = None, *, pdf: bool = False) -> None:
        """Offer the forms, and the pages themselves where no other button saves them (``pdf``)."""
        super().__init__(book.looks, self.tr("Save as"), icon="download", parent=parent)
        self._book = book
        self._filled: FilledReturn | None = None
        self._pdf = pdf
        self._folder = Path.home()
        self.actions_of = {
            form: self.own_menu.addAction(self.tr(text), partial(self._ask, form))
            for form, (text, _) in _KINDS.items()
            if pdf or form is not Form.PDF
        }
        self.show_filled(None)

    def show_made(self, made: Made | None) -> None:
        """Offer to save what was made; what is for paper only, and nothing, cannot be saved so."""
        self.show_filled(made.filled if made is not None else None)

    def show_filled(self, filled: FilledReturn | None) -> None:
        """Offer to save what is filled."""
        self._filled = filled
        offered: tuple[Form, ...] = ()
        if filled is not None:
            offered = saving.forms_of(returns.template_of(self._book.register, filled.id))
        for form, action in self.actions_of.items():
            action.setVisible(form in offered)
        any_of_them = any(form in offered for form in self.actions_of)
        self.setEnabled(any_of_them)
        self.setToolTip("" if any_of_them else self.tr("This is made for paper: save the PDF."))

    def _ask(self, form: Form) -> None:
        filled = self._filled
        if filled is None:
            return
        suggested = Path(name_of(filled)).with_suffix("").name
        self._book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the return"),
            suggested=self._folder / f"{suggested}{form}",
            kinds=self.tr(_KINDS[form][1]),
            then=partial(self._save, filled),
        )

    def _save(self, filled: FilledReturn, path: Path) -> None:
        job = self._book.jobs.start(partial(_write, filled, path))
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)

    def _on_done(self, path: Path) -> None:
        self._folder = path.parent
        self.saved.emit(path)

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error.text)


def _write(filled: FilledReturn, path: Path, context: JobContext) -> Path:
    context.check()
    saving.write(filled, path)
    return path
