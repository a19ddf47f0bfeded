"""The lock: nothing of the book is seen, what was typed is kept, the password brings it back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.people import PersonDraft
from app.domain.recovery import words_of
from app.services import people
from app.ui.people.person_dialog import PersonDialog
from app.ui.safekeeping.idle import Idle
from app.ui.safekeeping.lock import LOCKED_TITLE
from app.ui.safekeeping.password_dialog import PasswordDialog
from tests import builders
from tests.conftest import TODAY
from tests.ui.safekeeping.conftest import PASSWORD
from tests.ui.test_accessibility import nameless


@pytest.fixture
def lock(safe_window):
    return safe_window.safe.lock


@pytest.fixture
def unlock(safe_window, lock, qtbot):
    def try_it(typed=PASSWORD):
        line = lock.page.form.secret.line
        line.setText(typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: lock.page is None or not lock.page.form.busy, timeout=20_000)

    return try_it


def seen(window):
    """Every word that a visible part of any window shows."""
    return " ".join(
        label.text()
        for top in QApplication.topLevelWidgets()
        if top.isVisible()
        for label in top.findChildren(QLabel)
        if label.isVisible()
    )


def test_locked_window_shows_nothing_of_the_book_and_the_password_brings_it_back(
    safe_window, lock, unlock
):
    builders.person(safe_window.shelf.book.register, "Alba Pretend")
    safe_window.frame.go_to("people")
    assert "Tea Club" in seen(safe_window)
    safe_window.menus.lock.trigger()
    assert safe_window.windowTitle() == LOCKED_TITLE
    assert "Tea Club" not in seen(safe_window)
    assert "Alba" not in seen(safe_window)
    assert nameless(safe_window) == []
    assert lock.page.form.secret.line.hasFocus()
    for action in (safe_window.menus.search, safe_window.menus.undo, safe_window.menus.open):
        assert not action.isEnabled()
    unlock("wrong password")
    assert lock.is_locked
    assert "did not open" in lock.page.form.secret_field.problem
    safe_window.shelf.keeper.now = lambda at=safe_window.shelf.keeper.now(): at.replace(year=2030)
    lock.page.form.now = safe_window.shelf.keeper.now
    lock.page.form.look()
    unlock()
    assert not lock.is_locked
    assert safe_window.windowTitle() == "Tea Club"
    assert safe_window.frame.page is safe_window.frame.people
    assert safe_window.frame.isVisible()
    assert safe_window.menus.search.isEnabled()


def test_open_dialog_comes_back_with_what_was_typed(safe_window, lock, unlock, dialog):
    safe_window.frame.people.add_person()
    form = dialog(PersonDialog)
    first = form.focusWidget()
    QTest.keyClicks(first, "Half a na")
    safe_window.menus.lock.trigger()
    assert not form.isVisible()
    unlock()
    assert form.isVisible()
    assert first.text() == "Half a na"


def test_undo_and_its_name_come_back(safe_window, lock, unlock):
    book = safe_window.shelf.book
    alba = PersonDraft(given_name="Alba")
    book.commands.run(lambda: people.save_new(book.register, alba, today=TODAY))
    before = safe_window.menus.undo.text()
    assert "Alba" in before
    safe_window.menus.lock.trigger()
    assert "Alba" not in safe_window.menus.undo.text()
    unlock()
    assert safe_window.menus.undo.text() == before
    safe_window.menus.undo.trigger()
    assert book.register.value("SELECT count(*) FROM person_counted") == 0


def test_words_unlock_too_and_a_new_password_is_asked(safe_window, lock, dialog, qtbot):
    secret = safe_window.shelf.book.register.secret
    safe_window.menus.lock.trigger()
    lock.page.form.other.click()
    lock.page.form.words.edit.setPlainText(" ".join(words_of(bytes.fromhex(secret[2:-1]))))
    lock.page.form.button.click()
    assert dialog(PasswordDialog).windowTitle() == "Choose a new password"
    assert not lock.is_locked


def test_clipboard_is_emptied_of_what_was_copied_here_and_of_nothing_else(
    safe_window, lock, unlock
):
    clipboard = QApplication.clipboard()
    clipboard.setText("Alba Pretend, 07700 900123")
    safe_window.menus.lock.trigger()
    assert clipboard.text() == ""
    unlock()
    lock.clipboard._ours = ""  # as if another window had put it there
    clipboard.blockSignals(True)
    clipboard.setText("a recipe")
    clipboard.blockSignals(False)
    safe_window.close_book()
    assert clipboard.text() == "a recipe"
    clipboard.clear()


def test_book_can_be_closed_while_it_is_locked(safe_window, lock):
    safe_window.frame.people.add_person()
    safe_window.menus.lock.trigger()
    lock.page.close_button.click()
    assert safe_window.shelf.book is None
    assert safe_window.start.isVisible()
    assert not lock.is_locked
    assert safe_window.menus.open.isEnabled()


def test_book_without_a_password_is_offered_one(empty_window, register_file, messages, dialog):
    empty_window.shelf.open_path(register_file)
    messages.answers.append(True)
    empty_window.menus.lock.trigger()
    assert messages.asked == ["This book has no password, so it cannot be locked."]
    assert dialog(PasswordDialog).windowTitle() == "Set a password"


class Clocks:
    """Two clocks: on the wall, and how long the computer runs."""

    def __init__(self):
        self.wall, self.running = 1_000_000.0, 50.0

    def pass_by(self, seconds, slept=0.0):
        self.running += seconds
        self.wall += seconds + slept


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def idle(qapp, clocks):
    watched = Idle(wall=lambda: clocks.wall, running=lambda: clocks.running)
    watched.told = []
    watched.idled.connect(lambda: watched.told.append("idle"))
    watched.slept.connect(lambda: watched.told.append("slept"))
    watched.begin()
    yield watched
    watched.end()
    watched.deleteLater()


def go_on(idle, clocks, seconds, step=5):
    for _ in range(int(seconds / step)):
        clocks.pass_by(step)
        idle.look()


def test_idle_is_told_after_its_minutes_and_a_key_begins_them_anew(idle, clocks, qtbot, window):
    idle.limit = 600
    go_on(idle, clocks, 595)
    assert idle.told == []
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(window.windowHandle(), key)
    go_on(idle, clocks, 595)
    assert idle.told == []
    go_on(idle, clocks, 5)
    assert idle.told == ["idle"]


def test_never_is_never(idle, clocks):
    idle.limit = 0
    go_on(idle, clocks, 86_400, step=50)
    assert idle.told == []


@pytest.mark.parametrize(("runs", "sleeps"), [(5, 3_600), (3_605, 0)], ids=["apart", "counted"])
def test_sleep_is_noticed_whichever_clock_counts_it(idle, clocks, runs, sleeps):
    idle.limit = 0
    clocks.pass_by(runs, slept=sleeps)
    idle.look()
    assert idle.told == ["slept"]
    go_on(idle, clocks, 60)
    assert idle.told == ["slept"]


def test_clock_put_back_is_no_sleep(idle, clocks):
    clocks.pass_by(5, slept=-7_200)
    idle.look()
    assert idle.told == []


def test_sleeping_locks_the_open_book_and_the_minutes_are_kept(safe_window, lock):
    card = safe_window.frame.settings.password
    safe_window.frame.go_to("settings")
    assert lock.idle.limit == 600
    card.after.setCurrentIndex(0)
    card.after.activated.emit(0)
    assert lock.idle.limit == 300
    path = safe_window.shelf.book.register.path
    safe_window.close_book()
    safe_window.shelf.open_path(path, PASSWORD)
    assert lock.idle.limit == 300
    lock.idle.slept.emit()
    assert lock.is_locked
