"""One person's way: referred, came, came regularly, helped, led."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import PersonId
from app.storage.register import Register

REGULAR = 4
"""Attendances from which somebody comes regularly. Source: the catalogue of figures, journeys."""
_RECORDS = "SELECT :person AS record_id UNION ALL SELECT id FROM person WHERE merged_into = :person"
_REFERRED = f"""
SELECT min(received_on) AS day FROM referral_counted
WHERE record_id IN ({_RECORDS}) AND received_on <= :today
"""
_CAME = f"""
SELECT session_on AS day
FROM attendance_counted
WHERE record_id IN ({_RECORDS}) AND session_on BETWEEN :since AND :today
ORDER BY session_on, session_id LIMIT {REGULAR}
"""
_GAVE = f"""
SELECT min(day) AS day FROM (
    SELECT session_on AS day FROM volunteer_mark_counted
    WHERE record_id IN ({_RECORDS}) AND session_on > :came AND session_on <= :today
    UNION ALL
    SELECT logged_on FROM volunteer_log_counted
    WHERE record_id IN ({_RECORDS}) AND logged_on > :came AND logged_on <= :today)
"""
_LED = f"""
SELECT min(session_on) AS day FROM mark_counted
WHERE record_id IN ({_RECORDS}) AND role = 'leader' AND mark IN ('present', 'late')
    AND session_on > :came AND session_on <= :today
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The day of each step, None where it was not taken (yet).

    Counted as in the figures of journeys: from the first referral on, or where there was none
    from the first time.
    """

    referred_on: dt.date | None = None
    came_on: dt.date | None = None
    regular_on: dt.date | None = None
    volunteer_on: dt.date | None = None
    leader_on: dt.date | None = None


def of_person(register: Register, person_id: PersonId, today: dt.date) -> Journey:
    """Return a person's way up to today, joined records' too."""
    values = {"person": person_id, "today": today.isoformat()}
    referred = register.rows(_REFERRED, values)[0]["day"]
    came = [row["day"] for row in register.rows(_CAME, {**values, "since": referred or ""})]
    if not came:
        return Journey(referred_on=_day(referred))
    after = {**values, "came": came[0]}
    return Journey(
        referred_on=_day(referred),
        came_on=_day(came[0]),
        regular_on=_day(came[-1]) if len(came) == REGULAR else None,
        volunteer_on=_day(register.rows(_GAVE, after)[0]["day"]),
        leader_on=_day(register.rows(_LED, after)[0]["day"]),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
