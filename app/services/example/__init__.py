"""The pretend group: a whole book of people who are nobody, the same each time for the same seed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import Refused
from app.services.example.parts import PARTS
from app.services.example.reporting import report
from app.services.example.size import Size
from app.services.example.world import imagine
from app.services.example.writing import Writer
from app.storage import bulk
from app.storage.register import Register

__all__ = ["Size", "make_example"]

_WHO = "example"
_EARLIEST, _LATEST = dt.date(1990, 1, 1), dt.date(2080, 12, 31)
"""Bank holidays are known, and ids can be made, for these days and the years before them."""


def make_example(
    path: Path,
    *,
    size: Size,
    seed: int,
    ending: dt.date,
    password: str | None = None,
    progress: Callable[[int, int], bool] | None = None,
) -> dict[str, int]:
    """Make a book of pretend people that ends on a day; return counts of what is in it.

    The same size, seed and day give the same book, byte for byte without a password. Raises
    RegisterExists rather than write over a file, and Refused for a day out of all reach;
    ``progress`` may stop it (Cancelled): then no file stays.
    """
    if not _EARLIEST <= ending <= _LATEST:
        raise Refused(
            f"A pretend book can end between {_EARLIEST.year} and {_LATEST.year}. Choose a day "
            "in those years."
        )
    world = imagine(size, seed, ending)
    register = Register.create(path, password=password, now=world.now)
    try:
        with register.transaction("example.make", bulk=True):
            writer = Writer(register, world, progress)
            for write in PARTS:
                write(writer)
        report(register, world)
        bulk.date_the_making(register, who=_WHO, row_id=world.first_id("journal"))
    except BaseException:
        register.close()
        path.unlink(missing_ok=True)
        raise
    register.close()
    return writer.counts
