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
from app.services import backups
from app.storage import backup, holdings
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


def wanted(register: Register) -> Wanted | None:
    """Return what is to be copied of an open book, or None for one that is in no file."""
    if register.path is None:
        return None
    return Wanted(
        path=register.path,
        book=backup.book_id(register),
        line=holdings.last_line(register),
        secret=register.secret,
    )


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


def first_folder(path: Path) -> Path:
    """Return the folder on this computer where a book's copies are kept."""
    return paths.backup_folder() / path.stem


def is_due(want: Wanted, known: Standing) -> bool:
    """Say whether something was saved since the last good copy, here or in the second place."""
    behind = known.here is None or known.here.line < want.line
    return behind or (known.second is not None and _behind_away(want, known))


def _behind_away(want: Wanted, known: Standing) -> bool:
    return known.away is None or known.away.line < want.line


def make_copies(
    want: Wanted,
    *,
    now: dt.datetime,
    stop: Callable[[], bool] | None = None,
    here_only: bool = False,
) -> Standing:
    """Make the copies that are due, here and in the second place, and thin them; on the worker.

    Trouble raises nothing but Cancelled: it is kept in the standing, and nobody's work waits for
    it. ``here_only`` leaves the second place alone, as before a change that cannot be taken back.
    """
    known = standing(want.book)
    if known.known_since is None:
        known = replace(known, known_since=now.astimezone().date())
    troubles: list[str] = []
    if known.here is None or known.here.line < want.line:
        here, trouble = _try(want, first_folder(want.path), now, stop, make_folder=True)
        known, troubles = replace(known, here=here or known.here), [*troubles, trouble]
    if known.second is not None and not here_only and _behind_away(want, known):
        away, trouble = _try(want, known.second, now, stop, make_folder=False)
        known, troubles = replace(known, away=away or known.away), [*troubles, trouble]
    return _keep(want.book, replace(known, trouble=" ".join(one for one in troubles if one)))


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
    try:
        if make_folder:
            _make(folder)
        made = backup.make(want.path, folder, password=want.secret, now=now, stop=stop)
        with suppress(AppError):  # a copy too many is no trouble
            backups.thin(want.path, folder, password=want.secret)
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
        "",
    )


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
    # Imported here: only a change of what is kept needs it.
    import tomli_w

    row = {
        name: value if isinstance(value, dict | dt.date) else str(value)
        for name, value in asdict(known).items()
        if value not in (None, "")
    }
    file = paths.copies_file()
    with suppress(OSError):
        paths.make_private(file.parent)
        beside = file.with_suffix(".part")
        beside.write_text(tomli_w.dumps(_all() | {book: row}), encoding="utf-8")
        beside.replace(file)
    return known
