"""Ticks, page changes, the term grid, and how long the window stands still: beside what feels at once."""

import json
import os
import shutil
import subprocess
import sys

from books import example
from measure import Result
from peers import BUILD, ENV, HERE

_LIMITS = {"busy": 0.050, "umbrella": 0.100}
_LONGEST_STOP = 0.100


def touches():
    """Touch: from a key until the window is drawn again."""
    for size, limit in _LIMITS.items():
        for what, (seconds, cpu) in in_window("our_touches.py", size).items():
            yield _beside(f"{what}, {size}", "touch", seconds, limit, cpu)


def stops():
    """Stops: the longest time in which the window answers nothing, step by step."""
    for size in _LIMITS:
        for step, (seconds, cpu) in in_window("our_stops.py", size).items():
            yield _beside(f"longest stop, {step}, {size}", "stops", seconds, _LONGEST_STOP, cpu)


def _beside(what, target, seconds, limit, cpu):
    return Result(
        target=target, what=what, peer_is=f"{limit * 1000:.0f} ms", ours=seconds, peer=limit,
        limit=1, cpu_ratio=cpu / limit,
    )  # fmt: skip


def in_window(script, size):
    """Return what one of our programs measured in a window drawn in memory, on a copy of a book."""
    home = BUILD / "homes" / "typing"
    home.mkdir(parents=True, exist_ok=True)
    book = home / f"{size}.hallbook"
    shutil.copy(example(size), book)
    with book.open("rb") as written:
        os.fsync(written.fileno())  # else the first save waits for the whole copy
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, HERE / script, book], check=True, capture_output=True, text=True,
        env=ENV | folders | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    book.unlink()
    return json.loads(done.stdout)


TARGETS = {"touch": touches, "stops": stops}
