"""The commands import, imports and undo-import."""

import argparse
import datetime as dt
from typing import Any

from app.cli.opening import copy_first, open_register
from app.cli.output import Outcome, say, table
from app.domain.errors import QuestionOpen
from app.services import imports
from app.services.imports import (
    DateOrder,
    ImportProblem,
    ImportReport,
    Options,
    Skipped,
    ValueMeaning,
)

_SHOWN = 20
"""Problems and rows left out that are written for people; the JSON has them all."""

_COUNTS = {
    "people": "people", "people_matched": "people_matched", "activities": "activities",
    "sessions": "sessions", "attendances": "attendances", "marks": "marks",
    "volunteer_hours": "hours", "referrals": "referrals",
    "referrals_matched": "referrals_matched", "referrers": "referrers", "workers": "workers",
    "filled": "filled",
}  # fmt: skip
"""The names of counts in the JSON, and those of the report."""


def bring_in(options: argparse.Namespace) -> Outcome:
    """Import people, attendance, referrals or a statement, or say what importing it would do."""
    if options.kind == "bank":
        # Imported here: the other files go without money.
        from app.cli.statements import bring_in_statement

        return bring_in_statement(options)
    asked = _options(options)
    with open_register(options.register, write=not options.dry_run) as register:
        prepared = imports.prepare(register, options.kind, options.file, asked)
        questions = imports.open_questions(prepared.plan)
        if questions:
            raise QuestionOpen(" ".join(question.text for question in questions))
        if options.dry_run:
            report = imports.report_of(register, prepared)
        else:
            copy_first(register)
            report = imports.carry_out(register, prepared)
    return Outcome(document=_document(report, dry_run=options.dry_run), lines=_lines(report))


def _options(options: argparse.Namespace) -> Options:
    asked = Options(
        today=dt.datetime.now().astimezone().date(),
        dates=DateOrder(options.dates) if options.dates else None,
        year=options.year,
        activity=options.activity or "",
        sheets=(options.sheet,) if options.sheet else (),
    )
    return imports.with_mapping(options.mapping, asked) if options.mapping else asked


def _document(report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    return {
        "format": report.format,
        "dry_run": dry_run,
        "import_id": report.import_id,
        "rows": report.rows,
        "added": report.added,
        "matched": report.matched,
        "skipped": report.skipped,
        **{name: getattr(report, attribute) for name, attribute in _COUNTS.items()},
        "first_date": report.first_date.isoformat() if report.first_date else None,
        "last_date": report.last_date.isoformat() if report.last_date else None,
        "problems": [_problem(problem) for problem in report.problems],
        "left_out": [_left_out(row) for row in report.left_out],
        "columns": {
            _column_name(report, i): {"taken_as": c.taken_as, "by": c.by, "sheet": c.sheet}
            for i, c in enumerate(report.columns)
        },
        "marks_meaning": {
            m.written: {"mark": m.mark, "role": m.role, "count": m.count, "by": m.by}
            for m in report.meanings
        },
        "values_meaning": [_value(value) for value in report.values],
        "likely_doubles": [
            {"row": _row_of(report, d.row), "person_id": d.known_id, "alike": d.alike, "why": d.why}
            for d in report.likely
        ],
        "settled": [q.settled for q in report.questions if q.default],
        "notes": list(report.notes),
        "done_before": report.done_before or None,
    }


def _left_out(row: Skipped) -> dict[str, Any]:
    return {"sheet": row.place.sheet, "row": row.place.row, "value": row.value, "why": row.why}


def _value(value: ValueMeaning) -> dict[str, Any]:
    return {
        "column": value.header,
        "field": value.taken_as,
        "value": value.written,
        "count": value.count,
        "taken_as": value.code or None,
    }


def _problem(problem: ImportProblem) -> dict[str, Any]:
    return {
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "value": problem.value,
        "message": problem.message,
        "code": problem.code,
    }


def _column_name(report: ImportReport, index: int) -> str:
    """Return a name for a column that no other has: its header, or its letter, with its sheet."""
    column = report.columns[index]
    name = column.header or column.column
    same = [c for c in report.columns if (c.header or c.column) == name]
    return name if len(same) == 1 else f"{column.sheet}!{column.column} {name}"


def _row_of(report: ImportReport, index: int) -> int:
    return report.person_rows[index] if index < len(report.person_rows) else 0


def _lines(report: ImportReport) -> tuple[str, ...]:
    lines = [_summary(report), *report.notes]
    if report.done_before:
        lines.append(f"The very same file was imported before, on {report.done_before}.")
    lines += [q.settled for q in report.questions if q.default]
    unknown = [v for v in report.values if not v.code]
    if unknown:
        named = ", ".join(
            f"“{v.written}” ({v.header or v.taken_as}, {v.count:,})" for v in unknown[:_SHOWN]
        )
        lines.append(
            f"Not understood, and left blank: {named}. Say what they mean in a mapping file (--mapping)."
        )
    if report.likely:
        lines.append(
            f"{len(report.likely)} likely double(s) were not joined. Look at them under People."
        )
    for problem in report.problems[:_SHOWN]:
        where = f"{problem.place.sheet}, row {problem.place.row}"
        where += f", column {problem.place.column}" if problem.place.column else ""
        lines.append(f"{where}: {problem.message}")
    if len(report.problems) > _SHOWN:
        lines.append(f"… and {len(report.problems) - _SHOWN:,} more; --json lists them all.")
    return tuple(lines)


def _summary(report: ImportReport) -> str:
    done = "Imported" if report.import_id is not None else "Would import"
    parts = [f"{report.people:,} new people", f"{report.people_matched:,} recognised"]
    if report.kind == "referrals" or report.referrals:
        parts.append(f"{report.referrals:,} referrals")
        parts += [f"{report.referrals_matched:,} there already"] * bool(report.referrals_matched)
        parts.append(f"{report.referrers:,} organisations and {report.workers:,} workers")
    if report.kind == "attendance":
        parts += [f"{report.sessions:,} sessions", f"{report.attendances:,} attendances"]
    undo = f" Take it out again: undo-import {report.import_id}." if report.import_id else ""
    return f"{done} from {report.file_name}: {', '.join(parts)}.{undo}"


def list_imports(options: argparse.Namespace) -> Outcome:
    """List every import."""
    with open_register(options.register, write=False) as register:
        runs = imports.list_imports(register)
    document = [
        {
            "import_id": run.id,
            "kind": run.kind,
            "file": run.file_name,
            "done_at": run.done_at,
            "removed_at": run.removed_at,
            "rows": run.rows,
            "added": run.added,
            "matched": run.matched,
            "skipped": run.skipped,
            **run.counts,
        }
        for run in runs
    ]
    heads = ("Id", "Kind", "File", "Done", "Added", "Removed")
    rows = [
        (r.id, r.kind, r.file_name, r.done_at[:10], r.added, (r.removed_at or "")[:10])
        for r in runs
    ]
    return Outcome(document=document, lines=table(heads, rows) if rows else ("Nothing yet.",))


def undo_import(options: argparse.Namespace) -> Outcome:
    """Take one import out whole."""
    with open_register(options.register, write=True) as register:
        copy_first(register)
        _, counts = imports.undo_import(register, options.import_id)
    kept = {name: count for name, count in counts.items() if name.startswith("kept_") and count}
    for name, count in kept.items():
        say(f"{count:,} {name.removeprefix('kept_')} stayed: something was added to them since.")
    lines = [
        f"Took out {count:,} {name}."
        for name, count in counts.items()
        if name not in kept and count
    ]
    return Outcome(document={"import_id": options.import_id, **counts}, lines=tuple(lines))
