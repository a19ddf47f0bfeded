"""Write a plan into the register: people, activities, sessions, marks, hours, and the rest."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.activities import SessionState
from app.domain.attendance import HERE, Role
from app.domain.equality import NOT_ASKED
from app.domain.people import DRAFT_FIELDS, PersonDraft
from app.importers.base import (
    MARKS,
    ROLES,
    ImportProblem,
    Options,
    PersonRow,
    Plan,
    SessionRow,
)
from app.importers.matching import Matching
from app.services.activities import free_code
from app.services.imports.sessions import SessionPlan
from app.storage import bulk, imports, people
from app.storage.register import Register

_NOT_SEEN = dt.timedelta(weeks=12)
"""Somebody not seen for so long when a file ends is no longer on the activity's register."""
_UNFILLED = (None, "", NOT_ASKED)
_FOUND_BY = ("given_name", "family_name", "known_as", "own_script_name", "phone", "postcode")
"""What puts a person in order and finds them."""
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
    ) -> None:
        self.problems: list[ImportProblem] = []
        self.people_added = 0
        self.hours_added = 0
        self.filled = 0
        self._register = register
        self._plan = plan
        self._matched = matching.matched
        self._import_id = import_id
        self._options = options
        self._person_ids: list[int] = []
        self._activity_ids: list[int] = []
        self._session_ids: list[int] = []

    def write(self, sessions: SessionPlan) -> None:
        """Write everything of the plan."""
        self._write_people()
        self._write_activities(sessions)
        self._write_sessions(sessions)
        self._write_marks(sessions)
        self._write_enrolments(sessions)
        self._write_hours()
        self._write_extras()

    # --- people ---

    def _write_people(self) -> None:
        taken = {row["id"] for row in imports.known_people(self._register)}
        fresh = iter(self._register.new_ids(len(self._plan.people) + 1))
        new: list[tuple[int, PersonRow]] = []
        for index, row in enumerate(self._plan.people):
            person_id = self._matched.get(index)
            if person_id is None:
                spare = next(fresh)
                # An export's ids are kept where they are free: its other files point to them.
                own = row.file_id
                person_id = own if own is not None and own > 0 and own not in taken else spare
                taken.add(person_id)
                if row.known:
                    new.append((person_id, row))
                else:
                    self._nobody(row)
                    person_id = 0
            self._person_ids.append(person_id)
        self._add_people(new)
        self._fill_known()
        self._join_merged(new)

    def _nobody(self, row: PersonRow) -> None:
        text = (
            f"The person {row.file_id} is neither in the book nor in a people.csv beside this file, "
            "so their marks are left out."
        )
        self.problems.append(ImportProblem(place=row.place, code="person_unknown", message=text))

    def _add_people(self, new: Sequence[tuple[int, PersonRow]]) -> None:
        if not new:
            return
        stamp = self._register.stamp()
        columns = [
            *people.columns_of(new[0][1].draft),
            "id",
            "import_id",
            "binned_at",
            "anonymised_at",
        ]
        bulk.fill(
            self._register, "person", columns,
            (
                (
                    *people.columns_of(row.draft).values(), person_id, self._import_id,
                    stamp if row.in_bin else None, stamp if row.anonymised else None,
                )
                for person_id, row in new
            ),
        )  # fmt: skip
        self.people_added = len(new)
        self._add_contacts(new)
        self._add_needs(new)
        self._add_roles(new)

    def _add_contacts(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        contacts = [(person_id, row.contact) for person_id, row in rows if row.contact is not None]
        ids = self._register.new_ids(len(contacts))
        bulk.fill(
            self._register, "emergency_contact", ("id", "person_id", "name", "relationship", "phone"),
            [
                (contact_id, person_id, c.name, c.relationship, c.phone)
                for contact_id, (person_id, c) in zip(ids, contacts, strict=True)
            ],
        )  # fmt: skip
        imports.note_made(self._register, self._import_id, "emergency_contact", list(ids))

    def _add_needs(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        needs = [(person_id, row) for person_id, row in rows if row.access_needs or row.health]
        today = self._options.today.isoformat()
        bulk.fill(
            self._register, "person_access", ("person_id", "access_needs", "health", "updated_on"),
            [(person_id, row.access_needs, row.health, today) for person_id, row in needs],
        )  # fmt: skip
        keys = [person_id for person_id, _ in needs]
        imports.note_made(self._register, self._import_id, "person_access", keys)

    def _add_roles(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        """Note who a list of people calls a volunteer, a leader or a carer, from when they joined."""
        if self._plan.sessions:
            return
        roles = [
            (person_id, row.role.value, (row.draft.joined_on or self._options.today).isoformat())
            for person_id, row in rows
            if row.role is not None and row.role is not Role.PARTICIPANT
        ]
        ids = self._register.new_ids(len(roles))
        bulk.fill(
            self._register, "person_role", ("id", "person_id", "role", "from_on"),
            [(role_id, *role) for role_id, role in zip(ids, roles, strict=True)],
        )  # fmt: skip
        imports.note_made(self._register, self._import_id, "person_role", list(ids))

    def _fill_known(self) -> None:
        """Fill blanks of people who were in the book; what is there already is never changed."""
        wanted = {
            self._matched[i]: row
            for i, row in enumerate(self._plan.people)
            if i in self._matched and row.known and row.file_id is None
        }
        if not wanted:
            return
        details = imports.details_of(self._register, list(wanted))
        for person_id, row in wanted.items():
            theirs = people.columns_of(row.draft)
            before = details.get(person_id)
            if before is None:
                continue
            blanks = {
                name: theirs[name]
                for name in DRAFT_FIELDS
                if before[name] in _UNFILLED and theirs[name] not in _UNFILLED
            }
            blanks = _without_clashes(blanks, before)
            if blanks:
                self.filled += len(blanks)
                self._fill(person_id, before, blanks)
        known = imports.with_contact(self._register)
        self._add_contacts([pair for pair in wanted.items() if pair[0] not in known])
        cared = imports.with_needs(self._register)
        self._add_needs([pair for pair in wanted.items() if pair[0] not in cared])

    def _fill(self, person_id: int, before: Any, blanks: dict[str, Any]) -> None:
        both = {**{name: before[name] for name in _FOUND_BY}, **blanks}
        found = people.columns_of(PersonDraft(**{name: both[name] for name in _FOUND_BY}))
        for name in ("sort_key", "search_text"):
            if found[name] != before[name]:
                blanks[name] = found[name]
        imports.fill_blanks(self._register, self._import_id, "person", person_id, blanks, before)

    def _join_merged(self, new: Sequence[tuple[int, PersonRow]]) -> None:
        by_file = self._by_file_id()
        for person_id, row in new:
            if row.merged_into is not None:
                kept = by_file.get(str(row.merged_into))
                if kept:
                    self._register.update("person", person_id, {"merged_into": kept})

    def _by_file_id(self) -> dict[str, int]:
        return {
            str(row.file_id): person_id
            for row, person_id in zip(self._plan.people, self._person_ids, strict=True)
            if row.file_id is not None and person_id
        }

    # --- activities and sessions ---

    def _write_activities(self, sessions: SessionPlan) -> None:
        taken = {row["id"] for row in imports.known_activities(self._register)}
        for row, known in zip(self._plan.activities, sessions.activity_ids, strict=True):
            if known is not None:
                self._activity_ids.append(known)
                continue
            draft = (
                row.draft if row.draft.name else replace(row.draft, name=f"Activity {row.file_id}")
            )
            code = free_code(self._register, draft.name)
            own = row.file_id if row.file_id and row.file_id not in taken else None
            activity_id = imports.add_activity(
                self._register, draft, code, self._import_id, own_id=own,
                binned_at=self._register.stamp() if row.in_bin else None,
            )  # fmt: skip
            taken.add(activity_id)
            self._activity_ids.append(activity_id)

    def _write_sessions(self, sessions: SessionPlan) -> None:
        fresh = iter(self._register.new_ids(len(self._plan.sessions) + 1))
        stamp = self._register.stamp()
        rows: list[tuple[Any, ...]] = []
        for row, known in zip(self._plan.sessions, sessions.session_ids, strict=True):
            spare = next(fresh)
            if not row.known or known is not None:
                self._session_ids.append(known or 0)
                if row.known and known is not None:
                    self._fill_session(sessions.rows[known], row)
                continue
            session_id = row.file_id if row.file_id and row.file_id > 0 else spare
            self._session_ids.append(session_id)
            rows.append(self._session_values(session_id, row, stamp))
        bulk.fill(self._register, "session", _SESSION_COLUMNS, rows)

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

    def _write_marks(self, sessions: SessionPlan) -> None:
        imports.add_marks(self._register, self._mark_rows(sessions), about=len(self._plan.marks))

    def _mark_rows(self, sessions: SessionPlan) -> Iterator[tuple[int, int, str, str, int]]:
        marks, session_ids, person_ids = self._plan.marks, self._session_ids, self._person_ids
        mark_names, role_names = [m.value for m in MARKS], [r.value for r in ROLES]
        import_id = self._import_id
        session_of = [0 if i in sessions.closed else s for i, s in enumerate(session_ids)]
        for s, p, mark, role in zip(
            marks.session, marks.person, marks.mark, marks.role, strict=True
        ):
            session, person = session_of[s], person_ids[p]
            if session and person:
                yield session, person, mark_names[mark], role_names[role], import_id

    def _write_enrolments(self, sessions: SessionPlan) -> None:
        """Put people on the registers of what they come to, from their first day there."""
        if any(extra.name == "enrolment" for extra in self._plan.extras):
            return
        spans, last_of = self._spans(sessions)
        known = imports.enrolled(self._register, {activity for _, activity in spans})
        rows = []
        for (person, activity), (first, last, role) in spans.items():
            if (person, activity) not in known:
                gone = last_of[activity] - last > _NOT_SEEN
                rows.append((person, activity, role, first.isoformat(),
                             last.isoformat() if gone else None, self._import_id))  # fmt: skip
        ids = self._register.new_ids(len(rows))
        bulk.fill(
            self._register, "enrolment",
            ("id", "person_id", "activity_id", "role", "from_on", "to_on", "import_id"),
            [(row_id, *row) for row_id, row in zip(ids, rows, strict=True)],
        )  # fmt: skip

    def _spans(
        self, sessions: SessionPlan
    ) -> tuple[dict[tuple[int, int], tuple[dt.date, dt.date, str]], dict[int, dt.date]]:
        """Return each person's first and last day at each activity, and the activity's last day."""
        plan = self._plan
        here = {code for code, mark in enumerate(MARKS) if mark in HERE}
        spans: dict[tuple[int, int], tuple[dt.date, dt.date, str]] = {}
        last_of: dict[int, dt.date] = {}
        rows = zip(
            plan.marks.session, plan.marks.person, plan.marks.mark, plan.marks.role, strict=True
        )
        for s, p, mark, role in rows:
            if mark not in here or s in sessions.closed or not plan.sessions[s].known:
                continue
            person, day = self._person_ids[p], plan.sessions[s].day
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

    def _write_hours(self) -> None:
        rows = [
            (
                self._person_ids[row.person],
                row.day.isoformat(),
                row.minutes,
                row.what,
                None if row.activity is None else self._activity_ids[row.activity] or None,
            )
            for row in self._plan.hours
            if self._person_ids[row.person]
        ]
        self.hours_added = imports.add_hours(self._register, self._import_id, rows)

    # --- other tables of an export ---

    def _write_extras(self) -> None:
        if not self._plan.extras:
            return
        ids: Mapping[str, Mapping[str, int]] = {
            "person": self._by_file_id(),
            "activity": {
                str(row.file_id): i
                for row, i in zip(self._plan.activities, self._activity_ids, strict=True)
            },
            "session": {
                str(row.file_id): i
                for row, i in zip(self._plan.sessions, self._session_ids, strict=True)
            },
        }
        for extra in self._plan.extras:
            imports.add_extra(
                self._register, self._import_id, extra.name, extra.columns, extra.rows, ids
            )


def _without_clashes(blanks: dict[str, Any], before: Any) -> dict[str, Any]:
    """Leave out what would contradict the book: an age beside a date of birth, leaving before joining."""
    if before["born_on"] or before["birth_year"]:
        for name in ("born_on", "birth_year", "age_low", "age_high", "age_band_on"):
            blanks.pop(name, None)
    joined = blanks.get("joined_on") or before["joined_on"]
    left = blanks.get("left_on") or before["left_on"]
    if joined and left and left < joined:
        blanks.pop("joined_on", None)
        blanks.pop("left_on", None)
    return blanks
