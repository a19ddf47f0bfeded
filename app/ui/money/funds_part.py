"""Funds and grants: what each pot holds, how each grant stands, what was lent, when to apply again."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.grants import HELD, Grant
from app.domain.ids import GrantId
from app.domain.ledger import FUND_KINDS, FundKind
from app.domain.money import pounds
from app.domain.periods import short_date
from app.services import money
from app.services.result import Refused
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.money.beside_card import BesideCard
from app.ui.money.fund_dialogs import AccountDialog, FundDialog, HeadingDialog, LoanDialog
from app.ui.money.grant_bars import clear_layout
from app.ui.money.grant_card import GrantCard
from app.ui.money.grant_columns import Standings, columns
from app.ui.money.grant_dialog import GrantDialog
from app.ui.money.headings_dialog import HeadingsDialog
from app.ui.money.promise_card import PromiseCard
from app.ui.tables.rows_model import ROW_ROLE, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import rule, words
from app.ui.widgets.wrap_row import WrapRow

_SIDE = 330
_MOST_LINES = 16
"""Lines of a list beside the grants; a longer one is opened on request."""
Row = TypeVar("Row")
Line = tuple[str, str, str, Callable[..., object], object]
"""A name, what is said of it, its sum, and the form that changes it, of what."""


class FundsPart(QWidget):
    """The grants as a list, the one in hand beside it, the funds and accounts under it."""

    entries_wanted = Signal(object)
    """The id of a grant whose entries are wanted."""
    return_wanted = Signal(str, object, str)
    """The id of a return to make, its Period, and the reference of the grant."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.standings: Standings = {}
        self._filled = False
        """Whether the list is there already while its sums are added up."""
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_standings)
        self._looking.failed.connect(self._on_failed)
        self._hand: GrantId | None = None
        self._opened: set[Card] = set()
        """The long lists that are shown whole."""
        self._said: dict[Card, object] = {}
        """What each list says: one that would say the same stays."""
        self._filling = False
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._show_one)
        self.table.opened.connect(self._on_opened)

    def _build(self) -> None:
        looks = self.book.looks
        self.model: RowsModel[Grant] = RowsModel(
            columns(self._read_standings, self.book.today), self
        )
        self.table = LedgerTable(looks, self.tr("Grants"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self._build_grants()
        self._build_side()

    def _build_grants(self) -> None:
        looks = self.book.looks
        self.grants = Card(looks, self.tr("Grants"))
        self.nothing = words(
            self.tr(
                "No grant yet. Add one as soon as you think of applying: the list then says what "
                "was asked for, what came of it and when you may ask again."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.grants.body.addWidget(self.nothing)
        self.grants.body.addWidget(self.table, 1)
        self.add_button = ActionButton(looks, self.tr("Add a grant…"), icon="plus")
        self.change_button = ActionButton(looks, self.tr("Change it…"), icon="pencil")
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        row = WrapRow(looks)
        for button in (self.add_button, self.change_button, self.bin_button):
            row.add(button)
        self.grants.body.addWidget(row)
        self.grants.body.addWidget(self.problem)
        self._end = QWidget()  # where no table takes the room, what there is stays at the top
        self.grants.body.addWidget(self._end, 1)
        self.add_button.clicked.connect(self.add_grant)
        self.change_button.clicked.connect(self._on_change)
        self.bin_button.clicked.connect(self._on_bin)

    def _build_side(self) -> None:
        looks = self.book.looks
        self.funds = Card(looks, self.tr("Funds"))
        self.loans = Card(looks, self.tr("Loans between funds"))
        self.accounts = Card(looks, self.tr("Accounts and headings"))
        self._lists = {card: QVBoxLayout() for card in (self.funds, self.loans, self.accounts)}
        for card, lines in self._lists.items():
            card.body.addLayout(lines)
        self._add_link(self.funds, self.tr("Add a fund…"), self.add_fund)
        self._add_link(self.loans, self.tr("Note a loan…"), self.add_loan)
        self._add_link(self.accounts, self.tr("Add an account…"), self.add_account)
        self._add_link(self.accounts, self.tr("Headings…"), self.show_headings)
        self.card = GrantCard(self.book)
        self.card.entries_wanted.connect(self.entries_wanted)
        self.card.return_wanted.connect(self.return_wanted)
        self.promises = PromiseCard(self.book)
        self.beside = BesideCard(self.book)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        for card in (self.card, self.promises, self.beside, self.funds, self.loans, self.accounts):
            beside.addWidget(card)
        beside.addStretch(1)
        area = scrolling(side)
        area.setMinimumHeight(looks.px(160))
        self.columns = TwoColumns(looks, self.grants, area, needed=860, side_width=_SIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)

    def _add_link(self, card: Card, text: str, action: Callable[[], None]) -> None:
        button = ActionButton(self.book.looks, text, icon="plus", link=True)
        button.clicked.connect(action)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _read_standings(self) -> Standings:
        return self.standings

    # --- showing -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read everything again; the grant in hand stays in hand."""
        register = self.book.register
        hand = self.grant
        self._hand = hand.id if hand else self._hand
        rows = money.list_grants(register)
        self.standings, self._filled, self._filling = {}, False, True
        self._looking.start(money.look_at_standings(register, rows))
        self.model.set_rows(rows)
        places = [place for place, grant in enumerate(rows) if grant.id == self._hand]
        if rows:
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._end.setVisible(not rows)
        for button in (self.change_button, self.bin_button):
            button.setVisible(bool(rows))
        self._filling = False
        self._show_one()
        self._show_funds()
        self._show_loans()
        self._show_accounts()
        self._filled = True

    def _on_standings(self, found: Standings) -> None:
        self.standings = found
        if self._filled:
            self.table.viewport().update()

    def _on_failed(self, error: AppError) -> None:
        self.problem.setText(error.text)
        self.problem.show()

    @property
    def grant(self) -> Grant | None:
        """The grant in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Grant) else None

    def show_grant(self, grant_id: GrantId) -> None:
        """Take a grant in hand."""
        self.table.setCurrentIndex(QModelIndex())
        self._hand = grant_id
        self.look()
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Begin with the list."""
        (self.table if self.model.rowCount() else self.add_button).setFocus()

    def _show_one(self) -> None:
        if self._filling:  # another is in hand only for a moment
            return
        self.problem.hide()
        grant = self.grant
        self.card.setVisible(grant is not None)
        self.beside.show_grant(grant)
        if grant is not None:
            standing = self.standings.get(grant.id)
            if standing is None and grant.state in HELD:  # its sums are not added up yet
                standing = money.grant_standing(self.book.register, grant)
            self.card.show_grant(grant, standing)
        self.promises.show_grant(grant, self.card.period)

    def _show_funds(self) -> None:
        held = money.fund_balances(self.book.register)
        funds = list(money.books(self.book.register).funds.values())
        order = list(FundKind)
        funds.sort(key=lambda f: (f.closed_on is not None, order.index(f.kind)))
        if len(funds) > _MOST_LINES:  # those that hold something are looked for most
            funds.sort(key=lambda f: (f.kind is not FundKind.UNRESTRICTED, not held[f.id]))
        lines = []
        for fund in self._first(self.funds, funds):
            over = self.tr(", closed") if fund.closed_on else ""
            about = f"{self.tr(FUND_KINDS[fund.kind])}{over}"
            if fund.kind is FundKind.UNRESTRICTED and fund.name == about:
                about = ""
            lines.append((fund.name, about, pounds(held[fund.id]), FundDialog, fund))
        self._show_lines(self.funds, lines, len(funds), self._show_funds)

    def _show_loans(self) -> None:
        names = {f.id: f.name for f in money.books(self.book.register).funds.values()}
        listed = money.list_loans(self.book.register)
        lines = []
        for loan in self._first(self.loans, listed):
            title = self.tr("{lender} to {borrower}").format(
                lender=names[loan.from_fund_id], borrower=names[loan.to_fund_id]
            )
            day = short_date(loan.repaid_on or loan.from_on)
            about = self.tr("paid back {day}") if loan.repaid_on else self.tr("since {day}")
            about = about.format(day=day)
            lines.append((title, about, pounds(loan.amount_pence), LoanDialog, loan))
        self._show_lines(self.loans, lines, len(listed), self._show_loans)

    def _show_accounts(self) -> None:
        held = money.account_balances(self.book.register)
        listed = tuple(money.books(self.book.register).accounts.values())
        lines = []
        for account in self._first(self.accounts, listed):
            about = self.tr("closed") if account.closed_on else ""
            lines.append((account.name, about, pounds(held[account.id]), AccountDialog, account))
        self._show_lines(self.accounts, lines, len(listed), self._show_accounts)

    def _show_lines(
        self, card: Card, lines: Sequence[Line], count: int, show: Callable[[], None]
    ) -> None:
        """Show the lines of a card and offer the rest; those that say the same stay."""
        said = (lines, count)
        if self._said.get(card) == said:
            return
        self._said[card] = said
        clear_layout(self._lists[card])
        for name, about, value, form, one in lines:
            self._line(self._lists[card], name, about, value, partial(self._open, form, one))
        if card is self.loans and not lines:
            self._lists[card].addWidget(words(self.tr("None."), "aside"))
        self._offer_rest(card, count, show)

    def _first(self, card: Card, rows: Sequence[Row]) -> Sequence[Row]:
        """Return what is shown of a list: all of it once that was asked for."""
        return rows if card in self._opened else rows[:_MOST_LINES]

    def _offer_rest(self, card: Card, count: int, show: Callable[[], None]) -> None:
        if card in self._opened or count <= _MOST_LINES:
            return
        text = self.tr("Show the other {count}").format(count=f"{count - _MOST_LINES:,}")
        more = ActionButton(self.book.looks, text, icon="chevron-down", link=True)
        more.setAccessibleName(f"{text}: {card.heading.text() if card.heading else ''}")
        more.clicked.connect(partial(self._open_list, card, show))
        self._lists[card].addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_list(self, card: Card, show: Callable[[], None]) -> None:
        """Show a list whole from now on."""
        self._opened.add(card)
        show()
        tab_as_read(self)
        item = self._lists[card].itemAt(2 * _MOST_LINES)  # lines stand between rules
        line = item.widget() if item is not None else None
        if line is not None:
            line.findChildren(ActionButton)[0].setFocus()

    def _line(
        self, lines: QVBoxLayout, name: str, about: str, value: str, change: Callable[[], None]
    ) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.addWidget(words(name, wrap=True))
        if about:
            said.addWidget(words(about, "small", wrap=True))
        row.addLayout(said, 1)
        row.addWidget(words(value, "strong"))
        button = ActionButton(self.book.looks, self.tr("Change"), link=True)
        button.setAccessibleName(self.tr("Change {name}, {value}").format(name=name, value=value))
        button.clicked.connect(partial(_call, change))
        row.addWidget(button)
        if lines.count():
            lines.addWidget(rule())
        lines.addWidget(line)

    # --- acting ------------------------------------------------------------------------------

    def add_grant(self) -> None:
        """Open the form for a grant."""
        self._open(GrantDialog, None)

    def add_fund(self) -> None:
        """Open the form for a fund."""
        self._open(FundDialog, None)

    def add_loan(self) -> None:
        """Open the form for a loan between funds."""
        self._open(LoanDialog, None)

    def add_account(self) -> None:
        """Open the form for an account."""
        self._open(AccountDialog, None)

    def add_heading(self) -> None:
        """Open the form for a heading."""
        HeadingDialog(self.book, parent=self.window()).open()

    def show_headings(self) -> None:
        """Open the list of headings: rename, order, close."""
        HeadingsDialog(self.book, parent=self.window()).open()

    def _open(self, form: Callable[..., object], one: object) -> None:
        dialog = form(self.book, one, parent=self.window())
        dialog.open()  # type: ignore[attr-defined]

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_change(self) -> None:
        if self.grant is not None:
            self._open(GrantDialog, self.grant)

    def _on_bin(self) -> None:
        grant = self.grant
        if grant is None:
            return
        register = self.book.register
        answer = self.book.commands.run(lambda: money.put_grant_in_bin(register, grant.id))
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()


def _call(action: Callable[[], None], _checked: bool = False) -> None:
    action()
