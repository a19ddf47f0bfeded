"""Questionnaires on paper: under a code, in the printed order, to the standards, also large."""

import datetime as dt

import pytest

from app.domain.errors import NotFound, Refused
from app.returns.filled import Paragraph, SheetHead, Table
from app.services import outcomes, returns
from app.services.outcomes import Licence
from tests import builders
from tests.returns.pdf import pdf_checks

AT = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)


@pytest.fixture
def people(register):
    return (
        builders.person(register, "Maryam", "Begum"),
        builders.person(register, "Adam", "Young", born_on=dt.date(2013, 1, 1)),
    )


def pile(register, measure, ids, *, large=False):
    done = outcomes.print_pile(register, measure, ids, large=large)
    return filled(register, pile=str(done.ids[0]))


def filled(register, **answers):
    options = returns.ReturnOptions(answers=answers, counted_at=AT)
    return returns.prepare(register, "questionnaire", options)


def words(made):
    return [run.text for b in made.walk() if isinstance(b, Paragraph) for run in b.runs]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "measure", ["ons4", "loneliness", "activity", "health_care", "ageing_well"]
)
def test_every_measure_prints_to_the_standards(register, people, measure, large):
    made = pile(register, measure, people[:1], large=large)
    rendered = returns.render_pdf(made)
    assert pdf_checks.faults(rendered.pdf, title=made.title) == []
    assert pdf_checks.listening_faults(rendered.pdf) == []
    text = pdf_checks.text_of(rendered.pdf)
    assert "Begum" not in text
    assert "Maryam" not in text
    assert outcomes.codes_of(register, people)[people[0]] in text
    assert rendered.pages <= 1 + large, "one sheet of paper a person"


def test_large_print_is_of_18_points(register, people):
    made = pile(register, "ons4", people, large=True)
    asked = [b for b in made.walk() if isinstance(b, (Paragraph, Table))]
    assert {block.font_size for block in asked} == {18.0}


def test_a_pile_is_in_its_order_and_each_is_asked_what_is_for_their_age(register, people):
    made = pile(register, "ons4", (people[1], people[0]))
    heads = [b for b in made.walk() if isinstance(b, SheetHead)]
    codes = outcomes.codes_of(register, people)
    assert [head.code for head in heads] == [codes[people[1]], codes[people[0]]]
    assert sum("anxious did you feel" in line for line in words(made)) == 1


def test_goals_are_asked_in_the_persons_words(register, people):
    goal = "Walk to the shop"
    outcomes.set_goal(register, people[0], goal, builders.TODAY, today=builders.TODAY)
    assert f"1. {goal}" in words(pile(register, "goals", people[:1]))


def test_licensed_questions_print_with_the_groups_own_words_and_the_owners_line(register, people):
    with pytest.raises(Refused, match="Record your licence"):
        filled(register, measure="swemwbs")
    texts = {f"q{number}": f"Our question {number}" for number in range(1, 8)}
    licence = Licence(holder="Tea Club", reference="123", item_texts=texts)
    outcomes.record_licence(register, "swemwbs", licence)
    rendered = returns.render_pdf(pile(register, "swemwbs", people[:1]))
    text = pdf_checks.text_of(rendered.pdf)
    assert "Our question 7" in text
    assert "University of Warwick and University of Edinburgh, 2008" in " ".join(text.split())


def test_a_blank_form_has_room_for_the_code_and_says_so(register):
    made = filled(register, measure="loneliness", large="yes")
    assert any("write it on by hand" in warning for warning in made.warnings)
    assert not any("no question called" in warning for warning in made.warnings)


@pytest.mark.parametrize("answers", [{"measure": "happiness"}, {"pile": "1"}, {"pile": "x"}])
def test_what_is_not_there_is_named(register, answers):
    with pytest.raises(NotFound):
        filled(register, **answers)


def test_supplied_measures_are_not_printed(register):
    with pytest.raises(Refused, match="not printed here"):
        filled(register, measure="pam")
