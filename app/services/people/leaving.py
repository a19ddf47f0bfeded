"""Leaving the group and coming back."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.names import clean_lines
from app.domain.people import Person, validate_person
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import belonging, people
from app.storage.register import Register

LEAVING_TOPICS = frozenset({Topic.PEOPLE, Topic.ACTIVITIES, Topic.ATTENDANCE})


def leave(
    register: Register,
    person_id: PersonId,
    day: dt.date | None,
    reason: str = "",
    *,
    today: dt.date,
) -> Done | Refused:
    """Say that somebody left, and when; they come off every register and waiting list that day."""
    person = people.get(register, person_id)
    problems = _may_leave(person, day, reason, today)
    if person is None or day is None or problems:
        return Refused(problems=problems)
    text = f"{short_name(person)} left"
    with register.transaction(
        "person.leave", text=text, topics=LEAVING_TOPICS, subject_id=person_id
    ):
        people.set_left(register, person_id, day, clean_lines(reason))
        take_off_everything(register, person_id, day)
    return Done(changes=LEAVING_TOPICS, text=text, ids=(person_id,))


def _may_leave(
    person: Person | None, day: dt.date | None, reason: str, today: dt.date
) -> tuple[Problem, ...]:
    if person is None:
        return (Problem(code="person_gone"),)
    if day is None:
        return (Problem(code="left_needed", field="left_on"),)
    if person.left_on is not None:
        values = {"value": short_date(person.left_on)}
        return (Problem(code="left_already", field="left_on", values=values),)
    changed = replace(person, left_on=day, left_reason=clean_lines(reason))
    return tuple(
        problem
        for problem in validate_person(changed, today=today)
        if problem.field in {"left_on", "left_reason"}
    )


def take_off_everything(register: Register, person_id: PersonId, day: dt.date) -> None:
    """Take somebody off every activity, waiting list and role, inside a transaction."""
    belonging.take_off(register, person_id, None, day)
    belonging.leave_waiting(register, person_id, day)
    belonging.end_roles(register, person_id, day)


def come_back(register: Register, person_id: PersonId) -> Done | Refused:
    """Take somebody back: onto the registers and into the roles they had when they left."""
    person = people.get(register, person_id)
    if person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if person.left_on is None:
        return Refused(problems=(Problem(code="not_left"),))
    text = f"{short_name(person)} is back"
    with register.transaction(
        "person.return", text=text, topics=LEAVING_TOPICS, subject_id=person_id
    ):
        ended = belonging.ended_on(register, person_id, person.left_on)
        belonging.open_again(register, (one.id for one in ended))
        belonging.reopen_roles(register, person_id, person.left_on)
        people.set_left(register, person_id, None, "")
    return Done(changes=LEAVING_TOPICS, text=text, ids=(person_id,))
