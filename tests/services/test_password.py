"""A register's password: set, changed and removed on a proved copy; the old file or the new, whole."""

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import logs
from app.domain import errors
from app.services import password as passwords
from app.services import registers
from app.services.result import Done, Refused
from app.storage import driver
from app.storage.register import Register
from tests import builders
from tests.disks import stick
from tests.times import times

__all__ = ["stick"]

NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
OLD, NEW = "kettle ladder orange", 'Käthe\'s "blue" teapot'
ROOT = Path(__file__).parents[2]


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    with Register.open(path) as register:
        at = builders.session(register)
        for name in ("Alba Pretend", "Bilal Pretend"):
            builders.mark(register, at, builders.person(register, name))
    return path


@pytest.fixture
def locked(plain):
    assert isinstance(passwords.set_password(plain, new=OLD, now=NOW), Done)
    return plain


def _everything(path, password):
    """Return every row of every table, the search index included."""
    with Register.open(path, password=password, write=False) as register:
        assert registers.check(register) == ()
        tables = register.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(map(repr, map(tuple, register.rows(f'SELECT * FROM "{name}"'))))
            for (name,) in tables
        }


def _alone(path):
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def _refused(answer, code):
    assert isinstance(answer, Refused)
    assert [problem.code for problem in answer.problems] == [code]


def test_password_is_set_and_nothing_else_changes(plain):
    before = _everything(plain, None)
    assert isinstance(passwords.set_password(plain, new=NEW, now=NOW), Done)
    assert _everything(plain, NEW) == before
    held = plain.read_bytes()
    for word in (b"SQLite", b"Alba", b"Bilal", b"Pretend", b"Tea Club", b"CREATE", NEW.encode()):
        assert word not in held
    with pytest.raises(errors.PasswordNeeded):
        Register.open(plain)
    _alone(plain)


def test_password_is_changed_and_the_old_one_opens_nothing(locked):
    before = _everything(locked, OLD)
    assert isinstance(passwords.change_password(locked, old=OLD, new=NEW, now=NOW), Done)
    assert _everything(locked, NEW) == before
    with pytest.raises(errors.WrongPassword):
        Register.open(locked, password=OLD)
    _alone(locked)


def test_password_is_removed(locked):
    before = _everything(locked, OLD)
    assert isinstance(passwords.remove_password(locked, old=OLD, now=NOW), Done)
    assert _everything(locked, None) == before
    with Register.open(locked) as register:
        assert not register.encrypted
    _alone(locked)


def test_register_goes_on_being_written_after_each(plain):
    passwords.set_password(plain, new=OLD, now=NOW)
    passwords.change_password(plain, old=OLD, new=NEW, now=NOW)
    with Register.open(plain, password=NEW) as register:
        builders.person(register, "Cerys Pretend")
        assert registers.check(register) == ()
        assert registers.info(register).counts["people"] == 3


def test_whole_pretend_group_comes_through(small_example):
    before = _everything(small_example, None)
    passwords.set_password(small_example, new=OLD, now=NOW)
    assert _everything(small_example, OLD) == before


@pytest.mark.parametrize(
    ("new", "code"),
    [("", "password_needed"), ("   ", "password_needed"), ("tea", "password_too_short")],
)
def test_new_password_that_will_not_do_changes_nothing(plain, new, code):
    before = plain.read_bytes()
    _refused(passwords.set_password(plain, new=new, now=NOW), code)
    assert plain.read_bytes() == before


def test_change_to_the_same_or_too_short_a_password_changes_nothing(locked):
    before = locked.read_bytes()
    _refused(passwords.change_password(locked, old=OLD, new=OLD, now=NOW), "password_same")
    _refused(passwords.change_password(locked, old=OLD, new="tea", now=NOW), "password_too_short")
    assert locked.read_bytes() == before


def test_wrong_or_missing_password_changes_nothing(locked):
    before = locked.read_bytes()
    for old, kind in ((NEW, errors.WrongPassword), (None, errors.PasswordNeeded)):
        with pytest.raises(kind, match=r"tea\.hallbook"):
            passwords.change_password(locked, old=old, new=NEW, now=NOW)
        with pytest.raises(kind, match=r"tea\.hallbook"):
            passwords.remove_password(locked, old=old, now=NOW)
    assert locked.read_bytes() == before
    _alone(locked)


def test_password_is_set_only_once_and_changed_only_where_there_is_one(plain):
    _refused(passwords.change_password(plain, old=None, new=NEW, now=NOW), "password_has_none")
    _refused(passwords.remove_password(plain, old=None, now=NOW), "password_has_none")
    passwords.set_password(plain, new=OLD, now=NOW)
    _refused(passwords.set_password(plain, new=NEW, now=NOW), "password_has_one")


