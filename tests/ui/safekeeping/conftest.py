"""The window with copies made by itself, over a book with a password."""

import pytest
from PySide6.QtWidgets import QDialog

from app.services import registers

PASSWORD = "kettle ladder orange"


@pytest.fixture
def locked_file(tmp_path):
    """An empty register called Tea Club, with a password, closed."""
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club", password=PASSWORD).close()
    return path


@pytest.fixture
def dialog(empty_window, qtbot):
    """Give the one dialog of a kind that is in sight, waiting for it."""

    def one(kind):
        def seen():
            return [
                d for d in empty_window.findChildren(QDialog) if type(d) is kind and d.isVisible()
            ]

        qtbot.waitUntil(lambda: len(seen()) == 1, timeout=20_000)
        return seen()[0]

    return one


@pytest.fixture
def safe_window(empty_window, locked_file):
    """The window on a book with a password."""
    assert empty_window.shelf.open_path(locked_file, PASSWORD)
    return empty_window
