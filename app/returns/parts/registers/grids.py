"""People by dates: what the register of a term and the record of a period have in common."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from app.domain.activities import CANCEL_REASONS, Activity, Session, SessionState
from app.domain.ids import PersonId, SessionId
from app.domain.periods import MONTHS, Period, clock, clock_range, long_date
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Json,
    Paragraph,
    Row,
    SheetHead,
    Text,
    text,
)
from app.returns.parts.registers.paper import row_column
from app.storage.sheets import Grid, GridPerson

DATES_UPRIGHT = 11
"""Dates that fit beside the names on an upright page."""
DATES_ACROSS = 20
"""The same on a page on its side."""
_DATE_MM = 9.6
_HERE = frozenset({"present", "late"})
_MARK_LETTERS = {"present": "✓", "late": "L", "absent": "A", "apology": "Ap"}
_ROLE_LETTERS = {"volunteer": "V", "leader": "Ld", "carer": "C"}
KEY = (
    "✓ came · L came late · A absent · Ap apologies · V volunteer · Ld leader · C carer · "
    "× cancelled · blank: not recorded, which is neither here nor absent."
)
CROSS = Cell(text="×", muted=True)

Marks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityGrid:
    """An activity, its sessions in a period, everybody's marks, and the counts taken from them."""

    activity: Activity
    period: Period
    sessions: tuple[Session, ...]
    grid: Grid
    people_at: Counter[SessionId]
    """How many participants came to each session; guests are not in it."""
    volunteers_at: Counter[SessionId]
    """How many volunteers were at each session; leaders are not in it."""
    times: Counter[PersonId]
    """How often each person came as a participant."""

    @classmethod
    def of(
        cls, activity: Activity, period: Period, sessions: Iterable[Session], grid: Grid
    ) -> Self:
        """Make a grid and count it once."""
        people: Counter[SessionId] = Counter()
        volunteers: Counter[SessionId] = Counter()
        times: Counter[PersonId] = Counter()
        for (session, person), marks in grid.marks.items():
            here = {role for mark, role in marks if mark in _HERE}
            people[session] += "participant" in here
            times[person] += "participant" in here
            volunteers[session] += "volunteer" in here
        return cls(
            activity=activity,
            period=period,
            sessions=tuple(sessions),
            grid=grid,
            people_at=people,
            volunteers_at=volunteers,
            times=times,
        )

    def marks(self, session: Session, person: PersonId) -> Marks:
        """Return the marks, each with its role, of one person at one session."""
        return self.grid.marks.get((SessionId(session.id), person), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class GridsFilled:
    """The blocks, tables and warnings of a grid, and whether its pages lie on their side."""

    blocks: tuple[Block, ...]
    tables: tuple[Json, ...]
    warnings: tuple[str, ...]
    across: bool


def head(one: ActivityGrid, dates: Sequence[Session], sheet: str) -> SheetHead:
    """Return the head of a page: the activity, the days on this page, where and when, its code."""
    activity = one.activity
    details = (
        clock_range(activity.start_time, activity.end_time),
        activity.place,
        f"leader {activity.leader}" if activity.leader else "",
    )
    first, last = one.period.first, one.period.last
    if len(dates) < len(one.sessions):
        first, last = dates[0].session_on, dates[-1].session_on
    return SheetHead(
        title=activity.name,
        when=Period(first=first, last=last).text if first != last else long_date(first),
        details=" · ".join(part for part in details if part),
        code=activity.code,
        sheet=sheet,
    )


def date_columns(dates: Sequence[Session]) -> tuple[Column, ...]:
    """Return a narrow column for each date, under the name of its month."""
    often = Counter(one.session_on for one in dates)
    months = Counter((one.session_on.year, one.session_on.month) for one in dates)

    def group(one: Session) -> str:
        day = one.session_on
        room = months[day.year, day.month]
        name = MONTHS[day.month - 1]
        return f"{name} {day.year}" if room > 3 else name if room > 2 else name[:3]

    def title(one: Session) -> str:
        twice = often[one.session_on] > 1
        return (
            f"{one.session_on.day} {clock(one.start_time)}".strip()
            if twice
            else str(one.session_on.day)
        )

    return tuple(
        Column(title=title(one), align=Align.CENTRE, width_mm=_DATE_MM, group=group(one))
        for one in dates
    )


def shown_name(person: GridPerson) -> str:
    """Return a name as in a grid: family name first, and what they are called."""
    name = person.list_name
    if person.known_as and person.known_as not in {person.given_name, name}:
        name = f"{name} ({person.known_as})"
    return name


def cancelled_notes(sessions: Sequence[Session]) -> tuple[Text, ...]:
    """Return a note that says which dates were cancelled and why; nothing if none was."""
    lost = [one for one in sessions if one.state is SessionState.CANCELLED]
    if not lost:
        return ()
    named = "; ".join(
        f"{', '.join(day_of(one) for one in group)}: {reason}"
        for reason, group in groupby(sorted(lost, key=_reason), key=_reason)
    )
    return (text(f"Cancelled (×): {named}."),)


def day_of(one: Session) -> str:
    """Return a session's day in few letters: 3 Nov."""
    return f"{one.session_on.day} {MONTHS[one.session_on.month - 1][:3]}"


def _reason(one: Session) -> str:
    return CANCEL_REASONS.get(one.cancelled_reason, one.cancelled_reason).lower()


def letters(marks: Marks) -> str:
    """Return the letters of a person's marks at one session."""
    found = []
    for mark, role in marks:
        other = _ROLE_LETTERS.get(role)
        found.append(other if other and mark in _HERE else _MARK_LETTERS.get(mark, ""))
    return " ".join(dict.fromkeys(found))


def grid_columns(
    rows: Sequence[Row], dates: Sequence[Session], *after: Column
) -> tuple[Column, ...]:
    """Return the columns of a grid: row number, name, the dates, and what comes after them."""
    return (
        row_column(rows),
        Column(title="Name", weight=3.0),
        *date_columns(dates),
        *after,
    )


def finished(
    blocks: Sequence[Block], grids: Sequence[ActivityGrid], *, across: bool, title: str
) -> GridsFilled:
    """Return laid-out grids with their contents for files; without any, a page that says so."""
    warnings: tuple[str, ...] = ()
    if not blocks:
        warnings = ("There are no sessions in this period.",)
        blocks = (
            Heading(text=title, level=1),
            Paragraph(
                runs=text("There are no sessions in this period, so there is nothing to show.")
            ),
        )
    return GridsFilled(
        blocks=tuple(blocks),
        tables=tuple(map(_grid_json, grids)),
        warnings=warnings,
        across=across,
    )


def _grid_json(one: ActivityGrid) -> Json:
    return {
        "id": one.activity.code,
        "activity": one.activity.name,
        "columns": ["person_id", "name", *(s.session_on.isoformat() for s in one.sessions)],
        "rows": [
            [
                p.person_id,
                shown_name(p),
                *(letters(one.marks(s, p.person_id)) for s in one.sessions),
            ]
            for p in one.grid.people
        ],
        "sessions": [
            {
                "session_id": s.id,
                "date": s.session_on.isoformat(),
                "state": s.state.value,
                "people": one.people_at[s.id],
                "guests": s.guests or 0,
                "attendances": one.people_at[s.id] + (s.guests or 0)
                if s.state is SessionState.HELD
                else 0,
            }
            for s in one.sessions
        ],
    }
