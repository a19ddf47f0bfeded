"""Goes about in the window, drawn in memory, and prints how long it stood still at each step.

our_stops.py BOOK: one JSON object, step -> the longest time between two turns of the event loop, from
the step until nothing is left to do: [seconds by the clock, of this thread's processor time].
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app import main
from app.services import registers
from app.ui.messages import Messages
from app.ui.theme import ThemeChoice

BOOK = Path(sys.argv[1])
_CALM = 15
"""Looks in a row at which nothing is under way, before a step is over."""
_PASTED = "\n".join(f"Pretend Person {number}" for number in range(10_000))


def _clocks():
    return time.perf_counter(), time.thread_time()


class Heart(QObject):
    """Beats at every turn of the event loop, notes the longest pause, and stops when all is calm."""

    def __init__(self, window):
        super().__init__()
        self._window = window
        self._loop = QEventLoop()
        self._beats = QTimer(self)
        self._beats.timeout.connect(self._beat)
        self._looks = QTimer(self)
        self._looks.setInterval(20)
        self._looks.timeout.connect(self._look)

    def longest(self, step):
        """Return the longest pause from a step until nothing more is under way."""
        self._calm, self._longest, self._last = 0, (0.0, 0.0), _clocks()
        QTimer.singleShot(0, self, lambda: step(self._window))
        self._beats.start(0)
        self._looks.start()
        self._loop.exec()
        self._looks.stop()
        self._beats.stop()
        return self._longest

    def _beat(self):
        now = _clocks()
        passed = [end - begin for begin, end in zip(self._last, now, strict=True)]
        self._longest = tuple(map(max, self._longest, passed))
        self._last = now

    def _look(self):
        frame = self._window.frame
        shelf = self._window.shelf
        made = frame is not None and (frame.making.active or frame.ahead.active)
        lasting = shelf.lasting is not None and shelf.lasting.active
        busy = shelf.jobs.busy or shelf.looks.later.active or made or lasting
        self._calm = 0 if busy else self._calm + 1
        if self._calm >= _CALM:
            self._loop.quit()


_BUSIEST = """
SELECT (SELECT session_id FROM attendance GROUP BY 1 ORDER BY count(*) DESC LIMIT 1),
    (SELECT activity_id FROM session GROUP BY 1 ORDER BY count(*) DESC LIMIT 1),
    (SELECT person_id FROM attendance GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
"""


def _busiest(path):
    """Return the ids of the largest session, the longest activity and who came most."""
    with registers.open_register(path, write=False) as book:
        return tuple(book.row(_BUSIEST))


def _paste(line):
    line.setFocus()
    QApplication.clipboard().setText(_PASTED)
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _close_dialogs(window):
    for dialog in window.findChildren(QDialog):
        dialog.done(QDialog.DialogCode.Rejected)


SESSION, ACTIVITY, PERSON = _busiest(BOOK)
STEPS = {
    "open the book and warm up": lambda w: w.shelf.open_path(BOOK),
    "people": lambda w: w.frame.visit("people"),
    "paste into search": lambda w: _paste(w.frame.people.list.search),
    "empty search": lambda w: w.frame.people.list.search.clear(),
    "a person": lambda w: w.frame.open_person(PERSON),
    "a person again": lambda w: w.frame.open_person(PERSON),
    "add a person": lambda w: w.frame.people.add_person(),
    "close the form": _close_dialogs,
    "doubles": lambda w: (w.frame.visit("people"), w.frame.people.show_doubles()),
    "sessions": lambda w: w.frame.visit("sessions"),
    "register": lambda w: w.frame.take_register(SESSION),
    "tick": lambda w: QTest.keyClick(w.frame.sessions.register.table, Qt.Key.Key_Space),
    "paste into walk-in": lambda w: _paste(w.frame.sessions.register.walk_in.field),
    "empty walk-in": lambda w: w.frame.sessions.register.walk_in.field.clear(),
    "paste into notes": lambda w: _paste(w.frame.sessions.register.side.notes),
    "pile": lambda w: w.frame.sessions.open_pile(),
    "term grid": lambda w: w.frame.sessions.open_grid(ACTIVITY),
    "members": lambda w: w.frame.sessions.open_members(ACTIVITY),
    "plan a term": lambda w: w.frame.sessions.plan(ACTIVITY),
    "close the plan": _close_dialogs,
    "returns": lambda w: w.frame.visit("returns"),
    "to print": lambda w: w.frame.returns.show_part("printing"),
    "another period": lambda w: w.frame.returns.front.printing.period.choose("last-quarter"),
    "settings": lambda w: w.frame.visit("settings"),
    "referrals": lambda w: w.frame.visit("referrals"),
    "outcomes": lambda w: w.frame.visit("outcomes"),
    "money": lambda w: w.frame.visit("money"),
    "home": lambda w: w.frame.visit("home"),
    "paste into top bar": lambda w: _paste(w.frame.top.search),
    "empty top bar": lambda w: w.frame.top.search.empty(),
    "import": lambda w: w.frame.start_import(),
    "close import": _close_dialogs,
    "larger text": lambda w: w.shelf.looks.set_text_size(125),
    "dark": lambda w: w.shelf.looks.set_theme(ThemeChoice.DARK),
    "close the book": lambda w: w.close_book(),
}


if __name__ == "__main__":
    application = main.make_application()
    window = main.make_window(Messages())
    window.resize(1366, 768)
    window.show()
    window.begin()
    heart = Heart(window)
    print(json.dumps({name: heart.longest(step) for name, step in STEPS.items()}))
    window.close()
