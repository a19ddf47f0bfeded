"""One moment of a register: everything read inside it belongs together."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.storage.register import Register
from app.storage.snapshot import Snapshot


@contextmanager
def one_moment(register: Register) -> Iterator[Register]:
    """Hold one read transaction: what others save meanwhile is not seen.

    Nothing may be written inside. On a file that is open to write this keeps other programs from
    saving until it ends, so the window hands a snapshot to its worker instead.
    """
    with register.one_moment():
        yield register


@contextmanager
def whole(snapshot: Snapshot) -> Iterator[Register]:
    """Read all of a snapshot, names and telephone numbers too, for sheets that people hold.

    Figures read through views only; a printed register needs more. It can still not be written.
    """
    with snapshot.opened() as connection:
        yield Register(connection, None, now=lambda: snapshot.taken_at)
