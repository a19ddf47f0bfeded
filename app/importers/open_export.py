"""Import the open export of another Hallbook: people, activities, sessions, marks and hours by id.

FILE may be the exported folder, its datapackage.json, or one of its files; the files beside it are
read where ids point to them. Nothing is guessed here: columns have the names of the export.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from app.domain.activities import ActivityDraft, Repeat, SessionState, parse_time
from app.domain.attendance import Role
from app.domain.people import DRAFT_FIELDS, PersonDraft, validate_person
from app.importers.base import (
    MARKS,
    ROLES,
    ActivityRow,
    ColumnDecision,
    ExtraTable,
    HoursRow,
    ImportProblem,
    Marks,
    Options,
    PersonRow,
    Place,
    Plan,
    SessionRow,
)
from app.importers.cells import column_letters
from app.importers.export_folder import Export
from app.importers.export_table import ExportTable, harmless, is_yes, minutes_of, number_of
from app.importers.fields import Field
from app.importers.problem_texts import problem_text
from app.importers.values import EQUALITY_FIELDS, answer

FORMAT = "Hallbook export"
_PEOPLE_EXTRAS = ("emergency_contact", "person_access", "guardian", "consent", "person_merge")
_SESSION_EXTRAS = ("enrolment", "waiting_place", "person_role", "rate")
_DATES = frozenset({"born_on", "age_band_on", "joined_on", "left_on"})
_NUMBERS = frozenset({"birth_year", "age_low", "age_high"})
_RENAMED = {"born_on": "date_of_birth"}
_MOST_PROBLEMS = 1_000


def read_people(export: Export, options: Options) -> Plan:
    """Return the plan of importing the people of an export."""
    reading = _Reading(export, options)
    reading.read_people()
    return reading.plan(rows=len(reading.people), extras=_PEOPLE_EXTRAS)


def read_attendance(export: Export, options: Options) -> Plan:
    """Return the plan of importing sessions, marks and hours, as far as the named file goes.

    The folder or attendance.csv brings everything; sessions.csv the sessions; volunteer_hours.csv
    the hours.
    """
    reading = _Reading(export, options)
    whole = export.named in {"", "attendance.csv", "people.csv"}
    if whole or export.named == "volunteer_hours.csv":
        reading.read_people()
    rows = 0
    reading.read_activities()
    if export.named != "volunteer_hours.csv":
        rows = reading.read_sessions()
    if whole:
        rows = reading.read_marks()
    if whole or export.named == "volunteer_hours.csv":
        rows = max(rows, reading.read_hours())
    extras = _PEOPLE_EXTRAS + _SESSION_EXTRAS if whole else ()
    return reading.plan(rows=rows, extras=extras)


class _Reading:
    """One reading of an export: what has an id gets its place in the plan's lists."""

    def __init__(self, export: Export, options: Options) -> None:
        self.export = export
        self.options = options
        self.people: list[PersonRow] = []
        self.activities: list[ActivityRow] = []
        self.sessions: list[SessionRow] = []
        self.marks = Marks()
        self.hours: list[HoursRow] = []
        self.problems: list[ImportProblem] = []
        self.columns: list[ColumnDecision] = []
        self.notes: list[str] = []
        self._person: dict[str, int] = {}
        self._activity: dict[str, int] = {}
        self._session: dict[str, int] = {}

    def plan(self, *, rows: int, extras: tuple[str, ...]) -> Plan:
        """Return all that would be done."""
        return Plan(
            format=FORMAT,
            rows=rows,
            people=tuple(self.people),
            activities=tuple(self.activities),
            sessions=tuple(self.sessions),
            marks=self.marks,
            hours=tuple(self.hours),
            extras=tuple(self._extra(name) for name in extras if self._extra_path(name)),
            columns=tuple(self.columns),
            problems=tuple(self.problems),
            notes=tuple(self.notes),
        )

    def _table(self, name: str) -> ExportTable | None:
        path = self.export.files.get(name)
        if path is None:
            return None
        table = ExportTable(path)
        self.columns += [
            ColumnDecision(
                sheet=name, column=column_letters(i), header=column, taken_as=column, by="header"
            )
            for i, column in enumerate(table.columns)
        ]
        return table

    # --- people ---

    def read_people(self) -> None:
        """Read people.csv, where it is there."""
        table = self._table("people.csv")
        if table is None:
            return
        get = {name: table.getter(_RENAMED.get(name, name)) for name in DRAFT_FIELDS}
        file_id, merged = table.getter("person_id"), table.getter("merged_into")
        in_bin = table.getter("in_bin")
        for number, row in table.rows():
            where = Place(sheet="people.csv", row=number)
            values = {name: self._value(name, get[name](row), where) for name in DRAFT_FIELDS}
            draft = PersonDraft(**values)  # type: ignore[arg-type]
            nameless = not (draft.given_name or draft.family_name or draft.known_as)
            if not nameless:
                draft = self._without_faults(draft, where)
            self._person[file_id(row)] = len(self.people)
            self.people.append(
                PersonRow(
                    place=where, draft=draft, file_id=number_of(file_id(row)),
                    merged_into=number_of(merged(row)), in_bin=is_yes(in_bin(row)), anonymised=nameless,
                )
            )  # fmt: skip

    def _value(self, name: str, text: str, where: Place) -> object:
        if name in _DATES:
            return self._day(text, where)
        if name in _NUMBERS:
            return number_of(text)
        if name in EQUALITY_NAMES:
            code = answer(Field(name), text, {})
            if code is None:
                self._problem(where, "answer_unknown", text)
            return code or "not_asked"
        return text

    def _without_faults(self, draft: PersonDraft, where: Place) -> PersonDraft:
        empty = PersonDraft()
        for problem in validate_person(draft, today=self.options.today):
            value = str(getattr(draft, problem.field) or "")
            self._keep(
                ImportProblem(place=where, code=problem.code, message=problem.text, value=value)
            )
            draft = replace(draft, **{problem.field: getattr(empty, problem.field)})
        return draft

    def _person_index(self, text: str) -> int:
        """Return the place of a person by the file's id; one only named by id is added as such."""
        index = self._person.get(text)
        if index is None:
            index = self._person[text] = len(self.people)
            self.people.append(
                PersonRow(place=Place(), draft=PersonDraft(), file_id=number_of(text), known=False)
            )
        return index

    # --- activities and sessions ---

    def read_activities(self) -> None:
        """Read activities.csv, where it is there."""
        table = self._table("activities.csv")
        if table is None:
            return
        texts = {
            name: table.getter(name) for name in ("name", "description", "place", "leader", "notes")
        }
        numbers = {
            name: table.getter(name)
            for name in ("capacity", "age_from", "age_to", "weekday", "nth")
        }
        times = {name: table.getter(name) for name in ("start_time", "end_time")}
        file_id, repeat = table.getter("activity_id"), table.getter("repeat")
        skips = table.getter("skip_bank_holidays")
        in_bin = table.getter("in_bin")
        for _, row in table.rows():
            draft = ActivityDraft(
                **{name: get(row) for name, get in texts.items()},  # type: ignore[arg-type]
                **{name: number_of(get(row)) for name, get in numbers.items()},  # type: ignore[arg-type]
                **{name: parse_time(get(row)) for name, get in times.items()},  # type: ignore[arg-type]
                repeat=Repeat(repeat(row)) if repeat(row) in set(Repeat) else Repeat.NONE,
                skip_bank_holidays=skips(row) == "" or is_yes(skips(row)),
            )
            self._activity[file_id(row)] = len(self.activities)
            self.activities.append(
                ActivityRow(
                    draft=draft, file_id=number_of(file_id(row)), in_bin=is_yes(in_bin(row))
                )
            )

    def _activity_index(self, text: str) -> int:
        index = self._activity.get(text)
        if index is None:
            index = self._activity[text] = len(self.activities)
            self.activities.append(
                ActivityRow(draft=ActivityDraft(), file_id=number_of(text), known=False)
            )
        return index

    def read_sessions(self) -> int:
        """Read sessions.csv, where it is there; return how many rows it has."""
        table = self._table("sessions.csv")
        if table is None:
            return 0
        file_id, activity, day = (table.getter(n) for n in ("session_id", "activity_id", "date"))
        starts, ends, state = (table.getter(n) for n in ("starts_at", "ends_at", "state"))
        reason, guests, in_bin = (table.getter(n) for n in ("cancelled_reason", "guests", "in_bin"))
        texts = [table.getter(n) for n in ("place", "leader", "notes", "cancelled_note")]
        moved = table.getter("moved_from_on")
        rows = 0
        for number, row in table.rows():
            rows += 1
            where = Place(sheet="sessions.csv", row=number)
            found = self._day(day(row), where, needed=True)
            if found is None:
                continue
            kept = (
                SessionState(state(row))
                if state(row) in set(SessionState)
                else SessionState.PLANNED
            )
            start, end = parse_time(starts(row)), parse_time(ends(row))
            if start and end and end <= start:
                self._problem(where, "session_end_before_start", ends(row), start=start, end=end)
                end = None
            cancelled = kept is SessionState.CANCELLED
            venue, leader, notes, why = (get(row) for get in texts)
            self._session[file_id(row)] = len(self.sessions)
            self.sessions.append(
                SessionRow(
                    place=where, activity=self._activity_index(activity(row)), day=found,
                    start_time=start, end_time=end, state=kept,
                    cancelled_reason=(reason(row) or "other") if cancelled else reason(row),
                    guests=number_of(guests(row)), file_id=number_of(file_id(row)),
                    in_bin=is_yes(in_bin(row)), venue=venue, leader=leader, notes=notes, cancelled_note=why, moved_from=self._day(moved(row), where),
                )
            )  # fmt: skip
        return rows

    def _session_index(self, text: str) -> int:
        index = self._session.get(text)
        if index is None:
            index = self._session[text] = len(self.sessions)
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

    # --- marks and hours ---

    def read_marks(self) -> int:
        """Read attendance.csv, of which there may be millions of rows; return how many."""
        table = self._table("attendance.csv")
        if table is None:
            return 0
        at = [table.index.get(n, -1) for n in ("session_id", "person_id", "mark", "role")]
        session_at, person_at, mark_at, role_at = at
        marks = {mark.value: code for code, mark in enumerate(MARKS)}
        roles = {role.value: code for code, role in enumerate(ROLES)} | {
            "": ROLES.index(Role.PARTICIPANT)
        }
        put_session, put_person = self.marks.session.append, self.marks.person.append
        put_mark, put_role = self.marks.mark.append, self.marks.role.append
        sessions, people = self._session, self._person
        width = max(at) + 1
        rows = -1
        for rows, row in enumerate(table.text.rows()):
            if rows == 0 or len(row) < width:
                if rows and any(row):
                    self._problem(Place(sheet="attendance.csv", row=rows + 1), "row_short", "")
                continue
            mark = marks.get(row[mark_at])  # type: ignore[arg-type]
            role = roles.get(row[role_at]) if role_at >= 0 else 0  # type: ignore[arg-type]
            if mark is None or role is None:
                value = str(row[mark_at] if mark is None else row[role_at])
                self._problem(Place(sheet="attendance.csv", row=rows + 1), "mark_unknown", value)
                continue
            session, person = sessions.get(row[session_at]), people.get(row[person_at])  # type: ignore[arg-type]
            put_session(self._session_index(str(row[session_at])) if session is None else session)
            put_person(self._person_index(str(row[person_at])) if person is None else person)
            put_mark(mark)
            put_role(role)
        return max(rows, 0)

    def read_hours(self) -> int:
        """Read volunteer_hours.csv, where it is there; return how many rows it has."""
        table = self._table("volunteer_hours.csv")
        if table is None:
            return 0
        person, day, hours = (table.getter(n) for n in ("person_id", "date", "hours"))
        minutes, what = table.getter("minutes"), table.getter("what")
        activity = table.getter("activity_id")
        rows = 0
        for number, row in table.rows():
            rows += 1
            where = Place(sheet="volunteer_hours.csv", row=number)
            found = self._day(day(row), where, needed=True)
            length = number_of(minutes(row)) or minutes_of(hours(row))
            if found is None or length is None or not 1 <= length <= 1440:
                if found is not None:
                    self._problem(where, "number_unknown", hours(row))
                continue
            self.hours.append(
                HoursRow(
                    person=self._person_index(person(row)),
                    day=found,
                    minutes=length,
                    what=what(row),
                    activity=self._activity_index(activity(row)) if activity(row) else None,
                )
            )
        return rows

    # --- the other tables ---

    def _extra_path(self, name: str) -> Path | None:
        path = self.export.folder / f"{name}.csv"
        return path if path.is_file() else None

    def _extra(self, name: str) -> ExtraTable:
        table = ExportTable(self.export.folder / f"{name}.csv")
        rows = tuple(tuple(harmless(cell) for cell in row) for _, row in table.rows())
        return ExtraTable(name=name, columns=tuple(table.columns), rows=rows)

    # --- values ---

    def _day(self, text: str, where: Place, *, needed: bool = False) -> dt.date | None:
        if not text and not needed:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self._problem(where, "date_unknown", text)
            return None

    def _problem(self, where: Place, code: str, value: str, **values: str) -> None:
        message = problem_text(code, value, **values)
        self._keep(ImportProblem(place=where, code=code, message=message, value=value))

    def _keep(self, problem: ImportProblem) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


EQUALITY_NAMES = frozenset(field.value for field in EQUALITY_FIELDS)
