"""Ids fit the database, follow the clock, and differ on two laptops."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import new_id

NOW_MS = 1_793_000_000_000
"""A day in late 2026."""


@given(st.integers(0, 4_000_000_000_000))
def test_id_is_a_positive_number_of_63_bits(now_ms):
    assert 0 <= new_id(now_ms) < 2**63


def test_id_with_all_bits_of_chance_still_fits():
    assert new_id(NOW_MS, random_bits=lambda bits: (1 << bits) - 1) < 2**63


def test_later_id_is_larger_whatever_chance_says():
    highest = new_id(NOW_MS, random_bits=lambda bits: (1 << bits) - 1)
    lowest = new_id(NOW_MS + 1, random_bits=lambda _: 0)
    assert highest < lowest


def test_two_laptops_in_the_same_millisecond_rarely_meet():
    ids = {new_id(NOW_MS) for _ in range(200)}
    assert len(ids) >= 199


def test_chance_uses_all_its_bits():
    seen = 0
    for _ in range(200):
        seen |= new_id(NOW_MS) & ((1 << 22) - 1)
    assert seen == (1 << 22) - 1


def test_clock_before_2020_gives_an_id_nevertheless():
    assert new_id(0) < 1 << 22
