"""The proposed budget of an application: costs as they were typed, a row each, or the planned grant's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain import words
from app.domain.money import pounds, read_pounds
from app.domain.problems import Problem
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    KeepTogether,
    Note,
    Paragraph,
    Table,
    text,
)
from app.returns.language.questions import AnsweredSpec
from app.returns.language.schemes import Scheme, in_force, whole_pounds
from app.returns.parts.applications.asked import UNANSWERED, asked, kept
from app.storage import grants

_SUM_AT_THE_END = re.compile(r"[\s:=,;–—-]*(?P<sum>£?\s?\d[\d,]*(?:\.\d{1,2})?)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One row: what it is, and what it costs (pence; None where no sum was understood)."""

    item: str
    pence: int | None


def read_costs(typed: str) -> tuple[Cost, ...]:
    """Return the rows typed, a line each with its sum last: "Hall hire, 26 Tuesdays: £208"."""
    return tuple(_cost(line.strip()) for line in typed.splitlines() if line.strip())


def _cost(line: str) -> Cost:
    match = _SUM_AT_THE_END.search(line)
    found = read_pounds(match["sum"]) if match else None
    if match is None or found is None or isinstance(found, Problem) or not line[: match.start()]:
        return Cost(item=line, pence=None)
    return Cost(item=line[: match.start()].strip(), pence=found)


def costs(filling: Filling, spec: AnsweredSpec) -> Sequence[Block]:
    """Return the costs as a table with their total, and warn of what the form would not take."""
    rows = read_costs(spec.typed) or tuple(_planned(filling))
    total = sum(_shown(row.pence, spec) or 0 for row in rows)
    named = filling.words(spec.text)
    for warning in _warnings(filling, spec, named, rows, total):
        filling.warn(warning)
    given = "\n".join(f"{row.item}: {_said(row.pence, spec)}" for row in rows)
    over = 0 < spec.rows_to < len(rows)
    kept(
        filling, spec, given,
        rows=len(rows), rows_to=spec.rows_to or None, total_pence=total, is_over=over,
    )  # fmt: skip
    if not rows:
        nothing = Paragraph(runs=text(UNANSWERED))
        return (KeepTogether(blocks=(*asked(filling, spec), nothing)),)
    table = Table(
        id=spec.id,
        columns=(
            Column(title="Item or activity", weight=4.0),
            Column(title="£", align=Align.RIGHT),
        ),
        rows=tuple((Cell(text=row.item), Cell(text=_said(row.pence, spec))) for row in rows),
        total=(Cell(text="Total", bold=True), Cell(text=_said(total, spec), bold=True)),
        summary=named,
    )
    return (KeepTogether(blocks=(*asked(filling, spec), table, *_used(spec, rows))),)


def _planned(filling: Filling) -> Iterator[Cost]:
    """Yield the budget of the grant that the return asks for, until somebody types another."""
    if filling.grant is None:
        return
    for row in grants.standings(filling.register)[filling.grant.id].headings:
        if row.budget_pence:
            yield Cost(item=row.heading, pence=row.budget_pence)


def _shown(pence: int | None, spec: AnsweredSpec) -> int | None:
    if pence is None or not spec.whole_pounds:
        return pence
    return (pence + 50) // 100 * 100


def _said(pence: int | None, spec: AnsweredSpec) -> str:
    if pence is None:
        return ""
    return whole_pounds(pounds(pence)) if spec.whole_pounds else pounds(pence)


def _used(spec: AnsweredSpec, rows: Sequence[Cost]) -> tuple[Block, ...]:
    return (Note(runs=text(f"{len(rows)} of {spec.rows_to} rows")),) if spec.rows_to else ()


def _warnings(
    filling: Filling, spec: AnsweredSpec, named: str, rows: Sequence[Cost], total: int
) -> Iterator[str]:
    if not spec.typed:
        yield f"“{named}” is not answered yet."
    for number, row in enumerate(rows, start=1):
        if row.pence is None:
            yield f"Row {number} of “{named}” has no sum at its end."
        elif spec.whole_pounds and row.pence % 100:
            yield f"Row {number} of “{named}” is rounded: the form takes whole pounds."
        if spec.letters_each and words.letter_count(row.item) > spec.letters_each:
            yield f"Row {number} of “{named}” is longer than {spec.letters_each} letters."
    if spec.rows_to and len(rows) > spec.rows_to:
        yield f"“{named}” has {len(rows)} rows and takes {spec.rows_to}: put some together."
    scheme = in_force(spec.scheme, filling.counted_at.date())
    if scheme is not None and rows:
        yield from _of_scheme(scheme, total)


def _of_scheme(scheme: Scheme, total: int) -> Iterator[str]:
    if scheme.sum_to_pence and total > scheme.sum_to_pence:
        most = whole_pounds(pounds(scheme.sum_to_pence))
        yield f"{pounds(total)} is more than {scheme.title} gives: {most} at most."
    elif total < scheme.sum_from_pence:
        least = whole_pounds(pounds(scheme.sum_from_pence))
        yield f"{pounds(total)} is less than {scheme.title} gives: {least} at least."
