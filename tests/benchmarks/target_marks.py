"""T13: saving one mark, and what noting the way back costs."""

import datetime as dt
import os
import shutil
from contextlib import contextmanager
from itertools import cycle, product

from books import LAST, PASSWORD, example
from measure import compare
from peers import BUILD

from app.domain.attendance import Mark, MarkChange
from app.domain.periods import Period
from app.services import activities, attendance, registers

_SAVES = 200
_BLOCK = 4096


@contextmanager
def _marking(*, password=None, undo=True):
    """Give a callable that saves one mark after another in the largest register of the last week."""
    path = BUILD / f"marking{'-password' if password else ''}{'-undo' if undo else ''}.hallbook"
    shutil.copy(example("busy", password=password), path)
    today = dt.date.fromisoformat(LAST)
    try:
        with registers.open_register(path, password=password, undo=undo) as book:
            week = Period(first=today - dt.timedelta(days=7), last=today)
            opened = [
                attendance.open_register_of(book, session.id)
                for session in activities.sessions_between(book, week)
            ]
            largest = max(opened, key=lambda one: one.totals.here)

            def mark(person, mark):
                change = MarkChange(session_id=largest.session.id, person_id=person, mark=mark)
                return attendance.set_mark(book, change, today=today).changes

            people = [line.person_id for line in largest.lines]
            for person in people:
                mark(person, Mark.ABSENT)
            # Everybody late, then everybody present, and again: each is a change.
            changes = cycle(product((Mark.LATE, Mark.PRESENT), people))

            def save():
                wanted, person = next(changes)
                if not mark(person, wanted):
                    raise SystemExit("nothing was saved")

            yield save
    finally:
        path.unlink()


@contextmanager
def _overwriting():
    """Give a callable that overwrites 4 KiB of a file beside the books and waits for the disk."""
    path = BUILD / "overwritten"
    path.write_bytes(bytes(16 * _BLOCK))
    sync = getattr(os, "fdatasync", os.fsync)
    with path.open("r+b", buffering=0) as file:

        def overwrite():
            file.seek(_BLOCK)
            file.write(os.urandom(_BLOCK))
            sync(file.fileno())

        yield overwrite
    path.unlink()


def one_mark():
    """T13: one mark through the service, with journal and undo, beside 4 KiB made safe on disk."""
    peer = "4 KiB overwritten and synced"
    for password in (None, PASSWORD):
        what = f"saving one mark{', with a password' if password else ''}"
        with _marking(password=password) as save, _overwriting() as overwrite:
            yield compare("T13", what, save, (peer, overwrite), 12, runs=_SAVES)


def noting_undo():
    """Undo: one mark with the way back noted, beside the same without."""
    with _marking() as noted, _marking(undo=False) as plain:
        peer = ("the same, undo not noted", plain)
        yield compare("undo", "saving one mark, undo noted", noted, peer, 1.25, runs=_SAVES)


TARGETS = {"T13": one_mark, "undo": noting_undo}
