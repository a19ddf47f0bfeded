"""People by dates: the register of a term, to tick, and the record of a period, filled in."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from app.domain.activities import CANCEL_REASONS, Activity, Session, SessionState
from app.domain.ids import PersonId, SessionId
from app.domain.periods import MONTHS, Period, clock, clock_range, long_date
from app.domain.settings import Settings
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Json,
    Note,
    PageBreak,
    Paragraph,
    PrivacyNote,
    Row,
    SheetHead,
    Table,
    Text,
    Tick,
    text,
)
from app.returns.sheets import ROW_MM, privacy_sentence
from app.storage.sheets import Grid, GridPerson

DATES_UPRIGHT = 11
"""Dates that fit beside the names on an upright page."""
DATES_ACROSS = 22
"""The same on a page on its side."""
_DATE_MM = 8.6
_HERE = frozenset({"present", "late"})
_MARK_LETTERS = {"present": "✓", "late": "L", "absent": "A", "apology": "Ap"}
_HELPERS = frozenset({"volunteer", "leader"})
_ROLE_LETTERS = {"volunteer": "V", "leader": "V", "carer": "C"}
_KEY = (
    "✓ came · L came late · A absent · Ap apologies · V volunteer · C carer · × cancelled · "
    "blank: not recorded, which is neither here nor absent."
)

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
    """How many volunteers and leaders were at each session."""
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
            volunteers[session] += bool(here & _HELPERS)
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


def _slices(sessions: Sequence[Session], *, across: bool) -> list[Sequence[Session]]:
    """Cut the dates into parts of even size that fit a page."""
    most = DATES_ACROSS if across else DATES_UPRIGHT
    parts = max(1, -(-len(sessions) // most))
    size = -(-len(sessions) // parts) if sessions else 0
    return [sessions[at : at + size] for at in range(0, len(sessions), size)] if size else [()]


def _head(one: ActivityGrid, dates: Sequence[Session], number: int, count: int) -> SheetHead:
    activity = one.activity
    details = (
        clock_range(activity.start_time, activity.end_time),
        activity.place,
        f"leader {activity.leader}" if activity.leader else "",
    )
    first, last = one.period.first, one.period.last
    if count > 1:
        first, last = dates[0].session_on, dates[-1].session_on
    return SheetHead(
        title=activity.name,
        when=Period(first=first, last=last).text if first != last else long_date(first),
        details=" · ".join(part for part in details if part),
        code=activity.code,
        sheet=f"part {number} of {count}" if count > 1 else "",
    )


def _date_columns(dates: Sequence[Session]) -> tuple[Column, ...]:
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


def _name(person: GridPerson) -> str:
    name = person.list_name
    if person.known_as and person.known_as not in {person.given_name, name}:
        name = f"{name} ({person.known_as})"
    return name


def _cancelled_notes(sessions: Sequence[Session]) -> list[Text]:
    lost = [one for one in sessions if one.state is SessionState.CANCELLED]
    if not lost:
        return []
    named = "; ".join(
        f"{', '.join(_day(one) for one in group)}: {reason}"
        for reason, group in groupby(sorted(lost, key=_reason), key=_reason)
    )
    return [text(f"Cancelled (×): {named}.")]


def _day(one: Session) -> str:
    return f"{one.session_on.day} {MONTHS[one.session_on.month - 1][:3]}"


def _reason(one: Session) -> str:
    return CANCEL_REASONS.get(one.cancelled_reason, one.cancelled_reason).lower()


def _letters(marks: Marks) -> str:
    found = []
    for mark, role in marks:
        other = _ROLE_LETTERS.get(role)
        found.append(other if other and mark in _HERE else _MARK_LETTERS.get(mark, ""))
    return " ".join(dict.fromkeys(found))


_CROSS = Cell(text="×", muted=True)


# --- the term register: to tick ---------------------------------------------------------------


def term_register(grids: Sequence[ActivityGrid], settings: Settings) -> GridsFilled:
    """Lay out each activity's people by its dates, with boxes to tick and what is already entered."""
    with_dates = [one for one in grids if one.sessions]
    across = any(len(one.sessions) > DATES_UPRIGHT for one in with_dates)
    blocks: list[Block] = []
    for one in with_dates:
        parts = _slices(one.sessions, across=across)
        for number, dates in enumerate(parts, start=1):
            blocks += [
                PageBreak(),
                _head(one, dates, number, len(parts)),
                _term_table(one, dates, settings.blank_rows),
            ]
        blocks.append(PrivacyNote(text=privacy_sentence(settings)))
    return _finished(blocks, with_dates, across=across, title="Term register")


