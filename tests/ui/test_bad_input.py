"""Bad input and a bad world: said in place with what to do, and what is typed stays."""

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.main import make_window
from app.services import activities, registers
from app.ui.forms.date_field import DateLine
from tests.conftest import TODAY
from tests.disks import stick
from tests.ui.conftest import CollectedMessages, let_go
from tests.ui.rooms import close, open_dialog, past_session, settle

__all__ = ["stick"]
SCRIPTS = (
    "গুরপ্রীত দত্ত", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "محمد علی", "鄧小紅", "Łukasz Wiśniewski", "Ελένη", "தமிழ்",
    "O’Connor-Ñandú", "Nguyễn Thị Hoa", "Siân ferch Dafydd", "גולדה",
)  # fmt: skip
LONG = "Ab" * 150
PASTE = "\n".join(f"Line {number}: boiler off until 7.20" for number in range(10_000))


def type_into(widget, text):
    """Put a text in as a paste does."""
    QGuiApplication.clipboard().setText(text)
    widget.setFocus()
    widget.selectAll()
    widget.paste()
    settle()


def shown_of(widget):
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()


def test_name_of_three_hundred_letters_is_refused_beside_its_field_and_stays(window, frame):
    dialog = open_dialog(window, "add a person")
    type_into(dialog.fields["given_name"].editor, LONG)
    type_into(dialog.fields["family_name"].editor, "Begum")
    dialog.save_button.click()
    assert "300" in dialog.fields["given_name"].problem
    assert "shorten" in dialog.fields["given_name"].problem
    assert dialog.isVisible()
    assert dialog.fields["given_name"].editor.text() == LONG
    assert dialog.fields["family_name"].editor.text() == "Begum"
    assert frame.book.history.undo_text == ""


def test_names_in_any_script_are_kept_and_found(window, frame):
    for name in SCRIPTS:
        dialog = open_dialog(window, "add a person")
        type_into(dialog.fields["given_name"].editor, name)
        dialog.save_button.click()
        settle()
        kept = frame.book.register.value("SELECT given_name FROM person ORDER BY id DESC LIMIT 1")
        assert kept == name
        frame.go_to("people")
        frame.people.search_for(name.split()[0])
        settle()
        names = [row.person.given_name for row in _rows(frame)]
        assert name in names


def _rows(frame):
    model = frame.people.list.model
    return [row for n in range(model.rowCount()) if (row := model.row_at(n)) is not None]


def test_ten_thousand_lines_pasted_into_notes_stay_typed_and_the_limit_is_said(window, frame):
    frame.take_register(past_session(frame).id)
    register = frame.sessions.register
    before = register.opened.session.notes
    type_into(register.side.notes, PASTE)
    register.settle()
    settle()
    assert register.side.notes.toPlainText() == PASTE
    assert "longer than the 10,000 letters" in register.notice.text
    kept = activities.get_session(frame.book.register, register.opened.session.id)
    assert kept.notes == before
    type_into(register.side.notes, PASTE[:9_000])
    register.settle()
    kept = activities.get_session(frame.book.register, register.opened.session.id)
    assert kept.notes == PASTE[:9_000].strip()


@pytest.mark.parametrize("where", ["search", "people", "name"])
def test_ten_thousand_lines_pasted_into_a_line_do_no_harm(window, frame, where, messages):
    frame.go_to("people")
    dialog = open_dialog(window, "add a person") if where == "name" else None
    line = {
        "search": frame.top.search,
        "people": frame.people.list.search,
        "name": dialog and dialog.fields["given_name"].editor,
    }[where]
    type_into(line, PASTE)
    assert isinstance(line, QLineEdit)
    assert line.text().startswith("Line 0: boiler")
    if dialog is not None:
        dialog.save_button.click()
        assert "shorten" in dialog.fields["given_name"].problem
        messages.answers.append(True)  # throw away what was typed
        close(dialog)
    assert messages.said == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3/7", "Fri 3 Jul 2026"),
        ("3.7.26", "Fri 3 Jul 2026"),
        ("31 Feb", "31 Feb"),
        ("soon", "soon"),
    ],
)
def test_date_is_written_out_or_stays_as_it_was_typed(window, frame, typed, shown):
    dialog = open_dialog(window, "add a session")
    day = next(f.editor for f in dialog.fields.values() if isinstance(f.editor, DateLine))
    field = next(f for f in dialog.fields.values() if f.editor is day)
    type_into(day, typed)
    dialog.save_button.setFocus()
    settle()
    assert day.text() == shown
    dialog.save_button.click()
    settle()
    if shown == typed:
        assert field.problem, "it is said beside the field"
        assert typed.split()[0] in field.problem
        assert day.text() == typed
    else:
        assert field.problem == ""
        assert day.day() == dt.date(2026, 7, 3)


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("take a return back", "Town council small grant"),
        ("note a return as sent", "Town council small grant"),
        ("rule of keeping", "The program suggests"),
        ("note a breach", "Stop it first"),
    ],
)
def test_what_a_form_says_from_the_beginning_stays_while_something_is_to_correct(
    window, frame, name, stays
):
    dialog = open_dialog(window, name)
    for line in dialog.findChildren(QLineEdit):
        line.setText("31 Feb")
    dialog.save_button.click()
    settle()
    assert any(field.problem for field in dialog.fields.values())
    assert stays in dialog.notice.text
    assert "A date is needed" not in " ".join(f.problem for f in dialog.fields.values())


