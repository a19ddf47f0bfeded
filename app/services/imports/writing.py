"""Write a plan into the register: people, activities, sessions, marks, hours, and the rest."""

import datetime as dt
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from app.domain.activities import SessionState
from app.domain.attendance import HERE
from app.importers.base import (
    MARKS,
    ROLES,
    ExtraTable,
    Options,
    Plan,
    SessionRow,
)
from app.importers.matching import Matching
from app.importers.person_names import match_key
from app.services.activities import free_code
from app.services.imports.referrals import ReferralPlan
from app.services.imports.sessions import SessionPlan, name_of
from app.services.imports.writing_people import PeopleWriter
from app.services.imports.writing_referrals import ReferralWriter
from app.storage import bulk, import_tables, imports
from app.storage.import_tables import Ids
from app.storage.register import Register

_NOT_SEEN = dt.timedelta(weeks=12)
"""Somebody not seen for so long when a file ends is no longer on the activity's register."""
_MARKS_A_LOOK = 5_000
_Spans = dict[tuple[int, int], tuple[dt.date, dt.date, str]]
"""(person, activity) -> first day, last day, role."""
_SESSION_COLUMNS = (
    "id", "activity_id", "session_on", "start_time", "end_time", "state", "cancelled_reason",
    "cancelled_note", "moved_from_on", "guests", "place", "leader", "notes", "binned_at", "import_id",
)  # fmt: skip


