"""The world's faults: each its own sentence, earlier saves kept, and work goes on when cured."""

import shutil

import pytest

from app.domain import errors
from app.services import registers
from app.storage import driver, faults
from app.storage.faults import Place
from app.storage.register import Register
from tests import builders


def _fill_with_people(register, limit=5000):
    """Add people until it goes wrong; return how many were added."""
    for number in range(limit):
        try:
            builders.person(register, f"Person {number}", notes="x" * 2000)
        except errors.AppError as error:
            return number, error
    raise AssertionError("nothing went wrong")


def _still_works(register, added):
    assert register.value("SELECT count(*) FROM person") == added
    assert register.full_check() == ()
    builders.person(register, "One more")
    assert register.value("SELECT count(*) FROM person") == added + 1
    assert registers.check(register) == ()


def test_full_database_is_told_and_nothing_saved_is_lost(register_file):
    with Register.open(register_file) as register:
        register.keep_undo()
        connection = register._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        added, error = _fill_with_people(register)
        assert isinstance(error, errors.DiskFull)
        assert "tea.hallbook" in error.text
        assert "Make room" in error.text
        assert added > 5
        connection.execute(f"PRAGMA max_page_count = {pages + 4000}")
        _still_works(register, added)


def test_stick_that_fills_up_in_the_middle_of_a_tick_keeps_every_earlier_one(stick, register_file):
    there = stick.path / "tea.hallbook"
    shutil.copy(register_file, there)
    with Register.open(there) as register:
        register.keep_undo()
        at = builders.session(register)
        people = [builders.person(register, f"Person {n}") for n in range(40)]
        for who in people[:20]:
            assert builders.mark(register, at, who).ids
        stick.fill()
        kept, error = 20, None
        for who in people[20:]:
            try:
                builders.mark(register, at, who)
            except errors.AppError as caught:
                error = caught
                break
            kept += 1
        assert isinstance(error, errors.DiskFull), error
        assert register.value("SELECT count(*) FROM attendance") == kept
        assert register.full_check() == ()
        stick.free()
        assert builders.mark(register, at, people[-1]).ids
        assert register.value("SELECT count(*) FROM attendance") == kept + 1
    with Register.open(there) as register:
        assert register.value("SELECT count(*) FROM attendance") == kept + 1
        assert registers.check(register) == ()


def test_file_that_was_moved_while_open_takes_no_more_saves(register_file):
    with Register.open(register_file) as register:
        builders.person(register)
        moved = register_file.rename(register_file.with_name("moved.hallbook"))
        with pytest.raises(errors.RegisterGone, match="no longer where it was opened from"):
            builders.person(register, "Lost")
        moved.rename(register_file)
        builders.person(register, "Back")
        assert register.value("SELECT count(*) FROM person") == 2
    with Register.open(register_file) as register:
        assert register.value("SELECT count(*) FROM person") == 2


def test_stick_that_is_pulled_out_while_open_takes_no_more_saves(stick, register_file):
    there = stick.path / "tea.hallbook"
    shutil.copy(register_file, there)
    register = Register.open(there)
    builders.person(register)
    stick.pull()
    with pytest.raises(errors.RegisterGone, match="Put the stick or the file back"):
        builders.person(register, "Lost")
    register.close()


def test_file_that_another_one_took_the_place_of_takes_no_more_saves(register_file):
    """As a synchronising program does: it writes a new file and renames it over the old one."""
    other = shutil.copy(register_file, register_file.with_name("other.hallbook"))
    register = Register.open(register_file)
    other.replace(register_file)
    with pytest.raises(errors.RegisterGone):
        builders.person(register)
    register.close()


def test_file_that_was_deleted_while_open_takes_no_more_saves(register_file):
    register = Register.open(register_file)
    register_file.unlink()
    with pytest.raises(errors.RegisterGone):
        builders.person(register)
    register.close()


class _Fault(driver.DriverError):
    def __init__(self, name):
        super().__init__("words that must not decide")
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_FULL", errors.DiskFull),
        ("SQLITE_READONLY", errors.ReadOnly),
        ("SQLITE_READONLY_DIRECTORY", errors.ReadOnly),
        ("SQLITE_CANTOPEN_ISDIR", errors.RegisterMissing),
        ("SQLITE_BUSY", errors.RegisterLocked),
        ("SQLITE_BUSY_SNAPSHOT", errors.RegisterLocked),
        ("SQLITE_LOCKED", errors.RegisterLocked),
        ("SQLITE_NOTADB", errors.WrongPassword),
        ("SQLITE_CORRUPT_VTAB", errors.DamagedRegister),
        ("SQLITE_IOERR_WRITE", errors.DiskTrouble),
        ("SQLITE_IOERR_SHORT_READ", errors.DiskTrouble),
        ("SQLITE_PERM", errors.ReadOnly),
        ("SQLITE_INTERRUPT", errors.Cancelled),
    ],
)
def test_result_code_decides_what_is_said(tmp_path, name, kind):
    told = faults.translate(_Fault(name), Place(tmp_path / "tea.hallbook"))
    assert type(told) is kind
    assert told.text.endswith(".")
    if kind is not errors.Cancelled:
        assert "tea.hallbook" in told.text


@pytest.mark.parametrize(
    "name", ["SQLITE_ERROR", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT", "SQLITE_MISUSE", ""]
)
def test_our_own_fault_stays_a_fault(tmp_path, name):
    assert faults.translate(_Fault(name), Place(tmp_path)) is None
    with pytest.raises(_Fault), Place(tmp_path).told():
        raise _Fault(name)


def test_what_is_no_error_of_the_driver_passes():
    with pytest.raises(ZeroDivisionError), Place(None).told():
        raise ZeroDivisionError


def test_no_sentence_blames(tmp_path):
    for name in faults._KINDS:
        said = faults.translate(_Fault(name), Place(tmp_path / "tea.hallbook")).text.lower()
        assert not [w for w in ("invalid", "failed", "error", "illegal", "you must") if w in said]
