"""One return as it was sent: the very pages, to whom it went, and what differs in the book now."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import IssuedId
from app.domain.periods import short_date
from app.services import returns
from app.services.result import Refused
from app.services.returns import drafts, issuing
from app.services.returns.issuing import Issued, Sent
from app.ui.book import Book
from app.ui.returns.difference_card import DifferenceCard
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.sent_dialogs import SentDialog, WithdrawDialog, sent_words
from app.ui.returns.words import DISCLOSURES, safe_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.facts import Facts
from app.ui.widgets.page import Page, scrolling
from app.ui.widgets.words import words

_OPEN = "open"
_LEAST_HEIGHT = 380
"""Pixels at 100 % of the pages where the rest stands under them."""


class IssuedPage(Page):
    """Nothing on it can be changed but what is noted about it."""

    topics = frozenset({Topic.RETURNS})
    help_text = (
        "A return as it was sent. Its pages, its numbers and its answers never change. Note to whom it "
        "went; take it back with a reason; or compare it with the book as it is now, row by row: each "
        "row opens its record. Ctrl+S saves the pages."
    )
    left = Signal()
    """Back to the list of returns."""
    draft_opened = Signal(object)
    """The DraftId that was started from this."""
    record_wanted = Signal(object)
    """A services.returns.proof.Record to open."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._issued: Issued | None = None
        self._pdf = b""
        self._saved_path: Path | None = None
        looks, tr = book.looks, self.tr
        self.back = ActionButton(looks, tr("All returns"), icon="arrow-left", link=True)
        self.again_button = ActionButton(looks, tr("Start the next one from it"), icon="copy")
        self.print_button = ActionButton(looks, tr("Print…"), icon="printer")
        self.save_button = ActionButton(looks, tr("Save PDF…"), icon="download")
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.sent_button = ActionButton(looks, tr("Note as sent…"), icon="mail", primary=True)
        self.head.put_above(self.back)
        for button in (self.again_button, self.print_button, self.save_button, self.sent_button):
            self.head.add_action(button)
        self.preview = PreviewCard(looks, book.jobs)
        self.preview.setMinimumHeight(looks.gap(_LEAST_HEIGHT))
        self._build_side()
        self.columns = TwoColumns(looks, self.preview, self.side, needed=880, side_width=400)
        self.body.addWidget(self.columns, 1)
        self._connect()

    def _build_side(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.facts = Facts(looks)
        self.withdraw_button = ActionButton(looks, tr("Take it back…"), icon="undo-2", link=True)
        about = Card(looks, tr("As it was sent"))
        about.body.addWidget(self.facts)
        about.body.addWidget(self.withdraw_button)
        self.sent = Card(looks, tr("To whom it went"))
        self._sent_lines = QVBoxLayout()
        self.sent.body.addLayout(self._sent_lines)
        self.difference = DifferenceCard(self.book)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        for card in (about, self.sent, self.difference):
            column.addWidget(card)
        column.addStretch(1)
        self.side = scrolling(inside)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.again_button.clicked.connect(self._on_again)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.sent_button.clicked.connect(self._on_sent)
        self.withdraw_button.clicked.connect(self._on_withdraw)
        self.difference.record_wanted.connect(self.record_wanted)
        self.preview.failed.connect(self._on_failed)
        self.notice.acted.connect(self._on_notice)

    @property
    def issued_id(self) -> IssuedId | None:
        """The return that is shown."""
        return self._issued.id if self._issued else None

    def show_issued(self, issued_id: IssuedId) -> None:
        """Show a return as it was sent."""
        self._issued = issuing.get(self.book.register, issued_id)
        self._pdf = issuing.pdf_of(self.book.register, issued_id) or b""
        self.notice.clear()
        self.difference.show_issued(issued_id)
        self._stale = False
        self.reload()
        if self._pdf and self._issued is not None:
            self.preview.show_kept(self._pdf, self._issued.settings.title)
        else:
            self.preview.clear()
            self.notice.tell(self.tr("Its pages are not in this book any more."), tone="overdue")

    def reload(self) -> None:
        """Read again what is noted about it."""
        if self._issued is None:
            return
        one = self._issued = issuing.get(self.book.register, self._issued.id)
        if one is None:
            self.left.emit()
            return
        self.head.say(one.settings.title, self._subtitle(one))
        self.facts.show_facts(self._facts(one))
        self._show_sent(one)
        gone = one.withdrawn_on is not None
        for button in (self.withdraw_button, self.sent_button, self.again_button):
            button.setVisible(not gone)
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(self._pdf))

    def _subtitle(self, one: Issued) -> str:
        if one.withdrawn_on is not None:
            return self.tr("Taken back on {day}").format(day=short_date(one.withdrawn_on))
        issued = self.tr("Issued on {day}").format(day=short_date(one.issued_at.date()))
        return " · ".join(part for part in (one.about, issued) if part)

    def _facts(self, one: Issued) -> tuple[tuple[str, str], ...]:
        tr, period = self.tr, one.settings.period
        eyes = {mode.value: text for mode, text in DISCLOSURES.items()}
        moment = one.counted_at.astimezone()
        found = (
            (tr("For"), one.about),
            (
                tr("About"),
                f"{short_date(period.first)} to {short_date(period.last)}" if period else "",
            ),
            (tr("For whose eyes"), tr(eyes.get(one.disclosure, one.disclosure))),
            (tr("Counted"), f"{short_date(moment.date())}, {moment:%H:%M}"),
            (tr("Issued by"), one.issued_by),
            (tr("Pages"), str(one.pages)),
            (tr("Taken back"), short_date(one.withdrawn_on) if one.withdrawn_on else ""),
            (tr("Why"), one.withdrawn_reason),
        )
        return tuple((name, value) for name, value in found if value)

    def _show_sent(self, one: Issued) -> None:
        while self._sent_lines.count():
            item = self._sent_lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for sent in one.sent:
            self._sent_lines.addWidget(self._sent_line(sent))
        if not one.sent:
            text = self.tr("Not noted yet.")
            self._sent_lines.addWidget(words(text, "aside", wrap=True))

    def _sent_line(self, sent: Sent) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.addWidget(words(sent_words(sent), wrap=True))
        if sent.note:
            said.addWidget(words(sent.note, "small", wrap=True))
        row.addLayout(said, 1)
        button = ActionButton(self.book.looks, self.tr("Forget"), link=True)
        button.setAccessibleName(self.tr("Forget: {what}").format(what=sent_words(sent)))
        button.clicked.connect(lambda: self._on_forget(sent.id))
        row.addWidget(button)
        return line

    def take_keyboard(self) -> None:
        """Begin with the pages."""
        self.preview.pages.setFocus()
        self.bring_up(self.preview)

    def come_back(self) -> None:
        """Go on with the difference whose record was opened, where it still stands."""
        self.difference.take_keyboard()

    def settle(self) -> None:
        """Compare no further when the page is left."""
        self.difference.stop()

    def escape(self) -> bool:
        """Go back to the list."""
        if not super().escape():
            self.left.emit()
        return True

    # --- acting ------------------------------------------------------------------------------

    def _on_again(self) -> None:
        issued_id = self.issued_id
        answer = self.book.commands.run(
            lambda: drafts.start_again(self.book.register, issued_id=issued_id)
        )
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif answer is not None:
            self.draft_opened.emit(answer.ids[0])

    def _on_sent(self) -> None:
        if self._issued is not None:
            SentDialog(self.book, self._issued, parent=self.window()).open()

    def _on_withdraw(self) -> None:
        if self._issued is not None:
            WithdrawDialog(self.book, self._issued, parent=self.window()).open()

    def _on_forget(self, sent_id: int) -> None:
        answer = self.book.commands.run(lambda: issuing.forget_sent(self.book.register, sent_id))
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        self.sent_button.setFocus()

    def _on_print(self) -> None:
        from app.ui.returns.printing import print_pages  # most sittings print nothing

        if self.preview.kept is not None:
            print_pages(self.window(), self.preview.kept, self._on_printed)

    def _on_printed(self, _pages: object) -> None:
        self.notice.tell(self.tr("Sent to the printer."), tone="good")

    def _on_save(self) -> None:
        one = self._issued
        if one is None or not self._pdf:
            return
        folder = self._saved_path.parent if self._saved_path else Path.home()
        self.book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the PDF"),
            suggested=folder / safe_name(one.settings.title, short_date(one.issued_at.date())),
            kinds=self.tr("PDF (*.pdf)"),
            then=self._save,
        )

    def _save(self, path: Path) -> None:
        try:
            returns.save_pdf(self._pdf, path)
        except AppError as error:
            self._on_failed(error.text)
            return
        self._saved_path = path
        self.notice.tell(
            self.tr("Saved as {name}.").format(name=path.name),
            tone="good",
            actions=((_OPEN, self.tr("Open it")),),
        )

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_notice(self, key: str) -> None:
        if key == _OPEN and self._saved_path is not None:
            self.book.messages.open_file(self._saved_path)
