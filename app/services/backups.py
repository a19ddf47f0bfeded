"""Backups of a register: make one, thin those of a folder, list them, put one back."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.backups import copies_kept, read_moment
from app.domain.errors import AppError, PasswordNeeded, WrongPassword
from app.services import welfare
from app.storage import backup, holdings, restoring
from app.storage.backup import Backup
from app.storage.holdings import Held
from app.storage.opening import SUFFIX, has_password
from app.storage.register import Register
from app.storage.restoring import Restored

__all__ = ["Backup", "Found", "Held", "Restored", "listing", "make", "restore", "thin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that may be restored: when it was made, and what it holds or why that is not known."""

    path: Path
    made_at: dt.datetime
    """From its name, or where that says nothing, when the file was last written; local time."""
    held: Held | None = field(default=None, repr=False)
    trouble: str = ""
    """Why it cannot be opened, in a sentence; "" when it can."""
    locked: bool = False
    """Whether it only needs another password."""


def make(path: Path, folder: Path, *, password: str | None = None, now: dt.datetime) -> Backup:
    """Make a dated copy of a register in a folder: opened, checked whole and counted.

    An encrypted register gives an encrypted copy with its password. Others may have it open; their
    saving waits while the copy is written. Raises AppErrors, with nothing left behind.
    """
    return backup.make(path, folder, password=password, now=now)


def thin(path: Path, folder: Path, *, password: str | None = None) -> tuple[str, ...]:
    """Remove copies of a register from a folder: the ten newest stay, and one a month for a year.

    Only sound copies of this very register are removed. Returns their names.
    """
    dated = backup.dated_copies(path, folder)
    unwanted = set(dated) - copies_kept(dated)
    return backup.remove_proved(path, folder, unwanted, password=password) if unwanted else ()


def restore(
    source: Path, target: Path, *, password: str | None = None, now: dt.datetime
) -> Restored:
    """Put a backup in a register's place; what is there is saved first, dated.

    The backup is checked whole on a copy before anything changes, and is itself never changed.
    Raises AppErrors, with what is there untouched. Welfare notes that lie beside the backup come
    along where there are none yet.
    """
    done = restoring.restore(source, target, password=password, now=now)
    welfare.bring_back(source, target)
    return done


def listing(
    folders: Iterable[Path],
    *,
    password: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Found, ...]:
    """Return the registers in some folders and the folders just inside them, the newest first.

    Each is opened, only to be read, and its people, sessions and pounds are counted; one that does
    not open says why by name. Folders that are not there are passed over.
    """
    found: dict[Path, Found] = {}
    for file in _files(folders):
        if cancelled and cancelled():
            break
        with suppress(OSError):
            found.setdefault(file.resolve(), _looked_at(file, password))
    return tuple(sorted(found.values(), key=lambda one: (one.made_at, one.path), reverse=True))


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with suppress(OSError):
            inside = [each for each in sorted(folder.iterdir()) if each.is_dir()]
            for place in (folder, *inside):
                yield from (each for each in sorted(place.glob(f"*{SUFFIX}")) if each.is_file())


def _looked_at(file: Path, password: str | None) -> Found:
    written = dt.datetime.fromtimestamp(file.stat().st_mtime)  # noqa: DTZ006 - names are local too
    made_at = read_moment(file.stem) or written
    try:
        with Register.open(file, password=password, write=False) as register:
            return Found(path=file, made_at=made_at, held=holdings.held(register))
    except (PasswordNeeded, WrongPassword) as error:
        # A file without a password that SQLite cannot read is torn, not locked.
        return Found(path=file, made_at=made_at, trouble=error.text, locked=_needs_password(file))
    except AppError as error:
        return Found(path=file, made_at=made_at, trouble=error.text)


def _needs_password(file: Path) -> bool:
    try:
        return has_password(file)
    except AppError:
        return False
