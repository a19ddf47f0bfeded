"""Due: the reports that grants and agreements wait for, by their day."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.returns import DraftSettings
from app.services import reports_due, returns
from app.services.reports_due import DueState, ReportDue
from app.services.result import Done
from app.services.returns import due
from app.ui.book import Book
from app.ui.returns.due_dialog import DueDialog
from app.ui.returns.due_words import left_words, when_words
from app.ui.returns.list_part import ListPart, PartWords
from app.ui.tables.rows_model import Column

CHIPS = {
    DueState.OVERDUE: ("overdue", "triangle-alert"),
    DueState.SOON: ("due", "clock"),
    DueState.LATER: ("plain", "calendar"),
    DueState.DONE: ("good", "circle-check"),
}
_WAITING, _ALL = "waiting", "all"


def columns(titles: dict[str, str]) -> tuple[Column[ReportDue], ...]:
    """Return the columns of the reports; ``titles`` are those of the forms, by their ids."""
    return (
        Column(key="about", title="For", text=lambda d: d.about, look="strong", weight=5),
        Column(
            key="form", title="Form", text=lambda d: titles.get(d.template_id, ""), spare=1, weight=2,
            look="aside",
        ),
        Column(
            key="day", title="Due", width=156, spare=2, look="aside",
            text=lambda d: short_date(d.due_on),
        ),
        Column(
            key="left", title="Stands", width=166, least=156, text=left_words,
            chip=lambda d: CHIPS[d.state],
        ),
    )  # fmt: skip


class DuePart(ListPart[ReportDue]):
    """Start what is due, or say that it was done in another way."""

    words = PartWords(
        name="Reports due",
        icon="calendar-check",
        nothing="No report is due",
        why=(
            "When a grant says on which day its report is due, it stands here, with the days that "
            "are left. A report that is not written in the grant can be added by itself."
        ),
        add="Add a report that is due…",
        shows=((_WAITING, "Still to do"), (_ALL, "All, with those that are done")),
        none="Everything that was due is done.",
    )
    opened = Signal(object)
    """The DraftId to go on with."""
    form_wanted = Signal(object)
    """DraftSettings of a report whose form is not known yet."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        self._titles: dict[str, str] = {}
        self._some = False
        super().__init__(book, columns(self._titles), parent)
        tr = self.tr
        self.add_action("write", tr("Write it…"), self.open_row, icon="pencil", primary=True)
        self.add_action("go on", tr("Go on writing"), self.open_row, icon="pencil", primary=True)
        self.add_action("done", tr("Done in another way"), self._on_done, icon="check")
        self.add_action("not done", tr("Not done after all"), self._on_not_done, icon="undo-2")
        self.add_action("change", tr("Change it…"), self._on_change, icon="calendar")
        self.add_action("remove", tr("Take it out of the list"), self._on_remove, icon="trash-2")

    def read(self, show: str) -> Sequence[ReportDue]:
        """Read the reports."""
        self._titles.update(
            {one.id: one.title for one in returns.list_templates(self.book.register)}
        )
        found = reports_due.listed(self.book.register, today=self.book.today())
        self._some = bool(found)
        if show == _ALL:
            return found
        return tuple(one for one in found if one.state is not DueState.DONE)

    def any_at_all(self) -> bool:
        """Say whether a report is or was due."""
        return self._some

    def key_of(self, row: ReportDue) -> object:
        """Return what a report belongs to, and its day."""
        return row.id or (row.grant_id, row.agreement_id, row.due_on)

    def say(self, row: ReportDue) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return what is known of a report."""
        tr = self.tr
        period = (
            f"{short_date(row.period.first)} to {short_date(row.period.last)}" if row.period else ""
        )
        return row.about, (
            (tr("Due"), when_words(row)),
            (tr("Form"), self._titles.get(row.template_id, "") or tr("Not chosen yet")),
            (tr("About"), period),
            (tr("Note"), row.note),
            (tr("Known from"), "" if row.id else tr("The grant’s own dates")),
        )

    def offered(self, row: ReportDue) -> frozenset[str]:
        """Return what can be done about a report."""
        if row.state is DueState.DONE:
            return frozenset({"not done", "change"} if row.done_on else ())
        keys = {"go on" if row.draft_id is not None else "write", "done", "change"}
        return frozenset(keys | ({"remove"} if row.id is not None else set()))

    def open_row(self, row: ReportDue) -> None:
        """Go on with the draft of a report, or start one."""
        self.start(row)

    def start(self, row: ReportDue) -> None:
        """Open the draft of a report; one without is started, on a form to choose where none is said."""
        if row.draft_id is not None:
            self.opened.emit(row.draft_id)
        elif not row.template_id:
            self.form_wanted.emit(
                DraftSettings(
                    template_id="", title="", period=row.period, grant_id=row.grant_id,
                    agreement_id=row.agreement_id, due_on=row.due_on,
                )
            )  # fmt: skip
        else:
            answer = self.run(lambda: due.start(self.book.register, row))
            if isinstance(answer, Done):
                self.opened.emit(answer.ids[0])

    def add(self) -> None:
        """Open the form of a report that is due."""
        DueDialog(self.book, parent=self.window()).open()

    def _on_change(self, row: ReportDue) -> None:
        DueDialog(self.book, row, parent=self.window()).open()

    def _on_done(self, row: ReportDue) -> None:
        today = self.book.today()
        self.run(lambda: due.mark_done(self.book.register, row, today))

    def _on_not_done(self, row: ReportDue) -> None:
        self.run(lambda: due.mark_done(self.book.register, row, None))

    def _on_remove(self, row: ReportDue) -> None:
        due_id = row.id
        if due_id is not None:
            self.run(lambda: due.remove(self.book.register, due_id))
