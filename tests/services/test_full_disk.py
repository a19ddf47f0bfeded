"""No room where the program writes: a sentence or nothing, what was there whole, no half a file."""

import datetime as dt
import logging

import pytest

from app import logs, paths
from app.domain.errors import AppError, DiskFull
from app.importers.base import Options
from app.returns.clothes.forms import Form
from app.services import (
    exports,
    guesses,
    imports,
    recent,
    recovery,
    registers,
    returns,
    standing,
    welfare,
)
from app.services.everything_sheet import export_sheet
from app.services.returns import saving
from app.storage.register import Register
from tests.conftest import TODAY
from tests.disks import stick

__all__ = ["stick"]

NOW = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
PASSWORD = "kettle ladder orange"
YEAR_ON = dt.date(2025, 11, 4)
ROOMS = (0, 1, 3)
"""Pages of 4 KiB that are left."""


def _leave(stick, pages):
    """Fill the stick but for so many pages."""
    stick.fill()
    if pages:
        with (stick.path / "holiday pictures").open("rb+") as file:
            file.truncate(file.seek(0, 2) - pages * 4096)


def _held(folder):
    return {
        each.relative_to(folder): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.name not in {"holiday pictures", "one more"}
    }


@pytest.fixture(scope="module")
def filled(small_example_made):
    """A return of several pages, filled."""
    with Register.open(small_example_made, write=False) as register:
        return returns.prepare(register, "privacy-notice", returns.ReturnOptions(counted_at=NOW))


@pytest.mark.parametrize("pages", ROOMS)
@pytest.mark.parametrize("form", Form)
def test_return_that_does_not_fit_leaves_no_file_and_the_old_one_whole(stick, filled, form, pages):
    new, old = stick.path / f"new{form}", stick.path / f"old{form}"
    saving.write(filled, old)
    before = _held(stick.path)
    _leave(stick, 0 if form is Form.TEXT else pages)
    if pages and old.stat().st_size < pages * 4096:
        pytest.skip("it fits")
    for out in (new, old):
        with pytest.raises(DiskFull) as caught:
            saving.write(filled, out)
        assert out.name in caught.value.text
        assert caught.value.text.endswith(".")
    assert _held(stick.path) == before
    stick.free()
    saving.write(filled, new)
    assert new.read_bytes()


@pytest.mark.parametrize("pages", ROOMS)
def test_import_that_does_not_fit_leaves_the_book_as_it_was(stick, tmp_path, pages):
    book = stick.path / "tea.hallbook"
    registers.create(book, "Tea Club").close()
    file = tmp_path / "people.csv"
    names = "\n".join(f"Person{n},Pretend" for n in range(300))
    file.write_text(f"First name,Last name\n{names}\n", encoding="utf-8")
    with registers.open_register(book, undo=True) as register:
        prepared = imports.prepare(register, "people", file, Options(today=TODAY))
        _leave(stick, pages)
        with pytest.raises(DiskFull, match="Nothing was lost"):
            imports.carry_out(register, prepared)
        assert registers.info(register).counts["people"] == 0
        assert imports.list_imports(register) == ()
        stick.free()
        assert imports.carry_out(register, prepared).added == 300
        assert registers.check(register) == ()


@pytest.mark.parametrize("ending", ["csv", "txt", "xlsx"])
def test_report_of_an_import_that_does_not_fit_leaves_the_old_one_whole(
    stick, register, tmp_path, ending
):
    file = tmp_path / "people.csv"
    file.write_text("First name,Last name\nAmy,Pretend\n", encoding="utf-8")
    prepared = imports.prepare(register, "people", file, Options(today=TODAY))
    report = imports.carry_out(register, prepared)
    out = stick.path / f"report.{ending}"
    imports.save_report(report, out)
    before = _held(stick.path)
    _leave(stick, 0)
    with pytest.raises(DiskFull, match=r"report\."):
        imports.save_report(report, out)
    assert _held(stick.path) == before


def test_everything_as_a_spreadsheet_that_does_not_fit_leaves_nothing(stick, small_example):
    _leave(stick, 3)
    before = _held(stick.path)
    with Register.open(small_example, write=False) as register, pytest.raises(DiskFull):
        export_sheet(register, stick.path / "everything.xlsx")
    assert _held(stick.path) == before


def test_open_data_that_does_not_fit_leaves_nothing(stick, small_example):
    _leave(stick, 1)
    before = _held(stick.path)
    with Register.open(small_example, write=False) as register, pytest.raises(DiskFull):
        exports.export_everything(register, stick.path / "open")
    assert _held(stick.path) == before


@pytest.fixture
def home(stick, monkeypatch):
    """The program's own folder is on the stick."""
    folder = stick.path / "home"
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    return folder


def test_what_is_kept_about_books_stays_whole_when_it_cannot_be_written(stick, home, tmp_path):
    book = tmp_path / "Tea Club.hallbook"
    registers.create(book, "Tea Club").close()
    recent.note_opened(book, "Tea Club", NOW)
    guesses.note_wrong(book, NOW)
    standing.note_trouble("a1", "the stick is not in")
    before = _held(home)
    assert len(before) == 3
    _leave(stick, 0)
    for number in range(40):
        recent.note_opened(tmp_path / f"{number}.hallbook", "x" * 200, NOW)
        guesses.note_wrong(tmp_path / f"{number}.hallbook", NOW)
        standing.note_trouble(f"b{number}", "y" * 200)
    assert {name: held for name, held in _held(home).items() if name.suffix == ".toml"} == before
    assert recent.recent_books()[0].group == "Tea Club"


def test_columns_that_cannot_be_remembered_do_not_spoil_what_was(stick, home, register, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("First name,Last name\nAmy,Pretend\n", encoding="utf-8")
    options = Options(today=TODAY, columns={"First name": "given_name"})
    prepared = imports.prepare(register, "people", file, options)
    imports.remember("people", prepared.plan, options)
    before = _held(home)
    assert before
    _leave(stick, 0)
    with pytest.raises(DiskFull, match="import is not touched"):
        imports.remember("people", prepared.plan, options)
    assert _held(home) == before


def test_log_that_finds_no_room_keeps_nobody_from_working(stick, home):
    _leave(stick, 0)
    logs.set_up(paths.log_folder())
    for _ in range(50):
        logging.getLogger("app.test").error("a line of the log: %d", 4)
    assert logs.set_up(paths.log_folder()) in {None, paths.log_folder() / logs.FILE_NAME}


def test_copies_that_find_no_room_are_told_and_stop_nobody(stick, home, tmp_path):
    book = tmp_path / "Tea Club.hallbook"
    registers.create(book, "Tea Club").close()
    _leave(stick, 1)
    with registers.open_register(book) as register:
        known = standing.make_copies(standing.wanted(register), now=NOW)
    assert known.here is None
    assert "no room" in known.trouble


def test_new_sheet_and_new_notes_that_find_no_room_leave_the_book_as_it_was(stick):
    book = stick.path / "tea.hallbook"
    registers.create(book, "Tea Club", password=PASSWORD).close()
    recovery.make(book, password=PASSWORD, now=NOW)
    before = _held(stick.path)
    _leave(stick, 0)
    for work in (
        lambda: recovery.make(book, password=PASSWORD, now=NOW),
        lambda: welfare.begin(book, new=PASSWORD, now=NOW),
    ):
        with pytest.raises(AppError) as caught:
            work()
        assert isinstance(caught.value, DiskFull), caught.value
        assert _held(stick.path) == before
    stick.free()
    with registers.open_register(book, password=PASSWORD) as register:
        assert recovery.state(register, TODAY).works
