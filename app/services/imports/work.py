"""Prepare an import against the book, report it, and carry it out in one transaction."""

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from app.domain.attendance import HERE, Role
from app.importers.base import MARKS, ROLES, Options, Plan, Question
from app.importers.matching import Known, Matching, match_people
from app.services.imports.reading import read_plan
from app.services.imports.referrals import ReferralPlan, plan_referrals
from app.services.imports.report import ImportReport
from app.services.imports.sessions import SessionPlan, plan_sessions
from app.services.imports.writing import Writer
from app.services.result import Written, to_its_end
from app.storage import import_referrals, imports
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A plan matched against the book, ready to be looked at and carried out."""

    kind: str
    path: Path
    plan: Plan = field(repr=False)
    matching: Matching = field(repr=False)
    options: Options = field(repr=False)
    digest: str


def known_people(register: Register) -> tuple[Known, ...]:
    """Return everybody in the book, as far as matching needs it."""
    return tuple(
        Known(
            id=row["id"],
            given_name=row["given_name"],
            family_name=row["family_name"],
            known_as=row["known_as"],
            born_on=dt.date.fromisoformat(row["born_on"]) if row["born_on"] else None,
            birth_year=row["birth_year"],
            phone=row["phone"],
            postcode=row["postcode"],
            stands_for=row["merged_into"],
            binned=row["binned_at"] is not None,
        )
        for row in imports.known_people(register)
    )


def prepare(
    register: Register,
    kind: str,
    path: Path,
    options: Options,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Prepared:
    """Read a file and match its people with the book; nothing is written.

    The window does the same in steps: `known_people` where the register is, `read_plan` and
    `match_people` on its worker. Raises CannotRead.
    """
    plan = read_plan(kind, path, options, cancelled=cancelled)
    matching = match_people(plan.people, known_people(register))
    return Prepared(
        kind=kind, path=path, plan=plan, matching=matching, options=options, digest=digest_of(path)
    )


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, by which the same file is known again; "" for a folder."""
    if path.is_dir():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_questions(plan: Plan) -> tuple[Question, ...]:
    """Return the questions that have to be answered before the plan can be carried out."""
    return tuple(question for question in plan.questions if not question.default)


def with_joins(prepared: Prepared, joins: Mapping[int, int]) -> Prepared:
    """Return the import with likely doubles joined as somebody has said: place in plan -> person."""
    matched = {**prepared.matching.matched, **joins}
    return replace(prepared, matching=replace(prepared.matching, matched=matched))


def report_of(register: Register, prepared: Prepared) -> ImportReport:
    """Return what carrying an import out would do, as far as can be told without doing it."""
    plan, matched = prepared.plan, prepared.matching.matched
    sessions = plan_sessions(register, plan)
    referrals = plan_referrals(register, plan, matched, sessions.activity_ids)
    marks = sum(1 for index in plan.marks.session if sessions.takes_marks(index))
    added = sum(row.known for i, row in enumerate(plan.people) if i not in matched)
    counts = _Counts(people=added, marks=marks, attendances=_attendances(plan, sessions),
                     hours=len(plan.hours), referrals=referrals.new,
                     referrers=referrals.new_referrers, workers=referrals.new_workers)  # fmt: skip
    return _report(register, prepared, sessions, referrals, counts)


def _attendances(plan: Plan, sessions: SessionPlan) -> int:
    here = {code for code, mark in enumerate(MARKS) if mark in HERE}
    participant = ROLES.index(Role.PARTICIPANT)
    rows = zip(plan.marks.session, plan.marks.mark, plan.marks.role, strict=True)
    return sum(
        1 for session, mark, role in rows
        if mark in here and role == participant and sessions.takes_marks(session)
    )  # fmt: skip


Writing = Generator[Written, None, ImportReport]
"""An import being written, a few milliseconds at a time. Closing it leaves the register as it was."""


def carry_out(register: Register, prepared: Prepared) -> ImportReport:
    """Write an import as one transaction, so that it can be taken out whole; return what was done.

    Raises AppError with the register as it was when something stands in the way.
    """
    return to_its_end(write_in_slices(register, prepared, at_once=True))


