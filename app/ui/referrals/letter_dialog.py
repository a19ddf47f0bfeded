"""The letter to whoever sent a person: seen first, then printed or saved, then noted as sent."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.referrals import CHANNELS, LETTER_KINDS, SENT_BY
from app.services import registers, returns
from app.services.referrals import WholeReferral
from app.services.result import Done, Refused
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.people.many_dialogs import ManyDialog
from app.ui.returns.making import Made
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.words import suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

_TEMPLATE = "referral-reply"


class LetterDialog(QDialog):
    """The pages of the letter; it says no more than the person agreed to."""

    sent = Signal(object)
    """The Done of noting it as sent."""

    def __init__(self, book: Book, whole: WholeReferral, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Letter to the sender"))
        self.setModal(True)
        self._book, self._whole = book, whole
        looks, tr = book.looks, self.tr
        self.heading = words(tr("Letter about {name}").format(name=whole.row.full_name), "heading")
        self.notice = NoticeBar(looks)
        self.preview = PreviewCard(looks, book.jobs)
        self.close_button = ActionButton(looks, tr("Close"))
        self.save_button = ActionButton(looks, tr("Save PDF…"), icon="download")
        self.print_button = ActionButton(looks, tr("Print…"), icon="printer", primary=True)
        self.sent_button = ActionButton(looks, tr("Note as sent…"), icon="check")
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self._lay_out()
        self._show_ready(ready=False)
        self.preview.made.connect(self._on_made)
        self.preview.failed.connect(self._on_failed)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.sent_button.clicked.connect(self._on_sent)
        self.finished.connect(self._on_finished)
        self.make()

    def _lay_out(self) -> None:
        gap = self._book.looks.gap
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (
            self.close_button, self.sent_button, self.save_button, self.print_button
        ):  # fmt: skip
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addWidget(self.heading)
        column.addWidget(self.notice)
        column.addWidget(self.preview, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(gap(860), room.width() - 40), min(gap(760), room.height() - 60))

    def make(self) -> None:
        """Make the pages."""
        referral = self._whole.referral
        options = ReturnOptions(person_id=self._whole.row.person_id, referral_id=referral.id)
        self.preview.start(registers.take_snapshot_later(self._book.register), _TEMPLATE, options)

    @property
    def kind(self) -> str:
        """Which letter it is: "Acknowledgement", or "Reply to the referrer"."""
        made = self.preview.current
        letters = made.filled.tables if made else ()
        for one in letters:
            if isinstance(one, dict) and "told" in one:
                return LETTER_KINDS[str(one["kind"])]
        return ""

    def _show_ready(self, *, ready: bool) -> None:
        for button in (self.save_button, self.print_button, self.sent_button):
            button.setEnabled(ready)

    def _on_made(self, made: Made) -> None:
        self._show_ready(ready=True)
        name = self._whole.row.full_name
        self.heading.setText(f"{self.kind}: {name}")
        if made.filled.warnings:
            self.notice.tell(" ".join(made.filled.warnings), tone="plain")
        self.print_button.setFocus()

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    # --- saving, printing, sending -----------------------------------------------------------

    def _on_save(self) -> None:
        if self.preview.current is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.tr("Save the letter"),
                suggested=Path.home() / suggested_name(self.preview.current),
                kinds=self.tr("PDF (*.pdf)"),
                then=self._save,
            )

    def _save(self, path: Path) -> None:
        if self.preview.current is None:
            return
        try:
            returns.save_pdf(self.preview.current.pdf, path)
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return
        self._offer_sent(self.tr("Saved as {name}.").format(name=path.name))

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        if self.preview.current is not None:
            print_pages(self, self.preview.current, self._on_printed)

    def _on_printed(self, _made: Made) -> None:
        self._offer_sent(self.tr("Sent to the printer."))

    def _offer_sent(self, done: str) -> None:
        """Say what was done, and leave the keyboard where it is noted as sent."""
        self.notice.tell(
            self.tr(
                "{done} Note it as sent when it goes: the page then says who knows what."
            ).format(done=done),
            tone="good",
        )
        self.print_button.set_primary(primary=False)
        self.sent_button.set_primary(primary=True)
        self.sent_button.setFocus()

    def _on_sent(self) -> None:
        if self.preview.current is not None:
            dialog = SentDialog(self._book, self.preview.current, self)
            dialog.carried_out.connect(self._on_noted)
            dialog.open()

    def _on_noted(self, done: Done) -> None:
        self.sent.emit(done)
        self.accept()

    def _on_finished(self) -> None:
        self.preview.stop()
        self.deleteLater()


class SentDialog(ManyDialog):
    """When the letter went, and how."""

    def __init__(self, book: Book, made: Made, parent: QWidget) -> None:
        super().__init__(book, "Note as sent", "Note it", (), made.filled.title, parent)
        self._made = made
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.channel = Choice(book.looks, "")
        for code, text in CHANNELS.items():
            if code in SENT_BY:
                self.channel.addItem(self.tr(text), code)
        self.channel.setCurrentIndex(max(0, self.channel.findData("paper")))
        self.add_field("sent_on", self.tr("Sent on"), self.day)
        self.add_field("channel", self.tr("Sent how"), self.channel)

    def change(self) -> Done | Refused:
        """Note it, with what the letter told and to whom."""
        day, problems = self.day_of(self.day, "sent_on")
        if day is None:
            return Refused(problems=problems)
        return returns.record_sent(
            self.book.register,
            self._made.filled,
            sent_on=day,
            channel=str(self.channel.currentData()),
            today=self.book.today(),
        )
