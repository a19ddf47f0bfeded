"""Backups and restoring, with real files: whole or not at all, and never at the cost of what is there."""

import datetime as dt
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain import errors
from app.services import backups, registers
from app.services import password as passwords
from app.storage import driver, schema
from app.storage.register import Register
from tests import builders
from tests.disks import protect_folder, stick

__all__ = ["stick"]

NOW = dt.datetime(2026, 11, 22, 21, 4).astimezone()
ROOT = Path(__file__).parents[2]
PASSWORD = "kettle ladder orange"
BLAME = ("invalid", "failed", "error", "exception")


@pytest.fixture(params=[None, PASSWORD], ids=["plain", "locked"])
def password(request):
    return request.param


@pytest.fixture
def book(tmp_path, password):
    """A register of three people, closed."""
    path = tmp_path / "Tea Club.hallbook"
    registers.create(path, "Tea Club", password=password).close()
    _add(path, password, "Alba Pretend", "Bilal Pretend", "Cerys Pretend")
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def _add(path, password, *names):
    with Register.open(path, password=password) as register:
        for name in names:
            builders.person(register, name)


def _people(path, password=None):
    with Register.open(path, password=password, write=False) as register:
        assert registers.check(register) == ()
        return register.value("SELECT count(*) FROM person")


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _refused(kind, *parts):
    return pytest.raises(kind, match=".*".join(parts))


def _plain_sentence(caught):
    assert not [word for word in BLAME if word in caught.value.text.lower()], caught.value.text
    assert caught.value.text.endswith(".")


# --- making --------------------------------------------------------------------------------------


def test_backup_is_a_dated_counted_copy_that_opens(book, folder, password):
    before = book.read_bytes()
    made = backups.make(book, folder, password=password, now=NOW)
    assert made.file == folder / "Tea Club 2026-11-22 2104.hallbook"
    assert made.counts["people"] == 3
    assert _names(folder) == [made.file.name]
    assert _people(made.file, password) == 3
    assert book.read_bytes() == before


def test_second_backup_in_the_same_minute_gets_a_number(book, folder, password):
    first = backups.make(book, folder, password=password, now=NOW)
    kept = first.file.read_bytes()
    second = backups.make(book, folder, password=password, now=NOW)
    assert second.file.name == "Tea Club 2026-11-22 2104 2.hallbook"
    assert first.file.read_bytes() == kept


def test_backup_is_made_while_the_register_is_open(book, folder, password):
    with Register.open(book, password=password) as register:
        builders.person(register, "Dafydd Pretend")
        assert backups.make(book, folder, password=password, now=NOW).counts["people"] == 4
        builders.person(register, "Elin Pretend")
    assert _people(book, password) == 5


def test_backup_of_an_encrypted_register_needs_its_password_and_hides_every_name(tmp_path, folder):
    book = tmp_path / "Tea Club.hallbook"
    registers.create(book, "Tea Club", password=PASSWORD).close()
    _add(book, PASSWORD, "Alba Pretend", "Bilal Pretend")
    made = backups.make(book, folder, password=PASSWORD, now=NOW)
    for file in (book, made.file):
        held = file.read_bytes()
        for word in (
            b"SQLite",
            b"Alba",
            b"Bilal",
            b"Pretend",
            b"Tea Club",
            b"CREATE TABLE",
            PASSWORD.encode(),
        ):
            assert word not in held
    with pytest.raises(errors.WrongPassword):
        _people(made.file, "another password")
    with pytest.raises(errors.PasswordNeeded):
        _people(made.file)


def test_wrong_password_makes_no_backup(tmp_path, folder):
    book = tmp_path / "tea.hallbook"
    registers.create(book, "Tea Club", password=PASSWORD).close()
    with _refused(errors.WrongPassword, "tea.hallbook"):
        backups.make(book, folder, password="another password", now=NOW)
    with _refused(errors.PasswordNeeded, "tea.hallbook"):
        backups.make(book, folder, now=NOW)
    assert _names(folder) == []


def test_backup_keeps_who_may_read_it(book, folder, password):
    book.chmod(0o600)
    made = backups.make(book, folder, password=password, now=NOW)
    assert made.file.stat().st_mode & 0o777 == 0o600


def test_missing_folder_is_told_and_not_made(book, tmp_path, password):
    with _refused(errors.RegisterMissing, "no folder called stick") as caught:
        backups.make(book, tmp_path / "stick", password=password, now=NOW)
    _plain_sentence(caught)
    assert not (tmp_path / "stick").exists()


