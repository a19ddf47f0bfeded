"""What the register page asks of the book: each its own write, named for undo."""

from PySide6.QtCore import QObject

from app.domain.activities import Session
from app.domain.attendance import MarkChange
from app.domain.ids import SessionId
from app.services import activities, attendance
from app.services.result import Done, Refused
from app.ui.book import Book

Answer = Done | Refused | None


class RegisterChanges:
    """The changes of one page; they are announced with the page as their origin."""

    def __init__(self, book: Book, origin: QObject) -> None:
        self._book = book
        self._origin = origin

    def mark(self, change: MarkChange) -> Answer:
        """Enter, change or take away one mark."""
        register, today = self._book.register, self._book.today()
        return self._book.commands.run(
            lambda: attendance.set_mark(register, change, today=today), origin=self._origin
        )

    def walk_in(self, session_id: SessionId, typed: str) -> Answer:
        """Add somebody new by name, on the register and present."""
        register, today = self._book.register, self._book.today()
        return self._book.commands.run(
            lambda: attendance.add_walk_in(register, session_id, typed, today=today),
            origin=self._origin,
        )

    def guests(self, session: Session, guests: int) -> Answer:
        """Keep the number of guests without names; 0 is none."""
        register, today = self._book.register, self._book.today()
        return self._book.commands.run(
            lambda: activities.set_guests(register, session, guests or None, today=today),
            origin=self._origin,
        )

    def notes(self, session: Session, notes: str) -> Answer:
        """Keep the notes of a session."""
        register = self._book.register
        return self._book.commands.run(
            lambda: activities.set_notes(register, session, notes), origin=self._origin
        )

    def bring_back(self, session: Session) -> Answer:
        """Make a cancelled session planned again."""
        register = self._book.register
        return self._book.commands.run(
            lambda: activities.bring_back(register, session), origin=self._origin
        )

    def tick_as_held(self, session: Session) -> Answer:
        """Say that a session was held, though nothing is entered."""
        register, today = self._book.register, self._book.today()
        return self._book.commands.run(
            lambda: activities.tick_as_held(register, session, today=today), origin=self._origin
        )
