"""Know the open export of a Hallbook: the folder, its description, or one of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.importers.workbook import Watch

_SIGNS = {
    "people.csv": {"person_id", "given_name", "family_name"},
    "sessions.csv": {"session_id", "activity_id", "date", "state"},
    "attendance.csv": {"session_id", "person_id", "mark"},
    "volunteer_hours.csv": {"person_id", "date", "hours"},
    "referrals.csv": {"referral_id", "person_id", "received_on"},
    "activities.csv": {"activity_id", "name"},
}
"""The columns by which each file is known, whatever it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An exported folder, and which of its files was named ("": the folder)."""

    folder: Path
    named: str
    files: Mapping[str, Path]
    watch: Watch = field(default_factory=Watch, repr=False, compare=False)


def recognise(path: Path) -> Export | None:
    """Return the export that a path belongs to, or None when it is no part of one."""
    if path.is_dir() or path.name == "datapackage.json":
        folder = path if path.is_dir() else path.parent
        files = {name: folder / name for name in _SIGNS if (folder / name).is_file()}
        return Export(folder=folder, named="", files=files) if files else None
    if path.suffix.lower() != ".csv" or not path.is_file():
        return None
    header = _header(path)
    for name, signs in _SIGNS.items():
        if signs <= header and name != "activities.csv":
            files = {n: path.parent / n for n in _SIGNS if (path.parent / n).is_file()}
            return Export(folder=path.parent, named=name, files={**files, name: path})
    return None


def _header(path: Path) -> set[str]:
    try:
        with path.open("rb") as stream:
            first = stream.readline(20_000)
    except OSError:
        return set()
    return {name.strip().strip('"') for name in first.decode("utf-8-sig", "replace").split(",")}
