"""Imports: what the book knows already, the rows they bring, and taking one out whole."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from app.domain.activities import ActivityDraft
from app.domain.people import DRAFT_FIELDS
from app.storage import activities, bulk
from app.storage.register import Register

MADE = "*"
"""The column name of a noted change that is the row itself."""

_WORTH_AN_INDEX = 20_000
"""Marks from which an index is quicker made once at the end."""
_MARKS_AT_ONCE = 50_000
_MARKS_A_SLICE = 500
"""A few milliseconds."""
_RUNS = """
SELECT id, kind, file_name, done_at, removed_at, rows, added, matched, skipped, counts
FROM import_run ORDER BY done_at, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One import that was carried out."""

    id: int
    kind: str
    file_name: str
    done_at: str
    removed_at: str | None
    rows: int
    added: int
    matched: int
    skipped: int
    counts: Mapping[str, int]


# --- what the book knows -----------------------------------------------------------------------


def known_people(register: Register) -> Iterator[Any]:
    """Give everybody in the book, the bin and joined records too, as far as matching needs it."""
    return register.stream(
        "SELECT id, given_name, family_name, known_as, born_on, birth_year, phone, postcode,"
        " merged_into, binned_at FROM person"
    )


def known_activities(register: Register) -> list[Any]:
    """Return (id, name, binned_at) of every activity."""
    return register.rows("SELECT id, name, binned_at FROM activity")


def known_sessions(register: Register, activities: Iterable[int]) -> list[Any]:
    """Return the sessions of some activities, as far as matching needs them."""
    return register.rows(
        "SELECT s.id, s.activity_id, s.session_on, s.start_time, s.end_time, s.guests, s.binned_at,"
        " s.state, c.state AS counted FROM session s LEFT JOIN session_counted c"
        " ON c.session_id = s.id WHERE s.activity_id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(activities))},
    )


def known_person_ids(register: Register, ids: Sequence[int]) -> frozenset[int]:
    """Return which of some ids are people of the book."""
    rows = register.rows(
        "SELECT id FROM person WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(ids))},
    )
    return frozenset(row[0] for row in rows)


def known_session_ids(register: Register, ids: Sequence[int]) -> frozenset[int]:
    """Return which of some ids are sessions of the book."""
    rows = register.rows(
        "SELECT id FROM session WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(ids))},
    )
    return frozenset(row[0] for row in rows)


def details_of(register: Register, ids: Sequence[int]) -> dict[int, Any]:
    """Return what the book holds of some people, by id."""
    columns = ", ".join((*DRAFT_FIELDS, "sort_key", "search_text"))
    rows = register.rows(
        f"SELECT id, {columns} FROM person WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(ids))},
    )
    return {row["id"]: row for row in rows}


def with_contact(register: Register) -> frozenset[int]:
    """Return the ids of everybody who has an emergency contact."""
    rows = register.rows("SELECT DISTINCT person_id FROM emergency_contact")
    return frozenset(row[0] for row in rows)


def with_needs(register: Register) -> frozenset[int]:
    """Return the ids of everybody whose access needs or health are noted."""
    return frozenset(row[0] for row in register.rows("SELECT person_id FROM person_access"))


def done_before(
    register: Register, kind: str, digest: str, *, not_run: int | None = None
) -> ImportRun | None:
    """Return another import that brought in the very same file and was not taken out, or None."""
    if not digest:
        return None
    row = register.row(
        "SELECT id, kind, file_name, done_at, removed_at, rows, added, matched, skipped, counts"
        " FROM import_run WHERE kind = :kind AND file_sha256 = :digest AND removed_at IS NULL"
        " AND id IS NOT :not_run ORDER BY id DESC",
        {"kind": kind, "digest": digest, "not_run": not_run},
    )
    return _run(row) if row else None


# --- writing ------------------------------------------------------------------------------------


def add_run(register: Register, *, kind: str, file_name: str, digest: str) -> int:
    """Note that an import begins, inside a transaction; return its id."""
    import_id = register.new_id()
    register.insert(
        "import_run",
        {
            "id": import_id, "kind": kind, "file_name": file_name, "file_sha256": digest,
            "done_at": register.stamp(), "rows": 0, "added": 0, "matched": 0, "skipped": 0,
        },
    )  # fmt: skip
    return import_id


def finish_run(
    register: Register, import_id: int, *, rows: int, added: int, matched: int, skipped: int,
    counts: Mapping[str, int],
) -> None:  # fmt: skip
    """Note what an import did."""
    register.update(
        "import_run",
        import_id,
        {
            "rows": rows, "added": added, "matched": matched, "skipped": skipped,
            "counts": json.dumps(dict(counts)),
        },
    )  # fmt: skip


def add_marks(
    register: Register, rows: Iterable[tuple[int, int, str, str, int]], *, about: int,
    at_once: bool,
) -> Iterator[int]:  # fmt: skip
    """Add marks (session, person, mark, role, import), about so many; one that is there stays.

    Gives how many rows were taken in, slice by slice. ``at_once``: nobody waits between slices, so
    the index may be made anew at the end, in one piece.
    """
    there = int(register.value("SELECT count(*) FROM attendance")) if at_once else 0
    # Making the index anew costs a scan of all that is there, so it has to be worth it.
    anew = at_once and about > max(there, _WORTH_AN_INDEX)
    with bulk.indexes_made_after(register, "attendance") if anew else nullcontext():
        yield from bulk.run_in_slices(
            register,
            "INSERT INTO attendance (session_id, person_id, mark, role, import_id)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            rows,
            _MARKS_AT_ONCE if at_once else _MARKS_A_SLICE,
        )


def add_activity(
    register: Register, draft: ActivityDraft, code: str, import_id: int, *, own_id: int | None,
    binned_at: str | None,
) -> int:  # fmt: skip
    """Add an activity inside a transaction, with an id of its own where one is given."""
    activity_id = activities.add(register, draft, code, import_id)
    if own_id is not None or binned_at is not None:
        new_id = activity_id if own_id is None else own_id
        register.execute(
            "UPDATE activity SET id = :own, binned_at = :binned WHERE id = :made",
            {"own": new_id, "binned": binned_at, "made": activity_id},
        )
        return new_id
    return activity_id


def enrolled(register: Register, activity_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Return who (person, activity) is or was on the registers of some activities."""
    rows = register.rows(
        "SELECT DISTINCT person_id, activity_id FROM enrolment"
        " WHERE activity_id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(activity_ids))},
    )
    return frozenset((row[0], row[1]) for row in rows)


