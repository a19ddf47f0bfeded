"""The frame round a book: pages, search, undo by name, what is saved."""

import re

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.activities import SessionState
from app.domain.ids import SessionId
from app.domain.periods import Period
from app.services import activities, attendance, settings
from app.ui.navigation import PLACES
from app.ui.theme import ThemeChoice


class _Shown(QObject):
    """Notes every window that appears."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def test_no_widget_flashes_as_a_window_of_its_own(empty_window, small_example, qapp):
    shown = _Shown()
    qapp.installEventFilter(shown)
    empty_window.shelf.open_path(small_example)
    for place in PLACES:
        if not place.below:
            empty_window.frame.go_to(place.key)
            qapp.processEvents()
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_title_and_top_bar_say_whose_book_it_is(window, frame):
    group = settings.read(window.shelf.book.register)
    assert window.windowTitle() == group.group_name
    assert frame.top._name.text() == group.group_name
    assert frame.top._tagline.text() == group.tagline
    assert frame.top.pretend.isVisible()


def test_a_groups_own_book_has_no_pretend_chip(tea_frame):
    assert not tea_frame.top.pretend.isVisible()


def test_every_page_is_reached_by_its_key(window, frame):
    for number, place in enumerate((p for p in PLACES if not p.below), start=1):
        QTest.keyClick(
            window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier
        )
        assert frame.rail.buttons[place.key].isChecked()
        assert frame.page is frame._by_key[place.key]
        assert window.focusWidget() is not None
        assert frame.page.isAncestorOf(window.focusWidget()), f"{place.key} has no keyboard"


def test_nothing_on_the_rail_leads_nowhere(window, frame, messages):
    for key, button in frame.rail.buttons.items():
        button.click()
        assert frame.page.isVisible() or messages.said, key


def test_home_says_what_is_on_today_and_what_waits(frame, today):
    assert frame.home.head.title.text() == "Tuesday 3 November"
    text = frame.home.head.subtitle.text()
    assert re.search(r"(One|Two|Three) sessions? today", text)
    waiting = len(activities.to_enter(frame.book.register, today=today))
    if waiting:
        badge = frame.rail.buttons["sessions"]
        assert badge.accessibleName() == f"Sessions: {waiting} not entered"


def test_home_rail_and_pile_count_the_same_once_todays_sheet_is_printed(frame, today):
    book = frame.book
    tonight = next(
        one
        for one in activities.sessions_between(book.register, Period(first=today, last=today))
        if one.state is SessionState.PLANNED
    )
    book.commands.run(lambda: attendance.keep_printed_order(book.register, tonight.id))
    waiting = [one.session.id for one in activities.to_enter(book.register, today=today)]
    assert waiting[-1] == tonight.id
    frame.home.reload()
    badge = frame.rail.buttons["sessions"]
    assert badge.accessibleName() == f"Sessions: {len(waiting)} not entered"
    frame.go_to("sessions")
    frame.sessions.open_pile()
    assert [one.session.id for one in frame.sessions.pile.model.rows] == waiting


def test_home_leads_to_the_register_of_tonight(window, frame, today):
    take = next(
        button
        for button in frame.home.findChildren(QWidget)
        if "Take register" in (button.accessibleName() or "")
    )
    take.click()
    assert frame.sessions.page is frame.sessions.register
    assert frame.sessions.register.opened.session.session_on == today


def test_search_finds_a_person_and_enter_opens_the_page(window, frame):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is frame.top.search
    QTest.keyClicks(frame.top.search, "gurp")
    assert frame.top.search.offered.count >= 1
    QTest.keyClick(frame.top.search, Qt.Key.Key_Down)
    QTest.keyClick(frame.top.search, Qt.Key.Key_Return)
    assert frame.people.page is frame.people.person
    assert "Gurpreet" in frame.people.person.person.given_name
    assert frame.top.search.text() == ""


def test_search_without_a_choice_shows_the_list_of_people_found(window, frame):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(frame.top.search, "kaur")
    QTest.keyClick(frame.top.search, Qt.Key.Key_Return)
    assert frame.people.list.typed == "kaur"
    assert 0 < frame.people.list.model.rowCount() < 20


def test_escape_closes_the_nearest_thing_first(window, frame):
    frame.go_to("people")
    frame.people.list.search_for("kaur")
    frame.people.list.take_keyboard()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert frame.people.list.typed == ""
    QTest.keyClick(frame.people.list.table, Qt.Key.Key_Return)
    assert frame.people.page is frame.people.person
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert frame.people.page is frame.people.list


def test_saved_line_gives_the_time_of_the_last_change(window, frame):
    assert frame.bottom.text == "Everything is saved"
    register = window.shelf.book.register
    session = activities.sessions_between(register, _day(window.shelf.today()))[0]
    window.shelf.book.commands.run(lambda: activities.set_notes(register, session, "Cold hall"))
    assert re.fullmatch(r"Saved \d\d:\d\d", frame.bottom.text)


def _day(day):
    from app.domain.periods import Period

    return Period(first=day, last=day)


def test_undo_is_offered_only_when_there_is_something_to_take_back(window, frame):
    assert not frame.top.undo.isVisible()
    assert not window.menus.undo.isEnabled()
    register = window.shelf.book.register
    session = activities.sessions_between(register, _day(window.shelf.today()))[0]
    window.shelf.book.commands.run(lambda: activities.set_notes(register, session, "Cold hall"))
    assert frame.top.undo.isVisible()
    assert frame.top.undo.accessibleName().startswith("Undo: notes of")
    frame.top.undo.click()
    assert not frame.top.undo.isVisible()
    assert window.menus.redo.isEnabled()
    assert activities.get_session(register, session.id).notes == session.notes


def test_help_says_what_the_page_is_for(window, frame, messages):
    frame.go_to("people")
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert messages.said[-1].startswith("What this page is for Everybody in the book")
    assert "Help" in messages.said[-1]


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.CONTRAST, ThemeChoice.LIGHT])
def test_theme_is_chosen_in_the_menu_and_kept(window, choice, qapp):
    window.menus.themes[choice].trigger()
    looks = window.shelf.looks
    assert looks.choice is choice
    assert looks.theme.dark is (choice is ThemeChoice.DARK)
    assert qapp.palette().window().color().name().upper() == looks.theme.paper.upper()


@pytest.mark.parametrize("size", [90, 100, 150, 200])
def test_letters_rows_and_buttons_grow_together(window, frame, size, qapp):
    looks = window.shelf.looks
    frame.go_to("people")

    def measure():
        qapp.processEvents()
        table = frame.people.list.table
        return (
            table.fontMetrics().height(),
            table.verticalHeader().defaultSectionSize(),
            frame.people.list.add_button.sizeHint().height(),
            table.font().pixelSize(),
        )

    ordinary = measure()
    looks.set_text_size(size)
    now = measure()
    grown = [after / before for after, before in zip(now, ordinary, strict=True)]
    assert grown[3] == pytest.approx(size / 100, abs=0.08)
    assert all((g - 1) * (size - 100) >= 0 for g in grown)
    assert grown[1] >= 1 + (size / 100 - 1) / 2 or size < 100
    assert now[1] > now[0], "a row is higher than its letters"


@pytest.mark.parametrize("size", [100, 150, 200])
def test_window_fits_a_small_laptop_at_every_text_size(window, frame, size, qapp):
    window.shelf.looks.set_text_size(size)
    session = activities.sessions_between(frame.book.register, _day(window.shelf.today()))[0]
    for key in ("home", "people", "sessions", "referrals", "outcomes", "returns"):
        frame.go_to(key)
        qapp.processEvents()
        least = window.minimumSizeHint()
        assert least.width() <= 1366, key
        assert least.height() <= 768, key
    frame.take_register(SessionId(session.id))
    qapp.processEvents()
    assert window.minimumSizeHint().width() <= 1366
    assert window.size().width() == 1366


def test_open_pages_look_again_when_something_changes(window, frame):
    frame.go_to("sessions")
    register = window.shelf.book.register
    session = frame.sessions.list.session
    window.shelf.book.commands.run(
        lambda: activities.set_guests(register, session, 7, today=window.shelf.today())
    )
    assert frame.sessions.list.session.guests == 7


def test_hidden_pages_look_again_when_they_are_shown(window, frame):
    frame.go_to("sessions")
    session = frame.sessions.list.session
    frame.go_to("people")
    register = window.shelf.book.register
    window.shelf.book.commands.run(
        lambda: activities.set_guests(register, session, 7, today=window.shelf.today())
    )
    assert frame.sessions.list.session.guests != 7, "it is not seen, so it need not look"
    frame.go_to("sessions")
    assert frame.sessions.list.session.guests == 7
