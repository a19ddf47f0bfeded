"""Ticks, changes pages and opens a term grid in the window, drawn in memory, and prints how long each took.

our_touches.py BOOK: one JSON object, what was done -> seconds until the window is drawn again, [by the
clock, of processor time]. The book is a copy: it gets an activity of 80 people and 40 dates.
"""

import datetime as dt
import json
import statistics
import sys
import time
from pathlib import Path

from measure import clocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import main
from app.domain.activities import ActivityDraft
from app.domain.changes import Topic
from app.services import activities, registers
from app.ui.messages import Messages

_ROUNDS = 9
_PEOPLE, _DATES = 80, 40
_NAME = "Eighty by forty"
_PAGES = ("people", "sessions", "referrals", "outcomes", "money", "returns", "settings", "home")
_MADE_WHEN_WANTED = ("referrals", "returns", "money", "outcomes", "settings")
_ENROL = """
INSERT INTO enrolment (id, person_id, activity_id, role, from_on)
SELECT id + 1000000000, id, :activity, 'participant', :first FROM person
WHERE binned_at IS NULL AND merged_into IS NULL AND left_on IS NULL ORDER BY id LIMIT :people
"""
_MARK = """
INSERT INTO attendance (session_id, person_id, mark)
SELECT s.id, e.person_id, CASE (s.id + e.person_id) % 5 WHEN 0 THEN 'apology' ELSE 'present' END
FROM session s JOIN enrolment e USING (activity_id) WHERE activity_id = :activity
"""
_LARGEST = "SELECT session_id FROM attendance GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"


def _prepare(path):
    """Add the activity; return its id and that of the session with most people."""
    today = dt.date.today()  # noqa: DTZ011 - the window shows this computer's day
    first = today.replace(month=1, day=1)
    with registers.open_register(path) as book:
        largest = book.value(_LARGEST)
        activities.save_activity(book, ActivityDraft(name=_NAME))
        made = activities.find_activity(book, _NAME)
        for number in range(_DATES):
            day = first + dt.timedelta(days=number)
            activities.add_session(book, made, day, today=today)
        with book.all_or_nothing():
            values = {"activity": made.id, "first": first.isoformat(), "people": _PEOPLE}
            book.execute(_ENROL, values)
            book.execute(_MARK, {"activity": made.id})
    return made.id, largest


def _median(window, do, before=None):
    """Return the medians of a few times, each until the window is drawn; the first is warm-up."""
    times = []
    for _ in range(_ROUNDS + 1):
        if before:
            before()
            _settle(window)
        spent = time.process_time()
        taken = clocked(lambda: (do(), QApplication.processEvents(), window.grab()))
        times.append((taken, time.process_time() - spent))
    return [statistics.median(some) for some in zip(*times[1:], strict=True)]


def _settle(window):
    QApplication.processEvents()
    frame = window.frame
    while window.shelf.jobs.busy or frame.making.active or frame.ahead.active:
        QApplication.processEvents()


def _change_page(frame, key):
    """Everything was changed meanwhile, so that the page has to read it again."""
    frame.go_to("people" if key == "home" else "home")
    QApplication.processEvents()
    frame.book.events.announce(frozenset(Topic), None)


def _space(table):
    QTest.keyClick(table, Qt.Key.Key_Space)


def _first_going(window, key):
    """Return how long a page took that was not made before."""
    spent = time.process_time()
    taken = clocked(lambda: (window.frame.visit(key), _made(window), window.grab()))
    return taken, time.process_time() - spent


def _made(window):
    QApplication.processEvents()
    while window.frame.making.active:
        QApplication.processEvents()


def _measured(window, activity_id, session_id):
    frame = window.frame
    for key in _MADE_WHEN_WANTED:
        yield f"first going to {key}", _first_going(window, key)
        _settle(window)
    for key in _PAGES:
        do = lambda key=key: frame.go_to(key)  # noqa: E731 - said once, called often
        yield f"going to {key}", _median(window, do, lambda key=key: _change_page(frame, key))
    frame.take_register(session_id)
    _settle(window)
    yield "a tick on the register", _median(window, lambda: _space(frame.sessions.register.table))
    grid = frame.sessions.grid
    grid.span.setCurrentIndex(grid.span.count() - 1)
    yield (
        f"opening a term grid, {_PEOPLE} by {_DATES}",
        _median(window, lambda: frame.sessions.open_grid(activity_id), frame.sessions.show_list),
    )
    _settle(window)
    assert (len(grid.grid.people), len(grid.grid.sessions)) == (_PEOPLE, _DATES)
    yield "a tick in it", _median(window, lambda: _space(grid.table))


def main_():
    path = Path(sys.argv[1])
    ids = _prepare(path)
    main.make_application()
    window = main.make_window(Messages())
    window.resize(1366, 768)
    window.show()
    window.shelf.open_path(path)
    _settle(window)
    print(json.dumps(dict(_measured(window, *ids))))
    window.close()


if __name__ == "__main__":
    main_()
