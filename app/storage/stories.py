"""Stories and quotes with their uses: rows in, frozen records out."""

import datetime as dt
import json
from typing import Any

from app.domain.ids import ActivityId, PersonId, StoryId
from app.domain.stories import Story, StoryDraft, StoryKind, StoryPurpose, StoryUse
from app.storage.register import Register

_USES = """
SELECT * FROM story_use WHERE story_id IN (SELECT value FROM json_each(:ids))
ORDER BY story_id, asked_on, purpose
"""
_OF_PERSON = """
SELECT * FROM story
WHERE person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person)
    AND binned_at IS NULL
ORDER BY told_on DESC, id DESC
"""
# A story of somebody in the bin is not for using either.
_USABLE = """
SELECT s.* FROM story s
JOIN story_counted c ON c.story_id = s.id
JOIN story_use_counted u ON u.story_id = s.id AND u.purpose = :purpose
ORDER BY s.told_on DESC, s.id DESC
"""


def listed(register: Register) -> tuple[Story, ...]:
    """Return every story, the newest first; the bin left out."""
    rows = register.rows(
        "SELECT * FROM story WHERE binned_at IS NULL ORDER BY told_on DESC, id DESC"
    )
    return _stories(register, rows)


def in_bin(register: Register) -> tuple[Story, ...]:
    """Return the stories in the bin, the newest first."""
    rows = register.rows(
        "SELECT * FROM story WHERE binned_at IS NOT NULL ORDER BY told_on DESC, id DESC"
    )
    return _stories(register, rows)


def of_person(register: Register, person_id: PersonId) -> tuple[Story, ...]:
    """Return a person's stories, joined records' too, the newest first; the bin left out."""
    return _stories(register, register.rows(_OF_PERSON, {"person": person_id}))


def usable_for(register: Register, purpose: StoryPurpose) -> tuple[Story, ...]:
    """Return the stories that may be used for something now, the newest first."""
    return _stories(register, register.rows(_USABLE, {"purpose": purpose.value}))


def get(register: Register, story_id: StoryId) -> Story | None:
    """Return a story, also from the bin, or None."""
    rows = register.rows("SELECT * FROM story WHERE id = :id", {"id": story_id})
    return next(iter(_stories(register, rows)), None)


def add(register: Register, draft: StoryDraft) -> StoryId:
    """Keep a story, inside a transaction."""
    story_id = StoryId(register.new_id())
    register.insert("story", {"id": story_id, **_columns(draft)})
    return story_id


def change(register: Register, story_id: StoryId, draft: StoryDraft) -> None:
    """Correct a story, inside a transaction."""
    register.update("story", story_id, _columns(draft))


def set_binned(register: Register, story_id: StoryId, at: str | None) -> None:
    """Put a story in the bin, or take it out, inside a transaction."""
    register.update("story", story_id, {"binned_at": at})


def keep_use(register: Register, story_id: StoryId, use: StoryUse) -> None:
    """Note what the person said to a use, in place of what was noted, inside a transaction."""
    values = {"story": story_id, "purpose": use.purpose.value}
    register.execute("DELETE FROM story_use WHERE story_id = :story AND purpose = :purpose", values)
    register.insert(
        "story_use",
        {
            "id": register.new_id(),
            "story_id": story_id,
            "purpose": use.purpose.value,
            "given": int(use.given),
            "asked_on": use.asked_on.isoformat(),
            "method": use.method,
            "taken_by": use.taken_by,
            "withdrawn_on": use.withdrawn_on.isoformat() if use.withdrawn_on else None,
        },
    )


def _columns(draft: StoryDraft) -> dict[str, Any]:
    return {
        "person_id": draft.person_id,
        "activity_id": draft.activity_id,
        "kind": draft.kind.value,
        "told_on": draft.told_on.isoformat() if draft.told_on else None,
        "wording": draft.wording,
        "credited_as": draft.credited_as,
    }


def _stories(register: Register, rows: list[Any]) -> tuple[Story, ...]:
    uses: dict[int, list[StoryUse]] = {}
    values = {"ids": json.dumps([row["id"] for row in rows])}
    for row in register.rows(_USES, values) if rows else ():
        uses.setdefault(row["story_id"], []).append(_use(row))
    return tuple(
        Story(
            id=StoryId(row["id"]),
            kind=StoryKind(row["kind"]),
            told_on=dt.date.fromisoformat(row["told_on"]),
            wording=row["wording"],
            credited_as=row["credited_as"],
            person_id=PersonId(row["person_id"]) if row["person_id"] is not None else None,
            activity_id=ActivityId(row["activity_id"]) if row["activity_id"] is not None else None,
            uses=tuple(uses.get(row["id"], ())),
            binned=row["binned_at"] is not None,
        )
        for row in rows
    )


def _use(row: Any) -> StoryUse:
    return StoryUse(
        purpose=StoryPurpose(row["purpose"]),
        given=bool(row["given"]),
        asked_on=dt.date.fromisoformat(row["asked_on"]),
        method=row["method"],
        taken_by=row["taken_by"],
        withdrawn_on=dt.date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
    )
