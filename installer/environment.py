"""Bring .venv to what the lock says, and find out why where that does not work."""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import computer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = FOLDER / "hallbook-setup.json"
RUN_LOCK = ROOT / "installer" / "requirements.txt"
TEST_LOCK = ROOT / "installer" / "requirements-test.txt"
# Published as source only; everything else comes as wheels.
SOURCE_ONLY = "odfpy"

# What pip says -> what it means. The first that matches is told.
PIP_TROUBLES = {
    r"No space left on device|WinError 112": """
The disk is full: setting up needs about 800 MB. Make room, then run this again.""",
    r"DO NOT MATCH THE HASHES": """
A package that was fetched is not the one Hallbook was tested with, so it was not installed.
Run this again; if it says the same, something between here and the package index alters files.""",
    r"CERTIFICATE_VERIFY_FAILED": """
The package index's certificate was not accepted. On a network with certificates of its own,
set PIP_CERT to their file, then run this again.""",
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries|"
    r"Network is unreachable|Connection (broken|refused|reset|aborted)|RemoteDisconnected": """
The package index could not be reached. Connect to the internet (only setting up needs it),
then run this again.""",
}


def set_up(*, tests: bool) -> None:
    """Bring .venv to what the lock says; do nothing if it is that already."""
    lock = TEST_LOCK if tests else RUN_LOCK
    state = read_state()
    healthy = state.get("made") == _made_here() and PYTHON.exists()
    stale = any(_hash(ROOT / name) != digest for name, digest in state.get("locks", {}).items())
    locks_done = healthy and not stale and _name(lock) in state["locks"]
    if locks_done and state.get("project") == _hash(ROOT / "pyproject.toml"):
        return
    began = time.monotonic()
    if not healthy or stale:
        make_environment(state)
    # Written before, so that what is interrupted is known for what it is.
    write_state({"made": "half"})
    if not locks_done:
        install_lock(lock)
    _pip(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    # The test lock holds all of the other one, in the same versions.
    done = (RUN_LOCK, TEST_LOCK) if tests else (lock,)
    locks = state["locks"] if locks_done else {_name(file): _hash(file) for file in done}
    project = _hash(ROOT / "pyproject.toml")
    write_state({"made": _made_here(), "locks": locks, "project": project})
    computer.say(f"Set up in {time.monotonic() - began:.0f} seconds.")


def read_state() -> dict[str, Any]:
    """Return what an earlier run wrote about .venv, or {}."""
    try:
        state = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(state: dict[str, object]) -> None:
    """Note what .venv holds."""
    STATE.write_text(json.dumps(state, indent=1), encoding="utf-8")


def _made_here() -> str:
    # An environment works only in the folder it was made in, for the Python it was made with.
    return f"{sys.implementation.cache_tag} {platform.machine()} {ROOT}"


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _name(lock: Path) -> str:
    return lock.relative_to(ROOT).as_posix()


def make_environment(state: dict[str, object]) -> None:
    """Make .venv from nothing, unless somebody's own working one is there: that is used."""
    if not state and _works():
        computer.say(f"Using the environment that is in {FOLDER}.")
        return
    if FOLDER.exists():
        computer.say(
            "The environment in .venv is unfinished, or for another lock, Python or folder: making it again."
        )
        try:
            shutil.rmtree(FOLDER)
        except OSError as trouble:
            raise computer.CannotGoOnError(
                f"{FOLDER} is in use or may not be removed ({trouble.strerror}). "
                "Close Hallbook if it is open, remove that folder, then run this again."
            ) from None
    computer.say("Making an environment in .venv ...")
    FOLDER.mkdir()
    write_state({"made": "half"})
    # Not .venv's own Python, should somebody run this with it: it is gone by now.
    python = getattr(sys, "_base_executable", None) or sys.executable
    command = [python, "-m", "venv", str(FOLDER)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        if "ensurepip" in made.stdout + made.stderr:
            raise computer.CannotGoOnError(computer.what_to_install([], no_venv=True))
        raise computer.CannotGoOnError(
            f"Python could not make {FOLDER}. It says:\n{tail(made.stdout + made.stderr)}"
        )


def _works() -> bool:
    if not PYTHON.exists():
        return False
    code = "import pip, sys; print(sys.implementation.cache_tag)"
    out = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False)
    return out.stdout.strip() == sys.implementation.cache_tag


def install_lock(lock: Path) -> None:
    """Install every package of the lock, by hash."""
    text = lock.read_text(encoding="utf-8")
    count = len(re.findall(r"^\w", text, re.MULTILINE))
    computer.say(
        f"Installing {count} packages from {_name(lock)}; the first time they are fetched from the internet ..."
    )
    wheels = ["--only-binary=:all:"]
    if re.search(rf"^{SOURCE_ONLY}==", text, re.MULTILINE):
        wheels.append(f"--no-binary={SOURCE_ONLY}")
    _pip(["--no-deps", "--require-hashes", *wheels, "--requirement", str(lock)], count=count)


def _pip(arguments: list[str], *, count: int = 0) -> None:
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--no-input",
        "--no-compile",
        "--progress-bar=off",
    ]
    command += ["--disable-pip-version-check", "--retries=2", *arguments]
    pip = subprocess.Popen(
        command,
        env=variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    said, done = [], 0
    assert pip.stdout is not None  # noqa: S101 - it was asked for
    for line in pip.stdout:
        said.append(line)
        if line.startswith("Collecting "):
            done += 1
            computer.say(f"  {done} of {count}  {line.split()[1].partition('=')[0]}", passing=True)
        elif line.startswith("Installing "):
            computer.say(f"  unpacking {count or ''}", passing=True)
    if pip.wait():
        raise computer.CannotGoOnError(explain_pip("".join(said)))


def explain_pip(said: str) -> str:
    """Turn what pip said into one plain sentence."""
    for pattern, meaning in PIP_TROUBLES.items():
        if re.search(pattern, said):
            return meaning.strip()
    absent = re.search(r"No matching distribution found for ([\w.-]+)", said)
    if absent:
        return (
            f"There is no ready-made {absent.group(1)} for this computer ({platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}). Hallbook runs on 64-bit Windows 10 or newer, macOS 13 or newer, "
            "and Linux as new as Debian 12 or Ubuntu 22.04 (not Alpine)."
        )
    return f"The packages could not be installed. pip says:\n{tail(said)}"


def tail(text: str) -> str:
    """Return the last lines of what a program said, set in."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-12:])


def variables() -> dict[str, str]:
    """Return the environment without what would lead Python, pip or Hallbook elsewhere."""
    unwanted = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_HASHES"}
    unwanted |= {"HALLBOOK_PASSWORD", "HALLBOOK_NEW_PASSWORD"}  # for the user's own book
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return kept | {"PIP_USER": "0", "PYTHONUTF8": "1"}
