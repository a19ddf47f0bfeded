"""People's own goals: rows in, frozen records out."""

import datetime as dt
from typing import Any

from app.domain.ids import PersonId
from app.domain.outcomes import Goal
from app.storage.register import Register

_MINE = """
SELECT * FROM goal
WHERE person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person)
ORDER BY set_on, id
"""


def of_person(register: Register, person_id: PersonId) -> tuple[Goal, ...]:
    """Return a person's goals, joined records' too, the oldest first."""
    return tuple(_goal(row) for row in register.rows(_MINE, {"person": person_id}))


def get(register: Register, goal_id: int) -> Goal | None:
    """Return a goal, or None."""
    row = register.row("SELECT * FROM goal WHERE id = :id", {"id": goal_id})
    return _goal(row) if row else None


def add(register: Register, person_id: PersonId, wording: str, day: dt.date) -> int:
    """Keep a goal, inside a transaction."""
    goal_id = register.new_id()
    row = {"id": goal_id, "person_id": person_id, "wording": wording, "set_on": day.isoformat()}
    register.insert("goal", row)
    return goal_id


def change(register: Register, goal: Goal) -> None:
    """Correct a goal or let it go, inside a transaction."""
    dropped = goal.dropped_on.isoformat() if goal.dropped_on else None
    register.update("goal", goal.id, {"wording": goal.wording, "dropped_on": dropped})


def _goal(row: Any) -> Goal:
    return Goal(
        id=row["id"],
        person_id=PersonId(row["person_id"]),
        wording=row["wording"],
        set_on=dt.date.fromisoformat(row["set_on"]),
        dropped_on=dt.date.fromisoformat(row["dropped_on"]) if row["dropped_on"] else None,
    )
