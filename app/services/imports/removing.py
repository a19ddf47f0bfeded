"""List imports, and take one out whole."""

import datetime as dt

from app.domain.changes import ALL_TOPICS
from app.domain.errors import NotFound, Refused
from app.services import money, statements
from app.services.result import Done
from app.storage import import_removal, imports
from app.storage.imports import ImportRun
from app.storage.register import Register


def list_imports(register: Register) -> tuple[ImportRun, ...]:
    """Return every import, also those taken out, oldest first."""
    return imports.runs(register)


def undo_import(register: Register, import_id: int) -> tuple[Done, dict[str, int]]:
    """Take out everything an import brought; return what changed, and how many of each.

    People and sessions somebody has worked with since stay. Raises NotFound or Refused.
    """
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
    try:
        with register.transaction("import.remove", text=text, subject_id=import_id, bulk=True):
            funds = statements.funds_of_import(register, import_id)
            counts = import_removal.remove(register, import_id)
            money.keep_above_nothing(register, funds, dt.date.min)
    except money.Below as below:
        text = money.refused_when_below(below).text
        raise Refused(f"{text} Nothing was changed.") from None
    return Done(changes=ALL_TOPICS, text=text), counts
