"""Take an import out whole: what it added, what it changed, and nothing somebody did since."""

import json
from collections.abc import Generator, Iterator
from typing import Any

from app.storage import statement_removal
from app.storage.imports import MADE
from app.storage.register import Register

# Rows that stand on an imported one keep it: somebody has worked with it since.
_LEAVE_SESSION = """
SELECT s.id FROM session s WHERE s.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM attendance m WHERE m.session_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM sheet k WHERE k.session_id = s.id)
"""
_LEAVE_REFERRAL = """
SELECT r.id FROM referral r WHERE r.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM referral_letter l WHERE l.referral_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM funded_place f WHERE f.referral_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM waiting_place w WHERE w.referral_id = r.id)
"""
_LEAVE_WORKER = """
SELECT w.id FROM referrer_worker w WHERE w.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.worker_id = w.id)
"""
_LEAVE_REFERRER = """
SELECT o.id FROM referrer o WHERE o.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.referrer_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM referrer_worker w WHERE w.referrer_id = o.id)
"""
_LEAVE_PERSON = """
SELECT p.id FROM person p WHERE p.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM attendance m WHERE m.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM volunteer_log v WHERE v.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM sheet_row k WHERE k.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM funded_place f WHERE f.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM response o WHERE o.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM questionnaire_row q WHERE q.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM goal g WHERE g.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM story t WHERE t.person_id = p.id)
    AND NOT EXISTS (
        SELECT 1 FROM person o WHERE o.merged_into = p.id AND o.import_id IS NOT :import)
"""
_LEAVE_ACTIVITY = """
SELECT a.id FROM activity a WHERE a.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM session s WHERE s.activity_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.activity_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM volunteer_log v WHERE v.activity_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.activity_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM agreement_activity g WHERE g.activity_id = a.id)
"""
_LATE = {
    "agreement": """
        NOT EXISTS (SELECT 1 FROM funded_place f WHERE f.agreement_id = agreement.id)
        AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.agreement_id = agreement.id)""",
    "own_measure": "NOT EXISTS (SELECT 1 FROM response o WHERE o.measure = own_measure.measure)",
}
"""Tables whose rows go after the rest, unless something stands on them by then."""
_KEYS = {"person_access": "person_id", "person_code": "person_id", "measure_use": "measure"}
"""The key of a table where it is not its id."""
_TWO_KEYS = {"attendance": ("session_id", "person_id")}
_BROUGHT = (
    "attendance", "volunteer_log", "response", "enrolment", "entry", "import_change", "referral",
    "referrer_worker", "referrer", "session", "person", "activity",
)  # fmt: skip
_ROWS_AT_ONCE = 100
"""Taken out between two turns of the window: some milliseconds."""


Removing = Generator[int, None, dict[str, int]]
"""An import being taken out: gives how many rows are done each time, and returns how many of each."""


def rows_of(register: Register, import_id: int) -> int:
    """Return how many rows an import brought or changed, as taking it out counts them."""
    counts = " + ".join(
        f"(SELECT count(*) FROM {table} WHERE import_id = :import)" for table in _BROUGHT
    )
    return int(register.value(f"SELECT {counts}", {"import": import_id}))


def remove_in_slices(register: Register, import_id: int) -> Removing:
    """Take everything out that an import brought, inside a transaction, some milliseconds at a time.

    What somebody has worked with since (a session marked further, a person marked elsewhere, a
    referral that was followed) stays, counted under "kept_…". Steps that the import itself brought
    are noted as its changes and go before that is asked.
    """
    key, counts = {"import": import_id}, dict[str, int]()
    for name, table in (
        ("marks", "attendance"), ("hours", "volunteer_log"), ("responses", "response"),
    ):  # fmt: skip
        counts[name] = yield from _delete_all(register, table, key)
    yield from _delete_all(register, "enrolment", key)
    if register.value("SELECT kind FROM import_run WHERE id = :import", key) == "bank":
        counts |= yield from statement_removal.remove_import(register, import_id)
    late = yield from _take_back_changes(register, import_id)
    # The search index asks each person row by row; joined records point to others of the import.
    register.execute(
        "UPDATE person SET merged_into = NULL WHERE import_id = :import"
        " AND merged_into IS NOT NULL",
        key,
    )
    for name, table, leave in (
        ("referrals", "referral", _LEAVE_REFERRAL),
        ("workers", "referrer_worker", _LEAVE_WORKER),
        ("referrers", "referrer", _LEAVE_REFERRER),
    ):
        yield from _take_out(register, key, counts, name, table, leave)
    for table, row_id in late:
        register.execute(f"DELETE FROM {table} WHERE id = :id AND {_LATE[table]}", {"id": row_id})
    for name, table, leave in (
        ("sessions", "session", _LEAVE_SESSION),
        ("people", "person", _LEAVE_PERSON),
        ("activities", "activity", _LEAVE_ACTIVITY),
    ):
        yield from _take_out(register, key, counts, name, table, leave)
    register.update("import_run", import_id, {"removed_at": register.stamp()})
    return counts


