"""What the window keeps on this computer beside the book says nothing about anybody."""

from PySide6.QtCore import QSettings

from app import paths
from tests.ui.rooms import PAGES

_KEPT = {"window/geometry", "books/last", "appearance/theme", "appearance/text_size"}
_WHO = ("given_name", "family_name", "known_as", "email", "phone", "address", "notes")


def test_window_keeps_looks_and_paths_and_no_word_of_the_book(window):
    register = window.shelf.book.register
    rows = [row for column in _WHO for row in register.rows(f"SELECT {column} FROM person")]
    words = sorted({word for row in rows for word in row if len(word) > 3})
    assert len(words) > 30
    for name in ("people", "person", "register", "settings"):
        PAGES[name](window)
    window.frame.top.search.setText(words[0])
    window.frame.people.list.search.setText(words[-1])
    window.close()

    stored = QSettings(str(paths.settings_file()), QSettings.Format.IniFormat)
    kept = {key for key in stored.allKeys() if not key.startswith("lock/")}
    assert kept
    assert kept <= _KEPT
    book = str(stored.value("books/last"))
    for file in paths.settings_file().parent.rglob("*"):
        if file.is_file():
            held = file.read_bytes().decode("utf-8", "replace").replace(book, "")
            assert [word for word in words if word in held] == [], file.name