def test_read_only_folder_is_told(book, folder, password):
    protect_folder(folder)
    with _refused(errors.ReadOnly, "copies may not be written") as caught:
        backups.make(book, folder, password=password, now=NOW)
    _plain_sentence(caught)


def test_read_only_stick_is_told(book, stick, password):
    stick.protect()
    with _refused(errors.ReadOnly, "stick may not be written") as caught:
        backups.make(book, stick.path, password=password, now=NOW)
    _plain_sentence(caught)
    assert _names(stick.path) == []


@pytest.mark.parametrize("room", [0, 1, 30, 80], ids="{} pages".format)
def test_full_stick_gets_no_half_a_backup(book, stick, password, room):
    stick.fill()
    if room:
        with (stick.path / "holiday pictures").open("rb+") as file:
            file.truncate(file.seek(0, 2) - room * 4096)
    filled = _names(stick.path)
    with _refused(errors.DiskFull, "no room", "Tea Club.hallbook") as caught:
        backups.make(book, stick.path, password=password, now=NOW)
    _plain_sentence(caught)
    assert _names(stick.path) == filled
    stick.free()
    assert _people(backups.make(book, stick.path, password=password, now=NOW).file, password) == 3


def test_register_with_broken_lines_is_not_called_backed_up(register_file, folder):
    with Register.open(register_file) as register:
        at = builders.session(register)
        builders.mark(register, at, builders.person(register))
        connection = register._connection
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM session")
    with _refused(errors.DamagedRegister, "could not be proved good") as caught:
        backups.make(register_file, folder, now=NOW)
    _plain_sentence(caught)
    assert _names(folder) == []


def test_what_a_dead_program_left_is_cleared_away_later(book, folder, password):
    left = folder / "Tea Club 2026-11-01 2104.hallbook.4711.part"
    fresh = folder / "Tea Club 2026-11-22 2104.hallbook.4711.part"
    other = folder / "Coffee 2026-11-01 2104.hallbook.4711.part"
    for file in (left, fresh, other):
        file.write_bytes(b"half")
    for file in (left, other):
        os.utime(file, (0, 0))
    backups.make(book, folder, password=password, now=NOW)
    assert not left.exists()
    assert fresh.exists()
    assert other.exists()


def test_register_on_a_read_only_stick_is_backed_up(book, stick, folder, password):
    there = stick.path / "tea.hallbook"
    shutil.copy(book, there)
    stick.protect()
    assert backups.make(there, folder, password=password, now=NOW).counts["people"] == 3


def test_backup_of_an_older_register_is_as_old_and_both_stay_so(register_file, folder, monkeypatch):
    class Change:
        NAME = "m9999_tomorrow"
        SQL = "CREATE TABLE tomorrow (id INTEGER PRIMARY KEY) STRICT;"

    before, today = register_file.read_bytes(), schema.newest()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, Change))
    made = backups.make(register_file, folder, now=NOW)
    assert register_file.read_bytes() == before
    done = backups.restore(made.file, register_file, now=NOW)
    for file in (made.file, register_file, done.saved):
        with Register.open(file, write=False) as register:
            assert register.schema_version == today


# --- thinning ------------------------------------------------------------------------------------


def _a_fortnight(book, folder):
    for night in range(14):
        backups.make(book, folder, now=NOW + dt.timedelta(days=night - 30))


def test_thinning_leaves_the_ten_newest_and_one_a_month(register_file, folder):
    _a_fortnight(register_file, folder)  # 23 October to 5 November
    removed = backups.thin(register_file, folder)
    # The ten newest, 27 October to 5 November, have the last of October among them.
    assert removed == tuple(f"tea 2026-10-{day} 2104.hallbook" for day in (23, 24, 25, 26))
    assert len(_names(folder)) == 10


def test_thinning_leaves_what_is_not_ours_or_not_sound(register_file, folder, tmp_path):
    book = register_file
    _a_fortnight(book, folder)
    text = folder / "tea 2026-10-23 2104.hallbook"
    text.write_text("a letter")
    damaged = folder / "tea 2026-10-24 2104.hallbook"
    damaged.write_bytes(damaged.read_bytes()[:20480])
    other = tmp_path / "other" / "tea.hallbook"
    other.parent.mkdir()
    registers.create(other, "Another Tea").close()
    strange = folder / "tea 2026-10-25 2104.hallbook"
    strange.unlink()
    backups.make(other, folder, now=NOW - dt.timedelta(days=28))
    assert backups.thin(book, folder) == ("tea 2026-10-26 2104.hallbook",)
    assert text.exists()
    assert damaged.exists()
    assert strange.exists()