def _delete_all(register: Register, table: str, key: dict[str, int]) -> Generator[int, None, int]:
    """Take every row of an import out of a table; return how many."""
    names = _TWO_KEYS.get(table, ("id",))
    some = f"SELECT {', '.join(names)} FROM {table} WHERE import_id = :import LIMIT {_ROWS_AT_ONCE}"
    delete = f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in names)}"
    taken = 0
    while rows := register.rows(some, key):
        register.execute_many(delete, [tuple(row) for row in rows])
        taken += len(rows)
        yield len(rows)
    return taken


def _take_out(
    register: Register, key: dict[str, int], counts: dict[str, int], name: str, table: str,
    leave: str,
) -> Iterator[int]:  # fmt: skip
    """Take out what nobody has worked with since, and let the rest stay as if it had been typed."""
    counts[name] = counts[f"kept_{name}"] = 0
    of_import = f"SELECT id FROM {table} WHERE import_id = :import"
    next_ones = f"{of_import} AND id > :after ORDER BY id LIMIT {_ROWS_AT_ONCE}"
    delete = f"DELETE FROM {table} WHERE id IN ({leave} AND id > :after AND id <= :last)"
    after = -(2**63)
    while True:
        last = register.value(f"SELECT max(id) FROM ({next_ones})", {**key, "after": after})
        if last is None:
            break
        taken = register.execute(delete, {**key, "after": after, "last": last})
        counts[name] += taken
        after = last
        yield taken
    stay = f"id IN ({of_import} LIMIT {_ROWS_AT_ONCE})"
    while kept := register.execute(f"UPDATE {table} SET import_id = NULL WHERE {stay}", key):
        counts[f"kept_{name}"] += kept
        yield kept


def _take_back_changes(
    register: Register, import_id: int
) -> Generator[int, None, list[tuple[str, int]]]:
    """Put old values back where nobody has changed them since, and take out rows of other tables.

    Returns what has to wait until the rest is gone: table and id.
    """
    late: list[tuple[str, int]] = []
    before = 2**63 - 1
    while changes := register.rows(
        "SELECT id, table_name, row_key, column_name, old_value, new_value FROM import_change"
        f" WHERE import_id = :import AND id < :before ORDER BY id DESC LIMIT {_ROWS_AT_ONCE}",
        {"import": import_id, "before": before},
    ):
        for change in changes:
            if change["column_name"] == MADE and change["table_name"] in _LATE:
                late.append((change["table_name"], int(change["row_key"])))
            else:
                _take_back(register, change)
        before = changes[-1]["id"]
        yield 0
    yield from _delete_all(register, "import_change", {"import": import_id})
    return late


def _take_back(register: Register, change: Any) -> None:
    table, text, column = change["table_name"], change["row_key"], change["column_name"]
    row_id = _KEYS.get(table, "id")
    key = text if row_id == "measure" else int(text)
    if column == MADE:
        register.execute(f'DELETE FROM "{table}" WHERE {row_id} = :key', {"key": key})
        return
    register.execute(
        f'UPDATE "{table}" SET {column} = :old WHERE {row_id} = :key AND {column} IS :new',
        {"old": _plain(change["old_value"]), "new": _plain(change["new_value"]), "key": key},
    )


def _plain(text: str | None) -> Any:
    return None if text is None else json.loads(text)
