"""What people reported, as the window shows it; and one person's way."""

import datetime as dt

from app.domain.attendance import Role
from app.domain.own_measures import OwnMeasureDraft
from app.domain.periods import Period
from app.domain.scoring import Change
from app.services import attendance, outcome_results, outcomes, stories
from app.services.result import Done
from tests import builders
from tests.builders import TODAY
from tests.services.test_outcomes import START, keep

YEAR = Period(first=dt.date(2026, 1, 1), last=TODAY)
LATER = START + dt.timedelta(days=90)


def everything(register, **more):
    look = outcome_results.results_in_steps(register, YEAR, **more)
    while True:
        try:
            next(look)
        except StopIteration as end:
            return {one.scale.id: one for one in end.value}


def asked_twice(register, name, before, after):
    who = builders.person(register, name, "Lee")
    keep(register, who, day=START, given={"satisfied": before})
    keep(register, who, day=LATER, given={"satisfied": after})
    return who


def test_matched_pairs_are_told_with_their_number_and_direction(register):
    for name, before, after in (("Ada", 4, 7), ("Bo", 6, 6), ("Cy", 8, 5)):
        asked_twice(register, name, before, after)
    keep(register, builders.person(register, "Dee"), given={"satisfied": 1})
    told = everything(register)["ons4_satisfied"]
    assert (told.pairs, told.improved, told.same, told.worse) == (3, 1, 1, 1)
    assert (told.before, told.after, told.change) == (6, 6, 0)
    assert told.low < 0 < told.high
    assert told.too_few
    assert [(b.before, b.after) for b in told.bands] == [(1, 0), (1, 2), (1, 1), (0, 0)]
    assert "28 or more days" in told.how


def test_eight_pairs_are_enough(register):
    for number in range(8):
        asked_twice(register, f"P{number}", 5, 6)
    assert not everything(register)["ons4_satisfied"].too_few


def test_the_rows_behind_are_the_people_by_name(register):
    bo = asked_twice(register, "Bo", 4, 7)
    ada = asked_twice(register, "Ada", 7, 4)
    rows = outcome_results.pairs_behind(register, "ons4_satisfied", YEAR)
    assert [(row.person_id, row.name, row.verdict) for row in rows] == [
        (ada, "Lee, Ada", Change.WORSE),
        (bo, "Lee, Bo", Change.IMPROVED),
    ]
    assert (rows[0].before_on, rows[0].after_on) == (START, LATER)


def test_one_activity_leaves_out_who_never_came_to_it(register):
    asked_twice(register, "Ada", 4, 7)
    tea = builders.activity(register)
    assert everything(register, activity_id=tea.id)["ons4_satisfied"].pairs == 0


def test_a_measure_that_is_neither_asked_nor_answered_is_not_shown(register):
    assert everything(register) == {}
    outcomes.use_measure(register, "ons4", asked=True)
    shown = everything(register)
    assert list(shown) == ["ons4_satisfied", "ons4_worthwhile", "ons4_happy", "ons4_anxious"]
    assert shown["ons4_satisfied"].before is None


def test_own_questions_become_a_measure_that_is_asked(register):
    draft = OwnMeasureDraft(title="How was tea?", questions="I felt welcome")
    assert isinstance(outcomes.add_own_questions(register, draft, today=TODAY), Done)
    assert isinstance(outcomes.add_own_questions(register, draft, today=TODAY), Done)
    own = [one for one in outcomes.measures_here(register) if one.measure.own]
    assert [one.measure.id for one in own] == ["own_how_was_tea", "own_how_was_tea_2"]
    assert all(one.use.asked for one in own)
    who = builders.person(register)
    assert isinstance(keep(register, who, "own_how_was_tea", given={"q1": 8}), Done)


def test_a_way_is_told_by_its_first_days(register):
    who, tea = builders.person(register), builders.activity(register)
    days = [dt.date(2026, 9, 1) + dt.timedelta(days=7 * week) for week in range(5)]
    for day in days[:4]:
        builders.mark(register, builders.session(register, tea, day), who)
    led = builders.session(register, tea, days[4])
    builders.mark(register, led, who, role=Role.LEADER)
    attendance.log_hours(register, who, days[2], 60, "Keys", today=TODAY)
    way = stories.journey_of(register, who, today=TODAY)
    assert way.referred_on is None
    assert (way.came_on, way.regular_on) == (days[0], days[3])
    assert (way.volunteer_on, way.leader_on) == (days[2], days[4])


def test_somebody_who_never_came_has_no_way_yet(register):
    who = builders.person(register)
    assert stories.journey_of(register, who, today=TODAY).came_on is None
