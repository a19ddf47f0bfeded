"""Backups: dated copies of a register, proved good before they get their name."""

import datetime as dt
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.backups import DatedCopy, copy_name, read_copy_name
from app.domain.errors import AppError, Cancelled, DamagedRegister, RegisterMissing
from app.storage import copies, driver, holdings, opening
from app.storage.book_id import book_id
from app.storage.holdings import Held
from app.storage.opening import SUFFIX
from app.storage.register import Register

_STEPS_BETWEEN_ASKING = 20_000
_TRIES = 3
"""Somebody may save just before and just after the copy is made, so that neither count is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was opened, checked whole and counted."""

    file: Path
    counts: dict[str, int] = field(repr=False)
    """What it holds, by kind."""
    held: Held = field(repr=False)


def make(
    path: Path,
    folder: Path,
    *,
    password: str | None,
    now: dt.datetime,
    stop: Callable[[], bool] | None = None,
) -> Backup:
    """Make a dated copy of a register in ``folder``, with its password; others may have it open.

    While it is written, whoever saves has to wait: ``stop`` says when somebody does (raises
    Cancelled). Raises an AppError, with nothing left behind, when it cannot be made or is not good.
    """
    if not folder.is_dir():
        raise RegisterMissing(
            f"There is no folder called {folder.name or folder} in {folder.parent}. Nothing was "
            "changed. Put the stick in, or choose another folder."
        )
    wanted = folder / copy_name(path.stem, now.astimezone(), SUFFIX)
    copies.sweep(folder, f"{path.stem} ")
    return copy_as(path, wanted, password=password, stop=stop)


def copy_as(
    path: Path,
    wanted: Path,
    *,
    password: str | None,
    stop: Callable[[], bool] | None = None,
) -> Backup:
    """Make a proved copy of a register under a name, or that name with a number."""
    password = opening.secret_of(path, password)
    with (
        copies.opened(path, password, write=False) as (connection, version),
        copies.beside(wanted, of=path) as part,
        copies.told(path, wanted.parent),
    ):
        folder = wanted.parent.stat()
        if stop and stop():
            raise Cancelled("Stopped. Nothing was changed.")
        for tries_left in reversed(range(_TRIES)):
            connection.set_progress_handler(stop, _STEPS_BETWEEN_ASKING if stop else 0)
            counts = _copy(connection, part)
            connection.set_progress_handler(None, 0)
            try:
                copies.prove(part, password, version, counts)
                break
            except DamagedRegister as error:
                if not tries_left:
                    raise _not_good(path) from error
                os.truncate(part, 0)
        counted, held = _counted(part, password, path)
        copies.must_be_there(wanted.parent, folder)
        final = opening.free_name(wanted)
        copies.put(part, final, like=path)
    return Backup(file=final, counts=counted, held=held)


def _copy(connection: Any, part: Path) -> tuple[list[int], ...]:
    """Write a copy; return how many rows each table had just before and just after."""
    before = opening.table_counts(connection)
    connection.execute("VACUUM INTO :copy", {"copy": driver.address(part)})
    return before, opening.table_counts(connection)


def _counted(part: Path, password: str | None, path: Path) -> tuple[dict[str, int], Held]:
    try:
        with Register.open(part, password=password, write=False) as register:
            return holdings.counts(register), holdings.held(register)
    except AppError as error:
        raise _not_good(path) from error


def _not_good(path: Path) -> DamagedRegister:
    return DamagedRegister(
        f"A copy of {path.name} could not be proved good, so it was not kept. Nothing was changed. "
        f"Look at {path.name} with “check”; your earlier backups are as they were."
    )


def dated_copies(path: Path, folder: Path) -> tuple[DatedCopy, ...]:
    """Return the files of ``folder`` that are named as copies of a register, oldest first."""
    found = (read_copy_name(each.name, path.stem, SUFFIX) for each in folder.glob(f"*{SUFFIX}"))
    return tuple(sorted(copy for copy in found if copy))


def remove_proved(
    path: Path, folder: Path, unwanted: Iterable[DatedCopy], *, password: str | None
) -> tuple[str, ...]:
    """Remove copies of a register that open, are sound, and are of this very register.

    Whatever else has such a name stays: another register's, one that is damaged, one with an
    earlier password. Returns the names of those that were removed.
    """
    with copies.opened(path, opening.secret_of(path, password), write=False) as (original, _):
        book = book_id(original)
    removed = []
    for copy in sorted(unwanted):
        file = folder / copy.name
        if not file.samefile(path) and _sound_copy(file, password, book):
            with copies.told(path, folder):
                file.unlink()
            removed.append(copy.name)
    return tuple(removed)


def _sound_copy(file: Path, password: str | None, book: int) -> bool:
    try:
        needed = opening.secret_of(file, password)
        with copies.opened(file, needed, write=False) as (connection, _), copies.told(file, file):
            return book_id(connection) == book and not driver.flaws(
                connection, "quick_check", encrypted=needed is not None
            )
    except AppError:
        return False
