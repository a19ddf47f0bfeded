"""Every page and every dialog, at common and at twice the text: keys reach all of it, nothing is cut.

Each is shown once and looked at in every way, as showing them takes longer than looking.
"""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QScrollArea

from app.ui.forms.form_dialog import FormDialog
from app.ui.safekeeping import restore_dialog
from app.ui.safekeeping.restore_dialog import RestoreDialog
from tests.ui.rooms import DIALOGS, PAGES, open_dialog, settle
from tests.ui.test_keyboard import (
    against_reading,
    complaints,
    mnemonics,
    name_of,
    reachable,
    twice,
    walked,
)
from tests.ui.test_text_sizes import looked_at

SCREEN = (1366, 768)


@pytest.fixture(params=[100, 200])
def sized(window, request):
    window.shelf.looks.set_text_size(request.param)
    settle()
    return window


def gone_through(top, start, within):
    """Say what Tab misses, or comes to in another order than one reads."""
    met = [w for w in walked(top, start) if w is within or within.isAncestorOf(w)]
    said = [f"Tab never comes to {name_of(w)!r}" for w in set(reachable(within)) - set(met)]
    for one, other in pairwise(met):
        if against_reading(one, other, top):
            said.append(f"{name_of(other)!r} comes after {name_of(one)!r}")
    return said


def seen_whole(root):
    """Say what is cut, once words in several lines have been given their room."""
    for _ in range(4):
        settle()
    return [f"cut: {found}" for found in looked_at(root) if found]


def wider_than(area, room):
    return area.width() > room[0] or area.height() > room[1]


# --- pages -----------------------------------------------------------------------------------


def of_page(window, name):
    frame = window.frame
    if not reachable(frame.page):
        yield "nothing can be reached"
    yield from complaints(window, name)
    yield from seen_whole(window)
    # Beginning before the page, at the foot of the rail.
    yield from gone_through(window, frame.rail.buttons["settings"], frame.page)
    frame.top.show_undo("mark somebody with a long name as here")
    settle()
    least = window.minimumSizeHint()
    if wider_than(least, SCREEN):
        yield f"wants {least.width()} x {least.height()}"
    frame.top.show_undo("")


def test_every_page_is_reached_by_keys_and_whole_and_fits_the_screen(sized):
    said = []
    for name, go in PAGES.items():
        go(sized)
        settle()
        said += [f"{name}: {words}" for words in of_page(sized, name)]
    assert said == [], "\n".join(said)


# --- dialogs ---------------------------------------------------------------------------------


def of_dialog(window, dialog, name):
    if not dialog.windowTitle():
        yield "no title"
    yield from complaints(dialog, name)
    yield from of_size(window, dialog)
    words = [b.text() for b in dialog.findChildren(QAbstractButton) if b.isVisible()]
    words += [one.text() for one in dialog.findChildren(QLabel) if one.buddy() is not None]
    yield from (f"Alt+{letter} reaches two things" for letter in twice(mnemonics(words)))
    first = dialog.focusWidget()
    can = reachable(dialog)
    if not can:
        yield "nothing can be reached"
        return
    yield from gone_through(dialog, min(can, key=lambda w: place(w, dialog)), dialog)
    if first is not None:
        first.setFocus()


def of_size(window, dialog):
    """Say what does not fit the screen, and then what is cut where the dialog is in the window."""
    room, least = window.screen().availableGeometry(), dialog.minimumSizeHint()
    high, wide = max(dialog.height(), least.height()), max(dialog.width(), least.width())
    if high > max(room.height(), SCREEN[1]) or wide > SCREEN[0]:
        yield f"{wide} x {high} is too large"
    if isinstance(dialog, FormDialog):  # the screen of the tests is narrower than the window
        dialog.resize(min(dialog.looks.px(560), window.width() - 40), dialog.height())
    if isinstance(dialog, RestoreDialog):  # so is its table
        wanted = window.shelf.looks.gap(restore_dialog._WIDTH)
        dialog.resize(min(wanted, window.width() - 40), dialog.height())
    yield from seen_whole(dialog)
    if wider_than(dialog, (window.width(), window.height())):
        yield "larger than the window"
    for area in dialog.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisibleTo(dialog) and inner and inner.width() > area.viewport().width():
            yield "cut at the side"


def place(widget, top):
    corner = widget.mapTo(top, QPoint(0, 0))
    return corner.y() // 12, corner.x()


def test_every_dialog_is_reached_by_keys_and_whole_and_fits_the_screen_and_leaves_by_escape(sized):
    said = []
    for name in DIALOGS:
        dialog = open_dialog(sized, name)
        said += [f"{name}: {words}" for words in of_dialog(sized, dialog, name)]
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
        settle()
        left = [d for d in sized.findChildren(QDialog) if d.isVisible()]
        assert left == [], f"{name} stays open"
    assert said == [], "\n".join(said)
