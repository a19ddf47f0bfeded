"""Messages stay in sight until they are answered, also when no window is under them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.messages import Messages, Question
from tests.ui.rooms import settle
from tests.ui.test_text_sizes import cut_words


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


def test_question_of_any_length_is_seen_whole(looks, qtbot):
    looks.set_text_size(90)  # the screen of the tests is small: there all others are wrapped
    messages = Messages()
    for length in range(30, 60, 4):
        text = ("Take everybody of the hall " * 3)[:length]
        messages.ask(None, Question(text=text, yes="Take it out"), lambda: None)
        settle()
        (box,) = shown()
        assert cut_words(box) == []
        box.reject()
        qtbot.waitUntil(lambda: not shown())
    looks.set_text_size(100)


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("The file is gone. Plug the stick in.", "The file is gone.", "Plug the stick in."),
        ("St. Mary's is full. Ask Mr. Khan.", "St. Mary's is full.", "Ask Mr. Khan."),
        ("Throw it away?", "Throw it away?", ""),
        ("Take out 3 people? “Ana” stays. All else goes.", "Take out 3 people?",
         "“Ana” stays. All else goes."),
        ("Version 2.10 is newer.", "Version 2.10 is newer.", ""),
    ],
)  # fmt: skip
def test_what_happened_stands_over_what_to_do(qtbot, text, first, rest):
    Messages().tell(None, text)
    (box,) = shown()
    assert (box.text(), box.informativeText()) == (first, rest)
    box.reject()
    qtbot.waitUntil(lambda: not shown())
