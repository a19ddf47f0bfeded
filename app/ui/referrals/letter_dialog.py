"""The letter to whoever sent a person: seen first, then printed or saved, then noted as sent."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.referrals import CHANNELS, LETTER_KINDS, SENT_BY
from app.services import returns
from app.services.referrals import WholeReferral
from app.services.result import Done, Refused
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.people.many_dialogs import ManyDialog
from app.ui.returns.making import Made
from app.ui.returns.preview_dialog import PreviewDialog
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice


class LetterDialog(PreviewDialog):
    """The pages of the letter; it says no more than the person agreed to."""

    template = "referral-reply"

    sent = Signal(object)
    """The Done of noting it as sent."""

    def __init__(self, book: Book, whole: WholeReferral, parent: QWidget | None = None) -> None:
        super().__init__(
            book, "Letter to the sender", f"Letter about {whole.row.full_name}", parent
        )
        self.save_title = self.tr("Save the letter")
        self._whole = whole
        self.sent_button = ActionButton(book.looks, self.tr("Note as sent…"), icon="check")
        self.add_button(self.sent_button)
        self.sent_button.clicked.connect(self._on_sent)
        self.make()

    def options(self) -> ReturnOptions:
        """Return the referral the letter is about."""
        row, referral = self._whole.row, self._whole.referral
        return ReturnOptions(person_id=row.person_id, referral_id=referral.id)

    @property
    def kind(self) -> str:
        """Which letter it is: "Acknowledgement", or "Reply to the referrer"."""
        made = self.preview.current
        letters = made.filled.tables if made else ()
        for one in letters:
            if isinstance(one, dict) and "told" in one:
                return LETTER_KINDS[str(one["kind"])]
        return ""

    def on_made(self, made: Made) -> None:
        """Say which letter it is, and what it leaves unsaid."""
        self.heading.setText(f"{self.kind}: {self._whole.row.full_name}")
        self.notice.tell(" ".join(made.filled.warnings), tone="plain")

    # --- saved, printed, sent ----------------------------------------------------------------

    def on_saved(self, path: Path) -> None:
        """Say so, and offer to note it as sent."""
        self._offer_sent(self.tr("Saved as {name}.").format(name=path.name))

    def on_printed(self) -> None:
        """Say so, and offer to note it as sent."""
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
