"""Driver errors become sentences where the world is at fault; a bug stays a bug."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain import errors
from app.storage.driver import DriverError, name_of

_GONE = (
    "{name} is no longer where it was opened from. Put the stick or the file back and open it "
    "again; this last change was not saved."
)
_MAY_BE_GONE = frozenset({"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR"})

_KINDS: dict[str, tuple[type[errors.AppError], str]] = {
    "SQLITE_FULL": (
        errors.DiskFull,
        (
            "There is no room left where {name} is kept. Nothing was lost: what was saved before is "
            "safe. Make room, then do it again."
        ),
    ),
    "SQLITE_READONLY": (
        errors.ReadOnly,
        (
            "{name} may be read but not changed where it is. Move it to a folder of your own, "
            "then open it there."
        ),
    ),
    "SQLITE_CANTOPEN": (
        errors.RegisterMissing,
        "{name} could not be found or opened. Check the stick is in and the name is right.",
    ),
    "SQLITE_BUSY": (
        errors.RegisterLocked,
        "Another program is using {name} just now. Close it there, then try again.",
    ),
    "SQLITE_LOCKED": (
        errors.RegisterLocked,
        "Another program is using {name} just now. Close it there, then try again.",
    ),
    "SQLITE_NOTADB": (
        errors.WrongPassword,
        (
            "{name} did not open: either the password is not right, or the file is damaged or not a "
            "Hallbook register. Nothing was changed. Try the password again, or open a backup."
        ),
    ),
    "SQLITE_CORRUPT": (
        errors.DamagedRegister,
        (
            "Part of {name} is damaged and cannot be read. Nothing was changed. Open your latest "
            "backup, and keep this file in case some of it can be saved."
        ),
    ),
    "SQLITE_IOERR": (
        errors.DiskTrouble,
        (
            "The disk or stick that holds {name} did not answer. Check it is in properly, then open "
            "the register again."
        ),
    ),
    "SQLITE_PERM": (
        errors.ReadOnly,
        (
            "{name} may not be opened by you. Ask whoever set up this computer, or copy it to a folder "
            "of your own."
        ),
    ),
    "SQLITE_AUTH": (
        errors.ReadOnly,
        (
            "{name} may not be opened by you. Ask whoever set up this computer, or copy it to a folder "
            "of your own."
        ),
    ),
    "SQLITE_INTERRUPT": (errors.Cancelled, "Stopped. Nothing was changed."),
}


class Place:
    """Where a register's file is, and which file it was when it was opened."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._opened: os.stat_result | None = None

    def remember(self) -> None:
        """Note which file stands there now: one may be put in its place later."""
        self._opened = self.path.stat() if self.path else None

    def lost(self) -> bool:
        """Say whether the file that was opened has gone, or another one has taken its place."""
        if self.path is None or self._opened is None:
            return False
        try:
            return not os.path.samestat(self.path.stat(), self._opened)
        except OSError:
            return True

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn the driver's complaints about the world, inside the block, into our own errors."""
        try:
            yield
        except DriverError as error:
            kind = translate(error, self)
            if kind is None:
                raise
            raise kind from error


@contextmanager
def told_of_a_stranger(path: Path) -> Iterator[None]:
    """Turn every complaint about a file that anybody may have made into our own errors.

    What would be our own fault with a register of ours (a table that is not there, a format the
    driver does not know) is damage of such a file.
    """
    try:
        yield
    except DriverError as error:
        damaged, text = _KINDS["SQLITE_CORRUPT"]
        raise (translate(error, Place(path)) or damaged(text.format(name=path.name))) from error


def translate(error: Exception, place: Place) -> errors.AppError | None:
    """Return the sentence for a driver error, or None when it is our own fault.

    SQLite's result code decides, never the words of its message. The driver gives the first part
    of a code only, so whether the file has gone is looked up.
    """
    name = place.path.name if place.path else "The register"
    code = name_of(error)
    while code:
        if code in _MAY_BE_GONE and place.lost():
            return errors.RegisterGone(_GONE.format(name=name))
        if code in _KINDS:
            kind, text = _KINDS[code]
            return kind(text.format(name=name))
        code = code.rpartition("_")[0] if code.count("_") > 1 else ""
    return None
