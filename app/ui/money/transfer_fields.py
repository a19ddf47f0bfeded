"""Money moved between our own accounts, or from one fund to another with the decision noted."""

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.ledger import Entry, EntryDraft, FundKind, transfer
from app.services.money import Books
from app.ui.appearance import Appearance
from app.ui.forms.choosing import fill, take
from app.ui.forms.field import Field
from app.ui.widgets.choice import Choice


class TransferFields(QWidget):
    """From where to where."""

    def __init__(self, looks: Appearance, known: Books, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._between_funds = False
        self.account, self.to_account = Choice(looks, ""), Choice(looks, "")
        self.fund, self.to_fund = Choice(looks, ""), Choice(looks, "")
        self.minute = QPlainTextEdit()
        self.minute.setTabChangesFocus(True)
        self.minute.setFixedHeight(looks.px(58))
        accounts = [(a.name, a.id) for a in known.accounts.values() if a.closed_on is None]
        funds = [(f.name, f.id) for f in known.funds.values() if f.closed_on is None]
        fill(self.account, accounts)
        fill(self.to_account, accounts, accounts[1][1] if len(accounts) > 1 else None)
        free = [f.id for f in known.funds.values() if f.kind is FundKind.UNRESTRICTED]
        fill(self.fund, funds, free[0] if free else None)
        others = [f for f in funds if f[1] not in free[:1]]
        fill(self.to_fund, funds, others[0][1] if others else None)
        tr = self.tr
        self.fields = {
            "account_id": Field(tr("From account"), self.account),
            "to_account": Field(tr("To account"), self.to_account),
            "from_fund": Field(tr("From fund"), self.fund),
            "to_fund": Field(tr("To fund"), self.to_fund),
            "minute": Field(
                tr("The decision"), self.minute,
                hint=tr("When and by whom it was agreed: “Committee, 2 Nov 2026, minute 4”"),
            ),
        }  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for keys in (("account_id", "to_account"), ("from_fund", "to_fund")):
            row = QHBoxLayout()
            row.setSpacing(looks.px(12))
            for key in keys:
                row.addWidget(self.fields[key], 1)
            column.addLayout(row)
        column.addWidget(self.fields["minute"])

    def show_between(self, *, funds: bool) -> None:
        """Ask for two funds and the decision, or for two accounts."""
        self._between_funds = funds
        for key in ("to_fund", "minute"):
            self.fields[key].setVisible(funds)
        self.fields["to_account"].setVisible(not funds)
        self.fields["account_id"].say(self.tr("Account") if funds else self.tr("From account"))
        self.fields["from_fund"].say(self.tr("From fund") if funds else self.tr("Whose money"))

    def load(self, entry: Entry) -> None:
        """Show a kept transfer."""
        out = next(line for line in entry.lines if line.amount_pence < 0)
        into = next(line for line in entry.lines if line.amount_pence > 0)
        for choice, value in (
            (self.account, out.account_id), (self.to_account, into.account_id),
            (self.fund, out.fund_id), (self.to_fund, into.fund_id),
        ):  # fmt: skip
            take(choice, value)
        self.minute.setPlainText(entry.minute)

    def draft(self, day: dt.date | None, pence: int, description: str) -> EntryDraft:
        """Return the transfer."""
        account, fund = self.account.currentData(), self.fund.currentData()
        to_account = account if self._between_funds else self.to_account.currentData()
        to_fund = self.to_fund.currentData() if self._between_funds else fund
        return transfer(
            entry_on=day, amount_pence=pence, accounts=(account, to_account),
            funds=(fund, to_fund), description=description,
            minute=self.minute.toPlainText() if self._between_funds else "",
        )  # fmt: skip
