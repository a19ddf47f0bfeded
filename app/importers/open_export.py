"""Import the open export of another Hallbook: people, sessions, marks, hours and referrals by id.

FILE may be the exported folder, its datapackage.json, or one of its files; the files beside it are
read where ids point to them. Nothing is guessed here: columns have the names of the export.
"""

from pathlib import Path

from app.domain.attendance import Role
from app.importers.base import (
    MARKS,
    ROLES,
    ColumnDecision,
    ExtraTable,
    HoursRow,
    Marks,
    Options,
    Place,
    Plan,
)
from app.importers.cells import column_letters
from app.importers.export_faults import Faults
from app.importers.export_folder import Export
from app.importers.export_people import PeopleOfExport
from app.importers.export_referrals import ReferralsOfExport
from app.importers.export_sessions import SessionsOfExport
from app.importers.export_table import ExportTable, harmless, minutes_of, number_of

FORMAT = "Hallbook export"
_PEOPLE_EXTRAS = ("emergency_contact", "person_access", "guardian", "consent", "person_merge")
_SESSION_EXTRAS = ("enrolment", "waiting_place", "person_role", "rate")
_SENDERS = ("referrer", "referrer_worker", "agreement", "agreement_activity", "agreement_source")
"""What a referral points to."""
_REFERRAL_EXTRAS = (
    *_SENDERS, "referral_step", "referral_letter", "funded_place", "place_correction",
)  # fmt: skip
_OUTCOME_EXTRAS = (
    "own_measure", "measure_use", "person_code", "questionnaire_print", "questionnaire_row",
    "goal", "response", "response_item", "response_score", "story", "story_use",
)  # fmt: skip
"""Each after what its rows point to."""
_MOST_MINUTES = 1_440


def read_people(export: Export, options: Options) -> Plan:
    """Return the plan of importing the people of an export."""
    reading = _Reading(export, options)
    rows = reading.read_people()
    return reading.plan(rows=rows, extras=_PEOPLE_EXTRAS)


def read_attendance(export: Export, options: Options) -> Plan:
    """Return the plan of importing sessions, marks and hours, as far as the named file goes.

    The folder or attendance.csv brings everything, referrals and answers too; sessions.csv the
    sessions; volunteer_hours.csv the hours.
    """
    reading = _Reading(export, options)
    whole = export.named in {"", "attendance.csv", "people.csv"}
    only_hours = export.named == "volunteer_hours.csv"
    if whole or only_hours:
        reading.read_people()
    rows = 0
    reading.read_activities()
    if not only_hours:
        rows = reading.read_sessions()
    if whole:
        rows = reading.read_marks()
        reading.read_referrals()
    if whole or only_hours:
        rows = max(rows, reading.read_hours())
    everything = _PEOPLE_EXTRAS + _REFERRAL_EXTRAS + _SESSION_EXTRAS + _OUTCOME_EXTRAS
    return reading.plan(rows=rows, extras=everything if whole else ())


def read_referrals(export: Export, options: Options) -> Plan:
    """Return the plan of importing referrals with their people, senders, steps and places."""
    reading = _Reading(export, options)
    reading.read_people()
    reading.read_activities()
    rows = reading.read_referrals()
    return reading.plan(rows=rows, extras=(*_PEOPLE_EXTRAS, *_REFERRAL_EXTRAS, "waiting_place"))


