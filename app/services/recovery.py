"""The recovery sheet: a second key on paper, for another member of the committee."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from app.domain.changes import Topic
from app.domain.errors import Refused
from app.domain.names import NAME_LIMIT, clean
from app.domain.periods import long_date
from app.domain.problems import Problem
from app.domain.recovery import ASK_AFTER_DAYS, ASK_AGAIN_DAYS, Sheet, may_be_words, words_of
from app.returns.filled import (
    Align,
    Bullets,
    Column,
    FilledReturn,
    Heading,
    KeepTogether,
    Note,
    Notice,
    Paragraph,
    ReportHead,
    Table,
    row,
    text,
)
from app.services.result import Done
from app.services.result import Refused as Problems
from app.storage import opening, settings
from app.storage import password as storage
from app.storage.register import Register

__all__ = ["Sheet", "State", "answer", "make", "may_be_words", "note_holder", "state"]

_KEPT = "recovery_sheet"
_TOPICS = frozenset({Topic.SETTINGS})
_COLUMNS = 3
_WHAT_FOR = (
    "These 24 words open the book when its password is lost, and the backups made since this sheet. "
    "They should be with another member of the committee than whoever knows the password."
)
_HOW = (
    "Open Hallbook, choose the book {file} or one of its backups, and then “I have the recovery sheet”.",
    "Type the words in the order of their numbers. Four letters of each are enough; capitals do not matter.",
    "Hallbook then asks for a new password, and this sheet stops working. Make a new one.",
)
_REVOKED = (
    "Only the newest sheet opens the book; a new sheet or another password revokes this one. Backups "
    "that were made before still open with it: destroy it all the same."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a book stands with its recovery sheet.

    ``works`` is False when the password was changed since, so that the sheet opens it no longer.
    """

    sheet: Sheet | None
    works: bool
    ask: bool
    """Whether it is time to ask if the sheet can still be found."""


def state(register: Register, today: dt.date) -> State:
    """Return how an open book stands with its recovery sheet."""
    sheet = _read(register)
    if sheet is None or register.path is None:
        return State(sheet=sheet, works=False, ask=False)
    works = sheet.mark == opening.mark_of(register.path)
    since = dt.date.fromisoformat(sheet.found_on or sheet.made_on)
    wait = ASK_AGAIN_DAYS if sheet.found_on else ASK_AFTER_DAYS
    return State(sheet=sheet, works=works, ask=works and (today - since).days >= wait)


def make(path: Path, *, password: str | None, holder: str = "", now: dt.datetime) -> FilledReturn:
    """Make a recovery sheet for a closed book: what is to be printed, its words in it.

    An earlier sheet is revoked first: the book is encrypted anew, with the same password. Backups
    made before that still open with the earlier sheet. Raises AppErrors; Refused for a book that
    has no password, and for one that is opened by its sheet.
    """
    if not storage.has_password(path):
        raise Refused(
            f"{path.name} has no password, so it needs no recovery sheet. Set a password first."
        )
    storage.prove_password(path, password)
    if password is None or not may_be_words(password):
        raise Refused(
            "A new sheet is made with the password, not with the words of an earlier sheet. Set a "
            "new password first; then make the sheet."
        )
    with Register.open(path, password=password, write=False) as register:
        before = state(register, now.date())
    if before.works:
        storage.change(path, old=password, new=password, now=now)
    with Register.open(path, password=password) as register:
        sheet = Sheet(
            mark=opening.mark_of(path),
            made_on=now.astimezone().date().isoformat(),
            holder=clean(holder)[:NAME_LIMIT],
        )
        _keep(register, sheet, "recovery.make", "make a recovery sheet")
        return _paper(register, path, sheet, now)


def note_holder(register: Register, holder: str) -> Done | Problems:
    """Keep who holds the sheet: a role is enough."""
    sheet = _read(register)
    if sheet is None:
        return Problems(problems=(Problem(code="recovery_no_sheet"),))
    held = dataclasses.replace(sheet, holder=clean(holder)[:NAME_LIMIT])
    text = "say who holds the recovery sheet"
    _keep(register, held, "recovery.holder", text)
    return Done(changes=_TOPICS, text=text)


def answer(register: Register, *, found: bool, today: dt.date) -> Done | Problems:
    """Keep that the sheet was found today; of one that cannot be found, say what to do."""
    sheet = _read(register)
    if sheet is None:
        return Problems(problems=(Problem(code="recovery_no_sheet"),))
    if not found:
        return Problems(problems=(Problem(code="recovery_sheet_lost"),))
    text = "the recovery sheet was found"
    seen = dataclasses.replace(sheet, found_on=today.isoformat())
    _keep(register, seen, "recovery.found", text)
    return Done(changes=_TOPICS, text=text)


def _read(register: Register) -> Sheet | None:
    kept = settings.read_kept(register, _KEPT)
    return Sheet(**json.loads(kept)) if kept else None


def _keep(register: Register, sheet: Sheet, use_case: str, text: str) -> None:
    with register.transaction(use_case, text=text, topics=_TOPICS):
        settings.keep(register, _KEPT, json.dumps(dataclasses.asdict(sheet)))


# --- the paper -----------------------------------------------------------------------------------


def _paper(register: Register, path: Path, sheet: Sheet, now: dt.datetime) -> FilledReturn:
    group = settings.read(register).group_name
    key = bytes.fromhex((register.secret or "")[2:-1])
    made = long_date(dt.date.fromisoformat(sheet.made_on))
    kept_by = f" · kept by {sheet.holder}" if sheet.holder else ""
    return FilledReturn(
        id="recovery-sheet",
        title=f"Recovery sheet: {group}",
        group=group,
        counted_at=now.astimezone(),
        subject="Recovery sheet",
        pretend=settings.read(register).pretend,
        foot=(group, f"Recovery sheet of {made}"),
        blocks=(
            ReportHead(kicker="Recovery sheet", title=group, subtitle=f"Made on {made}"),
            Notice(
                text="Whoever has this sheet can open the book.",
                detail="Keep it where you keep a will or a passport, not with the computer.",
                quiet=True,
            ),
            Paragraph(runs=text(_WHAT_FOR)),
            KeepTogether(blocks=(Heading(text="The words"), _words(key))),
            Heading(text="How to use it"),
            Bullets(items=tuple(text(one.format(file=path.name)) for one in _HOW)),
            Note(runs=text(f"Sheet {sheet.mark[:4]}-{sheet.mark[4:]}{kept_by}. {_REVOKED}")),
        ),
    )


def _words(key: bytes) -> Table:
    words = words_of(key)
    down = len(words) // _COLUMNS
    cells = [
        [one for column in range(_COLUMNS) for one in _numbered(words, column * down + line)]
        for line in range(down)
    ]
    columns = tuple(
        Column(title=title, align=align)
        for _ in range(_COLUMNS)
        for title, align in (("No.", Align.RIGHT), ("Word", Align.LEFT))
    )
    return Table(
        columns=columns,
        rows=tuple(row(*line) for line in cells),
        min_row_mm=9,
        header_column=None,
        font_size=13,
    )


def _numbered(words: tuple[str, ...], place: int) -> tuple[str, str]:
    return str(place + 1), words[place]
