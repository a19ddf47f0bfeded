"""The lock file beside a register: who has it open, on which computer, since when."""

import datetime as dt
import getpass
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import ReadOnly, RegisterLocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a register open."""

    user: str
    computer: str
    process: int
    started: float
    since: str

    def alive(self) -> bool:
        """Say whether the holder may still be running.

        Another computer's program cannot be asked, so it is taken to be; on this one a process
        number that was given away again since is told by its start.
        """
        # Imported here: only a lock that is there needs it.
        import psutil

        if self.computer != socket.gethostname():
            return True
        if self.process == os.getpid():
            return True
        try:
            return abs(float(psutil.Process(self.process).create_time()) - self.started) < 2
        except psutil.Error:
            return False


class Lock:
    """The lock file of one register; taken on opening to write, given back on closing."""

    def __init__(self, register: Path) -> None:
        self.path = register.with_name(register.name + ".lock")
        self._register = register
        self._held = False

    def take(self, now: dt.datetime) -> None:
        """Take the lock, or raise RegisterLocked naming who has it and since when."""
        import psutil

        me = Holder(
            user=_user(),
            computer=socket.gethostname(),
            process=os.getpid(),
            started=float(psutil.Process().create_time()),
            since=now.astimezone().isoformat(timespec="minutes"),
        )
        for _ in range(2):
            try:
                with self.path.open("x", encoding="utf-8") as file:
                    json.dump({name: getattr(me, name) for name in Holder.__slots__}, file)
            except FileExistsError:
                self._refuse_if_alive()
            except OSError as error:
                raise ReadOnly(
                    f"{self._register.name} may be read but not changed where it is. Move it to a "
                    "folder of your own, then open it there."
                ) from error
            else:
                self._held = True
                return
        raise RegisterLocked(f"{self._register.name} is being opened by another program just now.")

    def _refuse_if_alive(self) -> None:
        holder = self.holder()
        if holder and holder.alive():
            since = dt.datetime.fromisoformat(holder.since)
            raise RegisterLocked(
                f"{self._register.name} is already open: {holder.user} has it open on "
                f"{holder.computer} since {since:%H:%M} on {since:%d/%m/%Y}. Close it there first. "
                f"If that computer stopped without closing it, delete {self.path.name}."
            )
        self.path.unlink(missing_ok=True)

    def holder(self) -> Holder | None:
        """Return who holds the lock, or None when nobody does or the file makes no sense."""
        try:
            return Holder(**json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Give the lock back, if it is ours."""
        if self._held:
            self._held = False
            self.path.unlink(missing_ok=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a computer account without a name
        return "somebody"
