"""Messages stay in sight until they are answered, also when no window is under them."""

from PySide6.QtWidgets import QApplication, QDialog, QInputDialog

from app.ui.messages import Messages


def shown():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def test_a_password_is_asked_over_no_window(qtbot):
    messages, given = Messages(), []
    messages.ask_password(None, "Type the password.", given.append)
    (dialog,) = shown()
    assert isinstance(dialog, QInputDialog)
    assert dialog.isVisible()
    dialog.setTextValue("pretend")
    dialog.accept()
    assert given == ["pretend"]
    qtbot.waitUntil(lambda: not shown())


def test_something_is_told_over_no_window(qtbot):
    messages = Messages()
    messages.tell(None, "This is a fault in the program.")
    (box,) = shown()
    assert box.isVisible()
    box.reject()
    qtbot.waitUntil(lambda: not shown())
