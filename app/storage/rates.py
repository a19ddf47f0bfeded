"""Amounts that the group itself has stated, each in force from a day."""

import datetime as dt
from dataclasses import dataclass

from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRate:
    """An amount in pence in force from a day until the next one's, and where it comes from."""

    from_on: dt.date
    pence: int
    source: str


def stated(register: Register, kind: str) -> tuple[StatedRate, ...]:
    """Return the group's own rates of a kind ("volunteer_hour"), oldest first."""
    rows = register.rows(
        "SELECT from_on, pence, source FROM rate_counted WHERE kind = :kind ORDER BY from_on",
        {"kind": kind},
    )
    return tuple(
        StatedRate(
            from_on=dt.date.fromisoformat(row["from_on"]), pence=row["pence"], source=row["source"]
        )
        for row in rows
    )