def test_a_paste_without_a_gap_does_not_make_its_form_wider_than_it_is(window, frame):
    dialog = open_dialog(window, "change a session")
    for line in dialog.findChildren(QLineEdit):
        line.setText(LONG)
    dialog.save_button.click()
    settle()
    said = [field.problem for field in dialog.fields.values() if field.problem]
    assert any("…”" in text for text in said)
    inner = dialog._area.widget()
    assert inner.width() <= dialog._area.viewport().width()


def test_a_search_that_finds_nothing_says_so_and_enter_looks_among_the_people(window, frame):
    frame.top.search.setFocus()
    QTest.keyClicks(frame.top.search, "zzq")
    settle()
    assert frame.top.search.offered.count == 1
    QTest.keyClick(frame.top.search, Qt.Key.Key_Down)
    QTest.keyClick(frame.top.search, Qt.Key.Key_Return)
    settle()
    assert frame.people.list.nobody.isVisible()
    assert "zzq" in frame.people.list.nobody._text.text()


def test_what_is_found_is_offered_whole_and_inside_the_window(window, frame):
    frame.top.search.setFocus()
    QTest.keyClicks(frame.top.search, "ma")
    settle()
    offered = frame.top.search.offered
    assert offered.width() >= offered.whole_width()
    assert offered.geometry().right() <= window.width()


def test_second_window_on_one_book_says_who_has_it(window, frame, qtbot):
    other_messages = CollectedMessages()
    other = make_window(other_messages, today=lambda: TODAY, copies=False)
    path = frame.book.register.path
    other.begin(path)
    other.show()
    settle()
    assert other.frame is None
    said = other.start.notice.text
    assert "open" in said
    assert "already" in said or "another" in said
    assert frame.book.register.value("SELECT count(*) FROM person"), "the first goes on"
    other.close()
    other.deleteLater()
    let_go()


def test_file_that_goes_away_is_said_and_the_words_stay(window, frame, messages):
    frame.take_register(past_session(frame).id)
    register = frame.sessions.register
    path = frame.book.register.path
    away = path.with_name("taken.away")
    path.rename(away)
    type_into(register.side.notes, "Boiler off until 7.20")
    register.settle()
    settle()
    assert messages.said, "it is said"
    assert path.name in messages.said[0] or "file" in messages.said[0]
    assert register.side.notes.toPlainText() == "Boiler off until 7.20"
    dialog = open_dialog(window, "add a person")
    type_into(dialog.fields["given_name"].editor, "Zoë")
    dialog.save_button.click()
    settle()
    assert dialog.isVisible()
    assert dialog.fields["given_name"].editor.text() == "Zoë"
    assert len(messages.said) >= 2
    away.rename(path)
    dialog.save_button.click()
    register.settle()
    settle()
    kept = frame.book.register.value("SELECT given_name FROM person ORDER BY id DESC LIMIT 1")
    assert kept == "Zoë"
    session = activities.get_session(frame.book.register, register.opened.session.id)
    assert session.notes == "Boiler off until 7.20", "it was tried again by itself"


def test_full_disk_in_the_middle_of_a_tick_is_said_and_nothing_is_lost(
    empty_window, small_example, stick, messages, qtbot
):
    path = shutil.copy(small_example, stick.path / "movers.hallbook")
    assert empty_window.shelf.open_path(path)
    frame = empty_window.frame
    frame.take_register(past_session(frame).id)
    qtbot.waitUntil(lambda: not frame.making.active)
    register = frame.sessions.register
    row = next(n for n, line in enumerate(register.model.rows) if not line.here)
    who = register.model.rows[row].person_id
    register.table.setFocus()
    register.table.setCurrentIndex(register.model.index(row, 0))
    stick.fill()
    QTest.keyClick(register.table, Qt.Key.Key_Space)
    settle()
    assert messages.said, "it is said"
    assert "room" in messages.said[0] or "full" in messages.said[0]
    assert not register.model.rows[row].here, "what is not kept does not look kept"
    stick.free()
    QTest.keyClick(register.table, Qt.Key.Key_Space)
    settle()
    assert register.model.rows[row].here
    empty_window.close_book()
    with registers.open_register(path, write=False) as again:
        marks = again.value(
            "SELECT count(*) FROM attendance WHERE person_id = :who AND mark = 'present'"
            " AND session_id = :session",
            {"who": who, "session": register.opened.session.id},
        )
    assert marks == 1
