"""The last step: what was done, what to look at, and the way back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import AppError
from app.services import imports
from app.services.imports import ImportReport
from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.step import Step
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.words import words

Line = tuple[str, ...]
_HEADS = (("What", 110), ("Sheet", 120), ("Row", 64), ("Column", 84), ("Value", 160), ("Why", 0))
KINDS = "Text to read (*.txt);;Spreadsheet (*.xlsx);;Rows for any program (*.csv)"


class ReportStep(Step):
    """Added, recognised, left out and why; saved as a file if wanted; undone whole if wanted."""

    undo_wanted = Signal()
    title = "Done"
    next_words = "&Close"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        looks = book.looks
        self.report: ImportReport | None = None
        self.notice = NoticeBar(looks)
        self.lines = words("", wrap=True)
        self.card = Card(looks)
        self.card.body.addWidget(self.lines)
        self.head = words("", "heading")
        self.table = LedgerTable(looks, self.tr("Values to look at and rows left out"))
        self.model = RowsModel(
            tuple(_column(i, title, width) for i, (title, width) in enumerate(_HEADS)), self
        )
        self.table.setModel(self.model)
        self.save = ActionButton(looks, self.tr("&Save this report…"), icon="save")
        self.undo = ActionButton(looks, self.tr("&Undo the whole import"), icon="undo-2")
        self.save.clicked.connect(self._on_save)
        self.undo.clicked.connect(self.undo_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        self._filler = QWidget()
        for widget, share in (
            (self.notice, 0), (self.card, 0), (self.head, 0), (self.table, 1), (self._filler, 1),
        ):  # fmt: skip
            self.body.addWidget(widget, share)
        self.body.addLayout(buttons)

    def wanted(self, _reading: Reading) -> bool:
        """Only after the import."""
        return False

    def show_report(self, report: ImportReport) -> None:
        """Show what was done."""
        self.report = report
        self.say("")
        self.notice.tell(
            self.tr(
                "{file} is in the book. If it is not what you wanted, undo the whole import here, or "
                "later under File, Imports."
            ).format(file=report.file_name),
            tone="good",
        )
        self.lines.setText("\n".join((*imports.summary(report), *imports.notes_of(report))))
        rows = imports.rows_of(report)
        self.model.set_rows(rows)
        self.head.setText(self.tr("To look at, and left out"))
        for widget in (self.head, self.table):
            widget.setVisible(bool(rows))
        self._filler.setVisible(not rows)
        for button in (self.undo, self.save):
            button.setEnabled(True)

    def show_undone(self) -> None:
        """Say that the book is as it was before."""
        self.notice.tell(
            self.tr("The whole import was taken out again. The book is as it was before."),
            tone="good",
        )
        self.undo.setEnabled(False)

    def take_keyboard(self) -> None:
        """Begin with saving the report."""
        self.save.setFocus()

    def _on_save(self) -> None:
        report, path = self.report, self.answers.path
        if report is None or path is None:
            return
        self.book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the report"),
            suggested=path.with_name(f"Import of {path.stem}.txt"),
            kinds=KINDS,
            then=self._save_to,
        )

    def _save_to(self, path: Path) -> None:
        if self.report is None:
            return
        try:
            imports.save_report(self.report, path)
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return
        self.notice.tell(self.tr("Saved as {name}.").format(name=path.name), tone="good")


def _column(index: int, title: str, width: int) -> Column[Line]:
    def text(row: Line) -> str:
        return row[index]

    return Column(
        key=title.casefold(), title=title, text=text, width=width, spare=title == "Sheet",
        look="strong" if title == "Value" else "",
    )  # fmt: skip
