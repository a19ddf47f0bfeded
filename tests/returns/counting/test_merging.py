"""Small parts are added together before anything is hidden, and the sum stays what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disclosure import Disclosure
from app.figures.breakdowns import breakdown
from app.figures.catalogue import catalogue
from app.figures.evaluate import BrokenDown, Part
from app.returns.counting.merging import OTHERS, merged

PAIR = ("people", "area")


def cut(counts, by="area", figure="people", *, overlapping=False):
    parts = tuple(
        Part(key=key, label=key.title(), value=value, n=value) for key, value in counts.items()
    )
    total = sum(counts.values())
    return BrokenDown(
        figure=catalogue()[figure],
        breakdown=breakdown(by),
        parts=parts,
        total=total,
        n=total,
        overlapping=overlapping,
    )


def lines(found, pair=PAIR):
    return {part.key: part.value for part in found[pair].parts}


def test_small_places_become_one_line():
    found = merged(
        {PAIR: cut({"ash": 12, "elm": 2, "oak": 3, "": 1})}, {"area": 0}, Disclosure.FUNDER
    )
    assert lines(found) == {"ash": 12, OTHERS: 5, "": 1}


def test_if_the_small_together_are_still_few_the_next_smallest_joins_them():
    found = merged({PAIR: cut({"ash": 12, "elm": 1, "oak": 6})}, {"area": 0}, Disclosure.FUNDER)
    assert lines(found) == {"ash": 12, OTHERS: 7}


def test_inside_the_house_only_what_is_beyond_the_lines_is_joined():
    counts = {"ash": 12, "elm": 2, "oak": 3}
    assert lines(merged({PAIR: cut(counts)}, {"area": 0}, Disclosure.INTERNAL)) == counts
    short = merged({PAIR: cut(counts)}, {"area": 1}, Disclosure.INTERNAL)
    assert lines(short) == {"ash": 12, OTHERS: 5}


def test_every_figure_is_added_up_by_how_few_people_there_are():
    parts = {
        PAIR: cut({"ash": 12, "elm": 2, "oak": 3}),
        ("attendances", "area"): cut(
            {"ash": 20, "elm": 90, "oak": 3, "guests": 4}, figure="attendances"
        ),
    }
    found = merged(parts, {"area": 0}, Disclosure.FUNDER)
    assert lines(found, ("attendances", "area")) == {"ash": 20, OTHERS: 93, "guests": 4}


def test_overlapping_parts_and_rates_stay_as_they_are():
    overlapping = {("people", "activity"): cut({"1": 2, "2": 3}, by="activity", overlapping=True)}
    assert merged(overlapping, {"activity": 0}, Disclosure.FUNDER) == overlapping


@pytest.mark.parametrize(
    ("counts", "labels"),
    [
        ({"0-4": 2, "5-10": 7, "11-17": 30, "65+": 20}, ["0 to 10", "11-17", "65+"]),
        ({"0-4": 30, "5-10": 20, "26-64": 3, "65+": 4}, ["0-4", "5-10", "26 and over"]),
        ({"0-4": 1, "5-10": 1}, ["0 to 10"]),
        ({"0-4": 1, "65+": 1}, ["All ages"]),
    ],
)
def test_ages_join_their_neighbours(counts, labels):
    words = {
        "0-4": "0 to 4",
        "5-10": "5 to 10",
        "11-17": "11-17",
        "26-64": "26 to 64",
        "65+": "65 and over",
    }
    one = cut(counts, by="age")
    one = BrokenDown(
        **{
            **{name: getattr(one, name) for name in one.__slots__},
            "parts": tuple(
                Part(key=p.key, label=words[p.key], value=p.value, n=p.n) for p in one.parts
            ),
        }
    )
    found = merged({("people", "age"): one}, {"age": 0}, Disclosure.FUNDER)
    shown = [part.label for part in found["people", "age"].parts]
    assert [
        label if label not in words.values() else next(k for k, v in words.items() if v == label)
        for label in shown
    ] == labels


_COUNTS = st.dictionaries(
    st.from_regex("[a-z]{1,4}", fullmatch=True), st.integers(0, 20), max_size=8
)


@given(_COUNTS, st.integers(0, 4), st.sampled_from(list(Disclosure)))
def test_nothing_is_lost_by_adding_together(counts, most, mode):
    found = merged({PAIR: cut(counts)}, {"area": most}, mode)
    assert sum(lines(found).values()) == sum(counts.values())
