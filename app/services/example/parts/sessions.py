"""Part: the sessions, held, cancelled and to come."""

from collections.abc import Iterator
from typing import Any

from app.services.example.meetings import Meeting
from app.services.example.parts import tidying
from app.services.example.writing import Writer

_COLUMNS = (
    "activity_id session_on start_time end_time state cancelled_reason cancelled_note"
    " moved_from_on guests place notes binned_at"
)


def write(writer: Writer) -> None:
    """Write every session, then those that are in the bin."""
    world = writer.world
    count = sum(len(meetings) for meetings in world.meetings)

    def rows() -> Iterator[tuple[Any, ...]]:
        for meetings in world.meetings:
            for meeting in meetings:
                yield _row(writer, meeting, None)
        for meeting, at in tidying.wrong_sessions(world, count):
            yield _row(writer, meeting, at)

    writer.rows("session", _COLUMNS, rows())
    writer.counts["sessions"] = count


def _row(writer: Writer, meeting: Meeting, binned_at: str | None) -> tuple[Any, ...]:
    draft = writer.world.plans[meeting.activity].draft
    return (
        writer.activity(meeting.activity),
        meeting.day.isoformat(),
        draft.start_time,
        draft.end_time,
        meeting.state.value,
        meeting.reason,
        meeting.note,
        meeting.moved_from.isoformat() if meeting.moved_from else None,
        meeting.guests,
        meeting.place,
        meeting.remark,
        binned_at,
    )
