"""One consistent moment of a register, held in memory, to be read and never written.

It may be handed to another thread; ticks go on meanwhile. Only views can be read: a bare table
in a figure's query is refused, so that what counts is said in one place.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

from app.domain.errors import Cancelled
from app.storage.driver import DriverError, name_of
from app.storage.register import Register

_OK, _DENY = 0, 1
_SELECT, _READ, _FUNCTION, _RECURSIVE, _SAVEPOINT = 21, 20, 31, 33, 32
_STEPS_BETWEEN_CHECKS = 100_000
_OWN_TABLES = frozenset(
    {"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"}
)


class Snapshot:
    """A read-only copy of a register; ``taken_at`` is its moment (UTC)."""

    def __init__(self, connection: Any, taken_at: dt.datetime) -> None:
        self.taken_at = taken_at
        self._connection = connection
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA query_only = ON")
        self._guard = _only_views(connection)
        connection.set_authorizer(self._guard)

    @classmethod
    def of(cls, register: Register) -> Self:
        """Take a snapshot of a register as it stands."""
        return cls(register.copy_to_memory(), register.now())

    @classmethod
    def later(cls, register: Register) -> "Taker":
        """Return what takes a snapshot when another thread asks, from a connection of its own.

        So nobody waits for a large copy, and whoever ticks meanwhile may save. A register without
        a file is copied at once.
        """
        if register.path is None:
            taken = cls.of(register)
            return lambda _stop: taken
        return partial(cls._from_file, register, register.path)

    @classmethod
    def _from_file(
        cls, register: Register, path: Path, stop: Callable[[], bool] | None = None
    ) -> Self:
        with register.opened_again(path) as again:
            moment = register.now()
            return cls(again.copy_to_memory(stop), moment)

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query over views; raises Cancelled when it was stopped."""
        try:
            return list(self._connection.execute(sql, values or {}))
        except DriverError as error:
            if name_of(error) == "SQLITE_INTERRUPT":
                raise Cancelled("Stopped. Nothing was changed.") from error
            raise

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """Lend the connection with every table readable, for printed registers; still not written."""
        self._connection.set_authorizer(None)
        try:
            yield self._connection
        finally:
            self._connection.set_authorizer(self._guard)

    def stop_when(self, cancelled: Callable[[], bool] | None) -> None:
        """Ask ``cancelled`` now and then during a long query, and stop it when it says so."""
        self._connection.set_progress_handler(cancelled, _STEPS_BETWEEN_CHECKS if cancelled else 0)

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Enter a block that closes the snapshot at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


Taker = Callable[[Callable[[], bool] | None], Snapshot]
"""Takes a snapshot; asks now and then whether to stop, and raises Cancelled when it shall."""


def _only_views(connection: Any) -> Callable[..., int]:
    """Return SQLite's question to us for each part of a query: may it be so.

    ``source`` is the view a column is read for. A query's own WITH is named there too, so only
    the names of real views open a table.
    """
    kinds = connection.execute("SELECT type, name FROM sqlite_master")
    names = {(row[0], row[1]) for row in kinds}
    views = frozenset(name for kind, name in names if kind == "view")
    tables = _OWN_TABLES.union(name for kind, name in names if kind == "table")

    def allowed(
        action: int, table: str | None, column: str | None, schema: str | None, source: str | None
    ) -> int:
        if action in {_SELECT, _FUNCTION, _RECURSIVE, _SAVEPOINT}:
            return _OK
        if action != _READ:
            return _DENY
        # A view of which no column is used is asked for again, by table, without its name.
        counted_only = column == "" and schema is not None
        return _OK if table not in tables or source in views or counted_only else _DENY

    return allowed
