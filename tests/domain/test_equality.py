"""Every equality question keeps *prefer not to say* and *not asked* apart, at its end."""

import pytest

from app.domain.equality import (
    ANSWERS,
    ETHNIC_GROUPS,
    ETHNICITY,
    NOT_ASKED,
    PREFER_NOT,
    Question,
    ethnic_group,
)
from app.storage.register import Register


@pytest.mark.parametrize("question", list(Question))
def test_every_question_ends_with_prefer_not_and_not_asked(question):
    assert list(ANSWERS[question])[-2:] == [PREFER_NOT, NOT_ASKED]
    assert len(set(ANSWERS[question].values())) == len(ANSWERS[question])


def test_there_are_19_ethnicities_in_five_groups():
    codes = [code for code in ETHNICITY if code not in {PREFER_NOT, NOT_ASKED}]
    assert len(codes) == 19
    groups = [ethnic_group(code) for code in codes]
    assert list(dict.fromkeys(groups)) == [
        g for g in ETHNIC_GROUPS if g not in {PREFER_NOT, NOT_ASKED}
    ]
    assert {g: groups.count(g) for g in groups} == {
        "white": 5, "mixed": 4, "asian": 5, "black": 3, "other": 2,
    }  # fmt: skip


@pytest.mark.parametrize("answer", [PREFER_NOT, NOT_ASKED])
def test_no_answer_is_its_own_group(answer):
    assert ethnic_group(answer) == answer
    assert answer in ETHNIC_GROUPS


@pytest.mark.parametrize("question", list(Question))
def test_database_takes_exactly_the_answers_the_question_offers(question):
    with Register.in_memory() as register, register.all_or_nothing():
        for number, answer in enumerate(ANSWERS[question], start=1):
            row = {"id": number, "known_as": "Nan", "sort_key": "nan", "search_text": "nan"}
            register.insert("person", {**row, question.value: answer})
        sql = register.value("SELECT sql FROM sqlite_master WHERE name = 'person'")
        allowed = sql.split(f"CHECK ({question.value} IN (")[1].split("))")[0]
        assert {word.strip().strip("'") for word in allowed.split(",")} == set(ANSWERS[question])