class _Reading:
    """One reading of an export: what has an id gets its place in the plan's lists."""

    def __init__(self, export: Export, options: Options) -> None:
        self.export = export
        self.faults = Faults()
        self.people = PeopleOfExport(options, self.faults)
        self.sessions = SessionsOfExport(options, self.faults)
        self.referrals = ReferralsOfExport(options, self.faults, self.people, self.sessions)
        self.marks = Marks()
        self.hours: list[HoursRow] = []
        self.columns: list[ColumnDecision] = []

    def plan(self, *, rows: int, extras: tuple[str, ...]) -> Plan:
        """Return all that would be done."""
        return Plan(
            format=FORMAT,
            rows=rows,
            people=tuple(self.people.rows),
            activities=tuple(self.sessions.activities),
            sessions=tuple(self.sessions.sessions),
            marks=self.marks,
            hours=tuple(self.hours),
            referrals=tuple(self.referrals.rows),
            extras=tuple(self._extra(name) for name in extras if self._path_of(name).is_file()),
            columns=tuple(self.columns),
            problems=tuple(self.faults.problems),
        )

    def _table(self, name: str) -> ExportTable | None:
        path = self.export.files.get(name)
        if path is None:
            return None
        table = ExportTable(path, self.export.watch)
        self.columns += [
            ColumnDecision(
                sheet=name, column=column_letters(i), header=column, taken_as=column, by="header"
            )
            for i, column in enumerate(table.columns)
        ]
        return table

    def read_people(self) -> int:
        """Read people.csv, where it is there; return how many rows it has."""
        table = self._table("people.csv")
        return self.people.read(table) if table is not None else 0

    def read_activities(self) -> None:
        """Read activities.csv, where it is there."""
        table = self._table("activities.csv")
        if table is not None:
            self.sessions.read_activities(table)

    def read_sessions(self) -> int:
        """Read sessions.csv, where it is there; return how many rows it has."""
        table = self._table("sessions.csv")
        return self.sessions.read_sessions(table) if table is not None else 0

    def read_referrals(self) -> int:
        """Read referrals.csv, where it is there; return how many rows it has."""
        table = self._table("referrals.csv")
        if table is None:
            return 0
        with_steps = not self._path_of("referral_step").is_file()
        return self.referrals.read(table, with_steps=with_steps)

    def read_marks(self) -> int:
        """Read attendance.csv, of which there may be millions of rows; return how many."""
        table = self._table("attendance.csv")
        if table is None:
            return 0
        at = [table.index.get(n, -1) for n in ("session_id", "person_id", "mark", "role")]
        session_at, person_at, mark_at, role_at = at
        participant = ROLES.index(Role.PARTICIPANT)
        marks = {mark.value: code for code, mark in enumerate(MARKS)}
        roles = {role.value: code for code, role in enumerate(ROLES)} | {"": participant}
        put_session, put_person = self.marks.session.append, self.marks.person.append
        put_mark, put_role = self.marks.mark.append, self.marks.role.append
        sessions, people = self.sessions.by_id, self.people.by_id
        width = max(at) + 1
        rows = -1
        for rows, row in enumerate(table.text.rows()):
            if rows == 0 or len(row) < width:
                if rows and any(row):
                    self._mark_problem(rows, "row_short", "")
                continue
            mark = marks.get(row[mark_at])  # type: ignore[arg-type]
            role = roles.get(row[role_at]) if role_at >= 0 else participant  # type: ignore[arg-type]
            if mark is None or role is None:
                value = str(row[mark_at] if mark is None else row[role_at])
                self._mark_problem(rows, "mark_unknown", value)
                continue
            session = sessions.get(row[session_at])  # type: ignore[arg-type]
            if session is None:
                session = self.sessions.session_index(str(row[session_at]))
            person = people.get(row[person_at])  # type: ignore[arg-type]
            put_session(session)
            put_person(self.people.index(str(row[person_at])) if person is None else person)
            put_mark(mark)
            put_role(role)
        return max(rows, 0)

    def _mark_problem(self, rows_before: int, code: str, value: str) -> None:
        self.faults.problem(Place(sheet="attendance.csv", row=rows_before + 1), code, value)

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
            found = self.faults.day(day(row), where, needed=True)
            length = number_of(minutes(row)) or minutes_of(hours(row))
            if found is None:
                continue
            if length is None or not 1 <= length <= _MOST_MINUTES:
                self.faults.problem(where, "number_unknown", hours(row))
                continue
            self.hours.append(
                HoursRow(
                    person=self.people.index(person(row)),
                    day=found,
                    minutes=length,
                    what=what(row),
                    activity=self.sessions.activity_index(activity(row)) if activity(row) else None,
                )
            )
        return rows

    def _path_of(self, name: str) -> Path:
        return self.export.folder / f"{name}.csv"

    def _extra(self, name: str) -> ExtraTable:
        table = ExportTable(self._path_of(name), self.export.watch)
        rows = tuple(tuple(harmless(cell) for cell in row) for _, row in table.rows())
        return ExtraTable(
            name=name, columns=tuple(table.columns), rows=rows, before_referrals=name in _SENDERS
        )
