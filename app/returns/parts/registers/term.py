"""The term register: one activity's people by a term's dates, with boxes to tick."""

from collections.abc import Sequence

from app.domain.activities import Session, SessionState
from app.domain.ids import PersonId
from app.domain.settings import Settings
from app.returns.filled import (
    Block,
    Cell,
    PageBreak,
    PrivacyNote,
    Row,
    Table,
    Text,
    Tick,
    plain,
    text,
)
from app.returns.parts.registers import grids as g
from app.returns.parts.registers import paper
from app.returns.parts.registers.grids import ActivityGrid, GridsFilled
from app.returns.parts.registers.paper import ROW_MM, even_parts, height_of, pages_of
from app.returns.parts.registers.sheets import privacy_sentence

_SIZE = 9.2
_NAME_UPRIGHT, _NAME_ACROSS = 130.0, 150.0
"""The least room for a name beside the most dates, in points."""


def term_register(grids: Sequence[ActivityGrid], settings: Settings) -> GridsFilled:
    """Lay out each activity's people by its dates, with boxes to tick and what is already entered.

    Every page bears the activity and its dates; who is not on the list is written at the foot.
    """
    with_dates = [one for one in grids if one.sessions]
    across = any(len(one.sessions) > g.DATES_UPRIGHT for one in with_dates)
    blocks: list[Block] = []
    for one in with_dates:
        blocks += _pages(one, settings, across=across)
    return g.finished(blocks, with_dates, across=across, title="Term register")


def _pages(one: ActivityGrid, settings: Settings, *, across: bool) -> list[Block]:
    parts = even_parts(one.sessions, g.DATES_ACROSS if across else g.DATES_UPRIGHT)
    pages = [(dates, rows) for dates in parts for rows in _cut(one, dates, settings, across)]
    blocks: list[Block] = []
    for number, (dates, rows) in enumerate(pages, start=1):
        sheet = f"sheet {number} of {len(pages)}"
        last = number == len(pages) or pages[number][0] is not dates
        blocks += [PageBreak(), g.head(one, dates, sheet), _table(one, dates, rows, last=last)]
    return [*blocks, PrivacyNote(text=privacy_sentence(settings))]


def _cut(
    one: ActivityGrid, dates: Sequence[Session], settings: Settings, across: bool
) -> list[tuple[Row, ...]]:
    room = paper.room(
        g.head(one, dates, ""),
        across=across,
        notes=[plain(note) for note in _notes(one, dates)],
        privacy=privacy_sentence(settings),
    )
    width = _NAME_ACROSS if across else _NAME_UPRIGHT
    rows = _rows(one, dates, settings.blank_rows)
    return pages_of([(row, height_of([(row[1].text, width)], _SIZE)) for row in rows], room)


def _rows(one: ActivityGrid, dates: Sequence[Session], blank: int) -> list[Row]:
    people = one.grid.people
    rows: list[Row] = [
        (
            Cell(text=str(number)),
            Cell(text=g.shown_name(person)),
            *(_box(one, session, person.person_id) for session in dates),
        )
        for number, person in enumerate(people, start=1)
    ]
    rows += [
        (Cell(text=str(number), muted=True), Cell(), *(_box(one, s, None) for s in dates))
        for number in range(len(people) + 1, len(people) + blank + 1)
    ]
    guests = (_guests(session) for session in dates)
    return [*rows, (Cell(), Cell(text="Guests"), *guests)]


def _box(one: ActivityGrid, session: Session, person: PersonId | None) -> Cell:
    if session.state is SessionState.CANCELLED:
        return g.CROSS
    marks = one.marks(session, person) if person is not None else ()
    return Cell(text=g.letters(marks)) if marks else Cell(tick=Tick.EMPTY)


def _guests(session: Session) -> Cell:
    if session.state is SessionState.CANCELLED:
        return g.CROSS
    return Cell(text=f"{session.guests:,}" if session.guests else "")


def _table(
    one: ActivityGrid, dates: Sequence[Session], rows: tuple[Row, ...], *, last: bool
) -> Table:
    return Table(
        columns=g.grid_columns(rows, dates),
        rows=rows,
        id=one.activity.code,
        summary=f"Register of {one.activity.name}, people down and dates across",
        header_column=1,
        min_row_mm=ROW_MM,
        notes=_notes(one, dates) if last else (),
    )


def _notes(one: ActivityGrid, dates: Sequence[Session]) -> tuple[Text, ...]:
    key = (text(g.KEY),) if one.grid.marks else ()
    return (*g.cancelled_notes(dates), *key)
