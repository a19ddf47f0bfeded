"""An empty register in memory for test after test: one is made, and put back as it was between.

Making one takes longer than most tests. Only the empty file is kept; each test has a `Register` of
its own, and what cannot be put back is thrown away.
"""

import contextlib

from app.storage import driver
from app.storage.register import Register


class Spare:
    """Gives one register at a time; take it again only after it was given back."""

    def __init__(self):
        self._empty = Register.in_memory()
        self._forget()

    def take(self, now):
        """Return an empty register with undo noted, as a new one."""
        if self._connection is None:
            self._connection = self._empty.copy_to_memory()
        driver.settle(self._connection)
        self._connection.set_progress_handler(None, 0)
        opened = Register(self._connection, None, now=now)
        opened._undo = self._undo
        opened.keep_undo()
        self._undo = opened._undo
        self._temporary = self._temporary or self._names()
        return opened

    def give_back(self):
        """Put the register back as it was, whatever was done to it."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._empty._connection.backup(self._connection)
            self._undo.clear()
            as_it_was = self._names() == self._temporary
        except driver.DriverError:  # closed, or something is still being read
            as_it_was = False
        if not as_it_was:
            self._drop()

    def close(self):
        self._drop()
        self._empty.close()

    def _names(self):
        return self._connection.execute("SELECT name FROM temp.sqlite_master ORDER BY 1").fetchall()

    def _drop(self):
        if self._connection is not None:
            with contextlib.suppress(driver.DriverError):
                self._connection.close()
        self._forget()

    def _forget(self):
        self._connection = self._undo = self._temporary = None
