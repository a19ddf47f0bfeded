"""Pages out of sight are dressed later, and then look as if they had been dressed at once."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.theme import ThemeChoice
from tests.ui.rooms import PAGES, settle


@pytest.fixture
def looks(window):
    return window.shelf.looks


def dressed(widget):
    return widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)


def drawn(window):
    settle()
    if now := QApplication.focusWidget():
        now.clearFocus()  # the keyboard may be somewhere else the second time
    page = getattr(window.frame.page, "page", window.frame.page)
    page._area.verticalScrollBar().setValue(0)
    return page.grab().toImage()


@pytest.mark.parametrize("name", ["people", "person", "register", "grid", "referrals", "settings"])
def test_page_out_of_sight_looks_as_if_it_had_been_seen(window, looks, name):
    PAGES[name](window)
    settle()
    window.frame.go_to("home")
    looks.set_theme(ThemeChoice.DARK)
    looks.set_text_size(125)
    assert looks.later.active
    PAGES[name](window)
    late = drawn(window)
    looks.set_text_size(100)
    looks.set_theme(ThemeChoice.LIGHT)
    assert drawn(window) != late
    looks.set_theme(ThemeChoice.DARK)
    looks.set_text_size(125)
    assert drawn(window) == late


def test_everything_is_dressed_at_last_though_nobody_looks(window, looks, qtbot):
    page = window.frame.page_of("settings")
    window.frame.go_to("settings")
    window.frame.go_to("home")
    before = [widget for widget in page.findChildren(QWidget) if dressed(widget)]
    looks.set_text_size(150)
    assert not any(dressed(widget) for widget in before)
    qtbot.waitUntil(lambda: not looks.later.active)
    kept = [widget for widget in before if shiboken6.isValid(widget)]
    assert len(kept) > 50, "a few are made anew"
    assert all(dressed(widget) for widget in kept)
    assert page.findChildren(QLineEdit)[0].font().pixelSize() == looks.font().pixelSize()


def test_what_is_typed_and_chosen_out_of_sight_is_kept(window, looks):
    people = window.frame.people
    window.frame.go_to("people")
    people.list.search.setText("Ahmed")
    settle()
    found = people.list.model.rowCount()
    window.frame.go_to("home")
    looks.set_theme(ThemeChoice.CONTRAST)
    window.frame.go_to("people")
    settle()
    assert people.list.search.text() == "Ahmed"
    assert people.list.model.rowCount() == found


def test_page_that_is_gone_is_not_dressed(window, looks, qtbot):
    window.frame.go_to("people")
    window.frame.go_to("home")
    looks.set_text_size(125)
    window.close_book()
    qtbot.waitUntil(lambda: not looks.later.active)
    assert window.start is not None