def add_hours(
    register: Register, import_id: int, rows: Sequence[tuple[int, str, int, str, int | None]]
) -> int:
    """Add hours (person, day, minutes, what, activity) that are not in the book yet; return how many."""
    known = Counter(
        tuple(row)
        for row in register.rows(
            "SELECT person_id, logged_on, minutes, what, activity_id FROM volunteer_log"
            " WHERE person_id IN (SELECT value FROM json_each(:people))",
            {"people": json.dumps(sorted({row[0] for row in rows}))},
        )
    )
    new: list[tuple[int, str, int, str, int | None]] = []
    for row in rows:
        if known[row] > 0:
            known[row] -= 1
        else:
            new.append(row)
    ids = register.new_ids(len(new))
    bulk.fill(
        register, "volunteer_log", ("id", "person_id", "logged_on", "minutes", "what", "activity_id", "import_id"),
        [(row_id, *row, import_id) for row_id, row in zip(ids, new, strict=True)],
    )  # fmt: skip
    return len(new)


def marks_of(register: Register, import_id: int) -> tuple[int, int]:
    """Return how many marks an import brought, and how many of them are participant attendances."""
    row = register.row(
        "SELECT count(*), COALESCE(sum(mark IN ('present', 'late') AND role = 'participant'), 0)"
        " FROM attendance"
        " WHERE import_id = :import",
        {"import": import_id},
    )
    return int(row[0]), int(row[1])


def fill_blanks(
    register: Register, import_id: int, table: str, row_id: int, values: Mapping[str, Any],
    old: Mapping[str, Any],
) -> None:  # fmt: skip
    """Change columns of a row that was there, noting old and new so that it can be taken back."""
    register.update(table, row_id, values)
    register.execute_many(
        "INSERT INTO import_change (id, import_id, table_name, row_key, column_name, old_value,"
        " new_value) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (register.new_id(), import_id, table, str(row_id), name, _json(old[name]), _json(value))
            for name, value in values.items()
        ],
    )


def note_made(register: Register, import_id: int, table: str, keys: Sequence[int | str]) -> None:
    """Note rows of other tables that an import made, so that they are taken out with it."""
    changes = zip(register.new_ids(len(keys)), keys, strict=True)
    register.execute_many(
        "INSERT INTO import_change (id, import_id, table_name, row_key, column_name)"
        " VALUES (?, ?, ?, ?, ?)",
        [(change, import_id, table, str(key), MADE) for change, key in changes],
    )


# --- what was imported -----------------------------------------------------------------------------


def runs(register: Register) -> tuple[ImportRun, ...]:
    """Return every import, the removed ones too, oldest first."""
    return tuple(_run(row) for row in register.rows(_RUNS))


def _run(row: Any) -> ImportRun:
    return ImportRun(
        id=row["id"], kind=row["kind"], file_name=row["file_name"], done_at=row["done_at"],
        removed_at=row["removed_at"], rows=row["rows"], added=row["added"],
        matched=row["matched"], skipped=row["skipped"], counts=json.loads(row["counts"]),
    )  # fmt: skip


def get(register: Register, import_id: int) -> ImportRun | None:
    """Return one import, or None."""
    return next((run for run in runs(register) if run.id == import_id), None)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
