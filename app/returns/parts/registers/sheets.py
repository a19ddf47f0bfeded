"""Attendance sheets: the copy people sign at the door, and the leader's sealed copy."""

import datetime as dt
from dataclasses import dataclass

from app.domain.activities import CANCEL_REASONS, Session, SessionState
from app.domain.attendance import RegisterLine, Role
from app.domain.periods import clock_range, full_date, long_date, short_date
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
    Tick,
    WriteLine,
    WriteLines,
    bold,
    text,
)
from app.returns.options import Copy
from app.returns.parts.registers import paper
from app.returns.parts.registers.paper import ROW_MM, Room, height_of, pages_of, row_column
from app.storage.sheets import LeaderNote

_LINES = 62.0
"""The height of the lines to write on below the last row, in points."""
_NAME_WIDTH = 265.0
_SIGN_IN_SIZE = 11.0
_SEALED_ROOM = Room(full=362.0, last=362.0)
_SEALED_SIZE = 9.2
_SEALED_MM = {"Name": 58.0, "In an emergency, ring": 60.0, "What helps": 60.0, "Access": 55.0}
"""Columns of the leader's copy; fixed, so that what fits a page can be told beforehand."""
_LAST_SEEN_MM = 34.0
"""What is left of the page for the number of the row and when somebody was last seen."""

