"""The command figures."""

import argparse
from typing import Any

from app.cli.opening import activity_of, grant_of, open_register, period_of
from app.cli.output import Outcome, table
from app.services import figures as service


def figures(options: argparse.Namespace) -> Outcome:
    """Work out the figures of a period, or show the rows behind one."""
    period = period_of(options)
    with open_register(options.register, write=False) as register:
        activity_id = activity_of(register, options.activity)
        grant_id = grant_of(register, options.grant)
        if options.rows:
            found = service.rows(
                register, options.rows, period, activity_id=activity_id, grant_id=grant_id
            )
            heads = found["columns"]
            lines = table(heads, ([row[head] for head in heads] for row in found["rows"]))
            return Outcome(document=found, lines=lines)
        found = service.figures(
            register,
            period,
            only=options.only.split(",") if options.only else None,
            by=options.by,
            activity_id=activity_id,
            grant_id=grant_id,
            bands=options.bands,
        )
    return Outcome(document=found, lines=_lines(found["figures"]))


def _lines(found: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    rows: list[tuple[str, str, str]] = []
    for name, figure in found.items():
        rows.append((name, _shown(figure["value"]), figure["unit"]))
        rows += [
            (f"  {part['label']}", _shown(part["value"]), "") for part in figure.get("parts", ())
        ]
    return table(("figure", "value", "unit"), rows)


def _shown(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
