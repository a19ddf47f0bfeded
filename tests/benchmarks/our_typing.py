"""Types into the two search lines of the window, drawn in memory, and prints the slowest key of each.

our_typing.py BOOK: one JSON object, line -> seconds from the key until the window is drawn again.
"""

import json
import statistics
import sys
from pathlib import Path

from books import SEARCHES
from measure import clocked
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import main
from app.ui.messages import Messages

_ROUNDS = 5


def _slowest(line, window):
    """Return the slowest key's median over some rounds of typing everything."""
    keys = {}
    for turn in range(_ROUNDS + 1):
        for typed in SEARCHES:
            for place, letter in enumerate(typed):
                seconds = clocked(lambda letter=letter: _press(line, letter, window))
                if turn:
                    keys.setdefault((typed, place), []).append(seconds)
            line.clear()
            QApplication.processEvents()
    return max(map(statistics.median, keys.values()))


def _press(line, letter, window):
    QTest.keyClick(line, letter)
    QApplication.processEvents()
    window.grab()  # everything that is in sight, drawn


application = main.make_application()
window = main.make_window(Messages())
window.show()
window.shelf.open_path(Path(sys.argv[1]))
window.frame.go_to("people")
QApplication.processEvents()
lines = {"people": window.frame.people.list.search, "top bar": window.frame.top.search}
print(json.dumps({name: _slowest(line, window) for name, line in lines.items()}))
window.close()
