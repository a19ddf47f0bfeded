"""Say what this computer lacks, before anything is fetched, and how to get it."""

import ctypes
import importlib.util
import os
import shutil
import sys
import textwrap
from pathlib import Path

Library = tuple[str, str, str]

# Libraries Qt loads and its wheels do not hold: library, Debian and Ubuntu package, Fedora package.
DRAWING = (
    ("libGL.so.1", "libgl1", "libglvnd-glx"),
    ("libEGL.so.1", "libegl1", "libglvnd-egl"),
    ("libX11.so.6", "libx11-6", "libX11"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libzstd.so.1", "libzstd1", "libzstd"),
)
X11 = (
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libxcb.so.1", "libxcb1", "libxcb"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)
WAYLAND = (
    ("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    ("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    ("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


class CannotGoOnError(Exception):
    """Something is missing or went wrong; the text says what happened and what to do."""


def say(text: str, *, passing: bool = False) -> None:
    """Print a line; a passing one is shown only on a terminal, and overwritten by the next."""
    if sys.stdout.isatty():
        print(f"\r{text:<78}", end="" if passing else "\n", flush=True)
    elif not passing:
        print(text, flush=True)


def has_display() -> bool:
    """Say whether a window can be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal", "vnc"):
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(
    libraries: tuple[Library, ...],
) -> list[Library]:
    """Return those of `libraries` that this Linux cannot load."""
    missing = []
    for library in libraries:
        try:
            ctypes.CDLL(library[0])
        except OSError:
            missing.append(library)
    return missing


def check(*, window: bool, drawing: bool, environment_made: bool) -> None:
    """Raise CannotGoOnError naming all that is missing and the command that installs it.

    `drawing` is what the tests do with no display: Qt paints, and nothing is seen.
    """
    needed: tuple[Library, ...] = ()
    if sys.platform.startswith("linux"):
        needed += DRAWING if drawing or window else ()
        if window:
            needed += X11 if os.environ.get("DISPLAY") else WAYLAND
    missing = missing_libraries(needed)
    no_venv = not environment_made and any(
        importlib.util.find_spec(part) is None for part in ("venv", "ensurepip")
    )
    if missing or no_venv:
        raise CannotGoOnError(what_to_install(missing, no_venv=no_venv))


def what_to_install(missing: list[Library], *, no_venv: bool) -> str:
    """Name what is missing and the exact command for this kind of Linux."""
    lines = []
    if no_venv:
        lines.append(
            "This Python cannot make environments: its venv and ensurepip parts are missing."
        )
    if missing:
        names = ", ".join(library for library, _, _ in missing)
        text = f"Drawing the window needs system libraries that are not here: {names}."
        lines.append(textwrap.fill(text, 96, break_on_hyphens=False))
    apt = [_venv_package()] * no_venv + [package for _, package, _ in missing]
    dnf = ["python3"] * no_venv + [package for _, _, package in missing]
    sudo = "" if _is_root() else "sudo "
    commands = {
        "apt-get": f"{sudo}apt-get install {' '.join(dict.fromkeys(apt))}",
        "dnf": f"{sudo}dnf install {' '.join(dict.fromkeys(dnf))}",
    }
    here = [command for tool, command in commands.items() if shutil.which(tool)]
    if here == [commands["apt-get"]] and not any(Path("/var/lib/apt/lists").glob("*_Packages*")):
        here.insert(0, f"{sudo}apt-get update")  # a fresh image knows no packages yet
    if here:
        lines.append("Install what is missing, then run this again:\n")
    else:
        lines.append(
            "Install what is missing, then run this again. On Debian or Ubuntu, and on Fedora:\n"
        )
    return "\n".join(lines + [f"    {command}" for command in here or commands.values()])


def _venv_package() -> str:
    system_python = Path("/usr/bin/python3")
    if system_python.exists() and Path(sys.executable).resolve() == system_python.resolve():
        return "python3-venv"
    return f"python3.{sys.version_info.minor}-venv"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
