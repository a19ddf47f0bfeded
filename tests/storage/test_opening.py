"""Opening a register: what is refused is refused in one sentence, and nothing is changed."""

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import (
    AppError,
    DamagedRegister,
    DiskFull,
    NewerRegister,
    NotARegister,
    PasswordNeeded,
    ReadOnly,
    RegisterExists,
    RegisterLocked,
    RegisterMissing,
    WrongPassword,
)
from app.services import registers
from app.storage import opening, schema
from app.storage.register import Register
from tests import builders
from tests.disks import protect_folder

PASSWORD = "marigold"


@pytest.fixture(scope="session")
def locked_up_made(tmp_path_factory):
    path = tmp_path_factory.mktemp("locked") / "locked.hallbook"
    registers.create(path, "Tea Club", password=PASSWORD).close()
    return path


@pytest.fixture
def locked_up(locked_up_made, folder):
    """A register with a password."""
    return shutil.copy(locked_up_made, folder / "locked.hallbook")


def _refused(path, kind, *, write=True, **options):
    """Open a file that is refused; return the sentence, having looked that nothing changed."""
    before = {file.name: file.stat() for file in path.parent.iterdir()}
    print_before = builders.fingerprint(path) if path.is_file() else None
    with pytest.raises(AppError) as caught:
        Register.open(path, write=write, **options)
    assert type(caught.value) is kind, caught.value
    after = {file.name: file.stat() for file in path.parent.iterdir()}
    assert after.keys() == before.keys()
    if print_before:
        assert builders.fingerprint(path) == print_before
        assert after[path.name].st_mtime_ns == before[path.name].st_mtime_ns
    text = caught.value.text
    assert text.endswith(".")
    return text


# --- making -------------------------------------------------------------------------------------


def test_new_register_is_ours_empty_and_open(folder):
    with Register.create(folder / "tea.hallbook") as register:
        assert register.schema_version == schema.newest()
        assert not register.encrypted
        assert register.value("SELECT count(*) FROM person") == 0
        assert register.full_check() == ()
    assert [file.name for file in folder.iterdir()] == ["tea.hallbook"]
    assert (folder / "tea.hallbook").read_bytes()[68:72] == b"HALL"


def test_new_register_writes_over_nothing(folder):
    path = folder / "tea.hallbook"
    path.write_text("13 years of accounts")
    with pytest.raises(RegisterExists, match="Choose another name"):
        Register.create(path)
    assert path.read_text() == "13 years of accounts"
    with pytest.raises(RegisterExists):
        Register.create(folder)
    assert [file.name for file in folder.iterdir()] == ["tea.hallbook"]


def test_new_register_needs_its_folder(folder):
    with pytest.raises(RegisterMissing, match="Check that the folder is there"):
        Register.create(folder / "no such" / "tea.hallbook")


def test_register_that_could_not_be_made_leaves_no_file(folder):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Register.create(folder / "tea.hallbook", fill=stop)
    assert list(folder.iterdir()) == []


def test_register_that_finds_no_room_leaves_no_file(stick):
    stick.fill()
    left = {file.name for file in stick.path.iterdir()}
    with pytest.raises(DiskFull, match="no room"):
        registers.create(stick.path / "tea.hallbook", "Tea Club")
    assert {file.name for file in stick.path.iterdir()} == left


def test_new_register_under_a_lock_somebody_left_is_not_made(folder):
    lock = {"user": "sue", "computer": "laptop-of-sue", "process": 1, "started": 1.0,
            "since": "2026-11-03T10:00:00+00:00"}  # fmt: skip
    (folder / "tea.hallbook.lock").write_text(json.dumps(lock))
    with pytest.raises(RegisterLocked):
        Register.create(folder / "tea.hallbook")
    assert [file.name for file in folder.iterdir()] == ["tea.hallbook.lock"]


# --- what is no register ------------------------------------------------------------------------


def test_missing_file_is_said_to_be_missing(folder):
    text = _refused(folder / "gone.hallbook", RegisterMissing)
    assert "no file called gone.hallbook" in text
    _refused(folder / "gone.hallbook", RegisterMissing, write=False)


def test_folder_is_said_to_be_a_folder(folder):
    (folder / "tea.hallbook").mkdir()
    assert "is a folder" in _refused(folder / "tea.hallbook", NotARegister)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in the file system")
def test_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "tea.hallbook")
    assert "is not a file" in _refused(folder / "tea.hallbook", NotARegister)


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize("write", [True, False])
def test_empty_file_is_said_to_be_empty(folder, write, password):
    (folder / "tea.hallbook").touch()
    text = _refused(folder / "tea.hallbook", NotARegister, write=write, password=password)
    assert "is empty" in text


