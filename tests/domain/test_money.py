"""Money as it is typed and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import MOST_PENCE, plain_pounds, pounds, read_pounds
from app.domain.problems import Problem


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("12.21", 1221),
        ("£12", 1200),
        ("12.5", 1250),
        (".50", 50),
        ("£1,234.50", 123450),
        (" 1,234,567 ", 123456700),
        ("-3", -300),
        ("−£3.05", -305),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, pence):
    assert read_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "£",
        "twelve",
        "12.345",
        "$120",
        "120 EUR",
        "1,23.00",
        "12,34,567",
        "1.2.3",
        "٣",
        "50p",
        ".",
    ],
)
def test_what_is_no_amount_of_pounds_is_named(typed):
    answer = read_pounds(typed, field="amount_pence")
    assert isinstance(answer, Problem)
    assert (answer.code, answer.field) == ("amount_unknown", "amount_pence")


def test_a_telephone_number_is_no_amount():
    assert read_pounds("100000000.01").code == "amount_too_large"
    assert read_pounds("100,000,000.00") == MOST_PENCE


@given(st.integers(-MOST_PENCE, MOST_PENCE))
def test_what_is_said_reads_back_the_same(pence):
    assert read_pounds(pounds(pence)) == pence
    assert read_pounds(plain_pounds(pence)) == pence
