"""What waits to be entered: past sessions without marks, and sheets on the pile."""

import datetime as dt
import re
from dataclasses import dataclass

from app.domain.activities import Session, SessionState, read_code
from app.domain.ids import SessionId
from app.domain.names import clean
from app.domain.problems import Problem
from app.services.result import Refused
from app.storage import activities
from app.storage.register import Register

_REACH_DAYS = 366
"""Older sessions without marks are history, not something to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A session that is not entered yet, and the day its sheet was printed, if it was."""

    session: Session
    printed_on: dt.date | None


def to_enter(register: Register, *, today: dt.date) -> tuple[Waiting, ...]:
    """Return what is to be entered, oldest first: past sessions, and today's where it is printed.

    The one rule for the pile, for Home and for the number on the rail.
    """
    return _records(register, _found(register, today)[::-1])


def newest_to_enter(
    register: Register, most: int, *, today: dt.date
) -> tuple[int, tuple[Waiting, ...]]:
    """Return how many are to be entered, and the newest of them, the newest first."""
    found = _found(register, today)
    return len(found), _records(register, found[:most])


_Found = tuple[tuple[SessionId, dt.date | None], ...]


def _found(register: Register, today: dt.date) -> _Found:
    after = today + dt.timedelta(days=1)
    found = activities.not_entered(register, today - dt.timedelta(days=_REACH_DAYS), after)
    return tuple(
        (one, printed) for one, day, printed in found if day < today or printed is not None
    )


def _records(register: Register, found: _Found) -> tuple[Waiting, ...]:
    records = activities.sessions_of(register, [one for one, _ in found])
    return tuple(Waiting(session=records[one], printed_on=printed) for one, printed in found)


def find_sheet(register: Register, typed: str, *, today: dt.date) -> Session | Refused:
    """Return the session of the code on a sheet: GM-031126, gm031126 or GM 031126.

    A sheet keeps the code it was printed with, also when its session was moved to another day.
    Of several sessions of one day, the one whose sheet has the code comes first, then one that
    is not entered yet.
    """
    code = re.sub(r"[^A-Z0-9]", "", clean(typed).upper())
    found = activities.sessions_of_printed(register, code) if code else ()
    for meant in () if found else read_code(code):
        found = found or activities.sessions_of_code(register, meant)
    past = [one for one in found if one.session_on <= today] or list(found)
    if not past:
        problem = Problem(code="sheet_unknown", field="code", values={"value": clean(typed)})
        return Refused(problems=(problem,))
    waiting = [one for one in past if one.state is SessionState.PLANNED]
    return (waiting or past)[0]
