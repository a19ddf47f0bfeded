"""The figures that may be named where something is read or filled: those of a register, its own too.

Where no register is at hand they are those that come with the program. A return is filled, and a
form or an answer is read, within `of_register`; each thread has its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from app.figures.definition import Figure
from app.figures.measures import Source
from app.figures.outcomes import every_figure, figures_of

_HERE: ContextVar[Mapping[str, Figure] | None] = ContextVar("figures known here", default=None)


def known_figures() -> Mapping[str, Figure]:
    """Return every figure that may be named here, by id."""
    found = _HERE.get()
    return every_figure() if found is None else found


def own_ids() -> tuple[str, ...]:
    """Return the ids of those of a group's own measures, to tell what was read with others known."""
    shipped = every_figure()
    return tuple(name for name in known_figures() if name not in shipped)


@contextmanager
def of_register(source: Source) -> Iterator[None]:
    """Know the figures of a register's own measures too, inside."""
    token = _HERE.set(figures_of(source))
    try:
        yield
    finally:
        _HERE.reset(token)


def know(source: Source) -> None:
    """Know those of a register in this thread from now on: the one that the window has open."""
    _HERE.set(figures_of(source))
