"""Print sheet: the sign-in sheet of one session, seen first, then printed or saved."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Session
from app.services import attendance
from app.services.returns import Copy, ReturnOptions
from app.ui import texts
from app.ui.book import Book
from app.ui.returns.making import Made
from app.ui.returns.preview_dialog import PreviewDialog
from app.ui.returns.words import COPIES
from app.ui.widgets.choice import Choice


class SheetDialog(PreviewDialog):
    """The pages of a session's sheet. Printing or saving them keeps their order for entering."""

    template = "attendance-sheet"

    kept = Signal()
    """The sheet was printed or saved."""

    def __init__(self, book: Book, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(book, "Print sheet", texts.session_title(session), parent)
        self.save_title = self.tr("Save the sheet")
        self._session = session
        self.copy = Choice(book.looks, self.tr("Which copy"))
        for copy, text in COPIES.items():
            self.copy.addItem(text, copy.value)
        self.add_choice(self.copy)
        self.hint.setText(self.tr("The rows stay in this order when you enter it."))
        self.make()

    def options(self) -> ReturnOptions:
        """Return the session and the copy chosen."""
        return ReturnOptions(session_id=self._session.id, copy=Copy(self.copy.currentData()))

    def on_made(self, made: Made) -> None:
        """Say nothing: a sheet has nothing to warn of."""

    def on_saved(self, path: Path) -> None:
        """Keep the order of the rows, show the file and close."""
        self._keep_order()
        super().on_saved(path)

    def on_printed(self) -> None:
        """Keep the order of the rows, and close."""
        self._keep_order()
        super().on_printed()

    def _keep_order(self) -> None:
        register, session_id = self._book.register, self._session.id
        self._book.commands.run(lambda: attendance.keep_printed_order(register, session_id))
        self.kept.emit()
