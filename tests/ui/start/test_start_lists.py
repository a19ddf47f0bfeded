"""The start screen's lists: recent books, those found, what is missing, files dropped."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from app.services import registers
from app.ui.start.new_book_dialog import NewBookDialog
from tests.ui.test_accessibility import nameless


@pytest.fixture
def looked(empty_window, qtbot):
    """Show the start screen again and wait until the worker has looked round."""

    def again():
        empty_window.close_book()
        empty_window.show_start()
        qtbot.waitUntil(lambda: empty_window.start._looked is not None, timeout=20_000)
        return empty_window.start

    return again


def test_recent_books_are_named_and_one_that_is_gone_is_said_so(
    empty_window, looked, register_file, tmp_path
):
    gone = tmp_path / "gone.hallbook"
    registers.create(gone, "Gone Club").close()
    empty_window.shelf.open_path(gone)
    empty_window.shelf.open_path(register_file)
    gone.unlink()
    start = looked()
    names = [button.accessibleName() for button in start.recent.buttons]
    assert [name.partition(",")[0] for name in names] == [
        "Open: Tea Club",
        "Take off the list: Gone Club",
    ]
    start.recent.buttons[1].click()
    assert len(start.recent.buttons) == 1
    assert nameless(empty_window) == []


def test_book_in_a_likely_place_is_found_and_opens(empty_window, looked, own_folders):
    path = Path(own_folders) / "Documents" / "Group" / "found.hallbook"
    path.parent.mkdir(parents=True)
    registers.create(path, "Found Club").close()
    start = looked()
    assert "Looked in Documents" in start.found.note.text()
    start.found.buttons[0].click()
    assert empty_window.frame.group_name == "Found Club"


def test_dropped_book_opens_and_a_dropped_spreadsheet_waits_for_a_book(
    empty_window, register_file, tmp_path
):
    sheet = tmp_path / "people.csv"
    sheet.write_text("Name\nAnn Lee\n", encoding="utf-8")
    empty_window.take_file(sheet)
    assert "drop people.csv on it" in empty_window.start.notice.text
    empty_window.take_file(register_file)
    assert empty_window.frame.group_name == "Tea Club"
    empty_window.take_file(sheet)
    assert [d for d in empty_window.findChildren(QDialog) if d.isVisible()]


def test_five_questions_make_a_book_with_its_sessions(empty_window, messages, tmp_path):
    empty_window.ask_new()
    dialog = next(d for d in empty_window.findChildren(QDialog) if isinstance(d, NewBookDialog))
    assert nameless(dialog) == []
    dialog.name.setText("Tuesday Movers")
    dialog.activity.setText("Gentle Movement")
    dialog.start.setText("7 pm")
    dialog.end.setText("6 pm")
    messages.answers.append(tmp_path / "movers.hallbook")
    dialog._on_choose()
    dialog.save_button.click()
    assert "before it starts" in dialog.fields["end_time"].problem
    assert not (tmp_path / "movers.hallbook").exists()
    dialog.end.setText("8.30 pm")
    dialog.save_button.click()
    assert empty_window.windowTitle() == "Tuesday Movers"
    assert "12 sessions planned" in empty_window.frame.home.notice.text


def test_place_where_a_book_is_hurt_is_said_once(empty_window, tmp_path):
    path = tmp_path / "Dropbox" / "movers.hallbook"
    path.parent.mkdir()
    registers.create(path, "Movers").close()
    empty_window.shelf.open_path(path)
    assert "Dropbox" in empty_window.frame.home.notice.text
    empty_window.close_book()
    empty_window.shelf.open_path(path)
    assert not empty_window.frame.home.notice.isVisible()


def test_dated_copies_are_no_books_to_go_on_in_but_are_named(empty_window, looked, own_folders):
    folder = Path(own_folders) / "Documents"
    folder.mkdir(parents=True, exist_ok=True)
    registers.create(folder / "tea 2026-11-02 2104.hallbook", "Tea Club").close()
    start = looked()
    assert start.found.buttons == []
    assert "1 copy of books there too: Restore a backup" in start.found.note.text()
