"""A program that is killed at any moment of any work leaves the work whole or not begun."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from app.domain import errors
from app.services import password as passwords
from app.services import registers
from app.storage import schema
from tests.conftest import NOW
from tests.services.killed_work import CHANGE, KINDS, PASSWORD, PEOPLE_A_FILE
from tests.times import times

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
_LATEST = {
    "import": 1.0,
    "migration": 0.5,
    "recovery sheet": 2.5,
    "issue": 0.7,
    "anonymise": 0.4,
    "backup and restore": 0.8,
}
"""Seconds after the beginning by which it is killed: two or three times what a piece takes."""


class Worker:
    """A program that has everything imported and works in children, which can be killed."""

    def __init__(self, folder):
        self._pipe = folder / "pipe"
        os.mkfifo(self._pipe)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_work"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def work_and_die(self, kind, book, seconds):
        """Let it work on a book for so long, then kill it; return how much it said was done."""
        self._process.stdin.write(f"{kind}\t{book}\t{self._pipe}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        with self._pipe.open() as said:
            assert said.readline() == "begun\n"
            threading.Event().wait(seconds)
            with suppress(ProcessLookupError):  # it was quicker, and is done
                os.kill(child, signal.SIGKILL)
            lines = [line for line in said if line.strip().isdigit() and line.endswith("\n")]
        how = int(self._process.stdout.readline())
        assert how in {signal.SIGKILL, 0}, f"it ended by itself: {how}"  # 0: it was done before
        return int(lines[-1]) if lines else 0

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._process.stderr.close()


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    made = Worker(tmp_path_factory.mktemp("worker"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def begun(all_rounds_in_module, small_example_made, tmp_path_factory):
    """The pretend group for each kind of work; with a password where the work needs one."""
    locked = tmp_path_factory.mktemp("locked") / "locked.hallbook"
    shutil.copy(small_example_made, locked)
    passwords.set_password(locked, new=PASSWORD, now=NOW)
    return lambda kind: locked if kind == "recovery sheet" else small_example_made


def _count(register, sql):
    return register.value(f"SELECT count(*) FROM {sql}")


def _after_import(register, before, done):
    runs = _count(register, "import_run") - before["runs"]
    assert runs in {done, done + 1}
    assert _count(register, "person") - before["people"] == runs * PEOPLE_A_FILE
    return runs


def _after_issue(register, before, done):
    issued = _count(register, "issued_return") - before["issued"]
    assert issued in {done, done + 1}
    assert _count(register, "issued_content") == _count(register, "issued_return")
    return issued


def _after_anonymise(register, before, done):
    wiped = _count(register, "anonymisation") - before["nameless"]
    assert wiped in {done, done + 1}
    assert not _count(
        register, "person WHERE anonymised_at IS NOT NULL AND given_name || phone <> ''"
    )
    return wiped


def _after_the_rest(register, before, done):
    assert _count(register, "person") == before["people"]
    return done


_AFTER = {"import": _after_import, "issue": _after_issue, "anonymise": _after_anonymise}


def _held(register):
    return {
        "people": _count(register, "person"),
        "runs": _count(register, "import_run"),
        "issued": _count(register, "issued_return"),
        "nameless": _count(register, "anonymisation"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_killed_program_leaves_its_work_whole_or_not_begun(worker, begun, tmp_path, kind):
    chance = random.Random(kind)
    password = PASSWORD if kind == "recovery sheet" else None
    with registers.open_register(begun(kind), password=password, write=False) as register:
        before = _held(register)
    kills = pieces = in_flight = 0
    for number in range(times(2)):
        book = tmp_path / str(number) / "movers.hallbook"
        book.parent.mkdir()
        shutil.copy(begun(kind), book)
        done = worker.work_and_die(kind, book, chance.uniform(0.02, _LATEST[kind]))
        with registers.open_register(book, password=password) as register:
            assert registers.check(register) == ()
            whole = _AFTER.get(kind, _after_the_rest)(register, before, done)
        _others_are_whole(book, before, password)
        kills, pieces, in_flight = kills + 1, pieces + whole, in_flight + whole - done
        shutil.rmtree(book.parent)
    print(f"{kind}: {kills} kills, {pieces} done, {in_flight} done though not said, 0 lost")


def _others_are_whole(book, before, password):
    """Every other file with the name of a register is a whole one, of today or of tomorrow."""
    for file in book.parent.rglob("*.hallbook"):
        if file.name.startswith("older ") and "before update" not in file.name:
            _is_whole_as_tomorrow_too(file, before)
        elif file != book:
            with registers.open_register(file, password=password, write=False) as register:
                assert register.quick_check() == ()
                assert _count(register, "person") == before["people"]


def _is_whole_as_tomorrow_too(file, before):
    today = schema.MIGRATIONS
    with suppress(errors.NewerRegister), registers.open_register(file, write=False) as register:
        tables = {row[0] for row in register.rows("SELECT name FROM sqlite_master")}
        assert "shoe" not in tables, "the change comes whole or not at all"
    schema.MIGRATIONS = (*today, CHANGE)
    try:
        with registers.open_register(file) as register:
            assert register.quick_check() == ()
            assert _count(register, "person WHERE shoe_size = 7") == before["people"]
            assert _count(register, "shoe") == 4000
    finally:
        schema.MIGRATIONS = today
