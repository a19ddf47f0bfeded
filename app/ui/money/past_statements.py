"""Statements so far: which were agreed, which differ, one from paper; and what was learned from them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.money import pounds
from app.services import money, statements
from app.services.result import Done, Refused
from app.services.statements import Statement
from app.ui.book import Book
from app.ui.money.paper_dialog import PaperDialog
from app.ui.money.rules_card import RulesCard
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.texts import tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIDE = 380


def state_of(one: Statement) -> tuple[str, str, str]:
    """Return how a statement stands as (words, tone, icon)."""
    apart = one.difference_pence
    if one.agreed and not apart:
        return tr("Agreed"), "good", "circle-check"
    if one.agreed:
        return tr("Changed since: {sum}").format(sum=pounds(abs(apart or 0))), "overdue", "undo"
    if apart:
        return tr("{sum} apart").format(sum=pounds(abs(apart))), "due", "triangle-alert"
    if one.closing_pence is None:
        return tr("No closing balance"), "plain", "info"
    return tr("Not agreed yet"), "due", "clock"


def columns(name_of: Callable[[Statement], str]) -> tuple[Column[Statement], ...]:
    """Return the columns of the statements; ``name_of`` gives the account's name."""

    def until(one: Statement) -> str:
        return f"{one.to_on.day} {one.to_on:%b %Y}"

    return (
        Column(key="account", title="Account", text=name_of, look="strong"),
        Column(key="to", title="To", text=until, width=120, least=110),
        Column(key="lines", title="Lines", text=lambda s: f"{s.entries:,}", width=60, align=_RIGHT,
               spare=True),
        Column(
            key="closing", title="Closing", width=110, least=90, align=_RIGHT, spare=2,
            text=lambda s: "—" if s.closing_pence is None else pounds(s.closing_pence),
        ),
        Column(
            key="state", title="How it stands", width=210, least=180,
            text=lambda s: state_of(s)[0], chip=lambda s: state_of(s)[1:],
        ),
    )  # fmt: skip


class PastStatements(QWidget):
    """The statements as a list, the newest first; beside them what was learned."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self._names: dict[int, str] = {}
        looks = book.looks
        self.model: RowsModel[Statement] = RowsModel(columns(self._name), self)
        self.table = LedgerTable(looks, self.tr("Statements so far"))
        self.table.setModel(self.model)
        self.table.keep_rows(3)
        self.rules = RulesCard(book)
        self.columns = TwoColumns(looks, self._build(), self.rules, needed=880, side_width=_SIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)
        self.paper_button.clicked.connect(self.add_paper)
        self.open_button.clicked.connect(self._on_open)
        self.agree_button.clicked.connect(self._on_agree)
        self.again_button.clicked.connect(self._on_again)
        self.remove_button.clicked.connect(self._on_remove)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._show_actions)

    def _build(self) -> QWidget:
        looks, tr_ = self.book.looks, self.tr
        card = Card(looks, tr_("Statements so far"))
        self.nothing = words(
            tr_(
                "None yet. Where the bank sends paper only, tick the lines off against it here: "
                "opening, lines and closing have to agree."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        self.paper_button = ActionButton(looks, tr_("Agree one from paper…"), icon="plus")
        self.open_button = ActionButton(looks, tr_("Open…"), icon="pencil")
        self.agree_button = ActionButton(looks, tr_("It agrees"), icon="check")
        self.again_button = ActionButton(looks, tr_("Not agreed after all"), icon="undo")
        self.remove_button = ActionButton(looks, tr_("Take it away"), icon="trash-2")
        row = WrapRow(looks)
        for button in (
            self.paper_button, self.open_button, self.agree_button, self.again_button,
            self.remove_button,
        ):  # fmt: skip
            row.add(button)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(row)
        card.body.addWidget(self.problem)
        self._end = QWidget()
        card.body.addWidget(self._end, 1)
        return card

    def _name(self, one: Statement) -> str:
        return self._names.get(one.account_id, "")

    # --- showing -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read the statements and the rules again; the one in hand stays in hand."""
        hand = self.statement.id if self.statement else None
        register = self.book.register
        self._names = {a.id: a.name for a in money.books(register).accounts.values()}
        rows = tuple(reversed(statements.list_statements(register)))
        self.model.set_rows(rows)
        places = [place for place, one in enumerate(rows) if one.id == hand]
        if rows:
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._end.setVisible(not rows)
        self.rules.look()
        self._show_actions()

    @property
    def statement(self) -> Statement | None:
        """The statement in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Statement) else None

    def _show_actions(self) -> None:
        self.problem.hide()
        one = self.statement
        self.open_button.setVisible(one is not None)
        self.agree_button.setVisible(one is not None and not one.agreed)
        self.again_button.setVisible(one is not None and one.agreed)
        self.remove_button.setVisible(one is not None and one.import_id is None)

    # --- acting ------------------------------------------------------------------------------

    def add_paper(self) -> None:
        """Open the form for a statement on paper."""
        PaperDialog(self.book, parent=self.window()).open()

    def _on_open(self) -> None:
        if self.statement is not None:
            PaperDialog(self.book, self.statement, parent=self.window()).open()

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_open()

    def _on_agree(self) -> None:
        self._run(statements.agree_statement)

    def _on_again(self) -> None:
        self._run(statements.open_statement_again)

    def _on_remove(self) -> None:
        self._run(statements.remove_statement)

    def _run(self, use_case: Callable[..., Done | Refused]) -> None:
        one = self.statement
        if one is None:
            return
        register = self.book.register
        answer = self.book.commands.run(lambda: use_case(register, one.id))
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()
        elif isinstance(answer, Done):
            (self.table if self.model.rowCount() else self.paper_button).setFocus()
