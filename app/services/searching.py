"""Look for books in likely places: not deep, not long, and never behind a link."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".hallbook"
DEEPEST = 3
"""Folders below a likely place."""
MOST_FOLDERS = 4_000
LONGEST = 5.0
"""Seconds in all; a drive that does not answer must not be waited for."""
MOST_FOUND = 12
_NAMED = ("Documents", "Desktop", "Downloads", "OneDrive", "Dropbox")
_NOT_INTO = frozenset(
    {"node_modules", "AppData", "Library", "Applications", "site-packages", "snap", "Program Files",
     "Program Files (x86)", "Windows", "$Recycle.Bin", "System Volume Information"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBook:
    """A book that was found: its file, and when it was last written (seconds since 1970)."""

    path: Path
    changed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found, and where it looked; ``whole`` is False when it ran out of time."""

    books: tuple[FoundBook, ...]
    places: tuple[str, ...]
    whole: bool


def likely_places(home: Path | None = None) -> tuple[Path, ...]:
    """Return the folders where a book is likely to be: the user's own, then sticks and drives."""
    home = home or Path.home()
    own = [home / name for name in _NAMED] + [home]
    return tuple(dict.fromkeys(place for place in (*own, *_drives()) if place.is_dir()))


def _drives() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from (Path(f"{letter}:\\") for letter in "DEFGHIJ")
    elif sys.platform == "darwin":
        yield from _children(Path("/Volumes"))
    else:
        user = os.environ.get("USER", "")
        for folder in (Path("/media") / user, Path("/run/media") / user):
            yield from _children(folder)


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(child for child in folder.iterdir() if child.is_dir())
    except OSError:
        return []


def find_books(
    places: tuple[Path, ...],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> Found:
    """Look through likely places, nearest folders first, newest books first in the answer."""
    end = clock() + LONGEST
    found: dict[Path, float] = {}
    waiting = [(place, 0) for place in places]
    seen: set[Path] = set()
    looked = 0
    whole = True
    for folder, depth in _breadth_first(waiting):
        if folder in seen:
            continue
        if looked >= MOST_FOLDERS or cancelled() or clock() > end:
            whole = False
            break
        seen.add(folder)
        looked += 1
        for entry in _entries(folder):
            if entry.name.casefold().endswith(SUFFIX):
                _note(found, entry)
            elif depth < DEEPEST and _is_folder(entry):
                waiting.append((Path(entry.path), depth + 1))
    newest = sorted(found.items(), key=lambda item: item[1], reverse=True)
    return Found(
        books=tuple(FoundBook(path=path, changed=at) for path, at in newest[:MOST_FOUND]),
        places=tuple(_called(place) for place in places),
        whole=whole,
    )


def _called(place: Path) -> str:
    return "your home folder" if place == Path.home() else place.name or str(place)


def _breadth_first(waiting: list[tuple[Path, int]]) -> Iterator[tuple[Path, int]]:
    """Give folders as they were added, also those added meanwhile."""
    place = 0
    while place < len(waiting):
        yield waiting[place]
        place += 1


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith(".") or entry.name in _NOT_INTO:
        return False
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _note(found: dict[Path, float], entry: "os.DirEntry[str]") -> None:
    try:
        if entry.is_file():
            found[Path(entry.path)] = entry.stat().st_mtime
    except OSError:
        return
