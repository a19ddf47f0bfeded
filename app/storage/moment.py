"""One moment of a register: everything read inside it belongs together."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.storage.register import Register
from app.storage.snapshot import Snapshot


@contextmanager
def one_moment(source: Register | Snapshot) -> Iterator[Register]:
    """Let everything read inside belong together, names and telephone numbers too.

    Figures read a snapshot through views only; a printed register needs more. Nothing can be
    written. While a register itself is read, nobody else's saving can end, so the window hands a
    snapshot to its worker instead.
    """
    if isinstance(source, Snapshot):
        with source.opened() as connection:
            yield Register(connection, None, now=lambda: source.taken_at)
    else:
        with source.one_moment():
            yield source
