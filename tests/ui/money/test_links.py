"""From money to people and to paper: payments on a person's page, the returns of a year and of a grant."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.claims import ClaimDraft, ClaimLineDraft
from app.domain.periods import Period
from app.services import money, returns, settings
from app.ui.money.claim_dialog import ClaimDialog
from app.ui.money.entry_dialog import EntryDialog
from app.ui.money.year_part import PRINTED
from tests import builders
from tests.conftest import TODAY
from tests.ui.money.conftest import dialog_of


@pytest.fixture
def helper(purse):
    return builders.person(purse.register, "Priya", "Shah")


@pytest.fixture
def payments(tea_frame, page, purse, helper):
    """A claim of a helper paid and one that waits; their page with its part Payments."""
    for day, what in ((1, "Milk"), (2, "Bus")):
        line = ClaimLineDraft(spent_on=TODAY.replace(day=day), what=what, amount_pence=3_20)
        draft = ClaimDraft(
            person_id=helper, claimed_on=TODAY, lines=(line,), approved_by="Bo Lee",
            approved_on=TODAY,
        )  # fmt: skip
        claim = money.save_claim(purse.register, draft, today=TODAY).ids[0]
        if what == "Milk":
            money.pay_claim(
                purse.register, claim, account_id=purse.cash, fund_id=purse.free, paid_on=TODAY,
                today=TODAY,
            )  # fmt: skip
    tea_frame.open_person(helper)
    person = tea_frame.people.person
    person.tabs.show_part("payments")
    QApplication.processEvents()
    return person.part("payments")


def test_claims_and_payments_stand_on_a_person_s_page(payments):
    assert [payments.paid.index(0, c).data() for c in (1, 3)] == ["Expenses claimed", "−3.20"]
    assert payments.total.text() == "£3.20 paid to them, £0.00 from them"
    assert sorted(payments.claimed.index(n, 2).data() for n in (0, 1)) == ["Approved", "Paid"]


def test_entry_of_a_person_is_opened_in_the_book(payments, empty_window, tea_frame):
    payments.open_button.click()
    dialog = dialog_of(empty_window, EntryDialog)
    assert dialog.payee.text() == "Priya Shah"
    assert tea_frame.page is tea_frame.money


def test_new_claim_begins_with_the_person(payments, empty_window, helper):
    payments.claim_button.click()
    dialog = dialog_of(empty_window, ClaimDialog)
    assert dialog.person.text() == "Priya Shah"
    assert dialog.read().person_id == helper


def test_person_without_money_is_said_so(tea_frame, page, purse):
    tea_frame.open_person(builders.person(purse.register, "Ada", "Shaw"))
    tea_frame.people.person.tabs.show_part("payments")
    part = tea_frame.people.person.part("payments")
    assert part.none.isVisibleTo(part)
    assert part.no_claims.isVisibleTo(part)
    assert not part.open_button.isVisibleTo(part)


# --- the year --------------------------------------------------------------------------------------


@pytest.fixture
def wanted(page):
    asked = []
    page.return_wanted.connect(lambda *one: asked.append(one))
    return asked


def test_each_return_of_a_year_is_made_for_the_year_chosen(page, purse, wanted):
    draft = money.books(purse.register).accounts[purse.bank]
    assert draft.opened_on == dt.date(2026, 4, 1)
    page.tabs.show_part("year")
    buttons = page.year_part.print_buttons
    assert list(buttons) == [
        "receipts-and-payments", "treasurer-report", "shared-costs", "examiners-pack",
    ]  # fmt: skip
    for button in buttons.values():
        button.click()
    so_far = Period(first=dt.date(2026, 4, 1), last=TODAY)
    assert wanted == [(name, so_far, "") for name in buttons]


def test_returns_of_the_year_are_called_what_they_are():
    titles = {info.id: info.title.replace("'", "’") for info in returns.list_templates()}
    assert {name: titles[name] for name in PRINTED} == PRINTED


def test_grant_leads_to_its_evidence_bundle(page, purse, wanted):
    page.show_grant(purse.council)
    page.funds_part.card.evidence.click()
    period = Period(first=dt.date(2026, 4, 1), last=dt.date(2026, 10, 31))
    assert wanted == [("evidence-bundle", period, "TC-1")]


def test_return_opens_with_its_year_and_its_grant(page, purse, tea_frame):
    page.show_grant(purse.trust)
    page.funds_part.card.evidence.click()
    assert tea_frame.page is tea_frame.returns
    returns = tea_frame.returns.front.printing
    assert tea_frame.returns.front.tabs.key == "printing"
    assert returns.templates.template.id == "evidence-bundle"
    assert returns.reference.currentData() == "CT-9"
    assert returns.period.period == Period(first=dt.date(2026, 4, 1), last=TODAY)


@pytest.mark.parametrize("form", ["company", "cic"])
def test_company_is_told_it_cannot_use_receipts_and_payments(page, purse, form, qtbot):
    settings.change(purse.register, "legal_form", form)
    page.tabs.show_part("year")
    part = page.year_part
    qtbot.waitUntil(lambda: "may not use receipts and payments" in part.standing.text())
    assert any("accruals" in label.text() for label in part.findChildren(QLabel))
