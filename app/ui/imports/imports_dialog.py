"""The list of everything that was imported, any of which can be taken out again whole."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.services import imports
from app.services.imports import ImportRun
from app.services.result import Done
from app.ui import texts
from app.ui.book import Book
from app.ui.messages import Question
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words

_KINDS = {
    "people": "People",
    "attendance": "Attendance",
    "referrals": "Referrals",
    "bank": "Bank statement",
}
_KEPT = (
    ("kept_people", "person", "people"),
    ("kept_sessions", "session", "sessions"),
    ("kept_activities", "activity", "activities"),
    ("kept_referrals", "referral", "referrals"),
    ("kept_referrers", "organisation", "organisations"),
    ("kept_workers", "worker who refers", "workers who refer"),
    ("kept_transactions", "payment or receipt", "payments and receipts"),
)
_TAKEN = (
    ("people", "person", "people"),
    ("sessions", "session", "sessions"),
    ("marks", "mark", "marks"),
    ("activities", "activity", "activities"),
    ("referrals", "referral", "referrals"),
    ("referrers", "organisation", "organisations"),
    ("workers", "worker who refers", "workers who refer"),
    ("transactions", "payment or receipt", "payments and receipts"),
)


class ImportsDialog(QDialog):
    """Imports by day, newest first; one is taken out after asking."""

    import_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Imports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.book = book
        looks = book.looks
        self.notice = NoticeBar(looks)
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, self.tr("Imports"))
        self.table.setModel(self.model)
        self.empty = EmptyState(
            looks, icon="file-spreadsheet", title=self.tr("Nothing was imported yet"),
            text=self.tr("Spreadsheets of people, of who came when, of referrals, and the bank’s statements are brought in under File, Import."),
            action=self.tr("Import…"),
        )  # fmt: skip
        self.empty.acted.connect(self._on_import)
        self.take_out = ActionButton(looks, self.tr("Take it out…"), icon="undo-2")
        self.close_button = ActionButton(looks, self.tr("Close"))
        self.take_out.clicked.connect(self._on_take_out)
        self.close_button.clicked.connect(self.accept)
        self.table.opened.connect(self._on_take_out)
        self.table.selectionModel().currentRowChanged.connect(self._on_in_hand)
        self._lay_out()
        self.reload()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_out)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        gap = self.book.looks.gap
        column.setContentsMargins(gap(24), gap(18), gap(24), gap(18))
        column.setSpacing(gap(12))
        title = words(self.tr("Imports"))
        title.setObjectName("pageTitle")
        self.about = words(
            self.tr(
                "Each import can be taken out whole, also long after. Whatever somebody has worked with "
                "since stays."
            ),
            "aside",
            wrap=True,
        )
        for widget in (title, self.about, self.notice):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Open large enough for the list."""
        super().showEvent(event)
        room, px = self.screen().availableGeometry(), self.book.looks.px
        self.resize(min(px(860), room.width() - 40), min(px(520), room.height() - 60))
        (self.table if self.model.rowCount() else self.empty.button).setFocus()

    def reload(self) -> None:
        """Read the list again, with the same import in hand."""
        place = self.table.currentIndex().row()
        rows = tuple(reversed(imports.list_imports(self.book.register)))
        self.model.set_rows(rows)
        for widget in (self.table, self.about, self.take_out):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(max(0, min(place, len(rows) - 1)), 0))
        self._on_in_hand(self.table.currentIndex(), QModelIndex())

    def _on_in_hand(self, index: QModelIndex, _before: QModelIndex) -> None:
        run = self.model.row_at(index.row())
        self.take_out.setEnabled(run is not None and run.removed_at is None)

    def _on_take_out(self) -> None:
        run = self.model.row_at(self.table.currentIndex().row())
        if run is None or run.removed_at is not None:
            return
        question = Question(
            text=self.tr("Take the import of {file} out again?").format(file=run.file_name),
            more=self.tr(
                "It brought {what}. All of it goes, but for people and sessions that have marks, sheets "
                "or hours from elsewhere since, and referrals that were followed since. This cannot be "
                "taken back; the file can be imported again."
            ).format(what=_brought(run)),
            yes=self.tr("Take it out"),
            no=self.tr("Leave it in"),
        )
        self.book.messages.ask(self, question, partial(self._take_out, run))

    def _take_out(self, run: ImportRun) -> None:
        work = imports.undo_import_in_slices(self.book.register, run.id)
        said = self.tr("Taking out the import of {file}").format(file=run.file_name)
        self.book.commands.run_long(work, said, self._on_taken_out)

    def _on_taken_out(self, result: tuple[Done, dict[str, int]]) -> None:
        done, counts = result
        self.book.register.take_step()
        # What was noted before stands on what has gone now.
        self.book.history.clear()
        self.notice.tell(self._said(counts), tone="good")
        self.reload()
        self.book.events.announce(done.changes)

    def _said(self, counts: dict[str, int]) -> str:
        taken = [
            texts.counted(counts.get(k, 0), one, many) for k, one, many in _TAKEN if counts.get(k)
        ]
        kept = [
            texts.counted(counts.get(k, 0), one, many) for k, one, many in _KEPT if counts.get(k)
        ]
        said = self.tr("Taken out: {what}.").format(what=", ".join(taken) or self.tr("nothing"))
        if kept:
            said += self.tr(
                " {what} stayed, because something was added to them since the import."
            ).format(what=", ".join(kept))
        return said

    def _on_import(self) -> None:
        self.accept()
        self.import_wanted.emit()


def _brought(run: ImportRun) -> str:
    counts = dict(run.counts)
    parts = [texts.counted(counts.get(k, 0), one, many) for k, one, many in _TAKEN if counts.get(k)]
    return ", ".join(parts) or texts.tr("nothing new")


def _day(stamp: str | None) -> str:
    if not stamp:
        return ""
    return short_date(dt.datetime.fromisoformat(stamp).astimezone().date())


def _columns() -> tuple[Column[ImportRun], ...]:
    return (
        Column(key="day", title="Day", text=lambda r: _day(r.done_at), width=160, least=134, spare=2),
        Column(key="file", title="File", text=lambda r: r.file_name, look="strong", weight=2),
        Column(key="kind", title="What", text=lambda r: _KINDS.get(r.kind, r.kind), width=140, spare=True),
        Column(key="brought", title="Brought", text=_brought, weight=2),
        Column(
            key="state", title="Now", width=150, least=130,
            text=lambda r: "Taken out" if r.removed_at else "In the book",
            chip=lambda r: ("plain", "undo-2") if r.removed_at else ("good", "check"),
        ),
    )  # fmt: skip
