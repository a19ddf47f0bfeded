"""Part: the registers: every mark, and one sheet that was printed and not yet typed in."""

import datetime as dt
from collections.abc import Iterator

from app.domain.activities import SessionState, session_code
from app.services.example.leaving import Left
from app.services.example.marks import Row
from app.services.example.meetings import Meeting
from app.services.example.members import Member
from app.services.example.parts.belonging import enrolments
from app.services.example.world import World
from app.services.example.writing import Writer


def write(writer: Writer) -> None:
    """Write the marks, activity by activity, then the sheet."""
    marks = writer.world.marks
    plans = writer.world.plans

    def rows() -> Iterator[Row]:
        for done, plan in enumerate(plans):
            writer.keep_going(done, len(plans))
            yield from marks.draw(plan, writer.session(0), writer.person(0))

    with writer.indexes_made_after("attendance"):
        writer.fill("attendance", "session_id person_id mark role", rows())
    writer.counts["attendances"] = marks.attended
    writer.counts["marks"] = marks.rows
    meeting = unentered(writer.world)
    if meeting:
        _write_sheet(writer, meeting)


def _write_sheet(writer: Writer, meeting: Meeting) -> None:
    world = writer.world
    printed = dt.datetime.combine(meeting.day, dt.time(14, 5), dt.UTC)
    code = session_code(world.plans[meeting.activity].code, meeting.day)
    row = (writer.session(meeting.index), code, printed.isoformat(timespec="seconds"))
    writer.rows("sheet", "session_id code printed_at", [row])
    listed = on_sheet(world, meeting, writer.left)
    listed.sort(key=lambda member: (writer.sort_keys[member.index], member.index))
    sheet = world.first_id("sheet")
    writer.fill(
        "sheet_row",
        "sheet_id row person_id",
        ((sheet, row, writer.person(member.index)) for row, member in enumerate(listed, start=1)),
    )


def unentered(world: World) -> Meeting | None:
    """Return the session whose sheet was printed and not typed in, if there is one."""
    past = [
        meeting
        for meeting in world.meetings[0]
        if meeting.state is SessionState.PLANNED and meeting.day < world.ending
    ]
    return past[-1] if past else None


def on_sheet(world: World, meeting: Meeting, left: Left) -> list[Member]:
    """Return whom the session's sheet lists, in no order: the register of that day."""
    day = meeting.day.isoformat()
    people = {
        person
        for person, activity, _, first, last in enrolments(world)
        if activity == meeting.activity and first <= day and (last is None or last >= day)
    }
    gone = {person for person, (last, _) in left.items() if last < meeting.day.toordinal()}
    return [world.members[person] for person in sorted(people - gone)]
