"""A register is taken by keyboard, and every tick is in the file at once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.attendance import Mark
from app.domain.names import plain
from app.services import activities
from app.ui.attendance.register_model import HERE_COLUMN

MARKS = """SELECT p.family_name, p.given_name, a.mark, a.role FROM attendance a
JOIN person p ON p.id = a.person_id WHERE a.session_id = :session ORDER BY 1, 2"""


@pytest.fixture
def page(window, frame, today):
    """Tonight's register, not yet entered, with the keyboard on it."""
    frame.go_to("sessions")
    QTest.keyClick(frame.sessions.list.table, Qt.Key.Key_Return)
    page = frame.sessions.register
    assert page.opened.session.session_on == today
    assert page.isVisible()
    return page


def press(window, *keys):
    for key in keys:
        widget = window.focusWidget()
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


def letters(line):
    """What one would type for a family name on a British keyboard."""
    return plain(line.family_name or line.given_name).replace(" ", "")


def lines(page):
    return {line.list_name: line for line in page.model.rows}


def test_list_offers_tonights_session_first(frame, today):
    frame.go_to("sessions")
    assert frame.sessions.list.session.session_on == today


def test_three_letters_and_space_mark_somebody_in_the_file(window, page, reread):
    target = page.model.rows[5]
    assert window.focusWidget() is page.finder
    press(window, letters(target)[:3])
    assert letters(page.table.line)[:3] == letters(target)[:3]
    found = page.table.line
    press(window, Qt.Key.Key_Space)
    marked = reread(MARKS, {"session": page.session_id})
    assert marked == [(found.family_name, found.given_name, "present", found.role.value)]
    assert page.finder.text() == ""
    assert window.focusWidget() is page.finder, "the next name can be typed at once"


def test_keys_on_a_row_mark_and_the_same_key_again_takes_the_mark_away(window, page):
    press(window, Qt.Key.Key_Down)
    name = page.table.line.list_name
    for key, mark in (("l", Mark.LATE), ("a", Mark.APOLOGY), ("a", None)):
        press(window, key)
        assert lines(page)[name].mark is mark
    press(window, Qt.Key.Key_Space)
    assert lines(page)[name].mark is Mark.PRESENT
    press(window, "v")
    assert lines(page)[name].role.value == "volunteer"
    press(window, "v")
    assert lines(page)[name].mark is None


