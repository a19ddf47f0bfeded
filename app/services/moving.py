"""Move the live file of a book into a folder of one's own; what was there stays as a dated copy."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.backups import copy_name
from app.domain.errors import AppError, ReadOnly, Refused
from app.services import recent, standing, welfare
from app.storage import backup, opening
from app.storage.opening import SUFFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a book lives now, and the dated copy that stayed; None where it had to stay as it was."""

    path: Path
    left: Path | None


def move(path: Path, folder: Path, *, book: str, secret: str | None, now: dt.datetime) -> Moved:
    """Move a closed book: a proved copy is made there, then the old file becomes a dated backup.

    The old folder is its second place from then on, if it has none. Raises AppErrors, with the book
    where it was; a file of that name is never written over.
    """
    wanted = folder / path.name
    if wanted.exists():
        raise Refused(
            f"There is a file called {path.name} in {folder} already. Nothing was moved. Choose "
            "another folder, or look whose file that is."
        )
    made = backup.copy_as(path, wanted, password=secret).file
    try:
        welfare.bring_back(path, made)
    except AppError:
        made.unlink(missing_ok=True)
        raise
    if standing.standing(book).second is None:
        standing.choose_second(book, path.parent)
    recent.forget(path)
    return Moved(path=made, left=_leave(path, now))


def _leave(path: Path, now: dt.datetime) -> Path | None:
    """Give what stays behind the name of a backup, so that nobody goes on in it by mistake."""
    left = opening.free_name(path.with_name(copy_name(path.stem, now.astimezone(), SUFFIX)))
    with suppress(OSError):  # a folder that may only be read keeps it as it is
        path.rename(left)
        notes = welfare.place_of(path)
        if notes.exists():
            notes.rename(welfare.place_of(left))
        return left
    return None


def may_write(folder: Path) -> None:
    """Refuse a folder where nothing can be written, before anything is begun."""
    trial = folder / f".hallbook {id(folder)}.part"
    try:
        trial.touch(exist_ok=False)
        trial.unlink()
    except OSError as error:
        raise ReadOnly(
            f"Nothing can be written in {folder}. Nothing was moved. Choose another folder."
        ) from error
