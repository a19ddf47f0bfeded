"""The referrer book: organisations and workers as rows in, frozen records out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.ids import ReferrerId, WorkerId
from app.domain.referrers import Referrer, ReferrerDraft, Worker, WorkerDraft
from app.storage.register import Register

_COLUMNS = ("name", "source_type", "address", "phone", "email", "notes")
_LISTED = """
SELECT o.*,
    (SELECT count(*) FROM referral r WHERE r.referrer_id = o.id AND r.binned_at IS NULL) AS sent,
    (SELECT max(r.received_on) FROM referral r
        WHERE r.referrer_id = o.id AND r.binned_at IS NULL) AS last_on,
    (SELECT count(*) FROM referrer_worker w
        WHERE w.referrer_id = o.id AND w.left_on IS NULL) AS workers
FROM referrer o
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerRow:
    """A line of the referrer book: the organisation, and what came from it."""

    referrer: Referrer
    sent: int
    """Referrals it has sent, the bin left out."""
    last_on: dt.date | None
    workers: int
    """Workers who are still there."""


def listed(register: Register, typed: str = "", *, limit: int = -1) -> tuple[ReferrerRow, ...]:
    """Return organisations by name; where typed, those with a word that begins so, in name or worker."""
    where = ""
    values: dict[str, Any] = {"limit": limit}
    if typed:
        where = (
            "WHERE o.name LIKE :begins ESCAPE '!' OR o.name LIKE :inside ESCAPE '!'"
            " OR EXISTS (SELECT 1 FROM referrer_worker w WHERE w.referrer_id = o.id"
            " AND (w.name LIKE :begins ESCAPE '!' OR w.name LIKE :inside ESCAPE '!'))"
        )
        plain = typed.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values |= {"begins": f"{plain}%", "inside": f"% {plain}%"}
    rows = register.rows(f"{_LISTED} {where} ORDER BY o.name COLLATE NOCASE LIMIT :limit", values)
    return tuple(
        ReferrerRow(
            referrer=_referrer(row),
            sent=row["sent"],
            last_on=_day(row["last_on"]),
            workers=row["workers"],
        )
        for row in rows
    )


def get(register: Register, referrer_id: ReferrerId) -> Referrer | None:
    """Return an organisation, or None."""
    row = register.row("SELECT * FROM referrer WHERE id = :id", {"id": referrer_id})
    return _referrer(row) if row else None


def named(register: Register, name: str) -> Referrer | None:
    """Return the organisation of a name, capitals aside, or None."""
    row = register.row("SELECT * FROM referrer WHERE name = :name COLLATE NOCASE", {"name": name})
    return _referrer(row) if row else None


def _referrer(row: Any) -> Referrer:
    return Referrer(id=row["id"], **{name: row[name] for name in _COLUMNS})


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def add(
    register: Register,
    draft: ReferrerDraft,
    *,
    referrer_id: ReferrerId | None = None,
    import_id: int | None = None,
) -> ReferrerId:
    """Add an organisation inside a transaction; return its id."""
    referrer_id = referrer_id or ReferrerId(register.new_id())
    values = {name: getattr(draft, name) for name in _COLUMNS}
    register.insert("referrer", {"id": referrer_id, **values, "import_id": import_id})
    return referrer_id


def change(register: Register, referrer_id: ReferrerId, draft: ReferrerDraft) -> None:
    """Change an organisation inside a transaction."""
    register.update("referrer", referrer_id, {name: getattr(draft, name) for name in _COLUMNS})


def remove(register: Register, referrer_id: ReferrerId) -> None:
    """Take an organisation and its workers out of the book, inside a transaction."""
    register.execute("DELETE FROM referrer WHERE id = :id", {"id": referrer_id})


def sent(register: Register, referrer_id: ReferrerId) -> int:
    """Return how many referrals name an organisation, those in the bin too."""
    sql = "SELECT count(*) FROM referral WHERE referrer_id = :id"
    return int(register.value(sql, {"id": referrer_id}))


def join(register: Register, kept: ReferrerId, other: ReferrerId) -> None:
    """Let everything of one organisation be another's, inside a transaction; the one goes.

    A worker of the same name in both is one worker.
    """
    theirs = {worker.name.casefold(): worker.id for worker in workers(register, kept)}
    for worker in workers(register, other):
        same = theirs.get(worker.name.casefold())
        values = {"kept": kept, "worker": worker.id, "same": same}
        if same is None:
            register.update("referrer_worker", worker.id, {"referrer_id": kept})
            continue
        register.execute("UPDATE referral SET worker_id = :same WHERE worker_id = :worker", values)
        register.execute("DELETE FROM referrer_worker WHERE id = :worker", values)
    register.execute(
        "UPDATE referral SET referrer_id = :kept WHERE referrer_id = :other",
        {"kept": kept, "other": other},
    )
    remove(register, other)


# --- workers -------------------------------------------------------------------------------------


def workers(register: Register, referrer_id: ReferrerId) -> tuple[Worker, ...]:
    """Return who writes referrals for an organisation, those who left last."""
    rows = register.rows(
        "SELECT * FROM referrer_worker WHERE referrer_id = :id"
        " ORDER BY left_on IS NOT NULL, name COLLATE NOCASE, id",
        {"id": referrer_id},
    )
    return tuple(_worker(row) for row in rows)


def worker(register: Register, worker_id: WorkerId) -> Worker | None:
    """Return a worker, or None."""
    row = register.row("SELECT * FROM referrer_worker WHERE id = :id", {"id": worker_id})
    return _worker(row) if row else None


def _worker(row: Any) -> Worker:
    return Worker(
        id=row["id"],
        referrer_id=row["referrer_id"],
        name=row["name"],
        job=row["job"],
        phone=row["phone"],
        email=row["email"],
        left_on=_day(row["left_on"]),
    )


def _worker_columns(draft: WorkerDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "job": draft.job,
        "phone": draft.phone,
        "email": draft.email,
        "left_on": draft.left_on.isoformat() if draft.left_on else None,
    }


def add_worker(
    register: Register,
    referrer_id: ReferrerId,
    draft: WorkerDraft,
    *,
    import_id: int | None = None,
) -> WorkerId:
    """Add a worker inside a transaction; return their id."""
    worker_id = WorkerId(register.new_id())
    values = {"id": worker_id, "referrer_id": referrer_id, **_worker_columns(draft)}
    register.insert("referrer_worker", {**values, "import_id": import_id})
    return worker_id


def change_worker(register: Register, worker_id: WorkerId, draft: WorkerDraft) -> None:
    """Change a worker inside a transaction."""
    register.update("referrer_worker", worker_id, _worker_columns(draft))


def remove_worker(register: Register, worker_id: WorkerId) -> None:
    """Take a worker out of the book, inside a transaction."""
    register.execute("DELETE FROM referrer_worker WHERE id = :id", {"id": worker_id})


def written(register: Register, worker_id: WorkerId) -> int:
    """Return how many referrals a worker has written, those in the bin too."""
    sql = "SELECT count(*) FROM referral WHERE worker_id = :id"
    return int(register.value(sql, {"id": worker_id}))
