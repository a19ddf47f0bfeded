"""Write a pretend book down: each part's rows into its tables, in bulk."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from app.domain.activities import ActivityDraft
from app.domain.errors import Cancelled
from app.domain.names import full_name
from app.domain.settings import Settings
from app.services.example import belonging, contacts, people, programme, tidying, volunteering
from app.services.example.meetings import Meeting
from app.services.example.world import World
from app.storage import bulk, settings
from app.storage.people import columns_of
from app.storage.register import Register

Progress = Callable[[int, int], bool]
"""Told how many of how many are done; answers whether to go on."""

_ACTIVITY_FIELDS = tuple(field.name for field in fields(ActivityDraft))


class Writer:
    """One book being written; ``counts`` says what is in it so far."""

    def __init__(self, register: Register, world: World, progress: Progress | None) -> None:
        self._register = register
        self._world = world
        self._progress = progress
        self._ids = {table: world.first_id(table) for table in ("person", "activity", "session")}
        self._order: list[str] = []
        self.counts: dict[str, int] = {}

    def write(self) -> None:
        """Write every part; the order is that of the tables' references."""
        self._settings()
        self._activities()
        self._people()
        self._sessions()
        self._marks()
        self._belonging()
        self._contacts()
        self._volunteering()
        self._sheet()

    # --- rows --------------------------------------------------------------------------------

    def _rows(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> int:
        """Add rows that count their own ids on, and return how many they were."""
        first = self._world.first_id(table)
        made = 0

        def numbered() -> Iterator[Sequence[Any]]:
            nonlocal made
            for row in rows:
                yield (first + made, *row)
                made += 1

        bulk.fill(self._register, table, ("id", *columns.split()), numbered())
        return made

    def _person(self, index: int | None) -> int | None:
        return None if index is None else self._ids["person"] + index

    def _activity(self, index: int | None) -> int | None:
        return None if index is None else self._ids["activity"] + index

    # --- parts -------------------------------------------------------------------------------

    def _settings(self) -> None:
        facts = programme.group_facts(self._world.size)
        group = Settings(
            group_name=facts["name"],
            tagline=facts["tagline"],
            contact=facts["contact"],
            year_end=facts["year_end"],
            pretend=True,
        )
        settings.write(self._register, group)
        self._rows("rate", "kind from_on pence source", volunteering.rates(self._world))

    def _activities(self) -> None:
        def rows() -> Iterator[Sequence[Any]]:
            for plan in self._world.plans:
                leader = self._world.leaders.get(plan.index)
                values = {name: getattr(plan.draft, name) for name in _ACTIVITY_FIELDS}
                if leader and not values["leader"]:
                    values["leader"] = full_name(leader.name.given, leader.name.family)
                values["repeat"] = plan.draft.repeat.value
                values["skip_bank_holidays"] = int(plan.draft.skip_bank_holidays)
                yield (plan.code, *values.values())

        columns = " ".join(("code", *_ACTIVITY_FIELDS))
        self.counts["activities"] = self._rows("activity", columns, rows())

    def _people(self) -> None:
        world = self._world
        self._left = belonging.gone(world)
        doubles = tidying.doubles(world)
        for place, double in enumerate(doubles):
            world.marks.doubles[double.kept] = (len(world.members) + place, double.until)
            if place % 4 == 0:
                world.marks.twice.add(double.kept)

        def rows() -> Iterator[Sequence[Any]]:
            for draft in people.drafts(world, self._left):
                values = columns_of(draft)
                self._order.append(values["sort_key"])
                yield (*values.values(), None, None)
            for double in doubles:
                yield (*columns_of(double.draft).values(), self._person(double.kept), None)
            for draft, at in tidying.mistakes(world):
                yield (*columns_of(draft).values(), None, at)

        columns = [*columns_of(next(people.drafts(world, {}))), "merged_into", "binned_at"]
        self._rows("person", " ".join(columns), rows())
        self.counts["people"] = len(world.members)
        self.counts["joined_records"] = len(doubles)
        merges = (
            (
                self._person(double.kept),
                self._ids["person"] + len(world.members) + place,
                double.joined_at,
                '{"followers": []}',
            )
            for place, double in enumerate(doubles)
        )
        self._rows("person_merge", "kept_id merged_id merged_at before", merges)

    def _sessions(self) -> None:
        world = self._world

        def row(meeting: Meeting, binned_at: str | None) -> Sequence[Any]:
            draft = world.plans[meeting.activity].draft
            moved = meeting.moved_from.isoformat() if meeting.moved_from else None
            return (
                self._activity(meeting.activity),
                meeting.day.isoformat(),
                draft.start_time,
                draft.end_time,
                meeting.state.value,
                meeting.reason,
                meeting.note,
                moved,
                meeting.guests,
                meeting.place,
                meeting.remark,
                binned_at,
            )

        def rows() -> Iterator[Sequence[Any]]:
            count = 0
            for meetings in world.meetings:
                for meeting in meetings:
                    yield row(meeting, None)
                    count += 1
            for meeting, at in tidying.wrong_sessions(world, count):
                yield row(meeting, at)

        columns = (
            "activity_id session_on start_time end_time state cancelled_reason cancelled_note"
            " moved_from_on guests place notes binned_at"
        )
        self._rows("session", columns, rows())
        self.counts["sessions"] = sum(len(meetings) for meetings in world.meetings)

    def _marks(self) -> None:
        marks = self._world.marks

        def rows() -> Iterator[Sequence[Any]]:
            for done, plan in enumerate(self._world.plans):
                if self._progress and not self._progress(done, len(self._world.plans)):
                    raise Cancelled("Stopped. The pretend book was not made.")
                yield from marks.draw(plan, self._ids["session"], self._ids["person"])

        with bulk.indexes_made_after(self._register, "attendance"):
            columns = ("session_id", "person_id", "mark", "role")
            bulk.fill(self._register, "attendance", columns, rows())
        self.counts["attendances"] = marks.attended
        self.counts["marks"] = marks.rows

    def _belonging(self) -> None:
        world = self._world
        listed = (
            (self._person(person), self._activity(activity), role, first, last)
            for person, activity, role, first, last in belonging.enrolments(world)
        )
        columns = "person_id activity_id role from_on to_on"
        self.counts["enrolments"] = self._rows("enrolment", columns, listed)
        roles = (
            (self._person(person), role, self._activity(activity), first, last)
            for person, role, activity, first, last in belonging.roles(world)
        )
        self._rows("person_role", "person_id role activity_id from_on to_on", roles)
        waiting = (
            (self._person(person), self._activity(activity), *rest)
            for person, activity, *rest in belonging.waiting(world)
        )
        columns = "person_id activity_id from_on to_on outcome"
        self.counts["waiting"] = self._rows("waiting_place", columns, waiting)

    def _contacts(self) -> None:
        world = self._world
        self._rows(
            "emergency_contact",
            "person_id position name relationship phone",
            ((self._person(person), *rest) for person, *rest in contacts.emergency(world)),
        )
        self._rows(
            "guardian",
            "person_id guardian_person_id name relationship phone email has_responsibility"
            " may_collect activity_consent_on medical_consent_on travel_consent_on",
            (
                (self._person(person), self._person(other), *rest)
                for person, other, *rest in contacts.guardians(world)
            ),
        )
        bulk.fill(
            self._register,
            "person_access",
            ("person_id", "access_needs", "health", "updated_on"),
            ((self._person(person), *rest) for person, *rest in contacts.access(world)),
        )
        self._rows(
            "consent",
            "person_id purpose given asked_on method wording_version taken_by detail withdrawn_on",
            ((self._person(person), *rest) for person, *rest in contacts.consents(world)),
        )

    def _volunteering(self) -> None:
        minutes = 0

        def rows() -> Iterator[Sequence[Any]]:
            nonlocal minutes
            for person, day, length, activity, what in volunteering.hours(self._world):
                minutes += length
                yield (self._person(person), day, length, self._activity(activity), what)

        columns = "person_id logged_on minutes activity_id what"
        self._rows("volunteer_log", columns, rows())
        self.counts["volunteer_hours"] = round(minutes / 60)

    def _sheet(self) -> None:
        """Leave one sheet that was printed, taken to the hall and not yet typed in."""
        world = self._world
        meeting = tidying.unentered(world)
        if meeting is None:
            return
        printed = dt.datetime.combine(meeting.day, dt.time(14, 5), dt.UTC)
        code = tidying.sheet_code(world, meeting)
        session = self._ids["session"] + meeting.index
        self._rows(
            "sheet",
            "session_id code printed_at",
            [(session, code, printed.isoformat(timespec="seconds"))],
        )
        listed = tidying.on_sheet(world, meeting, self._left)
        order = sorted(listed, key=lambda member: (self._order[member.index], member.index))
        sheet = world.first_id("sheet")
        bulk.fill(
            self._register,
            "sheet_row",
            ("sheet_id", "row", "person_id"),
            (
                (sheet, place, self._person(member.index))
                for place, member in enumerate(order, start=1)
            ),
        )