def test_open_register_keeps_its_password(locked):
    with Register.open(locked, password=OLD) as register:
        with pytest.raises(errors.RegisterLocked):
            passwords.change_password(locked, old=OLD, new=NEW, now=NOW)
        builders.person(register, "Cerys Pretend")
    with Register.open(locked, password=OLD, write=False) as register:
        assert registers.info(register).counts["people"] == 3


def test_other_file_gets_no_password(tmp_path):
    letter = tmp_path / "letter.hallbook"
    letter.write_text("Dear Sir")
    for answer in (
        lambda: passwords.set_password(letter, new=NEW, now=NOW),
        lambda: passwords.remove_password(letter, old=OLD, now=NOW),
    ):
        with pytest.raises(errors.NotARegister, match=r"letter\.hallbook"):
            answer()
    assert letter.read_text() == "Dear Sir"
    _alone(letter)


def test_foreign_database_gets_no_password(tmp_path):
    path = tmp_path / "other.hallbook"
    connection = driver.connect(path, mode="rwc")
    connection.execute("CREATE TABLE tea (cups)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(errors.NotARegister, match=r"other\.hallbook"):
        passwords.set_password(path, new=NEW, now=NOW)
    assert path.read_bytes() == before
    _alone(path)


@pytest.mark.parametrize("room", [0, 2, 40, 90], ids="{} pages".format)
def test_full_stick_leaves_the_register_as_it_was(plain, stick, room):
    there = stick.path / "tea.hallbook"
    shutil.copy(plain, there)
    before = there.read_bytes()
    stick.fill()
    if room:
        with (stick.path / "holiday pictures").open("rb+") as file:
            file.truncate(file.seek(0, 2) - room * 4096)
    filled = {each.name for each in stick.path.iterdir()}
    with pytest.raises(errors.DiskFull, match="no room"):
        passwords.set_password(there, new=NEW, now=NOW)
    assert there.read_bytes() == before
    assert {each.name for each in stick.path.iterdir()} == filled
    stick.free()
    assert isinstance(passwords.set_password(there, new=NEW, now=NOW), Done)


def test_permissions_and_shortcut_stay(plain, tmp_path):
    plain.chmod(0o600)
    shortcut = tmp_path / "shortcut.hallbook"
    try:
        shortcut.symlink_to(plain)
    except OSError:
        pytest.skip("this account may not make shortcuts")
    passwords.set_password(shortcut, new=NEW, now=NOW)
    assert shortcut.is_symlink()
    assert plain.stat().st_mode & 0o777 == 0o600
    assert passwords.check_password(plain, NEW) is None


def test_password_stands_in_no_trace_of_a_fault(plain, monkeypatch):
    def broken(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("app.storage.copies.prove", broken)
    before = plain.read_bytes()
    with pytest.raises(RuntimeError) as caught:
        passwords.set_password(plain, new=NEW, now=NOW)
    assert NEW not in logs.safe_traceback(caught.value)
    assert plain.read_bytes() == before
    _alone(plain)


def _whole_with_one_of(path):
    """Return the password that opens a register now; it must be whole, with everything in it."""
    for password in (OLD, NEW):
        try:
            with Register.open(path, password=password) as register:
                assert registers.check(register) == ()
                assert registers.info(register).counts["people"] == 2
                return password
        except errors.WrongPassword:
            continue
    raise AssertionError("neither password opens it")


@pytest.mark.usefixtures("all_rounds")
def test_program_killed_half_way_leaves_the_old_file_or_the_new_whole(locked):
    chance = random.Random(20261122)
    current, seen, took = OLD, set(), 0.0
    for number in range(times(7) + 40):
        if number >= times(7) and seen == {OLD, NEW}:
            break
        other = NEW if current == OLD else OLD
        passed = {"HALLBOOK_PASSWORD": current, "HALLBOOK_NEW_PASSWORD": other}
        with subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_password", str(locked)],
            cwd=ROOT, env={**os.environ, **passed},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as changer:  # fmt: skip
            assert changer.stdout.readline() == "begun\n", changer.stderr.read()
            if not took:  # how long a whole change takes here and now
                began = time.monotonic()
                assert changer.stdout.readline() == "begun\n", changer.stderr.read()
                took = time.monotonic() - began
            with pytest.raises(subprocess.TimeoutExpired):  # it goes on until it is killed
                changer.wait(chance.uniform(0, 2 * took))
            changer.kill()
        current = _whole_with_one_of(locked)
        seen.add(current)
    assert seen == {OLD, NEW}
    other = NEW if current == OLD else OLD
    passwords.change_password(locked, old=current, new=other, now=NOW)
    _alone(locked)
