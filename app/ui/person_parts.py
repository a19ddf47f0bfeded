"""What referrals, outcomes and money put on a person's page: made when looked at, connected by the frame."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.ids import EntryId, PersonId, ReferralId, SessionId, StoryId
from app.ui.book import Book
from app.ui.people.later_part import MorePart

if TYPE_CHECKING:  # read when a part is first looked at
    from app.services.anonymising import Mention
    from app.ui.outcomes.sheets import Sheet


class Openers(Protocol):
    """Whoever can open what a part of the page names: the frame."""

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show a referral."""

    def record_referral(self, person_id: PersonId | None = None) -> None:
        """Open the form for a referral of a person."""

    def enter_answers(self, sheet: "Sheet") -> None:
        """Open a questionnaire to enter."""

    def open_entry(self, entry_id: EntryId) -> None:
        """Open an entry of the cash book."""

    def open_story(self, story_id: StoryId) -> None:
        """Show a story."""

    def open_person(self, person_id: PersonId) -> None:
        """Show a person."""

    def take_register(self, session_id: SessionId) -> None:
        """Show the register of a session."""

    def visit(self, key: str) -> None:
        """Go to a page of the rail."""


def more_parts(book: Book, openers: Openers) -> tuple[MorePart, ...]:
    """Return the parts in the order in which they stand on the page."""

    def said(word: str) -> str:
        return QCoreApplication.translate("PersonParts", word)

    return (
        MorePart(
            key="referrals",
            name=said("Referrals"),
            make=partial(_referrals, book, openers),
        ),
        MorePart(
            key="questionnaires",
            name=said("Questionnaires"),
            make=partial(_questionnaires, book, openers),
        ),
        MorePart(key="payments", name=said("Payments"), make=partial(_payments, book, openers)),
        MorePart(key="story", name=said("Story"), make=partial(_story, book, openers)),
        MorePart(key="rights", name=said("Rights"), make=partial(_rights, book, openers)),
    )


def _referrals(book: Book, openers: Openers) -> QWidget:
    from app.ui.referrals.person_section import ReferralsSection

    part = ReferralsSection(book)
    part.referral_wanted.connect(openers.open_referral)
    part.record_wanted.connect(openers.record_referral)
    return part


def _questionnaires(book: Book, openers: Openers) -> QWidget:
    from app.ui.outcomes.person_questionnaires import QuestionnairesSection

    part = QuestionnairesSection(book)
    part.enter_wanted.connect(openers.enter_answers)
    return part


def _payments(book: Book, openers: Openers) -> QWidget:
    from app.ui.money.person_payments import PaymentsSection

    part = PaymentsSection(book)
    part.entry_wanted.connect(openers.open_entry)
    return part


def _story(book: Book, openers: Openers) -> QWidget:
    from app.ui.outcomes.person_story import StorySection

    part = StorySection(book)
    part.story_wanted.connect(openers.open_story)
    return part


def _rights(book: Book, openers: Openers) -> QWidget:
    from app.ui.rights.person_rights import RightsSection

    part = RightsSection(book)
    part.mention_wanted.connect(partial(open_mention, openers))
    return part


def open_mention(openers: Openers, mention: "Mention") -> None:
    """Show the text in which a name still stands."""
    from app.services.anonymising import Place

    if mention.place is Place.SESSION:
        openers.take_register(SessionId(mention.row))
    elif mention.place is Place.ENTRY:
        openers.open_entry(EntryId(mention.row))
    elif mention.place is Place.PERSON:
        openers.open_person(PersonId(mention.row))
    elif mention.place is Place.REFERRAL:
        openers.open_referral(ReferralId(mention.row))
    elif mention.place is Place.STORY:
        openers.open_story(StoryId(mention.row))
    elif mention.place is Place.ACTIVITY:
        openers.visit("sessions")
