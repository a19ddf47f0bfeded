"""Issue: see what will be kept for ever, keep it, then save, print or note to whom it went."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.ids import DraftId, IssuedId
from app.domain.periods import short_date
from app.services import registers, returns
from app.services.registers import Taker
from app.services.result import Done, Refused
from app.services.returns import issuing
from app.services.returns.issuing import ToIssue, WhatToIssue
from app.ui.book import Book
from app.ui.jobs import Job, JobContext
from app.ui.returns.sent_dialogs import SentDialog
from app.ui.returns.words import DISCLOSURES, safe_name
from app.ui.texts import counted
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.facts import Facts
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST_WARNINGS = 8


def freeze(context: JobContext, take: Taker, what: WhatToIssue) -> ToIssue:
    """Count and make the pages from one moment of the book, on the worker; writes nothing."""
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        context.check()
        made = issuing.freeze(snapshot, what)
    context.check()
    return made


class IssueDialog(QDialog):
    """Counts once more; one button keeps what is shown; afterwards it may be sent in any way."""

    issued = Signal(object)
    """The IssuedId: it is kept."""
    show_wanted = Signal(object)
    """Show the page of this IssuedId."""

    def __init__(self, book: Book, draft_id: DraftId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._book, self._draft_id = book, draft_id
        self._job: Job | None = None
        self.made: ToIssue | None = None
        self.issued_id: IssuedId | None = None
        self.setWindowTitle(self.tr("Issue a return"))
        self._build()
        self._connect()
        self.start()

    def _build(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.heading = words("", "heading", wrap=True)
        self.notice = NoticeBar(looks)
        self.said = words("", "", wrap=True)
        self.facts = Facts(looks)
        self.warnings = QVBoxLayout()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Counting and making the pages"))
        self.again_button = ActionButton(looks, tr("Count it again"), icon="repeat")
        self.issue_button = ActionButton(looks, tr("&Issue it"), icon="stamp", primary=True)
        self.save_button = ActionButton(looks, tr("Save PDF…"), icon="download", primary=True)
        self.print_button = ActionButton(looks, tr("Print…"), icon="printer")
        self.sent_button = ActionButton(looks, tr("Note as sent…"), icon="mail")
        self.show_button = ActionButton(looks, tr("Show it"), icon="eye")
        self.close_button = ActionButton(looks, tr("Cancel"))
        self._after = (self.print_button, self.sent_button, self.show_button, self.save_button)
        self._lay_out()

    def _lay_out(self) -> None:
        gap = self._book.looks.gap
        inside = QWidget()
        told = QVBoxLayout(inside)
        told.setContentsMargins(0, 0, gap(8), 0)
        told.setSpacing(gap(10))
        for widget in (self.said, self.bar, self.facts):
            told.addWidget(widget)
        told.addLayout(self.warnings)
        told.addStretch(1)
        buttons = WrapRow(self._book.looks)  # afterwards there are five: too many for one line
        for button in (self.issue_button, self.again_button, *reversed(self._after)):
            buttons.add(button)
        buttons.add(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addWidget(self.heading)
        column.addWidget(self.notice)
        column.addWidget(scrolling(inside), 1)
        column.addWidget(buttons)
        room = self.screen().availableGeometry()
        px = self._book.looks.px
        self.resize(min(px(680), room.width() - 40), min(px(520), room.height() - 60))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.again_button.clicked.connect(self.start)
        self.issue_button.clicked.connect(self._on_issue)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.sent_button.clicked.connect(self._on_sent)
        self.show_button.clicked.connect(self._on_show)
        self.finished.connect(self._on_finished)

    # --- counting ----------------------------------------------------------------------------

    def start(self) -> None:
        """Count and make the pages that will be kept."""
        self.made = None
        self.notice.clear()
        self._show("", busy=True)
        register = self._book.register
        what = issuing.what_to_issue(register, self._draft_id)
        if isinstance(what, Refused):
            self._show("", busy=False)
            self.notice.tell(what.text, tone="overdue")
            return
        self.heading.setText(what.draft.title)
        self._show(self.tr("Counting every number and making the pages…"), busy=True)
        take = registers.take_snapshot_later(register)
        self._job = self._book.jobs.start(partial(freeze, take=take, what=what))
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)

    def _on_made(self, made: ToIssue) -> None:
        self.made = made
        self._show(
            self.tr(
                "This is kept for ever as it is now: the numbers, what they mean, the answers and the "
                "very pages. It cannot be changed afterwards, only taken back with a reason."
            ),
            busy=False,
        )
        self.facts.show_facts(self._facts(made))
        self._show_warnings(tuple(str(one) for one in made.filled.get("warnings", ())))
        self.issue_button.setFocus()

    def _on_failed(self, error: AppError) -> None:
        self._show("", busy=False)
        self.notice.tell(error.text, tone="overdue")

    def _on_ended(self) -> None:
        self._job = None

    def _facts(self, made: ToIssue) -> tuple[tuple[str, str], ...]:
        tr, period = self.tr, made.settings.period
        eyes = {mode.value: text for mode, text in DISCLOSURES.items()}
        answers = counted(len(made.answers), tr("answer"), tr("answers"))
        numbers = counted(len(made.figures), tr("figure"), tr("figures"))
        found = (
            (tr("For"), made.about),
            (tr("About"), f"{short_date(period.first)} to {short_date(period.last)}" if period else ""),
            (tr("For whose eyes"), tr(eyes.get(made.disclosure, made.disclosure))),
            (tr("Pages"), str(made.pages)),
            (tr("Kept with it"), tr("{answers}, {numbers} with the rows behind them").format(
                answers=answers, numbers=numbers)),
        )  # fmt: skip
        return tuple((name, value) for name, value in found if value)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        self._clear_warnings()
        if not warnings:
            return
        head = self.tr("Still to see to. You may issue it all the same:")
        self.warnings.addWidget(words(head, "strong", wrap=True))
        for text in warnings[:_MOST_WARNINGS]:
            self.warnings.addWidget(words(f"• {text}", wrap=True))
        rest = len(warnings) - _MOST_WARNINGS
        if rest > 0:
            more = self.tr("and {count} more").format(count=rest)
            self.warnings.addWidget(words(more, "aside"))

    def _clear_warnings(self) -> None:
        while self.warnings.count():
            item = self.warnings.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show(self, text: str, *, busy: bool) -> None:
        """Show what can be done now."""
        kept, ready = self.issued_id is not None, self.made is not None
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.bar.setVisible(busy)
        self.facts.setVisible(ready)
        if not ready or kept:
            self._clear_warnings()
        self.issue_button.setVisible(not kept and (ready or busy))
        self.issue_button.setEnabled(ready)
        self.again_button.setVisible(not kept and not ready and not busy)
        for button in self._after:
            button.setVisible(kept)
        self.close_button.setText(self.tr("Close") if kept else self.tr("Cancel"))
        tab_as_read(self)

    # --- keeping -----------------------------------------------------------------------------

    def _on_issue(self) -> None:
        made = self.made
        if made is None:
            return
        answer = self._book.commands.run(lambda: issuing.keep(self._book.register, made))
        if isinstance(answer, Refused):  # its draft was changed meanwhile
            self.made = None
            self._show("", busy=False)
            self.notice.tell(answer.text, tone="overdue")
            self.again_button.setFocus()
        elif isinstance(answer, Done):
            self.issued_id = IssuedId(answer.ids[0])
            self._show(self.tr("Save or print it to send it. To whom it went can be noted now or "
                               "later, under Sent."), busy=False)  # fmt: skip
            self.notice.tell(self.tr("It is issued and kept."), tone="good")
            self.save_button.setFocus()
            self.issued.emit(self.issued_id)

    # --- afterwards --------------------------------------------------------------------------

    def _on_save(self) -> None:
        made = self.made
        if made is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.tr("Save the PDF"),
                suggested=Path.home()
                / safe_name(made.settings.title, short_date(self._book.today())),
                kinds=self.tr("PDF (*.pdf)"),
                then=self._save,
            )

    def _save(self, path: Path) -> None:
        if self.made is None:
            return
        try:
            returns.save_pdf(self.made.pdf, path)
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return
        self.notice.tell(self.tr("Saved as {name}.").format(name=path.name), tone="good")

    def _on_print(self) -> None:
        from app.ui.returns.making import Pages, page_sizes  # most sittings print nothing
        from app.ui.returns.printing import print_pages

        if self.made is not None:
            pdf, title = self.made.pdf, self.made.settings.title
            pages = Pages(title=title, pdf=pdf, sizes=page_sizes(pdf))
            print_pages(self, pages, self._on_printed)

    def _on_printed(self, _pages: object) -> None:
        self.notice.tell(self.tr("Sent to the printer."), tone="good")

    def _on_sent(self) -> None:
        one = issuing.get(self._book.register, self.issued_id) if self.issued_id else None
        if one is not None:
            dialog = SentDialog(self._book, one, parent=self)
            dialog.saved.connect(self._on_noted)
            dialog.open()

    def _on_noted(self, _done: Done) -> None:
        self.notice.tell(self.tr("Noted as sent."), tone="good")

    def _on_show(self) -> None:
        self.show_wanted.emit(self.issued_id)
        self.accept()

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.cancel()
            for signal in (self._job.done, self._job.failed, self._job.ended):
                signal.disconnect()
            self._job = None
        self.deleteLater()