def write_in_slices(register: Register, prepared: Prepared, *, at_once: bool = False) -> Writing:
    """Write an import as `carry_out` does, but a few milliseconds at a time.

    All of it is one transaction: whoever closes the generator before its end, or meets an AppError
    from it, has the register as it was. Nothing else can be written until then. ``at_once``: nobody
    waits between slices, so they may be longer.
    """
    plan = prepared.plan
    use_case = f"import.{prepared.kind}"
    with register.transaction(use_case, text=f"import {prepared.path.name}", bulk=True):
        import_id = imports.add_run(
            register, kind=prepared.kind, file_name=prepared.path.name, digest=prepared.digest
        )
        sessions = plan_sessions(register, plan)
        referrals = plan_referrals(register, plan, prepared.matching.matched, sessions.activity_ids)
        writer = Writer(
            register, plan, prepared.matching, import_id, prepared.options, at_once=at_once
        )
        total = writer.total
        yield Written(done=0, total=total)
        for done in writer.write(sessions, referrals):
            yield Written(done=done, total=total)
        marks, attendances = imports.marks_of(register, import_id)
        counts = _Counts(people=writer.people.added, marks=marks, attendances=attendances,
                         filled=writer.people.filled, hours=writer.hours_added,
                         **import_referrals.brought(register, import_id))  # fmt: skip
        report = _report(register, prepared, sessions, referrals, counts, import_id)
        report = replace(report, problems=(*report.problems, *writer.people.problems))
        imports.finish_run(
            register, import_id, rows=report.rows, added=report.added, matched=report.matched,
            skipped=report.skipped, counts=_counts(report),
        )  # fmt: skip
        yield Written(done=total, total=total)
    return report


def _counts(report: ImportReport) -> dict[str, int]:
    names = (
        "people",
        "people_matched",
        "activities",
        "sessions",
        "attendances",
        "marks",
        "hours",
        "filled",
        "referrals",
        "referrers",
        "workers",
    )
    return {name: getattr(report, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """What an import adds."""

    people: int
    marks: int
    attendances: int
    hours: int
    filled: int = 0
    referrals: int = 0
    referrers: int = 0
    workers: int = 0


def _added_and_matched(
    prepared: Prepared, counts: _Counts, referrals: ReferralPlan
) -> tuple[int, int]:
    """Return how many of what the import is about are added, and how many were there already."""
    if prepared.kind == "people":
        return counts.people, len(prepared.matching.matched)
    if prepared.kind == "referrals":
        return counts.referrals, referrals.matched
    return counts.marks, len(prepared.plan.marks) - counts.marks


def _days(prepared: Prepared) -> list[dt.date]:
    """Return the days that an import is about."""
    if prepared.kind == "referrals":
        return [row.received_on for row in prepared.plan.referrals]
    return [row.day for row in prepared.plan.sessions if row.known]


def _report(
    register: Register, prepared: Prepared, sessions: SessionPlan, referrals: ReferralPlan,
    counts: _Counts, import_id: int | None = None,
) -> ImportReport:  # fmt: skip
    plan = prepared.plan
    added, matched = _added_and_matched(prepared, counts, referrals)
    days = _days(prepared)
    before = imports.done_before(register, prepared.kind, prepared.digest, not_run=import_id)
    return ImportReport(
        kind=prepared.kind,
        format=plan.format,
        file_name=prepared.path.name,
        rows=plan.rows,
        added=added,
        matched=matched,
        skipped=len(plan.skipped) + len(referrals.skipped),
        people_matched=len(prepared.matching.matched),
        activities=sessions.new_activities,
        sessions=sessions.new_sessions,
        referrals_matched=referrals.matched,
        **asdict(counts),
        first_date=min(days, default=None),
        last_date=max(days, default=None),
        import_id=import_id,
        problems=(*plan.problems, *sessions.problems, *referrals.problems),
        columns=plan.columns,
        meanings=plan.meanings,
        values=plan.values,
        left_out=(*plan.skipped, *referrals.skipped),
        likely=prepared.matching.likely,
        person_rows=tuple(row.place.row for row in plan.people),
        questions=plan.questions,
        notes=(*plan.notes, *referrals.notes),
        done_before=before.done_at[:10] if before is not None else "",
    )
