"""The pages about places under Referrals: agreements, one of them, capacity and waiting lists."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.ids import ActivityId, AgreementId, PersonId, ReferralId
from app.ui.book import Book
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import Page, PageStack

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.referrals.capacity_page import CapacityPage
    from app.ui.referrals.places_agreement_page import AgreementPage
    from app.ui.referrals.places_page import PlacesPage


class PlacesPages(PageStack):
    """What the stack of Referrals has besides referrals; it leads back to the list by itself."""

    book: Book
    person_wanted = Signal(object)
    """The id of the person to show."""

    made_later = {  # noqa: RUF012 - read only
        "places": "app.ui.referrals.places_page",
        "agreement": "app.ui.referrals.places_agreement_page",
        "capacity": "app.ui.referrals.capacity_page",
    }

    def offer_places(self, page: Page) -> None:
        """Put the ways to these pages into the head of the list."""
        looks = self.book.looks
        places = ActionButton(looks, self.tr("Funded places"), icon="heart-handshake")
        capacity = ActionButton(looks, self.tr("Capacity"), icon="users")
        places.clicked.connect(self.open_places)
        capacity.clicked.connect(self._on_capacity)
        page.head.add_action(capacity, first=True)
        page.head.add_action(places, first=True)

    @cached_property
    def places(self) -> "PlacesPage":
        """The agreements."""
        from app.ui.referrals.places_page import PlacesPage

        page = PlacesPage(self.book)
        page.left.connect(self.begin)
        page.agreement_wanted.connect(self.open_agreement)
        page.add_wanted.connect(self.add_agreement)
        page.person_wanted.connect(self.person_wanted)
        self.addWidget(page)
        return page

    @cached_property
    def agreement(self) -> "AgreementPage":
        """One agreement and its people."""
        from app.ui.referrals.places_agreement_page import AgreementPage

        page = AgreementPage(self.book)
        page.left.connect(self.open_places)
        page.person_wanted.connect(self.person_wanted)
        self.addWidget(page)
        return page

    @cached_property
    def capacity(self) -> "CapacityPage":
        """Room and waiting lists."""
        from app.ui.referrals.capacity_page import CapacityPage

        page = CapacityPage(self.book)
        page.left.connect(self.begin)
        page.person_wanted.connect(self.person_wanted)
        page.print_wanted.connect(self.print_cards)
        page.change_wanted.connect(self._on_change_activity)
        page.add_wanted.connect(self._on_add_activity)
        self.addWidget(page)
        return page

    # --- going about -------------------------------------------------------------------------

    def open_places(self) -> None:
        """Show the agreements."""
        self.page.settle()
        self.setCurrentWidget(self.places)
        self.places.fresh()
        self.places.take_keyboard()

    def open_agreement(self, agreement_id: AgreementId) -> None:
        """Show one agreement."""
        self.page.settle()
        self.setCurrentWidget(self.agreement)
        self.agreement.open_agreement(agreement_id)

    def open_capacity(self, activity_id: ActivityId | None = None) -> None:
        """Show room and waiting lists, with an activity in hand."""
        self.page.settle()
        self.setCurrentWidget(self.capacity)
        self.capacity.open_activity(activity_id)

    def _on_capacity(self) -> None:
        self.open_capacity()

    # --- forms -------------------------------------------------------------------------------

    def add_agreement(self) -> None:
        """Open the form of a new agreement."""
        from app.ui.referrals.places_agreement_dialog import AgreementDialog

        dialog = AgreementDialog(self.book, parent=self.window())
        dialog.saved.connect(self.open_agreement)
        dialog.open()

    def give_place(self, person_id: PersonId, referral_id: ReferralId | None = None) -> None:
        """Open the form that gives somebody a place, from a referral of theirs or not."""
        give_place(self.book, person_id, referral_id, self.window())

    def print_cards(self, activity_id: ActivityId | None) -> None:
        """Show the card of an activity, or of all, to print or save."""
        from app.ui.referrals.capacity_print_dialog import CapacityPrintDialog  # draws PDFs: heavy

        CapacityPrintDialog(self.book, activity_id, parent=self.window()).open()

    def _on_add_activity(self) -> None:
        from app.ui.activities.activity_dialog import ActivityDialog

        ActivityDialog(self.book, parent=self.window()).open()

    def _on_change_activity(self, activity: Activity) -> None:
        from app.ui.activities.activity_dialog import ActivityDialog

        ActivityDialog(self.book, activity, parent=self.window()).open()


def give_place(
    book: Book, person_id: PersonId, referral_id: ReferralId | None, over: QWidget
) -> None:
    """Open the form that gives somebody a place."""
    from app.ui.referrals.places_give_dialog import GivePlaceDialog

    GivePlaceDialog(book, person_id=person_id, referral_id=referral_id, parent=over).open()
