"""Funds, accounts, headings and loans: added and changed."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.ledger import (
    FUND_KINDS,
    Account,
    AccountDraft,
    AccountKind,
    EntryKind,
    Fund,
    FundDraft,
    FundKind,
)
from app.domain.year_end import Loan, LoanDraft
from app.services import money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line


class FundDialog(SmallForm):
    """A pot of money: its name, whose decision it is, what it may be spent on."""

    def __init__(self, book: Book, fund: Fund | None = None, parent: QWidget | None = None) -> None:
        super().__init__(book, "Change a fund" if fund else "Add a fund", "Save it", parent)
        self._fund = fund
        self.name, self.kind = Line(), Choice(self.looks, "")
        self.name.setText(fund.name if fund else "")
        kinds = [(self.tr(text), kind.value) for kind, text in FUND_KINDS.items()]
        fill(self.kind, kinds, fund.kind.value if fund else FundKind.RESTRICTED.value)
        self.purpose = self.text_box(fund.purpose if fund else "")
        self.closed = self.day_line(fund.closed_on if fund else None)
        self.add_field("name", self.tr("Name"), self.name)
        self.add_field("kind", self.tr("What it may be spent on"), self.kind)
        self.add_field("purpose", self.tr("Its purpose"), self.purpose)
        if fund is not None:
            self.add_field("closed_on", self.tr("Closed on"), self.closed,
                           hint=self.tr("A closed fund is offered no more; what it did stays."))  # fmt: skip

    def read(self) -> FundDraft:
        """Return the fund as typed."""
        before = self._fund
        return FundDraft(
            name=self.name.text(), kind=FundKind(self.kind.currentData()),
            purpose=self.purpose.toPlainText(), opened_on=before.opened_on if before else None,
            closed_on=self.day_of(self.closed, "closed_on"),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep the fund."""
        return money.save_fund(
            self.book.register, self.read(), self._fund.id if self._fund else None
        )


class AccountDialog(SmallForm):
    """A bank account or cash tin, and what was in it when the book began."""

    def __init__(
        self, book: Book, account: Account | None = None, parent: QWidget | None = None
    ) -> None:
        title = "Change an account" if account else "Add an account"
        super().__init__(book, title, "Save it", parent)
        self._account = account
        known = money.books(book.register)
        self._funds = [f for f in known.funds.values() if f.closed_on is None]
        self.name, self.kind = Line(), Choice(self.looks, "")
        self.name.setText(account.name if account else "")
        fill(
            self.kind,
            [(self.tr("Bank account"), AccountKind.BANK.value),
             (self.tr("Cash tin"), AccountKind.CASH.value)],
            account.kind.value if account else AccountKind.BANK.value,
        )  # fmt: skip
        self.opened = self.day_line(
            account.opened_on if account else money.group_year(book.register, book.today()).first
        )
        self.closed = self.day_line(account.closed_on if account else None)
        self.add_field("name", self.tr("Name"), self.name)
        row = self.add_row()
        self.add_field("kind", self.tr("What it is"), self.kind, into=row)
        self.add_field("opened_on", self.tr("In the book from"), self.opened, into=row)
        if account is not None:
            self.add_field("closed_on", self.tr("Closed on"), self.closed)
        openings = dict(account.openings) if account else {}
        self.held = {f.id: self.amount_line(openings.get(f.id)) for f in self._funds}
        for fund in self._funds:
            label = self.tr("Held that morning of {fund} (£)").format(fund=fund.name)
            self.add_field(f"opening {fund.id}", label, self.held[fund.id])

    def read(self) -> AccountDraft:
        """Return the account as typed."""
        typed = tuple(
            (fund, self.pence_of(line, f"opening {fund}") or 0) for fund, line in self.held.items()
        )
        before = self._account
        others = tuple(
            one for one in (before.openings if before else ()) if one[0] not in self.held
        )
        draft = AccountDraft(
            name=self.name.text(), kind=AccountKind(self.kind.currentData()),
            opened_on=self.day_of(self.opened, "opened_on"),
            closed_on=self.day_of(self.closed, "closed_on"), openings=(*typed, *others),
        )  # fmt: skip
        if before is None:
            return draft
        return replace(draft, bank_code=before.bank_code, notes=before.notes)

    def carry_out(self) -> Done | Refused:
        """Keep the account."""
        return money.save_account(
            self.book.register, self.read(), self._account.id if self._account else None,
            today=self.book.today(),
        )  # fmt: skip


class HeadingDialog(SmallForm):
    """A heading that money comes in for or goes out on."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "Add a heading", "Add it", parent)
        self.name, self.side = Line(), Choice(self.looks, "")
        fill(self.side, [(self.tr("Money out"), "payment"), (self.tr("Money in"), "receipt")])
        self.add_field("name", self.tr("Name"), self.name)
        self.add_field("side", self.tr("For"), self.side)

    def carry_out(self) -> Done | Refused:
        """Keep the heading."""
        side = EntryKind(self.side.currentData())
        return money.save_heading(self.book.register, self.name.text(), side)


class LoanDialog(SmallForm):
    """One fund lends another, so that neither is spent on what it is not for."""

    def __init__(self, book: Book, loan: Loan | None = None, parent: QWidget | None = None) -> None:
        super().__init__(book, "Change a loan" if loan else "Note a loan", "Save it", parent)
        self._loan = loan
        funds = [(f.name, f.id) for f in money.books(book.register).funds.values()]
        self.lender, self.borrower = Choice(self.looks, ""), Choice(self.looks, "")
        fill(self.lender, funds, loan.from_fund_id if loan else None)
        last = funds[-1][1] if funds else None
        fill(self.borrower, funds, loan.to_fund_id if loan else last)
        self.amount = self.amount_line(loan.amount_pence if loan else None)
        self.lent = self.day_line(loan.from_on if loan else book.today())
        self.repaid = self.day_line(loan.repaid_on if loan else None)
        self.minute = self.text_box(loan.minute if loan else "")
        row = self.add_row()
        self.add_field("from_fund_id", self.tr("Who lends"), self.lender, into=row)
        self.add_field("to_fund_id", self.tr("Who borrows"), self.borrower, into=row)
        row = self.add_row()
        self.add_field("amount_pence", self.tr("How much (£)"), self.amount, into=row)
        self.add_field("from_on", self.tr("From"), self.lent, into=row)
        self.add_field("repaid_on", self.tr("Paid back on"), self.repaid, into=row)
        self.add_field(
            "minute", self.tr("The decision"), self.minute,
            hint=self.tr("When and by whom it was agreed"),
        )  # fmt: skip

    def read(self) -> LoanDraft:
        """Return the loan as typed."""
        return LoanDraft(
            from_fund_id=self.lender.currentData(), to_fund_id=self.borrower.currentData(),
            amount_pence=self.pence_of(self.amount, "amount_pence") or 0,
            from_on=self.day_of(self.lent, "from_on"),
            repaid_on=self.day_of(self.repaid, "repaid_on"), minute=self.minute.toPlainText(),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep the loan."""
        loan_id = self._loan.id if self._loan else None
        today = self.book.today()
        return money.save_loan(self.book.register, self.read(), loan_id, today=today)
