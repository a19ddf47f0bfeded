"""Who is on an activity's register, and who waits for a place on it."""

import datetime as dt

from app.domain.activities import validate_session_day
from app.domain.changes import Topic
from app.domain.ids import ActivityId, PersonId
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.referrals import Step
from app.services.activities.keeping import get_activity
from app.services.referrals.following import follow_queue
from app.services.result import Done, Refused
from app.storage import belonging, members, people_list
from app.storage.members import Member
from app.storage.people import PersonRow
from app.storage.register import Register

_TOPICS = frozenset({Topic.ACTIVITIES, Topic.PEOPLE, Topic.ATTENDANCE, Topic.REFERRALS})


def on_register(
    register: Register, activity_id: ActivityId, *, today: dt.date
) -> tuple[Member, ...]:
    """Return who is on an activity's register now or from a later day, in printed order."""
    return members.on_register(register, activity_id, today)


def waiting_list(register: Register, activity_id: ActivityId) -> tuple[Member, ...]:
    """Return who waits for a place, the longest first."""
    return members.waiting(register, activity_id)


def put_on_register(
    register: Register,
    activity_id: ActivityId,
    person_id: PersonId,
    day: dt.date,
    *,
    role: str = "participant",
    today: dt.date,
) -> Done | Refused:
    """Put somebody on an activity's register from a day; who waited for a place has it now."""
    person, refused = _whom(register, activity_id, person_id, day, today)
    if person is None:
        return refused
    text = f"put {_short(person)} on {_name(register, activity_id)}"
    later = next(
        (
            one
            for one in members.on_register(register, activity_id, day)
            if one.person.id == person.id
        ),
        None,
    )
    if later is not None and later.from_on <= day:
        problem = Problem(
            code="place_offered_already", field="person", values={"name": _short(person)}
        )
        return Refused(problems=(problem,))
    with register.transaction("activity.put_on", text=text, topics=_TOPICS, subject_id=person.id):
        if later is not None:
            members.begin_earlier(register, later.id, day)
        else:
            belonging.put_on(register, person.id, activity_id, role, day)
        follow_queue(register, activity_id, person.id, Step.ACCEPTED, min(day, today))
        members.end_waiting(register, activity_id, person.id, day, "place")
    return Done(changes=_TOPICS, text=text, ids=(person.id,))


def take_off_register(
    register: Register,
    activity_id: ActivityId,
    person_id: PersonId,
    last: dt.date,
    *,
    today: dt.date,
) -> Done | Refused:
    """Take somebody off an activity's register after a last day; what was entered stays."""
    person, refused = _whom(register, activity_id, person_id, last, today)
    if person is None:
        return refused
    text = f"take {_short(person)} off {_name(register, activity_id)}"
    with register.transaction("activity.take_off", text=text, topics=_TOPICS, subject_id=person.id):
        belonging.take_off(register, person.id, activity_id, last)
    return Done(changes=_TOPICS, text=text, ids=(person.id,))


def let_wait(
    register: Register,
    activity_id: ActivityId,
    person_id: PersonId,
    day: dt.date,
    *,
    today: dt.date,
) -> Done | Refused:
    """Put somebody on an activity's waiting list from a day."""
    person, refused = _whom(register, activity_id, person_id, day, today)
    if person is None:
        return refused
    name = {"name": _short(person)}
    if any(one.person.id == person.id for one in members.waiting(register, activity_id)):
        return Refused(problems=(Problem(code="waiting_already", field="person", values=name),))
    if person.id in belonging.on_activity(register, activity_id, day):
        return Refused(
            problems=(Problem(code="place_offered_already", field="person", values=name),)
        )
    text = f"let {_short(person)} wait for {_name(register, activity_id)}"
    with register.transaction("activity.wait", text=text, topics=_TOPICS, subject_id=person.id):
        members.let_wait(register, activity_id, person.id, day)
    return Done(changes=_TOPICS, text=text, ids=(person.id,))


def give_up_waiting(
    register: Register, activity_id: ActivityId, person_id: PersonId, *, today: dt.date
) -> Done | Refused:
    """Take somebody off an activity's waiting list who does not want the place any more."""
    person, refused = _whom(register, activity_id, person_id, today, today)
    if person is None:
        return refused
    text = f"take {_short(person)} off the waiting list"
    with register.transaction("activity.wait", text=text, topics=_TOPICS, subject_id=person.id):
        follow_queue(register, activity_id, person.id, Step.PERSON_DECLINED, today)
        members.end_waiting(register, activity_id, person.id, today, "gave_up")
    return Done(changes=_TOPICS, text=text, ids=(person.id,))


def _whom(
    register: Register, activity_id: ActivityId, person_id: PersonId, day: dt.date, today: dt.date
) -> tuple[PersonRow | None, Refused]:
    """Return the person, or None and why it cannot be."""
    problems = list(validate_session_day(day, today=today))
    row = next(iter(people_list.by_ids(register, (person_id,))), None)
    if get_activity(register, activity_id) is None:
        problems.append(Problem(code="activity_gone"))
    if row is None:
        problems.append(Problem(code="person_gone", field="person"))
    elif row.left_on is not None and row.left_on < day:
        values = {"value": short_date(row.left_on)}
        problems.append(Problem(code="left_already", field="person", values=values))
    return (None if problems else row), Refused(problems=tuple(problems))


def _name(register: Register, activity_id: ActivityId) -> str:
    activity = get_activity(register, activity_id)
    return activity.name if activity else ""


def _short(person: PersonRow) -> str:
    return person.known_as or person.given_name or person.family_name
