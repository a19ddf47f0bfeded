"""Records joined to one person, and parted again: pointers, and the values there were before."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain import names
from app.domain.ids import PersonId
from app.domain.people import PersonDraft
from app.storage.people import columns_of, get
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedRecord:
    """A record that stands under another, and since when."""

    id: PersonId
    name: str = field(repr=False)
    joined_at: dt.datetime | None


def merge(
    register: Register,
    kept: PersonId,
    merged: PersonId,
    at: str,
    *,
    become: PersonDraft | None = None,
) -> None:
    """Make one record count as another, inside a transaction; pointers stay flat.

    ``become`` is what the kept record shall say. What pointed where before, and each value that
    is changed with what it was, is kept, so that the merge can be undone for ever.
    """
    moved = [
        row[0]
        for row in register.rows("SELECT id FROM person WHERE merged_into = :id", {"id": merged})
    ]
    changed = _changes(register, kept, become) if become is not None else {}
    register.insert(
        "person_merge",
        {
            "id": register.new_id(),
            "kept_id": kept,
            "merged_id": merged,
            "merged_at": at,
            "before": json.dumps({"followers": moved, "kept": changed}, ensure_ascii=False),
        },
    )
    register.execute(
        "UPDATE person SET merged_into = :kept WHERE id = :merged OR merged_into = :merged",
        {"kept": kept, "merged": merged},
    )
    if changed:
        register.update("person", kept, {name: after for name, (_, after) in changed.items()})


def _changes(register: Register, kept: PersonId, become: PersonDraft) -> dict[str, tuple[Any, Any]]:
    row = register.row("SELECT * FROM person WHERE id = :id", {"id": kept})
    wanted = columns_of(become)
    return {name: (row[name], wanted[name]) for name in wanted if row[name] != wanted[name]}


def unmerge(register: Register, merged: PersonId, at: str) -> bool:
    """Take the latest merge of a record back, inside a transaction; False if there is none.

    The kept record gets its values back, but for those that were changed since.
    """
    row = register.row(
        "SELECT id, kept_id, before FROM person_merge WHERE merged_id = :id AND undone_at IS NULL"
        " ORDER BY merged_at DESC, id DESC LIMIT 1",
        {"id": merged},
    )
    if row is None:
        return False
    before = json.loads(row["before"])
    # Only those that still stand where this record stands: others were parted or joined elsewhere.
    register.execute(
        "UPDATE person SET merged_into = :id"
        " WHERE id IN (SELECT value FROM json_each(:followers))"
        " AND merged_into = (SELECT merged_into FROM person WHERE id = :id)",
        {"id": merged, "followers": json.dumps(before["followers"])},
    )
    register.execute("UPDATE person SET merged_into = NULL WHERE id = :id", {"id": merged})
    _restore(register, PersonId(row["kept_id"]), before.get("kept", {}))
    register.update("person_merge", row["id"], {"undone_at": at})
    return True


def _restore(register: Register, kept: PersonId, changed: Mapping[str, Any]) -> None:
    row = register.row("SELECT * FROM person WHERE id = :id", {"id": kept})
    back = {name: was for name, (was, became) in changed.items() if row[name] == became}
    if not back:
        return
    register.update("person", kept, back)
    # The keys that order and find the person follow the names, whichever came back.
    person = get(register, kept)
    if person is not None:
        values = columns_of(person)
        keys = {name: values[name] for name in ("sort_key", "search_text")}
        register.update("person", kept, keys)


def records_of(register: Register, person_id: PersonId) -> tuple[JoinedRecord, ...]:
    """Return the records that are joined to a person, the latest first."""
    rows = register.rows(
        "SELECT p.id, p.given_name, p.family_name, p.known_as,"
        " (SELECT MAX(m.merged_at) FROM person_merge m"
        "  WHERE m.merged_id = p.id AND m.undone_at IS NULL) AS joined_at"
        " FROM person p WHERE p.merged_into = :id ORDER BY joined_at DESC, p.id",
        {"id": person_id},
    )
    return tuple(
        JoinedRecord(
            id=PersonId(row["id"]),
            name=names.full_name(row["given_name"], row["family_name"], row["known_as"]),
            joined_at=dt.datetime.fromisoformat(row["joined_at"]) if row["joined_at"] else None,
        )
        for row in rows
    )
