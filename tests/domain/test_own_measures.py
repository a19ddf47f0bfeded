"""A group's own measure: plain answers become a file that reads back as meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.measure_file import read_measure
from app.domain.measures import Better, Scoring
from app.domain.names import clean
from app.domain.own_measures import OwnMeasureDraft, OwnScoring, definition_of, validate_own

TEA = OwnMeasureDraft(
    title="How was tea?",
    questions="I felt welcome\n\n  The tea was hot  ",
    low=1,
    high=5,
    low_words="not at all",
    high_words="very much",
)


def made(draft, taken=frozenset()):
    assert validate_own(draft) == ()
    return read_measure(definition_of(draft, taken), "own", own=True)


def test_each_question_stands_by_itself():
    measure = made(TEA)
    assert measure.id == "own_how_was_tea"
    assert [item.wording for item in measure.items] == ["I felt welcome", "The tea was hot"]
    assert [scale.id for scale in measure.scales] == ["own_how_was_tea_q1", "own_how_was_tea_q2"]
    assert {(s.low, s.high) for s in measure.scales} == {(1, 5)}
    assert measure.items[0].low_anchor == "not at all"


@pytest.mark.parametrize(
    ("scoring", "ends"), [(OwnScoring.SUM, (2, 10)), (OwnScoring.MEAN, (1, 5))]
)
def test_questions_together_have_one_scale_with_its_ends(scoring, ends):
    draft = OwnMeasureDraft(
        title="Tea", questions="A\nB", low=1, high=5, scoring=scoring, better=Better.LOWER,
        meaningful_change=0.5,
    )  # fmt: skip
    (scale,) = made(draft).scales
    assert (scale.low, scale.high) == ends
    assert scale.scoring is Scoring(scoring.value)
    assert scale.better is Better.LOWER
    assert scale.meaningful_change == 0.5


def test_a_taken_id_gets_a_number():
    assert made(TEA, frozenset({"own_how_was_tea"})).id == "own_how_was_tea_2"
    assert made(TEA, frozenset({"own_how_was_tea_q1"})).id == "own_how_was_tea_2"


def test_what_is_missing_is_said_beside_its_field():
    problems = validate_own(OwnMeasureDraft(title=" ", questions="\n", low=5, high=5))
    assert {p.field: p.code for p in problems} == {
        "title": "own_title_needed",
        "questions": "own_questions_needed",
        "high": "own_ends_backwards",
    }
    many = OwnMeasureDraft(title="Tea", questions="\n".join(f"Question {n}" for n in range(13)))
    assert [p.code for p in validate_own(many)] == ["own_questions_many"]


@given(title=st.text(max_size=60), questions=st.text(max_size=200), words=st.text(max_size=20))
def test_any_words_read_back_as_typed(title, questions, words):
    draft = OwnMeasureDraft(title=title, questions=questions, low_words=words, intro=words)
    if validate_own(draft):
        return
    measure = made(draft)
    assert measure.title == clean(title)
    assert tuple(item.wording for item in measure.items) == draft.asked
    assert measure.intro == clean(words)
