"""Remember what the columns of an unknown statement are, for the next one with the same headers.

Kept on this computer, not in the book: a file of the words of headers, never of money.
"""

import errno
import hashlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app import paths
from app.domain.errors import DiskFull, ReadOnly, Refused
from app.importers.bank.records import BankPlan, StatementOptions


def with_columns(path: Path, options: StatementOptions) -> StatementOptions:
    """Return the options with what a mapping file says; raises Refused when it cannot be used."""
    # Imported here, as below: the window opens without any reader of files.
    from app.importers.bank import mapping

    return mapping.load(path, options)


def recall_columns(plan: BankPlan, options: StatementOptions) -> StatementOptions | None:
    """Return the options with what was said of a statement with these headers, or None."""
    path = _path(plan)
    if path is None or not path.is_file():
        return None
    try:
        # Checked as every mapping file is: it may have been changed by hand.
        found = with_columns(path, replace(options, dates=None))
    except Refused:
        return None
    # The file's own dates go before those of the last one.
    order = options.dates or (found.dates if plan.date_order is None else None)
    return replace(found, dates=order)


def remember_columns(plan: BankPlan) -> None:
    """Keep what the columns of a statement are; raises AppError when it cannot be kept."""
    path = _path(plan)
    if path is None or not plan.guessed:
        return
    from app.importers.bank import mapping

    try:
        paths.make_private(path.parent)
        mapping.save(path, plan)
    except OSError as error:
        text = "What the columns mean could not be remembered on this computer; the import is not touched by it."
        raise (DiskFull if error.errno == errno.ENOSPC else ReadOnly)(text) from error


def forget_columns(plan: BankPlan) -> None:
    """Forget what was said about statements with these headers."""
    path = _path(plan)
    if path is not None:
        with suppress(OSError):
            path.unlink()


def _path(plan: BankPlan) -> Path | None:
    from app.importers.bank.layouts import header_words

    keys = {header_words(column.header) for column in plan.columns if column.header}
    if not keys:
        return None
    digest = hashlib.sha256("\n".join(["bank", *sorted(keys)]).encode()).hexdigest()
    return paths.mappings_folder() / f"{digest[:24]}.toml"
