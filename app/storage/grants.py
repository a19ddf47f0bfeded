"""Grants: rows in, frozen records out; how each stands by heading."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.domain.grants import (
    BudgetRow,
    BudgetStanding,
    Grant,
    GrantDraft,
    GrantStanding,
    GrantState,
    Instalment,
)
from app.domain.ids import ActivityId, EntryId, FundId, GrantId, HeadingId
from app.domain.ledger import EntryDraft
from app.storage.register import Register

_ELSEWHERE = frozenset({"budget", "instalments", "activities"})
_COLUMNS = tuple(f.name for f in fields(GrantDraft) if f.name not in _ELSEWHERE)
_DAYS = frozenset(name for name in _COLUMNS if name.endswith("_on"))


_FEW = 20
"""So many grants' parts are found by their indexes; of more, each table is read as it lies."""
_ORDER = (
    "ORDER BY g.state = 'closed', g.report_due_on IS NULL, g.report_due_on,"
    " g.funder COLLATE NOCASE, g.id"
)
_IN_STATES = "WHERE g.binned_at IS NULL AND g.state IN (SELECT value FROM json_each(:states))"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantName:
    """What a grant is called by."""

    id: GrantId
    funder: str
    title: str
    reference: str


def listed(register: Register) -> tuple[Grant, ...]:
    """Return the grants, the bin left out: those with the nearest report first, then by funder."""
    return _grants(register, f"WHERE g.binned_at IS NULL {_ORDER}", {})


def in_states(
    register: Register, states: Collection[GrantState], *, most: int | None = None
) -> tuple[Grant, ...]:
    """Return those of them in some states, in the same order, ``most`` of them at most."""
    values = {"states": json.dumps(sorted(states)), "most": -1 if most is None else most}
    return _grants(register, f"{_IN_STATES} {_ORDER} LIMIT :most", values)


def names(register: Register, states: Collection[GrantState]) -> tuple[GrantName, ...]:
    """Return what those in some states are called by, in the same order."""
    rows = register.rows(
        f"SELECT g.id, g.funder, g.title, g.reference FROM grant_award g {_IN_STATES} {_ORDER}",
        {"states": json.dumps(sorted(states))},
    )
    return tuple(
        GrantName(
            id=GrantId(row["id"]), funder=row["funder"], title=row["title"],
            reference=row["reference"],
        )
        for row in rows
    )  # fmt: skip


def get(register: Register, grant_id: GrantId) -> Grant | None:
    """Return a grant, the bin's too, or None."""
    found = _grants(register, "WHERE g.id = :id", {"id": grant_id})
    return found[0] if found else None


def with_reference(register: Register, reference: str) -> Grant | None:
    """Return the grant of a reference, capitals aside and the bin left out, or None."""
    found = _grants(
        register,
        "WHERE g.reference = :reference COLLATE NOCASE AND g.binned_at IS NULL",
        {"reference": reference},
    )
    return found[0] if found else None


def _grants(register: Register, where: str, values: dict[str, Any]) -> tuple[Grant, ...]:
    rows = register.rows(f"SELECT g.* FROM grant_award g {where}", values)
    ids = ", ".join(str(int(row["id"])) for row in rows)
    few = f"WHERE grant_id IN ({ids})" if len(rows) <= _FEW else ""
    budgets: dict[int, list[BudgetRow]] = {}
    for row in register.rows(f"SELECT * FROM budget_row {few} ORDER BY grant_id, position, id"):
        budgets.setdefault(row["grant_id"], []).append(
            BudgetRow(
                heading_id=HeadingId(row["heading_id"]),
                budget_pence=row["budget_pence"],
                note=row["note"],
            )
        )
    parts: dict[int, list[Instalment]] = {}
    for row in register.rows(f"SELECT * FROM grant_instalment {few} ORDER BY grant_id, due_on, id"):
        parts.setdefault(row["grant_id"], []).append(
            Instalment(
                due_on=dt.date.fromisoformat(row["due_on"]),
                amount_pence=row["amount_pence"],
                condition=row["condition"],
            )
        )
    activities: dict[int, list[ActivityId]] = {}
    for row in register.rows(f"SELECT * FROM grant_activity {few} ORDER BY grant_id, activity_id"):
        activities.setdefault(row["grant_id"], []).append(ActivityId(row["activity_id"]))
    return tuple(
        _grant(
            row,
            tuple(budgets.get(row["id"], ())),
            tuple(parts.get(row["id"], ())),
            tuple(activities.get(row["id"], ())),
        )
        for row in rows
    )


def _grant(
    row: Any,
    budget: tuple[BudgetRow, ...],
    instalments: tuple[Instalment, ...],
    activities: tuple[ActivityId, ...],
) -> Grant:
    values = {name: row[name] for name in _COLUMNS}
    for name in _DAYS:
        values[name] = dt.date.fromisoformat(row[name]) if row[name] else None
    values["state"] = GrantState(row["state"])
    values["fund_id"] = FundId(row["fund_id"]) if row["fund_id"] else None
    values["whole_pounds"] = bool(row["whole_pounds"])
    return Grant(
        id=GrantId(row["id"]),
        binned=row["binned_at"] is not None,
        budget=budget,
        instalments=instalments,
        activities=activities,
        **values,
    )


def add(register: Register, draft: GrantDraft) -> GrantId:
    """Keep a grant inside a transaction; return its id."""
    grant_id = GrantId(register.new_id())
    register.insert("grant_award", {"id": grant_id, **_columns(draft)})
    _write_parts(register, grant_id, draft)
    return grant_id


