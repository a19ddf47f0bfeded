"""Activities and sessions: add, change, plan, cancel, bring back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain import activities as rules
from app.domain.activities import Activity, ActivityDraft, Session, SessionState
from app.domain.changes import Topic
from app.domain.ids import ActivityId, SessionId
from app.domain.names import clean
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.recurrence import PlannedDay, pattern_days
from app.services.result import Done, Refused
from app.storage import activities
from app.storage.register import Register

_TOPICS = frozenset({Topic.ACTIVITIES, Topic.SESSIONS})
_NEAR_DAYS = 92
"""How far back and ahead sessions are looked for around a day: a quarter of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What planning made: sessions added, bank holidays left out by name, days already there."""

    done: Done
    skipped: tuple[PlannedDay, ...]
    already: tuple[dt.date, ...]


def list_activities(register: Register) -> tuple[Activity, ...]:
    """Return the activities by name."""
    return activities.listed(register)


def find_activity(register: Register, name: str) -> Activity | None:
    """Return the activity of a name, capitals aside, or None."""
    return activities.named(register, clean(name))


def save_activity(
    register: Register, draft: ActivityDraft, activity_id: ActivityId | None = None
) -> Done | Refused:
    """Add an activity or (with an id) change one."""
    draft = replace(draft, name=clean(draft.name))
    problems = list(rules.validate_activity(draft))
    other = activities.named(register, draft.name) if draft.name else None
    if other and other.id != activity_id:
        values = {"value": draft.name}
        problems.append(Problem(code="activity_name_taken", field="name", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if activity_id else 'add'} {draft.name}"
    with register.transaction("activity.save", text=text, topics=_TOPICS, subject_id=activity_id):
        if activity_id:
            activities.change(register, activity_id, draft)
        else:
            activity_id = activities.add(register, draft, free_code(register, draft.name))
    return Done(changes=_TOPICS, text=text, ids=(activity_id,))


def free_code(register: Register, name: str) -> str:
    """Return a short code for an activity's sheets that no other activity has."""
    taken = activities.codes(register)
    code = rules.activity_code(name)
    return next(c for c in (code, *(f"{code}{n}" for n in range(2, 10_000))) if c not in taken)


def sessions_between(
    register: Register, period: Period, activity_id: ActivityId | None = None
) -> tuple[Session, ...]:
    """Return the sessions of a period by day and time."""
    return activities.sessions(register, period, activity_id)


def get_session(register: Register, session_id: SessionId) -> Session | None:
    """Return a session or None."""
    return activities.session(register, session_id)


def plan_sessions(register: Register, activity: Activity, period: Period) -> Plan:
    """Plan an activity's sessions over a period in one go, bank holidays left out by name."""
    days = pattern_days(activity, period)
    skipped = tuple(d for d in days if d.holiday and activity.skip_bank_holidays)
    wanted = [d.day for d in days if d not in skipped]
    times = (activity.start_time, activity.end_time)
    already = tuple(
        day for day in wanted if activities.session_taken(register, activity.id, day, times[0])
    )
    text = f"plan {activity.name}"
    with register.transaction("session.plan", text=text, topics=_TOPICS, subject_id=activity.id):
        ids = tuple(
            activities.add_session(register, activity.id, day, times)
            for day in wanted
            if day not in already
        )
    done = Done(changes=_TOPICS, text=text, ids=ids)
    return Plan(done=done, skipped=skipped, already=already)


def add_session(
    register: Register,
    activity: Activity,
    day: dt.date,
    *,
    today: dt.date,
    times: tuple[str | None, str | None] | None = None,
) -> Done | Refused:
    """Add one session of an activity on a day, at its usual times unless told."""
    start, end = times or (activity.start_time, activity.end_time)
    problems = [*rules.validate_session_day(day, today=today), *rules.validate_times(start, end)]
    if not problems and activities.session_taken(register, activity.id, day, start):
        values = {"activity": activity.name, "value": short_date(day)}
        problems.append(Problem(code="session_twice", field="session_on", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"add {activity.name} on {short_date(day)}"
    with register.transaction("session.add", text=text, topics=_TOPICS):
        session_id = activities.add_session(register, activity.id, day, (start, end))
    return Done(changes=_TOPICS, text=text, ids=(session_id,))


def cancel_session(
    register: Register, session: Session, reason: str, note: str = ""
) -> Done | Refused:
    """Cancel a session with a reason; marks already entered stand in the way."""
    if reason not in rules.CANCEL_REASONS:
        return Refused(problems=(Problem(code="cancel_reason_needed", field="cancelled_reason"),))
    if session.state is SessionState.HELD:
        return Refused(problems=(Problem(code="session_has_marks", field="cancelled_reason"),))
    values = {
        "state": SessionState.CANCELLED.value,
        "cancelled_reason": reason,
        "cancelled_note": clean(note),
    }
    return _change(register, session, values, f"cancel {_named(session)}")


def bring_back(register: Register, session: Session) -> Done:
    """Make a cancelled session planned again."""
    values = {"state": "planned", "cancelled_reason": "", "cancelled_note": ""}
    return _change(register, session, values, f"bring back {_named(session)}")


def tick_as_held(register: Register, session: Session) -> Done:
    """Say that a session was held, though nothing was entered for it."""
    return _change(register, session, {"state": "held"}, f"tick {_named(session)} as held")


def set_guests(register: Register, session: Session, guests: int | None) -> Done | Refused:
    """Enter the number of guests without names; None takes it away."""
    problems = rules.validate_guests(guests)
    if session.state is SessionState.CANCELLED:
        problems = (*problems, Problem(code="session_cancelled", field="guests"))
    if problems:
        return Refused(problems=problems)
    return _change(register, session, {"guests": guests}, f"guests of {_named(session)}")


def set_notes(register: Register, session: Session, notes: str) -> Done:
    """Keep the notes of a session."""
    return _change(register, session, {"notes": notes.strip()}, f"notes of {_named(session)}")


def _named(session: Session) -> str:
    return f"{session.activity_name}, {short_date(session.session_on)}"


def _change(register: Register, session: Session, values: Mapping[str, object], text: str) -> Done:
    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE})
    with register.transaction("session.change", text=text, topics=topics, subject_id=session.id):
        activities.change_session(register, session.id, values)
    return Done(changes=topics, text=text, ids=(session.id,))


def sessions_around(register: Register, session: Session) -> tuple[Session, ...]:
    """Return the sessions of the same activity near one of them, itself among them, in order."""
    near = dt.timedelta(days=_NEAR_DAYS)
    period = Period(first=session.session_on - near, last=session.session_on + near)
    return activities.sessions(register, period, session.activity_id)


def not_entered(register: Register, *, today: dt.date) -> tuple[tuple[Session, dt.date | None], ...]:
    """Return past sessions with no marks, newest first, each with the day its sheet was printed."""
    return activities.not_entered(register, today - dt.timedelta(days=_NEAR_DAYS), today)
