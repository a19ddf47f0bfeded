"""What the book does not know of a period: sessions without times or marks, and when it begins."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import ActivityId
from app.domain.periods import Period
from app.storage.register import Register

_GAPS = """
SELECT
    COALESCE(SUM(state = 'held' AND (start_time IS NULL OR end_time IS NULL)), 0) AS untimed,
    COALESCE(SUM(state = 'planned' AND session_on < :today), 0) AS unmarked
FROM session_counted
WHERE session_on BETWEEN :first AND :last AND (:activity IS NULL OR activity_id = :activity)
"""
_BEGINS = """
SELECT MIN(session_on) FROM session_counted
WHERE state = 'held' AND (:activity IS NULL OR activity_id = :activity)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What is missing: held sessions without times, past planned ones without any mark."""

    untimed: int
    unmarked: int
    begins_on: dt.date | None
    """The first held session in the whole book."""


def gaps(
    register: Register, period: Period, activity_id: ActivityId | None, today: dt.date
) -> Gaps:
    """Return what the book does not know of a period, as things stand today."""
    values = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "activity": activity_id,
        "today": today.isoformat(),
    }
    row = register.row(_GAPS, values)
    begins = register.value(_BEGINS, values)
    return Gaps(
        untimed=row["untimed"],
        unmarked=row["unmarked"],
        begins_on=dt.date.fromisoformat(begins) if begins else None,
    )
