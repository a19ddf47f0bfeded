"""Run the spreadsheet reader in a child process with limits of memory and time.

A native reader that panics, aborts or fills the memory then costs one sentence, not the program.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from app.domain.errors import Cancelled
from app.importers.file_kind import FileKind
from app.importers.refusals import CannotRead, refuse

MEMORY_LIMIT_MB = 280
"""Of the child. Two million cells, the most that is read, take about 215 MB."""
SECONDS_LIMIT = 30
"""From start to end. Two million cells take 4 s on a laptop of 2020."""
CHILD_OPTION = "--read-spreadsheet"
"""How the built program, which is its own Python, is told to be the child."""

_WATCH_SECONDS = 0.05
_PANIC_EXIT = 3
_MEMORY_EXIT = 4


def read_in_child(
    path: Path, kind: FileKind, *, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Any]:
    """Give what the reader gives (heads of sheets, lists of rows); raises CannotRead or Cancelled.

    The child is stopped when it takes too long or too much, and when ``cancelled`` says so.
    """
    child = _start(path, kind)
    stream = child.stdout
    if stream is None:  # cannot be: a pipe was asked for
        raise refuse("no_reader", path.name)
    watch = _Watch(child, cancelled)
    try:
        with watch:
            yield from _messages(stream)
            child.wait()
    finally:
        child.kill()
        stream.close()
        child.wait()
    if watch.stopped_for == "cancel":
        raise Cancelled(f"Stopped. Nothing was imported from {path.name}.")
    if watch.stopped_for == "time":
        raise refuse("too_slow", path.name, seconds=SECONDS_LIMIT)
    if watch.stopped_for == "memory" or child.returncode == _MEMORY_EXIT or _aborted(child):
        raise refuse("too_much_memory", path.name)
    if child.returncode != 0:
        raise refuse("damaged", path.name)


def _start(path: Path, kind: FileKind) -> "subprocess.Popen[bytes]":
    arguments = [str(path), kind.value]
    if getattr(sys, "frozen", False):
        command = [sys.executable, CHILD_OPTION, *arguments]
    else:
        # The child finds what this process finds, whatever way this process was started.
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            "from app.importers.spreadsheet_process import child_main; child_main(sys.argv[1:])"
        )
        command = [sys.executable, "-I", "-c", code, *arguments]
    try:
        return subprocess.Popen(  # noqa: S603 - our own Python, our own code; the path is an argument
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise refuse("no_reader", path.name) from None


def _messages(stream: IO[bytes]) -> Iterator[Any]:
    while True:
        try:
            message = pickle.load(stream)  # noqa: S301 - written by our own child process
        except (EOFError, pickle.UnpicklingError):
            return
        if isinstance(message, tuple):
            raise CannotRead(*message)
        yield message


def _aborted(child: "subprocess.Popen[bytes]") -> bool:
    """Say whether the child was ended by the system or by its own abort, as when memory is refused."""
    return child.returncode < 0 or child.returncode in {0xC0000409, 0xC0000017, 134, 137}


class _Watch:
    """Stop a child that takes too long or too much, or is no longer wanted."""

    def __init__(self, child: "subprocess.Popen[bytes]", cancelled: Callable[[], bool]) -> None:
        self.stopped_for = ""
        self._child = child
        self._cancelled = cancelled
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spreadsheet-watch", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        # Imported here: only a running import needs it.
        import psutil

        end = time.monotonic() + SECONDS_LIMIT
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self._child.pid)
            while not self._done.wait(_WATCH_SECONDS):
                if self._cancelled():
                    self.stopped_for = "cancel"
                elif time.monotonic() > end:
                    self.stopped_for = "time"
                elif process.memory_info().rss >> 20 > MEMORY_LIMIT_MB:
                    self.stopped_for = "memory"
                if self.stopped_for:
                    self._child.kill()
                    return


def child_main(arguments: list[str]) -> None:
    """Be the child: read the file named first, of the kind named second, and write what is found."""
    path, kind = Path(arguments[0]), FileKind(arguments[1])
    _limit_self()
    out = sys.stdout.buffer
    try:
        # Imported here, inside the limits.
        from app.importers.spreadsheet import read_sheets

        for message in read_sheets(path, kind):
            pickle.dump(message, out, protocol=5)
        out.flush()
    except CannotRead as refusal:
        pickle.dump((refusal.reason, refusal.values), out, protocol=5)
        out.flush()
    except MemoryError:
        os._exit(_MEMORY_EXIT)
    except BrokenPipeError:
        os._exit(0)
    except BaseException:  # noqa: BLE001 - calamine's PanicException is a BaseException
        os._exit(_PANIC_EXIT)
    os._exit(0)


def _limit_self() -> None:
    """Ask the system to refuse memory beyond the limit, and to keep no picture of a crash."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches the memory instead
        return
    limit = MEMORY_LIMIT_MB << 20
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
