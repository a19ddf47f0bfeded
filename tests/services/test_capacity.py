"""Room, waiting and how often an activity was full, as somebody who refers people asks."""

import datetime as dt

import pytest

from app.domain.capacity import typical_days
from app.domain.periods import Period
from app.services import activities, capacity, people
from app.storage.snapshot import Snapshot
from tests import builders
from tests.builders import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def tea(register):
    return builders.activity(register, capacity=3)


def stands(register, tea):
    return capacity.capacity_of(register, tea.id, today=TODAY)


def joins(register, tea, name, day=TODAY, role="participant"):
    person = builders.person(register, name)
    activities.put_on_register(register, tea.id, person, day, role=role, today=TODAY)
    return person


def waits(register, tea, name, since, got=None):
    person = builders.person(register, name)
    activities.let_wait(register, tea.id, person, since, today=TODAY)
    if got is not None:
        activities.put_on_register(register, tea.id, person, got, today=TODAY)
    return person


def test_room_is_places_less_participants_on_the_register(register, tea):
    ann = joins(register, tea, "Ann")
    joins(register, tea, "Bea", role="volunteer")
    joins(register, tea, "Cat", day=TODAY + DAY)
    gone = builders.person(register, "Dot", joined_on=TODAY - 9 * DAY)
    activities.put_on_register(register, tea.id, gone, TODAY - 9 * DAY, today=TODAY)
    assert people.leave(register, gone, TODAY - DAY, today=TODAY).ids
    one = stands(register, tea)
    assert (one.on_it, one.room, one.can_take, one.can_take_on) == (1, 2, 2, None)
    people.merge_people(register, ann, joins(register, tea, "Anne"))
    assert stands(register, tea).on_it == 1


def test_there_is_no_room_below_nobody_and_no_limit_without_places(register, tea):
    for name in ("Ann", "Bea", "Cat", "Dot"):
        joins(register, tea, name)
    assert stands(register, tea).room == 0
    walk = builders.activity(register, name="Walk")
    assert (stands(register, walk).room, stands(register, walk).can_take) == (None, None)


def test_what_is_said_by_hand_stands_before_the_register_and_is_dated(register, tea):
    capacity.say_can_take(register, tea.id, 0, today=TODAY - DAY)
    one = stands(register, tea)
    assert (one.room, one.can_take, one.can_take_on) == (3, 0, TODAY - DAY)
    capacity.say_can_take(register, tea.id, 0, today=TODAY)
    assert stands(register, tea).can_take_on == TODAY
    capacity.say_can_take(register, tea.id, None, today=TODAY)
    assert (stands(register, tea).can_take, stands(register, tea).can_take_on) == (3, None)
    refused = capacity.say_can_take(register, tea.id, -1, today=TODAY)
    assert [problem.code for problem in refused.problems] == ["can_take_range"]
    gone = capacity.say_can_take(register, 1, 1, today=TODAY)
    assert [problem.code for problem in gone.problems] == ["activity_gone"]


def test_the_typical_wait_is_of_places_got_in_the_last_12_months(register, tea):
    year_ago = TODAY.replace(year=TODAY.year - 1)
    waits(register, tea, "Ann", year_ago - 90 * DAY, year_ago)
    waits(register, tea, "Bea", year_ago + DAY - 10 * DAY, year_ago + DAY)
    waits(register, tea, "Cat", TODAY - 25 * DAY, TODAY)
    waits(register, tea, "Dot", TODAY - 40 * DAY)
    gives_up = waits(register, tea, "Eve", TODAY - 300 * DAY)
    capacity.give_up_place(register, tea.id, gives_up, today=TODAY)
    one = stands(register, tea)
    assert one.waits == (10, 25)
    assert (one.typical_wait, one.waiting, one.longest_wait) == (18, 1, 40)


@pytest.mark.parametrize(
    ("days", "typical"), [((), None), ((5,), 5), ((1, 2), 2), ((1, 3, 90), 3), ((2, 4), 3)]
)
def test_typical_days_are_the_median(days, typical):
    assert typical_days(days) == typical


def test_the_longest_waiting_is_offered_the_place_first(register, tea):
    second = waits(register, tea, "Ann", TODAY - 5 * DAY)
    first = waits(register, tea, "Bea", TODAY - 6 * DAY)
    order = [one.person.id for one in capacity.waiting_in_order(register, tea.id)]
    assert order == [first, second]
    assert capacity.offer_place(register, tea.id, first, today=TODAY).ids
    assert (stands(register, tea).on_it, stands(register, tea).waiting) == (1, 1)
    for change in (capacity.offer_place, capacity.give_up_place):
        refused = change(register, tea.id, first, today=TODAY)
        assert [problem.code for problem in refused.problems] == ["not_waiting"]


def refused_full(register, activity, *days, reason="full"):
    with register.transaction("test"):
        for day in days:
            number = register.new_id()
            register.insert(
                "referral",
                {
                    "id": number, "person_id": register.value("SELECT min(id) FROM person"),
                    "activity_id": activity, "received_on": day.isoformat(),
                },
            )  # fmt: skip
            register.insert(
                "referral_step",
                {
                    "id": register.new_id(), "referral_id": number, "step": "not_accepted",
                    "step_on": day.isoformat(), "reason": reason,
                },
            )  # fmt: skip


def test_being_full_is_evidence_by_month_and_activity(register, tea):
    builders.person(register)
    refused_full(register, tea.id, dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    refused_full(register, None, dt.date(2026, 10, 5))
    refused_full(register, tea.id, dt.date(2026, 9, 30), dt.date(2025, 11, 3))
    refused_full(register, tea.id, dt.date(2026, 10, 2), reason="risk")
    autumn = Period(first=dt.date(2026, 9, 30), last=dt.date(2026, 10, 31))
    found = [(m.month, m.activity, m.times) for m in capacity.full_by_month(register, autumn)]
    assert found == [("2026-09", "Tea Club", 1), ("2026-10", "", 1), ("2026-10", "Tea Club", 2)]
    with Snapshot.of(register) as snapshot:
        assert capacity.full_by_month(snapshot, autumn) == capacity.full_by_month(register, autumn)
    assert stands(register, tea).full == 3


def test_activities_stand_together_as_each_by_itself(register, tea):
    builders.activity(register, name="Walk")
    joins(register, tea, "Ann")
    together = capacity.capacities(register, today=TODAY)
    assert [one.activity.name for one in together] == ["Tea Club", "Walk"]
    assert together[0] == stands(register, tea)
