"""Undo within a sitting: TEMP triggers note how to take back every changed row.

The log is a temporary table held in memory; a step is the statements that undo one
transaction. Undoing is itself such a transaction, so redoing comes free.
"""

from dataclasses import dataclass, field
from typing import Any

from app.domain.changes import Topic

_NOT_UNDONE = ("journal", "money_journal", "_sqlite_migrations", "person_search")


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """What takes one change back; the statements hold personal values and are never shown."""

    text: str = field(repr=False)
    topics: frozenset[Topic]
    statements: tuple[str, ...] = field(repr=False)
    subject_ids: tuple[int, ...] = ()
    """Whom or what the change was about, so that taking it back is noted under them too."""


class UndoLog:
    """The triggers and the temporary log of one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._triggers: list[tuple[str, str]] = []
        connection.execute("CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, sql TEXT)")
        for table in self._tables():
            self._triggers += _triggers(connection, table)
        self.resume()

    def _tables(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return [row[0] for row in rows if not row[0].startswith(_NOT_UNDONE)]

    def pause(self) -> None:
        """Stop noting: a bulk import is taken back as a whole by its own use case."""
        for name, _ in self._triggers:
            self._connection.execute(f'DROP TRIGGER IF EXISTS temp."{name}"')

    def resume(self) -> None:
        """Note changes (again)."""
        for _, sql in self._triggers:
            self._connection.execute(sql)

    def clear(self) -> None:
        """Forget what was noted: a new transaction begins."""
        self._connection.execute("DELETE FROM undo_log")

    def noted(self) -> tuple[str, ...]:
        """Return the statements that take the transaction back, in the order to run them."""
        rows = self._connection.execute("SELECT sql FROM undo_log ORDER BY seq DESC")
        return tuple(row[0] for row in rows)


def _triggers(connection: Any, table: str) -> list[tuple[str, str]]:
    info = list(connection.execute(f'PRAGMA main.table_xinfo("{table}")'))
    columns = [row["name"] for row in info if row["hidden"] == 0]
    keys = [row["name"] for row in sorted(info, key=lambda row: row["pk"]) if row["pk"]]

    def literal(side: str, column: str) -> str:
        return f"'||quote({side}.\"{column}\")||'"

    def where(side: str) -> str:
        return " AND ".join(f'"{key}" = {literal(side, key)}' for key in keys)

    into = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(literal("old", column) for column in columns)
    sets = ", ".join(f'"{column}" = {literal("old", column)}' for column in columns)
    inverses = (
        ("insert", "AFTER INSERT", f'DELETE FROM "{table}" WHERE {where("new")}'),
        ("update", "AFTER UPDATE", f'UPDATE "{table}" SET {sets} WHERE {where("new")}'),
        ("delete", "BEFORE DELETE", f'INSERT INTO "{table}" ({into}) VALUES ({values})'),
    )
    return [
        (
            f"undo_{verb}_{table}",
            (
                f'CREATE TEMP TRIGGER "undo_{verb}_{table}" {moment} ON main."{table}" '
                f"BEGIN INSERT INTO undo_log (sql) VALUES ('{sql}'); END"
            ),
        )
        for verb, moment, sql in inverses
    ]
