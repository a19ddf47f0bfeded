"""What Add… on Home opens: the page of its subject, with the form of a new one."""

from typing import TYPE_CHECKING

from app.services import money

if TYPE_CHECKING:
    from app.ui.frame import BookFrame


def add(frame: "BookFrame", key: str) -> None:
    """Open the form of a new one of a kind named in home.add_button.KINDS."""
    if key == "person":
        frame.people.add_person()
    elif key == "session":
        frame.add_session()
    elif key == "referral":
        frame.record_referral()
    elif key == "activity":
        frame.go_to("sessions")
        frame.sessions.add_activity()
    elif key == "entry":
        frame.go_to("money")
        if money.books(frame.book.register).begun:  # else the page says how to begin
            frame.money.add_entry()