def _term_table(one: ActivityGrid, dates: Sequence[Session], blank: int) -> Table:
    def box(session: Session, person: PersonId | None) -> Cell:
        if session.state is SessionState.CANCELLED:
            return _CROSS
        marks = one.marks(session, person) if person is not None else ()
        return Cell(text=_letters(marks)) if marks else Cell(tick=Tick.EMPTY)

    people = one.grid.people
    rows: list[Row] = [
        (Cell(text=str(row)), Cell(text=_name(person)), *(box(s, person.person_id) for s in dates))
        for row, person in enumerate(people, start=1)
    ]
    rows += [
        (Cell(text=str(row), muted=True), Cell(), *(box(s, None) for s in dates))
        for row in range(len(people) + 1, len(people) + blank + 1)
    ]
    guests: Row = (
        Cell(),
        Cell(text="Guests"),
        *(
            Cell(text=str(s.guests) if s.guests else "", muted=True)
            if s.state is not SessionState.CANCELLED
            else _CROSS
            for s in dates
        ),
    )
    return Table(
        columns=_grid_columns(dates),
        rows=(*rows, guests),
        id=one.activity.code,
        summary=f"Register of {one.activity.name}, people down and dates across",
        header_column=1,
        min_row_mm=ROW_MM,
        notes=(*_cancelled_notes(dates), *_key_if(any(one.grid.marks))),
    )


def _key_if(wanted: bool) -> tuple[Text, ...]:
    return (text(_KEY),) if wanted else ()


def _grid_columns(dates: Sequence[Session], *after: Column) -> tuple[Column, ...]:
    return (
        Column(title="Row", align=Align.RIGHT, width_mm=10),
        Column(title="Name", weight=3.0),
        *_date_columns(dates),
        *after,
    )


# --- the record: filled in --------------------------------------------------------------------


def attendance_record(grids: Sequence[ActivityGrid]) -> GridsFilled:
    """Lay out what was entered in a period: people by dates with marks, totals and guests."""
    held = [_held_only(one) for one in grids]
    shown = [one for one in held if one.sessions]
    across = any(len(one.sessions) > DATES_UPRIGHT for one in shown)
    blocks: list[Block] = []
    for whole, one in zip(grids, held, strict=True):
        if one.sessions:
            blocks += _record_of(one, _not_taken(whole), across=across)
    warnings = tuple(
        f"{one.activity.name}: nothing is entered for {_days(_not_taken(one))}."
        for one in grids
        if _not_taken(one)
    )
    filled = _finished(blocks, shown, across=across, title="Attendance record")
    return GridsFilled(
        blocks=filled.blocks,
        tables=filled.tables,
        warnings=(*filled.warnings, *warnings),
        across=across,
    )


def _held_only(one: ActivityGrid) -> ActivityGrid:
    """Return the grid with the sessions that ran or were cancelled, and the people marked."""
    marked = {person for _, person in one.grid.marks}
    return replace(
        one,
        sessions=tuple(s for s in one.sessions if s.state is not SessionState.PLANNED),
        grid=replace(one.grid, people=tuple(p for p in one.grid.people if p.person_id in marked)),
    )


def _not_taken(one: ActivityGrid) -> tuple[Session, ...]:
    return tuple(s for s in one.sessions if s.state is SessionState.PLANNED)


def _days(sessions: Sequence[Session]) -> str:
    if len(sessions) > 6:
        return f"{len(sessions)} planned sessions, the first on {_day(sessions[0])}"
    return ", ".join(map(_day, sessions))


