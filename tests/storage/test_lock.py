"""The lock file names who has a register open, and a dead program holds nothing."""

import datetime as dt
import json
import os
import socket
import subprocess
import sys

import psutil
import pytest

from app.domain.errors import DiskFull, ReadOnly, RegisterLocked
from app.domain.periods import short_date
from app.storage.lock import Holder, Lock
from tests.disks import protect_folder

NOW = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "tea.hallbook"
    path.touch()
    return path


def _lock_file(path):
    return path.with_name("tea.hallbook.lock")


def _held_by(path, **changes):
    """Write a lock file as another program would; this one's own if nothing is changed."""
    values = {
        "user": "maryam",
        "computer": socket.gethostname(),
        "process": os.getpid(),
        "started": psutil.Process().create_time(),
        "since": NOW.isoformat(),
        **changes,
    }
    _lock_file(path).write_text(json.dumps(values), "utf-8")


def _age(file):
    """Make a file an hour old, as one that is not just being written."""
    os.utime(file, (1_700_000_000, 1_700_000_000))


def test_lock_names_who_where_and_since_when(path):
    Lock(path).take(NOW)
    with pytest.raises(RegisterLocked) as caught:
        Lock(path).take(NOW)
    said = caught.value.text
    local = NOW.astimezone()
    assert "tea.hallbook is already open" in said
    assert socket.gethostname() in said
    assert f"{local:%H:%M} on {short_date(local.date())}" in said
    assert "delete tea.hallbook.lock" in said


def test_lock_is_given_back(path):
    lock = Lock(path)
    lock.take(NOW)
    lock.release()
    lock.release()
    assert not _lock_file(path).exists()
    Lock(path).take(NOW)


def test_lock_of_another_computer_is_respected(path):
    _held_by(path, computer="laptop-of-sue", user="sue", process=1)
    with pytest.raises(RegisterLocked, match="sue has it open on laptop-of-sue"):
        Lock(path).take(NOW)


def test_lock_of_a_dead_program_is_taken_over(path):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        started = psutil.Process(program.pid).create_time()
        _held_by(path, process=program.pid, started=started)
        with pytest.raises(RegisterLocked):
            Lock(path).take(NOW)
        program.kill()
    Lock(path).take(NOW)
    assert Lock(path).holder().process == os.getpid()


def test_number_of_a_dead_program_that_was_given_away_again_holds_nothing(path):
    _held_by(path, started=psutil.Process().create_time() - 3600)
    Lock(path).take(NOW)
    assert Lock(path).holder().process == os.getpid()


RUBBISH = [
    "", "{", "null", "[]", "[1,2]", '"text"', "7", "{}", '{"user": 1}', "\x00\xff",
    json.dumps({"user": "a", "computer": "b", "process": "c", "started": 1.0, "since": "2026-01-01"}),
    json.dumps({"user": "a", "computer": "b", "process": 1, "started": 1.0, "since": "soon"}),
    json.dumps({"user": "a", "computer": "b", "process": 1, "started": 1.0, "since": 5}),
    json.dumps({"user": "a", "computer": "b", "process": 1, "started": 1.0,
                "since": "2026-01-01T10:00:00+00:00", "more": 1}),
    "[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_lock_file_that_makes_no_sense_holds_nothing(path, rubbish):
    _lock_file(path).write_text(rubbish, "utf-8")
    _age(_lock_file(path))
    Lock(path).take(NOW)


@pytest.mark.parametrize("process", [-1, 0, 2**80])
def test_process_that_cannot_be_holds_nothing(path, process):
    _held_by(path, process=process, started=1.0)
    Lock(path).take(NOW)


def test_lock_file_that_is_just_being_written_is_respected(path):
    _lock_file(path).touch()
    with pytest.raises(RegisterLocked, match="being opened"):
        Lock(path).take(NOW)


def test_shortcut_to_a_register_meets_the_same_lock(path, tmp_path):
    try:
        (tmp_path / "short.hallbook").symlink_to(path)
    except OSError:
        pytest.skip("this account may not make shortcuts")
    Lock(path).take(NOW)
    with pytest.raises(RegisterLocked):
        Lock(tmp_path / "short.hallbook").take(NOW)


def test_lock_that_somebody_else_took_since_is_left_alone(path):
    lock = Lock(path)
    lock.take(NOW)
    _held_by(path, user="sue", computer="laptop-of-sue")
    lock.release()
    assert _lock_file(path).exists()


def test_lock_goes_with_the_stick_that_was_pulled_out(stick):
    lock = Lock(stick.path / "tea.hallbook")
    lock.take(NOW)
    stick.pull()
    lock.release()


def test_protected_stick_is_said_so(stick):
    stick.protect()
    with pytest.raises(ReadOnly, match="may be read but not changed"):
        Lock(stick.path / "tea.hallbook").take(NOW)


def test_protected_folder_is_said_so(folder):
    protect_folder(folder)
    with pytest.raises(ReadOnly, match="may be read but not changed"):
        Lock(folder / "tea.hallbook").take(NOW)


def test_full_stick_is_said_so_and_keeps_no_half_lock(stick):
    stick.fill()
    with pytest.raises(DiskFull, match="no room left"):
        Lock(stick.path / "tea.hallbook").take(NOW)
    assert not (stick.path / "tea.hallbook.lock").exists()
    stick.free()
    Lock(stick.path / "tea.hallbook").take(NOW)


def test_holder_reads_back_what_it_wrote(path):
    Lock(path).take(NOW)
    assert Lock(path).holder() == Holder.me(NOW)
    assert Holder.me(NOW).alive()


def test_of_many_that_begin_at_once_one_gets_the_register(register_file):
    code = (
        "import sys; from pathlib import Path; from app.domain.errors import RegisterLocked\n"
        "from app.storage.register import Register\n"
        "print('ready', flush=True); input()\n"
        "try: register = Register.open(Path(sys.argv[1]))\n"
        "except RegisterLocked: print('locked', flush=True)\n"
        "else: print('open', flush=True); input(); register.close()"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(register_file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    try:
        for program in programs:
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            program.stdin.write("\n")
            program.stdin.flush()
        said = sorted(program.stdout.readline().strip() for program in programs)
    finally:
        for program in programs:
            program.communicate("\n")
    assert said == ["locked", "locked", "locked", "open"]
    Lock(register_file).take(NOW)
