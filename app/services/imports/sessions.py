"""Find which activities and sessions of a plan are in the book already."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from app.domain.activities import SessionState
from app.domain.problems import TEXTS
from app.importers.base import ActivityRow, ImportProblem, Plan, SessionRow
from app.importers.person_names import match_key
from app.storage import imports
from app.storage.register import Register


@dataclass(slots=True)
class SessionPlan:
    """Each activity and session of a plan: its id in the book, or None when it is to be added."""

    activity_ids: list[int | None] = field(default_factory=list)
    session_ids: list[int | None] = field(default_factory=list)
    rows: dict[int, Any] = field(default_factory=dict)
    """Sessions that are in the book already, by id, as they are."""
    closed: set[int] = field(default_factory=set)
    """Places of sessions that take no marks: cancelled in the book, or not known at all."""
    problems: list[ImportProblem] = field(default_factory=list)
    new_activities: int = 0
    new_sessions: int = 0

    def takes_marks(self, index: int) -> bool:
        """Say whether marks of a session of the plan can be entered."""
        return index not in self.closed


def plan_sessions(register: Register, plan: Plan) -> SessionPlan:
    """Match the activities and sessions of a plan with the book; nothing is written."""
    found = SessionPlan()
    if not plan.sessions and not plan.activities:
        return found
    _match_activities(register, plan, found)
    known = [i for i in found.activity_ids if i is not None]
    rows = imports.known_sessions(register, known)
    by_key: dict[tuple[int, str, str | None], Any] = {}
    by_day: dict[tuple[int, str], list[Any]] = defaultdict(list)
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        if row["binned_at"] is None:
            by_key[row["activity_id"], row["session_on"], row["start_time"]] = row
            by_day[row["activity_id"], row["session_on"]].append(row)
    only_ids = [r.file_id for r in plan.sessions if not r.known and r.file_id is not None]
    named_only = imports.known_session_ids(register, only_ids) if only_ids else frozenset()
    for index, session in enumerate(plan.sessions):
        if not session.known:
            _only_by_id(found, index, session, named_only)
            continue
        match = _match(session, found.activity_ids[session.activity], by_id, by_key, by_day)
        found.session_ids.append(match["id"] if match is not None else None)
        if match is None:
            found.new_sessions += 1
            continue
        found.rows[match["id"]] = match
        if match["state"] == SessionState.CANCELLED and session.state is SessionState.HELD:
            found.closed.add(index)
            found.problems.append(
                _problem(session, "session_cancelled", TEXTS["session_cancelled"])
            )
    return found


def _match_activities(register: Register, plan: Plan, found: SessionPlan) -> None:
    by_name: dict[str, int] = {}
    ids: set[int] = set()
    for row in imports.known_activities(register):
        ids.add(row["id"])
        if row["binned_at"] is None:
            by_name[match_key(row["name"], "")] = row["id"]
    for activity in plan.activities:
        match = by_name.get(match_key(name_of(activity), ""))
        if activity.file_id in ids and (not activity.known or activity.in_bin):
            match = activity.file_id
        found.activity_ids.append(match)
        found.new_activities += match is None and activity.known


def name_of(activity: ActivityRow) -> str:
    """Return what an activity of a plan is called in the book: one without a name, by its id."""
    return activity.draft.name or f"Activity {activity.file_id}"


def _match(
    session: SessionRow,
    activity_id: int | None,
    by_id: dict[int, Any],
    by_key: dict[tuple[int, str, str | None], Any],
    by_day: dict[tuple[int, str], list[Any]],
) -> Any:
    """Return the session of the book that a file means, or None."""
    if activity_id is None:
        return None
    day = session.day.isoformat()
    own = by_id.get(session.file_id) if session.file_id is not None else None
    if own is not None and own["session_on"] == day:
        return own
    if session.in_bin:
        return None
    match = by_key.get((activity_id, day, session.start_time))
    if match is not None or session.file_id is not None:
        return match
    # Where one side has no time and there is one session that day, it is that session.
    same_day = by_day.get((activity_id, day), [])
    if len(same_day) == 1 and (session.start_time is None or same_day[0]["start_time"] is None):
        return same_day[0]
    return None


def _only_by_id(found: SessionPlan, index: int, session: SessionRow, known: frozenset[int]) -> None:
    if session.file_id in known:
        found.session_ids.append(session.file_id)
        return
    found.session_ids.append(None)
    found.closed.add(index)
    text = (
        f"The session {session.file_id} is neither in the book nor in a sessions.csv beside this "
        "file, so its marks are left out."
    )
    found.problems.append(_problem(session, "session_unknown", text))


def _problem(session: SessionRow, code: str, text: str) -> ImportProblem:
    value = "" if session.day == dt.date.min else session.day.isoformat()
    return ImportProblem(place=session.place, code=code, message=text, value=value)
