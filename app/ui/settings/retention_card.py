"""How long we keep things: the rules with their reasons, and what is due by them."""

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.retention import ACTION_WORDS, KeepAction, Rule
from app.services import retention
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_ROWS = 12


class RetentionCard(Card):
    """Enter changes the rule in hand."""

    due_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "How long we keep things", parent)
        self._book = book
        looks, tr = book.looks, self.tr
        self.body.addWidget(
            words(
                tr(
                    "No longer than is needed. The program brings suggestions; a rule of your own goes "
                    "before them, and stands on the privacy notice. Nothing is ever deleted by itself."
                ),
                "aside",
                wrap=True,
            )
        )
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, tr("How long we keep things"))
        self.table.setModel(self.model)
        self.why = words("", wrap=True)
        self.change = ActionButton(looks, tr("Change…"), icon="pencil")
        self.back = ActionButton(looks, tr("Back to the program’s own"), icon="undo-2")
        self.due = ActionButton(looks, tr("What is due…"), icon="clock")
        row = WrapRow(looks)
        for button in (self.change, self.back, self.due):
            row.add(button)
        for widget in (self.table, self.why, row):
            self.body.addWidget(widget)
        self.table.selectionModel().currentRowChanged.connect(self._on_in_hand)
        self.table.opened.connect(self._on_opened)
        self.change.clicked.connect(self._on_change)
        self.back.clicked.connect(self._on_back)
        self.due.clicked.connect(self.due_wanted)
        looks.changed.connect(self._on_retention_looks)

    def reload(self) -> None:
        """Show the rules there are."""
        place = max(0, self.table.currentIndex().row())
        self.model.set_rows(retention.rules(self._book.register))
        self.table.setCurrentIndex(self.model.index(place, 0))
        self._on_retention_looks()

    @property
    def rule(self) -> Rule | None:
        """The rule in hand."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Rule) else None

    def _on_in_hand(self, _index: QModelIndex, _before: QModelIndex) -> None:
        rule = self.rule
        self.back.setVisible(rule is not None and rule.own)
        if rule is None:
            return
        kept = rule.kept
        then = ACTION_WORDS[kept.action] if kept.months else ""
        source = kept.source.partition(" [")[0]
        told = self.tr("{title}: {how_long}, {reason}.").format(
            title=kept.title, how_long=kept.how_long, reason=kept.reason.rstrip(".")
        )
        self.why.setText(
            " ".join(
                part for part in (told, f"Then: {then}." if then else "", f"{source}.") if part
            )
        )

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_change(self) -> None:
        if self.rule is not None:
            from app.ui.rights.rule_dialog import RuleDialog  # few sittings change a rule

            RuleDialog(self._book, self.rule, self.window()).open()

    def _on_back(self) -> None:
        if self.rule is not None:
            kind = self.rule.suggested.id
            self._book.commands.run(partial(retention.back_to_suggested, self._book.register, kind))
            self.table.setFocus()

    def _on_retention_looks(self) -> None:
        fit(self.table, most=_ROWS)


def _how_long(rule: Rule) -> str:
    months = rule.kept.months
    if not months:
        return "You decide" if rule.own else "Your policy"
    years, rest = divmod(months, 12)
    parts = (f"{years} year{'s' * (years > 1)}" if years else "",
             f"{rest} month{'s' * (rest > 1)}" if rest else "")  # fmt: skip
    return " ".join(part for part in parts if part)


def _then(rule: Rule) -> str:
    if not rule.kept.months and rule.kept.action is not KeepAction.REVIEW:
        return ""
    said = ACTION_WORDS[rule.kept.action]
    return f"{said[:1].upper()}{said[1:]}"


def _columns() -> tuple[Column[Rule], ...]:
    return (
        Column(key="title", title="What", text=lambda r: r.kept.title, look="strong"),
        Column(key="long", title="Kept", text=_how_long, width=130, least=110),
        Column(key="then", title="Then", text=_then, width=160, least=140, spare=2),
        Column(key="whose", title="Whose rule", width=170, least=140, spare=1,
               text=lambda r: "Your own" if r.own else "The program’s",
               chip=lambda r: ("good", "check") if r.own else ("plain", "book-open")),
    )  # fmt: skip
