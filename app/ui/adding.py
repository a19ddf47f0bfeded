"""What Add… on Home opens: the page of its subject, with the form of a new one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.ui.book import Book

if TYPE_CHECKING:  # made when they are first wanted
    from app.ui.activities.sessions_page import SessionsPage
    from app.ui.money.money_page import MoneyPage
    from app.ui.people.people_page import PeoplePage


class Frame(Protocol):
    """What is wanted of the frame round the pages."""

    book: Book

    @property
    def people(self) -> "PeoplePage":
        """The people."""

    @property
    def sessions(self) -> "SessionsPage":
        """The sessions."""

    @property
    def money(self) -> "MoneyPage":
        """The cash book."""

    def visit(self, key: str, then: Callable[[], object] = ...) -> None:
        """Go to a page of the rail, and do something there."""

    def add_session(self) -> None:
        """Open the form for a session."""

    def record_referral(self) -> None:
        """Open the form of a new referral."""


def add(frame: Frame, key: str) -> None:
    """Open the form of a new one of a kind named in home.add_button.KINDS."""
    if key == "person":
        frame.people.add_person()
    elif key == "session":
        frame.add_session()
    elif key == "referral":
        frame.record_referral()
    elif key == "activity":
        frame.visit("sessions", lambda: frame.sessions.add_activity())
    elif key == "entry":
        frame.visit("money", partial(_add_entry, frame))


def _add_entry(frame: Frame) -> None:
    from app.services import money  # large, and in memory once there is a page of money

    if money.books(frame.book.register).begun:  # else the page says how to begin
        frame.money.add_entry()
