"""Names of dated copies, and which of them are kept."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.backups import (
    LAST_KEPT,
    MONTHS_KEPT,
    DatedCopy,
    copies_kept,
    copy_name,
    read_copy_name,
)

AT = dt.datetime(2026, 11, 22, 21, 4)  # noqa: DTZ001 - names carry no time zone
COPIES = st.sets(
    st.builds(
        DatedCopy,
        made_at=st.datetimes(min_value=AT.replace(year=2022), max_value=AT.replace(year=2027)).map(
            lambda at: at.replace(second=0, microsecond=0)
        ),
        number=st.integers(min_value=1, max_value=3),
    ),
    max_size=150,
)


def _months(copies):
    return Counter((copy.made_at.year, copy.made_at.month) for copy in copies)


def _copies(*moments):
    return [DatedCopy(made_at=at) for at in moments]


def test_name_says_register_day_and_minute():
    assert copy_name("Tea Club", AT, ".hallbook") == "Tea Club 2026-11-22 2104.hallbook"


def test_name_is_read_back_with_its_number():
    one = read_copy_name("Tea Club 2026-11-22 2104.hallbook", "Tea Club", ".hallbook")
    two = read_copy_name("Tea Club 2026-11-22 2104 2.hallbook", "Tea Club", ".hallbook")
    assert (one.made_at, one.number) == (AT, 1)
    assert (two.made_at, two.number) == (AT, 2)
    assert one < two


@pytest.mark.parametrize(
    "name",
    [
        "Tea Club.hallbook",
        "Tea Club 2026-11-22.hallbook",
        "Tea Club 2026-02-31 2104.hallbook",
        "Tea Club 2026-11-22 2504.hallbook",
        "Tea Club 2026-11-22 2104 0.hallbook",
        "Tea Club 2026-11-22 2104.hallbook.77.part",
        "Tea Club 2026-11-22 2104.pdf",
        "Tea Club before restore 2026-11-22 2104.hallbook",
        "Tea Club North 2026-11-22 2104.hallbook",
        "Coffee 2026-11-22 2104.hallbook",
        "Tea Club ٢٠٢٦-11-22 2104.hallbook",
    ],
)
def test_other_name_is_no_copy_of_ours(name):
    assert read_copy_name(name, "Tea Club", ".hallbook") is None


@given(COPIES)
def test_newest_copies_are_always_kept_and_never_more_than_ten_and_twelve(copies):
    kept = copies_kept(copies)
    assert set(sorted(copies)[-LAST_KEPT:]) <= kept <= copies
    assert len(kept) <= LAST_KEPT + MONTHS_KEPT


@given(COPIES)
def test_beside_the_newest_only_the_last_of_each_month_of_a_year_is_kept(copies):
    kept = copies_kept(copies)
    others = kept - set(sorted(copies)[-LAST_KEPT:])
    assert all(count == 1 for count in _months(others).values())
    for copy in others:
        rivals = [c for c in copies if _months([c]) == _months([copy])]
        assert copy == max(rivals)
        newest = max(copies).made_at
        age = (newest.year - copy.made_at.year) * 12 + newest.month - copy.made_at.month
        assert 0 <= age < MONTHS_KEPT


@given(COPIES)
def test_every_month_of_the_last_year_with_a_copy_still_has_one(copies):
    if not copies:
        return
    newest = max(copies).made_at
    year_ago = newest.year * 12 + newest.month - MONTHS_KEPT
    recent = [c for c in copies if c.made_at.year * 12 + c.made_at.month > year_ago]
    assert set(_months(recent)) <= set(_months(copies_kept(copies)))


@given(COPIES)
def test_thinning_twice_is_thinning_once(copies):
    assert copies_kept(copies_kept(copies)) == copies_kept(copies)


def test_copy_every_evening_for_two_years_leaves_ten_days_and_a_year_of_months():
    kept = set()
    for night in range(730):
        kept.add(DatedCopy(made_at=AT + dt.timedelta(days=night)))
        kept = set(copies_kept(kept))
    last = AT + dt.timedelta(days=729)
    months = [(last.year * 12 + last.month - 1 - back) for back in range(12)]
    assert {at.year * 12 + at.month - 1 for at in (c.made_at for c in kept)} == set(months)
    assert len(kept) == LAST_KEPT + MONTHS_KEPT - 1  # the newest stands for this month too


def test_old_copies_of_a_group_that_rested_are_kept():
    old = [AT - dt.timedelta(days=900 + n) for n in range(9)]
    assert len(copies_kept(_copies(AT, *old))) == 10


def test_no_copies_leave_none():
    assert copies_kept([]) == frozenset()
