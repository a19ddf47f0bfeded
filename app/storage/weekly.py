"""Who came week by week: what the chart on Home is made of."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import PersonId
from app.domain.periods import Period
from app.storage.register import Register

# By session first: its day is found by its index, and its marks by theirs.
_CAME = """
SELECT person_id FROM attendance_counted
WHERE session_id IN (SELECT id FROM session WHERE session_on >= :first AND session_on < :after)
"""
_GUESTS = """
SELECT COALESCE(SUM(guests), 0) FROM session_counted
WHERE state = 'held' AND session_on >= :first AND session_on < :after
"""
_CANCELLED = """
SELECT session_on, cancelled_reason FROM session_counted
WHERE state = 'cancelled' AND session_on >= :first AND session_on < :after
ORDER BY session_on, session_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Who came in a period."""

    attendances: int
    """Guests among them, as the figure Attendances counts them."""
    people: frozenset[PersonId] = field(repr=False)
    cancelled: tuple[tuple[dt.date, str], ...] = ()
    """The day of each session that did not run, and the code of its reason."""


def coming(register: Register, period: Period) -> Coming:
    """Return who came in a period."""
    values = {"first": period.first.isoformat(), "after": period.after.isoformat()}
    came = [PersonId(row[0]) for row in register.rows(_CAME, values)]
    return Coming(
        attendances=len(came) + int(register.value(_GUESTS, values)),
        people=frozenset(came),
        cancelled=tuple(
            (dt.date.fromisoformat(row[0]), str(row[1]))
            for row in register.rows(_CANCELLED, values)
        ),
    )
