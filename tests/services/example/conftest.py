"""The two pretend books most tests look at: made once, read only."""

import datetime as dt
from pathlib import Path

import pytest

from app.services.example import Size, make_example
from app.storage.register import Register

ENDING = dt.date(2026, 11, 3)


def make(
    folder: Path, size: Size = Size.SMALL, seed: int = 1, ending: dt.date = ENDING
) -> Register:
    """Make a book and open it to read."""
    path = folder / f"{size}-{seed}-{ending}.hallbook"
    make_example(path, size=size, seed=seed, ending=ending)
    return Register.open(path, write=False)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    with make(tmp_path_factory.mktemp("small")) as register:
        yield register


@pytest.fixture(scope="session")
def busy(tmp_path_factory):
    with make(tmp_path_factory.mktemp("busy"), Size.BUSY) as register:
        yield register


@pytest.fixture(params=["small", "busy"])
def book(request):
    """Either book: what must hold whatever the size."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def make_book(tmp_path):
    """Return a function that makes a book of any size, seed and day, open to read."""

    def made(**asked) -> Register:
        return make(tmp_path, **asked)

    return made
