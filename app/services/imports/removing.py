"""List imports, and take one out whole."""

import datetime as dt
from collections.abc import Generator

from app.domain.changes import ALL_TOPICS
from app.domain.errors import NotFound, Refused
from app.services import money, statements
from app.services.result import Done, Written, to_its_end
from app.storage import import_removal, imports
from app.storage.imports import ImportRun
from app.storage.register import Register


def list_imports(register: Register) -> tuple[ImportRun, ...]:
    """Return every import, also those taken out, oldest first."""
    return imports.runs(register)


Removing = Generator[Written, None, tuple[Done, dict[str, int]]]
"""An import being taken out, some milliseconds at a time. Closing it leaves the register as it was."""


def undo_import(register: Register, import_id: int) -> tuple[Done, dict[str, int]]:
    """Take out everything an import brought; return what changed, and how many of each.

    People and sessions somebody has worked with since stay. Raises NotFound or Refused.
    """
    return to_its_end(undo_import_in_slices(register, import_id))


def undo_import_in_slices(register: Register, import_id: int) -> Removing:
    """Take an import out as `undo_import` does; the first that is given says how large it is."""
    run = imports.get(register, import_id)
    if run is None:
        raise NotFound(f"There is no import {import_id} in this register. Nothing was changed.")
    if run.removed_at is not None:
        raise Refused(
            f"The import of {run.file_name} was taken out already, on {run.removed_at[:10]}. "
            "Nothing was changed."
        )
    text = f"remove the import of {run.file_name}"
    statements.may_take_out(register, import_id)
    total = import_removal.rows_of(register, import_id)
    yield Written(done=0, total=total)
    try:
        with register.transaction("import.remove", text=text, subject_id=import_id, bulk=True):
            funds = statements.funds_of_import(register, import_id)
            removing = import_removal.remove_in_slices(register, import_id)
            counts = yield from _told(removing, total)
            money.keep_above_nothing(register, funds, dt.date.min)
    except money.Below as below:
        text = money.refused_when_below(below).text
        raise Refused(f"{text} Nothing was changed.") from None
    return Done(changes=ALL_TOPICS, text=text), counts


def _told(
    removing: import_removal.Removing, total: int
) -> Generator[Written, None, dict[str, int]]:
    """Say how far taking out is; return what it returns."""
    done = 0
    while True:
        try:
            done += next(removing)
        except StopIteration as end:
            counts: dict[str, int] = end.value
            return counts
        yield Written(done=min(done, total), total=total)
