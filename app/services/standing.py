"""How a book stands with its copies: the last good one here, the last one off this computer.

What is known is kept in a file of this computer's settings, by the book's own number; it says when
and how much, never who.
"""

import datetime as dt
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from app import paths
from app.domain.errors import AppError, Cancelled, ReadOnly
from app.services import welfare
from app.storage import holdings
from app.storage.book_id import book_id
from app.storage.register import Register

DAYS_WITHOUT = 30
"""So many days without a copy off this computer are said aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A good copy: opened, checked and counted. Money in pence."""

    made_at: dt.datetime
    line: int
    """The last line of the book's journal that is in it."""
    people: int
    sessions: int
    money_pence: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a book stands: ``here`` on this computer, ``away`` in the second place.

    ``trouble`` is what went wrong the last time, here or there; it stays until that is cured.
    """

    here: Last | None = None
    away: Last | None = None
    second: Path | None = None
    known_since: dt.date | None = None
    trouble: str = ""

    def days_without(self, today: dt.date) -> int | None:
        """Return for how many days nothing has left this computer; None when a copy is young."""
        since = self.away.made_at.astimezone().date() if self.away else self.known_since
        days = (today - since).days if since else 0
        return days if days >= DAYS_WITHOUT else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the worker needs to make copies of a book that is open: no register, no password.

    ``secret`` is the book's key, which opens this file and its copies alone.
    """

    path: Path
    book: str
    line: int
    secret: str | None = field(repr=False)
    notes_at: float = 0.0
    """When the welfare notes beside it were last written, seconds since 1970; 0 for none."""


def wanted(register: Register) -> Wanted | None:
    """Return what is to be copied of an open book, or None for one that is in no file."""
    if register.path is None:
        return None
    return Wanted(
        path=register.path,
        book=book_of(register),
        line=holdings.last_line(register),
        secret=register.secret,
        notes_at=_notes_at(register.path),
    )


def book_of(register: Register) -> str:
    """Return what a book is called in the files of this computer's settings."""
    return f"{book_id(register):x}"


def _notes_at(path: Path) -> float:
    with suppress(OSError):
        return welfare.place_of(path).stat().st_mtime
    return 0.0


def standing(book: str) -> Standing:
    """Return how a book stands, as far as this computer knows."""
    kept = _all().get(book, {})
    try:
        return Standing(
            here=_last(kept.get("here")),
            away=_last(kept.get("away")),
            second=Path(kept["second"]) if kept.get("second") else None,
            known_since=kept.get("known_since"),
            trouble=str(kept.get("trouble", "")),
        )
    except (TypeError, ValueError, AttributeError):  # a file that somebody spoilt is begun anew
        return Standing()


def choose_second(book: str, folder: Path | None) -> Standing:
    """Keep where copies go off this computer, or that they go nowhere."""
    return _keep(book, replace(standing(book), second=folder, trouble=""))


def note_trouble(book: str, text: str) -> Standing:
    """Keep why no copy could be made."""
    return _keep(book, replace(standing(book), trouble=text))


def throw_away(path: Path, book: str) -> None:
    """Remove the copies of a pretend group from this computer, and what is known of them."""
    from app.storage.backup import dated_copies  # as below

    for copy in dated_copies(path, first_folder(path)):
        with suppress(OSError):
            (first_folder(path) / copy.name).unlink()
    with suppress(OSError):
        first_folder(path).rmdir()
    _write({name: row for name, row in _all().items() if name != book})


def first_folder(path: Path) -> Path:
    """Return the folder on this computer where a book's copies are kept."""
    return paths.backup_folder() / path.stem


def is_due(want: Wanted, known: Standing) -> bool:
    """Say whether something was saved since the last good copy, here or in the second place."""
    behind = _is_behind(known.here, want)
    return behind or (known.second is not None and _is_behind(known.away, want))


def _is_behind(last: Last | None, want: Wanted) -> bool:
    if last is None or last.line < want.line:
        return True
    return last.made_at.timestamp() < want.notes_at


