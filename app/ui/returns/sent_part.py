"""Sent: the returns that were issued, the newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.services.returns import drafts, issuing
from app.services.returns.issuing import Issued
from app.ui.book import Book
from app.ui.returns.list_part import ListPart, PartWords
from app.ui.returns.sent_dialogs import SentDialog, sent_words
from app.ui.tables.rows_model import Column
from app.ui.texts import counted


def standing(one: Issued) -> str:
    """Return how an issued return stands, in a few words."""
    if one.withdrawn_on is not None:
        return f"Taken back {short_date(one.withdrawn_on)}"
    if one.sent:
        return f"Sent {short_date(one.sent[-1].sent_on)}"
    return "Not noted as sent"


def _chip(one: Issued) -> tuple[str, str]:
    if one.withdrawn_on is not None:
        return ("plain", "undo-2")
    return ("good", "circle-check") if one.sent else ("due", "clock")


COLUMNS: tuple[Column[Issued], ...] = (
    Column(
        key="day", title="Issued", width=160, spare=2, look="aside",
        text=lambda i: short_date(i.issued_at.date()),
    ),
    Column(key="title", title="Return", text=lambda i: i.settings.title, look="strong"),
    Column(key="about", title="For", width=210, least=160, text=lambda i: i.about, look="aside", spare=1),
    Column(key="stands", title="Stands", width=230, least=210, text=standing, chip=_chip),
)  # fmt: skip


class SentPart(ListPart[Issued]):
    """Open one as it was sent, note to whom it went, start the next one from it."""

    words = PartWords(
        name="Returns that were issued",
        icon="stamp",
        nothing="Nothing was issued yet",
        why=(
            "Issuing a return keeps it for ever as it was: every number, every answer and the very "
            "pages. Later the book can say what is different now, and why. Open a draft and choose Issue."
        ),
    )
    opened = Signal(object)
    """The IssuedId to show."""
    draft_opened = Signal(object)
    """The DraftId that was started from one."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, COLUMNS, parent)
        tr = self.tr
        self.add_action("open", tr("Open it"), self.open_row, icon="eye", primary=True)
        self.add_action("sent", tr("Note as sent…"), self._on_sent, icon="mail")
        self.add_action("again", tr("Start the next one from it"), self._on_again, icon="copy")

    def read(self, _show: str) -> Sequence[Issued]:
        """Read the returns that were issued."""
        return issuing.listed(self.book.register)

    def key_of(self, row: Issued) -> object:
        """Return the id."""
        return row.id

    def say(self, row: Issued) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return what is known of an issued return."""
        tr, period = self.tr, row.settings.period
        return row.settings.title, (
            (tr("For"), row.about),
            (
                tr("About"),
                f"{short_date(period.first)} to {short_date(period.last)}" if period else "",
            ),
            (tr("Issued"), short_date(row.issued_at.date())),
            (tr("Pages"), counted(row.pages, tr("page"), tr("pages"))),
            *((tr("Sent"), sent_words(one)) for one in row.sent),
            (tr("Taken back"), short_date(row.withdrawn_on) if row.withdrawn_on else ""),
            (tr("Why"), row.withdrawn_reason),
        )

    def offered(self, row: Issued) -> frozenset[str]:
        """Return what can be done about an issued return."""
        return frozenset({"open"} if row.withdrawn_on else {"open", "again", "sent"})

    def open_row(self, row: Issued) -> None:
        """Show one as it was sent."""
        self.opened.emit(row.id)

    def _on_sent(self, row: Issued) -> None:
        SentDialog(self.book, row, parent=self.window()).open()

    def _on_again(self, row: Issued) -> None:
        answer = self.run(lambda: drafts.start_again(self.book.register, issued_id=row.id))
        if answer is not None:
            self.draft_opened.emit(answer.ids[0])
