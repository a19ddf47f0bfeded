"""The real window over a real register file, with messages that are collected, not shown."""

import os
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog

from app import paths
from app.main import make_window
from app.services import registers
from app.ui.appearance import Appearance
from app.ui.messages import Messages
from tests.conftest import TODAY


class CollectedMessages(Messages):
    """Collects what would be said; answers what is asked from `answers`, in order."""

    def __init__(self):
        super().__init__()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.opened: list[Path] = []
        self.answers: list[object] = []

    def tell(self, over, text, *, more="", details=""):
        self.said.append(" ".join(part for part in (text, more, details) if part))

    def ask(self, over, question, yes):
        self.asked.append(question.text)
        if self.answers.pop(0):
            yes()

    def ask_folder(self, over, *, title, folder, then):
        self.asked.append(title)
        self._answer(then)

    def ask_save_path(self, over, *, title, suggested, kinds, then):
        self.asked.append(f"{title}: {suggested.name}")
        self._answer(then)

    def ask_open_path(self, over, *, title, folder, kinds, then):
        self.asked.append(title)
        self._answer(then)

    def open_file(self, path):
        self.opened.append(path)

    def _answer(self, then):
        if self.answers:
            then(self.answers.pop(0))


def let_go():
    """Carry out every deletion that waits, so that what is left over can be seen."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def messages():
    return CollectedMessages()


@pytest.fixture
def looks(qapp, tmp_path):
    """An appearance of its own, at 100 % and light."""
    stored = QSettings(str(tmp_path / "looks.ini"), QSettings.Format.IniFormat)
    appearance = Appearance(stored)
    appearance.start()
    return appearance


@pytest.fixture
def empty_window(qapp, qtbot, messages):
    """The window with no book open. Afterwards nothing of it may be left: no window, no thread."""
    window = make_window(messages, today=lambda: TODAY, copies=False)
    qapp.focusChanged.connect(window.follow_focus)
    window.resize(1366, 768)
    window.begin()
    window.show()
    with qtbot.waitActive(window):  # else no widget ever gets or loses the keyboard
        window.activateWindow()
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.done(QDialog.DialogCode.Rejected)  # not reject(): a form would ask first
    window.close()
    window.deleteLater()
    let_go()
    assert not shiboken6.isValid(window), "something still holds the window"
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows were left open: {left}"
    threads = [t.name for t in threading.enumerate() if t.name.startswith("hallbook")]
    assert not threads, "a worker was left running"


def make_at_once(frame, qtbot):
    """Let each page be there in the turn in which it is gone to, once Home is: no test waits for it.

    How pages come in turns is looked at by test_making and test_no_stops.
    """
    qtbot.waitUntil(lambda: not frame.making.active)
    frame.making.begin = lambda key, _title, show: (frame.page_of(key), show(True))


@pytest.fixture
def window(empty_window, small_example, qtbot):
    """The window on a copy of the small pretend group, on Tue 3 Nov 2026.

    Its pages are made when they are asked for, as by somebody quick: so nothing depends on how far
    a test's own time lets them be made ahead.
    """
    assert empty_window.shelf.open_path(small_example)
    empty_window.frame.ahead.stop()
    make_at_once(empty_window.frame, qtbot)
    return empty_window


@pytest.fixture
def frame(window):
    return window.frame


@pytest.fixture
def tea_frame(empty_window, register_file, qtbot):
    """The frame of a book with nothing in it."""
    assert empty_window.shelf.open_path(register_file)
    empty_window.frame.ahead.stop()
    make_at_once(empty_window.frame, qtbot)
    return empty_window.frame


@pytest.fixture
def reread(window):
    """Read the file again from outside, as another program would after the window is gone."""

    def read(sql, values=None):
        path = window.shelf.book.register.path
        with registers.open_register(path, write=False) as register:
            return [tuple(row) for row in register.rows(sql, values or {})]

    return read


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
