"""Which accounts a group may use, by what it is, what came in, and the day its year ends."""

import pytest

from app.domain.year_end import Scrutiny, Thresholds, accounts_standing

BEFORE = Thresholds(
    receipts_and_payments_up_to=250_000_00, examined_above=25_000_00,
    qualified_examiner_above=250_000_00, audited_above=1_000_000_00,
)  # fmt: skip


@pytest.mark.parametrize(
    ("income", "scrutiny"),
    [
        (25_000_00, Scrutiny.NOBODY),
        (25_000_01, Scrutiny.EXAMINER),
        (250_000_00, Scrutiny.EXAMINER),
        (250_000_01, Scrutiny.QUALIFIED_EXAMINER),
        (1_000_000_01, Scrutiny.AUDITOR),
    ],
)
def test_who_looks_at_the_accounts_goes_by_income(income, scrutiny):
    assert accounts_standing("charity", income, BEFORE).scrutiny is scrutiny


def test_up_to_the_limit_a_charity_may_use_receipts_and_payments():
    assert accounts_standing("charity", 250_000_00, BEFORE).allowed
    above = accounts_standing("charity", 250_000_01, BEFORE)
    assert not above.allowed
    assert "£250,000.01" in above.why_not


@pytest.mark.parametrize("form", ["company", "cic"])
def test_a_company_may_not_use_receipts_and_payments(form):
    standing = accounts_standing(form, 1_00, BEFORE)
    assert not standing.allowed
    assert "company" in standing.why_not
