"""Copies of the book that still name who was taken out of it, and what to do about them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.services import anonymising, standing
from app.services.backups import Found
from app.ui import texts
from app.ui.book import Book
from app.ui.jobs import Job, JobContext
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

_ROWS = 5


class OldCopies(QWidget):
    """Looks for copies on the worker and lists them: day, what they hold, where they are."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._job: Job | None = None
        looks, tr = book.looks, self.tr
        self.told = words(tr("Looking for old copies …"), wrap=True)
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, tr("Copies from before"))
        self.table.setModel(self.model)
        self.open_folder = ActionButton(looks, tr("Open the folder"), icon="folder-open")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self.table)
        column.addWidget(self.open_folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.table.hide()
        self.open_folder.hide()
        self.open_folder.clicked.connect(self._on_open)
        self.table.opened.connect(self._on_open)

    def look(self) -> None:
        """Look for them."""
        register = self._book.register
        want = standing.wanted(register)
        if want is None or register.path is None:
            self._on_found(())
            return
        second = standing.standing(want.book).second
        folders = (standing.first_folder(register.path), *((second,) if second else ()))
        work = partial(_look, path=register.path, folders=folders, secret=want.secret)
        self._job = self._book.jobs.start(work)
        self._job.done.connect(self._on_found)

    def stop(self) -> None:
        """Look no further."""
        if self._job is not None and self._job.running:
            self._job.done.disconnect(self._on_found)
            self._job.cancel()
        self._job = None

    def _on_found(self, found: tuple[Found, ...]) -> None:
        self._job = None
        self.model.set_rows(found)
        fit(self.table, most=_ROWS)
        self.open_folder.setVisible(bool(found))
        copies = texts.counted(len(found), self.tr("old copy names"), self.tr("old copies name"))
        self.told.setText(
            self.tr(
                "{copies} the person still, until they are thinned: the ten newest stay, and one a "
                "month for a year. Delete them yourself if they may not wait. Copies on sticks that "
                "are not here, and papers, are not listed."
            ).format(copies=copies)
            if found
            else self.tr("There are no old copies here. Think of sticks, and of what was printed.")
        )

    def _on_open(self) -> None:
        found = self.table.currentIndex().data(ROW_ROLE) or self.model.row_at(0)
        if isinstance(found, Found):
            self._book.messages.open_file(found.path.parent)


def _look(
    context: JobContext, path: Path, folders: tuple[Path, ...], secret: str | None
) -> tuple[Found, ...]:
    return anonymising.old_copies(path, folders, secret=secret, cancelled=context.cancelled)


def _columns() -> tuple[Column[Found], ...]:
    return (
        Column(key="made", title="Made", width=200, least=180, look="strong",
               text=lambda f: f"{short_date(f.made_at.date())}, {f.made_at:%H:%M}"),
        Column(key="where", title="Where", text=lambda f: str(f.path.parent), weight=2),
        Column(key="people", title="People in it", width=130, spare=1,
               text=lambda f: f"{f.held.people:,}" if f.held else "cannot be opened"),
    )  # fmt: skip
