"""What opens what across pages: a record behind a number, a return that is due or was found."""

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
    from app.services.returns.due import ReportDue
    from app.services.returns.proof import Record
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

    def go_to(self, key: str) -> None:
        """Show a page of the rail."""

    def open_person(self, person_id: PersonId) -> None:
        """Show one person."""

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show a referral."""

    def open_entry(self, entry_id: EntryId) -> None:
        """Show an entry of the cash book."""

    def take_register(self, session_id: SessionId) -> None:
        """Show the register of a session."""


def connect_returns(frame: Frame, page: "ReturnsPage") -> None:
    """Open the records behind a return's numbers, with a way back from each."""
    page.record_wanted.connect(partial(open_record, frame))
    page.way_back.clicked.connect(partial(_go_back, frame))
    frame.pages.currentChanged.connect(page.way_back.leave)


def _go_back(frame: Frame) -> None:
    frame.go_to("returns")
    frame.returns.come_back()


def open_record(frame: Frame, record: "Record") -> None:
    """Open what a row behind a number comes from; one that is gone or in the bin is said."""
    if _opened(frame, record):
        shown = frame.page
        frame.returns.way_back.stand_on(shown.page if isinstance(shown, PageStack) else shown)
    else:
        text = QCoreApplication.translate(
            "Opening", "That record is not in the book any more, or it is in the bin."
        )
        frame.book.messages.tell(frame.page, text)


def _is_here(frame: Frame, person_id: int) -> bool:
    return people.get_person(frame.book.register, PersonId(person_id)) is not None


def _opened(frame: Frame, record: "Record") -> bool:
    from app.services.returns.proof import RecordKind  # in memory since there is a record

    register, kind = frame.book.register, record.kind
    if kind is RecordKind.PERSON and _is_here(frame, record.id):
        frame.open_person(PersonId(record.id))
    elif kind is RecordKind.SESSION and activities.get_session(register, SessionId(record.id)):
        frame.take_register(SessionId(record.id))
    elif kind is RecordKind.REFERRAL and referrals.get(register, ReferralId(record.id)) is not None:
        frame.open_referral(ReferralId(record.id))
    elif kind is RecordKind.ENTRY and money.get_entry(register, EntryId(record.id)) is not None:
        frame.open_entry(EntryId(record.id))
    elif kind is RecordKind.PLACE and (place := places.get_place(register, PlaceId(record.id))):
        frame.open_person(place.person_id)
    elif kind is RecordKind.GRANT and money.get_grant(register, GrantId(record.id)) is not None:
        frame.go_to("money")
        frame.money.show_grant(GrantId(record.id))
    elif kind in {RecordKind.FUND, RecordKind.GIFT, RecordKind.MATCH}:
        frame.go_to("money")
        frame.money.tabs.show_part("funds")
    elif kind is RecordKind.HOURS:
        frame.go_to("people")
    else:
        return False
    return True


def open_due(frame: Frame, one: "ReportDue") -> None:
    """Open the draft of a report that is due, or start one."""
    frame.go_to("returns")
    frame.returns.open_due(one)


def show_all_due(frame: Frame) -> None:
    """Show every report that is due."""
    frame.go_to("returns")
    frame.returns.show_part("due")


def show_not_seen(frame: Frame) -> None:
    """Show who was not seen for three sessions."""
    frame.go_to("people")
    frame.people.show_not_seen()


def show_to_answer(frame: Frame) -> None:
    """Show the referrals that wait for an answer."""
    frame.go_to("referrals")
    frame.referrals.show_to_answer()


def show_places(frame: Frame) -> None:
    """Show the funded places."""
    frame.go_to("referrals")
    frame.referrals.open_places()


def open_found(frame: Frame, found: FoundReturn) -> None:
    """Open a draft, or a return that was issued."""
    frame.top.search.empty()
    frame.go_to("returns")
    if found.draft_id is not None:
        frame.returns.open_draft(found.draft_id)
    elif found.issued_id is not None:
        frame.returns.open_issued(found.issued_id)
