"""What the lines and buttons of Home lead to."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.domain.ids import SessionId
from app.ui import adding, opening, rights_doors
from app.ui.home.home_page import HomePage
from app.ui.navigation import Rail


class Frame(opening.Frame, adding.Frame, rights_doors.Frame, Protocol):
    """What is wanted of the frame round the pages."""

    rail: Rail

    def print_sheet(self, session_id: SessionId) -> None:
        """Show the sheet of a session."""

    def show_due(self) -> None:
        """Show the questionnaires that are due."""


def connect_home(frame: Frame, home: HomePage) -> None:
    """Lead on from Home, and count on the rail what waits."""
    home.take_wanted.connect(frame.take_register)
    home.print_wanted.connect(frame.print_sheet)
    home.add_wanted.connect(frame.add_session)
    home.add.wanted.connect(partial(adding.add, frame))
    home.grant_wanted.connect(frame.open_grant)
    home.not_seen_wanted.connect(partial(opening.show_not_seen, frame))
    home.questionnaires.wanted.connect(frame.show_due)
    home.places.wanted.connect(partial(opening.show_places, frame))
    home.to_answer.referral_wanted.connect(frame.open_referral)
    home.to_answer.all_wanted.connect(partial(opening.show_to_answer, frame))
    home.due.due_wanted.connect(partial(opening.open_due, frame))
    home.due.all_wanted.connect(partial(opening.show_all_due, frame))
    rights_doors.connect_home(frame, home)
    for counted, key, meaning in (
        (home.waiting_counted, "sessions", _said("not entered")),
        (home.to_answer.counted, "referrals", _said("to answer")),
        (home.due.counted, "returns", _said("due")),
    ):
        counted.connect(partial(frame.rail.show_count, key, meaning))


def _said(text: str) -> str:
    return QCoreApplication.translate("BookFrame", text)
