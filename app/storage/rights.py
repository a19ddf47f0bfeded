"""Requests about people's own data, and breaches: rows in, frozen records out."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from app.domain.ids import PersonId
from app.domain.rights import Breach, BreachDraft, Request, RequestDraft, RequestKind, Risk
from app.storage.register import Register


def requests(register: Register, person_id: PersonId | None = None) -> tuple[Request, ...]:
    """Return the requests of a person (their joined records' too) or all, the newest first."""
    rows = register.rows(
        "SELECT r.* FROM rights_request r WHERE r.binned_at IS NULL AND (:person IS NULL"
        " OR r.person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person))"
        " ORDER BY r.received_on DESC, r.id DESC",
        {"person": person_id},
    )
    return tuple(
        Request(
            id=row["id"],
            kind=RequestKind(row["kind"]),
            person_id=PersonId(row["person_id"]) if row["person_id"] else None,
            asked_by=row["asked_by"],
            received_on=dt.date.fromisoformat(row["received_on"]),
            proved_on=_day(row["proved_on"]),
            extended_because=row["extended_because"],
            answered_on=_day(row["answered_on"]),
            outcome=row["outcome"],
            note=row["note"],
        )
        for row in rows
    )


def write_request(register: Register, draft: RequestDraft, request_id: int | None = None) -> int:
    """Add or change a request inside a transaction; return its id."""
    return _write(register, "rights_request", _plain(draft), request_id)


def breaches(register: Register) -> tuple[Breach, ...]:
    """Return the breaches, the newest first."""
    rows = register.rows(
        "SELECT * FROM breach WHERE binned_at IS NULL ORDER BY noticed_at DESC, id DESC"
    )
    return tuple(
        Breach(
            id=row["id"],
            noticed_at=dt.datetime.fromisoformat(row["noticed_at"]),
            what=row["what"],
            people=row["people"],
            risk=Risk(row["risk"]),
            done_about_it=row["done_about_it"],
            told_ico_at=dt.datetime.fromisoformat(row["told_ico_at"])
            if row["told_ico_at"]
            else None,
            told_people_on=_day(row["told_people_on"]),
            why_not_told=row["why_not_told"],
        )
        for row in rows
    )


def write_breach(register: Register, draft: BreachDraft, breach_id: int | None = None) -> int:
    """Add or change a breach inside a transaction; return its id."""
    return _write(register, "breach", _plain(draft), breach_id)


def put_in_bin(register: Register, table: str, row_id: int) -> None:
    """Put a request (``rights_request``) or a breach in the bin, inside a transaction."""
    register.update(table, row_id, {"binned_at": register.stamp()})


def _plain(draft: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(draft).items()
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _write(register: Register, table: str, values: dict[str, Any], row_id: int | None) -> int:
    if row_id is not None:
        register.update(table, row_id, values)
        return row_id
    row_id = register.new_id()
    register.insert(table, {"id": row_id, **values})
    return row_id