@pytest.mark.parametrize("name", ["notes.txt", "notes.hallbook"])
@pytest.mark.parametrize("password", [None, PASSWORD])
def test_text_file_is_no_register(folder, name, password):
    (folder / name).write_text("Milk, sugar, biscuits\n")
    assert "is not a whole Hallbook register" in _refused(
        folder / name, NotARegister, password=password
    )


@pytest.mark.parametrize("write", [True, False])
def test_database_of_another_program_is_left_alone(folder, write):
    with sqlite3.connect(folder / "other.db") as other:
        other.execute("CREATE TABLE person (id INTEGER)")
    other.close()
    text = _refused(folder / "other.db", NotARegister, write=write)
    assert "is not a Hallbook register" in text


def test_database_of_another_program_that_calls_itself_ours_is_left_alone(folder):
    with sqlite3.connect(folder / "other.hallbook") as other:
        other.execute("PRAGMA application_id = 0x48414C4C")
        other.execute("CREATE TABLE person (id INTEGER)")
    other.close()
    assert "does not say which" in _refused(folder / "other.hallbook", DamagedRegister)


def test_register_of_a_newer_program_is_left_alone(register_file):
    with sqlite3.connect(register_file) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('hallbook', 'm0099_tomorrow', '2030-01-01')"
        )
    newer.close()
    text = _refused(register_file, NewerRegister)
    assert "newer Hallbook" in text
    _refused(register_file, NewerRegister, write=False)


@pytest.mark.parametrize("write", [True, False])
def test_register_that_states_a_newer_schema_is_left_alone(register_file, write):
    with sqlite3.connect(register_file) as newer:
        newer.execute(f"PRAGMA user_version = {schema.newest() + 1}")
    newer.close()
    assert "newer Hallbook" in _refused(register_file, NewerRegister, write=write)


# --- damage -------------------------------------------------------------------------------------


def _tear(path, first, last):
    """Overwrite a stretch of bytes with others."""
    data = bytearray(path.read_bytes())
    for place in range(first, min(last, len(data))):
        data[place] ^= 0xA5
    path.write_bytes(data)


@pytest.mark.parametrize("write", [True, False])
def test_register_with_a_torn_first_page_is_damaged(register_file, write):
    _tear(register_file, 100, 4096)
    text = _refused(register_file, DamagedRegister, write=write)
    assert "damaged" in text
    assert "backup" in text


def test_torn_page_inside_is_found_by_looking_and_told_when_it_is_read(register_file):
    _tear(register_file, 4096, register_file.stat().st_size)
    with pytest.raises(DamagedRegister):
        Register.open(register_file, write=False)


def test_torn_table_is_found_by_the_check(small_example):
    with Register.open(small_example, write=False) as register:
        page = register.value("SELECT rootpage FROM sqlite_master WHERE name = 'attendance'")
    _tear(small_example, (page - 1) * 4096, page * 4096)
    with Register.open(small_example, write=False) as register:
        assert register.quick_check()
        assert register.full_check()
        assert registers.check(register)
        with pytest.raises(DamagedRegister, match=r"Part of movers\.hallbook is damaged"):
            register.rows("SELECT session_id, mark FROM attendance")


