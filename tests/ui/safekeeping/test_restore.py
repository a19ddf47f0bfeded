"""Restoring: a list of copies that says what each holds, on this computer and on a new one."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from app.domain.recovery import words_of
from app.services import backups, registers
from app.ui.safekeeping.new_laptop_dialog import NewLaptopDialog
from app.ui.safekeeping.password_dialog import PasswordDialog
from app.ui.safekeeping.restore_dialog import RestoreDialog
from app.ui.start.places import books_folder
from tests import builders
from tests.ui.safekeeping.conftest import PASSWORD
from tests.ui.test_accessibility import nameless

WAIT = 30_000


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


def copy_to(stick, path, hour, password=None):
    at = dt.datetime(2026, 11, 2, hour, 4).astimezone()
    return backups.make(path, stick, password=password, now=at).file


@pytest.fixture
def look(empty_window, dialog, qtbot, messages):
    """Open the list and look in a folder too."""

    def at(folder):
        empty_window.menus.restore.trigger()
        shown = dialog(RestoreDialog)
        messages.answers.append(folder)
        shown.folder_button.click()
        qtbot.waitUntil(lambda: shown._job is None, timeout=WAIT)
        return shown

    return at


def cells(shown):
    model = shown.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_copies_are_listed_newest_first_with_what_they_hold(
    empty_window, register_file, stick, look
):
    copy_to(stick, register_file, 19)
    with registers.open_register(register_file) as register:
        builders.person(register, "Alba Pretend")
    copy_to(stick, register_file, 21)
    (stick / "torn 2026-11-01 0900.hallbook").write_bytes(b"SQLite format 3\0" + bytes(5_000))
    (stick / "empty 2026-11-01 0800.hallbook").write_bytes(b"")
    shown = look(stick)
    assert nameless(shown) == []
    rows = cells(shown)
    assert [row[:5] for row in rows[:2]] == [
        ["2 Nov 2026, 21:04", "Tea Club", "1", "0", "£0.00"],
        ["2 Nov 2026, 19:04", "Tea Club", "0", "0", "£0.00"],
    ]
    assert [row[6] for row in rows] == ["Opens", "Opens", "Cannot be used", "Cannot be used"]
    shown.table.selectRow(3)
    assert "is empty" in shown.notice.text
    assert not shown.restore_button.isEnabled()


def test_copy_restored_over_the_open_book_saves_what_was_there(
    empty_window, register_file, stick, look, qtbot
):
    copy_to(stick, register_file, 19)
    with registers.open_register(register_file) as register:
        builders.person(register, "Alba Pretend")
    empty_window.shelf.open_path(register_file)
    shown = look(stick)
    row = next(n for n, one in enumerate(shown.model.rows) if one.path.parent == stick)
    shown.table.selectRow(row)
    assert "saved first" in shown.target.text()
    shown.restore_button.click()
    qtbot.waitUntil(
        lambda: (
            empty_window.frame is not None and "saved as" in empty_window.frame.home.notice.text
        ),
        timeout=WAIT,
    )
    assert empty_window.shelf.book.register.value("SELECT count(*) FROM person") == 0
    saved = next(p for p in register_file.parent.glob("tea *.hallbook"))
    with registers.open_register(saved, write=False) as register:
        assert register.value("SELECT count(*) FROM person") == 1


@pytest.mark.parametrize("by_words", [False, True], ids=["password", "words"])
def test_new_laptop_restores_from_the_stick(
    empty_window, locked_file, stick, look, dialog, qtbot, by_words
):
    with registers.open_register(locked_file, password=PASSWORD) as register:
        builders.person(register, "Alba Pretend")
        secret = register.secret
    copy = copy_to(stick, locked_file, 21, PASSWORD)
    locked_file.unlink()  # stolen
    shown = look(stick)
    assert cells(shown)[0][6] == "Has a password"
    form = shown.form
    if by_words:
        form.other.click()
        form.words.edit.setPlainText(" ".join(words_of(bytes.fromhex(secret[2:-1]))))
    else:
        form.secret.line.setText("wrong")
        form.button.click()
        qtbot.waitUntil(lambda: "did not open" in form.secret_field.problem, timeout=WAIT)
        form.now = lambda at=form.now(): at + dt.timedelta(minutes=1)
        form.look()
        form.secret.line.setText(PASSWORD)
    form.button.click()
    qtbot.waitUntil(lambda: cells(shown)[0][2] == "1", timeout=WAIT)
    assert shown.restore_button.isEnabled()
    shown.restore_button.click()
    qtbot.waitUntil(lambda: empty_window.frame is not None, timeout=WAIT)
    assert empty_window.shelf.book.register.path == books_folder() / "tea.hallbook"
    home = empty_window.frame.home
    qtbot.waitUntil(lambda: f"copy {copy.name}" in home.notice.text, timeout=WAIT)
    if by_words:
        assert dialog(PasswordDialog).windowTitle() == "Choose a new password"


def test_first_run_finds_copies_in_likely_places(
    empty_window, register_file, own_folders, dialog, qtbot
):
    folder = Path(own_folders) / "Documents" / "Copies"
    folder.mkdir(parents=True)
    shutil.copy(copy_to(folder, register_file, 21), folder / "b 2026-11-01 1000.hallbook")
    empty_window.start.buttons[-2].click()
    shown = dialog(RestoreDialog)
    qtbot.waitUntil(lambda: shown._job is None, timeout=WAIT)
    assert len(cells(shown)) == 2


def test_moving_to_a_new_laptop_is_one_page_and_leads_to_the_list(empty_window, dialog):
    empty_window.menus.new_laptop.trigger()
    page = dialog(NewLaptopDialog)
    assert nameless(page) == []
    page.restore_button.click()
    assert dialog(RestoreDialog)
