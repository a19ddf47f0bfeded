"""The command import bank: a statement read, matched with the book and booked."""

import argparse
import datetime as dt
from typing import Any

from app.cli.opening import copy_first, open_register
from app.cli.output import Outcome
from app.domain.errors import QuestionOpen
from app.services import statements
from app.services.imports import SET_ASIDE, DateOrder
from app.services.statements import StatementOptions, StatementReport

_SHOWN = 20
"""Problems and rows left out that are written for people; the JSON has them all."""


def bring_in_statement(options: argparse.Namespace) -> Outcome:
    """Import a bank's statement, or say what importing it would do."""
    asked = StatementOptions(
        today=dt.datetime.now().astimezone().date(),
        dates=DateOrder(options.dates) if options.dates else None,
    )
    if options.mapping:
        asked = statements.with_columns(options.mapping, asked)
    with open_register(options.register, write=not options.dry_run) as register:
        plan = statements.read_statement(options.file, asked)
        prepared = statements.prepare(
            register, plan, options.account or "", today=asked.today,
            another_account=asked.another_account,
        )  # fmt: skip
        if prepared.questions:
            raise QuestionOpen(" ".join(question.text for question in prepared.questions))
        if options.dry_run:
            report = statements.report_of(register, prepared)
        else:
            copy_first(register)
            report = statements.carry_out(register, prepared)
    return Outcome(document=_document(report, dry_run=options.dry_run), lines=_lines(report))


_PLAIN = (
    "format", "import_id", "account", "rows", "added", "matched", "skipped", "transfers",
    "transactions", "receipts_pence", "payments_pence", "pots_pence", "opening_balance_pence",
    "closing_balance_pence", "difference_pence", "book_balance_pence", "agreed", "currency",
)  # fmt: skip
"""What of a report stands in the document as it is."""


def _document(report: StatementReport, *, dry_run: bool) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in _PLAIN},
        "dry_run": dry_run,
        "first_date": report.first_date.isoformat() if report.first_date else None,
        "last_date": report.last_date.isoformat() if report.last_date else None,
        "problems": _problems(report),
        "left_out": [
            {"row": row.place.row, "value": row.value, "why": row.why} for row in report.left_out
        ],
        "columns": _columns(report),
        "rules": [
            {"words": rule.pattern, "heading": rule.heading, "fund": rule.fund, "lines": rule.lines}
            for rule in report.rules
        ],
        "ruled": sum(rule.lines for rule in report.rules),
        "first_rows": [
            {"date": row.day.isoformat(), "amount_pence": row.amount_pence, "text": row.text}
            for row in report.shown
        ],
        "notes": list(report.notes),
        "done_before": report.done_before or None,
    }


def _problems(report: StatementReport) -> list[dict[str, Any]]:
    return [
        {
            "sheet": problem.place.sheet,
            "row": problem.place.row,
            "column": problem.place.column,
            "value": problem.value,
            "message": problem.message,
            "code": problem.code,
        }
        for problem in report.problems
    ]


def _columns(report: StatementReport) -> dict[str, dict[str, str]]:
    """Return what each column was taken for, by a name no other has: its header, or its letter."""
    found: dict[str, dict[str, str]] = {}
    for column in report.columns:
        name = column.header or column.column
        name = name if name not in found else f"{column.column} {name}"
        found[name] = {"taken_as": column.taken_as, "by": column.by, "sheet": column.sheet}
    return found


def _lines(report: StatementReport) -> tuple[str, ...]:
    lines = list(statements.statement_lines(report))
    taken = [c for c in report.columns if c.taken_as != SET_ASIDE]
    if report.shown and taken:
        named = ", ".join(f"{c.header or c.column} is {c.taken_as}" for c in taken)
        lines.append(
            f"The columns were worked out: {named}. If not, say so in a mapping file (--mapping)."
        )
    if report.import_id is not None:
        lines.append(f"Take it out again: undo-import {report.import_id}.")
    found = statements.problem_lines(report)
    lines += found[:_SHOWN]
    if len(found) > _SHOWN:
        lines.append(f"… and {len(found) - _SHOWN:,} more; --json lists them all.")
    return tuple(lines)
