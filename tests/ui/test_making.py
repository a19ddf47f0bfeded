"""The title of a page is seen at once; the page comes in the next turns, and nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.ids import GrantId, ReferralId
from app.services import people
from app.ui.making import BlankPage
from app.ui.money.money_page import MoneyPage
from app.ui.navigation import PLACES
from app.ui.returns.sheet_dialog import SheetDialog
from app.ui.widgets.buttons import ActionButton

KEYS = [place.key for place in PLACES if place.is_page]


@pytest.fixture
def just_opened(empty_window, small_example):
    """The window in the very turn in which a book was opened."""
    assert empty_window.shelf.open_path(small_example)
    empty_window.frame.ahead.stop()
    return empty_window


def home_is_there(window, qtbot):
    frame = window.frame
    qtbot.waitUntil(lambda: not frame.making.active)
    return frame.home


def test_frame_is_there_before_home_is_made(just_opened, qtbot):
    frame = just_opened.frame
    assert just_opened.windowTitle() == frame.group_name
    assert frame.rail.isVisible()
    assert "home" not in vars(frame)
    blank = frame.pages.currentWidget()
    assert isinstance(blank, BlankPage)
    assert blank.accessibleName() == "Tuesday 3 November"
    home = home_is_there(just_opened, qtbot)
    assert frame.pages.currentWidget() is home
    assert home.head.title.text() == "Tuesday 3 November"
    assert isinstance(just_opened.focusWidget(), ActionButton)


def test_title_stays_where_it_was_when_home_comes(just_opened, qtbot):
    def place(page):
        title = page.findChild(object, "pageTitle")
        return title.mapTo(frame, title.rect().topLeft()), title.height()

    frame = just_opened.frame
    frame.pages.currentWidget().grab()  # laid out as it is seen
    before = place(frame.pages.currentWidget())
    assert place(home_is_there(just_opened, qtbot)) == before


def test_keys_pressed_before_home_is_there_are_given_to_it(just_opened, qtbot):
    frame = just_opened.frame
    for _ in range(2):
        QTest.keyClick(just_opened.focusWidget(), Qt.Key.Key_Tab)
    assert isinstance(just_opened.focusWidget(), BlankPage)
    home = home_is_there(just_opened, qtbot)
    first = next(b for b in home.findChildren(ActionButton) if b.isVisible() and b is not home.add)
    assert home.isAncestorOf(just_opened.focusWidget())
    assert just_opened.focusWidget() is not first
    assert frame.pages.currentWidget() is home


def test_space_pressed_before_home_is_there_presses_its_first_button(just_opened, qtbot):
    QTest.keyPress(just_opened.focusWidget(), Qt.Key.Key_Space)
    home_is_there(just_opened, qtbot)
    qtbot.waitUntil(lambda: bool(just_opened.findChildren(SheetDialog)))  # of tonight's class


def test_home_does_not_push_itself_before_what_was_gone_to(just_opened, qtbot):
    frame = just_opened.frame
    frame.go_to("people")
    home_is_there(just_opened, qtbot)
    assert frame.pages.currentWidget() is frame.people
    assert frame.people.isAncestorOf(just_opened.focusWidget())
    assert frame.home.isHidden()


def test_search_takes_what_is_typed_before_home_is_there(just_opened, qtbot):
    frame = just_opened.frame
    row = people.list_people(frame.book.register, limit=1).rows[0]
    just_opened.menus.search.trigger()
    QTest.keyClicks(just_opened.focusWidget(), row.full_name)
    home_is_there(just_opened, qtbot)
    assert frame.top.search.text() == row.full_name
    assert just_opened.focusWidget() is frame.top.search


# --- pages that are gone to for the first time -------------------------------------------------


def is_made(frame, key):
    return key in frame._by_key and not frame.making.active


def test_title_of_a_page_is_there_before_the_page(just_opened, qtbot):
    home_is_there(just_opened, qtbot)
    frame = just_opened.frame
    just_opened.menus.pages["money"].trigger()
    blank = frame.pages.currentWidget()
    assert isinstance(blank, BlankPage)
    assert (blank.accessibleName(), just_opened.focusWidget()) == ("Money", blank)
    assert frame.rail.buttons["money"].isChecked()
    assert "money" not in frame._by_key
    qtbot.waitUntil(lambda: is_made(frame, "money"))
    assert frame.pages.currentWidget() is frame.money
    assert frame.money.isAncestorOf(just_opened.focusWidget())


@pytest.mark.parametrize("key", KEYS)
def test_keyboard_is_on_the_page_that_was_chosen(just_opened, qtbot, key):
    home_is_there(just_opened, qtbot)
    frame = just_opened.frame
    frame.rail.buttons[key].click()
    qtbot.waitUntil(lambda: is_made(frame, key))
    assert frame.pages.currentWidget() is frame.page_of(key)
    assert frame.page.isAncestorOf(just_opened.focusWidget())


def test_door_to_a_page_that_is_not_made_yet_leads_there(just_opened, qtbot):
    frame = just_opened.frame
    referral_id = ReferralId(frame.book.register.value("SELECT min(id) FROM referral"))
    frame.open_referral(referral_id)
    qtbot.waitUntil(lambda: is_made(frame, "referrals"))
    assert frame.referrals.page is frame.referrals.referral
    assert frame.pages.currentWidget() is frame.referrals


def test_who_goes_elsewhere_meanwhile_stays_there(just_opened, qtbot):
    frame = just_opened.frame
    frame.open_grant(GrantId(1))
    frame.visit("outcomes")
    frame.visit("returns")
    frame.go_to("people")
    home_is_there(just_opened, qtbot)
    assert set(frame._by_key) == {"home", "people", "money", "outcomes", "returns"}
    assert frame.pages.currentWidget() is frame.people
    assert frame.people.isAncestorOf(just_opened.focusWidget())
    assert frame.money.tabs.key == "book"


def test_page_asked_for_twice_is_made_once(just_opened, qtbot):
    frame = just_opened.frame
    frame.visit("money")
    frame.visit("money")
    assert frame.money is frame.page_of("money")  # and by somebody who could not wait
    home_is_there(just_opened, qtbot)
    assert frame.pages.currentWidget() is frame.money
    assert len(frame.pages.findChildren(MoneyPage)) == 1


def test_words_typed_into_the_search_are_not_taken_by_a_page_that_comes(just_opened, qtbot):
    home_is_there(just_opened, qtbot)
    frame = just_opened.frame
    frame.visit("settings")
    just_opened.menus.search.trigger()
    QTest.keyClicks(just_opened.focusWidget(), "ka")
    qtbot.waitUntil(lambda: is_made(frame, "settings"))
    assert frame.pages.currentWidget() is frame.settings
    assert (just_opened.focusWidget(), frame.top.search.text()) == (frame.top.search, "ka")


def test_book_closed_at_once_leaves_nothing_to_be_made(just_opened, qtbot):
    just_opened.close_book()
    assert just_opened.frame is None
    assert just_opened.start is not None
