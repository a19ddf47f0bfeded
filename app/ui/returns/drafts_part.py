"""Being written: the drafts, how far each is, when it is due."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import DraftId
from app.domain.periods import short_date
from app.services.result import Done
from app.services.returns import drafts
from app.services.returns.drafts import DraftLine
from app.ui.book import Book
from app.ui.returns.draft_dialog import DraftDialog
from app.ui.returns.list_part import ListPart, PartWords
from app.ui.tables.rows_model import Column
from app.ui.texts import counted, day_and_month

_NOW, _BIN = "now", "bin"


def how_far(line: DraftLine) -> str:
    """Return how far a draft is: 4 of 7 answered, or that it went out."""
    if line.issued_on:
        return "Issued"
    if not line.questions:
        return "Its form is gone" if not line.template_title else "No questions"
    return f"{line.answered} of {line.questions} answered"


COLUMNS: tuple[Column[DraftLine], ...] = (
    Column(key="title", title="Return", text=lambda d: d.draft.title, look="strong"),
    Column(
        key="far", title="How far", width=190, least=180, text=how_far,
        chip=lambda d: ("good", "circle-check")
        if d.issued_on or (d.questions and d.answered == d.questions)
        else ("plain", "circle-dot"),
    ),
    Column(
        key="warned", title="Warnings", width=96, spare=1, look="aside",
        text=lambda d: str(d.warnings or ""),
    ),
    Column(
        key="due", title="When", width=160, least=156, spare=2, look="aside",
        text=lambda d: short_date(d.issued_on) if d.issued_on
        else d.text.rpartition(", ")[2] if d.draft.due_on else "",
    ),
)  # fmt: skip


class DraftsPart(ListPart[DraftLine]):
    """Open one, start again from one, put one in the bin."""

    words = PartWords(
        name="Returns being written",
        icon="pencil",
        nothing="Nothing is being written",
        why=(
            "Choose a funder’s form: its numbers come from the book, your answers are kept as you type. "
            "The answers of last time are offered again."
        ),
        add="Write a return…",
        shows=((_NOW, "Being written"), (_BIN, "In the bin")),
        none="Nothing here.",
    )
    opened = Signal(object)
    """The DraftId to open."""
    issued_wanted = Signal(object)
    """The id of the draft whose issued return is to be shown."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        self._some = False
        super().__init__(book, COLUMNS, parent)
        tr = self.tr
        self.add_action("open", tr("Open it"), self.open_row, icon="pencil", primary=True)
        self.add_action("about", tr("What it is about…"), self._on_about, icon="settings")
        self.add_action("again", tr("Start again from this"), self._on_again, icon="copy")
        self.add_action("bin", tr("Put in the bin"), self._on_bin, icon="trash-2")
        self.add_action("unbin", tr("Take it out of the bin"), self._on_unbin, icon="undo-2")

    def read(self, show: str) -> Sequence[DraftLine]:
        """Read the drafts."""
        register = self.book.register
        found, binned = drafts.listed(register, today=self.book.today()), drafts.in_bin(register)
        self._some = bool(found or binned)
        if show != _BIN:
            return found
        return tuple(
            DraftLine(
                draft=one, template_title="", answered=0, questions=0, done=0, warnings=0,
                issued_on=None, text="",
            )
            for one in binned
        )  # fmt: skip

    def any_at_all(self) -> bool:
        """Say whether anything was ever begun."""
        return self._some

    def key_of(self, row: DraftLine) -> object:
        """Return the draft's id."""
        return row.draft.id

    def say(self, row: DraftLine) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return what is known of a draft."""
        tr, draft = self.tr, row.draft
        period = draft.period
        days = f"{short_date(period.first)} to {short_date(period.last)}" if period else ""
        far = how_far(row) if not draft.binned else tr("In the bin")
        warned = counted(
            row.warnings, tr("answer outside its limits"), tr("answers outside their limits")
        )
        return draft.title, (
            (tr("Form"), row.template_title if row.template_title != draft.title else ""),
            (tr("How far"), far),
            (tr("To see to"), warned if row.warnings else ""),
            (tr("About"), days),
            (tr("Due"), short_date(draft.due_on) if draft.due_on else ""),
            (tr("Issued"), short_date(row.issued_on) if row.issued_on else ""),
            (tr("Last changed"), day_and_month(draft.changed_at.date())),
        )

    def offered(self, row: DraftLine) -> frozenset[str]:
        """Return what can be done about a draft."""
        return frozenset({"unbin"} if row.draft.binned else {"open", "about", "again", "bin"})

    def open_row(self, row: DraftLine) -> None:
        """Open a draft, or take it out of the bin."""
        if row.draft.binned:
            self._on_unbin(row)
        else:
            self.opened.emit(row.draft.id)

    def add(self) -> None:
        """Open the form of a new draft."""
        dialog = DraftDialog(self.book, parent=self.window())
        dialog.saved.connect(self._on_started)
        dialog.open()

    def _on_started(self, done: Done) -> None:
        self.opened.emit(DraftId(done.ids[0]))

    def _on_about(self, row: DraftLine) -> None:
        DraftDialog(self.book, row.draft, parent=self.window()).open()

    def _on_again(self, row: DraftLine) -> None:
        answer = self.run(lambda: drafts.start_again(self.book.register, draft_id=row.draft.id))
        if answer is not None:
            self.opened.emit(answer.ids[0])

    def _on_bin(self, row: DraftLine) -> None:
        self.run(lambda: drafts.put_in_bin(self.book.register, row.draft.id))

    def _on_unbin(self, row: DraftLine) -> None:
        self.run(lambda: drafts.take_out_of_bin(self.book.register, row.draft.id))
