"""What leads to people's rights from Home and Settings: the list of what is due, logs, papers."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.domain.ids import EntryId, PersonId
from app.ui.book import Book

if TYPE_CHECKING:  # made when they are first wanted
    from app.ui.home.home_page import HomePage
    from app.ui.settings.settings_page import SettingsPage

_PAPERS = {"consent-form": "Consent form", "privacy-notice": "Privacy notice"}


class Frame(Protocol):
    """What is wanted of the frame round the pages."""

    book: Book

    def window(self) -> QWidget:
        """Return the window it is in."""

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""

    def open_entry(self, entry_id: EntryId) -> None:
        """Show an entry of the cash book."""


def connect_home(frame: Frame, home: "HomePage") -> None:
    """Lead on from the lines of Home."""
    home.kept_long.wanted.connect(partial(show_kept_long, frame))
    home.asked.wanted.connect(partial(show_log, frame, ""))
    home.renew.wanted.connect(partial(show_log, frame, "renew"))


def connect_settings(frame: Frame, page: "SettingsPage") -> None:
    """Lead on from the cards of Settings."""
    page.due_wanted.connect(partial(show_kept_long, frame))
    page.log_wanted.connect(partial(show_log, frame))
    page.paper_wanted.connect(partial(show_paper, frame))


def show_kept_long(frame: Frame) -> None:
    """Open the list of what is kept for longer than the rules say."""
    from app.ui.rights.due_dialog import DueDialog  # few sittings want it

    dialog = DueDialog(frame.book, frame.window())
    dialog.person_wanted.connect(frame.open_person)
    dialog.entry_wanted.connect(frame.open_entry)
    dialog.open()


def show_log(frame: Frame, part: str) -> None:
    """Open a log: requests, breaches, consents, consents to "renew"; "" where a clock runs first."""
    from app.services import rights  # few sittings want it
    from app.ui.rights.rights_dialog import RightsDialog

    if not part:
        pressing = rights.pressing(frame.book.register)
        part = "breaches" if pressing.breaches and not pressing.requests else "requests"
    dialog = RightsDialog(frame.book, part, frame.window())
    dialog.person_wanted.connect(frame.open_person)
    dialog.open()


def show_paper(frame: Frame, template: str) -> None:
    """Show a page that anybody is given, to print or save it."""
    from app.ui.rights.paper_dialog import NoticeDialog  # draws PDFs: a heavy import

    NoticeDialog(frame.book, template, _PAPERS[template], frame.window()).open()
