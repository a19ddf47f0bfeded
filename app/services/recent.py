"""The books opened last on this computer: where each is, whose it is, when it was open."""

import datetime as dt
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app import paths

MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentBook:
    """A book that was opened here."""

    path: Path
    group: str
    opened_at: dt.datetime


def recent_books() -> tuple[RecentBook, ...]:
    """Return the books opened last, newest first; whether they are still there is not looked at."""
    try:
        rows = tomllib.loads(paths.recent_file().read_text(encoding="utf-8")).get("book", [])
    except (OSError, ValueError):
        return ()
    books = []
    for row in rows if isinstance(rows, list) else []:
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            at = row["opened_at"]
            books.append(
                RecentBook(
                    path=Path(row["path"]), group=str(row["group"]), opened_at=at.astimezone()
                )
            )
    return tuple(sorted(books, key=lambda book: book.opened_at, reverse=True))


def note_opened(path: Path, group: str, now: dt.datetime) -> None:
    """Put a book at the head of the list; a list that cannot be kept stops nobody."""
    path = path.absolute()
    others = [book for book in recent_books() if book.path != path]
    _write([RecentBook(path=path, group=group, opened_at=now), *others][:MOST])


def forget(path: Path) -> None:
    """Take a book off the list; the book itself stays where it is."""
    _write([book for book in recent_books() if book.path != path.absolute()])


def _write(books: list[RecentBook]) -> None:
    # Imported here: only a change of the list needs it.
    import tomli_w

    rows = [{"path": str(b.path), "group": b.group, "opened_at": b.opened_at} for b in books]
    file = paths.recent_file()
    with suppress(OSError):
        paths.make_private(file.parent)
        beside = file.with_suffix(".part")
        beside.write_text(tomli_w.dumps({"book": rows}), encoding="utf-8")
        beside.replace(file)
