"""What a grant promised beside what came of it, and the reports it waits for."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.grants import Grant
from app.domain.periods import Period
from app.domain.returns import Target
from app.services import registers, reports_due
from app.services.registers import Taker
from app.services.reports_due import ReportDue
from app.ui.book import Book
from app.ui.jobs import Job, JobContext
from app.ui.money.grant_bars import clear_layout
from app.ui.money.promise_words import number_words
from app.ui.reading_returns import when_read
from app.ui.returns.due_words import when_words
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words

_CALM_MS = 250
"""Whoever goes along the list of grants counts nothing for each of them."""
Key = tuple[str, str, str]
"""A figure, its breakdown and its part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a promise: how it is called, and what was counted."""

    label: str
    text: str = field(repr=False)


def count_results(
    context: JobContext, take: Taker, period: Period, keys: tuple[Key, ...]
) -> dict[Key, Result]:
    """Count what was promised, on the worker, nothing hidden: it is for our own eyes."""
    from app.services.returns import offers

    found: dict[Key, Result] = {}
    with take(context.cancelled) as snapshot:
        titles = {one.id: one.title for one in offers.figures(snapshot)}
        snapshot.stop_when(context.cancelled)
        whole = tuple(figure for figure, by, _ in keys if not by)
        for one in offers.worths(snapshot, period, None, whole):
            found[one.key, "", ""] = Result(label=one.label, text=one.text)
        for figure, by in dict.fromkeys((figure, by) for figure, by, _ in keys if by):
            context.check()
            for one in offers.parts(snapshot, period, None, figure, by):
                found[figure, by, one.key] = Result(
                    label=f"{titles.get(figure, figure)}: {one.label}", text=one.text
                )
    return found


def key_of(target: Target) -> Key:
    """Return what a promise is of."""
    return target.figure, target.breakdown, target.part


class PromiseCard(Card):
    """Counted on the worker, a moment after a grant is in hand."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Reports and promises", parent)
        self._book = book
        self._grant: Grant | None = None
        self._period: Period | None = None
        self._reading: Job | None = None
        self._job: Job | None = None
        self._targets: tuple[Target, ...] = ()
        self._said: tuple[ReportDue, ...] | None = None
        """The reports that are shown: the same ones stay."""
        self.results: dict[Key, Result] = {}
        self._reports, self._promises = QVBoxLayout(), QVBoxLayout()
        left = Qt.AlignmentFlag.AlignLeft
        self.add_button = ActionButton(
            book.looks, self.tr("Add a report that is due…"), icon="plus", link=True
        )
        self.targets_button = ActionButton(
            book.looks, self.tr("What it promised…"), icon="list-checks", link=True
        )
        self.body.addLayout(self._reports)
        self.body.addWidget(self.add_button, 0, left)
        self.body.addLayout(self._promises)
        self.body.addWidget(self.targets_button, 0, left)
        self.add_button.clicked.connect(self._on_add)
        self.targets_button.clicked.connect(self.change_targets)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._when_read)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._count)

    def show_grant(self, grant: Grant | None, period: Period) -> None:
        """Show what a grant promised and waits for."""
        self._stop()
        if grant is None or self._grant is None or grant.id != self._grant.id:
            self.results = {}
        self._grant, self._period = grant, period
        self.setVisible(grant is not None)
        if grant is not None:
            self._later.start(0)  # a turn later: with the rest of the page it is much at once

    def _when_read(self) -> None:
        if self._reading is None:
            self._reading = when_read(self._book.jobs, self._show)
            if self._reading is not None:
                self._reading.ended.connect(self._on_read)

    def _on_read(self) -> None:
        self._reading = None

    # --- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        from app.services.returns import due  # large: the worker read it first

        grant, register = self._grant, self._book.register
        if grant is None:
            return
        self._show_reports(
            reports_due.listed(register, today=self._book.today(), grant_id=grant.id)
        )
        self._targets = due.targets_of(register, grant.id)
        self._show_targets()
        if self._targets:
            self._calm.start()

    def _show_reports(self, mine: tuple[ReportDue, ...]) -> None:
        if self._said == mine:
            return
        self._said = mine
        clear_layout(self._reports)
        for one in mine:
            self._reports.addWidget(self._report(one))
        if not mine:
            self._reports.addWidget(words(self.tr("No report is due."), "aside"))

    def _report(self, one: ReportDue) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        text = self.tr("Report {when}").format(
            when=when_words(one)[:1].lower() + when_words(one)[1:]
        )
        row.addWidget(words(text, wrap=True), 1)
        button = ActionButton(self._looks, self.tr("Change"), link=True)
        button.setAccessibleName(self.tr("Change: {what}").format(what=text))
        button.clicked.connect(partial(self._on_change, one))
        row.addWidget(button)
        return line

    def _show_targets(self) -> None:
        clear_layout(self._promises)
        for target in self._targets:
            self._promises.addWidget(self._promise(target))

    def _promise(self, target: Target) -> QWidget:
        result = self.results.get(key_of(target))
        name = target.label or (result.label if result else target.figure.replace("-", " "))
        promised = number_words(target.target)
        said = self.tr("{promised} promised").format(promised=promised)
        if result is not None:
            said = self.tr("{counted} of {promised}").format(counted=result.text, promised=promised)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words(name[:1].upper() + name[1:], wrap=True), 1)
        value = words(said, "strong")
        value.setAccessibleName(f"{name}: {said}")
        row.addWidget(value)
        return line

    # --- counting ----------------------------------------------------------------------------

    def _count(self) -> None:
        period = self._period
        if period is None or not self._targets:
            return
        keys = tuple(key_of(target) for target in self._targets)
        take = registers.take_snapshot_later(self._book.register)
        work = partial(count_results, take=take, period=period, keys=keys)
        self._job = self._book.jobs.start(work, background=True)
        self._job.done.connect(self._on_counted)
        self._job.ended.connect(self._on_ended)

    def _on_counted(self, found: dict[Key, Result]) -> None:
        self.results = found
        self._show_targets()

    def _on_ended(self) -> None:
        self._job = None

    def _stop(self) -> None:
        self._calm.stop()
        if self._job is not None:
            for signal in (self._job.done, self._job.ended):
                signal.disconnect()
            self._job.cancel()
            self._job = None

    # --- acting ------------------------------------------------------------------------------

    def _on_add(self) -> None:
        from app.ui.returns.due_dialog import DueDialog  # reads what belongs to returns

        if self._grant is not None:
            DueDialog(self._book, grant_id=self._grant.id, parent=self.window()).open()

    def _on_change(self, one: ReportDue, _checked: bool = False) -> None:
        from app.ui.returns.due_dialog import DueDialog

        DueDialog(self._book, one, parent=self.window()).open()

    def change_targets(self) -> None:
        """Open the list of what the grant promised."""
        from app.ui.money.targets_dialog import TargetsDialog

        if self._grant is not None and self._period is not None:
            TargetsDialog(self._book, self._grant, self._period, parent=self.window()).open()
