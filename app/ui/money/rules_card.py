"""What was learned from statements: each rule can be changed or forgotten."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.domain.ledger import EntryKind
from app.services import activities, money
from app.services.money import Books, Rule
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


class RulesCard(Card):
    """Each rule: the bank's words, and what is offered for them."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "What was learned", parent)
        self.book = book
        looks = book.looks
        self._known: Books = money.books(book.register)
        self.model: RowsModel[Rule] = RowsModel(
            (
                Column(key="words", title="When the bank says", text=lambda r: r.pattern),
                Column(key="means", title="Offer", text=self._means),
            ),
            self,
        )
        self.table = LedgerTable(looks, self.tr("What was learned"))
        self.table.setModel(self.model)
        self.table.keep_rows(3)
        self.nothing = words(
            self.tr(
                "Nothing yet. When a line of the bank is given its heading, the book offers to "
                "remember it for the next statement."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.change_button = ActionButton(looks, self.tr("Change…"), icon="pencil")
        self.forget_button = ActionButton(looks, self.tr("Forget it"), icon="x")
        row = WrapRow(looks)
        for button in (self.change_button, self.forget_button):
            row.add(button)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(row)
        self._end = QWidget()
        self.body.addWidget(self._end, 1)
        self.change_button.clicked.connect(self._on_change)
        self.forget_button.clicked.connect(self._on_forget)
        self.table.opened.connect(self._on_opened)

    def look(self) -> None:
        """Read the rules again."""
        self._known = money.books(self.book.register)
        place = max(0, self.table.currentIndex().row())
        rows = money.list_rules(self.book.register)
        self.model.set_rows(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(min(place, len(rows) - 1), 0))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._end.setVisible(not rows)
        for button in (self.change_button, self.forget_button):
            button.setVisible(bool(rows))

    @property
    def rule(self) -> Rule | None:
        """The rule in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Rule) else None

    def _means(self, rule: Rule) -> str:
        heading = self._known.headings.get(rule.heading_id) if rule.heading_id else None
        fund = self._known.funds.get(rule.fund_id) if rule.fund_id else None
        return ", ".join(one.name for one in (heading, fund) if one) or rule.payee

    def _on_change(self) -> None:
        if self.rule is not None:
            RuleDialog(self.book, self.rule, parent=self.window()).open()

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_forget(self) -> None:
        rule = self.rule
        if rule is None:
            return
        register = self.book.register
        answer = self.book.commands.run(lambda: money.forget_rule(register, rule.id))
        if isinstance(answer, Done) and self.model.rowCount():
            self.table.setFocus()


class RuleDialog(SmallForm):
    """What is offered when the bank says these words again."""

    def __init__(self, book: Book, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(book, "Change what was learned", "Save it", parent)
        self._rule = rule
        known, tr = money.books(book.register), self.tr
        side = tr("Money in") if rule.side is EntryKind.RECEIPT else tr("Money out")
        about = tr("{side}, when the bank says “{words}”.").format(side=side, words=rule.pattern)
        self.form.addWidget(words(about, wrap=True))
        self.payee = Line()
        self.payee.setText(rule.payee)
        self.heading, self.fund = Choice(self.looks, ""), Choice(self.looks, "")
        self.grant, self.activity = Choice(self.looks, ""), Choice(self.looks, "")
        heads = [(h.name, h.id) for h in known.open_headings(rule.side)]
        fill(self.heading, [(tr("Not said"), None), *heads], rule.heading_id)
        funds = [(f.name, f.id) for f in known.funds.values() if f.closed_on is None]
        fill(self.fund, [(tr("Not said"), None), *funds], rule.fund_id)
        grants = [
            (f"{g.funder} · {g.title or g.reference}", g.id)
            for g in money.list_grants(book.register)
            if g.fund_id is not None
        ]
        fill(self.grant, [(tr("None"), None), *grants], rule.grant_id)
        listed = [(a.name, a.id) for a in activities.list_activities(book.register)]
        fill(self.activity, [(tr("None in particular"), None), *listed], rule.activity_id)
        self.add_field("payee", tr("Who it is"), self.payee)
        for pair in (
            (("heading_id", tr("Heading"), self.heading), ("fund_id", tr("Fund"), self.fund)),
            (("grant_id", tr("Grant"), self.grant),
             ("activity_id", tr("Activity"), self.activity)),
        ):  # fmt: skip
            row = self.add_row()
            for key, label, editor in pair:
                self.add_field(key, label, editor, into=row)

    def carry_out(self) -> Done | Refused:
        """Keep what it means now."""
        rule = replace(
            self._rule, payee=self.payee.text(), heading_id=self.heading.currentData(),
            fund_id=self.fund.currentData(), grant_id=self.grant.currentData(),
            activity_id=self.activity.currentData(),
        )  # fmt: skip
        return money.change_rule(self.book.register, rule)
