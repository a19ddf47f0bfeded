"""What makes a person fit to be kept, and what is said beside the field when not."""

import datetime as dt
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.equality import ANSWERS, NOT_ASKED, Question
from app.domain.ids import PersonId
from app.domain.people import DRAFT_FIELDS, Person, PersonDraft, age_on, validate_person

TODAY = dt.date(2026, 11, 3)
MARYAM = PersonDraft(given_name="Maryam", family_name="Begum")


def _codes(draft):
    return [(problem.code, problem.field) for problem in validate_person(draft, today=TODAY)]


@pytest.mark.parametrize("name", ["given_name", "family_name", "known_as"])
def test_one_name_is_enough(name):
    assert _codes(PersonDraft(**{name: "Nan"})) == []


def test_somebody_without_any_name_is_asked_for_one():
    assert _codes(PersonDraft(phone="07700 900001")) == [("name_needed", "given_name")]


@pytest.mark.parametrize("name", ["given_name", "family_name", "known_as", "own_script_name"])
def test_name_of_300_letters_is_too_long_and_says_how_long(name):
    (problem,) = validate_person(replace(MARYAM, **{name: "x" * 300}), today=TODAY)
    assert (problem.code, problem.field) == ("name_too_long", name)
    assert "300" in problem.text
    assert "200" in problem.text
    assert _codes(replace(MARYAM, **{name: "x" * 200})) == []


def test_long_notes_are_kept_and_endless_ones_are_not():
    assert _codes(replace(MARYAM, notes="x" * 10_000)) == []
    assert _codes(replace(MARYAM, notes="x" * 10_001)) == [("text_too_long", "notes")]
    assert _codes(replace(MARYAM, phone="0" * 201)) == [("text_too_long", "phone")]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ({"born_on": dt.date(2026, 11, 4)}, [("born_in_future", "born_on")]),
        ({"born_on": TODAY}, []),
        ({"birth_year": 2027}, [("born_in_future", "birth_year")]),
        ({"birth_year": 2026}, []),
        ({"born_on": dt.date(1905, 6, 1)}, [("born_too_long_ago", "born_on")]),
        ({"birth_year": 1906}, []),
        ({"birth_year": 26}, [("born_too_long_ago", "birth_year")]),
        (
            {"born_on": dt.date(1950, 6, 1), "birth_year": 1951},
            [("birth_year_disagrees", "birth_year")],
        ),
        ({"born_on": dt.date(1950, 6, 1), "birth_year": 1950}, []),
    ],
)
def test_birth_is_neither_in_the_future_nor_beyond_memory(born, expected):
    assert _codes(replace(MARYAM, **born)) == expected


def test_problem_with_a_date_names_it_as_people_write_it():
    (problem,) = validate_person(replace(MARYAM, born_on=dt.date(2026, 11, 4)), today=TODAY)
    assert "on 4 November 2026" in problem.text


def test_nobody_leaves_before_they_join():
    draft = replace(MARYAM, joined_on=dt.date(2026, 5, 2), left_on=dt.date(2026, 5, 1))
    assert _codes(draft) == [("joined_after_left", "left_on")]
    assert _codes(replace(draft, left_on=dt.date(2026, 5, 2))) == []
    assert _codes(replace(draft, joined_on=None)) == []


@pytest.mark.parametrize("name", ["joined_on", "left_on"])
def test_membership_a_thousand_years_ago_is_a_slip(name):
    assert _codes(replace(MARYAM, **{name: dt.date(1026, 5, 1)})) == [("day_out_of_reach", name)]


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ({"age_low": 18, "age_high": 25}, []),
        ({"age_low": 65, "age_high": None}, []),
        ({"age_low": 30, "age_high": 20}, [("age_range", "age_low")]),
        ({"age_low": -1}, [("age_unlikely", "age_low")]),
        ({"age_high": 131}, [("age_unlikely", "age_high")]),
    ],
)
def test_age_band_is_a_band_of_ages(band, expected):
    assert _codes(replace(MARYAM, **band)) == expected


@pytest.mark.parametrize("question", list(Question))
def test_answer_is_one_of_those_the_question_offers(question):
    for answer in ANSWERS[question]:
        assert _codes(replace(MARYAM, **{question.value: answer})) == []
    unknown = replace(MARYAM, **{question.value: "perhaps"})
    assert _codes(unknown) == [("answer_unknown", question.value)]


def test_whoever_was_asked_nothing_has_not_asked_everywhere():
    assert {getattr(PersonDraft(), q.value) for q in Question} == {NOT_ASKED}


def test_every_problem_is_told_at_once():
    draft = PersonDraft(born_on=dt.date(2030, 1, 1), carer="x", age_low=-3)
    assert len(_codes(draft)) == 4


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ((2000, 2, 29), (2001, 2, 28), 0),
        ((2000, 2, 29), (2001, 3, 1), 1),
        ((2000, 2, 29), (2004, 2, 29), 4),
        ((1990, 11, 3), (2026, 11, 2), 35),
        ((1990, 11, 3), (2026, 11, 3), 36),
    ],
)
def test_age_is_whole_years(born, day, age):
    assert age_on(dt.date(*born), dt.date(*day)) == age


@given(st.dates(dt.date(1900, 1, 1), TODAY), st.integers(0, 40_000))
def test_age_grows_by_one_a_year(born, days):
    day = min(born + dt.timedelta(days=days), dt.date(2199, 1, 1))
    age = age_on(born, day)
    assert 0 <= age * 365.24 <= (day - born).days + 1
    assert age_on(born, day.replace(day=1).replace(year=day.year + 1)) - age in {0, 1}


def test_no_detail_of_a_person_is_printed_by_accident():
    texts = {f.name: f"secret {f.name}" for f in fields(PersonDraft) if f.type in {"str", str}}
    person = Person(id=PersonId(7), **texts, born_on=dt.date(1950, 1, 2), birth_year=1950)
    assert "secret" not in repr(person)
    assert "1950" not in repr(person)
    assert "7" in repr(person)


def test_draft_fields_are_those_of_the_draft_in_order():
    assert DRAFT_FIELDS[0] == "given_name"
    assert len(DRAFT_FIELDS) == len(set(DRAFT_FIELDS)) == len(fields(PersonDraft))
