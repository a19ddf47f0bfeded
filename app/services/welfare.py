"""Welfare notes: kept apart, with a password of their own, only ever added to."""

import datetime as dt
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import AppError
from app.domain.names import clean
from app.domain.passwords import may_be_password
from app.domain.welfare import PARTS, SUFFIX, Note, NoteDraft, validate_note
from app.services.result import Done, Refused
from app.storage import settings, welfare
from app.storage.register import Register, who
from app.storage.welfare import WelfareFile

if TYPE_CHECKING:  # read when a note is put on paper
    from app.returns.filled import FilledReturn

__all__ = [
    "Note",
    "NoteDraft",
    "WelfareFile",
    "add",
    "begin",
    "bring_back",
    "copy_along",
    "open_notes",
    "paper",
    "place_of",
    "thin_along",
]


def place_of(book: Path) -> Path:
    """Return where the welfare notes of a book are, whether there are any or not."""
    return book.with_suffix(SUFFIX)


def copy_along(book: Path, copy: Path) -> Path | None:
    """Copy the welfare notes of a book, encrypted as they are, beside a copy of it; None for none.

    Their password is not needed. Raises AppErrors, with nothing left behind.
    """
    return welfare.copy_to(place_of(book), copy.parent, place_of(copy).name)


def bring_back(copy: Path, book: Path) -> None:
    """Put the notes beside a copy back with its book; notes that are there stay as they are.

    Raises AppErrors, with nothing left behind.
    """
    kept, wanted = place_of(copy), place_of(book)
    if kept != wanted and not wanted.exists():
        welfare.copy_to(kept, wanted.parent, wanted.name)


def thin_along(folder: Path, removed: tuple[str, ...]) -> None:
    """Remove the notes that went with copies of a book that were removed."""
    for name in removed:
        with suppress(OSError):
            place_of(folder / name).unlink(missing_ok=True)


def begin(book: Path, *, new: str, now: dt.datetime) -> WelfareFile | Refused:
    """Make the file of welfare notes of a book, with a password of its own, and open it.

    The password should be known to the welfare lead and one other, not to whoever keeps the book.
    """
    if problems := may_be_password(new):
        return Refused(problems=tuple(problems))
    welfare.must_be_free(place_of(book))
    return WelfareFile.create(place_of(book), new, now=now)


def open_notes(book: Path, password: str, *, now: dt.datetime) -> WelfareFile:
    """Open the welfare notes of a book; that they were opened is kept in them. Raises AppErrors."""
    opened = WelfareFile.open(place_of(book), password, now=now)
    try:
        opened.look(who(), "opened", now)
    except AppError:
        opened.close()
        raise
    return opened


def add(
    notes: WelfareFile, draft: NoteDraft, *, today: dt.date, now: dt.datetime
) -> Done | Refused:
    """Keep a note for ever, once nothing stands against it."""
    tidied = _tidy(draft)
    if problems := validate_note(tidied, today=today):
        return Refused(problems=problems)
    number = notes.add(tidied, now)
    return Done(changes=frozenset(), text="keep a welfare note", ids=(number,))


def _tidy(draft: NoteDraft) -> NoteDraft:
    long = {name for name, _ in PARTS}
    texts = {
        one.name: value.strip() if one.name in long else clean(value)
        for one in fields(draft)
        if isinstance(value := getattr(draft, one.name), str)
    }
    return replace(draft, **texts)  # type: ignore[arg-type]


def paper(
    notes: WelfareFile, register: Register, number: int, *, now: dt.datetime
) -> "FilledReturn | None":
    """Return a note for paper, to sign; that it was printed is kept. None for an unknown number."""
    # Imported here: where a book's notes are is asked for at each opening.
    from app.services.welfare_paper import filled

    note = next((one for one in notes.notes() if one.number == number), None)
    if note is None:
        return None
    notes.look(who(), "printed", now)
    return filled(note, settings.read(register).group_name, now=now)
