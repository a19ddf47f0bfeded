"""What differs now: an issued return beside the book as it is today, row by row."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.ids import IssuedId
from app.services.registers import Register
from app.services.returns import explaining
from app.services.returns.explaining import Change, Explanation, FigureDifference, RowChange
from app.services.returns.proof import Record
from app.ui.book import Book
from app.ui.jobs import Job, JobContext
from app.ui.texts import tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import tip, words

_MOST_ROWS = 8
"""Rows of one number that are shown at once; the rest on request."""
CHANGES = {
    Change.ADDED: "added since",
    Change.REMOVED: "counts no more",
    Change.CHANGED: "counts for another number",
}


def compare(context: JobContext, register: Register, issued_id: IssuedId) -> Explanation | None:
    """Read the file once more, on the worker, and explain; stopped as soon as somebody saves."""
    context.check()
    if register.path is None:  # a book without a file is read where it is
        return explaining.explain(register, issued_id)
    with register.opened_again(register.path) as again:
        again.stop_when(context.cancelled)
        return explaining.explain(again, issued_id)


def row_words(row: RowChange) -> str:
    """Return what became of a row, in a line."""
    told = " · ".join(cell for cell in row.cells if cell)
    if not told:
        return tr("A record that {what}").format(what=tr(CHANGES[row.change]))
    return f"{told}: {tr(CHANGES[row.change])}"


class DifferenceCard(Card):
    """Compares when it is asked to; each row opens its record."""

    record_wanted = Signal(object)
    """A services.returns.proof.Record."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "What differs now", parent)
        self._book = book
        self._job: Job | None = None
        self._issued: IssuedId | None = None
        self.explanation: Explanation | None = None
        self.said = words("", "aside", wrap=True)
        self._opened: ActionButton | None = None
        self.button = ActionButton(
            book.looks, self.tr("Compare it with the book now"), icon="history"
        )
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Comparing"))
        self.cancel = ActionButton(book.looks, self.tr("Cancel"))
        self._lines = QVBoxLayout()
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self.said)
        self.body.addWidget(self.bar)
        for button in (self.cancel, self.button):
            self.body.addWidget(button, 0, left)
        self.body.addLayout(self._lines)
        self.button.clicked.connect(self.start)
        self.cancel.clicked.connect(self._on_cancel)
        book.events.saving.connect(self._on_saving)
        self._show_work(busy=False)

    def show_issued(self, issued_id: IssuedId) -> None:
        """Show another return; nothing is compared yet."""
        self.stop()
        self._issued, self.explanation = issued_id, None
        self._clear()
        self.said.setText(
            self.tr(
                "The book goes on after a return is sent. This says what changed in its numbers."
            )
        )

    # --- comparing ---------------------------------------------------------------------------

    def start(self) -> None:
        """Compare, on the worker."""
        if self._issued is None or self._job is not None:
            return
        self._clear()
        self.said.setText(self.tr("Counting every number again…"))
        self._show_work(busy=True)
        self.cancel.setFocus()
        work = partial(compare, register=self._book.register, issued_id=self._issued)
        self._job = self._book.jobs.start(work)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)

    def stop(self) -> None:
        """Compare no further."""
        if self._job is not None:
            for signal in (self._job.done, self._job.failed, self._job.ended):
                signal.disconnect()
            self._job.cancel()
            self._on_ended()

    def _on_cancel(self) -> None:
        self.stop()
        self.said.setText(self.tr("Stopped. Nothing was compared."))

    def _on_saving(self) -> None:
        if self._job is not None:  # somebody writes: reading at length gives way
            self.stop()
            self.said.setText(self.tr("The book was changed meanwhile. Compare it again."))

    def _on_ended(self) -> None:
        held = self.cancel.hasFocus()
        self._job = None
        self._show_work(busy=False)
        if held:
            self.button.setFocus()

    def _on_failed(self, error: AppError) -> None:
        self.said.setText(error.text)

    def _show_work(self, *, busy: bool) -> None:
        for widget in (self.bar, self.cancel):
            widget.setVisible(busy)
        self.button.setVisible(not busy)

    # --- showing -----------------------------------------------------------------------------

    def _on_done(self, found: Explanation | None) -> None:
        if found is None:
            self.said.setText(self.tr("That return is not there any more."))
            return
        self.explanation = found
        told = [one for one in found.figures if one.differs or one.definition_sentence]
        self.said.setText(self._summary(found, len(told)))
        for one in told:
            self._add_figure(one)

    def _summary(self, found: Explanation, many: int) -> str:
        if not many:
            return " ".join(found.sentences)
        return self.tr("{many} of {all} numbers or their rows are different now.").format(
            many=f"{many:,}", all=f"{len(found.figures):,}"
        )

    def _add_figure(self, one: FigureDifference) -> None:
        if one.differs:
            self._lines.addWidget(words(one.sentence, "strong", wrap=True))
        if one.printed_text:
            printed = self.tr("On the paper it stood as {text}.").format(text=one.printed_text)
            self._lines.addWidget(words(printed, "small", wrap=True))
        if one.definition_sentence:
            self._lines.addWidget(words(one.definition_sentence, "small", wrap=True))
        self._add_rows(one, 0)

    def _add_rows(self, one: FigureDifference, first: int, at: int = -1) -> None:
        for row in one.rows[first : first + _MOST_ROWS]:
            self._insert(self._row(row), at)
            at = at + 1 if at >= 0 else at
        rest = len(one.rows) - first - _MOST_ROWS
        if rest > 0:
            text = self.tr("{count} more rows of {title}").format(
                count=f"{rest:,}", title=one.title
            )
            more = ActionButton(self._looks, text, icon="chevron-down", link=True)
            more.clicked.connect(lambda: self._on_more(more, one, first + _MOST_ROWS))
            self._insert(more, at)

    def _insert(self, widget: QWidget, at: int) -> None:
        self._lines.insertWidget(at, widget, 0, Qt.AlignmentFlag(0))

    def _on_more(self, more: QWidget, one: FigureDifference, first: int) -> None:
        at = self._lines.indexOf(more)
        self._lines.removeWidget(more)
        more.hide()
        more.deleteLater()
        self._add_rows(one, first, at)
        item = self._lines.itemAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setFocus()

    def _row(self, row: RowChange) -> QWidget:
        text = row_words(row)
        if not row.records:
            return words(text, "small", wrap=True)
        button = ActionButton(self._looks, text, icon="arrow-right", link=True)
        button.setToolTip(tip(text))
        button.clicked.connect(lambda: self._on_row(button, row.records[0]))
        return button

    def _on_row(self, button: ActionButton, record: Record) -> None:
        self._opened = button
        self.record_wanted.emit(record)

    def take_keyboard(self) -> None:
        """Go on from the row whose record was opened, where it still stands."""
        if self._opened is not None:
            self._opened.setFocus()

    def _clear(self) -> None:
        self._opened = None
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
