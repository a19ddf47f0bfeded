"""What is noted and said when a book was opened: the recent books, where it lives, the clock."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.services import keeping, recent, registers, settings
from app.services.registers import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice for Home, and what can be done about it (key, words)."""

    text: str
    tone: str = "due"
    actions: tuple[tuple[str, str], ...] = ()


def note_opened(register: Register) -> tuple[Told, ...]:
    """Put the book on the list of recent ones.

    Return what is to be said: that it would be hurt where it lives, and that a clock is wrong.
    """
    path, now = register.path, dt.datetime.now(dt.UTC)
    if path is None:
        return ()
    known = any(one.path == path.absolute() for one in recent.recent_books())
    # The list of recent books can be read by anybody: it names no group that has a password.
    ours = settings.read(register)
    name = path.stem if register.encrypted else ours.group_name
    recent.note_opened(path, name, now)
    told = []
    if not known and (text := keeping.advice(path)):
        move = QCoreApplication.translate("BookFrame", "Move the book…")
        told.append(Told(text=text, tone="plain", actions=(("move", move),)))
    text = keeping.clock_note(registers.last_saved_at(register), now)
    if text and not ours.pretend:  # a pretend group's evenings may lie ahead
        told.append(Told(text=text))
    return tuple(told)
