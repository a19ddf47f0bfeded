"""To whom a return went, and taking one back."""

from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.returns import CHANNEL_WORDS, Channel
from app.services.result import Done, Refused
from app.services.returns import issuing
from app.services.returns.issuing import Issued, Sent
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line


def sent_words(one: Sent) -> str:
    """Return to whom, how and when: To Mr Hill, by e-mail, Tue 3 Nov 2026."""
    to = f"to {one.sent_to}, " if one.sent_to else ""
    said = f"{to}{CHANNEL_WORDS[one.channel]}, {short_date(one.sent_on)}"
    return said[:1].upper() + said[1:]


class SentDialog(SmallForm):
    """Note to whom a return was sent, when and how."""

    def __init__(self, book: Book, issued: Issued, parent: QWidget | None = None) -> None:
        super().__init__(book, "Note a return as sent", "Note it", parent)
        self._issued = issued
        self.notice.tell(issued.settings.title, tone="plain")
        self.to, self.day, self.channel = (
            Line(),
            self.day_line(book.today()),
            Choice(self.looks, ""),
        )
        self.note = self.text_box()
        fill(
            self.channel,
            [(self.tr(text), channel.value) for channel, text in CHANNEL_WORDS.items()],
            Channel.EMAIL.value,
        )
        self.add_field("sent_to", self.tr("To whom"), self.to)
        row = self.add_row()
        self.add_field("sent_on", self.tr("On"), self.day, into=row)
        self.add_field("channel", self.tr("How"), self.channel, into=row)
        self.add_field("note", self.tr("Note"), self.note)

    def carry_out(self) -> Done | Refused:
        """Note it."""
        day = self.day.day("sent_on") or Problem(code="date_needed", field="sent_on")
        if isinstance(day, Problem):
            return Refused(problems=(day,))
        return issuing.note_sent(
            self.book.register, self._issued.id, sent_on=day, sent_to=self.to.text(),
            channel=Channel(self.channel.currentData()), note=self.note.toPlainText(),
            today=self.book.today(),
        )  # fmt: skip


class WithdrawDialog(SmallForm):
    """Take a return back: it stays as it was, with the reason beside it."""

    def __init__(self, book: Book, issued: Issued, parent: QWidget | None = None) -> None:
        super().__init__(book, "Take a return back", "Take it back", parent)
        self._issued = issued
        self.notice.tell(issued.settings.title, tone="plain")
        self.reason = self.text_box()
        self.add_field(
            "reason", self.tr("Why"), self.reason,
            hint=self.tr("What was sent stays here as it was, with this beside it."),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Take it back."""
        return issuing.withdraw(
            self.book.register, self._issued.id, self.reason.toPlainText(), today=self.book.today()
        )
