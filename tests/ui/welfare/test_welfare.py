"""The welfare notes in the real window: begun, opened, written, corrected, printed, closed by themselves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.services import welfare
from app.ui.rights.paper_dialog import PaperDialog
from app.ui.welfare.looks_dialog import LooksDialog
from app.ui.welfare.note_dialog import NoteDialog
from app.ui.welfare.password_forms import BeginForm, ChangeForm, OpenForm
from tests.ui.test_accessibility import nameless, reachable

SECRET = "three grey herons"


@pytest.fixture
def book(frame):
    return frame.book.register.path


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def over(window, kind):
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def begin(qtbot, window):
    window.menus.welfare.trigger()
    form = window.welfare.dialog.form
    assert isinstance(form, BeginForm)
    form.new.line.setText(SECRET)
    form.again.line.setText(SECRET)
    press(form.go)
    qtbot.waitUntil(lambda: window.welfare.dialog.part is not None, timeout=20_000)
    return window.welfare.dialog


def reopen(qtbot, window, typed=SECRET):
    window.menus.welfare.trigger()
    dialog = window.welfare.dialog
    assert isinstance(dialog.form, OpenForm)
    dialog.form.line.line.setText(typed)
    press(dialog.form.go)
    if typed == SECRET:
        qtbot.waitUntil(lambda: dialog.part is not None, timeout=20_000)
    return dialog


def write(window, dialog, words="Said that she is hungry at weekends.", *, save=True):
    press(dialog.part.write)
    form = over(window, NoteDialog)
    form.about.setText("Zelda P")
    form.parts["what_happened"].setPlainText(words)
    form.parts["why_not_referred"].setPlainText("Asked her mother first.")
    form.signed_by.setText("Bea Lead")
    if save:
        press(form.save_button)
    return form


def test_notes_are_begun_with_a_password_typed_twice(qtbot, window, book):
    window.menus.welfare.trigger()
    form = window.welfare.dialog.form
    form.new.line.setText("short")
    press(form.go)
    assert form.new_field.problem
    form.new.line.setText(SECRET)
    form.again.line.setText("three grey heron")
    press(form.go)
    assert form.again_field.problem
    assert not welfare.place_of(book).exists()
    form.again.line.setText(SECRET)
    press(form.go)
    qtbot.waitUntil(lambda: window.welfare.dialog.part is not None, timeout=20_000)
    assert welfare.place_of(book).exists()


def test_note_is_kept_read_and_corrected_by_another(qtbot, window):
    dialog = begin(qtbot, window)
    write(window, dialog)
    (row,) = dialog.part.model.rows
    assert (row.about, row.signed_by) == ("Zelda P", "Bea Lead")
    press(dialog.part.correct)
    form = over(window, NoteDialog)
    assert form.parts["what_happened"].toPlainText() == row.what_happened
    press(form.save_button)
    assert "your name" in form.fields["signed_by"].problem
    form.signed_by.setText("Bea Lead")
    press(form.save_button)
    newest, first = dialog.part.model.rows
    assert (newest.corrects, first.corrected_by) == (1, 2)


def test_what_is_missing_is_said_beside_its_field(qtbot, window):
    dialog = begin(qtbot, window)
    press(dialog.part.write)
    form = over(window, NoteDialog)
    press(form.save_button)
    assert form.fields["about"].problem
    assert form.fields["why_not_referred"].problem
    form.day.setText("someday")
    press(form.save_button)
    assert "could not be read" in form.fields["happened_on"].problem


def test_wrong_password_is_said_and_slows_down(qtbot, window):
    begin(qtbot, window).reject()
    dialog = reopen(qtbot, window, "three grey geese")
    qtbot.waitUntil(lambda: dialog.form.field.problem != "", timeout=20_000)
    assert dialog.part is None
    press(dialog.form.go)
    assert "Wait a moment" in dialog.form.field.problem


def test_printing_shows_the_page_and_is_kept_with_who_looked(qtbot, window):
    dialog = begin(qtbot, window)
    write(window, dialog)
    press(dialog.part.paper)
    paper = over(window, PaperDialog)
    qtbot.waitUntil(lambda: paper.preview.current is not None, timeout=20_000)
    assert not paper.save_button.isVisible()
    paper.reject()
    press(dialog.part.looked)
    assert [one[2] for one in over(window, LooksDialog).model.rows] == ["printed", "opened"]


def test_password_of_the_notes_can_be_changed(qtbot, window, book):
    dialog = begin(qtbot, window)
    press(dialog.part.secret)
    form = over(window, ChangeForm)
    form.new.line.setText("four brown owls")
    form.again.line.setText("four brown owls")
    with qtbot.waitSignal(form.accepted, timeout=20_000):
        press(form.save_button)
    dialog.reject()
    qtbot.waitUntil(lambda: window.welfare.dialog is None)
    now = window.shelf.book.keeper.now()
    with welfare.open_notes(book, "four brown owls", now=now) as notes:
        assert notes.notes() == ()


def test_idle_closes_the_notes_and_keeps_what_was_half_typed_in_memory_only(qtbot, window, book):
    dialog = begin(qtbot, window)
    write(window, dialog, "Half a sentence", save=False)
    dialog.idle.idled.emit()
    qtbot.waitUntil(lambda: window.welfare.dialog is None)
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert b"Half a sentence" not in welfare.place_of(book).read_bytes()
    reopen(qtbot, window)
    form = over(window, NoteDialog)
    assert form.parts["what_happened"].toPlainText() == "Half a sentence"


def test_notes_close_after_five_minutes():
    from app.ui.welfare.welfare_dialog import IDLE_SECONDS

    assert IDLE_SECONDS == 300


def test_ctrl_l_closes_them_also_from_the_form(qtbot, window):
    dialog = begin(qtbot, window)
    form = write(window, dialog, save=False)
    window.shelf.messages.answers = [False]
    # Here no dialog becomes the active window, so that no real key would reach it.
    (lock,) = form.findChildren(QShortcut)
    assert lock.key() == QKeySequence("Ctrl+L")
    lock.activated.emit()
    qtbot.waitUntil(lambda: window.welfare.dialog is None)
    assert "no password" in window.shelf.messages.asked[-1]  # the book's own lock was asked for


def test_closing_the_book_closes_them_and_forgets_what_was_typed(qtbot, window, book):
    dialog = begin(qtbot, window)
    write(window, dialog, "Half a sentence", save=False)
    window.close_book()
    qtbot.waitUntil(lambda: window.welfare.dialog is None)
    assert window.shelf.open_path(book)
    dialog = reopen(qtbot, window)
    assert not window.findChildren(NoteDialog)


def test_nothing_of_a_note_is_anywhere_else(qtbot, window, frame, book, tmp_path):
    before = frame.book.register.value("SELECT max(id) FROM journal")
    dialog = begin(qtbot, window)
    write(window, dialog, "Zanzibar hungry")
    assert frame.book.history.undo_text == ""
    assert frame.book.register.value("SELECT max(id) FROM journal") == before
    dialog.part.table.setFocus()
    QGuiApplication.clipboard().setText("Zanzibar hungry")
    dialog.reject()
    qtbot.waitUntil(lambda: window.welfare.dialog is None)
    assert QGuiApplication.clipboard().text() == ""
    frame.top.search.wanted.emit("Zelda")
    frame.book.register.close()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"Zanzibar" not in file.read_bytes(), file


def test_every_control_has_a_name_and_is_reached(qtbot, window):
    dialog = begin(qtbot, window)
    write(window, dialog)
    assert nameless(dialog) == []
    assert {dialog.part.write, dialog.part.table, dialog.close_button} <= set(reachable(dialog))
    press(dialog.part.write)
    assert nameless(over(window, NoteDialog)) == []
