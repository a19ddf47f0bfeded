"""The activities and sessions of an open export, each in its place in the plan by the file's own id."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain.activities import (
    ActivityDraft,
    Repeat,
    SessionState,
    parse_time,
    validate_activity,
    validate_guests,
    validate_session_day,
    validate_times,
)
from app.importers.base import ActivityRow, Options, Place, SessionRow
from app.importers.export_faults import Faults
from app.importers.export_table import ExportTable, is_yes, number_of
from app.importers.person_names import match_key

_SESSION_COLUMNS = (
    "session_id", "activity_id", "date", "starts_at", "ends_at", "state", "cancelled_reason",
    "guests", "in_bin", "place", "leader", "notes", "cancelled_note", "moved_from_on",
)  # fmt: skip


class SessionsOfExport:
    """Activities and sessions as they are met: in their own files, or only by id in another."""

    def __init__(self, options: Options, faults: Faults) -> None:
        self.activities: list[ActivityRow] = []
        self.sessions: list[SessionRow] = []
        self.by_id: dict[str, int] = {}
        self._activity_by_id: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._by_time: dict[tuple[int, dt.date, str | None], int] = {}
        self._options = options
        self._faults = faults

    # --- activities ---

    def read_activities(self, table: ExportTable) -> None:
        """Read activities.csv."""
        names = ("name", "description", "place", "leader", "notes")
        texts = _getters(table, *names, "access", "what_to_bring", "cost_to_come")
        numbers = _getters(table, "capacity", "age_from", "age_to", "weekday", "nth", "can_take")
        times = _getters(table, "start_time", "end_time")
        file_id, repeat = table.getter("activity_id"), table.getter("repeat")
        skips, in_bin = table.getter("skip_bank_holidays"), table.getter("in_bin")
        said_on = table.getter("can_take_on")
        for number, row in table.rows():
            where = Place(sheet="activities.csv", row=number)
            own = file_id(row)
            if own in self._activity_by_id or number_of(own) is None:
                twice = own in self._activity_by_id
                self._faults.problem(where, "id_twice" if twice else "id_needed", own)
                continue
            draft = ActivityDraft(
                **{name: get(row) for name, get in texts.items()},  # type: ignore[arg-type]
                **{name: number_of(get(row)) for name, get in numbers.items()},  # type: ignore[arg-type]
                **{name: parse_time(get(row)) for name, get in times.items()},  # type: ignore[arg-type]
                repeat=Repeat(repeat(row)) if repeat(row) in set(Repeat) else Repeat.NONE,
                skip_bank_holidays=skips(row) == "" or is_yes(skips(row)),
                can_take_on=self._faults.day(said_on(row), where),
            )
            self._put_activity(
                own,
                ActivityRow(
                    draft=self._without_faults(draft, where),
                    file_id=number_of(own),
                    in_bin=is_yes(in_bin(row)),
                ),
            )

    def _put_activity(self, own: str, activity: ActivityRow) -> None:
        """Keep an activity; a second of the same name is the first one again."""
        key = "" if activity.in_bin else match_key(activity.draft.name, "")
        self._activity_by_id[own] = self._by_name.get(key, len(self.activities))
        if self._activity_by_id[own] == len(self.activities):
            self.activities.append(activity)
            if key:
                self._by_name[key] = self._activity_by_id[own]

    def _without_faults(self, draft: ActivityDraft, where: Place) -> ActivityDraft:
        usual = ActivityDraft()
        for problem in validate_activity(draft):
            self._faults.broken_rule(where, problem, str(getattr(draft, problem.field) or ""))
            draft = replace(draft, **{problem.field: getattr(usual, problem.field)})
        return draft

    def activity_index(self, text: str) -> int:
        """Return the place of an activity by the file's id; one only named by id is added as such."""
        index = self._activity_by_id.get(text)
        if index is None:
            index = self._activity_by_id[text] = len(self.activities)
            self.activities.append(
                ActivityRow(draft=ActivityDraft(), file_id=number_of(text), known=False)
            )
        return index

    # --- sessions ---

    def read_sessions(self, table: ExportTable) -> int:
        """Read sessions.csv; return how many rows it has."""
        get = _getters(table, *_SESSION_COLUMNS)
        rows = 0
        for number, row in table.rows():
            rows += 1
            where = Place(sheet="sessions.csv", row=number)
            own = get["session_id"](row)
            if own in self.by_id or number_of(own) is None:
                twice = own in self.by_id
                self._faults.problem(where, "id_twice" if twice else "id_needed", own)
                continue
            session = self._session({name: read(row) for name, read in get.items()}, where)
            if session is not None:
                self._put(own, session)
        return rows

    def _put(self, own: str, session: SessionRow) -> None:
        """Keep a session; a second at the same time of the same activity is the first one again."""
        key = (session.activity, session.day, session.start_time)
        first = None if session.in_bin else self._by_time.get(key)
        if first is not None:
            self._faults.problem(session.place, "session_again", own)
            self.by_id[own] = first
            return
        self.by_id[own] = len(self.sessions)
        if not session.in_bin:
            self._by_time[key] = len(self.sessions)
        self.sessions.append(session)

    def _session(self, text: dict[str, str], where: Place) -> SessionRow | None:
        day = self._faults.day(text["date"], where, needed=True)
        if day is None:
            return None
        for problem in validate_session_day(day, today=self._options.today):
            self._faults.broken_rule(where, problem, text["date"])
            return None
        start, end = parse_time(text["starts_at"]), parse_time(text["ends_at"])
        for problem in validate_times(start, end):
            self._faults.broken_rule(where, problem, text["ends_at"])
            end = None
        guests = number_of(text["guests"])
        for problem in validate_guests(guests):
            self._faults.broken_rule(where, problem, text["guests"])
            guests = None
        state = text["state"]
        kept = SessionState(state) if state in set(SessionState) else SessionState.PLANNED
        cancelled = kept is SessionState.CANCELLED
        return SessionRow(
            place=where,
            activity=self.activity_index(text["activity_id"]),
            day=day,
            start_time=start,
            end_time=end,
            state=kept,
            cancelled_reason=text["cancelled_reason"] or ("other" if cancelled else ""),
            cancelled_note=text["cancelled_note"],
            moved_from=self._faults.day(text["moved_from_on"], where),
            guests=guests,
            file_id=number_of(text["session_id"]),
            in_bin=is_yes(text["in_bin"]),
            venue=text["place"],
            leader=text["leader"],
            notes=text["notes"],
        )

    def session_index(self, text: str) -> int:
        """Return the place of a session by the file's id; one only named by id is added as such."""
        index = self.by_id.get(text)
        if index is None:
            index = self.by_id[text] = len(self.sessions)
            self.sessions.append(
                SessionRow(
                    place=Place(),
                    activity=-1,
                    day=dt.date.min,
                    file_id=number_of(text),
                    known=False,
                )
            )
        return index


def _getters(table: ExportTable, *names: str) -> dict[str, Callable[[list[str]], str]]:
    return {name: table.getter(name) for name in names}
