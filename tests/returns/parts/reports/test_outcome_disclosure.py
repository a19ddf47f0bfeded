"""Outcomes of fewer than 8 pairs are not said outside the group."""

import datetime as dt

import pytest

from app.domain.disclosure import Disclosure
from app.domain.ids import PersonId
from app.domain.outcomes import Answer, ItemState, ResponseDraft
from app.domain.periods import Period
from app.domain.settings import Settings
from app.figures.evaluate import Scope, count
from app.figures.outcomes import every_figure
from app.returns.counting.hiding import hide
from app.returns.counting.numbers import TOO_FEW, Numbers
from app.returns.filled import plain
from app.services import outcomes, settings
from tests import builders
from tests.builders import TODAY
from tests.returns.making import filled, tables

SCOPE = Scope(period=Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31)))
IDS = [name for name in every_figure() if name.startswith("ons4_satisfied_")]
BANDS = ("ons4_satisfied_band_after", "band")
OUTSIDE = [Disclosure.FUNDER, Disclosure.PUBLIC]


def numbers_given(register, many, scores):
    """Add people who gave these scores on these days; return their ids."""
    found = [builders.person(register, f"Person{number}") for number in range(many)]
    for who in found:
        for day, score in scores:
            given = {"satisfied": Answer(state=ItemState.ANSWERED, value=score)}
            draft = ResponseDraft(
                person_id=PersonId(who), measure="ons4", answered_on=day, answers=given
            )
            assert outcomes.record(register, draft, today=TODAY).ids
    return found


def numbers(register, pairs, mode):
    numbers_given(register, pairs, ((dt.date(2026, 1, 5), 4), (dt.date(2026, 4, 6), 9)))
    counted = count(register, SCOPE, ids=IDS, parts=(BANDS,))
    hiding = hide(counted.values, counted.parts, (BANDS,), mode)
    return Numbers(
        scope=SCOPE, mode=mode, totals=counted.values, parts=counted.parts, hiding=hiding
    )


@pytest.mark.parametrize("mode", OUTSIDE)
def test_seven_pairs_are_too_few_to_say_in_every_figure_and_band(register, mode):
    found = numbers(register, 7, mode)
    for name in IDS:
        said = found.total(name)
        assert said.hidden or not said.number, name
    assert found.total("ons4_satisfied_change").text == TOO_FEW
    for part in found.broken_down(*BANDS).parts:
        assert found.part(*BANDS, part).hidden or not part.value


def test_eight_pairs_are_enough_for_a_mean_and_its_interval(register):
    found = numbers(register, 8, Disclosure.FUNDER)
    assert found.total("ons4_satisfied_change").number == 5
    assert found.total("ons4_satisfied_change_low").number == 5
    assert found.total("ons4_satisfied_improved").number == 8


def test_inside_the_group_everything_is_said(register):
    found = numbers(register, 2, Disclosure.INTERNAL)
    assert found.total("ons4_satisfied_pairs").number == 2
    assert found.total("ons4_satisfied_change").number == 5


SATISFIED = '[[blocks]]\nkind = "outcomes"\nscales = ["ons4_satisfied"]'


@pytest.mark.parametrize(
    ("mode", "once", "said"),
    [
        ("internal", 3, "8 of 11 people who could"),
        ("funder", 3, "8 people were asked twice, and a few who could have been were not;"),
        ("funder", 5, "8 of 13 people who could"),
        ("nhs", 8, "10 of 15 people who could"),
        ("public", 3, "Some of the people who could have been asked twice were;"),
    ],
)
def test_beside_the_value_of_wellbeing_few_who_were_not_asked_again_are_no_number(
    register, mode, once, said
):
    settings.save(register, Settings(group_name="Movers", wellby=True))
    who = numbers_given(register, 8, ((dt.date(2026, 1, 5), 4), (dt.date(2026, 4, 6), 9)))
    at = builders.session(register, day=dt.date(2026, 4, 6))
    for one in (*who, *numbers_given(register, once, ((dt.date(2026, 1, 5), 4),))):
        builders.mark(register, at, one)
    (table,) = tables(filled(register, SATISFIED, disclosure=mode)).values()
    assert said in plain(table.notes[-1])