def make_copies(
    want: Wanted,
    *,
    now: dt.datetime,
    stop: Callable[[], bool] | None = None,
    here_only: bool = False,
    anyway: bool = False,
) -> Standing:
    """Make the copies that are due, here and in the second place, and thin them; on the worker.

    Trouble raises nothing but Cancelled: it is kept in the standing, and nobody's work waits for
    it. ``here_only`` leaves the second place alone, as before a change that cannot be taken back;
    ``anyway`` makes them also where nothing is new.
    """
    known = standing(want.book)
    if known.known_since is None:
        known = replace(known, known_since=now.astimezone().date())
    troubles: list[str] = []
    if anyway or _is_behind(known.here, want):
        here, trouble = _try(want, first_folder(want.path), now, stop, make_folder=True)
        known, troubles = replace(known, here=here or known.here), [*troubles, trouble]
    if known.second is not None and not here_only and (anyway or _is_behind(known.away, want)):
        away, trouble = _try(want, known.second, now, stop, make_folder=False)
        known, troubles = replace(known, away=away or known.away), [*troubles, trouble]
    return _keep(want.book, replace(known, trouble=" ".join(one for one in troubles if one)))


def copy_first(register: Register, *, now: dt.datetime) -> str:
    """Copy a book on this computer before a large change, if something is new; return the trouble.

    For whoever waits for it anyway, as the command line does. Trouble stands in nobody's way.
    """
    want = wanted(register)
    if want is None or not _is_behind(standing(want.book).here, want):
        return ""
    return make_copies(want, now=now, here_only=True).trouble


def second_is_there(known: Standing) -> bool:
    """Say whether the second place can be reached now; quick, but a drive may still be slow."""
    with suppress(OSError):
        return known.second is not None and known.second.is_dir()
    return False


def _try(
    want: Wanted,
    folder: Path,
    now: dt.datetime,
    stop: Callable[[], bool] | None,
    *,
    make_folder: bool,
) -> tuple[Last | None, str]:
    # Imported here: a copy is made some seconds after the window is there.
    from app.services import backups
    from app.storage import backup

    try:
        if make_folder:
            _make(folder)
        made = backup.make(want.path, folder, password=want.secret, now=now, stop=stop)
        trouble = _with_notes(want.path, made.file)
        with suppress(AppError):  # a copy too many is no trouble
            removed = backups.thin(want.path, folder, password=want.secret)
            welfare.thin_along(folder, removed)
    except Cancelled:
        raise
    except AppError as error:
        return None, error.text
    held = made.held
    return (
        Last(
            made_at=now,
            line=held.last_line,
            people=held.people,
            sessions=held.sessions,
            money_pence=held.money_pence,
            folder=str(folder),
        ),
        trouble,
    )


def _with_notes(book: Path, copy: Path) -> str:
    """Copy the welfare notes along; return what stood in the way: the book's copy is good all the same."""
    try:
        welfare.copy_along(book, copy)
    except AppError as error:
        return error.text
    return ""


def _make(folder: Path) -> None:
    try:
        paths.make_private(folder)
    except OSError as error:
        raise ReadOnly(
            f"The folder for copies, {folder}, could not be made. Nothing in the book was changed. "
            "Make room, or look whether you may write there."
        ) from error


def _last(kept: Any) -> Last | None:
    return Last(**kept) if kept else None


def _all() -> dict[str, Any]:
    try:
        return tomllib.loads(paths.copies_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _keep(book: str, known: Standing) -> Standing:
    row = {
        name: value if isinstance(value, dict | dt.date) else str(value)
        for name, value in asdict(known).items()
        if value not in (None, "")
    }
    _write(_all() | {book: row})
    return known


def _write(rows: dict[str, Any]) -> None:
    # Imported here: only a change of what is kept needs it.
    import tomli_w

    file = paths.copies_file()
    with suppress(OSError):
        paths.make_private(file.parent)
        beside = file.with_suffix(".part")
        beside.write_text(tomli_w.dumps(rows), encoding="utf-8")
        beside.replace(file)
