"""A virtual screen with a window manager, and real keys: what a person at a laptop has."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.errors import DiskTrouble

ROOT = Path(__file__).resolve().parents[2]
_LIMIT = 30.0
_POLL = 0.02


def wait_for(said, what, limit=_LIMIT):
    """Wait until a condition holds and return what it gave; the test ends if it never does."""
    end = time.monotonic() + limit
    while True:
        # Read in the very moment in which the program saves, a file may not answer.
        with suppress(DiskTrouble):
            if found := said():
                return found
        if time.monotonic() > end:
            pytest.fail(f"waited {limit:.0f} s for {what}")
        time.sleep(_POLL)


@dataclass
class Screen:
    """A virtual screen of 1366 x 768 with its window manager."""

    number: int
    folder: Path
    running: list = field(default_factory=list)
    manager: subprocess.Popen | None = None

    @property
    def env(self):
        return {**os.environ, "DISPLAY": f":{self.number}", "QT_QPA_PLATFORM": "xcb"}

    def start(self, *arguments):
        quiet = (self.folder / f"{Path(arguments[0]).name}.log").open("wb")
        process = subprocess.Popen(arguments, env=self.env, cwd=ROOT, stdout=quiet, stderr=quiet)
        self.running.append(process)
        quiet.close()
        return process

    def start_server(self):
        """Start the server on a display of its own choosing, so that two tests never share one."""
        reading, writing = os.pipe()
        with (self.folder / "Xvfb.log").open("wb") as quiet:
            self.running.append(
                subprocess.Popen(
                    ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24",
                     "-nolisten", "tcp", "-ardelay", "60000"],  # else a key held by a busy computer repeats
                    pass_fds=[writing], stdout=quiet, stderr=quiet,
                )
            )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            self.number = int(told.readline())

    def is_managed(self):
        """Whether the window manager is there; one that found the server not ready is started again."""
        if not self.manager or self.manager.poll() is not None:
            self.manager = self.start("openbox")
        # Only a window manager says how many desktops there are; windows before it have no keyboard.
        return self.ask("xdotool", "get_num_desktops") not in {"", "0"}

    def ask(self, *arguments):
        done = subprocess.run(arguments, env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def close(self):
        for process in reversed(self.running):
            process.terminate()
            process.wait()


@dataclass
class Program:
    """Hallbook in its own process on the screen, worked by keys alone."""

    screen: Screen
    process: subprocess.Popen
    strokes: int = 0

    def focus(self, title):
        """Wait until a window of that title has the keyboard, asking for it."""

        def has_keyboard():
            found = self.screen.ask("xdotool", "search", "--onlyvisible", "--name", title)
            for number in found.splitlines():
                self.screen.ask("xdotool", "windowactivate", number)
            # Active for the window manager first, and a moment later where the server sends the keys.
            return all(
                title in self.screen.ask("xdotool", which, "getwindowname")
                for which in ("getactivewindow", "getwindowfocus")
            )

        wait_for(has_keyboard, f"{title} to have the keyboard")

    def keys(self, *keys):
        """Press keys by name, such as ctrl+3, space, Return."""
        self.strokes += len(keys)
        self.screen.ask("xdotool", "key", "--clearmodifiers", "--delay", "25", *keys)

    def type(self, text):
        self.strokes += len(text)
        self.screen.ask("xdotool", "type", "--delay", "25", text)

    def picture(self, name):
        """Keep a picture of the screen, to look at when a test fails."""
        path = self.screen.folder / f"{name}.png"
        self.screen.ask("import", "-window", "root", str(path))
        return path

    @property
    def sight(self):
        """What the screen shows now, to compare."""
        shot = subprocess.run(
            ["import", "-window", "root", "-depth", "8", "rgb:-"],
            env=self.screen.env, capture_output=True, check=True,
        )  # fmt: skip
        return hashlib.sha256(shot.stdout).hexdigest()

    def wait_change(self, before, what):
        """Wait until the screen shows something else than before, and keeps still."""

        def came_to_rest():
            now = self.sight
            return now != before and now == self.sight

        wait_for(came_to_rest, what)

    def quit(self):
        self.keys("ctrl+q")
        assert self.process.wait(timeout=_LIMIT) == 0


@pytest.fixture(autouse=True)
def as_users_have_it(all_rounds_in_module):
    """What is made here is opened by the program in a process of its own."""


@pytest.fixture
def screen(tmp_path):
    """A virtual screen; only where one can be had (Linux with Xvfb, openbox and xdotool)."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"real keys need {', '.join(missing)}")
    opened = Screen(number=0, folder=tmp_path)
    opened.start_server()
    wait_for(opened.is_managed, "the window manager")
    yield opened
    opened.close()


@pytest.fixture
def open_window(screen):
    """Open Hallbook on a register, in a process of its own."""

    def start(register, title):
        process = screen.start(sys.executable, "-m", "app", str(register))
        program = Program(screen=screen, process=process)
        program.focus(title)
        return program

    return start


@pytest.fixture
def hallbook():
    """Run one command of the command line as a user does; return what it printed."""

    def run(*arguments, status=0):
        done = subprocess.run(
            [sys.executable, "-m", "app", *map(str, arguments)],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    return run