def test_register_cut_short_is_refused(small_example):
    data = small_example.read_bytes()
    small_example.write_bytes(data[: len(data) // 2 // 4096 * 4096])
    with pytest.raises(DamagedRegister), Register.open(small_example, write=False) as register:
        register.value("SELECT count(*) FROM attendance_counted")
    small_example.write_bytes(data[: len(data) // 2 // 4096 * 4096 + 100])
    with pytest.raises(DamagedRegister), Register.open(small_example, write=False) as register:
        register.value("SELECT count(*) FROM attendance_counted")


def test_one_flipped_bit_under_a_password_is_found(locked_up):
    with Register.open(locked_up, password=PASSWORD, write=False) as register:
        page = register.value("SELECT rootpage FROM sqlite_master WHERE name = 'sheet'")
    data = bytearray(locked_up.read_bytes())
    data[page * 4096 - 2000] ^= 4
    locked_up.write_bytes(data)
    with Register.open(locked_up, password=PASSWORD, write=False) as register:
        assert register.quick_check()
        assert register.full_check()


# --- passwords ----------------------------------------------------------------------------------


def test_register_with_a_password_opens_with_it_only(locked_up):
    assert "needs its password" in _refused(locked_up, PasswordNeeded)
    assert "needs its password" in _refused(locked_up, PasswordNeeded, password="")
    text = _refused(locked_up, WrongPassword, password="tulip")
    assert "password is not right" in text
    assert "damaged" in text
    with Register.open(locked_up, password=PASSWORD) as register:
        assert register.encrypted
        assert registers.info(register).name == "Tea Club"


def test_password_nobody_asked_for_is_left_aside(register_file):
    with Register.open(register_file, password=PASSWORD, write=False) as register:
        assert not register.encrypted
        copy = register.copy_to_memory()
        assert copy.execute("SELECT count(*) FROM setting").fetchone()[0] > 0
        copy.close()


def test_register_with_a_password_cut_short_is_refused(locked_up):
    data = locked_up.read_bytes()
    locked_up.write_bytes(data[:5000])
    assert "cut short" in _refused(locked_up, NotARegister, password=PASSWORD)


# --- two at once --------------------------------------------------------------------------------


def test_second_to_write_is_told_who_has_it_open(register_file):
    with Register.open(register_file):
        with pytest.raises(RegisterLocked, match=r"already open: .* has it open on .* since"):
            Register.open(register_file)
        with pytest.raises(RegisterLocked):
            Register.open(register_file)
    Register.open(register_file).close()


def test_others_may_read_while_somebody_writes(register_file):
    with (
        Register.open(register_file) as writer,
        Register.open(register_file, write=False) as reader,
    ):
        builders.person(writer)
        assert reader.value("SELECT count(*) FROM person_counted") == 1
        with pytest.raises(ReadOnly), reader.all_or_nothing():
            reader.execute("DELETE FROM person")
        assert writer.value("SELECT count(*) FROM person_counted") == 1


def test_reading_leaves_neither_lock_nor_trace(register_file):
    before = builders.fingerprint(register_file), register_file.stat().st_mtime_ns
    with Register.open(register_file, write=False) as register:
        assert not register_file.with_name("tea.hallbook.lock").exists()
        registers.info(register)
        registers.check(register)
    assert (builders.fingerprint(register_file), register_file.stat().st_mtime_ns) == before


def test_register_that_a_dead_program_had_open_opens_again(register_file):
    code = (
        "import os; from pathlib import Path; from app.storage.register import Register\n"
        f"Register.open(Path({str(register_file)!r})); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert register_file.with_name("tea.hallbook.lock").exists()
    Register.open(register_file).close()
    assert not register_file.with_name("tea.hallbook.lock").exists()


# --- places that cannot be written --------------------------------------------------------------


def test_register_on_a_protected_stick_can_be_read_and_not_written(stick, register_file):
    shutil.copy(register_file, stick.path)
    stick.protect()
    there = stick.path / register_file.name
    with Register.open(there, write=False) as register:
        assert registers.info(register).name == "Tea Club"
        assert registers.check(register) == ()
    assert "may be read but not changed" in _refused(there, ReadOnly)


def test_register_in_a_protected_folder_can_be_read_and_not_written(folder, register_file):
    there = Path(shutil.copy(register_file, folder))
    protect_folder(folder)
    with Register.open(there, write=False) as register:
        assert registers.info(register).name == "Tea Club"
    _refused(there, ReadOnly)


# --- from older versions ------------------------------------------------------------------------


def test_names_for_copies_are_free(folder):
    path = folder / "tea before update 2026-11-03.hallbook"
    assert opening.free_name(path) == path
    path.touch()
    second = folder / "tea before update 2026-11-03 2.hallbook"
    assert opening.free_name(path) == second
    second.touch()
    assert opening.free_name(path).name == "tea before update 2026-11-03 3.hallbook"


def test_views_of_another_version_are_made_anew_when_the_register_is_opened_to_write(register_file):
    with sqlite3.connect(register_file) as other:
        other.execute("DROP VIEW rate_counted")
        other.execute("CREATE VIEW person_twice AS SELECT 1 AS old")
    other.close()
    before = builders.fingerprint(register_file)
    with Register.open(register_file, write=False) as register:
        assert register.rows("SELECT * FROM rate_counted") == []
        assert register.value("SELECT count(*) FROM sqlite_master WHERE name = 'person_twice'") == 0
    assert builders.fingerprint(register_file) == before
    with Register.open(register_file) as register:
        assert register.rows("SELECT * FROM rate_counted") == []
    with Register.open(register_file, write=False) as register:
        assert register.rows("SELECT * FROM rate_counted") == []
    assert [file.name for file in register_file.parent.glob("*.hallbook")] == ["tea.hallbook"]


def test_clock_of_a_register_is_the_one_it_was_given(folder):
    now = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
    with Register.create(folder / "tea.hallbook", now=lambda: now) as register:
        assert register.stamp() == "2026-11-03T21:04:00+00:00"
