"""Backups of a register: make one, thin those of a folder, put one back."""

import datetime as dt
from pathlib import Path

from app.domain.backups import copies_kept
from app.storage import backup, restoring
from app.storage.backup import Backup
from app.storage.restoring import Restored

__all__ = ["Backup", "Restored", "make", "restore", "thin"]


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
    Raises AppErrors, with what is there untouched.
    """
    return restoring.restore(source, target, password=password, now=now)
