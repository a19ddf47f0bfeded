"""What a letter to a referrer may tell of a person's visits: how often, since when, of how many."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import PersonId
from app.storage.register import Register

_KEPT = "SELECT person_id FROM person_counts_as WHERE record_id = :record"
_CAME = """
SELECT DISTINCT a.session_id, a.session_on
FROM person_counts_as c JOIN attendance_counted a ON a.record_id = c.record_id
WHERE c.person_id = :person AND a.session_on BETWEEN :first AND :last
ORDER BY a.session_on, a.session_id
"""
# Of the activities they came to: others say nothing of them.
_HELD = """
SELECT count(*) FROM session_counted s
WHERE s.state = 'held' AND s.session_on BETWEEN :first AND :last
    AND s.activity_id IN (
        SELECT a.activity_id
        FROM person_counts_as c JOIN attendance_counted a ON a.record_id = c.record_id
        WHERE c.person_id = :person AND a.session_on BETWEEN :first AND :last)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """The days on which somebody came, and how many sessions were held since the first of them."""

    days: tuple[dt.date, ...] = field(default=(), repr=False)
    held: int = 0


def kept_person(register: Register, record: PersonId) -> PersonId | None:
    """Return the person that a record counts as, or None for one in the bin."""
    value = register.value(_KEPT, {"record": record})
    return PersonId(value) if value is not None else None


def visits(register: Register, person: PersonId, first: dt.date, last: dt.date) -> Visits:
    """Return a person's visits from one day to another, both included, as a participant."""
    values = {"person": person, "first": first.isoformat(), "last": last.isoformat()}
    days = tuple(dt.date.fromisoformat(row["session_on"]) for row in register.rows(_CAME, values))
    if not days:
        return Visits()
    held = register.value(_HELD, values | {"first": days[0].isoformat()})
    return Visits(days=days, held=held)
