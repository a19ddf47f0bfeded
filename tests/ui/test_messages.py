"""Messages stay in sight until they are answered, also when no window is under them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.messages import Messages, Question


def shown():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def test_something_is_told_over_no_window(qtbot):
    messages = Messages()
    messages.tell(None, "This is a fault in the program.")
    (box,) = shown()
    assert box.isVisible()
    box.reject()
    qtbot.waitUntil(lambda: not shown())


def test_what_cannot_be_undone_is_not_what_enter_presses(qtbot):
    messages, gone = Messages(), []
    messages.ask(None, Question(text="Throw it away?", yes="Throw it away"), lambda: gone.append(1))
    (box,) = shown()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert gone == []
    qtbot.waitUntil(lambda: not shown())