class Writer:
    """One import being written, inside its transaction."""

    def __init__(
        self,
        register: Register,
        plan: Plan,
        matching: Matching,
        import_id: int,
        options: Options,
        *,
        at_once: bool = True,
    ) -> None:
        self._at_once = at_once
        self.people = PeopleWriter(register, plan, matching, import_id, options)
        self.referrals = ReferralWriter(register, plan, import_id)
        self.hours_added = 0
        self._ids = Ids()
        self._register = register
        self._plan = plan
        self._import_id = import_id
        self._activity_ids: list[int] = []
        self._session_ids: list[int] = []

    @property
    def total(self) -> int:
        """How many rows there are to write, as `write` counts them."""
        plan = self._plan
        extras = sum(len(extra.rows) for extra in plan.extras)
        rows = len(plan.people) + len(plan.sessions) + len(plan.marks) + len(plan.hours)
        return rows + len(plan.referrals) + extras

    def write(self, sessions: SessionPlan, referrals: ReferralPlan) -> Iterator[int]:
        """Write everything of the plan, a little at a time; give how many rows are written so far."""
        done = 0
        plan = self._plan
        first = [extra for extra in plan.extras if extra.before_referrals]
        last = [extra for extra in plan.extras if not extra.before_referrals]
        for part, size in (
            (self.people.write(), len(plan.people)),
            (self._write_activities(sessions), 0),
            (self._write_sessions(sessions), len(plan.sessions)),
            (self._write_marks(sessions), len(plan.marks)),
            (self._write_enrolments(sessions), 0),
            (self._write_hours(), len(plan.hours)),
            (self._write_extras(first), sum(len(extra.rows) for extra in first)),
            (self._write_referrals(referrals), len(plan.referrals)),
            (self._write_extras(last), sum(len(extra.rows) for extra in last)),
        ):
            before = done
            for count in part:
                done = min(done + count, before + size)
                yield done
            done = before + size
            yield done

    # --- activities and sessions ---

    def _write_activities(self, sessions: SessionPlan) -> Iterator[int]:
        there = imports.known_activities(self._register)
        taken = {row["id"] for row in there}
        named = {match_key(row["name"], ""): row["id"] for row in there if row["binned_at"] is None}
        for row, known in zip(self._plan.activities, sessions.activity_ids, strict=True):
            if known is not None:
                self._activity_ids.append(known)
                continue
            draft = replace(row.draft, name=name_of(row))
            key = match_key(draft.name, "")
            if key in named and not row.in_bin:
                self._activity_ids.append(named[key])
                continue
            code = free_code(self._register, draft.name)
            own = row.file_id if row.file_id and row.file_id not in taken else None
            activity_id = imports.add_activity(
                self._register, draft, code, self._import_id, own_id=own,
                binned_at=self._register.stamp() if row.in_bin else None,
            )  # fmt: skip
            taken.add(activity_id)
            if not row.in_bin:
                named[key] = activity_id
            self._activity_ids.append(activity_id)
            yield 0

    def _write_sessions(self, sessions: SessionPlan) -> Iterator[int]:
        fresh = iter(self._register.new_ids(len(self._plan.sessions) + 1))
        wanted = [row.file_id for row in self._plan.sessions if row.file_id is not None]
        taken = imports.known_session_ids(self._register, wanted) if wanted else frozenset()
        stamp = self._register.stamp()
        rows: list[tuple[Any, ...]] = []
        for row, known in zip(self._plan.sessions, sessions.session_ids, strict=True):
            spare = next(fresh)
            if not row.known or known is not None:
                self._session_ids.append(known or 0)
                if row.known and known is not None:
                    self._fill_session(sessions.rows[known], row)
                continue
            own = row.file_id
            session_id = own if own is not None and own > 0 and own not in taken else spare
            self._session_ids.append(session_id)
            rows.append(self._session_values(session_id, row, stamp))
        yield from bulk.fill_in_slices(self._register, "session", _SESSION_COLUMNS, rows)

    def _session_values(self, session_id: int, row: SessionRow, stamp: str) -> tuple[Any, ...]:
        return (
            session_id, self._activity_ids[row.activity], row.day.isoformat(), row.start_time,
            row.end_time, row.state.value, row.cancelled_reason, row.cancelled_note, row.moved_from.isoformat() if row.moved_from else None, row.guests,
            row.venue, row.leader, row.notes, stamp if row.in_bin else None, self._import_id,
        )  # fmt: skip

    def _fill_session(self, before: Any, row: SessionRow) -> None:
        """Fill what the book does not say of a session that is there: its end, guests, that it was held."""
        blanks: dict[str, Any] = {}
        if before["guests"] is None and row.guests is not None and before["state"] != "cancelled":
            blanks["guests"] = row.guests
        if before["end_time"] is None and before["start_time"] == row.start_time and row.end_time:
            blanks["end_time"] = row.end_time
        if before["state"] == SessionState.PLANNED and row.state is SessionState.HELD:
            blanks["state"] = SessionState.HELD.value
        if blanks:
            imports.fill_blanks(
                self._register, self._import_id, "session", before["id"], blanks, before
            )

    # --- marks and hours ---

    def _write_marks(self, sessions: SessionPlan) -> Iterator[int]:
        return imports.add_marks(
            self._register, self._mark_rows(sessions), about=len(self._plan.marks),
            at_once=self._at_once,
        )  # fmt: skip

    def _mark_rows(self, sessions: SessionPlan) -> Iterator[tuple[int, int, str, str, int]]:
        marks, session_ids, person_ids = self._plan.marks, self._session_ids, self.people.ids
        mark_names, role_names = [m.value for m in MARKS], [r.value for r in ROLES]
        import_id = self._import_id
        session_of = [0 if i in sessions.closed else s for i, s in enumerate(session_ids)]
        for s, p, mark, role in zip(
            marks.session, marks.person, marks.mark, marks.role, strict=True
        ):
            session, person = session_of[s], person_ids[p]
            if session and person:
                yield session, person, mark_names[mark], role_names[role], import_id

    def _write_enrolments(self, sessions: SessionPlan) -> Iterator[int]:
        """Put people on the registers of what they come to, from their first day there."""
        if any(extra.name == "enrolment" for extra in self._plan.extras):
            return
        spans, last_of = yield from self._spans(sessions)
        known = imports.enrolled(self._register, {activity for _, activity in spans})
        rows = []
        for (person, activity), (first, last, role) in spans.items():
            if (person, activity) not in known:
                gone = last_of[activity] - last > _NOT_SEEN
                rows.append((person, activity, role, first.isoformat(),
                             last.isoformat() if gone else None, self._import_id))  # fmt: skip
        ids = self._register.new_ids(len(rows))
        yield from bulk.fill_in_slices(
            self._register, "enrolment",
            ("id", "person_id", "activity_id", "role", "from_on", "to_on", "import_id"),
            [(row_id, *row) for row_id, row in zip(ids, rows, strict=True)],
        )  # fmt: skip

    def _spans(
        self, sessions: SessionPlan
    ) -> Generator[int, None, tuple[_Spans, dict[int, dt.date]]]:
        """Return each person's first and last day at each activity, and the activity's last day."""
        plan = self._plan
        here = {code for code, mark in enumerate(MARKS) if mark in HERE}
        spans: _Spans = {}
        last_of: dict[int, dt.date] = {}
        rows = zip(
            plan.marks.session, plan.marks.person, plan.marks.mark, plan.marks.role, strict=True
        )
        for number, (s, p, mark, role) in enumerate(rows, start=1):
            if number % _MARKS_A_LOOK == 0:
                yield 0
            if mark not in here or s in sessions.closed or not plan.sessions[s].known:
                continue
            person, day = self.people.ids[p], plan.sessions[s].day
            if not person:
                continue
            activity = self._activity_ids[plan.sessions[s].activity]
            before = spans.get((person, activity))
            if before is None:
                spans[person, activity] = (day, day, ROLES[role].value)
            elif day < before[0] or day > before[1]:
                spans[person, activity] = (min(day, before[0]), max(day, before[1]), before[2])
            if activity not in last_of or day > last_of[activity]:
                last_of[activity] = day
        return spans, last_of

    def _write_hours(self) -> Iterator[int]:
        rows = [
            (
                self.people.ids[row.person],
                row.day.isoformat(),
                row.minutes,
                row.what,
                None if row.activity is None else self._activity_ids[row.activity] or None,
            )
            for row in self._plan.hours
            if self.people.ids[row.person]
        ]
        self.hours_added = imports.add_hours(self._register, self._import_id, rows)
        yield len(rows)

    # --- referrals, and other tables of an export ---

    def _write_referrals(self, referrals: ReferralPlan) -> Iterator[int]:
        return self.referrals.write(referrals, self.people.ids, self._activity_ids, self._ids)

    def _write_extras(self, extras: list[ExtraTable]) -> Iterator[int]:
        if not extras:
            return
        plan = self._plan
        self._ids.known |= {
            "person": self.people.by_file_id(),
            "activity": {
                str(row.file_id): i
                for row, i in zip(plan.activities, self._activity_ids, strict=True)
            },
            "session": {
                str(row.file_id): i for row, i in zip(plan.sessions, self._session_ids, strict=True)
            },
        }
        for extra in extras:
            import_tables.add_extra(
                self._register, self._import_id, extra.name, extra.columns, extra.rows, self._ids
            )
            yield len(extra.rows)
