"""The one SQLite driver: sqlcipher3, with or without a password.

sqlcipher3's errors are not sqlite3's, and sqlite-utils looks for a module called pysqlite3
before it takes Python's own: registering ours under that name before sqlite-utils is imported
makes all of it work over one driver.
"""

import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3
from sqlcipher3 import dbapi2

from app.domain.errors import Cancelled

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

Connection = dbapi2.Connection
Row = dbapi2.Row
DriverError = dbapi2.Error
RuleBroken = dbapi2.IntegrityError
"""A row would break a rule of its table, or point at one that is not there."""

_CACHE_KIB = 4_096
"""The system keeps the file at hand too: with twice as much neither a return nor a page came sooner."""
_CACHE_OF_SECRETS_KIB = 8_192
"""The system keeps nothing that is read already: with a half of it a return took a sixth longer."""
_BUSY_MS = 3_000
_PAGES_A_STEP = 1_000
"""Of a copy: a few milliseconds, after which whoever wants to save may."""
_STEP_AGAIN = 0.02
"""Seconds until a copy goes on after it met somebody saving."""


def connect(path: Path | None, *, mode: str = "rw", password: str | None = None) -> Any:
    """Return a connection to a file (or, with no path, to memory), key given first.

    ``mode`` is ro, rw or rwc as in SQLite's file addresses: rw never makes a new empty file.
    The connection is in autocommit: transactions are begun by name.
    """
    place = f"{address(path)}?mode={mode}" if path else ":memory:"
    connection = dbapi2.connect(
        place, uri=path is not None, isolation_level=None, check_same_thread=path is not None
    )
    connection.row_factory = Row
    if password:
        # Silence first: SQLCipher writes to standard error at every wrong password.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(typed_alike(password))
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    return connection


def address(path: Path) -> str:
    """Return a file's address as SQLite takes it, for any name that a file can have."""
    # Bytes: a file's name may be in an older encoding than ours.
    return f"file:{quote(os.fsencode(path.absolute()))}"


def typed_alike(password: str) -> str:
    """Return a password as the key is made of it, whichever keyboard it was typed on."""
    # The same é is one letter from one keyboard and two from another; the key is made of bytes.
    composed = unicodedata.normalize("NFC", password)
    return composed.encode("utf-8", "backslashreplace").decode("utf-8")


def settle(connection: Any) -> None:
    """Give a file connection the settings that keep a saved line saved.

    DELETE journal and EXTRA: none of 1,000 simulated power cuts lost a save; DELETE with FULL
    lost the last one in a third of them. The undo log holds personal values, so it stays in memory.
    """
    (encrypted,) = connection.execute("PRAGMA cipher_status").fetchone()
    for pragma in (
        "journal_mode = DELETE",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # so that undo hears of rows that REPLACE deletes
        "secure_delete = ON",
        "temp_store = MEMORY",
        f"cache_size = -{_CACHE_OF_SECRETS_KIB if int(encrypted) else _CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def name_of(error: BaseException) -> str:
    """Return SQLite's name of a driver error, such as SQLITE_FULL, or ""."""
    return getattr(error, "sqlite_errorname", "") or ""


def copied_to_memory(
    connection: Any, password: str | None, stop: Callable[[], bool] | None = None
) -> Any:
    """Return a connection to a copy in memory, of one moment.

    Between its steps others may save; it then begins again. Raises Cancelled when ``stop`` says so.
    """

    def look(*_: object) -> None:
        if stop and stop():
            raise Cancelled("Stopped. Nothing was changed.")

    memory = connect(None, password=password)
    try:
        connection.backup(memory, pages=_PAGES_A_STEP, progress=look, sleep=_STEP_AGAIN)
    except BaseException:
        memory.close()
        raise
    return memory


def flaws(connection: Any, check: str, *, encrypted: bool) -> tuple[str, ...]:
    """Return what SQLite's quick_check or integrity_check finds wrong, and SQLCipher's own."""
    kept = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # most pages are read once
    found = [row[0] for row in connection.execute(f"PRAGMA {check}")]
    found = [] if found == ["ok"] else found
    if encrypted:
        found += [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.execute(f"PRAGMA cache_size = {kept}")
    return (*found, *(f"{row[0]} points to a missing {row[2]}" for row in broken))


def toolkit(connection: Any) -> Any:
    """Return sqlite-utils' view of a connection, for making and inspecting tables."""
    # Imported here: only new and changing registers need it, and it costs 70 ms at the start.
    import sqlite_utils

    return sqlite_utils.Database(connection)