def test_thinning_leaves_copies_with_an_earlier_password(register_file, folder):
    passwords.set_password(register_file, new=PASSWORD, now=NOW)
    early = backups.make(
        register_file, folder, password=PASSWORD, now=NOW - dt.timedelta(days=20)
    ).file
    passwords.remove_password(register_file, old=PASSWORD, now=NOW)
    for minute in range(11):
        backups.make(register_file, folder, now=NOW + dt.timedelta(minutes=minute))
    assert backups.thin(register_file, folder) == ("tea 2026-11-22 2104.hallbook",)
    assert early.exists()


# --- restoring -----------------------------------------------------------------------------------


def test_restored_register_is_the_backup_and_what_was_there_is_saved(book, folder, password):
    made = backups.make(book, folder, password=password, now=NOW)
    kept = made.file.read_bytes()
    _add(book, password, "Dafydd Pretend")
    done = backups.restore(made.file, book, password=password, now=NOW)
    assert (done.counts["people"], done.saved_checked) == (3, True)
    assert _people(book, password) == 3
    assert done.saved.name == "Tea Club before restore 2026-11-22 2104.hallbook"
    assert _people(done.saved, password) == 4
    assert made.file.read_bytes() == kept
    assert _names(book.parent) == sorted([book.name, done.saved.name, folder.name])


def test_backup_is_restored_where_nothing_was(book, folder, tmp_path, password):
    made = backups.make(book, folder, password=password, now=NOW)
    new = tmp_path / "new" / "tea.hallbook"
    new.parent.mkdir()
    done = backups.restore(made.file, new, password=password, now=NOW)
    assert done.saved is None
    assert _people(new, password) == 3
    assert _names(new.parent) == ["tea.hallbook"]


def test_damaged_register_is_kept_byte_for_byte_before_it_is_replaced(book, folder, password):
    made = backups.make(book, folder, password=password, now=NOW)
    torn = bytearray(book.read_bytes())
    for at in range(4096, len(torn), 4096):
        torn[at : at + 200] = bytes(200)
    book.write_bytes(torn)
    done = backups.restore(made.file, book, password=password, now=NOW)
    assert not done.saved_checked
    assert done.saved.read_bytes() == bytes(torn)
    assert _people(book, password) == 3


def test_journal_of_what_was_there_goes_with_it_and_not_into_the_restored_register(
    tmp_path, folder
):
    source = tmp_path / "open.hallbook"
    registers.create(source, "Tea Club").close()
    book = tmp_path / "tea.hallbook"
    registers.create(book, "Tea Club", password=PASSWORD).close()
    journal = book.with_name(f"{book.name}-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(2000))
    locked, kept = book.read_bytes(), journal.read_bytes()
    done = backups.restore(source, book, now=NOW)
    assert not done.saved_checked
    assert done.saved.read_bytes() == locked
    assert done.saved.with_name(f"{done.saved.name}-journal").read_bytes() == kept
    assert not journal.exists()
    assert _people(book) == 0


def _torn(path):
    held = bytearray(path.read_bytes())
    middle = len(held) // 2 // 4096 * 4096
    held[middle : middle + 4096] = bytes(reversed(held[middle : middle + 4096]))
    path.write_bytes(held)


def _unknown_format(path):
    held = bytearray(path.read_bytes())
    held[44:48] = (9).to_bytes(4, "big")  # a schema format that no SQLite has yet
    path.write_bytes(held)


def _cut(path):
    path.write_bytes(path.read_bytes()[:30_000])


def _foreign(path):
    path.unlink()
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE tea (cups)")
    made.close()


def _newer(path):
    connection = driver.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.newest() + 1}")
    connection.close()


def _wal(path):
    connection = driver.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE more (x)")
    connection.close()


def _wal_beside(path):
    path.with_name(f"{path.name}-wal").write_bytes(b"part of it")


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (_torn, errors.DamagedRegister, "damaged"),
        (_unknown_format, errors.DamagedRegister, "damaged"),
        (_cut, errors.AppError, "tea 2026-11-22 2104.hallbook"),
        (lambda path: path.write_bytes(b""), errors.NotARegister, "is empty"),
        (lambda path: path.write_text("Dear Sir"), errors.NotARegister, "another kind of file"),
        (_foreign, errors.NotARegister, "not a Hallbook register"),
        (_newer, errors.NewerRegister, "newer Hallbook"),
        (_wal, errors.NotARegister, "WAL mode"),
        (_wal_beside, errors.NotARegister, "WAL mode"),
        (lambda path: path.unlink(), errors.RegisterMissing, "no file called"),
        (lambda path: (path.unlink(), path.mkdir()), errors.NotARegister, "is a folder"),
    ],
    ids=["torn", "unknown format", "cut", "empty", "text", "foreign", "newer", "wal", "wal-beside", "gone", "folder"],
)  # fmt: skip
def test_backup_that_is_no_good_is_refused_by_name(register_file, folder, spoil, kind, said):
    source = backups.make(register_file, folder, now=NOW).file
    spoil(source)
    given = source.read_bytes() if source.is_file() else None
    before, there = register_file.read_bytes(), _names(register_file.parent)
    with _refused(kind, said) as caught:
        backups.restore(source, register_file, now=NOW)
    assert source.name in caught.value.text
    _plain_sentence(caught)
    assert register_file.read_bytes() == before
    assert _names(register_file.parent) == there
    assert (source.read_bytes() if source.is_file() else None) == given


def test_encrypted_backup_with_the_wrong_password_or_a_flipped_bit_is_refused(tmp_path, folder):
    book = tmp_path / "tea.hallbook"
    registers.create(book, "Tea Club", password=PASSWORD).close()
    source = backups.make(book, folder, password=PASSWORD, now=NOW).file
    before = book.read_bytes()
    with _refused(errors.WrongPassword, source.name):
        backups.restore(source, book, password="another password", now=NOW)
    held = bytearray(source.read_bytes())
    held[len(held) // 2] ^= 1
    source.write_bytes(held)
    with _refused(errors.DamagedRegister, source.name):
        backups.restore(source, book, password=PASSWORD, now=NOW)
    assert book.read_bytes() == before
    assert _names(tmp_path) == sorted([book.name, folder.name])


def test_open_register_is_not_replaced(book, folder, password):
    made = backups.make(book, folder, password=password, now=NOW)
    with Register.open(book, password=password) as register:
        with _refused(errors.RegisterLocked, "already open"):
            backups.restore(made.file, book, password=password, now=NOW)
        builders.person(register, "Dafydd Pretend")
    assert _people(book, password) == 4


def test_register_that_is_open_is_no_backup(book, tmp_path, password):
    with Register.open(book, password=password), _refused(errors.RegisterLocked, "is open"):
        backups.restore(book, tmp_path / "new.hallbook", password=password, now=NOW)
    assert not (tmp_path / "new.hallbook").exists()


def test_register_is_not_restored_from_itself_or_to_another_kind_of_file(register_file, tmp_path):
    with _refused(errors.Refused, "register itself"):
        backups.restore(register_file, register_file, now=NOW)
    letter = tmp_path / "letter.docx"
    letter.write_text("Dear Sir")
    with _refused(errors.Refused, "letter.docx"):
        backups.restore(register_file, letter, now=NOW)
    assert letter.read_text() == "Dear Sir"
    with _refused(errors.RegisterMissing, "no folder called away"):
        backups.restore(register_file, tmp_path / "away" / "tea.hallbook", now=NOW)


def test_full_disk_leaves_what_is_there_untouched(book, stick, folder, password):
    made = backups.make(book, folder, password=password, now=NOW)
    there = stick.path / "there.hallbook"
    shutil.copy(book, there)
    before = there.read_bytes()
    stick.fill()
    for room in (0, 2, 30, 200):
        if room:
            with (stick.path / "holiday pictures").open("rb+") as file:
                file.truncate(file.seek(0, 2) - room * 4096)
        filled = _names(stick.path)
        with pytest.raises(errors.DiskFull) as caught:
            backups.restore(made.file, there, password=password, now=NOW)
        _plain_sentence(caught)
        assert there.read_bytes() == before
        assert _names(stick.path) == filled


def test_program_killed_while_copying_or_restoring_leaves_only_whole_files(small_example, folder):
    chance = random.Random(22)
    people = _people(small_example)
    for _ in range(7):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_copies", small_example, folder],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as copier:  # fmt: skip
            assert copier.stdout.readline() == "begun\n", copier.stderr.read()
            with pytest.raises(subprocess.TimeoutExpired):  # it goes on until it is killed
                copier.wait(chance.uniform(0, 1))
            copier.kill()
        for file in (*small_example.parent.glob("*.hallbook"), *folder.glob("*.hallbook")):
            with Register.open(file, write=False) as register:
                assert register.quick_check() == ()
                assert register.value("SELECT count(*) FROM person") == people
    assert _people(small_example) == people
    made = backups.make(small_example, folder, now=NOW)
    backups.restore(made.file, small_example, now=NOW)
    assert not list(small_example.parent.glob("movers.hallbook.*"))
