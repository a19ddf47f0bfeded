"""What is noted and said when a book was opened: the recent books, where it lives, the clock."""

import datetime as dt

from app.services import keeping, recent, registers, settings
from app.ui.frame import BookFrame


def note_opened(frame: BookFrame) -> None:
    """Put the book on the list of recent ones; say where it would be hurt, and a clock that is wrong."""
    register, notice, now = frame.book.register, frame.home.notice, dt.datetime.now(dt.UTC)
    path = register.path
    if path is None:
        return
    known = any(one.path == path.absolute() for one in recent.recent_books())
    # The list of recent books can be read by anybody: it names no group that has a password.
    ours = settings.read(register)
    name = path.stem if register.encrypted else ours.group_name
    recent.note_opened(path, name, now)
    if not known and (text := keeping.advice(path)):
        notice.tell(text, tone="plain", actions=(("move", frame.tr("Move the book…")),))
    text = keeping.clock_note(registers.last_saved_at(register), now)
    if text and not ours.pretend:  # a pretend group's evenings may lie ahead
        notice.tell(text)
