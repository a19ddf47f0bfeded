"""Starts programs on a virtual screen and times them until the window manager shows their window."""

import subprocess
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from measure import Missing
from peers import BUILD, ENV, program

_POLL = 0.01
_SETTLE = 15
"""Seconds until a program has come to rest: it may read ahead once its window is there."""
_PATIENCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program to start, and a part of the title that its window has when it is ready."""

    name: str
    arguments: Sequence[object]
    title: str
    password: str = ""
    """What is typed into the second window, which asks for it."""
    leaves: Sequence[Path] = ()
    """Lock files that are left when it is stopped."""


@contextmanager
def screen():
    """Give a virtual screen of 1366 x 768 with a window manager; yields its environment."""
    number = next(n for n in range(90, 200) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    env = {**ENV, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(
        [program("Xvfb", "xvfb"), f":{number}", "-screen", "0", "1366x768x24"], **quiet
    )
    while not Path(f"/tmp/.X11-unix/X{number}").exists():
        time.sleep(_POLL)
    manager = subprocess.Popen([program("openbox", "openbox")], env=env, **quiet)
    ask = [program("wmctrl", "wmctrl"), "-m"]
    while subprocess.run(ask, env=env, check=False, **quiet).returncode:
        time.sleep(_POLL)
    try:
        yield env
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def until_window(started: Program, env):
    """Return seconds from start to the window, and what the program then holds in memory, in MiB."""
    home = BUILD / "homes" / started.name
    home.mkdir(parents=True, exist_ok=True)
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    for lock in started.leaves:
        lock.unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(a) for a in started.arguments], env=env | folders,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        if started.password:
            _wait(lambda titles: len(titles) == 2, process, env)
            dialog = _titles(env)[-1].split()[0]
            # The first key is sometimes lost before the dialog has the keyboard: it is one that says nothing.
            typed = ["type", "--delay", "0", "--args", "1", started.password]
            keys = ["key", "Home", *typed, "key", "Return"]
            focus = ["windowfocus", "--sync", dialog]
            subprocess.run([program("xdotool", "xdotool"), *focus, *keys], env=env, check=True)
        _wait(lambda titles: any(started.title in one for one in titles), process, env)
        seconds = time.perf_counter() - start
        time.sleep(_SETTLE)
        return seconds, sum(_shared_out(p) for p in _family(process.pid)) / 2**20
    finally:
        for member in reversed(_family(process.pid)):
            member.kill()
        process.wait()
        while _titles(env):
            time.sleep(_POLL)


def _wait(ready, process, env):
    end = time.perf_counter() + _PATIENCE
    while not ready(_titles(env)):
        if process.poll() is not None:
            raise Missing(f"{process.args[0]} ended before it showed a window")
        if time.perf_counter() > end:
            raise Missing(f"the window did not come; there is {_titles(env)}")
        time.sleep(_POLL)


def _titles(env):
    listed = subprocess.run(["wmctrl", "-l"], env=env, capture_output=True, text=True, check=False)
    return listed.stdout.splitlines()


def _family(pid):
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _shared_out(process):
    """Return a process's memory; what it shares with others is shared out among them (PSS)."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0
