"""T10: a year's figures through the catalogue, beside the same SQL bare on the same file."""

import datetime as dt

import sqlcipher3.dbapi2 as driver
from books import FIRST, LAST, example
from measure import compare

from app.domain.periods import Period
from app.figures.evaluate import Scope, evaluate
from app.services import registers

_YEAR = Period(first=dt.date.fromisoformat(FIRST), last=dt.date.fromisoformat(LAST))


class _Recorder:
    """A source of figures that passes every query on and remembers it."""

    def __init__(self, register):
        self._register = register
        self.asked = []

    def rows(self, sql, values=None):
        self.asked.append((sql, values or {}))
        return self._register.rows(sql, values)


def a_year():
    """T10: every figure of the catalogue over a year, file opened anew each time."""
    scope = Scope(period=_YEAR)
    for size, runs in (("busy", 9), ("umbrella", 3)):
        path = example(size)
        with registers.open_register(path, write=False) as register:
            recorder = _Recorder(register)
            evaluate(recorder, None, scope)

        def ours(path=path):
            with registers.open_register(path, write=False) as register:
                evaluate(register, None, scope)

        def bare(path=path, asked=tuple(recorder.asked)):
            connection = driver.connect(str(path))
            for sql, values in asked:
                connection.execute(sql, values).fetchall()
            connection.close()

        what = f"every figure of a year, {size}"
        yield compare("T10", what, ours, ("the same SQL, bare", bare), 1.3, runs=runs)


TARGETS = {"T10": a_year}