def change(register: Register, grant_id: GrantId, draft: GrantDraft) -> None:
    """Change a grant inside a transaction."""
    register.update("grant_award", grant_id, _columns(draft))
    for table in ("budget_row", "grant_instalment", "grant_activity"):
        register.execute(f"DELETE FROM {table} WHERE grant_id = :id", {"id": grant_id})
    _write_parts(register, grant_id, draft)


def put_in_bin(register: Register, grant_id: GrantId, binned_at: str | None) -> None:
    """Put a grant in the bin, or take it out with None, inside a transaction."""
    register.update("grant_award", grant_id, {"binned_at": binned_at})


def lines_of(register: Register, grant_id: GrantId) -> int:
    """Return how many lines of the book name a grant, the bin's too."""
    sql = "SELECT count(*) FROM entry_line WHERE grant_id = :id"
    return int(register.value(sql, {"id": grant_id}))


def _columns(draft: GrantDraft) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(draft, name) for name in _COLUMNS}
    for name in _DAYS:
        values[name] = values[name].isoformat() if values[name] else None
    values["state"] = draft.state.value
    values["whole_pounds"] = int(draft.whole_pounds)
    return values


def _write_parts(register: Register, grant_id: GrantId, draft: GrantDraft) -> None:
    for position, row in enumerate(draft.budget, 1):
        register.insert(
            "budget_row",
            {
                "id": register.new_id(), "grant_id": grant_id, "heading_id": row.heading_id,
                "position": position, "budget_pence": row.budget_pence, "note": row.note,
            },
        )  # fmt: skip
    for part in draft.instalments:
        register.insert(
            "grant_instalment",
            {
                "id": register.new_id(), "grant_id": grant_id, "due_on": part.due_on.isoformat(),
                "amount_pence": part.amount_pence, "condition": part.condition,
            },
        )  # fmt: skip
    for activity_id in draft.activities:
        register.insert("grant_activity", {"grant_id": grant_id, "activity_id": activity_id})


# --- how they stand ----------------------------------------------------------------------------

_MOVED = """
SELECT l.grant_id, e.kind, l.heading_id, sum(l.amount_pence) AS pence
FROM entry_line l
CROSS JOIN entry e ON e.id = l.entry_id
WHERE l.grant_id IN (SELECT value FROM json_each(:grants)) AND e.binned_at IS NULL
    AND e.id IS NOT :without AND (:last IS NULL OR e.entry_on <= :last)
GROUP BY l.grant_id, e.kind, l.heading_id
"""


def standings(
    register: Register, *, without: EntryId | None = None, last: dt.date | None = None,
    of: Sequence[Grant] | None = None,
) -> dict[GrantId, GrantStanding]:  # fmt: skip
    """Return how every grant stands now or at the end of a day, one entry left out where named.

    ``of`` asks for some grants, in the order given.
    """
    wanted = listed(register) if of is None else of
    values = {
        "without": without, "last": last.isoformat() if last else None,
        "grants": json.dumps([grant.id for grant in wanted]),
    }  # fmt: skip
    received: dict[int, int] = {}
    spent: dict[int, dict[int | None, int]] = {}
    names = {
        row["heading_id"]: row["name"] for row in register.rows("SELECT * FROM heading_listed")
    }
    for row in register.rows(_MOVED, values):
        if row["kind"] == "receipt":
            received[row["grant_id"]] = received.get(row["grant_id"], 0) + row["pence"]
        elif row["kind"] == "payment":
            spent.setdefault(row["grant_id"], {})[row["heading_id"]] = -row["pence"]
    return {
        grant.id: GrantStanding(
            grant=grant,
            received_pence=received.get(grant.id, 0),
            spent_pence=sum(spent.get(grant.id, {}).values()),
            headings=_headings(grant, spent.get(grant.id, {}), names),
        )
        for grant in wanted
    }


def _headings(
    grant: Grant, spent: dict[int | None, int], names: dict[int, str]
) -> tuple[BudgetStanding, ...]:
    planned = tuple(
        BudgetStanding(
            heading_id=row.heading_id,
            heading=names.get(row.heading_id, ""),
            budget_pence=row.budget_pence,
            spent_pence=spent.get(row.heading_id, 0),
        )
        for row in grant.budget
    )
    known = {row.heading_id for row in grant.budget}
    beside = tuple(
        BudgetStanding(
            heading_id=HeadingId(heading_id) if heading_id else None,
            heading=names.get(heading_id, "") if heading_id else "",
            budget_pence=0,
            spent_pence=pence,
        )
        for heading_id, pence in sorted(spent.items(), key=lambda item: str(item[0]))
        if heading_id not in known
    )
    return (*planned, *beside)


_SAME_COST = """
SELECT DISTINCT g.funder
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
JOIN grant_award g ON g.id = l.grant_id
WHERE e.binned_at IS NULL AND e.kind = 'payment' AND e.id IS NOT :without
    AND e.entry_on = :day AND e.payee = :payee COLLATE NOCASE AND e.payee <> ''
    AND e.reference = :reference COLLATE NOCASE
    AND l.amount_pence = :pence AND l.grant_id <> :grant
ORDER BY g.funder
"""


def same_cost_elsewhere(
    register: Register, draft: EntryDraft, *, without: EntryId | None = None
) -> tuple[str, ...]:
    """Return the funders to whom a line of the same payee, day, reference and amount was charged."""
    found: dict[str, None] = {}
    for line in draft.lines:
        if line.grant_id is None or draft.entry_on is None:
            continue
        rows = register.rows(
            _SAME_COST,
            {
                "without": without, "day": draft.entry_on.isoformat(), "payee": draft.payee,
                "reference": draft.reference, "pence": line.amount_pence, "grant": line.grant_id,
            },
        )  # fmt: skip
        found |= {row["funder"]: None for row in rows}
    return tuple(found)
