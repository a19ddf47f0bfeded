"""Keep the register of today's schema for ever, at a release: run by hand, see data/registers."""

import datetime as dt
import sys
from pathlib import Path

from app.services.example import Size, make_example
from app.storage import schema

KEPT = Path(__file__).parents[1] / "data" / "registers"
PASSWORD = "kettle ladder orange"
ENDING = dt.date(2026, 11, 3)


def keep(folder=KEPT):
    """Write the two files of this schema; refuses to write over kept ones."""
    made = []
    for name, password in (("", None), ("-locked", PASSWORD)):
        path = folder / f"schema-{schema.newest()}{name}.hallbook"
        make_example(path, size=Size.SMALL, seed=1, ending=ENDING, password=password)
        made.append(path)
    return made


if __name__ == "__main__":
    sys.stdout.write("\n".join(str(path) for path in keep()) + "\n")