_ROLE_WORDS = {Role.VOLUNTEER: "volunteer", Role.LEADER: "leader", Role.CARER: "carer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One session's register, ready to be laid out."""

    session: Session
    lines: tuple[RegisterLine, ...]
    notes: dict[int, LeaderNote]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsFilled:
    """The blocks of all sheets, their contents for the command line, and what to warn of."""

    blocks: tuple[Block, ...]
    tables: tuple[Json, ...]
    warnings: tuple[str, ...]


def wanted(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Return the sessions that need a sheet: all but the cancelled."""
    return tuple(one for one in sessions if one.state is not SessionState.CANCELLED)


def sheet_blocks(
    sheets: tuple[Sheet, ...], cancelled: tuple[Session, ...], settings: Settings, copy: Copy
) -> SheetsFilled:
    """Lay out every sheet on pages of its own, each page with its session's code."""
    lay_out = _leader_sheet if copy is Copy.LEADER else _sign_in_sheet
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += [PageBreak(), *lay_out(sheet, settings)]
    warnings = tuple(
        f"{one.activity_name} on {short_date(one.session_on)} has no sheet: it was cancelled "
        f"({CANCEL_REASONS.get(one.cancelled_reason, one.cancelled_reason).lower()})."
        for one in cancelled
    )
    if not sheets:
        blocks += [
            Heading(text="Attendance sheets", level=1),
            Paragraph(runs=text("No sessions are planned in this period, so there is no sheet.")),
        ]
        warnings = (*warnings, "There are no sessions in this period.")
    return SheetsFilled(
        blocks=tuple(blocks), tables=tuple(map(_sheet_json, sheets)), warnings=warnings
    )


def _sheet_json(sheet: Sheet) -> Json:
    return {
        "id": sheet.session.code,
        "session_id": sheet.session.id,
        "activity": sheet.session.activity_name,
        "date": sheet.session.session_on.isoformat(),
        "columns": ["row", "person_id", "name"],
        "rows": [[line.row, line.person_id, shown_name(line)] for line in sheet.lines],
    }


def shown_name(line: RegisterLine) -> str:
    """Return a name as on the sheet: family name first, what they are called, their own script."""
    name = line.list_name
    if line.known_as and line.known_as not in {line.given_name, name}:
        name = f"{name} ({line.known_as})"
    if line.own_script_name and line.own_script_name != name:
        name = f"{name} · {line.own_script_name}"
    role = _ROLE_WORDS.get(line.role)
    return f"{name} · {role}" if role else name


def _head(sheet: Sheet, number: int, count: int, *, sealed: bool) -> SheetHead:
    session = sheet.session
    details = (
        clock_range(session.start_time, session.end_time),
        session.place,
        f"leader {session.leader}" if session.leader else "",
    )
    return SheetHead(
        title=session.activity_name,
        when=full_date(session.session_on),
        details=" · ".join(part for part in details if part),
        code=session.code,
        sheet=f"{'leader’s copy, ' if sealed else ''}sheet {number} of {count}",
    )


def _sign_in_sheet(sheet: Sheet, settings: Settings) -> list[Block]:
    rows = [_sign_in_row(line.row, shown_name(line)) for line in sheet.lines]
    start = len(rows) + 1
    rows += [_sign_in_row(number, "") for number in range(start, start + settings.blank_rows)]
    heights = [height_of([(row[2].text, _NAME_WIDTH)], _SIGN_IN_SIZE) for row in rows]
    room = paper.room(
        _head(sheet, 1, 1, sealed=False),
        across=False,
        months=False,
        privacy=privacy_sentence(settings),
        below=_LINES,
    )
    pages = pages_of(list(zip(rows, heights, strict=True)), room)
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        if number > 1:
            blocks.append(PageBreak())
        blocks += [_head(sheet, number, len(pages), sealed=False), _sign_in_table(sheet, page)]
    return [*blocks, _write_lines(), PrivacyNote(text=privacy_sentence(settings))]


def _sign_in_row(number: int, name: str) -> Row:
    return (
        Cell(text=str(number), muted=not name),
        Cell(tick=Tick.EMPTY),
        Cell(text=name),
        Cell(),
        Cell(),
    )


def _sign_in_table(sheet: Sheet, rows: tuple[Row, ...]) -> Table:
    return Table(
        columns=(
            row_column(rows),
            Column(title="Here", align=Align.CENTRE, width_mm=13),
            Column(title="Name", weight=3.0),
            Column(title="Initials", width_mm=36),
            Column(title="Subs £", width_mm=26),
        ),
        rows=rows,
        id=sheet.session.code,
        summary=f"Register of {sheet.session.activity_name}, {full_date(sheet.session.session_on)}",
        header_column=2,
        font_size=_SIGN_IN_SIZE,
        min_row_mm=ROW_MM,
    )


def _write_lines() -> WriteLines:
    return WriteLines(
        lines=(
            (
                WriteLine(label="Guests not named:", width_mm=16),
                WriteLine(label="Volunteers and hours:"),
            ),
            (WriteLine(label="Notes:"),),
        )
    )


def privacy_sentence(settings: Settings) -> str:
    """Return what a sheet says about what is kept, and whom to ask."""
    whom = f": {settings.contact}" if settings.contact else ""
    ask = "Ask" if whom else "Ask any of us"
    return (
        "We keep your name and visits to run the group and tell funders how many came. "
        f"{ask} to see or remove them{whom}."
    )


def _leader_sheet(sheet: Sheet, _: Settings) -> list[Block]:
    rows = [_leader_row(line, sheet.notes[line.person_id]) for line in sheet.lines]
    pages = pages_of([(row, _leader_height(row)) for row in rows], _SEALED_ROOM)
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        if number > 1:
            blocks.append(PageBreak())
        blocks += [
            _head(sheet, number, len(pages), sealed=True),
            Note(runs=_SEALED),
            _leader_table(sheet, page),
        ]
    return blocks


_SEALED = text(
    bold("Sealed: keep with the leader. "),
    "Open it in an emergency or when somebody needs help; do not pass it round, copy it or leave "
    "it in the hall. Shred it when the next one is printed.",
)


def _leader_row(line: RegisterLine, note: LeaderNote) -> Row:
    return (
        Cell(text=str(line.row)),
        Cell(text=shown_name(line)),
        Cell(text="\n".join(note.contacts) or "nobody given", muted=not note.contacts),
        Cell(text=line.what_helps),
        Cell(text=note.access_needs),
        Cell(text=_seen(line)),
    )


def _leader_height(row: Row) -> float:
    widths = (width * 72 / 25.4 for width in _SEALED_MM.values())
    texts = (cell.text for cell in row[1:-1])
    return height_of(zip(texts, widths, strict=True), _SEALED_SIZE)


def _seen(line: RegisterLine) -> str:
    if line.is_new:
        return "first visit"
    return f"not here for {line.not_seen_for}" if line.not_seen_for >= 3 else ""


def _leader_table(sheet: Sheet, rows: tuple[Row, ...]) -> Table:
    number = row_column(rows)
    return Table(
        columns=(
            number,
            *(Column(title=title, width_mm=width) for title, width in _SEALED_MM.items()),
            Column(title="Last seen", width_mm=_LAST_SEEN_MM - (number.width_mm or 0)),
        ),
        rows=rows,
        id=sheet.session.code,
        summary=f"Leader’s notes for {sheet.session.activity_name}",
        header_column=1,
        font_size=_SEALED_SIZE,
        min_row_mm=ROW_MM,
        empty_text="Nobody is on this register yet.",
    )


def sheet_foot(settings: Settings, counted_at: dt.datetime, copy: Copy) -> tuple[str, ...]:
    """Return the foot of a sheet: group, when it was printed, in what order to enter it."""
    printed = f"printed {long_date(counted_at.date())}, {counted_at:%H:%M}"
    last = "sealed: keep with the leader" if copy is Copy.LEADER else "enter in this order"
    return tuple(part for part in (settings.group_name, printed, last) if part)
