"""Remember what somebody said about a spreadsheet's columns and marks, for the next one like it.

Kept on this computer, not in the book: a file of the words of headers and marks, never of people.
"""

import datetime as dt
import errno
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from app import paths
from app.domain.errors import DiskFull, ReadOnly, Refused
from app.domain.toml_text import read_toml, text_of
from app.importers import mapping
from app.importers.base import DateOrder, Options, Plan
from app.importers.fields import header_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was said the last time about a file with the same headers."""

    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: DateOrder | None = None
    """For a file whose own dates do not tell; others are read by their own evidence."""


def recall(kind: str, plan: Plan) -> Remembered | None:
    """Return what was said about a file with these headers, or None."""
    path = _path(kind, plan)
    if path is None or not path.is_file():
        return None
    try:
        data = read_toml(text_of(path))
        # Checked as every mapping file is: it may have been changed by hand.
        read = mapping.load(path, Options(today=dt.date.min))
    except (OSError, ValueError, Refused):
        return None
    dates = data.get("answers", {}).get("dates")
    return Remembered(
        columns=data.get("columns", {}),
        marks=data.get("marks", {}),
        values=read.values,
        dates=DateOrder(dates) if dates else None,
    )


def remember(kind: str, plan: Plan, options: Options) -> None:
    """Keep what was decided for a file with these headers; raises AppError when it cannot be kept."""
    path = _path(kind, plan)
    if path is None:
        return
    try:
        paths.make_private(path.parent)
        # The year and the activity belong to this file alone.
        mapping.save(path, plan, replace(options, year=None, activity="", sheets=()))
    except OSError as error:
        text = "What the columns mean could not be remembered on this computer; the import is not touched by it."
        raise (DiskFull if error.errno == errno.ENOSPC else ReadOnly)(text) from error


def forget(kind: str, plan: Plan) -> None:
    """Forget what was said about files with these headers."""
    path = _path(kind, plan)
    if path is not None:
        with suppress(OSError):
            path.unlink()


def _path(kind: str, plan: Plan) -> Path | None:
    """Return the file for a set of headers, whatever their order; dates across the top are no part of it."""
    keys = {header_key(c.header) for c in plan.columns if c.header and c.taken_as != "session"}
    if not keys:
        return None
    digest = hashlib.sha256("\n".join([kind, *sorted(keys)]).encode()).hexdigest()
    return paths.mappings_folder() / f"{digest[:24]}.toml"
