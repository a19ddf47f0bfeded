"""At every text size, on the smallest screen: what one begins with is in sight, dates are whole."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from app.ui.appearance import TEXT_SIZES
from app.ui.forms.form_dialog import FormDialog
from tests.ui.rooms import DIALOGS, PAGES, close, open_dialog, past_session, settle

WIDEST = {
    "last_came": "Wed 28 Nov 2026",
    "phone": "07700 900928",
    "day": "Wed 28 Nov 2026",
    "time": "10.30 am–12.00 pm",
}


@pytest.fixture(params=[90, 100, 150, 200])
def sized(window, request):
    window.shelf.looks.set_text_size(request.param)
    settle()
    return window


def cut(table):
    """Return the columns, of those shown, in which the widest text would not be whole."""
    found = []
    for place, column in enumerate(table.model().columns):
        if column.key not in WIDEST or table.isColumnHidden(place):
            continue
        font = table.font()
        font.setBold(column.look == "strong")
        room = table.columnWidth(place) - 2 * table.looks.px(10)
        if QFontMetrics(font).horizontalAdvance(WIDEST[column.key]) > room:
            found.append(column.key)
    return found


def in_sight(page, widget, rect=None):
    """Say whether a part of a widget is inside what is seen of its page."""
    view = page._area.viewport()
    rect = rect or widget.rect()
    seen = QRect(widget.mapTo(page, rect.topLeft()), rect.size())
    return QRect(view.mapTo(page, QPoint(0, 0)), view.size()).contains(seen)


def test_text_sizes_go_from_90_to_200_in_seven_steps():
    assert TEXT_SIZES == (90, 100, 110, 125, 150, 175, 200)


def test_people_begins_with_the_search_and_rows_under_it_and_cuts_no_date(sized):
    sized.frame.go_to("people")
    settle()
    page = sized.frame.people.list
    assert cut(page.table) == []
    assert page.table.horizontalScrollBar().maximum() == 0, "all columns are in sight"
    assert in_sight(page, page.search)
    second = page.table.visualRect(page.model.index(1, 1))
    assert in_sight(page, page.table.viewport(), second)


def test_sessions_cuts_no_day_and_no_time(sized):
    sized.frame.go_to("sessions")
    settle()
    assert cut(sized.frame.sessions.list.dates.table) == []


def test_a_register_opens_with_its_find_field_in_sight(sized):
    sized.frame.take_register(past_session(sized.frame).id)
    settle()
    page = sized.frame.sessions.register
    assert sized.focusWidget() is page.finder
    assert in_sight(page, page.finder)
    first = page.table.visualRect(page.model.index(0, 1))
    assert in_sight(page, page.table.viewport(), first)


FIELDS = (QComboBox, QLineEdit, QAbstractButton, QAbstractSpinBox, QPlainTextEdit)
"""What is typed in, chosen from or pressed."""


def squashed(root):
    """Return the fields in sight that have less room than they need: their words would be cut."""
    found = []
    for field in root.findChildren(QWidget):
        if not isinstance(field, FIELDS) or not field.isVisibleTo(root):
            continue
        if isinstance(field.parentWidget(), (QAbstractSpinBox, QComboBox, QTabBar)):
            continue  # a part of the one that is looked at, drawn by Qt
        least = field.minimumSizeHint().boundedTo(field.maximumSize())
        asked = field.minimumSize()  # its own word goes before Qt's
        width, height = asked.width() or least.width(), asked.height() or least.height()
        if field.width() < width or field.height() < height:
            name = field.accessibleName() or field.objectName()
            found.append(f"{name}: {field.width()} x {field.height()}, not {width} x {height}")
    return found


def test_no_field_of_any_page_is_smaller_than_it_needs(sized):
    for name, go in PAGES.items():
        go(sized)
        settle()
        settle()
        assert squashed(sized) == [], name


@pytest.mark.parametrize("name", DIALOGS)
def test_no_field_of_any_dialog_is_smaller_than_it_needs(sized, name):
    dialog = open_dialog(sized, name)
    if isinstance(dialog, FormDialog):  # the screen of the tests is narrower than the window
        dialog.resize(min(dialog.looks.px(560), sized.width() - 40), dialog.height())
    settle()
    assert squashed(dialog) == []
    assert dialog.width() <= sized.width()
    assert dialog.height() <= sized.height()
    for area in dialog.findChildren(QScrollArea):
        if area.isVisibleTo(dialog) and area.widget() is not None:
            assert area.widget().width() <= area.viewport().width(), "nothing is cut at the side"
    close(dialog)


def test_a_field_that_is_squashed_is_noticed(sized):
    sized.frame.go_to("people")
    sized.frame.people.list.search.setMaximumHeight(8)
    sized.frame.people.list.search.setMinimumHeight(0)
    sized.frame.people.list.search.resize(8, 8)
    assert squashed(sized.frame.people.list)


def test_today_what_waits_and_the_chart_are_in_sight_together(window):
    home = window.frame.home
    settle()
    for card in (home.week, home.waiting.heading, home.weeks):
        assert in_sight(home, card)
