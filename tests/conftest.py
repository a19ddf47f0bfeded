"""Fixtures for every test: a fixed day, real registers, homes and settings of their own."""

import contextlib
import datetime as dt
import gc
import logging
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.services import registers
from app.services.example import Size, make_example
from app.storage import driver, opening
from tests.spare import Spare
from tests.times import times

settings.register_profile("suite", max_examples=times(40))
settings.load_profile("suite")

TODAY = dt.date(2026, 11, 3)
"""A Tuesday, as in the pictures of the design."""
NOW = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write expected files anew; review them like code",
    )


def pytest_collection():
    """Ten thousand tests are gathered, and nothing of them is garbage: it is not looked for."""
    gc.disable()


def pytest_collection_finish():
    """They stay until the end: each full look through them would take as long as twenty tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """No test touches the home folder or settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                 "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):  # fmt: skip
        monkeypatch.setenv(name, str(home))
    for name in ("HALLBOOK_PASSWORD", "HALLBOOK_NEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def own_log():
    """A log file that a test began is closed with it."""
    yield
    root = logging.getLogger()
    for handler in [h for h in root.handlers if type(h).__module__ == "app.logs"]:
        root.removeHandler(handler)
        handler.close()


ROUNDS = opening._ROUNDS
_FEW_ROUNDS = 1_000


def make_keys_in(rounds):
    """Let keys be made of passwords in so many rounds, by SQLCipher and by us."""
    opening._ROUNDS = rounds
    with contextlib.closing(driver.connect(None)) as connection:
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")


@pytest.fixture(scope="session", autouse=True)
def few_rounds():
    """Opening a book with a password is made slow on purpose; the tests open hundreds."""
    make_keys_in(_FEW_ROUNDS)


def _all_rounds():
    """Keys as users have them: for files that another process, or an earlier program, has written."""
    make_keys_in(ROUNDS)
    yield
    make_keys_in(_FEW_ROUNDS)


all_rounds = pytest.fixture(_all_rounds)
all_rounds_in_module = pytest.fixture(_all_rounds, scope="module")


@pytest.fixture
def today():
    return TODAY


@pytest.fixture(scope="session")
def spare():
    kept = Spare()
    yield kept
    kept.close()


@pytest.fixture
def register(spare):
    """An empty register in memory, with undo noted as in the window."""
    yield spare.take(now=lambda: NOW)
    spare.give_back()


@pytest.fixture
def register_file(tmp_path):
    """An empty register file called Tea Club, closed."""
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    return path


@pytest.fixture(scope="session")
def small_example_made(tmp_path_factory):
    """The small pretend group, made once; take `small_example` to have a copy of your own."""
    path = tmp_path_factory.mktemp("example") / "small.hallbook"
    make_example(path, size=Size.SMALL, seed=1, ending=TODAY)
    return path


@pytest.fixture
def small_example(small_example_made, tmp_path) -> Path:
    """A copy of the small pretend group."""
    path = tmp_path / "movers.hallbook"
    shutil.copy(small_example_made, path)
    return path
