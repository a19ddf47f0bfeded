"""Figures as plain values: each number, its parts, the rows behind it."""

import datetime as dt
import json

import pytest

from app.domain.errors import NotFound
from app.domain.periods import Period
from app.figures.catalogue import catalogue
from app.services import figures
from app.storage.register import Register
from tests import builders

YEAR = Period(first=dt.date(2025, 11, 4), last=dt.date(2026, 11, 3))


@pytest.fixture
def club(register):
    at = builders.session(register)
    for sex in ("female", "female", "male"):
        builders.mark(register, at, builders.person(register, sex=sex, birth_year=1990))
    return register


def test_every_figure_is_given_with_what_it_means(club):
    found = figures.figures(club, YEAR)
    assert found["period"] == {"from": "2025-11-04", "to": "2026-11-03"}
    assert set(found["figures"]) == set(catalogue())
    people = found["figures"]["people"]
    assert set(people) == {"value", "unit", "n", "title", "definition", "version"}
    assert (people["value"], people["unit"], people["n"]) == (3, "people", 3)


def test_only_some_can_be_asked_for_in_the_order_given(club):
    found = figures.figures(club, YEAR, only=("sessions_held", "people", "people"))
    assert list(found["figures"]) == ["sessions_held", "people"]


def test_parts_have_key_label_and_value_and_say_whether_they_overlap(club):
    people = figures.figures(club, YEAR, only=("people",), by="sex")["figures"]["people"]
    assert [(part["key"], part["label"], part["value"]) for part in people["parts"]] == [
        ("female", "Female", 2),
        ("male", "Male", 1),
        ("prefer_not", "Prefer not to say", 0),
        ("not_asked", "Not asked", 0),
    ]
    assert (people["total"], people["overlapping"]) == (3, False)
    by_activity = figures.figures(club, YEAR, only=("people",), by="activity")["figures"]["people"]
    assert by_activity["overlapping"] is True


def test_without_only_what_cannot_be_broken_down_so_stays_whole(club):
    found = figures.figures(club, YEAR, by="sex")["figures"]
    assert "parts" in found["people"]
    assert "parts" not in found["sessions_held"]


def test_ages_in_another_set_of_bands(club):
    def labels(**asked):
        people = figures.figures(club, YEAR, only=("people",), **asked)["figures"]["people"]
        return [part["label"] for part in people["parts"] if part["value"]]

    assert labels(by="age") == ["26 to 64"]
    assert labels(by="age:sport_england") == ["17 to 54"]
    assert labels(by="age", bands="sport_england") == ["17 to 54"]


def test_the_rows_behind_a_figure_are_what_it_counts(club):
    found = figures.rows(club, "people", YEAR)
    assert found["figure"] == "people"
    assert found["value"] == len(found["rows"]) == 3
    assert {row["name"] for row in found["rows"]} == {"Begum, Maryam"}
    assert set(found["rows"][0]) == set(found["columns"])


def test_one_activity_is_counted_by_itself(club):
    other = builders.session(club, of=builders.activity(club, name="Art"))
    builders.mark(club, other, builders.person(club))
    only = figures.figures(club, YEAR, only=("people",), activity_id=other.activity_id)
    assert only["figures"]["people"]["value"] == 1
    assert len(figures.rows(club, "people", YEAR, activity_id=other.activity_id)["rows"]) == 1


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda r: figures.figures(r, YEAR, only=("peeple",)), "no figure called peeple.*people"),
        (lambda r: figures.rows(r, "peeple", YEAR), "no figure called peeple.*people"),
        (lambda r: figures.figures(r, YEAR, by="height"), "broken down by height.*sex"),
        (lambda r: figures.figures(r, YEAR, by="age:mine"), "age:nlcf"),
        (
            lambda r: figures.figures(r, YEAR, only=("sessions_held",), by="sex"),
            "sessions_held cannot be broken down by sex.*month",
        ),
        (lambda r: figures.figures(r, YEAR, by="age", bands="mine"), "no set of age bands.*nlcf"),
    ],
)
def test_what_there_is_not_is_named_with_what_there_is(club, ask, says):
    with pytest.raises(NotFound, match=says):
        ask(club)


def test_everything_can_be_written_as_json(club):
    for document in (
        figures.figures(club, YEAR, by="month"),
        figures.rows(club, "attendances", YEAR),
        figures.rows(club, "still_coming_12_weeks", YEAR),
    ):
        assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_an_empty_book_gives_noughts_and_none(register):
    found = figures.figures(register, YEAR)["figures"]
    assert found["people"]["value"] == 0
    assert found["average_attendance"]["value"] is None


def test_reason_is_of_the_referral_where_a_figure_counts_referrals(small_example):
    with Register.open(small_example, write=False) as register:
        names = ["referrals_received", "sessions_cancelled"]
        found = figures.figures(register, YEAR, only=names, by="reason")["figures"]
    assert "loneliness" in {part["key"] for part in found["referrals_received"]["parts"]}
    assert found["referrals_received"]["overlapping"] is True
    assert "loneliness" not in {part["key"] for part in found["sessions_cancelled"]["parts"]}
