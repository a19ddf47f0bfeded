"""The WELLBY: off by default, only of pairs of life satisfaction, and never without its caveats."""

import datetime as dt

import pytest

from app.domain.outcomes import Answer, ItemState, ResponseDraft
from app.domain.periods import Period
from app.domain.settings import Settings
from app.figures.evaluate import Scope
from app.figures.wellby import wellby
from app.services import figures, outcomes
from app.services import settings as ours
from tests import builders
from tests.builders import TODAY

START = dt.date(2026, 1, 6)
YEAR = Period(first=dt.date(2026, 1, 1), last=TODAY)
ON = Settings(group_name="Movers", wellby=True)


def keep(register, who, day, value):
    given = {"satisfied": Answer(state=ItemState.ANSWERED, value=value)}
    draft = ResponseDraft(person_id=who, measure="ons4", answered_on=day, answers=given)
    assert outcomes.record(register, draft, today=TODAY).ids


def pairs(register, number, *, days=73, before=5, after=7):
    for place in range(number):
        who = builders.person(register, f"P{place}", "Lee")
        keep(register, who, START, before)
        keep(register, who, START + dt.timedelta(days=days), after)


def found(register, settings=ON):
    return wellby(register, settings, Scope(period=YEAR))


def test_it_is_off_unless_somebody_switches_it_on(register):
    pairs(register, 8)
    assert Settings().wellby is False
    assert found(register, Settings()) is None
    told = figures.figures(register, YEAR)["figures"]
    assert not any(name.startswith("wellby") for name in told)


def test_it_is_change_times_time_measured_times_value_less_half(register):
    pairs(register, 10)
    told = found(register)
    # Ten people, 2 points each for 73 days, a fifth of a year: 4 point years. Half of that is 2.
    assert told.point_years == pytest.approx(4)
    assert told.pence == {
        "wellby_low_pence": 2_000_000,
        "wellby_central_pence": 2_600_000,
        "wellby_high_pence": 3_200_000,
    }


def test_what_is_taken_off_can_be_changed(register):
    pairs(register, 10)
    told = found(register, Settings(group_name="Movers", wellby=True, wellby_deadweight=75))
    assert told.pence["wellby_central_pence"] == 1_300_000
    assert "75% is taken off" in told.words


def test_a_change_for_the_worse_is_negative(register):
    pairs(register, 8, before=7, after=5)
    assert found(register).pence["wellby_high_pence"] < 0
    assert "−£" in found(register).words


@pytest.mark.parametrize(
    ("number", "note"),
    [(7, "too few"), (8, "indicative only"), (29, "indicative only"), (30, "")],
)
def test_few_pairs_are_not_valued_and_some_are_indicative(register, number, note):
    pairs(register, number)
    told = found(register)
    assert bool(told.pence) is (number >= 8)
    assert note in told.note
    assert bool(told.note) is bool(note)


def test_everything_that_has_to_be_said_is_said(register):
    pairs(register, 8)
    keep(register, builders.person(register, "Once"), START, 4)
    words = found(register).words
    for said in (
        "Indicative only", "(low)", "(central)", "(high)", "2019 prices", "8 of 8 people",
        "50% is taken off", "no comparison group", "not money saved", "not added", "HM Treasury",
    ):  # fmt: skip
        assert said in words
    assert "[" not in words


def test_who_came_and_was_not_asked_again_is_in_the_rate(register):
    pairs(register, 8)
    once = builders.person(register, "Once")
    keep(register, once, START, 4)
    tea = builders.activity(register)
    builders.mark(register, builders.session(register, tea, START), once)
    assert (found(register).pairs, found(register).could) == (8, 9)


def test_figures_tell_it_where_it_is_on_or_asked_for(register):
    pairs(register, 8)
    asked = figures.figures(register, YEAR, only=["wellby_central_pence"])["figures"]
    assert asked["wellby_central_pence"]["value"] is None
    assert "switched off" in asked["wellby_central_pence"]["note"]
    ours.save(register, ON)
    told = figures.figures(register, YEAR)["figures"]
    assert told["wellby_central_pence"]["value"] == found(register).pence["wellby_central_pence"]
    assert told["wellby_central_pence"]["n"] == 8
