"""The attendance record: what was entered in a period, people by dates, with totals and guests."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.activities import Session, SessionState
from app.domain.ids import PersonId
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Note,
    PageBreak,
    Row,
    Table,
    Text,
    plain,
    text,
)
from app.returns.parts.registers import grids as g
from app.returns.parts.registers import paper
from app.returns.parts.registers.grids import ActivityGrid, GridsFilled
from app.returns.parts.registers.paper import even_parts, height_of, pages_of

_SIZE, _LEAST = 9.2, 18.2
_SUMS = 4
"""Lines below the people on the last page of some dates."""
_NAME_UPRIGHT, _NAME_ACROSS = 118.0, 140.0
"""The least room for a name beside the most dates, in points."""


def attendance_record(grids: Sequence[ActivityGrid]) -> GridsFilled:
    """Lay out what was entered in a period: people by dates with marks, totals and guests."""
    held = [_held_only(one) for one in grids]
    shown = [one for one in held if one.sessions]
    across = any(len(one.sessions) > g.DATES_UPRIGHT for one in shown)
    blocks: list[Block] = []
    for whole, one in zip(grids, held, strict=True):
        if one.sessions:
            blocks += _pages(one, _not_taken(whole), across=across)
    warnings = tuple(
        f"{one.activity.name}: nothing is entered for {_days(_not_taken(one))}."
        for one in grids
        if _not_taken(one)
    )
    filled = g.finished(blocks, shown, across=across, title="Attendance record")
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
        return f"{len(sessions)} planned sessions, the first on {g.day_of(sessions[0])}"
    return ", ".join(map(g.day_of, sessions))


def _pages(one: ActivityGrid, not_taken: tuple[Session, ...], *, across: bool) -> list[Block]:
    width = _NAME_ACROSS if across else _NAME_UPRIGHT
    closing = _closing_notes(one, not_taken)
    parts = even_parts(one.sessions, g.DATES_ACROSS if across else g.DATES_UPRIGHT)
    pages: list[tuple[Sequence[Session], tuple[Row, ...], bool, bool]] = []
    for dates in parts:
        totals = dates is parts[-1]
        people = _rows(one, dates, totals=totals)
        heights = (height_of([(row[1].text, width)], _SIZE, least=_LEAST) for row in people)
        room = paper.room(
            g.head(one, dates, ""),
            across=across,
            notes=[plain(note) for note in (*_notes(dates), *(closing if totals else ()))],
            below=_SUMS * _LEAST,
        )
        cut = pages_of(list(zip(people, heights, strict=True)), room)
        pages += [(dates, part, totals, place == len(cut)) for place, part in enumerate(cut, 1)]
    blocks: list[Block] = []
    for number, (dates, rows, totals, ends) in enumerate(pages, start=1):
        sheet = f"sheet {number} of {len(pages)}"
        table = _table(one, dates, rows, totals=totals, ends=ends)
        blocks += [PageBreak(), g.head(one, dates, sheet), table]
    return [*blocks, *(Note(runs=note) for note in closing)]


def _notes(dates: Sequence[Session]) -> tuple[Text, ...]:
    return (*g.cancelled_notes(dates), text(g.KEY))


def _closing_notes(one: ActivityGrid, not_taken: tuple[Session, ...]) -> tuple[Text, ...]:
    left = (
        f"Planned, with nothing entered, so not counted: {_days(not_taken)}." if not_taken else ""
    )
    return (*_sums(one), *((text(left),) if left else ()))


def _sums(one: ActivityGrid) -> list[Text]:
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


def _rows(one: ActivityGrid, dates: Sequence[Session], *, totals: bool) -> list[Row]:
    def cell(session: Session, person: PersonId) -> Cell:
        if session.state is SessionState.CANCELLED:
            return g.CROSS
        return Cell(text=g.letters(one.marks(session, person)))

    def total(person: PersonId) -> tuple[Cell, ...]:
        times = one.times[person]
        return (Cell(text=f"{times:,}" if times else "", bold=True),) if totals else ()

    return [
        (
            Cell(text=str(row)),
            Cell(text=g.shown_name(person)),
            *(cell(s, person.person_id) for s in dates),
            *total(person.person_id),
        )
        for row, person in enumerate(one.grid.people, start=1)
    ]


def _table(
    one: ActivityGrid,
    dates: Sequence[Session],
    rows: Sequence[Row],
    *,
    totals: bool,
    ends: bool,
) -> Table:
    """Return the table of one page; where the people end, their sums by session stand below."""
    sums: dict[str, Callable[[Session], int]] = {
        "Volunteers": lambda s: one.volunteers_at[s.id],
        "People": lambda s: one.people_at[s.id],
        "Guests": lambda s: s.guests or 0,
        "Attendances": lambda s: one.people_at[s.id] + (s.guests or 0),
    }
    below = [_sum_row(one, dates, name, count, totals=totals) for name, count in sums.items()]
    after = (Column(title="Came", align=Align.RIGHT, width_mm=12),) if totals else ()
    return Table(
        columns=g.grid_columns(rows, dates, *after),
        rows=(*rows, *below[:-1]) if ends else tuple(rows),
        total=below[-1] if ends else None,
        id=one.activity.code,
        summary=f"Attendance at {one.activity.name}, people down and dates across",
        header_column=1,
        notes=_notes(dates) if ends else (),
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
        Cell(text=f"{count(s):,}", bold=True) if s.state is SessionState.HELD else g.CROSS
        for s in dates
    )
    whole = (Cell(text=f"{sum(map(count, held)):,}", bold=True),) if totals else ()
    return (Cell(), Cell(text=name, bold=True), *cells, *whole)
