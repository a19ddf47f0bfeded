"""Undo within a sitting: TEMP triggers note how to take back every changed row.

The log is a temporary table held in memory; a step is the statements that undo one
transaction. Undoing is itself such a transaction, so redoing comes free. Values are noted beside
their statement, not in it: what was done to a thousand people is one statement, read once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from app.domain.changes import Topic

_NOT_UNDONE = (
    *("journal", "money_journal", "_sqlite_migrations", "person_search"),
    # What was sent never changes: there is nothing to take back.
    *("issued_return", "issued_answer", "issued_figure", "issued_content"),
)

STOOD_ON = (
    "Something that was done since stands on this change, so it was left as it is. "
    "Take the later change back first."
)
ROWS_AT_ONCE = 100
"""Put back between two turns of the window: some 3 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStatement:
    """One row put back as it was."""

    sql: str
    values: dict[str, Any] = field(repr=False)

    @property
    def row(self) -> tuple[str, tuple[Any, ...]]:
        """The statement with the key of its row, without the values it puts back."""
        return self.sql, tuple(self.values[name] for name in sorted(self.values) if name[0] == "k")


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """What takes one change back; the statements hold personal values and are never shown."""

    text: str = field(repr=False)
    topics: frozenset[Topic]
    statements: tuple[UndoStatement, ...] = field(repr=False)
    subject_ids: tuple[int, ...] = ()
    """Whom or what the change was about, so that taking it back is noted under them too."""

    def after(self, earlier: "UndoStep") -> "UndoStep":
        """Return one step that takes this change back and the one just before it: typing goes on."""
        statements = (*self.statements, *earlier.statements)
        if [one.row for one in self.statements] == [one.row for one in earlier.statements]:
            statements = earlier.statements  # the same columns of the same rows, as they were first
        return replace(self, statements=statements)


class UndoLog:
    """The triggers and the temporary log of one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._read: list[UndoStatement] = []
        self._read_to = 0
        self._triggers: list[tuple[str, str]] = []
        shapes = [_shape(connection, table) for table in self._tables()]
        # Columns without a type: a value stays of the kind it is.
        noted = [f"v{n}" for n in range(max(len(shape.columns) for shape in shapes))]
        noted += [f"k{n}" for n in range(max(len(shape.keys) for shape in shapes))]
        connection.execute(
            f"CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, sql TEXT, {', '.join(noted)})"
        )
        for shape in shapes:
            self._triggers += _triggers(shape)
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
        self._read, self._read_to = [], 0
        self._connection.execute("DELETE FROM undo_log")

    def read_on(self) -> None:
        """Read what was noted since: of a long change a part at a time, so that its end is no stop."""
        rows = self._connection.execute(
            "SELECT * FROM undo_log WHERE seq > :last ORDER BY seq", {"last": self._read_to}
        )
        for row in rows:
            values = {name: row[name] for name in _names_in(row["sql"])}
            self._read.append(UndoStatement(sql=row["sql"], values=values))
            self._read_to = row["seq"]

    def noted(self) -> tuple[UndoStatement, ...]:
        """Return the statements that take the transaction back, in the order to run them."""
        self.read_on()
        return tuple(reversed(self._read))


def put_back(connection: Any, statements: tuple[UndoStatement, ...]) -> Iterator[int]:
    """Run statements of a step inside a transaction, some at a time; give how many are run so far."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for first in range(0, len(statements), ROWS_AT_ONCE):
        some = statements[first : first + ROWS_AT_ONCE]
        for statement in some:
            connection.execute(statement.sql, statement.values)
        yield first + len(some)


@cache
def _names_in(sql: str) -> tuple[str, ...]:
    return tuple(re.findall(r":([vk][0-9]+)", sql))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a table is made of."""

    table: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]


def _shape(connection: Any, table: str) -> _Shape:
    info = list(connection.execute(f'PRAGMA main.table_xinfo("{table}")'))
    return _Shape(
        table=table,
        columns=tuple(row["name"] for row in info if row["hidden"] == 0),
        keys=tuple(row["name"] for row in sorted(info, key=lambda row: row["pk"]) if row["pk"]),
    )


def _triggers(shape: _Shape) -> list[tuple[str, str]]:
    """Return the name and the SQL of the triggers that note every change of a table."""
    table = shape.table
    names = ", ".join(f'"{column}"' for column in shape.columns)
    values = ", ".join(f":v{n}" for n in range(len(shape.columns)))
    where = " AND ".join(f'"{key}" = :k{n}' for n, key in enumerate(shape.keys))
    columns = [(f"v{n}", f'old."{column}"') for n, column in enumerate(shape.columns)]

    def keys(side: str) -> list[tuple[str, str]]:
        return [(f"k{n}", f'{side}."{key}"') for n, key in enumerate(shape.keys)]

    def trigger(verb: str, moment: str, sql: str, noted: list[tuple[str, str]]) -> tuple[str, str]:
        into = ", ".join(name for name, _ in noted)
        what = ", ".join(value for _, value in noted)
        name = f"undo_{verb}_{table}"
        return name, (
            f'CREATE TEMP TRIGGER IF NOT EXISTS "{name}" {moment} '
            f"BEGIN INSERT INTO undo_log (sql, {into}) VALUES ({sql}, {what}); END"
        )

    # Only what differs is put back: naming every column would wake the triggers of all of them.
    differs = " OR ".join(f'old."{c}" IS NOT new."{c}"' for c in shape.columns)
    sets = "||".join(
        f'CASE WHEN old."{c}" IS new."{c}" THEN \'\' ELSE \', "{c}" = :v{n}\' END'
        for n, c in enumerate(shape.columns)
    )
    put_back = f"'UPDATE \"{table}\" SET '||substr({sets}, 3)||' WHERE {where}'"
    take_out = f"'DELETE FROM \"{table}\" WHERE {where}'"
    put_in = f"'INSERT INTO \"{table}\" ({names}) VALUES ({values})'"
    on = f'ON main."{table}"'
    return [
        trigger("insert", f"AFTER INSERT {on}", take_out, keys("new")),
        trigger("update", f"AFTER UPDATE {on} WHEN {differs}", put_back, [*columns, *keys("new")]),
        trigger("delete", f"BEFORE DELETE {on}", put_in, columns),
    ]
