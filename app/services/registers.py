"""Registers as files: make, open, describe, check, undo."""

import datetime as dt
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from app.domain.changes import ALL_TOPICS, Topic
from app.domain.errors import DamagedRegister
from app.domain.names import clean
from app.domain.settings import Settings, validate_settings
from app.services.result import Done, Refused, Written, to_its_end
from app.storage import activities, holdings, settings
from app.storage.opening import SUFFIX
from app.storage.register import Register
from app.storage.snapshot import Snapshot, Taker
from app.storage.undo import UndoStep

__all__ = [
    "Info",
    "Register",
    "Snapshot",
    "Taker",
    "UndoStep",
    "book_path",
    "check",
    "create",
    "info",
    "last_saved_at",
    "open_register",
    "quick_check",
    "redo",
    "redo_in_slices",
    "take_snapshot",
    "take_snapshot_later",
    "undo",
    "undo_in_slices",
]

_LACKS = (
    "The file has no {what}, which every book of its version has. It was left alone. Open your "
    "latest backup instead."
)
_NAMES_AT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What a register holds."""

    name: str
    schema_version: int
    encrypted: bool
    counts: dict[str, int]
    first_session: str | None
    last_session: str | None


def book_path(path: Path) -> Path:
    """Return where a new book is made: its name ends in .hallbook, however it was typed.

    A file of another ending is neither found by the start screen nor opened by a double click.
    What is there already stays as it was named: it is refused, not passed by.
    """
    if path.name.casefold().endswith(SUFFIX) or not path.name or path.exists():
        return path
    return path.with_name(f"{path.name.rstrip('. ')}{SUFFIX}")


def create(path: Path, name: str, *, password: str | None = None) -> Register | Refused:
    """Make an empty register for a group at its ``book_path``; refuses a file that is there.

    Raises RegisterExists, and other AppErrors of the file.
    """
    first = Settings(group_name=clean(name))
    problems = validate_settings(first)
    if problems:
        return Refused(problems=problems)

    def fill(register: Register) -> None:
        with register.transaction("register.create"):
            settings.write(register, first)

    return Register.create(book_path(path), password=password, fill=fill)


def open_register(
    path: Path,
    *,
    password: str | None = None,
    write: bool = True,
    undo: bool = False,
    now: Callable[[], dt.datetime] | None = None,
) -> Register:
    """Open a register to write or only to read; ``undo`` notes how to take changes back."""
    register = (
        Register.open(path, password=password, write=write, now=now)
        if now
        else Register.open(path, password=password, write=write)
    )
    if undo:
        register.keep_undo()
    return register


def info(register: Register) -> Info:
    """Describe a register: its name and what it holds."""
    first, last = activities.first_and_last_day(register)
    return Info(
        name=settings.read(register).group_name,
        schema_version=register.schema_version,
        encrypted=register.encrypted,
        counts=holdings.counts(register),
        first_session=first,
        last_session=last,
    )


def last_saved_at(register: Register) -> str:
    """Return the moment of the last line of a register's journal, ISO in UTC; "" for none."""
    return holdings.last_saved_at(register)


def check(register: Register) -> tuple[str, ...]:
    """Return everything found wrong with a register, or nothing: integrity and invariants."""
    from app.services.money import checking
    from app.storage import invariants, wholeness

    flaws = register.full_check()
    try:
        lacking = wholeness.lacking(register)
        if lacking:  # what looks into it would stop there
            return (*flaws, _LACKS.format(what=", ".join(lacking[:_NAMES_AT_MOST])))
        return (*flaws, *invariants.findings(register), *checking.findings(register))
    except DamagedRegister:
        # The flaws already say so; what a torn page holds cannot be looked at.
        if flaws:
            return flaws
        raise


def quick_check(
    path: Path, *, password: str | None = None, stop: Callable[[], bool] | None = None
) -> tuple[str, ...]:
    """Return what is wrong with a book's file, or nothing; on a connection of its own.

    So the window can have it done by its worker while the book is open. It keeps others from
    saving while it lasts: ``stop`` says when somebody wants to (raises Cancelled). Raises as
    opening does.
    """
    with Register.open(path, password=password, write=False) as register:
        register.stop_when(stop)
        return register.quick_check()


def take_snapshot(register: Register) -> Snapshot:
    """Copy this moment into memory, to be read by another thread while ticking goes on."""
    return Snapshot.of(register)


def take_snapshot_later(register: Register) -> Taker:
    """Return what copies the register into memory when the worker asks: the window never waits."""
    return Snapshot.later(register)


def undo(register: Register, step: UndoStep) -> tuple[UndoStep | None, Done]:
    """Take a change back; return the step that makes it again, and what changed."""
    return to_its_end(undo_in_slices(register, step))


def redo(register: Register, step: UndoStep) -> tuple[UndoStep | None, Done]:
    """Make a change again that was taken back."""
    return to_its_end(redo_in_slices(register, step))


Playing = Generator[Written, None, tuple[UndoStep | None, Done]]
"""A step being carried out, some milliseconds at a time. Closing it leaves the register as it was."""


def undo_in_slices(register: Register, step: UndoStep) -> Playing:
    """Take a change back as `undo` does; the first that is given says how large it is."""
    return _play(register, step, "undo")


def redo_in_slices(register: Register, step: UndoStep) -> Playing:
    """Make a change again as `redo` does; the first that is given says how large it is."""
    return _play(register, step, "redo")


def _play(register: Register, step: UndoStep, use_case: str) -> Playing:
    total = len(step.statements)
    yield Written(done=0, total=total)
    for done in register.play_in_slices(step, use_case=use_case):
        yield Written(done=done, total=total)
    opposite = register.take_step()
    topics: frozenset[Topic] = step.topics or ALL_TOPICS
    return opposite, Done(changes=topics, text=step.text)
