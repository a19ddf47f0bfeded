"""Wrong passwords slow the next one down; they never lock anybody out.

They are counted in a file of this computer's settings, by a hash of the book's path, so that
closing the window or using the command line does not begin the count anew.
"""

import datetime as dt
import hashlib
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from app import paths
from app.domain.passwords import LONGEST_WAIT, wait_after

_FORGOTTEN_AFTER = dt.timedelta(hours=12)
"""A sitting is over by then: whoever mistyped on Tuesday does not wait on Wednesday."""


def wait_left(path: Path, now: dt.datetime) -> float:
    """Return how many seconds the next password for a book has to wait; at most half a minute."""
    count, last = _known(path)
    if last is None or abs(now - last) > _FORGOTTEN_AFTER:
        return 0.0
    # A clock that was set back makes nobody wait longer than one wait.
    gone = max((now - last).total_seconds(), 0.0)
    return min(max(wait_after(count) - gone, 0.0), LONGEST_WAIT)


def note_wrong(path: Path, now: dt.datetime) -> float:
    """Count a wrong password; return how many seconds the next one has to wait."""
    count, last = _known(path)
    fresh = last is not None and abs(now - last) <= _FORGOTTEN_AFTER
    _keep(path, {"count": count + 1 if fresh else 1, "at": now})
    return wait_left(path, now)


def note_right(path: Path) -> None:
    """Begin the count anew: the password was right."""
    if _known(path)[0]:
        _keep(path, None)


def _known(path: Path) -> tuple[int, dt.datetime | None]:
    row = _all().get(_name(path), {})
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        return int(row["count"]), row["at"].astimezone(dt.UTC)
    return 0, None


def _name(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]


def _all() -> dict[str, Any]:
    try:
        return tomllib.loads(paths.guesses_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _keep(path: Path, row: dict[str, Any] | None) -> None:
    # Imported here: only a wrong password needs it.
    import tomli_w

    rows = {name: kept for name, kept in _all().items() if name != _name(path)}
    if row is not None:
        rows[_name(path)] = row
    file = paths.guesses_file()
    with suppress(OSError):
        paths.make_private(file.parent)
        beside = file.with_suffix(".part")
        beside.write_text(tomli_w.dumps(rows), encoding="utf-8")
        beside.replace(file)
