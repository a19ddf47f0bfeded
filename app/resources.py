"""Find the files that come with the program: fonts, icons, return templates, help."""

import sys
from pathlib import Path, PurePosixPath

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the file `name` ("icons/check.svg", always with forward slashes).

    Raises FileNotFoundError if it is not there, ValueError if the name leads out of resources/:
    both are faults in the program or its packaging, never something a user can mend.
    """
    found = _inside(name)
    if not found.is_file():
        raise FileNotFoundError(f"The program's own file {name} is missing from {_root()}.")
    return found


def folder(name: str) -> Path:
    """Return the folder `name` ("returns", "fonts"); raises as `path` does."""
    found = _inside(name)
    if not found.is_dir():
        raise FileNotFoundError(f"The program's own folder {name} is missing from {_root()}.")
    return found


def _inside(name: str) -> Path:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
        raise ValueError(f"{name!r} is not the name of something inside resources/.")
    return _root().joinpath(*parts.parts)


def _root() -> Path:
    """Return resources/ of the built program, of an installed wheel, or of the source tree."""
    unpacked = getattr(sys, "_MEIPASS", None)  # set by the built program's own loader
    if unpacked is not None:
        return Path(unpacked) / "resources"
    # The wheel's folder is asked for first: beside an installed `app` there may be
    # somebody else's `resources`.
    installed = _HERE / "_resources"
    return installed if installed.is_dir() else _HERE.parent / "resources"