def test_enter_ticks_and_goes_to_the_next_row(window, page):
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Home)
    page.table.take_in_hand(0)
    press(window, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert [line.here for line in page.model.rows[:3]] == [True, True, False]
    assert page.table.line.row == 3


def test_running_total_counts_as_one_goes(window, page):
    listed = len(page.model.rows)
    page.table.setFocus()
    for row, key in enumerate((Qt.Key.Key_Space, Qt.Key.Key_Space, "a")):
        page.table.take_in_hand(row)
        press(window, key)
    here = sum(line.here and line.role.value == "participant" for line in page.model.rows)
    text = page.side.total.text
    assert text.startswith(f"{here} here, of {listed} on the list; ")
    assert "1 apology" in text
    assert f"{listed - 3} not recorded" in text


def test_walk_in_needs_a_name_and_enter(window, page, reread):
    before = len(page.model.rows)
    page.walk_in.field.setFocus()
    press(window, "Xanthe Quill", Qt.Key.Key_Return)
    assert len(page.model.rows) == before + 1
    assert ("Quill", "Xanthe", "present", "participant") in reread(
        MARKS, {"session": page.session_id}
    )
    assert page.walk_in.field.text() == ""
    assert window.focusWidget() is page.walk_in.field
    assert page.table.line.family_name == "Quill"
    assert page.table.line.is_new


def test_likely_double_is_offered_and_marked_not_added(window, page, reread):
    people_before = reread("SELECT count(*) FROM person")
    listed = {line.person_id for line in page.model.rows}
    elsewhere = next(
        row
        for row in _everybody(window)
        if row.id not in listed
        and row.given_name.isascii()
        and row.family_name.isascii()
        and len(row.family_name) > 3
    )
    page.walk_in.field.setFocus()
    press(window, f"{elsewhere.given_name} {elsewhere.family_name[:3]}")
    offered = page.walk_in.field.offered
    assert offered is not None
    assert any(
        offered.model().index(row, 0).data().startswith(elsewhere.full_name)
        for row in range(offered.count)
    )
    while page.walk_in.field.offered.chosen() != elsewhere.id:
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert reread("SELECT count(*) FROM person") == people_before
    assert page.model.rows[page.model.place_of(elsewhere.id)].here


def _everybody(window):
    from app.services import people

    return people.list_people(window.shelf.book.register, left_too=False).rows


def test_namesake_is_marked_unless_it_is_said_to_be_another(window, page, reread):
    line = next(row for row in page.model.rows if row.given_name.isascii() and row.family_name)
    name = f"{line.given_name} {line.family_name}"
    count = "SELECT count(*) FROM person WHERE given_name = :given AND family_name = :family"
    values = {"given": line.given_name, "family": line.family_name}
    page.walk_in.field.setFocus()
    press(window, name, Qt.Key.Key_Return)
    assert reread(count, values) == [(1,)]
    assert page.model.rows[page.model.place_of(line.person_id)].here
    press(window, name)
    while page.walk_in.field.offered.chosen() != "another":
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert reread(count, values) == [(2,)]


def test_finding_never_narrows_what_is_listed_or_kept(window, page, reread):
    page.table.setFocus()
    page.table.take_in_hand(0)
    press(window, Qt.Key.Key_Space)
    everybody = tuple(line.person_id for line in page.model.rows)
    first = page.model.rows[0]
    page.finder.setFocus()
    press(window, letters(page.model.rows[7])[:3])
    assert tuple(line.person_id for line in page.model.rows) == everybody
    press(window, Qt.Key.Key_Space)
    kept = reread(MARKS, {"session": page.session_id})
    assert (first.family_name, first.given_name, "present", first.role.value) in kept
    assert len(kept) == 2


def test_letters_that_find_nobody_mark_nobody(window, page, reread):
    press(window, "zzz", Qt.Key.Key_Space)
    assert reread(MARKS, {"session": page.session_id}) == []
    assert "No name here begins with “zzz”" in page.found.text()


def test_name_typed_twice_stays_ticked(window, page):
    typed = letters(page.model.rows[4])
    press(window, typed, Qt.Key.Key_Space)
    name = page.table.line.list_name
    press(window, typed, Qt.Key.Key_Space)
    assert lines(page)[name].here
    assert "ticked already" in page.found.text()


def test_mark_key_that_began_a_name_can_be_taken_back_in_one_press(window, page):
    page.walk_in.field.setFocus()
    press(window, "Lena Lodge", Qt.Key.Key_Return)
    page.table.setFocus()
    page.table.take_in_hand(6)
    other = page.table.line.list_name
    press(window, "l", "o")
    assert "Did you mean to find" in page.notice.text
    page.notice._actions[0].click()
    assert lines(page)[other].mark is None
    assert page.finder.text() == "lo"
    assert page.table.line.list_name == "Lodge, Lena"


def test_undo_takes_back_the_mark_by_name_and_redo_makes_it_again(window, page):
    press(window, Qt.Key.Key_Down)
    line = page.table.line
    press(window, Qt.Key.Key_Space)
    spoken = line.known_as or line.given_name or line.family_name
    assert window.frame.top.undo.text().startswith(f"Undo: mark {spoken}")
    window.menus.undo.trigger()
    assert lines(page)[line.list_name].mark is None
    assert window.menus.redo.text().startswith(f"&Redo: mark {spoken}")
    window.menus.redo.trigger()
    assert lines(page)[line.list_name].here


def test_undo_key_in_an_empty_line_takes_back_the_last_tick(window, page):
    press(window, letters(page.model.rows[4])[:3], Qt.Key.Key_Space)
    name = page.model.rows[page.table.currentIndex().row()].list_name
    assert lines(page)[name].here
    QTest.keyClick(page.finder, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not lines(page)[name].here
    assert page.finder.text() == ""


def test_press_on_a_box_ticks_it_once(window, page):
    box = page.table.visualRect(page.model.index(3, HERE_COLUMN))
    QTest.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center() + QPoint(-8, 0)
    )
    assert page.model.rows[3].here


def test_guests_are_saved_and_counted_apart(window, page, reread):
    page.side.guests.setFocus()
    press(window, Qt.Key.Key_Up, Qt.Key.Key_Up)
    page.finder.setFocus()
    assert reread("SELECT guests FROM session WHERE id = :id", {"id": page.session_id}) == [(2,)]
    assert "2 guests" in page.side.total.text


def test_notes_are_saved_on_leaving(window, page, reread):
    page.side.notes.setFocus()
    press(window, "Boiler off until 7.20.")
    page.finder.setFocus()
    notes = "SELECT notes FROM session WHERE id = :id"
    assert reread(notes, {"id": page.session_id}) == [("Boiler off until 7.20.",)]


def test_notes_are_saved_after_a_pause(window, page, qtbot):
    page.side.notes.setFocus()
    press(window, "Priya led.")
    register = window.shelf.book.register
    qtbot.waitUntil(
        lambda: activities.get_session(register, page.session_id).notes == "Priya led.",
        timeout=5000,
    )
    assert page.side.notes.hasFocus()


def test_notes_typed_when_the_window_closes_are_saved(window, page, small_example):
    from app.services import registers

    session = page.session_id
    page.side.notes.setFocus()
    press(window, "Half a sent")
    window.close()
    with registers.open_register(small_example, write=False) as register:
        assert activities.get_session(register, session).notes == "Half a sent"


def test_future_session_takes_apologies_only_and_says_so(window, page):
    later = next(
        session
        for session in activities.sessions_around(window.shelf.book.register, page.opened.session)
        if session.session_on > window.shelf.today() and session.state.value == "planned"
    )
    page.open_session(later.id)
    assert page.opened.session.session_on > window.shelf.today()
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert "has not come yet" in page.notice.text
    assert page.table.line.mark is None
    press(window, "a")
    assert page.table.line.mark is Mark.APOLOGY
    assert page.notice.text == ""


def test_cancelled_session_refuses_marks_in_place(window, page, frame):
    register = window.shelf.book.register
    session = activities.sessions_around(register, page.opened.session)[-1]
    window.shelf.book.commands.run(lambda: activities.cancel_session(register, session, "weather"))
    page.open_session(session.id)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert "cancelled" in page.notice.text
    assert frame.book.messages.said == []


def test_printed_order_is_the_order_of_entry(window, page):
    """Somebody new comes after the rows that were printed, wherever the name would stand."""
    from app.services import attendance

    register = window.shelf.book.register
    attendance.keep_printed_order(register, page.session_id)
    page.reload()
    printed = [line.person_id for line in page.model.rows]
    page.walk_in.field.setFocus()
    press(window, "Aaron Aardvark", Qt.Key.Key_Return)
    assert [line.person_id for line in page.model.rows][: len(printed)] == printed
    assert page.model.rows[-1].family_name == "Aardvark"


def test_done_goes_back_to_the_list_with_the_session_entered(window, page, frame):
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Space)
    session = page.session_id
    page.done_button.click()
    assert frame.sessions.page is frame.sessions.list
    assert frame.sessions.list.session.id == session
    assert frame.sessions.list.session.state.value == "held"


def test_a_held_key_is_one_mark(window, page, reread):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    press(window, Qt.Key.Key_Down)
    for repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeat
        )
        QApplication.sendEvent(page.table, event)
    assert len(reread(MARKS, {"session": page.session_id})) == 1
