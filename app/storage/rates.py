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


def put(register: Register, kind: str, rate: StatedRate) -> None:
    """State a rate from a day, in place of one stated from the same day; inside a transaction."""
    values = {
        "kind": kind, "from_on": rate.from_on.isoformat(), "pence": rate.pence,
        "source": rate.source,
    }  # fmt: skip
    register.execute(
        "DELETE FROM rate WHERE kind = :kind AND from_on = :from_on",
        {"kind": kind, "from_on": values["from_on"]},
    )
    register.insert("rate", {"id": register.new_id(), **values})


def remove(register: Register, kind: str, from_on: dt.date) -> int:
    """Take a stated rate away, inside a transaction; return how many went."""
    return register.execute(
        "DELETE FROM rate WHERE kind = :kind AND from_on = :from_on",
        {"kind": kind, "from_on": from_on.isoformat()},
    )
