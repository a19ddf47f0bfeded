"""Where numbers are hidden, what to add together is said in words, with the key to set."""

import datetime as dt

import pytest

from app.domain.periods import Period
from app.services.returns import shown
from tests import builders
from tests.returns.making import filled, words

TABLE = '[[blocks]]\nkind = "table"\nfigures = ["people"]\n'
AGES = f'{TABLE}by = "age"\n'
ANSWERED = '[[blocks]]\nkind = "question"\nid = "who"\ntext = "Who?"\n'


def everybody(register, details):
    at = builders.session(register, of=builders.activity(register, name="Art"))
    for many, detail in details:
        for _ in range(many):
            builders.mark(register, at, builders.person(register, **detail))
    return register


@pytest.fixture
def by_age(register):
    years = ((2010, 2), (2006, 9), (1980, 12), (1950, 3), (1940, 6))
    return everybody(register, [(many, {"birth_year": year}) for year, many in years])


@pytest.fixture
def by_ethnicity(register):
    answers = [("white_british", 9), ("white_irish", 2), ("asian_indian", 3), ("asian_chinese", 6)]
    return everybody(register, [(many, {"ethnicity": answer}) for answer, many in answers])


def test_small_ages_are_to_join_their_neighbours(by_age):
    one = filled(by_age, AGES, disclosure="funder")
    (said,) = shown.merge_suggestions(one)
    assert (said.figure, said.by, said.key, said.would_be) == ("people", "age", "merge = true", 0)
    assert said.sentence in one.warnings
    assert "added together, and none is: write merge = true in that block" in said.sentence
    after = filled(by_age, f"{AGES}merge = true\n", disclosure="funder")
    assert shown.merge_suggestions(after) == ()
    assert shown.hidden_numbers(after) == ()


def test_a_fine_table_is_to_become_the_coarse_one(by_ethnicity):
    one = filled(by_ethnicity, f'{TABLE}by = "ethnicity"\n', disclosure="funder")
    (said,) = shown.merge_suggestions(one)
    assert said.key == 'by = "ethnicity_group"'
    coarse = filled(by_ethnicity, f"{TABLE}{said.key}\n", disclosure="funder")
    assert len(shown.hidden_numbers(coarse)) == said.would_be < said.hidden


def test_in_an_answer_it_is_said_how_to_write_it_there(by_ethnicity):
    typed = {"who": "{table:people/ethnicity}"}
    one = filled(by_ethnicity, ANSWERED, disclosure="funder", answers=typed)
    (said,) = shown.merge_suggestions(one)
    assert said.key == "{table:people/ethnicity_group}"
    assert f"write {said.key} in the answer" in said.sentence


def test_small_places_are_to_become_one_line(register):
    places = [("Oak", 9), ("Elm", 3), ("Ash", 2), ("Yew", 12)]
    everybody(register, [(many, {"area": area}) for area, many in places])
    one = filled(register, f'{TABLE}by = "area"\n', disclosure="funder")
    (said,) = shown.merge_suggestions(one)
    assert said.key == "merge = true"
    assert "Ash and Elm added together" in said.sentence


@pytest.mark.parametrize("mode", ["internal", "funder"])
def test_where_nothing_is_hidden_nothing_is_suggested(register, mode):
    everybody(register, [(9, {"birth_year": 1980}), (12, {"birth_year": 2010})])
    assert shown.merge_suggestions(filled(register, AGES, disclosure=mode)) == ()


def test_what_would_hide_as_much_is_not_suggested(register):
    everybody(register, [(2, {"birth_year": 1980})])
    assert shown.merge_suggestions(filled(register, AGES, disclosure="funder")) == ()


def test_the_lowest_of_many_is_not_said_of_those_that_are_shown_only(register):
    club = builders.activity(register, name="Art")
    who = [builders.person(register) for _ in range(9)]
    for month, many in ((1, 9), (2, 2), (3, 8)):
        at = builders.session(register, of=club, day=dt.date(2026, month, 9))
        for one in who[:many]:
            builders.mark(register, at, one)
    said = '[[blocks]]\nkind = "text"\ntext = "{attendances/month.lowest} to {attendances/month.highest}."'
    spring = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 3, 31))
    assert words(filled(register, said, period=spring)) == ["2 to 9."]
    assert words(filled(register, said, disclosure="funder")) == ["0 to 9."]  # April is shown
    (outside,) = words(filled(register, said, disclosure="funder", period=spring))
    assert outside in {"Some to 9.", "Fewer than 5 to 9."}
