"""A book with a password: asked in a dialog of our own, by the words too, slower after wrong ones."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.recovery import words_of
from app.services import guesses, registers
from app.ui.safekeeping.password_dialog import PasswordDialog
from app.ui.safekeeping.unlock_dialog import UnlockDialog
from tests.ui.safekeeping.conftest import PASSWORD
from tests.ui.test_accessibility import nameless


@pytest.fixture
def asked(empty_window, locked_file, dialog):
    empty_window.shelf.open_path(locked_file)
    return dialog(UnlockDialog)


def key_words(path):
    with registers.open_register(path, password=PASSWORD, write=False) as register:
        return words_of(bytes.fromhex(register.secret[2:-1]))


def press(asked, text):
    asked.form.secret.line.setText(text)
    QTest.keyClick(asked.form.secret.line, Qt.Key.Key_Return)


def test_password_is_asked_and_opens_the_book(empty_window, asked, qtbot):
    assert nameless(asked) == []
    assert asked.form.secret.line.hasFocus()
    assert asked.form.secret.line.echoMode() == QLineEdit.EchoMode.Password
    press(asked, PASSWORD)
    qtbot.waitUntil(lambda: empty_window.frame is not None, timeout=20_000)
    assert empty_window.frame.group_name == "Tea Club"


def test_wrong_password_is_said_and_the_next_waits_but_is_not_shut_out(
    empty_window, locked_file, dialog, qtbot
):
    moment = [dt.datetime.now(dt.UTC)]
    empty_window.shelf.keeper.now = lambda: moment[0]
    empty_window.shelf.open_path(locked_file)
    asked = dialog(UnlockDialog)
    for wait in (1, 1, 2):
        press(asked, "wrong")
        qtbot.waitUntil(lambda: asked.form.waits, timeout=20_000)
        assert f"Try again in {wait} s." in asked.form.secret_field.problem
        assert not asked.form.button.isEnabled()
        moment[0] += dt.timedelta(seconds=wait + 1)
        asked.form.look()
        assert asked.form.button.isEnabled()
    assert "did not open" in asked.form.secret_field.problem
    press(asked, PASSWORD)
    qtbot.waitUntil(lambda: empty_window.frame is not None, timeout=20_000)
    assert guesses.wait_left(locked_file, moment[0]) == 0


def test_wait_goes_on_in_a_dialog_that_is_opened_again(
    empty_window, asked, locked_file, dialog, qtbot
):
    press(asked, "wrong")
    qtbot.waitUntil(lambda: asked.form.waits, timeout=20_000)
    asked.reject()
    for _ in range(5):
        guesses.note_wrong(locked_file, dt.datetime.now(dt.UTC))
    empty_window.shelf.open_path(locked_file)
    again = dialog(UnlockDialog)
    assert again.form.waits
    again.form.secret.line.setText(PASSWORD)
    QTest.keyClick(again.form.secret.line, Qt.Key.Key_Return)
    assert not again.form.busy


def test_what_is_typed_is_shown_on_demand_and_locked_capitals_are_said(asked):
    secret = asked.form.secret
    secret.show_button.click()
    assert secret.line.echoMode() == QLineEdit.EchoMode.Normal
    assert secret.show_button.text() == "Hide"
    QTest.keyClicks(secret.line, "k")
    assert not secret.told.isVisible()
    QTest.keyClick(secret.line, Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier)
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, secret.line, Qt.Key.Key_K, "K", Qt.KeyboardModifier.NoModifier
    )
    assert "Capital letters are locked" in secret.told.text()


def test_words_open_the_book_by_four_letters_each_and_a_new_password_is_asked_at_once(
    empty_window, asked, locked_file, dialog, qtbot
):
    asked.form.other.click()
    edit = asked.form.words.edit
    assert edit.hasFocus()
    words = key_words(locked_file)
    for word in words:
        QTest.keyClicks(edit, word[:4])
        QTest.keyClick(edit, Qt.Key.Key_Space)
    assert asked.form.words.text().split() == list(words)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    new = dialog(PasswordDialog)
    assert empty_window.frame.group_name == "Tea Club"
    assert "old" not in new.fields
    new.new.line.setText("green kettle on a hob")
    new.again.line.setText("green kettle on a hob")
    new.save_button.click()
    qtbot.waitUntil(
        lambda: (
            empty_window.frame is not None
            and "sheet works no longer" in empty_window.frame.settings.notice.text
        ),
        timeout=30_000,
    )
    empty_window.close_book()
    registers.open_register(locked_file, password="green kettle on a hob").close()
    with pytest.raises(Exception, match="did not open"):
        registers.open_register(locked_file, password=" ".join(words))


def test_mistyped_word_is_named_by_its_number(asked, locked_file):
    asked.form.other.click()
    words = list(key_words(locked_file))
    words[6] = "zzzz"
    asked.form.words.edit.setPlainText(" ".join(words) + " ")
    assert "number 7" in asked.form.words.told.text()
    asked.form.button.click()
    assert "number 7" in asked.form.words_field.problem
    words[6] = "abandon" if key_words(locked_file)[6] != "abandon" else "ability"
    asked.form.words.edit.setPlainText(" ".join(words))
    asked.form.button.click()
    assert "do not fit together" in asked.form.words_field.problem
    asked.form.words.edit.setPlainText(" ".join(words[:20]))
    asked.form.button.click()
    assert "20 were typed" in asked.form.words_field.problem
