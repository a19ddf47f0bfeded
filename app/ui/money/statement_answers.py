"""What only the treasurer can say of a statement: which account, which way round days, columns."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services import statements
from app.services.statements import SAME, BankPlan, PreparedStatement, Role
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.field import Field
from app.ui.texts import tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

SET_ASIDE = "set aside"
NEW = "\n"
"""An account that is not there yet: no name has a line break."""
_ROLES = {
    Role.DATE: "The day",
    Role.TEXT: "What the bank says",
    Role.PAYEE: "Who",
    Role.REFERENCE: "Reference",
    Role.AMOUNT: "Amount, minus for money out",
    Role.OUT: "Money out",
    Role.IN: "Money in",
    Role.DIRECTION: "In or out, in words",
    Role.BALANCE: "Balance",
    Role.TYPE: "Kind of payment",
    Role.BANK_ID: "The bank’s own number",
}
_ORDERS = {"dmy": "Day, month, year", "mdy": "Month, day, year", "ymd": "Year, month, day"}


class StatementAnswers(Card):
    """One question at a time, answered with Enter."""

    account_said = Signal(str)
    order_said = Signal(str)
    another_said = Signal()
    """It is another account with the very same lines."""
    columns_said = Signal(object)
    """A mapping of header to role."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "One thing to say first", parent)
        self._book = book
        self._kind = ""
        self.said = words("", wrap=True)
        self.choice = Choice(book.looks, self.tr("Your answer"))
        self.name = Line()
        self.name_field = Field(self.tr("What it is called"), self.name)
        self.name_field.hide()
        self.columns: dict[str, Choice] = {}
        self._room = QVBoxLayout()
        self._table: QWidget | None = None
        self.go_on = ActionButton(book.looks, self.tr("Go on"), icon="arrow-right", primary=True)
        self.body.addWidget(self.said)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.name_field)
        self.body.addLayout(self._room)
        self.body.addWidget(self.go_on)
        self.body.addStretch(1)
        self.go_on.clicked.connect(self._on_go_on)
        self.choice.activated.connect(self._show_name)

    def ask(self, prepared: PreparedStatement) -> None:
        """Ask the first open question."""
        question = prepared.questions[0]
        self._kind = question.kind
        self._clear()
        self.choice.setVisible(question.kind != "columns")
        self._show_name()
        if question.kind == "account":
            names = [(one.words, one.value) for one in question.choices]
            several = len(prepared.plan.accounts) > 1
            self.said.setText(
                self.tr("The file holds several accounts. They are imported one at a time: which?")
                if several
                else self.tr("Which account is this statement of?")
            )
            if not several:
                names.append((self.tr("Another account: begin it with this statement"), NEW))
            fill(self.choice, names)
        elif question.kind == SAME:
            self.said.setText(
                self.tr(
                    "{count} of it stand in {account} already. Booking them in {name} too would "
                    "count them twice. Which is right?"
                ).format(
                    count=question.about, account=question.choices[0].value,
                    name=prepared.whose.name,
                )
            )  # fmt: skip
            fill(self.choice, [(one.words, one.value) for one in question.choices])
        elif question.kind == "dates":
            self.said.setText(self.tr("Its days can be read in more than one way. How are they?"))
            fill(self.choice, [(tr(text), key) for key, text in _ORDERS.items()])
        else:
            self.said.setText(
                self.tr(
                    "This is no layout Hallbook knows. Say what each column is; it is remembered."
                )
            )
            self._ask_columns(prepared.plan)
        first = next(iter(self.columns.values()), self.choice)
        first.setFocus()

    def _show_name(self) -> None:
        new = self._kind == "account" and self.choice.currentData() == NEW
        self.name_field.setVisible(new)
        if new:
            self.name.setFocus()

    def _ask_columns(self, plan: BankPlan) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, column in enumerate(plan.columns):
            name = column.header or column.column
            choice = Choice(self._book.looks, self.tr("What column {name} is").format(name=name))
            items = [(self.tr("Set aside"), SET_ASIDE)]
            items += [(tr(text), role.value) for role, text in _ROLES.items()]
            fill(choice, items, column.taken_as)
            grid.addWidget(words(name, "strong", wrap=True), row, 0)
            grid.addWidget(words(" · ".join(column.samples[:2]), "aside", wrap=True), row, 1)
            grid.addWidget(choice, row, 2)
            self.columns[name] = choice
        self._table = table
        self._room.addWidget(table)

    def _clear(self) -> None:
        self.columns = {}
        if self._table is not None:
            self._table.hide()
            self._table.setParent(None)
            self._table.deleteLater()
            self._table = None

    def _on_go_on(self) -> None:
        answer = str(self.choice.currentData())
        if self._kind == "account" and answer == NEW:
            if self.name.text().strip():
                self.account_said.emit(self.name.text())
            else:
                self.name_field.show_problem(
                    self.tr("Type what the account is called, such as Savings.")
                )
        elif self._kind == SAME and not answer:
            self.another_said.emit()
        elif self._kind in {"account", SAME}:
            self.account_said.emit(answer)
        elif self._kind == "dates":
            self.order_said.emit(str(self.choice.currentData()))
        else:
            said = {name: str(one.currentData()) for name, one in self.columns.items()}
            self.columns_said.emit(said)


def fate_words(plan: statements.RowPlan) -> tuple[str, str, str]:
    """Return what becomes of a line as (words, tone, icon)."""
    return _FATES[plan.fate]


_FATES = {
    statements.Fate.NEW: ("New", "good", "plus"),
    statements.Fate.KNOWN: ("In the book", "plain", "check"),
    statements.Fate.TYPED: ("Same as typed", "due", "merge"),
    statements.Fate.AGAIN: ("Same as before", "due", "merge"),
    statements.Fate.TRANSFER: ("Transfer", "due", "repeat"),
    statements.Fate.REFUSED: ("Left out", "overdue", "triangle-alert"),
}
