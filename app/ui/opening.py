"""What opens what across pages: a record behind a number, a return that is due or was found."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget

from app.domain.ids import EntryId, GrantId, PersonId, PlaceId, ReferralId, SessionId
from app.services import activities, money, people, places, referrals
from app.services.found_returns import FoundReturn
from app.ui.book import Book
from app.ui.top_bar import TopBar
from app.ui.widgets.page import PageStack

if TYPE_CHECKING:  # made when they are first wanted, or read when there are returns to open
    from app.services.reports_due import ReportDue
    from app.services.returns.proof import Record, RecordKind
    from app.ui.money.money_page import MoneyPage
    from app.ui.people.people_page import PeoplePage
    from app.ui.referrals.referrals_page import ReferralsPage
    from app.ui.returns.returns_page import ReturnsPage
    from app.ui.widgets.page import Page


class Frame(Protocol):
    """What is wanted of the frame round the pages."""

    book: Book
    top: TopBar
    pages: QStackedWidget

    @property
    def people(self) -> "PeoplePage":
        """The people."""

    @property
    def referrals(self) -> "ReferralsPage":
        """The referrals."""

    @property
    def money(self) -> "MoneyPage":
        """The cash book."""

    @property
    def returns(self) -> "ReturnsPage":
        """The returns."""

    @property
    def page(self) -> "Page | PageStack":
        """The page shown."""

    def visit(self, key: str, then: Callable[[], object] = ...) -> None:
        """Go to a page of the rail, and do something there."""

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show a referral."""

    def open_entry(self, entry_id: EntryId) -> None:
        """Show an entry of the cash book."""

    def open_grant(self, grant_id: GrantId) -> None:
        """Show a grant."""

    def take_register(self, session_id: SessionId) -> None:
        """Show the register of a session."""


_Door = tuple[str, Callable[..., object], Callable[..., object]]
"""The key of a page, what finds a record by its id in a book, and what shows it on the page."""


def connect_returns(frame: Frame, page: "ReturnsPage") -> None:
    """Open the records behind a return's numbers, with a way back from each."""
    page.record_wanted.connect(partial(open_record, frame))
    page.way_back.clicked.connect(partial(_go_back, frame))
    frame.pages.currentChanged.connect(page.way_back.leave)


def _go_back(frame: Frame) -> None:
    frame.visit("returns", lambda: frame.returns.come_back())


def open_record(frame: Frame, record: "Record") -> None:
    """Open what a row behind a number comes from; one that is gone or in the bin is said."""
    key, get, show = _doors(frame)[record.kind]
    if get(frame.book.register, record.id) is None:
        text = QCoreApplication.translate(
            "Opening", "That record is not in the book any more, or it is in the bin."
        )
        frame.book.messages.tell(frame.page, text)
        return

    def there() -> None:
        show(record.id)
        shown = frame.page
        frame.returns.way_back.stand_on(shown.page if isinstance(shown, PageStack) else shown)

    frame.visit(key, there)


def _doors(frame: Frame) -> "dict[RecordKind, _Door]":
    """Return by the kind of a record its page, what finds it, and what shows it there."""
    from app.services.returns.proof import RecordKind  # in memory since there is a record

    funds: _Door = ("money", _is_there, lambda _id: frame.money.tabs.show_part("funds"))
    return {
        RecordKind.PERSON: ("people", people.get_person, frame.open_person),
        RecordKind.SESSION: ("sessions", activities.get_session, frame.take_register),
        RecordKind.REFERRAL: ("referrals", referrals.get, frame.open_referral),
        RecordKind.ENTRY: ("money", money.get_entry, frame.open_entry),
        RecordKind.PLACE: ("people", places.get_place, partial(_open_place, frame)),
        RecordKind.GRANT: ("money", money.get_grant, frame.open_grant),
        RecordKind.FUND: funds,
        RecordKind.GIFT: funds,
        RecordKind.MATCH: funds,
        RecordKind.HOURS: ("people", _is_there, lambda _id: None),
    }


def _is_there(_register: object, _id: object) -> bool:
    return True  # its page shows what there is


def _open_place(frame: Frame, place_id: PlaceId) -> None:
    if place := places.get_place(frame.book.register, place_id):
        frame.open_person(place.person_id)


def open_due(frame: Frame, one: "ReportDue") -> None:
    """Open the draft of a report that is due, or start one."""
    frame.visit("returns", lambda: frame.returns.open_due(one))


def show_all_due(frame: Frame) -> None:
    """Show every report that is due."""
    frame.visit("returns", lambda: frame.returns.show_part("due"))


def show_not_seen(frame: Frame) -> None:
    """Show who was not seen for three sessions."""
    frame.visit("people", lambda: frame.people.show_not_seen())


def show_to_answer(frame: Frame) -> None:
    """Show the referrals that wait for an answer."""
    frame.visit("referrals", lambda: frame.referrals.show_to_answer())


def show_places(frame: Frame) -> None:
    """Show the funded places."""
    frame.visit("referrals", lambda: frame.referrals.open_places())


def open_found(frame: Frame, found: FoundReturn) -> None:
    """Open a draft, or a return that was issued."""
    frame.top.search.empty()
    draft_id, issued_id = found.draft_id, found.issued_id
    if draft_id is not None:
        frame.visit("returns", lambda: frame.returns.open_draft(draft_id))
    elif issued_id is not None:
        frame.visit("returns", lambda: frame.returns.open_issued(issued_id))
