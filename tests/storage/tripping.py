"""A connection that does all that the driver's does, until one call of it trips over the world."""

from app.storage.driver import DriverError

CODES = (
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_BUSY",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_CORRUPT",
)
_ROLLS_BACK = {"SQLITE_FULL", "SQLITE_IOERR"}
"""After these SQLite has often rolled the transaction back by itself."""
_TRIPS = {"execute", "executemany", "backup"}


class Tripped(DriverError):  # noqa: N818 - what happened, as in domain/errors.py
    """What the driver raises, with the code it gives."""

    def __init__(self, code):
        super().__init__("words that must not decide")
        self.sqlite_errorname = code


class Tripping:
    """The real connection; call number ``at`` raises ``code`` instead of being done."""

    def __init__(self, connection):
        self.real = connection
        self.calls = 0
        self.at = None
        self.code = ""
        self.by_itself = False

    def trip(self, at, code):
        """Trip at the call of this number, counted from now on."""
        self.calls, self.at, self.code = 0, at, code
        self.by_itself = code in _ROLLS_BACK and at % 2 == 0

    @property
    def tripped(self):
        """Whether it has happened."""
        return self.at is not None and self.calls >= self.at

    def __getattr__(self, name):
        value = getattr(self.real, name)
        return self._counted(value) if name in _TRIPS else value

    def _counted(self, call):
        def counted(*arguments, **options):
            if arguments[0] == "ROLLBACK":
                # SQLite ends a transaction even when it meets trouble while taking it back.
                return call(*arguments, **options)
            self.calls += 1
            if self.calls == self.at:
                if self.by_itself and self.real.in_transaction:
                    self.real.execute("ROLLBACK")
                raise Tripped(self.code)
            return call(*arguments, **options)

        return counted
