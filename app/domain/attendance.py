"""Marks on a register: who may be marked, when, and what counts."""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.activities import SessionState
from app.domain.ids import PersonId, SessionId
from app.domain.names import list_name
from app.domain.periods import short_date
from app.domain.problems import Problem


class Mark(StrEnum):
    """What was entered for a person; no row at all means *not recorded*."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    APOLOGY = "apology"


class Role(StrEnum):
    """In what part somebody came."""

    PARTICIPANT = "participant"
    VOLUNTEER = "volunteer"
    CARER = "carer"
    LEADER = "leader"


HERE = frozenset({Mark.PRESENT, Mark.LATE})
"""Late counts as present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One person on the register of one session, in its printed place."""

    person_id: PersonId
    row: int
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    known_as: str = field(repr=False)
    own_script_name: str = field(repr=False)
    mark: Mark | None
    role: Role
    what_helps: str = field(repr=False)
    not_seen_for: int = 0
    """Held sessions of the activity in a row without this person, apologies not counted."""
    is_new: bool = False
    has_note: bool = False
    """Whether an access note is kept, to be looked at by whoever leads."""

    @property
    def list_name(self) -> str:
        """The name as on the register: Begum, Shaheda."""
        return list_name(self.given_name, self.family_name, self.known_as)

    @property
    def here(self) -> bool:
        """Whether the person is present or late."""
        return self.mark in HERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTotals:
    """The running total of a register; guests are counted apart."""

    here: int
    listed: int
    apologies: int
    absent: int
    not_recorded: int
    volunteers: int
    guests: int


def totals(lines: tuple[RegisterLine, ...], guests: int | None) -> RegisterTotals:
    """Count a register: participants here, volunteers here, apologies, absences, not recorded."""
    return RegisterTotals(
        here=sum(line.here for line in lines if line.role is Role.PARTICIPANT),
        listed=len(lines),
        apologies=sum(line.mark is Mark.APOLOGY for line in lines),
        absent=sum(line.mark is Mark.ABSENT for line in lines),
        not_recorded=sum(line.mark is None for line in lines),
        volunteers=sum(line.here for line in lines if line.role in {Role.VOLUNTEER, Role.LEADER}),
        guests=guests or 0,
    )


def may_mark(
    *, state: SessionState, session_on: dt.date, mark: Mark, today: dt.date
) -> tuple[Problem, ...]:
    """Return why a mark may not be entered: a cancelled session, or a day that has not come."""
    if state is SessionState.CANCELLED:
        return (Problem(code="session_cancelled", field="mark"),)
    if session_on > today and mark is not Mark.APOLOGY:
        values = {"value": short_date(session_on)}
        return (Problem(code="session_future", field="mark", values=values),)
    return ()


def may_have_been(
    *, state: SessionState, session_on: dt.date, today: dt.date, field: str
) -> tuple[Problem, ...]:
    """Return why a session cannot have been held: it was cancelled, or its day has not come."""
    return tuple(
        dataclasses.replace(problem, field=field)
        for problem in may_mark(state=state, session_on=session_on, mark=Mark.PRESENT, today=today)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """A mark asked for: None takes the mark away again."""

    session_id: SessionId
    person_id: PersonId
    mark: Mark | None
    role: Role = Role.PARTICIPANT
