"""Activities: add, change, end, put in the bin; how each of them stands today."""

import datetime as dt
from dataclasses import dataclass, replace

from app.domain import activities as rules
from app.domain.activities import Activity, ActivityDraft, Repeat
from app.domain.changes import Topic
from app.domain.ids import ActivityId
from app.domain.names import clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import activities, members
from app.storage.members import Standing
from app.storage.register import Register

TOPICS = frozenset({Topic.ACTIVITIES, Topic.SESSIONS})
_ENDING = frozenset({Topic.ACTIVITIES, Topic.SESSIONS, Topic.PEOPLE})
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStanding:
    """An activity, when it meets next or met last, and how full it is."""

    activity: Activity
    standing: Standing

    @property
    def over(self) -> bool:
        """Whether it met before, and neither a session nor anybody on it is left."""
        one = self.standing
        return one.last_on is not None and one.next_on is None and not one.on_it


def list_activities(register: Register) -> tuple[Activity, ...]:
    """Return the activities by name."""
    return activities.listed(register)


def standings(register: Register, *, today: dt.date) -> tuple[ActivityStanding, ...]:
    """Return the activities by name, each with how it stands; those that are over come last."""
    found = members.standings(register, today)
    every = tuple(
        ActivityStanding(activity=one, standing=found.get(one.id, Standing()))
        for one in activities.listed(register)
    )
    return (*(one for one in every if not one.over), *(one for one in every if one.over))


def standing_of(
    register: Register, activity_id: ActivityId, *, today: dt.date
) -> ActivityStanding | None:
    """Return one activity with how it stands, or None when it is gone or in the bin."""
    activity = activities.get(register, activity_id)
    if activity is None or activity.binned:
        return None
    found = members.standings(register, today, activity_id)
    return ActivityStanding(activity=activity, standing=found.get(activity_id, Standing()))


def get_activity(register: Register, activity_id: ActivityId) -> Activity | None:
    """Return an activity, or None when it is gone or in the bin."""
    activity = activities.get(register, activity_id)
    return None if activity is None or activity.binned else activity


def find_activity(register: Register, name: str) -> Activity | None:
    """Return the activity of a name, capitals aside, or None."""
    return activities.named(register, clean(name))


def save_activity(
    register: Register, draft: ActivityDraft, activity_id: ActivityId | None = None
) -> Done | Refused:
    """Add an activity or (with an id) change one."""
    before = activities.get(register, activity_id) if activity_id else None
    if activity_id and before is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    draft = _dated(tidy(draft), before, register.now().date())
    problems = list(rules.validate_activity(draft))
    other = activities.named(register, draft.name) if draft.name else None
    if other and other.id != activity_id:
        values = {"value": draft.name}
        problems.append(Problem(code="activity_name_taken", field="name", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if activity_id else 'add'} {draft.name}"
    with register.transaction("activity.save", text=text, topics=TOPICS, subject_id=activity_id):
        if activity_id:
            activities.change(register, activity_id, draft)
        else:
            activity_id = activities.add(register, draft, free_code(register, draft.name))
    return Done(changes=TOPICS, text=text, ids=(activity_id,))


def _dated(draft: ActivityDraft, before: Activity | None, today: dt.date) -> ActivityDraft:
    """Date how many they can take, where it was said anew."""
    if draft.can_take == (before.can_take if before else None):
        return replace(draft, can_take_on=before.can_take_on if before else None)
    return replace(draft, can_take_on=None if draft.can_take is None else today)


def tidy(draft: ActivityDraft) -> ActivityDraft:
    """Return a draft with clean texts."""
    return replace(
        draft,
        name=clean(draft.name),
        place=clean(draft.place),
        leader=clean(draft.leader),
        description=clean_lines(draft.description),
        notes=clean_lines(draft.notes),
        access=clean(draft.access),
        what_to_bring=clean(draft.what_to_bring),
        cost_to_come=clean(draft.cost_to_come),
    )


def free_code(register: Register, name: str) -> str:
    """Return a short code for an activity's sheets that no other activity has."""
    taken = activities.codes(register)
    code = rules.activity_code(name)
    return next(c for c in (code, *(f"{code}{n}" for n in range(2, 10_000))) if c not in taken)


def end_activity(
    register: Register, activity_id: ActivityId, last: dt.date, *, today: dt.date
) -> Done | Refused:
    """End an activity after a last day; everything that took place stays and stays counted.

    Its pattern stops, who is on it comes off, and sessions planned for later go in the bin.
    """
    activity = get_activity(register, activity_id)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    problems = rules.validate_session_day(last, today=today)
    if problems:
        return Refused(problems=tuple(replace(p, field="last") for p in problems))
    text = f"end {activity.name} on {short_date(last)}"
    with register.transaction("activity.end", text=text, topics=_ENDING, subject_id=activity_id):
        activities.change(register, activity_id, replace(activity, repeat=Repeat.NONE))
        members.everybody_off(register, activity_id, last)
        activities.bin_planned_after(register, activity_id, last)
    return Done(changes=_ENDING, text=text, ids=(activity_id,))


def planned_after(register: Register, activity_id: ActivityId, last: dt.date) -> int:
    """Return how many sessions with nothing entered lie after a day."""
    return activities.planned_after(register, activity_id, last)


def put_activity_in_bin(register: Register, activity_id: ActivityId) -> Done | Refused:
    """Put an activity in the bin that never met; one that did is ended instead."""
    activity = get_activity(register, activity_id)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    if activities.met(register, activity_id):
        values = {"activity": activity.name}
        return Refused(problems=(Problem(code="activity_has_sessions", values=values),))
    text = f"put {activity.name} in the bin"
    with register.transaction("activity.bin", text=text, topics=_ENDING, subject_id=activity_id):
        members.everybody_off(register, activity_id, dt.date.min)
        activities.bin_planned_after(register, activity_id, dt.date.min)
        activities.put_in_bin(register, activity_id)
    return Done(changes=_ENDING, text=text, ids=(activity_id,))
