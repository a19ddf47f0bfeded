"""A window on a small cash book: bank, tin, free money, a tied fund and a grant that ended."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QDialog

from app.domain.grants import BudgetRow, GrantDraft, GrantState
from app.services import money
from tests import builders
from tests.conftest import TODAY
from tests.ui.money.changes import TIED

BEGUN = dt.date(2026, 4, 1)


def dialog_of(window, kind=QDialog):
    return next(d for d in window.findChildren(kind) if d.isVisible())


class Book:
    """Ids by short names, and short ways to enter things."""

    def __init__(self, register):
        self.register = register
        self.tea = builders.activity(register)
        money.prepare_book(register, opened_on=BEGUN, bank_pence=500_00, cash_pence=20_00)
        self.hall = money.save_fund(register, TIED).ids[0]
        known = money.books(register)
        self.bank, self.cash = known.accounts
        self.free = next(f for f in known.funds if f != self.hall)
        self.heads = {heading.name: heading.id for heading in known.headings.values()}
        self.council = self.grant("TC-1", "Town Council", ends_on=dt.date(2026, 10, 31))
        self.trust = self.grant("CT-9", "Community Trust", ends_on=dt.date(2027, 3, 31))
        for grant in (self.council, self.trust):
            line = {"heading_id": self.heads["Grants"], "grant_id": grant}
            self.enter(dt.date(2026, 5, 1), (self.bank, self.hall, 200_00, line), payee="Funder")
        register.take_step()

    def grant(self, reference, funder, ends_on):
        budget = (BudgetRow(heading_id=self.heads["Hall hire"], budget_pence=150_00),
                  BudgetRow(heading_id=self.heads["Materials"], budget_pence=50_00))  # fmt: skip
        draft = GrantDraft(
            reference=reference, funder=funder, state=GrantState.AWARDED, fund_id=self.hall,
            awarded_pence=200_00, starts_on=BEGUN, ends_on=ends_on, budget=budget,
            report_due_on=dt.date(2026, 11, 20),
        )  # fmt: skip
        return money.save_grant(self.register, draft).ids[0]

    def enter(self, day, *parts, **details):
        done = money.save_entry(self.register, builders.entry(day, *parts, **details), today=TODAY)
        assert done.ids, done.text
        return done.ids[0]

    def rent(self, day=TODAY.replace(day=1), pence=-45_00, **details):
        line = {"heading_id": self.heads["Hall hire"], "activity_id": self.tea.id}
        return self.enter(day, (self.bank, self.free, pence, line), payee="Village hall", **details)

    @property
    def entries(self):
        """Every entry, the newest first."""
        work = money.look_through(self.register, money.WantedMoney())
        while True:
            try:
                next(work)
            except StopIteration as end:
                return [money.get_entry(self.register, one) for one in end.value.ids]


@pytest.fixture
def purse(tea_frame):
    return Book(tea_frame.book.register)


@pytest.fixture
def page(tea_frame, purse):
    """The Money page of the small book."""
    tea_frame.go_to("money")
    return tea_frame.money


@pytest.fixture
def form(page, empty_window):
    """The form for a payment or receipt."""
    from app.ui.money.entry_dialog import EntryDialog

    page.add_entry()
    return dialog_of(empty_window, EntryDialog)
