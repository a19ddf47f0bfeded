"""Sessions: look, add, move, change, cancel, bring back, tick as held, put in the bin."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain import activities as rules
from app.domain.activities import Activity, Session, SessionState
from app.domain.attendance import may_have_been
from app.domain.changes import Topic
from app.domain.ids import ActivityId, SessionId
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.services.activities.keeping import TOPICS, get_activity
from app.services.result import Done, Refused
from app.storage import activities
from app.storage.register import Register

_NEAR_DAYS = 92
"""How far back and ahead sessions are looked for around a day: a quarter of a year."""
_TOPICS = frozenset({Topic.SESSIONS, Topic.ATTENDANCE})


def sessions_between(
    register: Register, period: Period, activity_id: ActivityId | None = None
) -> tuple[Session, ...]:
    """Return the sessions of a period by day and time."""
    return activities.sessions(register, period, activity_id)


def get_session(register: Register, session_id: SessionId) -> Session | None:
    """Return a session or None."""
    return activities.session(register, session_id)


def add_session(
    register: Register,
    activity: Activity,
    day: dt.date,
    *,
    today: dt.date,
    times: tuple[str | None, str | None] | None = None,
    place: str = "",
    leader: str = "",
) -> Done | Refused:
    """Add one session of an activity on a day, at its usual times unless told."""
    start, end = times or (activity.start_time, activity.end_time)
    if get_activity(register, activity.id) is None:
        return Refused(problems=(Problem(code="activity_gone", field="activity"),))
    problems = [*rules.validate_session_day(day, today=today), *rules.validate_times(start, end)]
    if not problems and activities.session_taken(register, activity.id, day, start):
        values = {"activity": activity.name, "value": short_date(day)}
        problems.append(Problem(code="session_twice", field="session_on", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"add {activity.name} on {short_date(day)}"
    with register.transaction("session.add", text=text, topics=TOPICS):
        session_id = activities.add_session(register, activity.id, day, (start, end))
        own = _own(activity, place, leader)
        if own:
            activities.change_session(register, session_id, own)
    return Done(changes=TOPICS, text=text, ids=(session_id,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """What can be changed about one session: when, where, led by whom."""

    session_on: dt.date
    start_time: str | None
    end_time: str | None
    place: str = ""
    leader: str = ""


def change_session(
    register: Register, session: Session, draft: SessionDraft, *, today: dt.date
) -> Done | Refused:
    """Move one session to another day or time, or change its place or leader, in one step.

    The day it was planned for first is kept. A session with marks took place on its day: that day
    is not changed under them, its hours, place and leader are. A place or leader that is the
    activity's own is not noted on the session.
    """
    now, activity = activities.session(register, session.id), None
    if now is not None:
        activity = get_activity(register, now.activity_id)
    if now is None or activity is None:
        return _gone()
    problems = _draft_problems(register, now, draft, today)
    if problems:
        return Refused(problems=problems)
    place, leader = clean(draft.place), clean(draft.leader)
    values: dict[str, object] = {
        "start_time": draft.start_time,
        "end_time": draft.end_time,
        "place": "" if place == activity.place else place,
        "leader": "" if leader == activity.leader else leader,
    }
    text = f"change {_named(now)}"
    if draft.session_on != now.session_on:
        first = now.moved_from_on or now.session_on
        values["session_on"] = draft.session_on.isoformat()
        values["moved_from_on"] = None if first == draft.session_on else first.isoformat()
        text = f"move {_named(now)} to {short_date(draft.session_on)}"
    return _change(register, now, values, text)


def _draft_problems(
    register: Register, now: Session, draft: SessionDraft, today: dt.date
) -> tuple[Problem, ...]:
    problems = [
        *rules.validate_session_day(draft.session_on, today=today),
        *rules.validate_times(draft.start_time, draft.end_time),
    ]
    moved = draft.session_on != now.session_on
    if moved and now.state is SessionState.HELD:
        values = {"value": short_date(now.session_on)}
        problems.append(Problem(code="session_held", field="session_on", values=values))
    again = (draft.session_on, draft.start_time) == (now.session_on, now.start_time)
    if not again and activities.session_taken(
        register, now.activity_id, draft.session_on, draft.start_time
    ):
        values = {"activity": now.activity_name, "value": short_date(draft.session_on)}
        problems.append(Problem(code="session_twice", field="session_on", values=values))
    for name in ("place", "leader"):
        if len(clean(getattr(draft, name))) > NAME_LIMIT:
            values = {"limit": str(NAME_LIMIT)}
            problems.append(Problem(code="text_too_long", field=name, values=values))
    return tuple(problems)


def _own(activity: Activity, place: str, leader: str) -> dict[str, object]:
    """Return what of place and leader is not the activity's own."""
    own = {"place": clean(place), "leader": clean(leader)}
    return {name: text for name, text in own.items() if text and text != getattr(activity, name)}


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
    values: dict[str, object] = {
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
    tidied = replace(session, notes=clean_lines(notes))
    problems = rules.validate_text(tidied, "notes")
    if problems:
        return Refused(problems=problems)
    return _change(register, session, {"notes": tidied.notes}, f"notes of {_named(session)}")


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
    activity = get_activity(register, activity_id)
    on = dt.date.fromisoformat(day)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    if activities.session_taken(register, activity_id, on, start):
        values = {"activity": activity.name, "value": short_date(on)}
        return Refused(problems=(Problem(code="session_twice", values=values),))
    text = f"take {activity.name}, {short_date(on)} out of the bin"
    with register.transaction("session.bin", text=text, topics=_TOPICS, subject_id=session_id):
        activities.change_session(register, session_id, {"binned_at": None})
    return Done(changes=_TOPICS, text=text, ids=(session_id,))


def _gone() -> Refused:
    return Refused(problems=(Problem(code="session_gone"),))


def _named(session: Session) -> str:
    return f"{session.activity_name}, {short_date(session.session_on)}"


def _change(
    register: Register, session: Session, values: Mapping[str, object], text: str
) -> Done | Refused:
    if activities.session(register, session.id) is None:
        return _gone()
    with register.transaction("session.change", text=text, topics=_TOPICS, subject_id=session.id):
        activities.change_session(register, session.id, values)
    return Done(changes=_TOPICS, text=text, ids=(session.id,))


def sessions_around(register: Register, session: Session) -> tuple[Session, ...]:
    """Return the sessions of the same activity near one of them, itself among them, in order."""
    near = dt.timedelta(days=_NEAR_DAYS)
    period = Period(first=session.session_on - near, last=session.session_on + near)
    return activities.sessions(register, period, session.activity_id)