def _record_of(one: ActivityGrid, not_taken: tuple[Session, ...], *, across: bool) -> list[Block]:
    blocks: list[Block] = []
    parts = _slices(one.sessions, across=across)
    for number, dates in enumerate(parts, start=1):
        last = number == len(parts)
        blocks += [
            PageBreak(),
            _head(one, dates, number, len(parts)),
            _record_table(one, dates, totals=last),
        ]
    notes = [*_record_sums(one)]
    if not_taken:
        notes.append(text(f"Planned, with nothing entered, so not counted: {_days(not_taken)}."))
    return [*blocks, *(Note(runs=note) for note in notes)]


def _record_sums(one: ActivityGrid) -> list[Text]:
    held = [s for s in one.sessions if s.state is SessionState.HELD]
    people = sum(one.people_at[s.id] for s in held)
    guests = sum(s.guests or 0 for s in held)
    sessions = "1 session" if len(held) == 1 else f"{len(held):,} sessions"
    return [
        text(
            f"{sessions} held in this period: {people:,} attendances by named people and "
            f"{guests:,} by guests, {people + guests:,} in all. Late counts as here; volunteers, "
            "leaders and carers are shown and not counted among attendances."
        )
    ]


def _record_table(one: ActivityGrid, dates: Sequence[Session], *, totals: bool) -> Table:
    def cell(session: Session, person: PersonId) -> Cell:
        if session.state is SessionState.CANCELLED:
            return _CROSS
        return Cell(text=_letters(one.marks(session, person)))

    def total(person: PersonId) -> tuple[Cell, ...]:
        if not totals:
            return ()
        return (Cell(text=f"{one.times[person]:,}", bold=True),)

    rows: list[Row] = [
        (
            Cell(text=str(row)),
            Cell(text=_name(person)),
            *(cell(s, person.person_id) for s in dates),
            *total(person.person_id),
        )
        for row, person in enumerate(one.grid.people, start=1)
    ]
    sums: dict[str, Callable[[Session], int]] = {
        "Volunteers": lambda s: one.volunteers_at[s.id],
        "People": lambda s: one.people_at[s.id],
        "Guests": lambda s: s.guests or 0,
    }
    rows += [_sum_row(one, dates, name, count, totals=totals) for name, count in sums.items()]
    after = (Column(title="Came", align=Align.RIGHT, width_mm=12),) if totals else ()
    return Table(
        columns=_grid_columns(dates, *after),
        rows=tuple(rows),
        total=_sum_row(
            one,
            dates,
            "Attendances",
            lambda s: one.people_at[s.id] + (s.guests or 0),
            totals=totals,
        ),
        id=one.activity.code,
        summary=f"Attendance at {one.activity.name}, people down and dates across",
        header_column=1,
        notes=(*_cancelled_notes(dates), text(_KEY)),
    )


def _sum_row(
    one: ActivityGrid,
    dates: Sequence[Session],
    name: str,
    count: Callable[[Session], int],
    *,
    totals: bool,
) -> Row:
    held = [s for s in one.sessions if s.state is SessionState.HELD]
    cells = (
        Cell(text=f"{count(s):,}", bold=True) if s.state is SessionState.HELD else _CROSS
        for s in dates
    )
    whole = (Cell(text=f"{sum(map(count, held)):,}", bold=True),) if totals else ()
    return (Cell(), Cell(text=name, bold=True), *cells, *whole)


def _finished(
    blocks: list[Block], grids: Sequence[ActivityGrid], *, across: bool, title: str
) -> GridsFilled:
    warnings: tuple[str, ...] = ()
    if not blocks:
        warnings = ("There are no sessions in this period.",)
        blocks = [
            Heading(text=title, level=1),
            Paragraph(
                runs=text("There are no sessions in this period, so there is nothing to show.")
            ),
        ]
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
            [p.person_id, _name(p), *(_letters(one.marks(s, p.person_id)) for s in one.sessions)]
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
