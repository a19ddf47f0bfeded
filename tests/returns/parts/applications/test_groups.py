"""The 75% tests say yes or no only where that follows from what may be printed."""

import datetime as dt

import pytest

from app.domain.disclosure import Disclosure
from app.domain.errors import TemplateFaulty
from app.figures.bands import band_sets
from app.figures.breakdowns import breakdown
from app.figures.evaluate import Scope, break_down
from app.returns.language.group_sets import group_set, group_sets, read_group_sets
from app.storage.register import Register
from tests import builders
from tests.returns.making import YEAR, filled, tables, texts


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


GROUPS = '[[blocks]]\nkind = "groups"\nof = "nlcf"\n'


def told(made):
    return {row[0].text: texts(row)[1:] for row in tables(made)["groups"].rows}


def women(register, yes, no, unsaid=0):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for sex, number in (("female", yes), ("male", no), ("not_asked", unsaid)):
        for _ in range(number):
            builders.mark(register, at, builders.person(register, sex=sex))


@pytest.mark.parametrize(
    ("yes", "no", "unsaid", "answer", "share"),
    [(15, 5, 0, "Yes", "75%"), (14, 6, 0, "No", "70%"), (15, 0, 5, "Yes", "100%"),
     (14, 0, 6, "Cannot say", "100%"), (9, 6, 5, "No", "60%")],
)  # fmt: skip
def test_three_quarters_are_told_from_all_people(register, yes, no, unsaid, answer, share):
    women(register, yes, no, unsaid)
    row = told(filled(register, GROUPS))["Women and girls"]
    assert row == [str(yes), share, str(unsaid), answer]


def test_a_group_of_which_nothing_is_kept_is_said_to_be_so(register):
    women(register, 8, 0)
    assert told(filled(register, GROUPS))["People who are migrants"][-1] == "Not recorded"


def test_parts_of_a_group_are_told_only_where_it_is_met(register):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for _ in range(9):
        builders.mark(register, at, builders.person(register, birth_year=2012))
    rows = told(filled(register, GROUPS))
    assert rows["– 8 to 15"][-1] == "Yes"
    assert "– Mixed" not in rows


def test_an_answer_follows_from_what_may_be_printed_and_nothing_else(register):
    women(register, 18, 2)
    made = filled(register, GROUPS, disclosure="funder")
    row = told(made)["Women and girls"]
    assert row[0] == "not shown"
    assert row[-1] == "Cannot say"
    assert told(filled(register, GROUPS, disclosure="internal"))["Women and girls"][-1] == "Yes"


def test_rounded_numbers_say_nothing_that_is_not_so(register):
    women(register, 21, 7)  # 75%, and by rounded numbers 20 of 30
    assert told(filled(register, GROUPS))["Women and girls"][-1] == "Yes"
    rounded = told(filled(register, GROUPS, disclosure="nhs"))["Women and girls"]
    assert rounded[-1] == "Cannot say"


def test_girls_are_both_girls_and_young(register):
    women(register, 12, 0)  # of no known age
    blocks = GROUPS.replace("nlcf", "sport_england")
    assert told(filled(register, blocks))["Girls of 5 to 16"][-1] == "Cannot say"
    assert told(filled(register, blocks))["Older people (55 and over)"][-1] == "Cannot say"


@pytest.mark.parametrize("mode", Disclosure)
def test_no_answer_is_at_odds_with_the_book(example, mode):
    made = filled(example, GROUPS, disclosure=mode.value)
    scope = Scope(period=YEAR, bands=band_sets()["standard"])
    for group in group_set("nlcf").groups:
        answer = told(made).get(group.name, [""])[-1]
        if len(group.any_of) != 1 or answer not in {"Yes", "No"}:
            continue
        whole = break_down(example, "people", group.any_of[0].by, scope)
        inside = sum(p.value for p in whole.parts if p.key in group.any_of[0].parts)
        unsaid = sum(
            p.value for p in whole.parts if p.key in {"not_asked", "prefer_not", "not_known"}
        )
        assert (
            (inside >= 0.75 * whole.total)
            if answer == "Yes"
            else (inside + unsaid < 0.75 * whole.total)
        )


def test_every_answer_that_a_group_names_is_one_that_people_can_give(example):
    scope = Scope(period=YEAR, bands=band_sets()["standard"])
    for one in group_sets().values():
        names = {group.name for group in one.groups}
        for group in one.groups:
            assert not group.under or group.under in names
            for answered in (*group.any_of, *group.all_of):
                assert breakdown(answered.by).closed
                keys = {p.key for p in break_down(example, "people", answered.by, scope).parts}
                assert set(answered.parts) <= keys


def test_a_faulty_set_of_groups_is_named():
    with pytest.raises(TemplateFaulty, match=r"groups\.toml, mine"):
        read_group_sets({"mine": {"title": "Mine", "groups": [{"any_of": [{"by": "shoes"}]}]}})


def test_an_empty_book_has_nobody_to_count_by_group(register):
    made = filled(register, GROUPS)
    assert "groups" not in tables(made)
