"""How much room each activity has today, who waits for it and how long, how often it was full."""

import datetime as dt
from collections.abc import Generator
from dataclasses import replace

from app.domain.activities import Activity, validate_activity
from app.domain.capacity import Capacity
from app.domain.ids import ActivityId, PersonId
from app.domain.periods import Period, year_ending
from app.domain.problems import Problem
from app.services.activities.keeping import TOPICS, get_activity, list_activities
from app.services.activities.membership import give_up_waiting, put_on_register, waiting_list
from app.services.result import Done, Refused
from app.storage import activities, capacity
from app.storage.capacity import FullMonth
from app.storage.members import Member
from app.storage.place_counts import Source
from app.storage.register import Register

__all__ = [
    "FullMonth",
    "capacities",
    "capacity_of",
    "full_by_month",
    "give_up_place",
    "look_at_capacities",
    "offer_place",
    "say_can_take",
    "waiting_in_order",
]


def capacities(register: Register, *, today: dt.date) -> tuple[Capacity, ...]:
    """Return how every activity stands today for who would refer people, by name."""
    return _together(register, list_activities(register), today)


def capacity_of(register: Register, activity_id: ActivityId, *, today: dt.date) -> Capacity | None:
    """Return how an activity stands today, or None when it is gone or in the bin."""
    activity = get_activity(register, activity_id)
    return _together(register, (activity,), today)[0] if activity else None


def look_at_capacities(
    register: Register, *, today: dt.date
) -> Generator[tuple[int, int], None, tuple[Capacity, ...]]:
    """Look at how every activity stands today, a question at a time; yields (done, total)."""
    return (yield from _parts(register, list_activities(register), today))


def _together(source: Source, chosen: tuple[Activity, ...], today: dt.date) -> tuple[Capacity, ...]:
    parts = _parts(source, chosen, today)
    while True:
        try:
            next(parts)
        except StopIteration as end:
            found: tuple[Capacity, ...] = end.value
            return found


def _parts(
    source: Source, chosen: tuple[Activity, ...], today: dt.date
) -> Generator[tuple[int, int], None, tuple[Capacity, ...]]:
    year = year_ending(today)
    yield 0, 4
    on_it = capacity.on_it(source, today)
    yield 1, 4
    waiting = capacity.waiting(source, today)
    yield 2, 4
    waits = capacity.waits(source, year.first - dt.timedelta(days=1), today)
    yield 3, 4
    full: dict[ActivityId | None, int] = {}
    for one in capacity.full_by_month(source, year.first, year.last):
        full[one.activity_id] = full.get(one.activity_id, 0) + one.times
    return tuple(
        Capacity(
            activity=one,
            on_it=on_it.get(one.id, 0),
            waiting=waiting[one.id][0] if one.id in waiting else 0,
            longest_wait=waiting[one.id][1] if one.id in waiting else None,
            waits=waits.get(one.id, ()),
            full=full.get(one.id, 0),
        )
        for one in chosen
    )


def say_can_take(
    register: Register, activity_id: ActivityId, number: int | None, *, today: dt.date
) -> Done | Refused:
    """Say how many more an activity can take, dated today; None lets the register say it."""
    activity = get_activity(register, activity_id)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    said = replace(activity, can_take=number, can_take_on=None if number is None else today)
    problems = _range(said)
    if problems:
        return Refused(problems=problems)
    text = f"say how many {activity.name} can take"
    with register.transaction(
        "activity.can_take", text=text, topics=TOPICS, subject_id=activity_id
    ):
        activities.change(register, activity_id, said)
    return Done(changes=TOPICS, text=text, ids=(activity_id,))


def _range(activity: Activity) -> tuple[Problem, ...]:
    found = validate_activity(activity)
    return tuple(problem for problem in found if problem.field == "can_take")


def waiting_in_order(register: Register, activity_id: ActivityId) -> tuple[Member, ...]:
    """Return who waits for a place, the longest first: who is offered the next one."""
    return waiting_list(register, activity_id)


def offer_place(
    register: Register, activity_id: ActivityId, person_id: PersonId, *, today: dt.date
) -> Done | Refused:
    """Give somebody who waits the place: onto the register, off the waiting list."""
    refused = _not_waiting(register, activity_id, person_id)
    return refused or put_on_register(register, activity_id, person_id, today, today=today)


def give_up_place(
    register: Register, activity_id: ActivityId, person_id: PersonId, *, today: dt.date
) -> Done | Refused:
    """Take somebody off the waiting list who does not want the place any more."""
    refused = _not_waiting(register, activity_id, person_id)
    return refused or give_up_waiting(register, activity_id, person_id, today=today)


def _not_waiting(
    register: Register, activity_id: ActivityId, person_id: PersonId
) -> Refused | None:
    waits = waiting_list(register, activity_id)
    if any(one.person.id == person_id for one in waits):
        return None
    return Refused(problems=(Problem(code="not_waiting", field="person"),))


def full_by_month(source: Source, period: Period) -> tuple[FullMonth, ...]:
    """Return how often somebody was told in a period that it is full, by month and activity."""
    return capacity.full_by_month(source, period.first, period.last)
