"""Activities and sessions: add, change, plan, cancel, bring back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain import activities as rules
from app.domain.activities import Activity, ActivityDraft, Session, SessionState
from app.domain.attendance import may_have_been
from app.domain.changes import Topic
from app.domain.ids import ActivityId, SessionId
from app.domain.names import clean, clean_lines
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.recurrence import PlannedDay, pattern_days
from app.services.result import Done, Refused
from app.storage import activities
from app.storage.register import Register

_TOPICS = frozenset({Topic.ACTIVITIES, Topic.SESSIONS})
_NEAR_DAYS = 92
"""How far back and ahead sessions are looked for around a day: a quarter of a year."""
_YEARS_PLANNED = 2
"""Longest period for which sessions are planned in one go."""


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
    draft = tidy(draft)
    if activity_id and activities.get(register, activity_id) is None:
        return Refused(problems=(Problem(code="activity_gone"),))
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


def tidy(draft: ActivityDraft) -> ActivityDraft:
    """Return a draft with clean texts."""
    return replace(
        draft,
        name=clean(draft.name),
        place=clean(draft.place),
        leader=clean(draft.leader),
        description=clean_lines(draft.description),
        notes=clean_lines(draft.notes),
    )


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


def plan_sessions(
    register: Register, activity: Activity, period: Period, *, today: dt.date
) -> Plan | Refused:
    """Plan an activity's sessions over a period in one go, bank holidays left out by name.

    A day that has a session already, at whatever time and of whatever state, gets no second one.
    """
    problems = (
        *rules.validate_session_day(period.first, today=today),
        *rules.validate_session_day(period.last, today=today),
    )
    if not problems and period.days > _YEARS_PLANNED * 366:
        values = {"limit": str(_YEARS_PLANNED)}
        problems = (Problem(code="period_too_long", field="last", values=values),)
    if problems:
        return Refused(problems=problems)
    days = pattern_days(activity, period, rhythm=_rhythm(register, activity, period))
    skipped = tuple(d for d in days if d.holiday and activity.skip_bank_holidays)
    wanted = [d.day for d in days if d not in skipped]
    times = (activity.start_time, activity.end_time)
    taken = activities.days_taken(register, activity.id, period)
    already = tuple(day for day in wanted if day in taken)
    text = f"plan {activity.name}"
    with register.transaction("session.plan", text=text, topics=_TOPICS, subject_id=activity.id):
        ids = tuple(
            activities.add_session(register, activity.id, day, times)
            for day in wanted
            if day not in taken
        )
    done = Done(changes=_TOPICS, text=text, ids=ids)
    return Plan(done=done, skipped=skipped, already=already)


def _rhythm(register: Register, activity: Activity, period: Period) -> dt.date | None:
    if activity.weekday is None:
        return None
    return activities.rhythm_day(register, activity.id, activity.weekday, period.first)


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
    now = activities.get(register, activity.id)
    if now is None or now.binned:
        return Refused(problems=(Problem(code="activity_gone", field="activity"),))
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
    """Cancel a session with a reason; anybody or any guest entered stands in the way.

    Apologies do not: that is what they are there for.
    """
    if reason not in rules.CANCEL_REASONS:
        return Refused(problems=(Problem(code="cancel_reason_needed", field="cancelled_reason"),))
    now = activities.session(register, session.id)
    if now is None:
        return _gone()
    if now.guests or activities.came_marks(register, session.id):
        return Refused(problems=(Problem(code="session_has_marks", field="cancelled_reason"),))
    values = {
        "state": SessionState.CANCELLED.value,
        "cancelled_reason": reason,
        "cancelled_note": clean(note),
        "guests": None,
    }
    return _change(register, session, values, f"cancel {_named(session)}")


def bring_back(register: Register, session: Session) -> Done | Refused:
    """Make a cancelled session planned again."""
    now = activities.session(register, session.id)
    if now is None:
        return _gone()
    if now.state is not SessionState.CANCELLED:
        return Refused(problems=(Problem(code="session_not_cancelled"),))
    values = {"state": "planned", "cancelled_reason": "", "cancelled_note": ""}
    return _change(register, session, values, f"bring back {_named(session)}")


def tick_as_held(register: Register, session: Session, *, today: dt.date) -> Done | Refused:
    """Say that a session was held, though nothing was entered for it."""
    problems = _cannot_have_been(register, session, today, "state")
    if problems:
        return Refused(problems=problems)
    return _change(register, session, {"state": "held"}, f"tick {_named(session)} as held")


def set_guests(
    register: Register, session: Session, guests: int | None, *, today: dt.date
) -> Done | Refused:
    """Enter the number of guests without names; None takes it away."""
    problems = rules.validate_guests(guests)
    if guests is not None:
        problems = (*problems, *_cannot_have_been(register, session, today, "guests"))
    if problems:
        return Refused(problems=problems)
    return _change(register, session, {"guests": guests}, f"guests of {_named(session)}")


def _cannot_have_been(
    register: Register, session: Session, today: dt.date, field: str
) -> tuple[Problem, ...]:
    """Return why a session, as it stands now, cannot have been held."""
    now = activities.session(register, session.id)
    if now is None:
        return (Problem(code="session_gone", field=field),)
    return may_have_been(state=now.state, session_on=now.session_on, today=today, field=field)


def set_notes(register: Register, session: Session, notes: str) -> Done | Refused:
    """Keep the notes of a session."""
    values = {"notes": clean_lines(notes)}
    return _change(register, session, values, f"notes of {_named(session)}")


def put_session_in_bin(register: Register, session: Session) -> Done | Refused:
    """Put a session in the bin: it and its marks no longer count, and can be taken out again."""
    values = {"binned_at": register.stamp()}
    return _change(register, session, values, f"put {_named(session)} in the bin")


def take_session_out_of_bin(register: Register, session_id: SessionId) -> Done | Refused:
    """Take a session out of the bin, unless another one has its day and time by now."""
    binned = activities.binned_session(register, session_id)
    if binned is None:
        return _gone()
    activity_id, day, start = binned
    activity = activities.get(register, activity_id)
    on = dt.date.fromisoformat(day)
    if activity is None or activity.binned:
        return Refused(problems=(Problem(code="activity_gone"),))
    if activities.session_taken(register, activity_id, on, start):
        values = {"activity": activity.name, "value": short_date(on)}
        return Refused(problems=(Problem(code="session_twice", values=values),))
    text = f"take {activity.name}, {short_date(on)} out of the bin"
    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE})
    with register.transaction("session.bin", text=text, topics=topics, subject_id=session_id):
        activities.change_session(register, session_id, {"binned_at": None})
    return Done(changes=topics, text=text, ids=(session_id,))


def _gone() -> Refused:
    return Refused(problems=(Problem(code="session_gone"),))


def _named(session: Session) -> str:
    return f"{session.activity_name}, {short_date(session.session_on)}"


def _change(
    register: Register, session: Session, values: Mapping[str, object], text: str
) -> Done | Refused:
    if activities.session(register, session.id) is None:
        return _gone()
    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE})
    with register.transaction("session.change", text=text, topics=topics, subject_id=session.id):
        activities.change_session(register, session.id, values)
    return Done(changes=topics, text=text, ids=(session.id,))


def sessions_around(register: Register, session: Session) -> tuple[Session, ...]:
    """Return the sessions of the same activity near one of them, itself among them, in order."""
    near = dt.timedelta(days=_NEAR_DAYS)
    period = Period(first=session.session_on - near, last=session.session_on + near)
    return activities.sessions(register, period, session.activity_id)


def not_entered(
    register: Register, *, today: dt.date
) -> tuple[tuple[Session, dt.date | None], ...]:
    """Return past sessions with no marks, newest first, each with the day its sheet was printed."""
    return activities.not_entered(register, today - dt.timedelta(days=_NEAR_DAYS), today)
