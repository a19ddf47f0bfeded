"""Registers of every released schema, and today's, are brought up to date whole or not at all."""

import shutil
from types import SimpleNamespace

import pytest

from app.domain.errors import AppError
from app.services import registers
from app.storage import driver, schema
from app.storage.register import Register
from tests import builders
from tests.storage.keep_register import KEPT, PASSWORD, keep
from tests.storage.tripping import Tripping
from tests.times import times

TOMORROW = SimpleNamespace(
    NAME="m9999_tomorrow",
    SQL="ALTER TABLE person ADD COLUMN shoe_size INTEGER;\nUPDATE person SET shoe_size = 7;\n"
    "CREATE TABLE shoe (id INTEGER PRIMARY KEY) STRICT;\nINSERT INTO shoe VALUES (1), (2);\n",
)


@pytest.fixture(scope="module")
def kept_today(tmp_path_factory):
    """Both files as a release of today would keep them."""
    return keep(tmp_path_factory.mktemp("kept"))


@pytest.fixture(params=[0, 1], ids=["plain", "locked"])
def old(request, kept_today, tmp_path):
    file = kept_today[request.param]
    return shutil.copy(file, tmp_path / file.name), PASSWORD if request.param else None


def _people(path, password):
    with Register.open(path, password=password, write=False) as register:
        return register.value("SELECT count(*) FROM person")


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.hallbook")), ids=lambda file: file.stem)
def test_kept_register_of_a_release_is_brought_up_to_date(file, tmp_path):
    path = shutil.copy(file, tmp_path / file.name)
    password = PASSWORD if "locked" in file.name else None
    before = _people(path, password)
    with Register.open(path, password=password) as register:
        assert registers.check(register) == ()
        assert register.schema_version == schema.newest()
        assert register.value("SELECT count(*) FROM person") == before > 50


def test_register_of_today_is_brought_up_to_tomorrow(old, monkeypatch):
    path, password = old
    before = _people(path, password)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, TOMORROW))
    with Register.open(path, password=password) as register:
        assert register.value("SELECT count(*) FROM person WHERE shoe_size = 7") == before > 50
        assert registers.check(register) == ()


def test_upgrade_that_trips_at_any_statement_leaves_the_file_as_it_was(old, monkeypatch):
    path, password = old
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, TOMORROW))
    before, at, tries = builders.fingerprint(path), 0, 0
    migrate = schema.migrate
    step = 1 if times(1) > 1 else 7
    while True:
        at += step

        done = []

        def trip(connection, at=at, done=done):
            tripping = Tripping(connection)
            tripping.trip(at, "SQLITE_FULL" if at % 2 else "SQLITE_IOERR")
            done.append(tripping)
            migrate(tripping)

        monkeypatch.setattr(schema, "migrate", trip)
        try:
            Register.open(path, password=password).close()
        except (AppError, driver.DriverError):
            assert done[0].tripped
            assert builders.fingerprint(path) == before
            assert not path.with_name(f"{path.name}.lock").exists()
            tries += 1
            for copy in path.parent.glob("* before update *"):
                copy.unlink()
            continue
        break
    assert tries >= 3
    print(f"{tries} trips")
