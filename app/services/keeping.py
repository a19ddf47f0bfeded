"""Whether a file lies where it can be hurt: a synchronised folder, a network drive, a stick."""

import datetime as dt
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from app.domain.periods import long_date

_CLOCKS_DIFFER = dt.timedelta(minutes=10)
"""Two laptops' clocks are never quite the same."""
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "box sync": "Box",
    "pcloud drive": "pCloud",
}
_NETWORK_KINDS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "davfs", "fuse.gvfsd-fuse", "afpfs"}
)
_STICK_KINDS = frozenset({"vfat", "exfat", "msdos"})
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4


class Where(StrEnum):
    """What kind of place a file lies in."""

    OWN = "own"
    SYNCED = "synced"
    NETWORK = "network"
    STICK = "stick"


def where_is(path: Path, *, mounts: Callable[[], str] | None = None) -> tuple[Where, str]:
    """Return the kind of place, and the name of the service that synchronises it, if any."""
    for part in path.parts:
        name = part.casefold()
        for sign, service in _SYNCED.items():
            # "OneDrive - Tuesday Movers" is a folder of OneDrive too.
            if name == sign or name.startswith((f"{sign} -", f"{sign} (")):
                return Where.SYNCED, service
    if str(path).startswith(("\\\\", "//")):
        return Where.NETWORK, ""
    if sys.platform == "win32":
        return _windows_drive(path), ""
    return _mounted(path, (mounts or _mounts)()), ""


def advice(path: Path) -> str:
    """Return one calm line about where a book is kept, or nothing where it is well kept."""
    where, service = where_is(path)
    if where is Where.SYNCED:
        return (
            f"This book is kept in {service}. That is all right while one person at a time has it "
            f"open; let {service} finish before opening it on another computer, and keep a copy elsewhere."
        )
    if where is Where.NETWORK:
        return (
            "This book is kept on a network drive. Open it on one computer at a time; if the network "
            "is unsteady, keep the book on this computer and a copy over there."
        )
    if where is Where.STICK:
        return (
            "This book is kept on a stick. Close the book before you take the stick out, and keep a "
            "copy on a computer: sticks wear out and get lost."
        )
    return ""


def clock_note(last_saved_at: str, now: dt.datetime) -> str:
    """Return a line where the clock stands before what was saved last (ISO, UTC); "" where it is well."""
    try:
        last = dt.datetime.fromisoformat(last_saved_at)
    except ValueError:
        return ""
    if now >= last - _CLOCKS_DIFFER:
        return ""
    here, there = now.astimezone(), last.astimezone()
    return (
        f"This computer’s clock says {long_date(here.date())}, {here:%H:%M}, but something was saved on "
        f"{long_date(there.date())}, {there:%H:%M}. Look at the clock; days filled in by themselves may be wrong."
    )


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _mounted(path: Path, mounts: str) -> Where:
    if path.parts[1:2] in {("media",), ("Volumes",)} or path.parts[1:3] == ("run", "media"):
        return Where.STICK
    deepest, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:
            point = parts[1].replace("\\040", " ")
            inside = path.is_relative_to(point) if point.startswith("/") else False
            if inside and len(point) > len(deepest):
                deepest, kind = point, parts[2]
    if kind in _NETWORK_KINDS:
        return Where.NETWORK
    return Where.STICK if kind in _STICK_KINDS else Where.OWN


def _windows_drive(path: Path) -> Where:
    # Imported here: it only says anything on Windows.
    import ctypes

    windll = getattr(ctypes, "windll", None)
    kind = windll.kernel32.GetDriveTypeW(path.anchor) if windll is not None else 0
    kinds = {_WINDOWS_REMOVABLE: Where.STICK, _WINDOWS_REMOTE: Where.NETWORK}
    return kinds.get(kind, Where.OWN)
