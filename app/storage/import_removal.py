"""Take an import out whole: what it added, what it changed, and nothing somebody did since."""

import json
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


def remove(register: Register, import_id: int) -> dict[str, int]:
    """Take everything out that an import brought, inside a transaction; return how many of each.

    What somebody has worked with since (a session marked further, a person marked elsewhere, a
    referral that was followed) stays, counted under "kept_…". Steps that the import itself brought
    are noted as its changes and go before that is asked.
    """
    key = {"import": import_id}
    counts = {
        name: register.execute(f"DELETE FROM {table} WHERE import_id = :import", key)
        for name, table in (
            ("marks", "attendance"), ("hours", "volunteer_log"), ("responses", "response"),
        )
    }  # fmt: skip
    register.execute("DELETE FROM enrolment WHERE import_id = :import", key)
    if register.value("SELECT kind FROM import_run WHERE id = :import", key) == "bank":
        counts |= statement_removal.remove_import(register, import_id)
    late = _take_back_changes(register, import_id)
    # The search index asks each person row by row; joined records point to others of the import.
    register.execute("UPDATE person SET merged_into = NULL WHERE import_id = :import", key)
    for name, table, leave in (
        ("referrals", "referral", _LEAVE_REFERRAL),
        ("workers", "referrer_worker", _LEAVE_WORKER),
        ("referrers", "referrer", _LEAVE_REFERRER),
    ):
        _take_out(register, key, counts, name, table, leave)
    for table, row_id in late:
        register.execute(f"DELETE FROM {table} WHERE id = :id AND {_LATE[table]}", {"id": row_id})
    for name, table, leave in (
        ("sessions", "session", _LEAVE_SESSION),
        ("people", "person", _LEAVE_PERSON),
        ("activities", "activity", _LEAVE_ACTIVITY),
    ):
        _take_out(register, key, counts, name, table, leave)
    register.update("import_run", import_id, {"removed_at": register.stamp()})
    return counts


def _take_out(
    register: Register, key: dict[str, int], counts: dict[str, int], name: str, table: str,
    leave: str,
) -> None:  # fmt: skip
    """Take out what nobody has worked with since, and let the rest stay as if it had been typed."""
    counts[name] = register.execute(f"DELETE FROM {table} WHERE id IN ({leave})", key)
    counts[f"kept_{name}"] = register.execute(
        f"UPDATE {table} SET import_id = NULL WHERE import_id = :import", key
    )


def _take_back_changes(register: Register, import_id: int) -> list[tuple[str, int]]:
    """Put old values back where nobody has changed them since, and take out rows of other tables.

    Returns what has to wait until the rest is gone: table and id.
    """
    late: list[tuple[str, int]] = []
    changes = register.rows(
        "SELECT table_name, row_key, column_name, old_value, new_value FROM import_change"
        " WHERE import_id = :import ORDER BY id DESC",
        {"import": import_id},
    )
    for change in changes:
        table, text = change["table_name"], change["row_key"]
        row_id = _KEYS.get(table, "id")
        key = text if row_id == "measure" else int(text)
        if change["column_name"] == MADE and table in _LATE:
            late.append((table, int(text)))
            continue
        if change["column_name"] == MADE:
            register.execute(f'DELETE FROM "{table}" WHERE {row_id} = :key', {"key": key})
            continue
        column = change["column_name"]
        register.execute(
            f'UPDATE "{table}" SET {column} = :old WHERE {row_id} = :key AND {column} IS :new',
            {"old": _plain(change["old_value"]), "new": _plain(change["new_value"]), "key": key},
        )
    register.execute("DELETE FROM import_change WHERE import_id = :import", {"import": import_id})
    return late


def _plain(text: str | None) -> Any:
    return None if text is None else json.loads(text)
