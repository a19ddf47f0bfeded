"""Consents: answers in, frozen records out."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.domain.consents import Consent, ConsentDraft
from app.domain.ids import PersonId
from app.domain.people import ConsentPurpose
from app.storage.bulk import fill
from app.storage.register import Register

_AT_ONCE = 1_000
"""People whose answers are read between two moments at which somebody else may go first."""
_MINE = """
SELECT c.*, c.person_id <> :person AS inherited FROM consent c
JOIN person p ON p.id = c.person_id
WHERE p.id = :person OR p.merged_into = :person
ORDER BY c.asked_on DESC, c.id DESC
"""


def of_person(register: Register, person_id: PersonId) -> tuple[Consent, ...]:
    """Return every answer of a person, joined records' too, newest first."""
    return tuple(_consent(row) for row in register.rows(_MINE, {"person": person_id}))


def of_people(register: Register, people: Sequence[int]) -> dict[int, tuple[Consent, ...]]:
    """Return the answers of some people, joined records' too."""
    rows = register.rows(
        "SELECT c.*, COALESCE(p.merged_into, p.id) AS whose, p.merged_into IS NOT NULL AS inherited"
        " FROM person p JOIN consent c ON c.person_id = p.id"
        " WHERE p.id IN (SELECT value FROM json_each(:ids))"
        " OR p.merged_into IN (SELECT value FROM json_each(:ids)) ORDER BY c.id",
        {"ids": json.dumps(tuple(people))},
    )
    found: dict[int, tuple[Consent, ...]] = {}
    for row in rows:
        found[row["whose"]] = (*found.get(row["whose"], ()), _consent(row))
    return found


def get(register: Register, consent_id: int) -> tuple[PersonId, Consent] | None:
    """Return whose an answer is, and the answer, or None."""
    row = register.row(
        "SELECT c.*, 0 AS inherited FROM consent c WHERE c.id = :id", {"id": consent_id}
    )
    return (PersonId(row["person_id"]), _consent(row)) if row else None


def add(register: Register, person_id: PersonId, draft: ConsentDraft) -> int:
    """Keep an answer inside a transaction; return its id."""
    consent_id = register.new_id()
    register.insert("consent", {"id": consent_id, "person_id": person_id, **_columns(draft)})
    return consent_id


def add_many(register: Register, people: Collection[PersonId], draft: ConsentDraft) -> None:
    """Keep the same answer of many people inside a transaction."""
    same = _columns(draft)
    rows = zip(register.new_ids(len(people)), people, strict=True)
    fill(register, "consent", ("id", "person_id", *same), [(*row, *same.values()) for row in rows])


def change(register: Register, consent_id: int, draft: ConsentDraft) -> None:
    """Correct an answer inside a transaction."""
    register.update("consent", consent_id, _columns(draft))


def remove(register: Register, consent_id: int) -> None:
    """Take away an answer that was entered by mistake, inside a transaction."""
    register.execute("DELETE FROM consent WHERE id = :id", {"id": consent_id})


def wordings(register: Register) -> tuple[str, ...]:
    """Return the versions of the wording in use, the latest asked first."""
    rows = register.rows(
        "SELECT wording_version FROM consent WHERE wording_version <> ''"
        " GROUP BY wording_version ORDER BY MAX(asked_on) DESC LIMIT 8"
    )
    return tuple(row[0] for row in rows)


def _columns(draft: ConsentDraft) -> dict[str, Any]:
    return {
        "purpose": draft.purpose.value,
        "given": int(draft.given),
        "asked_on": draft.asked_on.isoformat() if draft.asked_on else None,
        "method": draft.method,
        "wording_version": draft.wording_version,
        "taken_by": draft.taken_by,
        "detail": draft.detail,
        "withdrawn_on": draft.withdrawn_on.isoformat() if draft.withdrawn_on else None,
    }


def _consent(row: Any) -> Consent:
    return Consent(
        id=row["id"],
        purpose=ConsentPurpose(row["purpose"]),
        given=bool(row["given"]),
        asked_on=dt.date.fromisoformat(row["asked_on"]),
        method=row["method"],
        wording_version=row["wording_version"],
        taken_by=row["taken_by"],
        detail=row["detail"],
        withdrawn_on=dt.date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
        inherited=bool(row["inherited"]),
    )


_COUNTED = """
FROM consent c JOIN person p ON p.id = c.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE k.anonymised_at IS NULL
"""


def log(register: Register, limit: int) -> tuple[tuple[PersonId, Consent], ...]:
    """Return the newest answers of everybody with a name, with whose they are."""
    rows = register.rows(
        f"SELECT c.*, k.id AS whose, c.person_id <> k.id AS inherited {_COUNTED}"
        " ORDER BY c.asked_on DESC, c.id DESC LIMIT :limit",
        {"limit": limit},
    )
    return tuple((PersonId(row["whose"]), _consent(row)) for row in rows)


def how_many(register: Register) -> int:
    """Return how many answers there are of people with a name."""
    return int(register.value(f"SELECT count(*) {_COUNTED}"))


_STANDING = f"""
SELECT * FROM (
    SELECT c.*, k.id AS whose, c.person_id <> k.id AS inherited,
        row_number() OVER (PARTITION BY k.id, c.purpose ORDER BY c.asked_on DESC, c.id DESC) AS nth
    {_COUNTED} AND k.left_on IS NULL AND k.binned_at IS NULL AND c.person_id IN (
        SELECT id FROM person WHERE id BETWEEN :first AND :last AND merged_into IS NULL
        UNION ALL SELECT id FROM person WHERE merged_into BETWEEN :first AND :last)) AS c
WHERE nth = 1 AND given = 1 AND withdrawn_on IS NULL
    AND (asked_on < :before OR detail LIKE '%Agreed by:%')
"""


def standing_since(
    register: Register, before: dt.date
) -> Iterator[tuple[tuple[PersonId, Consent], ...]]:
    """Give answers that stand of people who are here, given before a day or by somebody for them.

    Only the newest answer to each purpose counts. They come some hundred people at a time.
    """
    people = [
        row[0]
        for row in register.rows("SELECT id FROM person WHERE merged_into IS NULL ORDER BY id")
    ]
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        values = {"before": before.isoformat(), "first": part[0], "last": part[-1]}
        rows = register.rows(_STANDING, values)
        yield tuple((PersonId(row["whose"]), _consent(row)) for row in rows)
