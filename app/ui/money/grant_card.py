"""One grant in full: dates, conditions, instalments, and its budget by heading."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.grants import Grant, GrantStanding
from app.domain.money import pounds
from app.domain.periods import Period, short_date
from app.services import money
from app.ui.book import Book
from app.ui.money import words as said
from app.ui.money.grant_bars import clear_layout, report_words, spent_words, whole_of
from app.ui.widgets.bar import Bar
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.words import words

_EVIDENCE = "evidence-bundle"


class GrantCard(Card):
    """The grant in hand."""

    entries_wanted = Signal(object)
    """The id of the grant whose entries are wanted."""
    return_wanted = Signal(str, object, str)
    """The id of a return to make, its Period, and the reference of the grant."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Grant", parent)
        self._book = book
        self._grant: Grant | None = None
        self._said: object = None
        """What is shown: what would say the same stays."""
        self.bar = Bar(book.looks)
        self.spent = words("", "small", wrap=True)
        self._budget = QVBoxLayout()
        self.facts = Facts(book.looks)
        self.entries = ActionButton(
            book.looks, self.tr("Show its entries"), icon="arrow-right", link=True
        )
        self.entries.clicked.connect(self._on_entries)
        self.evidence = ActionButton(
            book.looks, self.tr("Evidence bundle…"), icon="printer", link=True
        )
        self.evidence.clicked.connect(self._on_evidence)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.spent)
        self.body.addLayout(self._budget)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.entries, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.evidence, 0, Qt.AlignmentFlag.AlignLeft)

    def show_grant(self, grant: Grant, standing: GrantStanding | None) -> None:
        """Show a grant; one that holds no money has no standing."""
        self._grant = grant
        said = (grant, standing, self._book.today())
        if self._said == said:
            return
        self._said = said
        if self.heading is not None:
            self.heading.setText(grant.title or grant.funder)
            self.heading.setWordWrap(True)
        for widget in (self.bar, self.spent, self.entries, self.evidence):
            widget.setVisible(standing is not None)
        clear_layout(self._budget)
        if standing is not None:
            self.bar.show_part(standing.spent_pence, whole_of(standing), spent_words(standing))
            self.spent.setText(spent_words(standing))
            if standing.headings:
                self._budget.addWidget(self._table(standing))
        self.facts.show_facts(self._facts(grant, standing))

    def _table(self, standing: GrantStanding) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(self._looks.px(14))
        right = Qt.AlignmentFlag.AlignRight
        for place, title in enumerate((self.tr("Heading"), self.tr("Spent"), self.tr("Left"))):
            grid.addWidget(words(title, "small"), 0, place, right if place else Qt.AlignmentFlag(0))
        for row, one in enumerate(standing.headings, start=1):
            name = one.heading or self.tr("No heading")
            grid.addWidget(words(name, wrap=True), row, 0)
            spent = words(said.bare(one.spent_pence))
            spent.setAccessibleName(
                self.tr("{heading}: {spent} spent of {budget}").format(
                    heading=name, spent=pounds(one.spent_pence), budget=pounds(one.budget_pence)
                )
            )
            grid.addWidget(spent, row, 1, right)
            if one.left_pence < 0:
                text = said.left_words(one.left_pence)
                chip = Chip(self._looks, text, tone="overdue", icon="triangle-alert")
                grid.addWidget(chip, row, 2, right)
            else:
                grid.addWidget(words(said.bare(one.left_pence)), row, 2, right)
        return table

    def _facts(self, grant: Grant, standing: GrantStanding | None) -> tuple[tuple[str, str], ...]:
        tr, today = self.tr, self._book.today()
        dates = " – ".join(short_date(day) for day in (grant.starts_on, grant.ends_on) if day)
        facts = [
            (tr("Funder"), " · ".join(p for p in (grant.funder, grant.programme) if p)),
            (tr("Reference"), grant.reference),
            (tr("Spend"), dates),
            (tr("Report"), report_words(standing, today) if standing else ""),
            (tr("Apply again"), short_date(grant.apply_again_on) if grant.apply_again_on else ""),
            (tr("For"), grant.purpose),
            (tr("Conditions"), grant.conditions),
            *(
                (
                    tr("Instalment"),
                    " · ".join(
                        part
                        for part in (
                            short_date(one.due_on), pounds(one.amount_pence), one.condition
                        )
                        if part
                    ),
                )
                for one in grant.instalments
            ),
        ]  # fmt: skip
        return tuple((name, value) for name, value in facts if value)

    @property
    def period(self) -> Period:
        """The days of the grant up to today; the group's own year where it names none."""
        today, grant = self._book.today(), self._grant
        year = money.group_year(self._book.register, today)
        first = grant.starts_on if grant and grant.starts_on else year.first
        last = grant.ends_on if grant and grant.ends_on else today
        return Period(first=min(first, today), last=max(min(last, today), min(first, today)))

    def _on_evidence(self) -> None:
        if self._grant is not None:
            self.return_wanted.emit(_EVIDENCE, self.period, self._grant.reference)

    def _on_entries(self) -> None:
        if self._grant is not None:
            self.entries_wanted.emit(self._grant.id)
