"""Setting, changing and removing a register's password: on a copy that is proved, then swapped in."""

import datetime as dt
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedRegister
from app.storage import copies, driver, opening, schema
from app.storage.lock import Lock


def has_password(path: Path) -> bool:
    """Say whether a register's file has a password; refuses what is no register by name."""
    return opening.has_password(path)


def prove_password(path: Path, password: str | None) -> None:
    """Open a register's file with its password, or raise WrongPassword or PasswordNeeded."""
    with copies.opened(path, opening.secret_of(path, password), write=False):
        pass


def change(path: Path, *, old: str | None, new: str | None, now: dt.datetime) -> None:
    """Give a register another password, or (``new`` None) none.

    The register stands as it was until a whole copy has been opened with the new password and
    counted; then the copy takes its place in one step. Raises AppErrors, with nothing changed.
    """
    old = opening.secret_of(path, old)
    lock = Lock(path)
    lock.take(now)
    # The file itself, not a shortcut to it: the shortcut stays one.
    file = path.resolve()
    try:
        copies.sweep(file.parent, file.name, at_once=True)
        with copies.beside(file, of=file) as part:
            _write(file, part, old, new)
            with copies.told(file, file.parent):
                copies.put(part, file, like=file)
    finally:
        lock.release()


def _write(file: Path, part: Path, old: str | None, new: str | None) -> None:
    with copies.opened(file, old, write=True) as (connection, version):
        with copies.told(file, file.parent):
            _export(connection, part, new)
            _same_schema(connection, file)
            connection.execute("DETACH DATABASE copy")
        try:
            copies.prove(part, new, version, (opening.table_counts(connection),))
        except DamagedRegister as error:
            raise _not_good(file) from error


def _export(connection: Any, part: Path, new: str | None) -> None:
    # A key in the statement's values, not in its words: words of statements end up in traces.
    key = driver.typed_alike(new) if new else ""
    connection.execute(
        "ATTACH DATABASE :part AS copy KEY :key", {"part": driver.address(part), "key": key}
    )
    # An unfinished copy is thrown away whole; a finished one is brought to the disk by us.
    connection.execute("PRAGMA copy.journal_mode = OFF")
    connection.execute("PRAGMA copy.synchronous = OFF")
    stated = connection.execute("PRAGMA main.user_version").fetchone()[0]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT sqlcipher_export('copy')").fetchall()
    connection.execute(f"PRAGMA copy.application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA copy.user_version = {int(stated)}")
    connection.execute("COMMIT")


def _same_schema(connection: Any, file: Path) -> None:
    schemas = [
        {
            tuple(row)
            for row in connection.execute(
                f"SELECT type, name, sql FROM {database}.sqlite_master"
                " WHERE name NOT LIKE 'sqlite_stat%'"
            )
        }
        for database in ("main", "copy")
    ]
    if schemas[0] != schemas[1]:
        raise _not_good(file)


def _not_good(file: Path) -> DamagedRegister:
    return DamagedRegister(
        f"A copy of {file.name} with the new password could not be proved good, so the password "
        "stays as it was and nothing was changed. Look at the register with “check”."
    )
