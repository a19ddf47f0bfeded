"""The part called Rights is reached by Tab from its name."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.rights.rooms import somebody


def test_tab_goes_from_the_name_of_the_part_to_what_can_be_done(qtbot, window, frame):
    frame.open_person(somebody(window).id)
    page = frame.people.person
    page.tabs.bar.setFocus()
    place = page.tabs.keys.index("rights")
    for _ in range(place):
        QTest.keyClick(page.tabs.bar, Qt.Key.Key_Right)
    assert page.tabs.key == "rights"
    part = page.part("rights")
    found = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    wanted = [part.held, *part.notices.values(), part.requests.add, part.nameless]
    assert found == wanted
