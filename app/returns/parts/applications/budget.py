"""The budget of a grant by heading beside what was spent, and the difference to be explained."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.grants import BudgetStanding, GrantStanding
from app.domain.money import pounds
from app.returns.counting.filling import Filling
from app.returns.filled import Align, Block, Cell, Column, Note, Table, table_json, text
from app.returns.language.page_kinds import BudgetSpec
from app.returns.language.schemes import whole_pounds
from app.returns.parts.money.granted import NO_GRANT
from app.storage import grants

NOTHING_SPENT = "The grant has no budget by heading, and nothing of it was spent by the last day."


def budget(filling: Filling, spec: BudgetSpec) -> Sequence[Block]:
    """Return the grant's budget, what was spent to the last day of the period, and what is left."""
    if filling.grant is None:
        filling.warn(f"{NO_GRANT} Write it down under Money, then print again.")
        return (Note(runs=text(NO_GRANT)),)
    standing = grants.standings(filling.register, last=filling.period.last)[filling.grant.id]
    _warn(filling, standing)
    if not standing.headings:
        return (Note(runs=text(NOTHING_SPENT)),)
    said = (lambda pence: whole_pounds(pounds(pence))) if spec.whole_pounds else pounds
    table = _table(standing, spec.most, said)
    filling.tables.append(table_json(table))
    return (table,)


def _added(title: str, rows: Sequence[BudgetStanding]) -> BudgetStanding:
    return BudgetStanding(
        heading_id=None,
        heading=title,
        budget_pence=sum(row.budget_pence for row in rows),
        spent_pence=sum(row.spent_pence for row in rows),
    )


def _cut_off(rows: Sequence[BudgetStanding], most: int) -> Sequence[BudgetStanding]:
    """Return the largest headings in their order, and all the others as one line."""
    if not most or len(rows) <= most:
        return rows
    largest = sorted(rows, key=_size, reverse=True)[: most - 1]
    others = [row for row in rows if row not in largest]
    return [
        *(row for row in rows if row in largest),
        _added(f"{len(others)} smaller headings", others),
    ]


def _size(row: BudgetStanding) -> int:
    return max(row.budget_pence, row.spent_pence)


def _table(standing: GrantStanding, most: int, said: Callable[[int], str]) -> Table:
    whole = replace(_added("Together", standing.headings), spent_pence=standing.spent_pence)
    return Table(
        id="budget",
        columns=(
            Column(title="Heading", weight=2.6),
            Column(title="Budget", align=Align.RIGHT),
            Column(title="Spent", align=Align.RIGHT),
            Column(title="Difference", align=Align.RIGHT),
        ),
        rows=tuple(_row(row, said) for row in _cut_off(standing.headings, most)),
        total=_row(whole, said, strong=True),
        summary="The grant's budget by heading, what was spent, and the difference",
        notes=(text(f"Received of the grant: {said(standing.received_pence)}. Not spent of that: "
                    f"{said(standing.left_pence)}."),),
    )  # fmt: skip


def _row(
    row: BudgetStanding, said: Callable[[int], str], *, strong: bool = False
) -> tuple[Cell, ...]:
    left = row.left_pence
    difference = "none" if not left else f"{said(abs(left))} {'left' if left > 0 else 'over'}"
    name = row.heading or "No heading"
    texts = (name, said(row.budget_pence), said(row.spent_pence), difference)
    return tuple(Cell(text=one, bold=strong) for one in texts)


def _warn(filling: Filling, standing: GrantStanding) -> None:
    for row in standing.headings:
        if row.left_pence < 0:
            name = row.heading or "no heading"
            filling.warn(f"{pounds(-row.left_pence)} more was spent on {name} than the budget has.")
    if standing.left_pence < 0:
        over = pounds(-standing.left_pence)
        filling.warn(f"{over} more was spent of this grant than was received of it.")
    elif standing.left_pence > 0:
        filling.warn(
            f"{pounds(standing.left_pence)} of this grant is not spent yet: say what becomes of it."
        )
