"""Fill the page kinds that are registers: sheets, term registers, records."""

from collections.abc import Sequence

from app.domain.activities import Activity, Session, SessionState
from app.domain.errors import NotFound
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Orientation
from app.returns.language.spec import Spec
from app.returns.options import Copy
from app.returns.parts.registers.grids import ActivityGrid, GridsFilled
from app.returns.parts.registers.record import attendance_record
from app.returns.parts.registers.sheets import Sheet, sheet_blocks, sheet_foot, wanted
from app.returns.parts.registers.term import term_register
from app.storage import activities, attendance
from app.storage.sheets import grid, leader_notes


def attendance_sheets(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return the sheets of every session asked for, in the one printed order."""
    register, options = filling.register, filling.options
    sessions = _sessions(filling)
    opened = [(one, attendance.lines(register, one)) for one in wanted(sessions)]
    sealed = options.copy is Copy.LEADER
    people = tuple(line.person_id for _, lines in opened for line in lines) if sealed else ()
    notes = leader_notes(register, people) if people else {}
    sheets = tuple(
        Sheet(
            session=one,
            lines=lines,
            notes={line.person_id: notes[line.person_id] for line in lines} if sealed else {},
        )
        for one, lines in opened
    )
    cancelled = tuple(one for one in sessions if one.state is SessionState.CANCELLED)
    filled = sheet_blocks(sheets, cancelled, filling.settings, options.copy)
    filling.tables += filled.tables
    for warning in filled.warnings:
        filling.warn(warning)
    filling.foot = sheet_foot(filling.settings, filling.counted_at, options.copy)
    if sealed:
        filling.orientation = Orientation.LANDSCAPE
    return filled.blocks


def _sessions(filling: Filling) -> tuple[Session, ...]:
    if filling.options.session_id is None:
        return activities.sessions(filling.register, filling.period, filling.options.activity_id)
    session = activities.session(filling.register, filling.options.session_id)
    if session is None:
        raise NotFound("That session is not in this book any more. Choose another one.")
    return (session,)


def term(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return the register of a term, to tick."""
    return _laid_out(filling, term_register(_grids(filling), filling.settings))


def record(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return the attendance record of a period."""
    return _laid_out(filling, attendance_record(_grids(filling)))


def _laid_out(filling: Filling, filled: GridsFilled) -> tuple[Block, ...]:
    filling.tables += filled.tables
    for warning in filled.warnings:
        filling.warn(warning)
    filling.orientation = Orientation.LANDSCAPE if filled.across else Orientation.PORTRAIT
    return filled.blocks


def _grids(filling: Filling) -> tuple[ActivityGrid, ...]:
    """Return every activity asked for with its sessions in the period, by name."""
    register, period = filling.register, filling.period
    by_activity: dict[int, list[Session]] = {}
    for session in activities.sessions(register, period, filling.options.activity_id):
        by_activity.setdefault(session.activity_id, []).append(session)
    return tuple(
        ActivityGrid.of(
            activity, period, by_activity[activity.id], grid(register, period, activity.id)
        )
        for activity in _activities(filling)
        if activity.id in by_activity
    )


def _activities(filling: Filling) -> Sequence[Activity]:
    asked = filling.options.activity_id
    if asked is None:
        return activities.listed(filling.register)
    activity = activities.get(filling.register, asked)
    return (activity,) if activity else ()
