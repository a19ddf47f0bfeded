"""Telephone numbers are spaced, and no digit of one is ever lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phones import parted, read_phone, spaced

TYPED = st.text(alphabet="0123456789 +()-./", max_size=24) | st.text(max_size=30)
BRITISH = st.from_regex(r"0[1-37][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01525123456", "01525 123456"), ("07700900123", "07700 900123"), ("0207-946-0000", "020 7946 0000"),
        ("+447700900123", "07700 900123"), ("0044 1525 123456", "01525 123456"),
        ("+44 (0)1525 123456", "01525 123456"), ("7700900123", "07700 900123"),
        ("+353871234567", "+353 87 123 4567"), ("07700900123 (mum)", "07700 900123 (mum)"),
        ("07700900123, 01525123456", "07700 900123, 01525 123456"), ("01525123456 x12", "01525 123456 x12"),
        ("0000000000", "0000000000"), ("999", "999"), ("ask Sue", "ask Sue"), ("", ""),
    ],
)  # fmt: skip
def test_number_is_kept_as_people_write_it(typed, kept):
    assert spaced(typed) == kept


@given(BRITISH)
def test_leading_nought_of_a_british_number_is_never_lost(number):
    kept = spaced(number)
    assert kept.startswith("0")
    assert kept.replace(" ", "") == number
    assert spaced(number[1:]).replace(" ", "") in {number, number[1:]}
    assert spaced("+44" + number[1:]).replace(" ", "") in {number, "+44" + number[1:]}


@given(TYPED)
def test_what_is_kept_is_kept_the_same_when_saved_again(typed):
    assert spaced(spaced(typed)) == spaced(typed)


@given(TYPED)
def test_no_digit_behind_the_way_of_dialling_out_is_lost(typed):
    before, after = (re.sub(r"[^0-9]", "", text) for text in (typed, spaced(typed)))
    assert len(after) >= len(before) - 4 * len(re.findall(r"\+|00", typed))


def test_what_holds_no_number_is_doubtful_but_kept():
    assert read_phone("ask Sue").doubtful
    assert not read_phone("07700 900123 or ask Sue").doubtful
    assert "07700" not in repr(read_phone("07700 900123"))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Ann Bell 07700900123", ("Ann Bell", "07700 900123")), ("Ann Bell, +44 7700 900123", ("Ann Bell", "07700 900123")),
        ("Ann Bell", ("Ann Bell", "")), ("Ann 2", ("Ann 2", "")), ("07700900123", ("07700900123", "")),
    ],
)  # fmt: skip
def test_number_behind_a_name_is_told_from_it(typed, parts):
    assert parted(typed) == parts
