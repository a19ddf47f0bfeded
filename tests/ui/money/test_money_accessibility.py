"""Every part and dialog of Money: what the keyboard can reach has a name, and Tab reaches it."""

import pytest
from PySide6.QtWidgets import QDialog

from tests.ui.money.rooms import DIALOGS, PAGES
from tests.ui.test_accessibility import name_of, nameless, reachable


def walked(top):
    """Go round with Tab; return everything that had the keyboard."""
    seen = []
    first = top.focusWidget()
    for _ in range(400):
        now = top.focusWidget()
        if now is not None and id(now) not in {id(one) for one in seen}:
            seen.append(now)
        top.focusNextChild()
        if top.focusWidget() is first and len(seen) > 1:
            break
    return seen


@pytest.fixture
def many(purse, tea_frame):
    """A cash book with lines, so that every list has rows."""
    for _ in range(3):
        purse.rent()
    tea_frame.go_to("money")
    return tea_frame.money


@pytest.mark.parametrize("key", PAGES)
def test_every_control_of_a_part_has_a_name_and_is_reached(many, empty_window, key):
    PAGES[key](empty_window)
    assert nameless(empty_window) == []
    part = many.part
    many.take_keyboard()
    reached = {id(one) for one in walked(empty_window)}
    missed = [name_of(one) for one in reachable(part) if id(one) not in reached]
    assert missed == []


@pytest.mark.parametrize("key", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_and_is_reached(many, empty_window, key):
    DIALOGS[key](empty_window)
    dialog = next(d for d in empty_window.findChildren(QDialog) if d.isVisible())
    assert list(reachable(dialog))
    assert nameless(dialog) == []
    reached = {id(one) for one in walked(dialog)}
    missed = [name_of(one) for one in reachable(dialog) if id(one) not in reached]
    assert missed == []
