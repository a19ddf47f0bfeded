#!/usr/bin/env python3
"""Set Hallbook up in .venv and try it, or run its tests: `run.py`, `run.py test [pytest arguments]`.

Only the standard library: nothing is installed yet when this runs. README.md says how it thinks.
"""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

OLDEST, NEWEST = (3, 11), (3, 14)


def python_problem(version: "tuple[int, ...]", bits: int, others: "tuple[str, ...]") -> str:
    """Say what is wrong with a Python of this version, or "" if nothing is.

    The quotes round the types are for older Pythons, which must be able to read this far.
    """
    if OLDEST <= version[:2] <= NEWEST and bits == 64:
        return ""
    number = ".".join(map(str, version[:3]))
    kind = f"{number}, a {bits}-bit one" if bits != 64 else number
    text = f"Hallbook needs 64-bit Python 3.11, 3.12, 3.13 or 3.14. This is Python {kind} ({sys.executable}).\n"
    if others:
        return f"{text}This computer has another that fits. Use it:\n\n    {others[0]} {' '.join(sys.argv)}"
    return f"{text}Get Python 3.13 from python.org or from your system's packages, then run this again with it."


def _other_pythons() -> "tuple[str, ...]":
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return tuple(name for name in names if shutil.which(name))


_PROBLEM = python_problem(
    tuple(sys.version_info[:3]), 64 if sys.maxsize > 2**32 else 32, _other_pythons()
)
if _PROBLEM:
    sys.exit(_PROBLEM)


import computer  # noqa: E402 - written for the Pythons that came as far as this
import environment  # noqa: E402
from computer import CannotGoOnError, say  # noqa: E402

ROOT = environment.ROOT
TRY = ROOT / "hallbook-try"
# What is printed from the pretend group, and over how many days up to its last session.
TOUR = (("attendance-sheet", 7), ("term-register", 84), ("impact-report", 365))


def main(arguments: list[str]) -> int:
    """Run one of the two commands; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old console lacks letters that tools print
    if arguments[:1] not in ([], ["test"]):
        asked = arguments[0] in ("-h", "--help")
        print("python3 installer/run.py                         sets up, prints, opens the window")
        print("python3 installer/run.py test [pytest arguments] sets up, runs all checks and tests")
        return 0 if asked else 2
    try:
        return run_tests(arguments[1:]) if arguments else try_it()
    except CannotGoOnError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130


def try_it() -> int:
    """Make the pretend group, print its sheets and report, open the window on it."""
    window = computer.has_display()
    computer.check(environment_made=environment.PYTHON.exists(), window=window, drawing=False)
    environment.set_up(tests=False)
    book = TRY / "pretend-group.hallbook"
    if not book.exists():
        say("Making a pretend group (nobody in it is real) ...")
        TRY.mkdir(exist_ok=True)
        hallbook("example", str(book), "--size", "small")
    for title, file in print_returns(book):
        say(f"  {title:<18} {shown(file)}")
    if not window:
        say(
            "\nThere is no display here, so no window was opened. What was printed is in "
            f"{shown(TRY)}.\nOn a computer with a screen the same command opens the book {shown(book)}."
        )
        return 0
    say(f"\nOpening the book {shown(book)}. Close the window to come back here.")
    return open_window(book)


def print_returns(book: Path) -> list[tuple[str, Path]]:
    """Print each return of the tour beside the book, where it is missing or older than the book."""
    held = hallbook("info", str(book))
    last = min(date.fromisoformat(held["last_session"]), date.today())  # noqa: DTZ011 - the user's day
    printed = []
    for name, days in TOUR:
        file = TRY / f"{name}.pdf"
        if not file.exists() or file.stat().st_mtime < book.stat().st_mtime:
            first = last - timedelta(days=days - 1)
            hallbook(
                "return",
                name,
                str(book),
                "--from",
                str(first),
                "--to",
                str(last),
                "--out",
                str(file),
            )
        printed.append((name.replace("-", " ").capitalize(), file))
    return printed


def hallbook(*arguments: str) -> dict[str, Any]:
    """Run one command of the program and return its JSON."""
    command = [str(environment.PYTHON), "-m", "app", *arguments, "--json"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment.variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise CannotGoOnError(
            f"hallbook {' '.join(arguments[:2])} did not finish. It says:\n{environment.tail(done.stderr)}"
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def open_window(book: Path) -> int:
    """Open the program's window on the book and wait until it is closed."""
    status = subprocess.run(
        [str(environment.PYTHON), "-m", "app", str(book)], env=environment.variables(), check=False
    ).returncode
    if status:
        raise CannotGoOnError(
            f"The window closed in an unusual way (status {status}); what it said is above. "
            f"What was printed is in {shown(TRY)}. Nothing in the book was lost: each change is saved as it is made."
        )
    return 0


def shown(file: Path) -> str:
    """Return the path as short as it can be typed from here."""
    with contextlib.suppress(ValueError):
        return str(file.relative_to(Path.cwd()))
    return str(file)


def run_tests(arguments: list[str]) -> int:
    """Run every check, then pytest; return 0 only if all are content."""
    computer.check(
        environment_made=environment.PYTHON.exists(),
        window=bool(os.environ.get("DISPLAY")),
        drawing=True,
    )
    environment.set_up(tests=True)
    variables = environment.variables() | {"QT_QPA_PLATFORM": "offscreen"}
    failed = False
    # As many at once as there are processors, but no more than two: the rest of the computer is in use.
    # Whole stretches go to each, so that what a file prepares is made once; who is done first helps the other.
    at_once = ["-n", "2", "--dist", "worksteal"] if (os.cpu_count() or 1) >= 2 else []
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    steps = (
        ("ruff check", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy"]),
        ("lint-imports", ["lint-imports", "--no-logo"]),
        ("pytest", ["pytest", *at_once, *colour, *arguments]),
    )
    results, closing = [], ""
    for name, command in steps:
        say(f"{closing}\n{name} ..." if closing else f"{name} ...")
        began = time.monotonic()
        status, closing = run_step(command, variables)
        seconds = time.monotonic() - began
        results.append(f"  {name:<13} {seconds:6.1f} s  {'FOUND FAULTS' if status else 'well'}")
        failed = failed or bool(status)
    # pytest's own last line goes last, so that the count is what remains on the screen.
    say("\n".join(["", *results, "", closing]))
    return int(failed)


def run_step(command: list[str], variables: dict[str, str]) -> tuple[int, str]:
    """Run one tool of .venv, passing on what it says but for its last line; return status and that line."""
    tool = environment.PYTHON.with_name(f"{command[0]}.exe" if os.name == "nt" else command[0])
    step = subprocess.Popen(
        [str(tool), *command[1:]],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert step.stdout is not None  # noqa: S101 - it was asked for
    held = ""
    for line in step.stdout:
        if held:
            say(held)
        held = line.rstrip()
    return step.wait(), held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
