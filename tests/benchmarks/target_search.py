"""Search: the slowest keystroke in the people list, beside what still feels at once."""

import json
import shutil
import statistics
import subprocess
import sys

from books import SEARCHES, example
from measure import Result, clocked
from peers import BUILD, ENV, HERE

from app.services import people, registers

_ROUNDS = 9
_LIMITS = {"busy": 0.050, "umbrella": 0.100}
_BLOCK = 200


def keystrokes():
    """Search: each key by the service alone, then in the window until it is drawn again."""
    for size, limit in _LIMITS.items():
        peer = f"{limit * 1000:.0f} ms"
        with registers.open_register(example(size), write=False) as book:
            yield Result(
                target="search", what=f"slowest key, the service, {size}", peer_is=peer, limit=1,
                ours=_slowest(book), peer=limit,
            )  # fmt: skip
        for line, seconds in _in_window(size).items():
            yield Result(
                target="search", what=f"slowest key, {line} in the window, {size}", peer_is=peer,
                ours=seconds, peer=limit, limit=1,
            )  # fmt: skip


def _slowest(book):
    return max(
        statistics.median(
            clocked(lambda key=key: people.list_people(book, key, left_too=True, limit=_BLOCK))
            for _ in range(_ROUNDS)
        )
        for key in sorted({typed[:end] for typed in SEARCHES for end in range(1, len(typed) + 1)})
    )


def _in_window(size):
    home = BUILD / "homes" / "typing"
    home.mkdir(parents=True, exist_ok=True)
    book = home / f"{size}.hallbook"
    shutil.copy(example(size), book)
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    typed = subprocess.run(
        [sys.executable, HERE / "our_typing.py", book], check=True, capture_output=True, text=True,
        env=ENV | folders | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    book.unlink()
    return json.loads(typed.stdout)


TARGETS = {"search": keystrokes}
