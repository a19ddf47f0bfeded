"""A program that is killed while it saves loses nothing that it said was saved."""

import datetime as dt
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.services import registers
from app.storage.register import Register
from tests import builders

WRITER = Path(__file__).with_name("killed_writer.py")
ROOT = Path(__file__).parents[2]


def _prepare(path, password):
    registers.create(path, "Tea Club", password=password).close()
    with Register.open(path, password=password) as register:
        tea = builders.activity(register)
        for week in range(40):
            builders.session(register, tea, dt.date(2026, 1, 6) + dt.timedelta(weeks=week))
        for number in range(50):
            builders.person(register, f"Person {number}", notes="x" * 500)


def _run_and_kill(path, password, saves):
    """Let the writer save so many times and kill it; return the last number it acknowledged."""
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(path), password or ""],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        last = 0
        for _ in range(saves):
            line = writer.stdout.readline()
            assert line, writer.stderr.read()
            last = int(line)
        writer.kill()
        for line in writer.stdout:
            if line.endswith("\n"):
                last = int(line)
        return last


@pytest.mark.usefixtures("all_rounds")
@pytest.mark.parametrize(
    ("password", "kills"), [(None, 20), ("marigold", 4)], ids=["plain", "locked"]
)
def test_nothing_that_was_acknowledged_is_lost(tmp_path, password, kills):
    path = tmp_path / "tea.hallbook"
    _prepare(path, password)
    chance = random.Random(7)
    unacknowledged = 0
    for _ in range(kills):
        acknowledged = _run_and_kill(path, password, chance.randrange(1, 30))
        with Register.open(path, password=password, write=False) as register:
            assert register.quick_check() == ()
            marks = register.value("SELECT count(*) FROM attendance")
            noted = register.value("SELECT count(*) FROM journal WHERE use_case = 'mark.set'")
            enrolled = register.value("SELECT count(*) FROM enrolment")
        assert marks in {acknowledged, acknowledged + 1}
        assert noted == marks, "a mark and its line in the journal come together or not at all"
        assert enrolled == min(marks, 50)
        unacknowledged += marks - acknowledged
    with Register.open(path, password=password) as register:
        assert registers.check(register) == ()
    assert unacknowledged <= kills
