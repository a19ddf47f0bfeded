"""Fixtures of the command line's tests."""

import json
import time

import pytest

from app import cli
from tests.disks import stick

__all__ = ["stick"]


@pytest.fixture(autouse=True)
def naps(monkeypatch):
    """How long wrong passwords made the command line wait, in seconds; nobody waits here."""
    taken = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


class Said:
    """What a command said: exit status, standard output, standard error."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        """The one document on standard output, and nothing else there."""
        return json.loads(self.out)


@pytest.fixture
def say(capsys):
    """Run a command inside this process, as the program does."""

    def run(*arguments):
        capsys.readouterr()
        try:
            status = cli.run([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        done = capsys.readouterr()
        assert "Traceback" not in done.err + done.out
        return Said(status, done.out, done.err)

    return run
