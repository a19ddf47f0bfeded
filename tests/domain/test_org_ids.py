"""Numbers of charities and companies, as public registers write them."""

import pytest

from app.domain.org_ids import charity_id, company_id, tidy_number
from app.domain.settings import Settings, validate_settings


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("1234567", "GB-CHC-1234567"),
        ("123456", "GB-CHC-123456"),
        ("1234567-1", "GB-CHC-1234567-1"),
        ("sc 012345", "GB-SC-SC012345"),
        ("NIC100123", "GB-NIC-100123"),
        ("12345", ""),
        ("0123456", ""),
        ("ask the vicar", ""),
        ("", ""),
    ],
)
def test_a_charity_number_becomes_its_identifier(typed, known):
    assert charity_id(typed) == known


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("01234567", "GB-COH-01234567"),
        ("1234567", "GB-COH-01234567"),
        ("sc 123456", "GB-COH-SC123456"),
        ("CE012345", "GB-COH-CE012345"),
        ("123456789", ""),
        ("", ""),
    ],
)
def test_a_company_number_becomes_its_identifier(typed, known):
    assert company_id(typed) == known


def test_a_number_is_kept_without_spaces_and_in_capitals():
    assert tidy_number(" sc 012 345 ") == "SC012345"


def test_a_number_that_is_none_has_to_be_corrected():
    ours = Settings(group_name="Movers", charity_number="ask", company_number="1")
    assert [one.field for one in validate_settings(ours)] == ["charity_number", "company_number"]
    fine = Settings(group_name="Movers", charity_number="1234567", company_number="01234567")
    assert validate_settings(fine) == ()
