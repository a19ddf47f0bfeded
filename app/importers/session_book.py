"""Gather the sessions of a file: one for each activity, day and time, however often it is named."""

import datetime as dt
from dataclasses import dataclass, field, replace

from app.domain.activities import ActivityDraft, SessionState
from app.domain.attendance import Mark, Role
from app.domain.problems import TEXTS as PROBLEM_TEXTS
from app.importers.base import MARKS, ROLES, ActivityRow, ImportProblem, Marks, Place, SessionRow
from app.importers.person_names import match_key

_MARK_CODE = {mark: code for code, mark in enumerate(MARKS)}
_ROLE_CODE = {role: code for code, role in enumerate(ROLES)}


@dataclass(slots=True)
class SessionBook:
    """The activities, sessions and marks of a file, as they are met."""

    activities: list[ActivityRow] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    problems: list[ImportProblem] = field(default_factory=list)
    _activity: dict[str, int] = field(default_factory=dict)
    _activity_named: dict[str, int] = field(default_factory=dict)
    _session: dict[tuple[int, dt.date, str | None], int] = field(default_factory=dict)
    _marked: dict[tuple[int, int], int] = field(default_factory=dict)

    def activity(self, name: str) -> int:
        """Return the place of an activity by its name, added when it is new."""
        if name in self._activity_named:
            return self._activity_named[name]
        key = match_key(name, "")
        if key not in self._activity:
            self._activity[key] = len(self.activities)
            self.activities.append(ActivityRow(draft=ActivityDraft(name=name)))
        self._activity_named[name] = self._activity[key]
        return self._activity[key]

    def session(self, row: SessionRow) -> int:
        """Return the place of a session; one that is there already takes in what is new."""
        key = (row.activity, row.day, row.start_time)
        index = self._session.get(key)
        if index is None:
            self._session[key] = len(self.sessions)
            self.sessions.append(row)
            return self._session[key]
        before = self.sessions[index]
        held = SessionState.HELD in {before.state, row.state}
        guests = before.guests if row.guests is None else (before.guests or 0) + row.guests
        self.sessions[index] = replace(
            before,
            state=SessionState.HELD if held else before.state,
            guests=guests,
            end_time=before.end_time or row.end_time,
        )
        return index

    def mark(
        self, session: int, person: int, mark: Mark, role: Role, *, where: Place, name: str
    ) -> None:
        """Enter a mark; a second, different one for the same person is said and left out."""
        key = (session, person)
        code = _MARK_CODE[mark]
        if key in self._marked:
            if self._marked[key] != code:
                message = PROBLEM_TEXTS["mark_twice"].format(name=name)
                self.problems.append(
                    ImportProblem(place=where, code="mark_twice", message=message, value=mark.value)
                )
            return
        self._marked[key] = code
        self.marks.session.append(session)
        self.marks.person.append(person)
        self.marks.mark.append(code)
        self.marks.role.append(_ROLE_CODE[role])
