"""Restoring: a backup is looked at whole, on a copy, before it takes a register's place."""

import datetime as dt
import filecmp
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.backups import copy_name
from app.domain.errors import (
    DamagedRegister,
    NewerRegister,
    NotARegister,
    PasswordNeeded,
    Refused,
    RegisterLocked,
    RegisterMissing,
    WrongPassword,
)
from app.storage import backup, copies, driver, faults, holdings, opening, schema
from app.storage.lock import Lock
from app.storage.opening import SUFFIX
from app.storage.register import Register

_CANNOT_BE_READ = (DamagedRegister, NewerRegister, NotARegister, PasswordNeeded, WrongPassword)
"""Why what stands there is kept byte for byte instead of being copied by SQLite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A register that was restored."""

    file: Path
    counts: dict[str, int] = field(repr=False)
    """What it holds now, by kind."""
    saved: Path | None
    """Where what stood there before was saved; None when nothing did."""
    saved_checked: bool
    """Whether that was opened and counted; what could not be opened was kept byte for byte."""


def restore(source: Path, target: Path, *, password: str | None, now: dt.datetime) -> Restored:
    """Put a backup in a register's place, after saving what is there.

    Refuses by name, with what is there untouched, a backup that is damaged, foreign, empty, newer
    or in WAL mode, and a register that is open. The backup itself is only read, never changed.
    """
    password = opening.secret_of(source, password)
    _may_be_target(source, target)
    _must_be_closed(source)
    lock = Lock(target)
    lock.take(now)
    # The file itself, not a shortcut to it: the shortcut stays one.
    file = target.resolve()
    try:
        copies.sweep(file.parent, file.name, at_once=True)
        with copies.beside(file, of=source) as part:
            _copy_bytes(source, part)
            counts = _looked_at(part, source, password)
            saved, checked = _save(file, password, now)
            with copies.told(source, file.parent):
                copies.put(part, file, like=saved or source)
    finally:
        lock.release()
    return Restored(file=target, counts=counts, saved=saved, saved_checked=checked)


def _may_be_target(source: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise RegisterMissing(
            f"There is no folder called {target.parent.name or target.parent}. Nothing was "
            "changed. Choose a folder that is there."
        )
    if target.exists() and not target.is_file():
        raise NotARegister(f"{target.name or target} is not a file. Choose a name for a register.")
    if target.suffix.casefold() != SUFFIX:
        raise Refused(
            f"A register's name ends in {SUFFIX}, and {target.name} does not. Nothing was changed. "
            "Choose another name."
        )
    if target.exists() and target.samefile(source):
        raise Refused(
            f"{source.name} is the register itself, so there is nothing to restore. Choose one of "
            "its backups."
        )


def _must_be_closed(source: Path) -> None:
    holder = Lock(source).holder()
    if holder and holder.alive():
        raise RegisterLocked(
            f"{source.name} is open: {holder.user} has it open on {holder.computer}. Close it "
            "there first, or choose a backup of it."
        )
    if source.with_name(f"{source.name}-wal").exists():
        raise _in_wal_mode(source)


def _in_wal_mode(source: Path) -> NotARegister:
    return NotARegister(
        f"{source.name} was changed by another program, in SQLite's WAL mode: part of it may be "
        "in a second file. Nothing was changed. Choose a backup that Hallbook made."
    )


def _copy_bytes(source: Path, part: Path) -> None:
    with copies.told(source, part.parent):
        shutil.copyfile(source, part)
        journal = copies.journal_of(source)
        if journal.exists():  # a save that was cut short is undone in the copy
            shutil.copyfile(journal, copies.journal_of(part))


def _looked_at(part: Path, source: Path, password: str | None) -> dict[str, int]:
    """Look at every page of a copy of the backup; return what it holds."""
    with faults.told_of_a_stranger(source):
        connection = driver.connect(part, password=password)
        try:
            _refuse(connection, source, encrypted=password is not None)
        finally:
            connection.close()
        with Register.open(part, password=password, write=False) as register:
            return holdings.counts(register)


def _refuse(connection: Any, source: Path, *, encrypted: bool) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        raise _in_wal_mode(source)
    schema.check_ours(connection, source)
    driver.settle(connection)
    if driver.flaws(connection, "integrity_check", encrypted=encrypted):
        raise DamagedRegister(
            f"Part of {source.name} is damaged, so it was not restored. Nothing was changed. "
            "Choose another backup, and keep this one in case some of it can be saved."
        )


def _save(target: Path, password: str | None, now: dt.datetime) -> tuple[Path | None, bool]:
    """Save what stands in the register's place; return where, and whether it could be checked."""
    if not target.exists():
        return None, False
    stem = f"{target.stem} before restore"
    wanted = target.with_name(copy_name(stem, now.astimezone(), SUFFIX))
    try:
        return backup.copy_as(target, wanted, password=password).file, True
    except _CANNOT_BE_READ:
        return _save_bytes(target, wanted), False


def _save_bytes(target: Path, wanted: Path) -> Path:
    saved = opening.free_name(wanted)
    with copies.beside(saved, of=target) as part, copies.told(target, target.parent):
        shutil.copyfile(target, part)
        if not filecmp.cmp(target, part, shallow=False):
            raise DamagedRegister(
                f"What {target.name} holds now could not be saved first, so nothing was restored. "
                "Check the disk, then try again."
            )
        copies.put(part, saved, like=target)
        journal = copies.journal_of(target)
        if journal.exists():
            # It belongs to the old file: beside the restored one it would be played into it.
            journal.replace(copies.journal_of(saved))
    return saved
