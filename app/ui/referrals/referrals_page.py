"""Referrals: the board and the list, one referral, the referrer book, and the forms."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.ids import PersonId, ReferralId
from app.domain.referrals import ReferralStep, Step
from app.services.referrals import ReferralRow, WholeReferral
from app.services.result import Done
from app.ui.book import Book
from app.ui.referrals.places_pages import PlacesPages
from app.ui.referrals.referral_list import ReferralListPage

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.referrals.referral_page import ReferralPage
    from app.ui.referrals.referrer_book import ReferrerBookPage


class ReferralsPage(PlacesPages):
    """The pages under Referrals, and the forms."""

    made_later = {  # noqa: RUF012 - read only
        "referral": "app.ui.referrals.referral_page",
        "referrers": "app.ui.referrals.referrer_book",
        **PlacesPages.made_later,
    }

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.list = ReferralListPage(book)
        self.addWidget(self.list)
        self.list.chosen.connect(self.open_referral)
        self.list.record_wanted.connect(self.record)
        self.list.book_wanted.connect(self.show_referrers)
        self.list.step_wanted.connect(self._on_step)
        self.offer_places(self.list)

    @cached_property
    def referral(self) -> "ReferralPage":
        """One referral."""
        from app.ui.referrals.referral_page import ReferralPage

        page = ReferralPage(self.book)
        page.left.connect(self._on_left)
        page.change_wanted.connect(self._on_change)
        page.step_wanted.connect(self._on_step)
        page.correct_wanted.connect(self._on_correct)
        page.letter_wanted.connect(self._on_letter)
        page.person_wanted.connect(self.person_wanted)
        page.referral_wanted.connect(self.open_referral)
        self.addWidget(page)
        return page

    @cached_property
    def referrers(self) -> "ReferrerBookPage":
        """The referrer book."""
        from app.ui.referrals.referrer_book import ReferrerBookPage

        page = ReferrerBookPage(self.book)
        page.left.connect(self.show_list)
        page.referrals_wanted.connect(self.search_for)
        self.addWidget(page)
        return page

    # --- going about -------------------------------------------------------------------------

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show one referral."""
        self.page.settle()
        self.setCurrentWidget(self.referral)
        self.referral.open_referral(referral_id)

    def show_list(self) -> None:
        """Show the board or the list."""
        self.setCurrentWidget(self.list)
        self.list.fresh()
        self.list.take_keyboard()

    def begin(self) -> None:
        """Show the board or the list: it is what the rail leads to."""
        self.show_list()

    def show_referrers(self) -> None:
        """Show the referrer book."""
        self.page.settle()
        self.setCurrentWidget(self.referrers)
        self.referrers.take_keyboard()

    def search_for(self, typed: str) -> None:
        """Show the list as it is found by some words."""
        self.show_list()
        self.list.search_for(typed)

    def show_to_answer(self) -> None:
        """Show what waits for an answer."""
        self.show_list()
        self.list.show_all()
        self.list.tabs.show_part("board")
        self.list.focus_list()

    def _on_left(self) -> None:
        last = self.referral.referral_id
        self.show_list()
        if last is not None:
            self.list.take_again(last)

    # --- forms -------------------------------------------------------------------------------

    def record(self, person_id: PersonId | None = None) -> None:
        """Open the form of a new referral, about somebody or about whoever is typed."""
        from app.ui.referrals.record_dialog import RecordDialog

        dialog = RecordDialog(self.book, person_id or None, parent=self.window())
        dialog.recorded.connect(self._on_recorded)
        dialog.open()

    def _on_recorded(self, referral_id: ReferralId, _person_id: PersonId) -> None:
        self.open_referral(referral_id)

    def _on_change(self, whole: WholeReferral) -> None:
        from app.ui.referrals.record_dialog import ChangeDialog

        ChangeDialog(self.book, whole, parent=self.window()).open()

    def _on_step(self, row: ReferralRow, step: Step, reason: str) -> None:
        from app.ui.referrals.step_dialog import StepDialog

        dialog = StepDialog(self.book, row, step, reason=reason, parent=self.window())
        dialog.taken.connect(self._on_taken)
        dialog.open()

    def _on_taken(self, _done: Done) -> None:
        if self.page is self.made("referral"):
            self.page.take_keyboard()

    def _on_correct(self, step: ReferralStep) -> None:
        from app.ui.referrals.step_dialog import CorrectStepDialog

        CorrectStepDialog(self.book, step, parent=self.window()).open()

    def _on_letter(self, whole: WholeReferral) -> None:
        from app.ui.referrals.letter_dialog import LetterDialog  # draws PDFs: a heavy import

        dialog: QDialog = LetterDialog(self.book, whole, parent=self.window())
        dialog.open()
