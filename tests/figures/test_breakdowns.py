"""Parts come in a steady order with the words people use."""

import datetime as dt
import re

import pytest

from app.domain.periods import Period
from app.figures.bands import band_set, band_sets, read_sets
from app.figures.breakdowns import (
    breakdown,
    breakdowns,
    find_breakdown,
    part_names,
    read_breakdowns,
    whole_of,
)
from app.figures.definition import DefinitionFault
from app.figures.evaluate import Scope, break_down, break_downs, count, cross
from tests.figures.book import Book

YEAR = Period(first=dt.date(2025, 11, 15), last=dt.date(2026, 2, 3))


def names(cut, found=(), labels=None):
    return part_names(breakdown(cut), labels or {}, found, YEAR, band_set())


def test_months_without_anything_are_there():
    assert names("month") == (
        ("2025-11", "November 2025"), ("2025-12", "December 2025"), ("2026-01", "January 2026"),
        ("2026-02", "February 2026"),
    )  # fmt: skip


def test_quarters_are_those_of_the_calendar():
    assert names("quarter") == (
        ("2025-Q4", "October to December 2025"), ("2026-Q1", "January to March 2026"),
    )  # fmt: skip


def test_weeks_begin_on_monday():
    assert [label for _, label in names("weekday")][:2] == ["Monday", "Tuesday"]
    assert len(names("weekday")) == 7


@pytest.mark.parametrize("cut", [c.id for c in breakdowns().values() if c.demographic])
def test_every_table_about_people_has_both_rows_of_the_unknown(cut):
    assert names(cut)[-2:] == (("prefer_not", "Prefer not to say"), ("not_asked", "Not asked"))


def test_guests_stand_last():
    assert names("sex", {"guests", "male"})[-1] == ("guests", "Guests (not named)")


def test_areas_are_in_order_and_what_is_not_recorded_follows():
    labels = {"linslade": "Linslade", "bury park": "bury park", "": ""}
    assert names("area", labels, labels) == (
        ("bury park", "bury park"), ("linslade", "Linslade"), ("", "Not recorded"),
    )  # fmt: skip


def test_activities_are_called_by_name_and_none_is_last():
    found, labels = {"7", "3", "no_activity"}, {"7": "Walk", "3": "Zumba", "9": "Lunch"}
    assert names("activity", found, labels) == (
        ("7", "Walk"), ("3", "Zumba"), ("no_activity", "Outside any activity"),
    )  # fmt: skip


def test_reasons_in_free_words_follow_the_usual_ones():
    found = {"weather", "hall_closed", "Boiler broke"}
    assert names("reason", found, {reason: reason for reason in found}) == (
        ("hall_closed", "Hall closed"), ("weather", "Weather"), ("Boiler broke", "Boiler broke"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("month", "month"), ("Age Band", "age"), ("age-bands", "age"), ("age:NLCF", "age:nlcf"),
        ("ethnicity group (5)", "ethnicity_group"), ("ethnicity (19)", "ethnicity"),
        ("postcode district", "postcode_district"), ("age band:five year", "age:five_year"),
    ],
)  # fmt: skip
def test_breakdowns_are_found_as_people_type_them(typed, found):
    assert find_breakdown(typed).id == found


@pytest.mark.parametrize("typed", ["", "moon", "age:moon", ":"])
def test_what_is_no_breakdown_is_not_found(typed):
    assert find_breakdown(typed) is None


@pytest.mark.parametrize("finer", [c.id for c in breakdowns().values() if c.within])
def test_finer_parts_lie_in_a_part_that_is_there(finer):
    coarse = {key for key, _ in names(breakdown(finer).within)}
    lying_in = [whole_of(finer, key) for key, _ in names(finer)]
    assert {where for where, _ in lying_in} == {breakdown(finer).within}
    assert {key for _, key in lying_in} == coarse


def test_a_breakdown_that_is_not_finer_than_another_lies_in_none():
    assert whole_of("sex", "female") is None
    assert whole_of("age:nlcf", "0-1") is None


def test_only_ages_have_sets_of_bands():
    with pytest.raises(KeyError):
        breakdown("sex:nlcf")


def test_every_set_of_bands_has_a_title_and_a_source():
    assert {"standard", "nlcf", "nottinghamshire", "five_year"} <= band_sets().keys()
    assert all(bands.title and bands.source for bands in band_sets().values())


GOOD = {"title": "Moon", "about": "event", "part": "day", "names": "open"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"about": "moon"}, "breakdowns.toml, moon: about or names is not one we know."),
        ({"names": "moons"}, "breakdowns.toml, moon: about or names is not one we know."),
        ({"within": "sky"}, "breakdowns.toml, moon: there is no 'sky'."),
        ({"colour": "red"}, "breakdowns.toml, moon: "),
    ],
)
def test_a_faulty_breakdown_is_named(change, said):
    with pytest.raises(DefinitionFault, match=re.escape(said)):
        read_breakdowns({"moon": GOOD | change})


@pytest.mark.parametrize("values", [{}, {"title": "X", "bounds": [5, 3], "source": ""}])
def test_a_faulty_set_of_bands_is_named(values):
    with pytest.raises(DefinitionFault, match=r"bands\.toml, moon: "):
        read_sets({"moon": values})


WALK = Book(
    people=[{"id": 1, "sex": "female"}, {"id": 2, "sex": "male"}],
    activities=[{"id": 1, "name": "Walk"}, {"id": 2, "name": "Lunch"}],
    sessions=[
        {"id": 1, "on": "2025-12-01", "marks": {1: "present", 2: "present"}, "guests": 1},
        {"id": 2, "on": "2026-01-05", "activity": 2, "marks": {1: "present"}},
    ],
)


def test_a_figure_says_so_when_it_is_not_broken_down_that_way(filled):
    with pytest.raises(KeyError, match="sessions_held is not broken down by sex"):
        break_down(filled(WALK), "sessions_held", "sex", Scope(period=YEAR))


def test_two_ways_at_once(filled):
    table = cross(filled(WALK), "attendances", "activity", "sex", Scope(period=YEAR))
    assert [row.label for row in table.rows] == ["Lunch", "Walk"]
    by_row = {
        row.label: {cell.key: cell.value for cell in cells if cell.value}
        for row, cells in zip(table.rows, table.cells, strict=True)
    }
    assert by_row == {"Lunch": {"female": 1}, "Walk": {"female": 1, "male": 1, "guests": 1}}
    assert table.total == 4
    assert not table.rows_overlap


def test_people_overlap_between_activities_but_not_between_sexes(filled):
    table = cross(filled(WALK), "people", "activity", "sex", Scope(period=YEAR))
    assert table.rows_overlap
    assert not table.columns_overlap
    assert [row.value for row in table.rows] == [1, 2]
    assert table.total == 2


def test_asking_for_nothing_gives_nothing(filled):
    nothing = count(filled(WALK), Scope(period=YEAR))
    assert (nothing.values, nothing.parts, nothing.tables) == ({}, {}, {})


def test_several_are_broken_down_by_one_statement(filled):
    pairs = [("people", "sex"), ("attendances", "sex")]
    found = break_downs(filled(WALK), pairs, Scope(period=YEAR))
    assert [(cut.figure.id, cut.total) for cut in found] == [("people", 2), ("attendances", 4)]


def test_two_sets_of_bands_go_side_by_side(filled):
    pairs = [("people", "age"), ("people", "age:nlcf")]
    parts = count(filled(WALK), Scope(period=YEAR), parts=pairs).parts
    assert [len(parts[pair].parts) for pair in pairs] == [9, 10]
