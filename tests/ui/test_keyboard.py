"""Everything by keyboard: Tab goes as one reads, focus is seen, keys are listed, Escape closes."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from app.ui.gallery.sheets import photograph
from app.ui.gallery.specimens import SPECIMENS
from app.ui.theme import ThemeChoice
from tests.ui.rooms import PAGES, open_dialog


def reachable(top):
    """Return what Tab can give the keyboard to."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not (isinstance(widget, QLineEdit) and isinstance(widget.parent(), QAbstractSpinBox))
    ]


def name_of(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def complaints(top, where):
    """Return what cannot be reached, has no name, or is an icon without its word."""
    said = [f"{where}: no name for {w!r}" for w in reachable(top) if not name_of(w)]
    for button in top.findChildren(QAbstractButton):
        own = not isinstance(button.parent(), QTabBar)  # its arrows come when tabs do not fit
        if button.isVisible() and own and not button.icon().isNull() and not button.text():
            said.append(f"{where}: an icon without its word, {button!r}")
    return said


# --- names and words -------------------------------------------------------------------------


# --- Tab -------------------------------------------------------------------------------------


def walked(top, start):
    """Press Tab until it comes round; return what had the keyboard, in order."""
    start.setFocus()
    met = [start]
    for _ in range(300):
        top.focusNextChild()
        now = QApplication.focusWidget()
        if now is start or now is None:
            break
        met.append(now)
    return met


def seen_at(widget, beside, top):
    """Return where a widget is; what scrolls without the other is where its area is."""
    area = widget.parentWidget()
    while area is not None and not area.isAncestorOf(beside):
        if isinstance(area, QAbstractScrollArea):
            widget = area
        area = area.parentWidget()
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def against_reading(one, other, top):
    """Whether ``other`` comes after ``one`` by Tab, but before it as one reads."""
    a, b = seen_at(one, other, top), seen_at(other, one, top)
    above = b.bottom() <= a.top() and b.left() < a.right()
    overlap = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    same_line = overlap > 0.6 * min(a.height(), b.height())
    return above or (same_line and b.right() <= a.left())


# --- focus is seen ---------------------------------------------------------------------------


def pixels_of(picture, colour):
    image = picture.toImage()
    wanted = colour.rgb()
    return sum(
        image.pixel(x, y) == wanted
        for y in range(image.height())
        for x in range(0, image.width(), 2)
    )


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
@pytest.mark.parametrize("size", [100, 200])
def test_whatever_has_the_keyboard_wears_the_ring(looks, choice, size):
    looks.set_theme(choice)
    looks.set_text_size(size)
    focus = looks.colour("focus")
    bare = []
    for specimen in SPECIMENS:
        if not specimen.focusable:
            continue
        without = pixels_of(photograph(specimen, looks), focus)
        with_it = pixels_of(photograph(specimen, looks, focused=True), focus)
        if without or with_it < 40:
            bare.append(f"{specimen.kind}, {specimen.state}: {without} and {with_it} of the ring")
    assert bare == []


# --- keys ------------------------------------------------------------------------------------


def test_no_key_does_two_things_and_every_key_of_the_menus_is_listed(window, frame):
    for go in PAGES.values():
        go(window)
    keys, pages = {}, {}
    for action in window.findChildren(QAction):
        for key in action.shortcuts():
            keys.setdefault(key.toString(), []).append(action.text())
    for shortcut in window.findChildren(QShortcut):
        for key in shortcut.keys():  # noqa: SIM118 - Qt's own method
            page = type(shortcut.parent()).__name__
            pages.setdefault(key.toString(), []).append(shortcut.objectName() or page)
    # A page's own keys work while it is in sight, so two pages may have the same.
    twice_on_a_page = {k: users for k, users in pages.items() if len(set(users)) < len(users)}
    assert {key: users for key, users in keys.items() if len(users) > 1 or key in pages} == {}
    assert twice_on_a_page == {}
    dialog = open_dialog(window, "keys")
    listed = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for action in window.menus.actions:
        for key in action.shortcuts():
            assert key.toString() in listed, action.text()
    for key in ("Tab", "Escape", "Space", "Alt+Left", "Ctrl+F"):
        assert key in listed


def mnemonics(texts):
    """Return the letters that Alt reaches, of the words of a menu or dialog."""
    plain = [text.replace("&&", "") for text in texts]
    return [text[text.index("&") + 1].casefold() for text in plain if "&" in text]


def twice(letters):
    return sorted({letter for letter in letters if letters.count(letter) > 1})


def test_no_letter_of_a_menu_reaches_two_things(window, frame):
    bar = window.menuBar()
    assert twice(mnemonics([action.text() for action in bar.actions()])) == []
    assert len(mnemonics([action.text() for action in bar.actions()])) == len(bar.actions())
    for menu in bar.findChildren(QMenu):
        words = [action.text() for action in menu.actions()]
        assert twice(mnemonics(words)) == [], menu.title()
    window.menus.show_history("add Tea & Cake", "move Art & Craft")
    assert window.menus.undo.text() == "&Undo: add Tea && Cake"
    words = [action.text() for action in window.menus.undo.associatedObjects()[0].actions()]
    assert twice(mnemonics(words)) == []
