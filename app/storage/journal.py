"""The journal: who did what and when, never with a personal value."""

import datetime as dt
from dataclasses import dataclass

from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One change, as it is known for ever."""

    done_at: dt.datetime
    who: str
    use_case: str


def since(register: Register, moment: dt.datetime) -> dict[int, dt.datetime]:
    """Return when each record was last changed after a moment, by its id."""
    rows = register.rows(
        "SELECT subject_id, max(done_at) AS at FROM journal"
        " WHERE done_at > :moment AND subject_id IS NOT NULL GROUP BY subject_id",
        {"moment": moment.astimezone(dt.UTC).isoformat(timespec="seconds")},
    )
    return {row["subject_id"]: dt.datetime.fromisoformat(row["at"]) for row in rows}


def of_subject(register: Register, subject_id: int, *, limit: int) -> tuple[JournalLine, ...]:
    """Return what was done to something, newest first; to records joined to a person too."""
    rows = register.rows(
        "SELECT done_at, who, use_case FROM journal WHERE subject_id = :id"
        " OR subject_id IN (SELECT id FROM person WHERE merged_into = :id)"
        " ORDER BY done_at DESC, id DESC LIMIT :limit",
        {"id": subject_id, "limit": limit},
    )
    return tuple(
        JournalLine(
            done_at=dt.datetime.fromisoformat(row["done_at"]),
            who=row["who"],
            use_case=row["use_case"],
        )
        for row in rows
    )
