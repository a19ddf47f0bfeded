"""Opening a register's file: is it there, is it ours, does the password fit, is it up to date."""

import datetime as dt
import errno
import hashlib
import os
import re
from pathlib import Path
from typing import Any

from app.domain import recovery
from app.domain.errors import (
    AppError,
    DamagedRegister,
    DiskFull,
    NotARegister,
    PasswordNeeded,
    RegisterExists,
    RegisterMissing,
)
from app.storage import driver, faults, schema

SUFFIX = ".hallbook"
_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 512
"""Every register is a whole number of these, with a password or without."""
_SALT = 16
_ROUNDS = 256_000
"""SQLCipher 4 makes the key of a password with PBKDF2, HMAC-SHA512, and the file's first bytes."""
_RAW = re.compile(r"x'[0-9a-f]{64}'")
"""How SQLCipher is given a key itself instead of a password to make one of."""


def reserve(path: Path) -> None:
    """Make an empty file for a new register; refuses to touch anything that is there."""
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise RegisterExists(
            f"There is already a file or folder called {path.name or path} there. Nothing was "
            "changed. Choose another name."
        ) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"There is no room for {path.name} in {path.parent}.") from error
        raise RegisterMissing(
            f"{path.name} could not be made in {path.parent}. Check that the folder is there "
            "and that you may write in it."
        ) from error


def has_password(path: Path) -> bool:
    """Say whether a file looks like a register with a password; refuses what is no register.

    A register without one starts with SQLite's words; one with a password looks like noise.
    """
    try:
        # Looked at before it is opened: opening a pipe would wait for ever.
        if path.is_dir():
            raise NotARegister(f"{path.name or path} is a folder. Choose a .hallbook file in it.")
        if path.exists() and not path.is_file():
            raise NotARegister(f"{path.name} is not a file. Choose a file that ends in .hallbook.")
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError as error:
        raise RegisterMissing(
            f"There is no file called {path.name} in {path.parent}. Check the name and the folder."
        ) from error
    except OSError as error:
        raise RegisterMissing(
            f"{path.name} could not be read. Check that you may open it."
        ) from error
    if not header:
        raise NotARegister(f"{path.name} is empty. Nothing was changed. Open a backup instead.")
    if header == _PLAIN_HEADER:
        return False
    if size % _PAGE:
        raise NotARegister(
            f"{path.name} is not a whole Hallbook register: it is another kind of file, or a copy "
            "that was cut short. Nothing was changed. Choose a file that ends in .hallbook, or "
            "import it if it is a spreadsheet."
        )
    return True


def need_password(path: Path, password: str | None) -> None:
    """Refuse to open a file that looks like noise without a password."""
    if password:
        return
    if path.suffix != SUFFIX:
        raise NotARegister(
            f"{path.name} is not a Hallbook register. Nothing was changed. Choose a file that "
            "ends in .hallbook, or import it if it is a spreadsheet."
        )
    raise PasswordNeeded(
        f"{path.name} needs its password, or is damaged. Type the password, or open a backup."
    )


def secret_of(path: Path, typed: str | None) -> str | None:
    """Return what opens a file: nothing, its password, or the key that a recovery sheet carries.

    Refuses what is no register, and a file with a password where none was typed.
    """
    if not has_password(path):
        return None
    need_password(path, typed)
    key = recovery.key_of(typed or "")
    return f"x'{key.hex()}'" if key else typed


def key_of(path: Path, secret: str | None) -> str | None:
    """Return a file's key in place of the secret that opens it, so that a password is not kept.

    The key opens this file and the copies made of it, until the book gets another password.
    """
    if not secret or _RAW.fullmatch(secret):
        return secret or None
    with path.open("rb") as file:
        salt = file.read(_SALT)
    password = driver.typed_alike(secret).encode()
    made = hashlib.pbkdf2_hmac("sha512", password, salt, _ROUNDS, recovery.KEY_BYTES)
    return f"x'{made.hex()}'"


def mark_of(path: Path) -> str:
    """Return what tells a file's key from its earlier and later ones, and gives nothing away."""
    with path.open("rb") as file:
        salt = file.read(_SALT)
    return hashlib.sha256(salt).hexdigest()[:8].upper()


def open_file(
    path: Path, password: str | None, *, write: bool, now: dt.datetime
) -> tuple[Any, int]:
    """Return a connection to a register that is ours and up to date, and the version of its file."""
    with faults.told_of_a_stranger(path):
        connection = connect(path, password, write=write)
    try:
        with faults.told_of_a_stranger(path):
            version = schema.check_ours(connection, path)
        driver.settle(connection)
        if write:
            bring_up_to_date(connection, path, password, version, now)
            return connection, schema.newest()
        if version < schema.newest() or not schema.views_are_ours(connection):
            connection = brought_up_to_date_beside(connection, password)
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection, version


def connect(path: Path, password: str | None, *, write: bool) -> Any:
    """Return a connection to a register's file, proved to be readable with the password."""
    connection = driver.connect(path, password=password)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DriverError as error:
        connection.close()
        # A read-only stick cannot take a journal back; reading it as it stands still helps.
        if write or driver.name_of(error) not in {"SQLITE_CANTOPEN", "SQLITE_READONLY"}:
            raise
        connection = driver.connect(path, mode="ro", password=password)
    return connection


def bring_up_to_date(
    connection: Any, path: Path, password: str | None, version: int, now: dt.datetime
) -> None:
    """Give a register the schema and views of this program, after a dated copy of an older one."""
    if version < schema.newest():
        _keep_copy(connection, path, password, version, now)
        schema.migrate(connection)
    elif not schema.views_are_ours(connection):
        schema.renew_views(connection)


def brought_up_to_date_beside(connection: Any, password: str | None) -> Any:
    """Return a copy of a register in memory with our schema and views; the file stays as it is.

    For reading an older register: what only reads may not change the file.
    """
    copy = driver.connect(None, password=password)
    try:
        connection.backup(copy)
        schema.migrate(copy)
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy


def _keep_copy(
    connection: Any, path: Path, password: str | None, version: int, now: dt.datetime
) -> None:
    """Make a dated copy beside the register, and prove it good before it gets its name."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO :copy", {"copy": str(unfinished)})
        if not _good(unfinished, password, version, connection):
            raise DamagedRegister(
                f"A copy of {path.name} could not be proved good, so nothing was changed. Open "
                "your latest backup instead."
            )
        kept = f"{path.stem} before update {now:%Y-%m-%d}{path.suffix}"
        unfinished.rename(free_name(path.with_name(kept)))
    finally:
        unfinished.unlink(missing_ok=True)


def _good(copy: Path, password: str | None, version: int, original: Any) -> bool:
    checked = driver.connect(copy, mode="ro", password=password)
    try:
        return (
            schema.check_ours(checked, copy) == version
            and not driver.flaws(checked, "integrity_check", encrypted=password is not None)
            and table_counts(checked) == table_counts(original)
        )
    except (driver.DriverError, AppError):
        return False
    finally:
        checked.close()


def table_counts(connection: Any) -> list[int]:
    """Return how many rows each table has, by the order of their names."""
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY name"
        )
    ]
    return [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]


def free_name(path: Path) -> Path:
    """Return a path that no file has yet: the one given, or with a number."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate
