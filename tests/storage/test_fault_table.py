"""Every fault that was looked at has a test and a sentence of its own; those with none yet are here."""

import random
import re
import subprocess
from pathlib import Path

import pytest

from app.domain import errors
from app.services import backups, registers
from app.storage import backup, opening
from app.storage.register import Register
from tests import builders
from tests.conftest import NOW
from tests.times import times

TESTS = Path(__file__).parents[1]
TABLE = {
    "disk full while ticking": "storage/test_faults.py::test_stick_that_fills_up_in_the_middle_of_a_tick_keeps_every_earlier_one",
    "disk full while importing": "services/test_full_disk.py::test_import_that_does_not_fit_leaves_the_book_as_it_was",
    "disk full while printing": "services/test_full_disk.py::test_return_that_does_not_fit_leaves_no_file_and_the_old_one_whole",
    "disk full while exporting": "services/test_full_disk.py::test_open_data_that_does_not_fit_leaves_nothing",
    "disk full while copying": "services/test_backups.py::test_full_stick_gets_no_half_a_backup",
    "disk full while restoring": "services/test_backups.py::test_full_disk_leaves_what_is_there_untouched",
    "disk full while upgrading": "storage/test_schema.py::test_copy_that_finds_no_room_stops_everything_and_leaves_no_half",
    "disk full for settings": "services/test_full_disk.py::test_what_is_kept_about_books_stays_whole_when_it_cannot_be_written",
    "disk full for the log": "services/test_full_disk.py::test_log_that_finds_no_room_keeps_nobody_from_working",
    "disk full for welfare notes": "services/test_welfare.py::test_full_disk_keeps_what_was_there",
    "read-only stick": "storage/test_opening.py::test_register_on_a_protected_stick_can_be_read_and_not_written",
    "file moved while open": "storage/test_faults.py::test_file_that_was_moved_while_open_takes_no_more_saves",
    "file replaced while open": "storage/test_faults.py::test_file_that_another_one_took_the_place_of_takes_no_more_saves",
    "stick pulled while open": "storage/test_faults.py::test_stick_that_is_pulled_out_while_open_takes_no_more_saves",
    "stick pulled while copying": "storage/test_fault_table.py::test_stick_that_is_pulled_while_a_copy_is_made_has_no_copy",
    "path that is gone": "storage/test_opening.py::test_missing_file_is_said_to_be_missing",
    "second copy of the program": "storage/test_opening.py::test_second_to_write_is_told_who_has_it_open",
    "file copied while open": "storage/test_fault_table.py::test_file_that_somebody_copies_while_it_is_open_is_whole",
    "wrong password": "storage/test_opening.py::test_register_with_a_password_opens_with_it_only",
    "flipped bit": "storage/test_fault_table.py::test_flipped_bit_is_found_or_does_no_harm",
    "older schema, half-way": "storage/test_released.py::test_upgrade_that_trips_at_any_statement_leaves_the_file_as_it_was",
    "newer file": "storage/test_opening.py::test_register_of_a_newer_program_is_left_alone",
    "clock set back": "storage/test_fault_table.py::test_clock_set_back_loses_nothing_and_ids_still_rise",
    "killed": "services/test_killed_work.py::test_killed_program_leaves_its_work_whole_or_not_begun",
    "power cut": "storage/test_power.py::test_power_cut_loses_nothing_that_was_said_to_be_saved",
    "any call trips": "services/test_every_call.py::test_use_case_is_done_whole_or_not_at_all_whichever_call_trips",
}  # fmt: skip


@pytest.mark.parametrize("fault", TABLE)
def test_fault_has_its_test(fault):
    file, _, name = TABLE[fault].partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)


def test_stick_that_is_pulled_while_a_copy_is_made_has_no_copy(stick, register_file):
    """The folder beneath it may still be there: what lands in it is on the laptop, and no copy."""
    pulled = []

    def pull():
        if not pulled:
            pulled.append(stick.pull())
        return False

    with pytest.raises(errors.AppError) as caught:
        backup.make(register_file, stick.path, password=None, now=NOW, stop=pull)
    assert pulled
    assert "in properly" in caught.value.text or "not" in caught.value.text
    assert list(stick.path.iterdir()) == []


def test_file_that_somebody_copies_while_it_is_open_is_whole(register_file, tmp_path):
    copy = tmp_path / "copied by hand.hallbook"
    with Register.open(register_file) as register:
        for number in range(30):
            builders.person(register, f"Person {number}")
        # By another program: to open the file here would let go of SQLite's locks.
        subprocess.run(["cp", register_file, copy], check=True)
        builders.person(register, "Later")
    with Register.open(copy) as register:
        assert register.value("SELECT count(*) FROM person") == 30
        assert registers.check(register) == ()


def test_clock_set_back_loses_nothing_and_ids_still_rise(register_file):
    moments = iter([NOW, NOW.replace(year=2031), NOW.replace(year=1999)])
    people = []
    for at in moments:
        with Register.open(register_file, now=lambda at=at: at) as register:
            people.append(builders.person(register, f"In {at.year}"))
            people.append(builders.person(register, f"Again in {at.year}"))
    assert len(set(people)) == 6
    assert all(first < second for first, second in zip(people[::2], people[1::2], strict=True))
    with Register.open(register_file) as register:
        assert registers.check(register) == ()
        assert register.value("SELECT count(*) FROM person") == 6


@pytest.mark.parametrize("password", [None, "marigold"], ids=["plain", "locked"])
def test_flipped_bit_is_found_or_does_no_harm(tmp_path, password):
    book, folder = tmp_path / "tea.hallbook", tmp_path / "copies"
    folder.mkdir()
    registers.create(book, "Tea Club", password=password).close()
    with Register.open(book, password=password) as register:
        for number in range(60):
            builders.person(register, f"Person {number}", notes="x" * 400)
    key = opening.key_of(book, password)
    whole, chance, found = book.read_bytes(), random.Random(5), 0
    tries = times(8)
    for _ in range(tries):
        held = bytearray(whole)
        held[chance.randrange(4096, len(held))] ^= 1 << chance.randrange(8)
        book.write_bytes(held)
        try:
            with Register.open(book, password=key, write=False) as register:
                flaws = registers.check(register)
        except errors.AppError as error:
            flaws = (error.text,)
        found += bool(flaws)
        _copy_is_refused_or_whole(book, folder, key)
    print(f"{found} of {tries} found")
    if password:
        assert found == tries


def _copy_is_refused_or_whole(book, folder, key):
    """A page that nothing stands on is not copied: then the copy is better than the book."""
    try:
        made = backups.make(book, folder, password=key, now=NOW)
    except errors.AppError as error:
        assert error.text.endswith(".")
        assert not list(folder.iterdir())
        return
    with Register.open(made.file, password=key, write=False) as register:
        assert register.full_check() == ()
        assert register.value("SELECT count(*) FROM person") == 60
    made.file.unlink()
