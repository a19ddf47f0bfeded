"""The term grid: the people of an activity by the dates of a period, with every mark."""

from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.activities import Activity, Session
from app.domain.attendance import HERE, Mark, Role
from app.domain.ids import ActivityId, PersonId, SessionId
from app.domain.periods import Period
from app.services.activities import get_activity
from app.storage import activities, attendance, members, sheets
from app.storage.register import Register
from app.storage.sheets import GridPerson

__all__ = ["Entered", "GridPerson", "TermGrid", "cell_of", "open_grid"]

_PARTICIPANT = Role.PARTICIPANT  # looked up once: it is asked for each of thousands of cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What is entered for one person at one session."""

    mark: Mark
    role: Role

    @property
    def here(self) -> bool:
        """Whether it counts as having come."""
        return self.mark in HERE

    @property
    def counts(self) -> bool:
        """Whether it is in the totals: somebody who came to take part."""
        return self.role is _PARTICIPANT and self.here


@dataclass(frozen=True, slots=True, kw_only=True)
class TermGrid:
    """Everybody on an activity's register in a period, its sessions in order, and the marks."""

    activity: Activity
    period: Period
    people: tuple[GridPerson, ...]
    sessions: tuple[Session, ...]
    marks: dict[tuple[SessionId, PersonId], Entered] = field(repr=False)
    roles: dict[PersonId, Role] = field(repr=False)
    """In which part each person is on the register; others come as participants."""


def open_grid(register: Register, activity_id: ActivityId, period: Period) -> TermGrid | None:
    """Return the grid of an activity over a period, or None when the activity is gone.

    Sessions that were cancelled stand in it with their reason; nothing can be entered there.
    """
    activity = get_activity(register, activity_id)
    if activity is None:
        return None
    found = sheets.grid(register, period, activity_id)
    roles = members.roles(register, activity_id, period.last)
    return TermGrid(
        activity=activity,
        period=period,
        people=found.people,
        sessions=activities.sessions(register, period, activity_id),
        marks={key: _shown(entered) for key, entered in found.marks.items()},
        roles={person: Role(role) for person, role in roles.items()},
    )


def cell_of(register: Register, session_id: SessionId, person_id: PersonId) -> Entered | None:
    """Return what is entered for one person at one session now."""
    entered = attendance.marks_of(register, session_id, person_id)
    return _shown(tuple((mark, role) for _, mark, role in entered)) if entered else None


@lru_cache(maxsize=256)
def _shown(entered: tuple[tuple[str, str], ...]) -> Entered:
    """Return the mark that is shown of those of joined records: one that counts, if there is one.

    Thousands of cells hold the same few: each is made once.
    """
    every = [Entered(mark=Mark(mark), role=Role(role)) for mark, role in entered]
    return next((one for one in every if one.here), every[0])
