"""At every text size, on the smallest screen: what one begins with is in sight, dates are whole."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.ui.appearance import TEXT_SIZES
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import CHIP_ROLE, LOOK_ROLE, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.tables.widths import shared
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import PageHead
from app.ui.widgets.short_words import ShortWords
from tests.ui.rooms import PAGES, past_session, settle

WIDEST = {
    "last_came": "Wed 28 Nov 2026",
    "phone": "07700 900928",
    "day": "Wed 28 Nov 2026",
    "time": "10.30 am–12.00 pm",
}


@pytest.fixture(params=[100, 200])
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


OPEN = {"known_as", "fund", "heading", "type", "state", "clock"}
"""Columns of any words at all: the longest may be shortened with dots, and the tip says them."""


def cut_cells(root):
    """Return the cells in which a date, a sum or a status is not whole, and tables wider than they are."""
    found = []
    for table in root.findChildren(LedgerTable):
        if table.isVisibleTo(root) and isinstance(table.model(), RowsModel):
            found += cut_in(table)
    return found


def cut_in(table):
    model, name = table.model(), table.accessibleName()
    shown = [place for place in range(model.columnCount()) if not table.isColumnHidden(place)]
    width = sum(table.columnWidth(place) for place in shown)
    scrolled = table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    found = [f"{name}: {width} wide"] if width > table.viewport().width() and not scrolled else []
    head = QFontMetrics(table.looks.font(13, QFont.Weight.DemiBold))
    for place in shown:
        column, room = model.columns[place], table.columnWidth(place)
        if head.horizontalAdvance(column.title) + 2 * table.looks.gap(8) > room:
            found.append(f"{name}: head {column.title}")
        rows = range(min(model.rowCount(), 40)) if column.width and column.key not in OPEN else ()
        cells = (model.index(row, place) for row in rows)
        found += [f"{name}: {cell.data()}" for cell in cells if room_wanted(table, cell) > room]
    return found + in_vain(table, shown)


def in_vain(table, shown):
    """Return the columns whose words are cut while another column has room it does not need."""
    model, plain = table.model(), type(table.itemDelegate()).paint_content
    if plain is not LedgerDelegate.paint_content or not 0 < model.rowCount() <= 60 or model.long:
        return []
    head = QFontMetrics(table.looks.font(13, QFont.Weight.DemiBold))
    cut, room = [], 0
    for place in shown:
        cells = [room_wanted(table, model.index(row, place)) for row in range(model.rowCount())]
        column, width = model.columns[place], table.columnWidth(place)
        title = head.horizontalAdvance(column.title) + 2 * table.looks.px(8)
        spare = width - max(*cells, title, table.looks.px(column.least))
        cut += [f"{table.accessibleName()}: {column.title} is cut in vain"] if spare < 0 else []
        room += max(0, spare - table.looks.px(12))  # a status needs some air
    return cut if room else []


def room_wanted(table, cell):
    """Return how wide a cell would have to be, in pixels."""
    px, text = table.looks.px, str(cell.data() or "")
    if text and cell.data(CHIP_ROLE):
        bold = QFontMetrics(table.looks.font(13, QFont.Weight.DemiBold))
        return bold.horizontalAdvance(text) + px(15) + round(1.8 * px(8)) + px(8)
    font = QFont(table.font())
    font.setBold(cell.data(LOOK_ROLE) == "strong")
    return QFontMetrics(font).horizontalAdvance(text) + 2 * px(8) if text else 0


def cut_words(root):
    """Return the labels of which something is not seen: a line too short, or lines too many."""
    found = []
    for label in root.findChildren(QLabel):
        if isinstance(label, ShortWords) or not label.isVisibleTo(root) or not label.text():
            continue
        if label.wordWrap():
            cut = label.height() < label.heightForWidth(label.width()) - 1
        else:
            cut = label.width() < label.sizeHint().width() - 1
        if cut:
            found.append(label.text())
    return found


def looked_at(root):
    return squashed(root), cut_words(root), cut_cells(root)


@pytest.mark.parametrize("size", [90, 150])
def test_nothing_is_cut_on_the_pages_most_used_at_other_sizes_either(window, size):
    window.shelf.looks.set_text_size(size)
    settle()
    for name in ("register", "referrals", "money"):
        PAGES[name](window)
        for _ in range(4):  # words in several lines are given their room a little later
            settle()
        assert looked_at(window) == ([], [], []), name


def test_short_title_keeps_no_room_for_a_long_one_that_was_there(looks, qtbot):
    head, stack = PageHead(looks), QStackedWidget()
    qtbot.addWidget(stack)
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(head)
    column.addStretch(1)
    stack.addWidget(page)
    stack.addWidget(QWidget())
    stack.resize(600, 500)
    head.say("A very long title of a return to a community foundation " * 3)
    stack.show()
    settle()
    assert head.title.height() > 2 * head.title.fontMetrics().height()
    stack.setCurrentIndex(1)
    settle()
    head.say("A small grant")
    stack.setCurrentIndex(0)
    settle()
    assert head.title.height() < 2 * head.title.fontMetrics().height()


def test_every_place_of_the_rail_is_in_sight_and_no_count_covers_a_word(sized):
    rail = sized.frame.rail
    for button in rail.buttons.values():
        button.show_count(28, "to answer")
    settle()
    for button in rail.buttons.values():
        seen = QRect(button.mapTo(rail, QPoint(0, 0)), button.size())
        assert rail.rect().contains(seen), button.place.word
        words = QFontMetrics(button.font()).horizontalAdvance(button.place.word)
        before = 0 if button.icon().isNull() else button.iconSize().width()
        assert before + words < button._count.x(), button.place.word


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


@pytest.mark.parametrize(
    ("widths", "wants", "fitted"),
    [
        ((100, 100, 100), (90, 90, 90), (100, 100, 100)),
        ((100, 100, 100), (140, 60, 100), (140, 60, 100)),
        ((100, 100, 100), (200, 60, 80), (160, 60, 80)),
        ((100, 100, 100), (130, 130, 80), (110, 110, 80)),
    ],
)
def test_room_a_column_does_not_need_goes_to_words_that_are_cut(widths, wants, fitted):
    assert shared(widths, wants) == fitted


def test_words_of_an_empty_page_leave_no_single_word_in_their_last_line(looks, qtbot):
    text = "Say what is in the bank and in the tin, and the book is begun. After that every one"
    text += " of the receipts and payments that there are is a line of it"
    for more in ("", " here", " here, too", " here, too, for ever and ever, and always"):
        empty = EmptyState(looks, icon="wallet", title="No cash book yet", text=text + more)
        qtbot.addWidget(empty)
        empty.resize(900, 400)
        empty.show()
        settle()
        label = empty._text
        room = label.contentsRect().width()
        flags = int(Qt.TextFlag.TextWordWrap)
        lines = label.fontMetrics().boundingRect(0, 0, room, 999, flags, label.text())
        whole = label.fontMetrics().horizontalAdvance(label.text())
        many = round(lines.height() / label.fontMetrics().lineSpacing())
        assert many > 1, text
        assert lines.width() * many < whole * 1.3, "the lines are about equally long"
        assert label.height() >= label.heightForWidth(label.width()) - 1


def test_an_empty_page_keeps_no_room_for_lines_it_had_when_it_was_narrow(looks, qtbot):
    empty = EmptyState(
        looks, icon="wallet", title="Nothing yet", text="It is here then, and so on."
    )
    qtbot.addWidget(empty)
    empty.resize(90, 400)
    empty.show()
    settle()
    narrow = empty._text.minimumHeight()
    empty.resize(600, 400)
    settle()
    assert empty._text.minimumHeight() < narrow
