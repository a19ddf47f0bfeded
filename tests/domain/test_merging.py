"""Joining two records: blanks are filled, what differs is kept unless somebody says otherwise."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.domain.merging import compare, joined
from app.domain.people import Person


def person(number, **details):
    return Person(id=PersonId(number), **{"given_name": "Maryam", **details})


def test_what_both_say_alike_is_not_asked():
    assert compare(person(1, phone="07700 900001"), person(2, phone="07700 900001")) == ()


def test_blanks_of_the_keeper_are_filled():
    kept = joined(person(1), person(2, phone="07700 900001", sex="female"), {})
    assert (kept.phone, kept.sex, kept.id) == ("07700 900001", "female", 1)


def test_what_the_other_leaves_blank_is_not_asked():
    assert compare(person(1, phone="07700 900001"), person(2)) == ()


def test_a_conflict_keeps_the_keepers_unless_told():
    one, other = person(1, area="Linslade"), person(2, area="Soulbury")
    (differing,) = compare(one, other)
    assert differing.conflict
    assert joined(one, other, {}).area == "Linslade"
    assert joined(one, other, {differing.key: True}).area == "Soulbury"


def test_not_asked_is_filled_and_prefer_not_is_an_answer():
    one, other = person(1, sex="prefer_not"), person(2, sex="female")
    assert compare(one, other)[0].conflict
    assert joined(one, other, {}).sex == "prefer_not"
    assert not compare(person(1), person(2, sex="female"))[0].conflict


def test_half_an_address_is_never_made():
    one = person(1, address="3 Mill Lane", postcode="LU7 1AB")
    other = person(2, address="9 Hill Road")
    moved = joined(one, other, {"address": True})
    assert (moved.address, moved.postcode) == ("9 Hill Road", "")


def test_an_age_is_taken_whole():
    one = person(1, age_low=40, age_high=49, age_band_on=dt.date(2026, 1, 1))
    other = person(2, born_on=dt.date(1980, 5, 5))
    moved = joined(one, other, {"born_on": True})
    assert (moved.born_on, moved.age_low, moved.age_band_on) == (dt.date(1980, 5, 5), None, None)


@pytest.mark.parametrize("swapped", [False, True])
def test_who_is_here_by_one_record_is_here(swapped):
    left = person(1, left_on=dt.date(2026, 3, 1), left_reason="Moved")
    here = person(2)
    one, other = (here, left) if swapped else (left, here)
    kept = joined(one, other, {})
    assert (kept.left_on, kept.left_reason) == (None, "")


def test_the_earlier_joining_and_the_later_leaving_count():
    one = person(1, joined_on=dt.date(2025, 5, 1), left_on=dt.date(2025, 9, 1))
    other = person(2, joined_on=dt.date(2024, 1, 1), left_on=dt.date(2026, 2, 1))
    kept = joined(one, other, {})
    assert (kept.joined_on, kept.left_on) == (dt.date(2024, 1, 1), dt.date(2026, 2, 1))


_TEXT = st.sampled_from(["", "a", "b"])
_PEOPLE = st.fixed_dictionaries({"known_as": _TEXT, "phone": _TEXT, "notes": _TEXT, "area": _TEXT})


@given(mine=_PEOPLE, theirs=_PEOPLE)
def test_joining_never_loses_what_only_one_record_says(mine, theirs):
    one, other = person(1, **mine), person(2, **theirs)
    kept = joined(one, other, {})
    for name in mine:
        if mine[name] or theirs[name]:
            assert getattr(kept, name) == (mine[name] or theirs[name])
