"""Files that come whole or not at all: written beside, proved, brought to the disk, renamed."""

import errno
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.domain.errors import AppError, DamagedRegister, DiskFull, DiskTrouble, ReadOnly
from app.storage import driver, faults, opening, schema

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LEFT_FOR = 3600
"""Seconds after which a half-made file in a folder of copies was left by a program that died."""


@contextmanager
def beside(final: Path, *, of: Path) -> Iterator[Path]:
    """Yield an empty file in the folder of ``final``; what is left of it at the end is removed.

    Only its owner may read it while it is made. It gets the permissions of the register ``of``.
    """
    part = final.with_name(f"{final.name}.{os.getpid()}.part")
    with told(of, final.parent):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        _forget(part)


def _forget(part: Path) -> None:
    for each in (part, journal_of(part)):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the journal of a file: what an unfinished save can be undone by."""
    return path.with_name(f"{path.name}-journal")


def sweep(folder: Path, start: str, *, at_once: bool = False) -> None:
    """Remove half-made files that a program left in ``folder`` when it was stopped.

    Their names begin with ``start``. ``at_once`` is for whoever holds the register's lock.
    """
    ours = re.compile(re.escape(start) + r".*\.\d+\.part(-journal)?", re.DOTALL)
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if ours.fullmatch(path.name) and (
                at_once or time.time() - path.stat().st_mtime > _LEFT_FOR
            ):
                path.unlink(missing_ok=True)


def must_be_there(folder: Path, before: os.stat_result) -> None:
    """Raise OSError when a folder is another than before: its stick was pulled out meanwhile.

    What is written then lands on the disk beneath the stick's place, and is no copy off this computer.
    """
    if not os.path.samestat(folder.stat(), before):
        raise OSError(errno.ENODEV, "the folder is another one now")


def put(part: Path, final: Path, *, like: Path) -> None:
    """Bring a finished file to the disk, then give it its name in one step; raises OSError."""
    with suppress(OSError):  # a stick has no permissions to keep
        shutil.copymode(like, part)
    sync(part)
    part.replace(final)
    sync_folder(final.parent)


def sync(path: Path) -> None:
    """Wait until a file's bytes are on the disk; raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system can be asked to."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def told(register: Path, folder: Path) -> Iterator[None]:
    """Turn complaints of the disk about a file written to ``folder`` into our own sentences."""
    try:
        yield
    except driver.DriverError as error:
        kind = driver.name_of(error)
        if kind.startswith("SQLITE_FULL"):
            raise no_room(register, folder) from error
        if kind.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise _not_allowed(register, folder) from error
        if kind.startswith("SQLITE_IOERR"):
            raise _no_answer(register, folder) from error
        known = faults.translate(error, faults.Place(register))
        if known is None:
            raise
        raise known from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise no_room(register, folder) from error
        if error.errno in _NOT_ALLOWED:
            raise _not_allowed(register, folder) from error
        raise _no_answer(register, folder) from error


def no_room(register: Path, folder: Path) -> DiskFull:
    """Return what is said when a copy does not fit."""
    return DiskFull(
        f"There is no room in {folder} for a copy of {register.name}. Nothing was changed, and "
        "nothing half made was left there. Make room, or choose another folder."
    )


def _not_allowed(register: Path, folder: Path) -> ReadOnly:
    return ReadOnly(
        f"{folder} may not be written to, so no copy of {register.name} was made there and nothing "
        "was changed. Choose a folder of your own, or slide the switch of the stick."
    )


def _no_answer(register: Path, folder: Path) -> DiskTrouble:
    return DiskTrouble(
        f"A copy of {register.name} could not be written to {folder}: the disk or stick did not "
        "answer. Nothing was changed. Check it is in properly, then try again."
    )


def prove(part: Path, password: str | None, version: int, counts: Sequence[Sequence[int]]) -> None:
    """Open a finished copy by itself and look at every page of it.

    It must be ours, of the same ``version``, without a flaw, and hold as many rows in each table
    as one of ``counts``. Raises DamagedRegister when it is not good.
    """
    checked = driver.connect(part, mode="ro", password=password)
    try:
        good = (
            opening.has_password(part) is (password is not None)
            and schema.check_ours(checked, part) == version
            and not driver.flaws(checked, "integrity_check", encrypted=password is not None)
            and opening.table_counts(checked) in counts
        )
    except (AppError, driver.DriverError):
        good = False
    finally:
        checked.close()
    if not good:
        raise DamagedRegister("The copy is not the same as the register.")


@contextmanager
def opened(path: Path, password: str | None, *, write: bool) -> Iterator[tuple[Any, int]]:
    """Yield a connection to a register's file as it is, and the version of its schema.

    Nothing is brought up to date. Raises AppErrors as opening does.
    """
    with faults.told_of_a_stranger(path):
        connection = opening.connect(path, password, write=write)
    try:
        with faults.told_of_a_stranger(path):
            version = schema.check_ours(connection, path)
            driver.settle(connection)
        yield connection, version
    finally:
        connection.close()
