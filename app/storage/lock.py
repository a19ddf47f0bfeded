"""The lock file beside a register: who has it open, on which computer, since when."""

import datetime as dt
import errno
import getpass
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from app.domain.errors import DiskFull, ReadOnly, RegisterLocked
from app.domain.periods import short_date

_WRITTEN_WITHIN = 10
"""Seconds in which a lock file that says nothing yet may still be being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a register open."""

    user: str
    computer: str
    process: int
    started: float
    """When the program began, in seconds since 1970: a process number is given away again."""
    since: dt.datetime

    @classmethod
    def me(cls, now: dt.datetime) -> Self:
        """Return this program as a holder."""
        # Imported here: only what writes takes a lock.
        import socket

        import psutil

        return cls(
            user=who(),
            computer=socket.gethostname(),
            process=os.getpid(),
            started=float(psutil.Process().create_time()),
            since=now.astimezone().replace(microsecond=0),
        )

    @classmethod
    def of(cls, values: Any) -> Self:
        """Return the holder that a lock file names; raises ValueError or TypeError for rubbish."""
        holder = cls(**{**values, "since": dt.datetime.fromisoformat(values["since"])})
        kinds = (str, str, int, float, dt.datetime)
        right = zip(asdict(holder).values(), kinds, strict=True)
        if not all(isinstance(value, kind) for value, kind in right) or holder.since.tzinfo is None:
            raise ValueError("a lock file names a user, a computer, a process and two times")
        return holder

    def alive(self) -> bool:
        """Say whether the holder may still be running.

        Another computer's program cannot be asked, so it is taken to be.
        """
        # Imported here: only a lock that is there needs it.
        import socket

        import psutil

        if self.computer != socket.gethostname():
            return True
        try:
            return abs(float(psutil.Process(self.process).create_time()) - self.started) < 2
        except (psutil.Error, ValueError, OverflowError):
            return False


class Lock:
    """The lock file of one register; taken on opening to write, given back on closing."""

    def __init__(self, register: Path) -> None:
        # The file itself, not a shortcut to it: every way to a register meets the same lock.
        true = register.resolve()
        self.path = true.with_name(true.name + ".lock")
        self._register = register
        self._mine: Holder | None = None

    def take(self, now: dt.datetime) -> None:
        """Take the lock, or raise RegisterLocked naming who has it and since when."""
        me = Holder.me(now)
        for _ in range(2):
            try:
                self._write(me)
            except FileExistsError:
                self._refuse_if_held()
            except OSError as error:
                raise self._cannot(error) from error
            else:
                self._mine = me
                return
        raise self._being_opened()

    def _write(self, me: Holder) -> None:
        file = self.path.open("x", encoding="utf-8")
        try:
            with file:
                json.dump({**asdict(me), "since": me.since.isoformat()}, file)
        except OSError:
            self.path.unlink(missing_ok=True)
            raise

    def _cannot(self, error: OSError) -> DiskFull | ReadOnly:
        name = self._register.name
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return DiskFull(
                f"There is no room left where {name} is kept, so nothing new could be saved. "
                "Nothing was changed. Make room, then open it again."
            )
        return ReadOnly(
            f"{name} may be read but not changed where it is. Move it to a folder of your own, "
            "then open it there."
        )

    def _being_opened(self) -> RegisterLocked:
        return RegisterLocked(
            f"{self._register.name} is being opened by another program just now. Wait a moment, "
            "then try again."
        )

    def _refuse_if_held(self) -> None:
        holder = self.holder()
        if holder is None and self._fresh():
            raise self._being_opened()
        if holder and holder.alive():
            since = holder.since.astimezone()
            raise RegisterLocked(
                f"{self._register.name} is already open: {holder.user} has it open on "
                f"{holder.computer} since {since:%H:%M} on {short_date(since.date())}. Close it there first. "
                f"If that computer stopped without closing it, delete {self.path.name}."
            )
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _fresh(self) -> bool:
        try:
            return abs(time.time() - self.path.stat().st_mtime) < _WRITTEN_WITHIN
        except OSError:
            return False

    def holder(self) -> Holder | None:
        """Return who holds the lock, or None when nobody does or the file makes no sense."""
        try:
            return Holder.of(json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def release(self) -> None:
        """Give the lock back, if it is ours still; a stick that is gone took it along."""
        if self._mine is not None and self.holder() == self._mine:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        self._mine = None


def who() -> str:
    """Return the name of the computer account at work."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a computer account without a name
        return "somebody"
