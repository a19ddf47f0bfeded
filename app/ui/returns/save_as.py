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
from app.ui.returns.words import suggested_name
from app.ui.widgets.menu_button import MenuButton

_KINDS = {
    Form.WORD: ("&Word document…", "Word documents (*.docx)"),
    Form.TEXT: ("Plain &text, to paste into a portal…", "Plain text (*.txt)"),
    Form.SHEET: ("&Spreadsheet of its tables…", "Spreadsheets (*.xlsx)"),
    Form.PAGE: ("Web &page…", "Web pages (*.html)"),
}


class SaveAs(MenuButton):
    """A button with the forms a return may leave the house in; it writes them on the worker."""

    saved = Signal(Path)
    failed = Signal(str)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, self.tr("Save as"), icon="download", parent=parent)
        self._book = book
        self._made: Made | None = None
        self._folder = Path.home()
        self.actions_of = {
            form: self.own_menu.addAction(self.tr(text), partial(self._ask, form))
            for form, (text, _) in _KINDS.items()
        }
        self.show_made(None)

    def show_made(self, made: Made | None) -> None:
        """Offer to save what was made; what is for paper only, and nothing, cannot be saved so."""
        self._made = made
        offered: tuple[Form, ...] = ()
        if made is not None:
            template = returns.template_of(self._book.register, made.filled.id)
            offered = saving.forms_of(template)
        self.setEnabled(len(offered) > 1)
        self.setToolTip(
            "" if len(offered) > 1 else self.tr("This is made for paper: save the PDF.")
        )

    def _ask(self, form: Form) -> None:
        made = self._made
        if made is None:
            return
        suggested = Path(suggested_name(made)).with_suffix("").name
        self._book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the return"),
            suggested=self._folder / f"{suggested}{form}",
            kinds=self.tr(_KINDS[form][1]),
            then=partial(self._save, made.filled),
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
